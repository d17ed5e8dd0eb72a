//! Communes and departments apart: a chart and a table each.

use super::bands::{how_to_read, points, visible};
use super::unit_link;
use crate::console::frame::{Frame, section};
use crate::console::response;
use crate::i18n::console::{ConsoleText, fill};
use crate::i18n::format::{count, number, period, range};
use crate::islands::unit_filter::UnitFilter;
use crate::parts::chart::axis::Axis;
use crate::parts::chart::interval::{IntervalChart, Peers, Row};
use crate::parts::chart::layout::Arrangement;
use crate::parts::chart::table::cells;
use crate::parts::figure::{Mark, band, key, key_of, plain_text, with_interval};
use crate::parts::wording::{kind as kind_name, withheld};
use domain::reading::{Figure, Reading};
use domain::report::{Band, Banding, KindGroup, Order, ProvinceReport, UnitLine};
use domain::unit::UnitKind;
use leptos::prelude::*;

/// More rows than this are drawn as two charts, one sheet each on paper.
const ONE_CHART: usize = 20;

/// Longest name that fits beside a narrow row.
const NARROW: usize = 20;

/// All groups: a chart, its caption, the table.
pub(super) fn groups(report: &ProvinceReport, frame: &Frame) -> AnyView {
    let text = frame.text();
    let drawn: Vec<AnyView> = report
        .groups
        .iter()
        .enumerate()
        .filter(|(_, group)| !group.units.is_empty())
        .map(|(at, shown)| draw(&Group { at, shown, report, frame }))
        .collect();
    if drawn.is_empty() {
        return view! { <div class="notice"><p>{text.province.no_units}</p></div> }.into_any();
    }
    drawn.into_any()
}

fn draw(group: &Group<'_>) -> AnyView {
    let (text, of) = (group.frame.text(), group.shown.kind);
    let how = view! {
        <p>{text.province.how}</p>
        {how_to_read(group.shown, group.frame)}
        {(group.report.order == Order::Official).then(|| view! { <p>{text.province.how_order}</p> })}
    };
    let banding = group.shown.banding.as_ref();
    let marks = if banding.is_some() { key_of(&Mark::BANDED, text) } else { key(text) };
    let body = view! {
        {group.charts()}
        {marks}
        {banding.and_then(|banding| visible(banding.margin, &banding.visible, group.frame))}
        {unit_filter(of, text)}
        {group.table()}
        {group.report.field.is_none().then(|| group.scores())}
    };
    let id = match of {
        UnitKind::Commune => "communes",
        UnitKind::Department => "departments",
        UnitKind::Centre => "centres",
        UnitKind::Counter => "counters",
        UnitKind::Province | UnitKind::District => "others",
    };
    section(id, kind_name(of, text).into_any(), how.into_any(), body.into_any())
}

/// The island that narrows the table below it to the units whose names hold what is typed. Without a
/// script it is not to be seen, and nothing is missing.
fn unit_filter(of: UnitKind, text: &'static ConsoleText) -> AnyView {
    let text = &text.province;
    let id = format!("find-{}", of.code());
    let target = format!("#table-{}", of.code());
    let [label, hint, found, none] =
        [text.find_label, text.find_hint, text.find_found, text.find_none].map(str::to_owned);
    view! { <UnitFilter id label hint target found none/> }.into_any()
}

struct Group<'a> {
    at: usize,
    shown: &'a KindGroup,
    report: &'a ProvinceReport,
    frame: &'a Frame,
}

