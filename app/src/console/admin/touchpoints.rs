//! All places with a code: printing many sheets, making what is missing, who has looked this month.

use super::asking::{Asked, done};
use super::survey_form::variant;
use crate::console::SheetSize;
use crate::console::frame::{Area, Frame, Page, document, sample, section};
use crate::i18n::console::{ConsoleText, fill};
use crate::i18n::format::{count, month};
use crate::parts::address::Address;
use crate::parts::wording::{mode, spoken};
use domain::language::Words;
use domain::period::Month;
use domain::survey::{Mode, Variant};
use domain::touchpoint::{Places, PosterState};
use leptos::prelude::*;

/// A place with a code in use.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TouchpointLine {
    /// What its URL ends in.
    pub token: String,
    /// The unit where it is.
    pub unit: Words,
    /// Postal address.
    pub address: Option<String>,
    /// Poster, link or kiosk.
    pub mode: Mode,
    /// Counts reprints.
    pub version: u32,
    /// How it was found this month; posters only.
    pub found: Option<PosterState>,
}

/// All places.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TouchpointsPage {
    /// Places in use, in official order, of those that are meant.
    pub lines: Vec<TouchpointLine>,
    /// Whose places are listed.
    pub places: Places,
    /// Codes in use in all.
    pub in_use: u64,
    /// Places without a poster.
    pub lacking: u64,
    /// Posters in use, in all.
    pub posters: u64,
    /// Posters looked at this month.
    pub looked: u64,
    /// Posters that hang not as they were printed: token, place, state.
    pub trouble: Vec<(String, Words, PosterState)>,
    /// Names of places whose poster nobody has looked at.
    pub not_looked: Vec<Words>,
    /// Codes revoked this year.
    pub revoked: u64,
    /// This month.
    pub month: Month,
    /// Whether the reader may change something.
    pub may_change: bool,
    /// Codes that were just made.
    pub made: Option<u64>,
    /// Artificial answers.
    pub demo: bool,
}

/// All places as a document.
#[must_use]
pub fn render_touchpoints(page: &TouchpointsPage, frame: &Frame) -> String {
    document(frame, || {
        let text = &frame.text().touchpoint;
        let main = view! {
            <div class="intro">
                <div class="head">
                    <h1>{text.title}</h1>
                    <p class="soft">{text.under} {sample(page.demo, frame.text())}</p>
                </div>
                {page.made.map(|n| done(made(n, frame)))}
                {lead(page, frame)}
                {facts(page, frame)}
                <p><a href=frame.link("/admin/touchpoints/health")>{text.health}</a></p>
            </div>
            {print(frame)}
            {page.may_change.then(|| make(frame))}
            {trouble(page, frame)}
            {not_looked(page, frame)}
            {list(page, frame)}
        };
        Page { title: text.title.to_owned(), area: Some(Area::Surveys), main: main.into_any(), foot: None }
    })
}

fn made(n: u64, frame: &Frame) -> String {
    let text = &frame.text().touchpoint;
    match n {
        0 => text.made_none.to_owned(),
        n => fill(text.made, &[("n", &count(n, frame.language))]),
    }
}

fn lead(page: &TouchpointsPage, frame: &Frame) -> AnyView {
    let (text, language) = (&frame.text().touchpoint, frame.language);
    let in_use = fill(text.lead, &[("n", &count(page.in_use, language))]);
    let lacking = match page.lacking {
        0 => text.lead_complete.to_owned(),
        n => fill(text.lead_lacking, &[("n", &count(n, language))]),
    };
    view! { <p class="lead"><b>{in_use}</b> " " {lacking}</p> }.into_any()
}

