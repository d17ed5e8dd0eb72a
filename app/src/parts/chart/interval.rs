//! The dot plot with whiskers.

use super::axis::{Axis, across};
use super::layout::{Arrangement, Place, lines};
use crate::i18n::console::{ConsoleText, fill};
use crate::parts::figure::{Mark, is_unanimous, line};
use crate::parts::wording;
use domain::language::Language;
use domain::reading::{Figure, Reading};
use leptos::prelude::*;

/// A row of a chart.
#[derive(Debug, Clone)]
pub(crate) struct Row<'a> {
    /// What the figure is about.
    pub name: String,
    /// Set in bold.
    pub strong: bool,
    /// The figure or the reason; `None` for a heading.
    pub reading: Option<&'a Reading>,
}

/// The dashed line of all peers together.
#[derive(Debug, Clone)]
pub(crate) struct Peers<'a> {
    /// Whose line it is.
    pub name: &'static str,
    /// Their figure; the caption under the chart gives its interval.
    pub figure: &'a Figure,
}

/// A chart.
#[derive(Debug, Clone)]
pub(crate) struct IntervalChart<'a> {
    /// Unique on the page.
    pub id: String,
    /// Title, for those who do not see it.
    pub title: String,
    /// Its rows, top to bottom.
    pub rows: Vec<Row<'a>>,
    /// How words and marks share it.
    pub arrangement: Arrangement,
    /// The scale.
    pub axis: Axis,
    /// The line of the peers.
    pub peers: Option<Peers<'a>>,
    /// Smallest number of respondents, for the words of a withheld row.
    pub k: u32,
    /// The reader's language.
    pub language: Language,
}

