//! Two releases side by side.

use crate::console::frame::{Area, Frame, Page, document, sample, section};
use crate::i18n::console::fill;
use crate::i18n::format::{capitalize, count, date, period};
use crate::parts::figure::{reason, with_interval};
use crate::parts::wording::{kind, spoken, trust};
use domain::reading::Reading;
use domain::report::{ReleaseStamp, Setting, UnitName};
use domain::unit::UnitKind;
use leptos::prelude::*;

/// A unit in both releases.
#[derive(Debug, Clone, PartialEq)]
pub struct ComparedUnit {
    /// The unit.
    pub unit: UnitName,
    /// Its headline in the earlier release.
    pub earlier: Reading,
    /// Its headline in the later release.
    pub later: Reading,
}

/// Two releases.
#[derive(Debug, Clone, PartialEq)]
pub struct ComparisonPage {
    /// What both show: survey, period, trust.
    pub setting: Setting,
    /// The earlier release.
    pub earlier: ReleaseStamp,
    /// The later release.
    pub later: ReleaseStamp,
    /// Units by kind, in official order.
    pub groups: Vec<(UnitKind, Vec<ComparedUnit>)>,
}

/// What became of a unit between two releases.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Became {
    New,
    More(u64),
    Fewer(u64),
    Same,
    StillNone,
    Gone,
}

impl ComparedUnit {
    fn became(&self) -> Became {
        match (self.earlier.figure(), self.later.figure()) {
            (None, None) => Became::StillNone,
            (None, Some(_)) => Became::New,
            (Some(_), None) => Became::Gone,
            (Some(old), Some(new)) if new.n > old.n => Became::More(new.n - old.n),
            (Some(old), Some(new)) if new.n < old.n => Became::Fewer(old.n - new.n),
            _ => Became::Same,
        }
    }
}

/// The comparison as a document.
#[must_use]
pub fn render_comparison(page: &ComparisonPage, frame: &Frame) -> String {
    document(frame, || {
        let text = &frame.text().release;
        let numbers = [page.earlier.number.to_string(), page.later.number.to_string()];
        let title = fill(text.compare_title, &[("a", &numbers[0]), ("b", &numbers[1])]);
        let setting = &page.setting;
        let values = [
            ("survey", setting.survey_name.as_str()),
            ("period", &period(setting.period, frame.language)),
            ("trust", trust(setting.trust, frame.text())),
        ];
        let main = view! {
            <div class="intro">
                <div class="head">
                    <h1>{title.clone()}</h1>
                    <p class="soft">{fill(text.compare_setting, &values)} {sample(setting.demo, frame.text())}</p>
                </div>
                <p class="lead"><b>{lead(page, frame)}</b></p>
                <div class="notice"><p>{text.compare_note}</p></div>
                <p class="row"><a class="button plain low" href=frame.link("/admin/releases")>{text.back}</a></p>
            </div>
            {page.groups.iter().map(|(of, units)| group(*of, units, page, frame)).collect_view()}
        };
        Page { title, area: Some(Area::Releases), main: main.into_any(), foot: None }
    })
}

fn lead(page: &ComparisonPage, frame: &Frame) -> String {
    let text = &frame.text().release;
    let all: Vec<Became> =
        page.groups.iter().flat_map(|(_, units)| units).map(ComparedUnit::became).collect();
    let new = all.iter().filter(|became| **became == Became::New).count();
    let more = all.iter().filter(|became| matches!(became, Became::More(_))).count();
    if new + more == 0 {
        return text.compare_lead_same.to_owned();
    }
    let n = |n: usize| count(n as u64, frame.language);
    fill(text.compare_lead_new, &[("n", &n(new)), ("m", &n(more))])
}

fn group(of: UnitKind, units: &[ComparedUnit], page: &ComparisonPage, frame: &Frame) -> AnyView {
    let (text, language) = (&frame.text().release, frame.language);
    let column = |stamp: &ReleaseStamp| {
        let number = stamp.number.to_string();
        fill(text.column, &[("number", &number), ("date", &date(stamp.dated, language))])
    };
    let name = capitalize(kind(of, frame.text()));
    let id = if of == UnitKind::Commune { "communes" } else { "departments" };
    let rows = units.iter().map(|unit| row(unit, page.setting.k, frame)).collect_view();
    let body = view! {
        <table class="twice">
            <caption class="unseen">{name.clone()}</caption>
            <thead>
                <tr>
                    <th scope="col">{text.unit_head}</th>
                    <th scope="col" class="n">{column(&page.earlier)}</th>
                    <th scope="col" class="n">{column(&page.later)}</th>
                    <th scope="col">{text.changed}</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    };
    section(id, name.into_any(), ().into_any(), body.into_any())
}

/// A figure with its interval and respondents, or why there is none.
fn cell(reading: &Reading, k: u32, frame: &Frame) -> AnyView {
    let language = frame.language;
    let Some(figure) = reading.figure() else {
        return view! { <td class="why">{reason(reading, k, language)}</td> }.into_any();
    };
    let n = fill(frame.text().release.column_n, &[("n", &count(figure.n, language))]);
    view! { <td class="n">{with_interval(figure, language)} " " <span class="why under">{n}</span></td> }
        .into_any()
}

fn row(unit: &ComparedUnit, k: u32, frame: &Frame) -> AnyView {
    let (text, language) = (&frame.text().release, frame.language);
    let of = |phrase: &str, n: u64| fill(phrase, &[("n", &count(n, language))]);
    let (is_new, says) = match unit.became() {
        Became::New => (true, text.is_new.to_owned()),
        Became::More(n) => (false, of(text.more, n)),
        Became::Fewer(n) => (false, of(text.fewer, n)),
        Became::Same => (false, text.same.to_owned()),
        Became::StillNone => (false, text.still.to_owned()),
        Became::Gone => (false, text.gone.to_owned()),
    };
    let says = if is_new { view! { <b>{says}</b> }.into_any() } else { says.into_any() };
    view! {
        <tr>
            <th scope="row">{spoken(&unit.unit.name, language)}</th>
            {cell(&unit.earlier, k, frame)}
            {cell(&unit.later, k, frame)}
            <td>{says}</td>
        </tr>
    }
    .into_any()
}