fn facts(page: &TouchpointsPage, frame: &Frame) -> AnyView {
    let (text, language) = (&frame.text().touchpoint, frame.language);
    let looked = [("n", count(page.looked, language)), ("all", count(page.posters, language))];
    let looked = fill(text.looked_n, &[("n", &looked[0].1), ("all", &looked[1].1)]);
    let n = |n: usize| count(n as u64, language);
    let not = fill(text.looked_not, &[("n", &n(page.not_looked.len()))]);
    let trouble = fill(text.looked_trouble, &[("n", &n(page.trouble.len()))]);
    let heading = fill(text.looked_month, &[("month", &month(page.month, language))]);
    view! {
        <dl class="facts">
            <div><dt>{heading}</dt><dd>{looked} " " <span>{format!("{not}; {trouble}")}</span></dd></div>
            <div>
                <dt>{text.revoked_year}</dt>
                <dd>{fill(text.revoked_n, &[("n", &count(page.revoked, language))])}</dd>
            </div>
        </dl>
    }
    .into_any()
}

/// The words of whose places are meant, for a list to choose from.
fn choices(text: &ConsoleText) -> Vec<(String, String)> {
    let word = |places: &Places| {
        let says = match places {
            Places::Communes => text.touchpoint.places_communes,
            Places::Departments => text.touchpoint.places_departments,
            Places::All => text.touchpoint.places_all,
        };
        (places.code().to_owned(), says.to_owned())
    };
    Places::ALL.iter().map(word).collect()
}

fn asked(name: &'static str, label: &'static str) -> Asked {
    Asked { name, label, hint: None, mistake: None }
}

fn print(frame: &Frame) -> AnyView {
    let text = &frame.text().touchpoint;
    let sizes = SheetSize::ALL.map(|size| {
        let says = match size {
            SheetSize::A4 => text.size_a4,
            SheetSize::A5 => text.size_a5,
            SheetSize::Slip => text.size_slip,
        };
        (size.code().to_owned(), says.to_owned())
    });
    let body = view! {
        <form class="print-all" method="get" action="/admin/posters/print">
            {language_field(frame)}
            <div class="filter">
                {asked("size", text.size).list(sizes.to_vec(), SheetSize::A4.code())}
                {asked("places", text.places).list(choices(frame.text()), Places::Communes.code())}
                <button class="button low">{text.open_print}</button>
                <button class="button plain low" name="save" value="1">{text.save_print}</button>
            </div>
        </form>
        <p class="soft">{text.files_how}</p>
    };
    let how = view! { <p>{text.print_how}</p> };
    section("print", text.print.into_any(), how.into_any(), body.into_any())
}

/// Forms that only look keep the language.
fn language_field(frame: &Frame) -> AnyView {
    let kept = frame.here.carry("", &["lang"]).query;
    let fields = kept.into_iter().map(|(name, value)| view! { <input type="hidden" name=name value=value/> });
    fields.collect_view().into_any()
}

fn make(frame: &Frame) -> AnyView {
    let text = &frame.text().touchpoint;
    let modes = [("poster", text.mode_poster), ("kiosk", text.mode_kiosk), ("link", text.mode_link)];
    let modes = modes.map(|(code, says)| (code.to_owned(), says.to_owned()));
    let forms = Variant::ALL.iter().map(|v| (v.code().to_owned(), variant(*v, frame.text()).to_owned()));
    let body = view! {
        <form method="post" action=frame.link("/admin/touchpoints")>
            {frame.csrf_field()}
            <div class="filter">
                {asked("of", text.places).list(choices(frame.text()), Places::Communes.code())}
                {asked("mode", text.mode).list(modes.to_vec(), "poster")}
                {asked("variant", text.form).list(forms.collect(), Variant::Full.code())}
                <button class="button low">{text.make_button}</button>
            </div>
        </form>
    };
    let how = view! { <p>{text.make_how}</p> };
    section("make", text.make.into_any(), how.into_any(), body.into_any())
}