impl Group<'_> {
    /// The line of the chart: the units that are compared, else all of the kind.
    fn peers(&self) -> &Reading {
        self.shown.banding.as_ref().map_or(&self.shown.together, |banding| &banding.peers)
    }

    fn units(&self) -> &[UnitLine] {
        &self.shown.units
    }

    fn charts(&self) -> AnyView {
        if self.units().len() <= ONE_CHART {
            return view! { <figure>{self.chart(0, self.units().len())} {self.caption()}</figure> }
                .into_any();
        }
        let half = self.units().len().div_ceil(2);
        view! {
            <figure>
                <div class="pair">{self.chart(0, half)} {self.chart(half, self.units().len())}</div>
                {self.caption()}
            </figure>
        }
        .into_any()
    }

    fn chart(&self, from: usize, to: usize) -> AnyView {
        let (language, text) = (self.frame.language, self.frame.text());
        let units = self.units().get(from..to).unwrap_or_default();
        let rows = units.iter().map(|unit| Row {
            name: unit.unit.name.text(language).to_owned(),
            strong: matches!(unit.band, Some(Band::Above | Band::Below)),
            reading: Some(&unit.headline),
        });
        let short = self.units().iter().all(|unit| unit.unit.name.text(language).chars().count() <= NARROW);
        let many = self.units().len() > ONE_CHART;
        let peers = self.peers().figure().map(|figure| Peers { name: self.peers_name(), figure });
        // Both halves and the peers share one scale, or they could not be compared.
        let all = self.units().iter().map(|unit| &unit.headline).chain([self.peers()]);
        let shown = period(self.report.setting.period, language);
        let (first, last, count) = ((from + 1).to_string(), to.to_string(), self.units().len().to_string());
        let kind = kind_name(self.shown.kind, text);
        let phrase = if many { text.province.chart_title_part } else { text.province.chart_title };
        let values = [("kind", kind), ("period", &shown), ("from", &first), ("to", &last), ("all", &count)];
        IntervalChart {
            id: format!("units-{}-{from}", self.at),
            title: fill(phrase, &values),
            rows: rows.collect(),
            arrangement: if many && short { Arrangement::Tight } else { Arrangement::Stacked },
            axis: Axis::of(all),
            peers,
            k: self.report.setting.k,
            language,
        }
        .draw_marked(&units.iter().map(|unit| Mark::of_unit(&unit.headline, unit.band)).collect::<Vec<_>>())
    }

    fn peers_name(&self) -> &'static str {
        let (all, text) = (&self.frame.text().province, &self.frame.text().bands);
        match (self.shown.kind, self.shown.banding.is_some()) {
            (UnitKind::Commune, true) => text.peers_commune,
            (UnitKind::Department, true) => text.peers_department,
            (_, true) => text.peers_other,
            (UnitKind::Commune, false) => all.peers_commune,
            (UnitKind::Department, false) => all.peers_department,
            (_, false) => all.peers_other,
        }
    }

    fn caption(&self) -> AnyView {
        let (text, language) = (&self.frame.text().province, self.frame.language);
        match (self.peers(), &self.shown.banding) {
            (Reading::Figure(figure), Some(banding)) => self.banded_caption(figure, banding),
            (Reading::Figure(figure), None) => {
                let name = super::lower_first(self.peers_name());
                let before = fill(text.peers_caption, &[("peers", &name)]);
                let after = fill(text.peers_n, &[("n", &count(figure.n, language))]);
                view! { <figcaption>{before} {with_interval(figure, language)} {after}</figcaption> }
                    .into_any()
            }
            (Reading::Withheld(why), _) => {
                let why = withheld(*why, self.report.setting.k, self.frame.text());
                view! { <figcaption>{fill(text.peers_withheld, &[("why", &why)])}</figcaption> }.into_any()
            }
        }
    }

    fn banded_caption(&self, figure: &Figure, banding: &Banding) -> AnyView {
        let (text, language) = (&self.frame.text().bands, self.frame.language);
        let before = fill(text.peers_caption, &[("n", &banding.units.to_string())]);
        // Rounded up: "at most" must hold.
        let shift = points((banding.shift * 10.0).ceil() / 10.0, language);
        let after = fill(text.peers_shift, &[("n", &count(figure.n, language)), ("shift", &shift)]);
        view! { <figcaption>{before} {with_interval(figure, language)} {after}</figcaption> }.into_any()
    }

    fn table(&self) -> AnyView {
        let (text, setting) = (self.frame.text(), &self.report.setting);
        let banded = self.shown.banding.is_some();
        let mark_head = if banded { text.bands.band_head } else { text.province.mark_head };
        let rows = self.units().iter().map(|line| {
            view! {
                <tr>
                    <th scope="row">
                        <div class="unit">
                            <span>{unit_link(&line.unit, setting, self.frame)}</span>
                            {band(Mark::of_unit(&line.headline, line.band), text)}
                        </div>
                    </th>
                    {cells(&line.headline, setting.k, self.frame.language, false)}
                </tr>
            }
        });
        view! {
            <table class="units" id=format!("table-{}", self.shown.kind.code())>
                <caption>{kind_name(self.shown.kind, text)}</caption>
                <thead>
                    <tr>
                        <th scope="col">
                            <div class="unit">
                                <span>{text.province.unit_head}</span>
                                <span>{mark_head}</span>
                            </div>
                        </th>
                        <th scope="col" class="n">{text.figure.index_head}</th>
                        <th scope="col" class="n">{text.figure.n_head}</th>
                    </tr>
                </thead>
                <tbody>{rows.collect_view()}</tbody>
            </table>
        }
        .into_any()
    }

    /// The overall question and the mean score, on demand: three columns fit a telephone, five do not.
    fn scores(&self) -> AnyView {
        let (text, language) = (self.frame.text(), self.frame.language);
        let k = self.report.setting.k;
        let rows = self.units().iter().map(|line| {
            let overall = match &line.overall {
                Reading::Figure(figure) => {
                    view! { <td class="n">{with_interval(figure, language)}</td> }.into_any()
                }
                other @ Reading::Withheld(_) => {
                    view! { <td class="n why">{plain_text(other, k, language)}</td> }.into_any()
                }
            };
            let score = line.headline.figure().map(|figure| score(figure, self.frame));
            let score = score.unwrap_or_else(|| {
                view! { <td class="n why">{plain_text(&line.headline, k, language)}</td> }.into_any()
            });
            let name = unit_link(&line.unit, &self.report.setting, self.frame);
            let rate = self.report.rates.get(&line.unit.code);
            let rate = response::cell(rate.copied(), self.frame);
            view! { <tr><th scope="row">{name}</th>{overall}{score}{rate}</tr> }
        });
        let kind = super::lower_first(kind_name(self.shown.kind, text));
        let what = fill(text.province.more_table, &[("kind", &kind)]);
        view! {
            <details>
                <summary>{fill(text.figure.table, &[("what", &what)])}</summary>
                <table>
                    <caption class="unseen">{what}</caption>
                    <thead>
                        <tr>
                            <th scope="col">{text.province.unit_head}</th>
                            <th scope="col" class="n">{text.province.overall_head}</th>
                            <th scope="col" class="n">{text.figure.score_head}</th>
                            <th scope="col" class="n">{text.volume.rate}</th>
                        </tr>
                    </thead>
                    <tbody>{rows.collect_view()}</tbody>
                </table>
            </details>
        }
        .into_any()
    }
}

fn score(figure: &Figure, frame: &Frame) -> AnyView {
    let language = frame.language;
    let Some(score) = figure.score else {
        return view! { <td class="n why">{frame.text().figure.not_asked}</td> }.into_any();
    };
    view! {
        <td class="n">
            <span class="num">{number(score.mean, language)}</span>
            " "
            <span class="num i">{format!("({})", range(score.low, score.high, language))}</span>
        </td>
    }
    .into_any()
}
