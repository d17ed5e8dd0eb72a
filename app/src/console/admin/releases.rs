//! The releases: what each changed, its place in the ledger, and how to see it.

use super::asking::Asked;
use super::flags::band_words;
use crate::console::frame::{Area, Frame, Page, document, sample, section};
use crate::console::stamp::grouped;
use crate::i18n::console::fill;
use crate::i18n::format::{count, date, months};
use crate::parts::wording::{answers, trust};
use domain::language::Words;
use domain::period::Month;
use domain::report::ReleaseStamp;
use domain::survey::Trust;
use leptos::prelude::*;
use time::Date;

/// What kind of run made a release.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReleaseKind {
    /// Answers were folded, boxes cut.
    Fold,
    /// A file of existing answers.
    Import,
    /// Parts were excluded or returned.
    Exclusion,
}

/// A release and what it changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReleaseLine {
    /// Number, date, head.
    pub stamp: ReleaseStamp,
    /// The run.
    pub kind: ReleaseKind,
    /// People that it added, by level of trust.
    pub grown: Vec<(Trust, u64)>,
    /// Units whose figures grew.
    pub units: u64,
    /// Units with their first figure.
    pub first: Vec<Words>,
    /// Parts that were cut.
    pub parts: u64,
    /// What was decided, for a correction.
    pub decided: Vec<DecidedLine>,
}

/// A decision about a part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DecidedLine {
    /// Whether it is left out, or taken back in.
    pub excludes: bool,
    /// The unit.
    pub unit: Words,
    /// The flag class, as files write it.
    pub band: String,
    /// The level.
    pub trust: Trust,
    /// The months of the part.
    pub months: (Month, Month),
    /// People.
    pub n: u64,
    /// Why.
    pub reason: String,
}

/// The list of releases.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReleasesPage {
    /// Releases, newest first.
    pub lines: Vec<ReleaseLine>,
    /// The newest of all.
    pub newest: Option<ReleaseStamp>,
    /// Every release that can be compared: number and day, newest first.
    pub all: Vec<(u64, Date)>,
    /// The number before which the next page begins.
    pub older: Option<u64>,
    /// Answers that wait, rounded down to tens.
    pub waiting: Option<u64>,
    /// The next run.
    pub next_run: Option<Date>,
    /// Corrections so far.
    pub corrections: u64,
    /// Code of the province, for links.
    pub province_code: String,
    /// Artificial answers.
    pub demo: bool,
}

/// More names than this are only counted.
const NAMED: usize = 5;

/// The list as a document.
#[must_use]
pub fn render_releases(page: &ReleasesPage, frame: &Frame) -> String {
    document(frame, || {
        let text = &frame.text().release;
        let main = view! {
            <div class="intro">
                <div class="head">
                    <h1>{text.title}</h1>
                    <p class="soft">{sample(page.demo, frame.text())}</p>
                </div>
                {lead(page, frame)}
                {page.newest.is_some().then(|| facts(page, frame))}
                <p class="row screen">
                    <a class="button plain low" href=frame.link("/admin/flags")>{frame.text().flag.see}</a>
                </p>
            </div>
            {(!page.lines.is_empty()).then(|| list(page, frame))}
            {(page.all.len() > 1).then(|| compare(page, frame))}
            {page.newest.is_some().then(|| check(frame))}
        };
        Page { title: text.title.to_owned(), area: Some(Area::Releases), main: main.into_any(), foot: None }
    })
}

fn lead(page: &ReleasesPage, frame: &Frame) -> AnyView {
    let text = &frame.text().release;
    let Some(newest) = &page.newest else {
        return view! { <p class="lead">{text.lead_none}</p> }.into_any();
    };
    let number = newest.number.to_string();
    let values = [("number", number.as_str()), ("date", &date(newest.dated, frame.language))];
    let (before, rest) = text.lead.split_once("{b}").unwrap_or(("", text.lead));
    let (bold, after) = rest.split_once("{/b}").unwrap_or((rest, ""));
    let bold = fill(bold, &values);
    view! { <p class="lead">{before} <b>{bold}</b> {after}</p> }.into_any()
}

fn facts(page: &ReleasesPage, frame: &Frame) -> AnyView {
    let (text, language) = (&frame.text().release, frame.language);
    let head = page.newest.as_ref().map(|stamp| grouped(&stamp.head)).unwrap_or_default();
    let waiting = match page.waiting {
        Some(n) if n > 0 => fill(text.waiting_n, &[("n", &count(n, language))]),
        _ => text.waiting_few.to_owned(),
    };
    let next = page.next_run.map(|day| fill(text.waiting_next, &[("date", &date(day, language))]));
    let corrections = fill(text.corrections_n, &[("n", &count(page.corrections, language))]);
    view! {
        <dl class="facts">
            <div>
                <dt>{text.head}</dt>
                <dd><span class="hash num">{head}</span> " " <span>{text.head_why}</span></dd>
            </div>
            <div><dt>{text.waiting}</dt><dd>{waiting} " " <span>{next}</span></dd></div>
            <div><dt>{text.corrections}</dt><dd>{corrections}</dd></div>
        </dl>
    }
    .into_any()
}