fn trouble(page: &TouchpointsPage, frame: &Frame) -> AnyView {
    let text = &frame.text().touchpoint;
    let rows = page.trouble.iter().map(|(token, unit, state)| {
        let href = frame.link(&format!("/admin/touchpoints/{token}"));
        view! {
            <li>
                <a href=href>{spoken(unit, frame.language)}</a> ": "
                {state_words(Some(*state), frame.text())}
            </li>
        }
    });
    let rows = (!page.trouble.is_empty()).then(|| view! { <ul>{rows.collect_view()}</ul> });
    let body = view! {
        {rows}
        <div class="notice"><p><b>{text.strange}</b> " " {text.strange_do}</p></div>
    };
    let how = view! { <p>{text.trouble_how}</p> };
    section("trouble", text.trouble.into_any(), how.into_any(), body.into_any())
}

fn not_looked(page: &TouchpointsPage, frame: &Frame) -> Option<AnyView> {
    if page.not_looked.is_empty() {
        return None;
    }
    let text = &frame.text().touchpoint;
    let names = page.not_looked.iter().map(|name| view! { <li>{spoken(name, frame.language)}</li> });
    let n = count(page.not_looked.len() as u64, frame.language);
    let body = view! {
        <details>
            <summary>{fill(text.looked_not, &[("n", &n)])}</summary>
            <ul class="columns">{names.collect_view()}</ul>
        </details>
    };
    let how = view! { <p>{text.not_looked_how}</p> };
    Some(section("not-looked", text.not_looked.into_any(), how.into_any(), body.into_any()))
}

/// How a poster was found.
pub(super) const fn state_words(state: Option<PosterState>, text: &ConsoleText) -> &'static str {
    match state {
        None => text.touchpoint.state_none,
        Some(PosterState::Fine) => text.touchpoint.state_fine,
        Some(PosterState::Damaged) => text.touchpoint.state_damaged,
        Some(PosterState::Covered) => text.touchpoint.state_covered,
    }
}

fn list(page: &TouchpointsPage, frame: &Frame) -> AnyView {
    let text = &frame.text().touchpoint;
    let rows = page.lines.iter().map(|line| row(line, frame)).collect_view();
    let body = view! {
        <form class="filter" method="get" action="/admin/touchpoints">
            {language_field(frame)}
            {asked("show", text.filter_places).list(choices(frame.text()), page.places.code())}
            <button class="button low">{text.show}</button>
        </form>
        <table>
            <caption class="unseen">{text.list}</caption>
            <thead>
                <tr>
                    <th scope="col">{text.place_head}</th>
                    <th scope="col">{text.code_head}</th>
                    <th scope="col">{text.look_head}</th>
                    <th scope="col">{text.print_head}</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    };
    let how = view! { <p>{text.list_how}</p> };
    section("list", text.list.into_any(), how.into_any(), body.into_any())
}

fn row(line: &TouchpointLine, frame: &Frame) -> AnyView {
    let language = frame.language;
    let version = fill(frame.text().office.print_version, &[("version", &line.version.to_string())]);
    let address = line.address.clone().map(|says| view! { " " <span class="why under">{says}</span> });
    let href = frame.link(&format!("/admin/touchpoints/{}", line.token));
    let is_poster = line.mode == Mode::Poster;
    let found = if is_poster { state_words(line.found, frame.text()) } else { "–" };
    let sizes = is_poster.then(|| sizes(&line.token, line.unit.text(language), frame));
    view! {
        <tr>
            <th scope="row"><a href=href>{spoken(&line.unit, language)}</a> {address}</th>
            <td>
                <span class="num">{line.token.clone()}</span>
                " "
                <span class="why under">{format!("{}, {version}", mode(&line.mode, frame.text()))}</span>
            </td>
            <td>{found}</td>
            <td>{sizes}</td>
        </tr>
    }
    .into_any()
}

/// Links to the sheets of a poster.
pub(super) fn sizes(token: &str, place: &str, frame: &Frame) -> AnyView {
    let links = SheetSize::ALL.map(|size| {
        let word = size.word(frame.text());
        let href = Address::new(format!("/admin/posters/{token}")).with("size", size.code());
        let label = fill(frame.text().office.print_of, &[("size", word), ("place", place)]);
        view! { <a href=href.to_string() aria-label=label>{word}</a> }
    });
    view! { <span class="sizes">{links.into_iter().collect_view()}</span> }.into_any()
}
