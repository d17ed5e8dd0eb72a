//! Differences around nothing: a mark and a whisker for each unit, in points.

use super::axis::across;
use super::layout::{Arrangement, Place, lines};
use crate::i18n::format::decimal;
use crate::parts::figure::Mark;
use domain::language::Language;
use leptos::prelude::*;

/// A row.
#[derive(Debug, Clone)]
pub(crate) struct DifferenceRow {
    /// Whose difference it is.
    pub name: String,
    /// The difference, and both ends of its interval, in points.
    pub points: (f64, f64, f64),
    /// Its mark; `None` where only an end may be shown.
    pub mark: Mark,
    /// Whether the difference itself may be shown.
    pub is_shown: bool,
}

/// A chart.
#[derive(Debug, Clone)]
pub(crate) struct DifferenceChart {
    /// Unique on the page.
    pub id: String,
    /// Title, for those who do not see it.
    pub title: String,
    /// What it shows, in words.
    pub description: String,
    /// Its rows, top to bottom.
    pub rows: Vec<DifferenceRow>,
    /// Names beside the rows, or above them.
    pub arrangement: Arrangement,
    /// Points to either side that the scale reaches; see [`reach`].
    pub reach: f64,
    /// Half the width of the strip in the middle, in points.
    pub margin: f64,
    /// The reader's language.
    pub language: Language,
}

/// The points to either side that hold all rows: whole tens.
#[must_use]
pub(crate) fn reach<'a>(rows: impl IntoIterator<Item = &'a DifferenceRow>) -> f64 {
    let ends = rows.into_iter().flat_map(|row| [row.points.1.abs(), row.points.2.abs()]);
    (ends.fold(10.0, f64::max) / 10.0).ceil().min(10.0) * 10.0
}

impl DifferenceChart {
    /// The chart as inline SVG.
    pub(crate) fn draw(&self) -> AnyView {
        let tight = self.arrangement == Arrangement::Tight;
        let places = self.places();
        let end = places.last().map_or(26, |place| place.bottom);
        let (title_id, desc_id) = (format!("{}-t", self.id), format!("{}-d", self.id));
        let labelled = format!("{title_id} {desc_id}");
        let class = if tight { "chart tight" } else { "chart" };
        let (left, width) = if tight { ("43%", "54%") } else { ("0", "97%") };
        let rows = self.rows.iter().zip(&places);
        let names = rows.clone().enumerate().map(|(at, (row, place))| self.name(at, row, place));
        let (names, marks) = (names.collect_view(), rows.map(|(row, place)| self.mark(row, place)));
        let marks = marks.collect_view();
        view! {
            <svg class=class role="img" aria-labelledby=labelled height=(end + 24).to_string()>
                <title id=title_id>{self.title.clone()}</title>
                <desc id=desc_id>{self.description.clone()}</desc>
                <svg x=left width=width overflow="visible">{self.scale(end)}</svg>
                // Where a name stands above its whisker it is written on the strip, not under it.
                {names}
                <svg x=left width=width overflow="visible">{marks}</svg>
            </svg>
        }
        .into_any()
    }

    fn across(&self, points: f64) -> String {
        across((50.0 + 50.0 * points / self.reach).clamp(0.0, 100.0))
    }

    fn places(&self) -> Vec<Place> {
        let mut top = 4;
        let mut places = Vec::with_capacity(self.rows.len());
        for row in &self.rows {
            let tight = self.arrangement == Arrangement::Tight;
            let count = if tight { 1 } else { lines(&row.name).len() };
            let mut place = Place::row(self.arrangement, top, count);
            if !tight {
                // No figure stands between the name and the whisker.
                (place.mark, place.bottom) = (place.mark - 12, place.bottom - 10);
            }
            top = place.bottom;
            places.push(place);
        }
        places
    }