fn list(page: &ReleasesPage, frame: &Frame) -> AnyView {
    let text = &frame.text().release;
    let rows = page.lines.iter().map(|line| row(line, page, frame)).collect_view();
    let older = page.older.map(|number| {
        let href = frame.here.carry("/admin/releases", &["lang"]).with("before", &number.to_string());
        let says = fill(text.older, &[("number", &number.to_string())]);
        view! { <p><a href=href.to_string()>{says}</a></p> }
    });
    let body = view! {
        <table>
            <caption class="unseen">{text.title}</caption>
            <thead>
                <tr>
                    <th scope="col">{text.number_head}</th>
                    <th scope="col">{text.changed_head}</th>
                    <th scope="col">{text.hash_head}</th>
                    <th scope="col">{text.open_head}</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
        {older}
    };
    let how = view! { <p>{text.list_how}</p> };
    section("list", text.list.into_any(), how.into_any(), body.into_any())
}

fn row(line: &ReleaseLine, page: &ReleasesPage, frame: &Frame) -> AnyView {
    let text = &frame.text().release;
    let number = line.stamp.number.to_string();
    let see = frame.here.carry(format!("/p/{}", page.province_code), &["lang"]).with("release", &number);
    let csv = format!("/admin/releases/{number}/aggregates.csv");
    let said = |phrase: &str| fill(phrase, &[("number", &number)]);
    let kind = match line.kind {
        ReleaseKind::Fold => None,
        ReleaseKind::Import => Some(text.kind_import),
        ReleaseKind::Exclusion => Some(text.kind_exclusion),
    };
    let decided = line.decided.iter().map(|one| view! { <span class="under">{decided(one, frame)}</span> });
    view! {
        <tr id=format!("release-{number}")>
            <th scope="row">
                {said(text.number)} " "
                <span class="why num under">{date(line.stamp.dated, frame.language)}</span>
            </th>
            <td>{kind.map(|kind| view! { <b>{kind}</b> " " })} {changed(line, frame)} {decided.collect_view()}</td>
            <td class="hash num">{grouped(&line.stamp.head)}</td>
            <td>
                <span class="sizes">
                    <a href=see.to_string() aria-label=said(text.see_of)>{text.see}</a>
                    <a href=csv aria-label=said(text.csv_of)>{text.csv}</a>
                </span>
            </td>
        </tr>
    }
    .into_any()
}

fn decided(one: &DecidedLine, frame: &Frame) -> String {
    let (text, language) = (&frame.text().flag, frame.language);
    let phrase = if one.excludes { text.decided_out } else { text.decided_back };
    let level = trust(one.trust, frame.text()).to_lowercase();
    let values = [
        ("n", count(one.n, language)),
        ("trust", level),
        ("period", months(one.months.0, one.months.1, language)),
        ("unit", one.unit.text(language).to_owned()),
        ("band", band_words(&one.band, frame.text())),
    ];
    let values: Vec<(&str, &str)> = values.iter().map(|(name, value)| (*name, value.as_str())).collect();
    format!("{} {}", fill(phrase, &values), fill(text.because, &[("reason", &one.reason)]))
}

/// What a release changed, in sentences.
fn changed(line: &ReleaseLine, frame: &Frame) -> String {
    let (text, language) = (&frame.text().release, frame.language);
    let mut said = Vec::new();
    if !line.grown.is_empty() {
        let list = line.grown.iter().map(|(trust, n)| answers(*trust, *n, language));
        let list = list.collect::<Vec<_>>().join("; ");
        said.push(fill(text.grown, &[("list", &list), ("units", &count(line.units, language))]));
    } else if line.kind != ReleaseKind::Exclusion {
        said.push(text.grown_none.to_owned());
    }
    if !line.first.is_empty() && line.first.len() <= NAMED {
        let names: Vec<&str> = line.first.iter().map(|name| name.text(language)).collect();
        said.push(fill(text.first, &[("names", &names.join("; "))]));
    } else if !line.first.is_empty() {
        said.push(fill(text.first_more, &[("n", &count(line.first.len() as u64, language))]));
    }
    if line.parts > 0 {
        said.push(fill(text.parts, &[("n", &count(line.parts, language))]));
    }
    said.join(" ")
}

fn compare(page: &ReleasesPage, frame: &Frame) -> AnyView {
    let text = &frame.text().release;
    let options: Vec<(String, String)> = page
        .all
        .iter()
        .map(|(number, day)| {
            let number = number.to_string();
            let values = [("number", number.as_str()), ("date", &date(*day, frame.language))];
            (number.clone(), fill(text.column, &values))
        })
        .collect();
    let asked = |name, label| Asked { name, label, hint: None, mistake: None };
    let nth = |at: usize| options.get(at).map(|option| option.0.clone()).unwrap_or_default();
    let kept = frame.here.carry("", &["lang"]).query;
    let kept = kept.into_iter().map(|(name, value)| view! { <input type="hidden" name=name value=value/> });
    let body = view! {
        <form class="filter" method="get" action="/admin/releases/compare">
            {kept.collect_view()}
            {asked("a", text.earlier).list(options.clone(), &nth(1))}
            {asked("b", text.later).list(options.clone(), &nth(0))}
            <button class="button low">{text.compare}</button>
        </form>
    };
    let how = view! { <p>{text.compare_how}</p> };
    section("compare", text.to_compare.into_any(), how.into_any(), body.into_any())
}

fn check(frame: &Frame) -> AnyView {
    let text = &frame.text().release;
    let how = view! { <p>{text.check_how}</p> };
    let body = view! { <p>{text.check_says}</p> };
    section("check", text.check.into_any(), how.into_any(), body.into_any())
}