impl IntervalChart<'_> {
    /// The chart as inline SVG.
    pub(crate) fn draw(&self) -> AnyView {
        self.draw_marked(&[])
    }

    /// The same with the marks of its rows, where these say more than the readings do.
    pub(crate) fn draw_marked(&self, marks: &[Mark]) -> AnyView {
        let places = self.places();
        let (from, to) = (self.head(), places.last().map_or(self.head(), |place| place.bottom));
        let note = self.axis == Axis::FromHalf && self.arrangement != Arrangement::Tight;
        let height = to + if note { 44 } else { 24 };
        let (title_id, desc_id) = (format!("{}-t", self.id), format!("{}-d", self.id));
        let labelled = format!("{title_id} {desc_id}");
        let tight = self.arrangement == Arrangement::Tight;
        let class = if tight { "chart tight" } else { "chart" };
        let (left, width) = if tight { ("43%", "54%") } else { ("0", "97%") };
        let rows = self.rows.iter().zip(&places).enumerate();
        let names =
            tight.then(|| rows.clone().map(|(at, (row, place))| self.name(at, row, place)).collect_view());
        let marks =
            rows.map(|(at, (row, place))| self.row(at, row, place, marks.get(at).copied())).collect_view();
        view! {
            <svg class=class role="img" aria-labelledby=labelled height=height.to_string()>
                <title id=title_id>{self.title.clone()}</title>
                <desc id=desc_id>{self.description()}</desc>
                {names}
                <svg x=left width=width overflow="visible">
                    {self.scale(from, to, note)}
                    {self.peers_line(&places)}
                    {marks}
                </svg>
            </svg>
        }
        .into_any()
    }

    const fn head(&self) -> usize {
        if self.peers.is_some() || matches!(self.arrangement, Arrangement::Tight) { 26 } else { 4 }
    }

    fn places(&self) -> Vec<Place> {
        let mut top = self.head();
        let mut places = Vec::with_capacity(self.rows.len());
        for row in &self.rows {
            let count = lines(&row.name).len();
            let place = if row.reading.is_some() {
                Place::row(self.arrangement, top, count)
            } else {
                Place::heading(top, count)
            };
            top = place.bottom;
            places.push(place);
        }
        places
    }

    fn description(&self) -> String {
        let text = ConsoleText::of(self.language);
        let figures: Vec<(&str, &Figure)> =
            self.rows.iter().filter_map(|row| Some((row.name.as_str(), row.reading?.figure()?))).collect();
        let withheld = self.rows.iter().filter(|row| row.reading.is_some()).count() - figures.len();
        let mut said = vec![
            fill(text.figure.chart_desc, &[("rows", &(figures.len() + withheld).to_string())]),
            match self.axis {
                Axis::FromHalf => text.figure.axis_from_half_desc,
                Axis::FromZero => text.figure.axis_from_zero_desc,
            }
            .to_owned(),
        ];
        let best = figures.iter().max_by(|a, b| a.1.index.total_cmp(&b.1.index));
        let worst = figures.iter().min_by(|a, b| a.1.index.total_cmp(&b.1.index));
        if let (Some(best), Some(worst), true) = (best, worst, figures.len() > 2) {
            let best = format!("{}, {}", best.0, line(best.1, self.language));
            let worst = format!("{}, {}", worst.0, line(worst.1, self.language));
            said.push(fill(text.figure.chart_extremes, &[("best", &best), ("worst", &worst)]));
        }
        if withheld > 0 {
            said.push(fill(text.figure.chart_withheld, &[("rows", &withheld.to_string())]));
        }
        said.join(" ")
    }

    fn scale(&self, from: usize, to: usize, note: bool) -> AnyView {
        let tight = self.arrangement == Arrangement::Tight;
        let (top, base) = (from.to_string(), (to + 17).to_string());
        let ticks = self.axis.ticks().into_iter().enumerate().map(|(index, tick)| {
            let x = across(self.axis.position(f64::from(tick)));
            let class = if index == 0 { "soft" } else { "soft mid" };
            let words = match (index, self.language) {
                (0, Language::En) if !tight => format!("{tick}%"),
                (0, _) if !tight => format!("{tick}\u{a0}%"),
                _ => tick.to_string(),
            };
            let line_class = if index == 0 && tight { "axis" } else { "grid" };
            let lined = index > 0 || tight;
            view! {
                {lined.then(|| view! { <line class=line_class x1=x.clone() x2=x.clone() y1=top.clone() y2=to.to_string()></line> })}
                <text class=class x=x.clone() y=base.clone()>{words}</text>
            }
        });
        let note = note.then(|| {
            let text = ConsoleText::of(self.language).figure.axis_from_half;
            view! { <text class="soft" x="0" y=(to + 37).to_string()>{text}</text> }
        });
        view! { {ticks.collect_view()} {note} }.into_any()
    }

    fn peers_line(&self, places: &[Place]) -> Option<AnyView> {
        let peers = self.peers.as_ref()?;
        let position = self.axis.position(peers.figure.index);
        let x = across(position);
        let class = if position > 50.0 { "soft end" } else { "soft" };
        let pieces = self.peers_pieces(places).into_iter().map(|(from, to)| {
            view! { <line class="ref" x1=x.clone() x2=x.clone() y1=from.to_string() y2=to.to_string()></line> }
        });
        let label = view! { <text class=class x=x.clone() y="14">{peers.name}</text> };
        Some(view! { {pieces.collect_view()} {label} }.into_any())
    }

    /// Between words the dashed line makes way: everywhere in open rows, in tight ones at those that say
    /// why they have no figure.
    fn peers_pieces(&self, places: &[Place]) -> Vec<(usize, usize)> {
        let tight = self.arrangement == Arrangement::Tight;
        let rows = self
            .rows
            .iter()
            .zip(places)
            .filter(|(row, _)| row.reading.is_some_and(|reading| reading.figure().is_some()));
        let piece = |(_, place): (&Row<'_>, &Place)| {
            if tight { (place.top, place.bottom) } else { (place.mark - 13, place.mark + 13) }
        };
        let first = if tight { (19, self.head()) } else { (19, 27) };
        let mut pieces = vec![first];
        for (from, to) in rows.map(piece) {
            match pieces.last_mut() {
                Some(last) if last.1 == from => last.1 = to,
                _ => pieces.push((from, to)),
            }
        }
        pieces
    }

    fn name(&self, at: usize, row: &Row<'_>, place: &Place) -> AnyView {
        let class = if row.strong || row.reading.is_none() { "strong" } else { "name" };
        let tight = self.arrangement == Arrangement::Tight;
        let edge = if row.reading.is_none() { "axis" } else { "leader" };
        let between = (at > 0).then(|| {
            let y = format!("{}.5", place.top);
            let end = if tight { "100%" } else { "103%" };
            view! { <line class=edge x1="0" x2=end y1=y.clone() y2=y></line> }
        });
        let said = if tight { vec![row.name.clone()] } else { lines(&row.name) };
        let words = said.into_iter().enumerate().map(|(index, words)| {
            view! { <text class=class x="0" y=(place.name + 19 * index).to_string()>{words}</text> }
        });
        view! { {between} {words.collect_view()} }.into_any()
    }

    fn row(&self, at: usize, row: &Row<'_>, place: &Place, mark: Option<Mark>) -> AnyView {
        let tight = self.arrangement == Arrangement::Tight;
        let name = (!tight).then(|| self.name(at, row, place));
        let said = row.reading.map(|reading| self.said(reading, place));
        let drawn = row.reading.and_then(Reading::figure).map(|figure| {
            let mark = mark.unwrap_or_else(|| Mark::of(&Reading::Figure(figure.clone())));
            whisker(figure, mark, self.axis, place.mark, tight)
        });
        view! { {name} {drawn} {said} }.into_any()
    }

    fn said(&self, reading: &Reading, place: &Place) -> Option<AnyView> {
        let (y, text) = (place.figure.to_string(), ConsoleText::of(self.language));
        match (reading, self.arrangement) {
            (Reading::Figure(_), Arrangement::Tight) => None,
            (Reading::Figure(figure), arrangement) => {
                let wide = arrangement == Arrangement::Wide;
                let (class, x) = if wide { ("soft end", "100%") } else { ("soft", "0") };
                Some(view! { <text class=class x=x y=y>{line(figure, self.language)}</text> }.into_any())
            }
            (Reading::Withheld(why), arrangement) => {
                let x = if arrangement == Arrangement::Tight { "4%" } else { "0" };
                let y = if arrangement == Arrangement::Wide { (place.mark + 5).to_string() } else { y };
                let class = if arrangement == Arrangement::Tight { "soft tiny" } else { "soft" };
                let words = wording::withheld_briefly(*why, self.k, text);
                Some(view! { <text class=class x=x y=y>{words}</text> }.into_any())
            }
        }
    }
}

/// The whisker with its two ends and the mark; where everybody is satisfied only the lower end,
/// because a dot on the hundred would say what each of them answered.
fn whisker(figure: &Figure, mark: Mark, axis: Axis, y: usize, tight: bool) -> AnyView {
    let (low, high) = (across(axis.position(figure.low)), across(axis.position(figure.high)));
    let (half, reach) = if tight { (8, 4) } else { (10, 5) };
    let tick = |x: String| {
        view! { <line class="whisker cap" x1=x.clone() x2=x y1=(y - reach).to_string() y2=(y + reach).to_string()></line> }
    };
    let unanimous = is_unanimous(figure);
    let dot = (!unanimous).then(|| {
        let (start, size) = (format!("-{half}"), (2 * half).to_string());
        view! {
            <svg x=across(axis.position(figure.index)) y=y.to_string() overflow="visible">
                <use href=mark.symbol() x=start.clone() y=start width=size.clone() height=size></use>
            </svg>
        }
    });
    view! {
        <g class=mark.class()>
            <line class="whisker" x1=low.clone() x2=high.clone() y1=y.to_string() y2=y.to_string()></line>
            {tick(low)}
            {(!unanimous).then(|| tick(high))}
            {dot}
        </g>
    }
    .into_any()
}