    fn scale(&self, end: usize) -> AnyView {
        let (strip_from, base) = (self.across(-self.margin), (end + 17).to_string());
        let strip = across((100.0 * self.margin / self.reach).clamp(0.0, 100.0));
        let half = self.reach / 2.0;
        let ticks = [-self.reach, -half, 0.0, half, self.reach].map(|points| {
            let x = self.across(points);
            let class = if points.abs() < 0.5 { "axis" } else { "grid" };
            let sign = if points > 0.5 { "+" } else { "" };
            let words = format!("{sign}{}", decimal(points, 0, self.language));
            view! {
                <line class=class x1=x.clone() x2=x.clone() y1="4" y2=end.to_string()></line>
                <text class="soft mid" x=x y=base.clone()>{words}</text>
            }
        });
        view! {
            <rect class="strip" x=strip_from y="4" width=strip height=(end - 4).to_string()></rect>
            {ticks.into_iter().collect_view()}
        }
        .into_any()
    }

    fn name(&self, at: usize, row: &DifferenceRow, place: &Place) -> AnyView {
        let tight = self.arrangement == Arrangement::Tight;
        let strong = matches!(row.mark, Mark::Above | Mark::Below);
        let class = if strong { "strong" } else { "name" };
        let between = (at > 0).then(|| {
            let y = format!("{}.5", place.top);
            view! { <line class="leader" x1="0" x2="100%" y1=y.clone() y2=y></line> }
        });
        let said = if tight { vec![row.name.clone()] } else { lines(&row.name) };
        let words = said.into_iter().enumerate().map(|(index, words)| {
            view! { <text class=class x="0" y=(place.name + 19 * index).to_string()>{words}</text> }
        });
        view! { {between} {words.collect_view()} }.into_any()
    }

    fn mark(&self, row: &DifferenceRow, place: &Place) -> AnyView {
        let (points, low, high) = row.points;
        let (low, high) = (self.across(low), self.across(high));
        let tight = self.arrangement == Arrangement::Tight;
        let (half, reach) = if tight { (8, 4) } else { (10, 5) };
        let y = place.mark;
        let cap = |x: String| {
            view! { <line class="whisker cap" x1=x.clone() x2=x y1=(y - reach).to_string() y2=(y + reach).to_string()></line> }
        };
        let dot = row.is_shown.then(|| {
            let (start, size) = (format!("-{half}"), (2 * half).to_string());
            view! {
                <svg x=self.across(points) y=y.to_string() overflow="visible">
                    <use href=row.mark.symbol() x=start.clone() y=start width=size.clone() height=size></use>
                </svg>
            }
        });
        view! {
            <g class=row.mark.class()>
                <line class="whisker" x1=low.clone() x2=high.clone() y1=y.to_string() y2=y.to_string()></line>
                {cap(low)}
                {row.is_shown.then(|| cap(high))}
                {dot}
            </g>
        }
        .into_any()
    }
}

#[cfg(test)]
mod tests {
    use super::{Arrangement, DifferenceChart, DifferenceRow, reach};
    use crate::parts::figure::Mark;
    use domain::language::Language;
    use leptos::prelude::*;

    fn row(low: f64, high: f64) -> DifferenceRow {
        DifferenceRow { name: String::new(), points: (0.0, low, high), mark: Mark::Even, is_shown: true }
    }

    #[test]
    fn no_name_is_under_the_strip() {
        let name = "Sở Nông nghiệp và Môi trường";
        let chart = DifferenceChart {
            id: "d".to_owned(),
            title: String::new(),
            description: String::new(),
            rows: vec![DifferenceRow { name: name.to_owned(), ..row(-7.0, 2.0) }],
            arrangement: Arrangement::Stacked,
            reach: 20.0,
            margin: 2.0,
            language: Language::Vi,
        };
        let html = chart.draw().to_html();
        assert!(html.find("class=\"strip\"").unwrap() < html.find(name).unwrap(), "{html}");
    }

    #[test]
    fn the_scale_reaches_whole_tens_to_both_sides_and_cuts_no_whisker() {
        assert!((reach(&[]) - 10.0).abs() < 1e-9);
        assert!((reach(&[row(-3.0, 9.9), row(-20.1, 4.0)]) - 30.0).abs() < 1e-9);
        assert!((reach(&[row(-40.0, 2.0)]) - 40.0).abs() < 1e-9);
        assert!((reach(&[row(-100.0, 100.0)]) - 100.0).abs() < 1e-9);
    }
}
