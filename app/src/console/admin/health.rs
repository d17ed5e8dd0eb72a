//! How the touchpoints do: silent counters, and every code with its finished weeks.

use super::touchpoints::state_words;
use crate::console::frame::{Area, Frame, Page, document, sample, section};
use crate::i18n::console::fill;
use crate::i18n::format::{count, date, month};
use crate::parts::wording::{mode, spoken};
use domain::language::Words;
use domain::period::Month;
use domain::survey::Mode;
use domain::touchpoint::PosterState;
use leptos::prelude::*;
use time::Date;

/// A counter from which nothing is heard.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SilentLine {
    /// Its name.
    pub unit: Words,
    /// Closed dossiers, and the month.
    pub load: (u64, Month),
}

/// A code in use.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PulseLine {
    /// What its URL ends in.
    pub token: String,
    /// The unit where it is.
    pub unit: Words,
    /// Poster, link or kiosk.
    pub mode: Mode,
    /// Counts reprints.
    pub version: u32,
    /// Whether a newer sheet hangs there.
    pub outdated: bool,
    /// The newest look at it: month and state.
    pub look: Option<(Month, PosterState)>,
    /// Tens of each week.
    pub tens: Vec<Option<u64>>,
    /// Closed dossiers of its place, and the month.
    pub load: Option<(u64, Month)>,
}

/// The page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HealthPage {
    /// Weeks that were asked for.
    pub asked: u8,
    /// Mondays of the weeks that were counted, the newest first.
    pub weeks: Vec<Date>,
    /// The largest first.
    pub silent: Vec<SilentLine>,
    /// In official order.
    pub pulses: Vec<PulseLine>,
    /// Artificial answers.
    pub demo: bool,
}

/// The page as a document.
#[must_use]
pub fn render_health(page: &HealthPage, frame: &Frame) -> String {
    document(frame, || {
        let text = &frame.text().touchpoint;
        let main = view! {
            <div class="intro">
                <div class="head">
                    <h1>{text.health}</h1>
                    <p class="soft">{text.health_under} " " {sample(page.demo, frame.text())}</p>
                </div>
                <p class="lead"><b>{lead(page, frame)}</b></p>
                {filter(page, frame)}
                <p class="row"><a class="button plain low" href=frame.link("/admin/touchpoints")>{text.back}</a></p>
            </div>
            {(!page.silent.is_empty()).then(|| silent(page, frame))}
            {pulses(page, frame)}
        };
        Page { title: text.health.to_owned(), area: Some(Area::Surveys), main: main.into_any(), foot: None }
    })
}

fn lead(page: &HealthPage, frame: &Frame) -> String {
    let text = &frame.text().touchpoint;
    let weeks = page.asked.to_string();
    if page.weeks.len() < usize::from(page.asked) {
        let n = count(page.weeks.len() as u64, frame.language);
        return fill(text.health_lead_early, &[("n", &n), ("weeks", &weeks)]);
    }
    match page.silent.len() as u64 {
        0 => fill(text.health_lead_none, &[("weeks", &weeks)]),
        n => fill(text.health_lead, &[("n", &count(n, frame.language)), ("weeks", &weeks)]),
    }
}

fn filter(page: &HealthPage, frame: &Frame) -> AnyView {
    let text = &frame.text().touchpoint;
    let kept = frame.here.carry("", &["lang"]).query;
    let kept = kept.into_iter().map(|(name, value)| view! { <input type="hidden" name=name value=value/> });
    view! {
        <form class="filter" method="get" action="/admin/touchpoints/health">
            {kept.collect_view()}
            <div class="field">
                <label for="weeks">{text.health_weeks}</label>
                <span class="hint" id="weeks-hint">{text.health_weeks_hint}</span>
                <input id="weeks" name="weeks" type="text" inputmode="numeric" value=page.asked.to_string()
                    aria-describedby="weeks-hint"/>
            </div>
            <button class="button low">{text.show}</button>
        </form>
    }
    .into_any()
}

fn load(of: Option<(u64, Month)>, frame: &Frame) -> String {
    let (text, language) = (&frame.text().touchpoint, frame.language);
    of.map_or_else(
        || text.load_none.to_owned(),
        |(n, of)| fill(text.load_n, &[("n", &count(n, language)), ("month", &month(of, language))]),
    )
}

fn silent(page: &HealthPage, frame: &Frame) -> AnyView {
    let text = &frame.text().touchpoint;
    let rows = page.silent.iter().map(|line| {
        view! {
            <tr>
                <th scope="row">{spoken(&line.unit, frame.language)}</th>
                <td class="num">{load(Some(line.load), frame)}</td>
            </tr>
        }
    });
    let body = view! {
        <table>
            <caption class="unseen">{text.silent}</caption>
            <thead><tr>
                <th scope="col">{text.place_head}</th>
                <th scope="col" class="num">{text.load_head}</th>
            </tr></thead>
            <tbody>{rows.collect_view()}</tbody>
        </table>
    };
    let how = view! { <p>{text.silent_how}</p> };
    section("silent", text.silent.into_any(), how.into_any(), body.into_any())
}

fn pulses(page: &HealthPage, frame: &Frame) -> AnyView {
    let (text, language) = (&frame.text().touchpoint, frame.language);
    let weeks = page.weeks.iter().map(|week| {
        let says = fill(text.week_head, &[("day", &date(*week, language))]);
        view! { <th scope="col" class="num">{says}</th> }
    });
    let rows = page.pulses.iter().map(|line| row(line, frame)).collect_view();
    let body = view! {
        <div class="wide">
            <table>
                <caption class="unseen">{text.pulses}</caption>
                <thead><tr>
                    <th scope="col">{text.place_head}</th>
                    <th scope="col">{text.version_head}</th>
                    <th scope="col" class="num">{text.load_head}</th>
                    {weeks.collect_view()}
                </tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    };
    let how = view! { <p>{text.pulses_how}</p> };
    section("pulses", text.pulses.into_any(), how.into_any(), body.into_any())
}

fn row(line: &PulseLine, frame: &Frame) -> AnyView {
    let (text, language) = (&frame.text().touchpoint, frame.language);
    let version = if line.outdated { text.version_old } else { text.version_one };
    let version = fill(version, &[("version", &line.version.to_string())]);
    let look = match line.look {
        Some((of, state)) => format!("{}: {}", month(of, language), state_words(Some(state), frame.text())),
        None => text.state_none.to_owned(),
    };
    let looked = (line.mode == Mode::Poster).then(|| view! { <span class="under why">{look}</span> });
    let cells = line.tens.iter().map(|tens| match tens {
        Some(n) => view! { <td class="num">{count(*n, language)}</td> }.into_any(),
        None => view! { <td class="num why">{text.week_none}</td> }.into_any(),
    });
    let href = frame.link(&format!("/admin/touchpoints/{}", line.token));
    view! {
        <tr>
            <th scope="row">
                {spoken(&line.unit, language)}
                <span class="under why"><a href=href>{line.token.clone()}</a> ", " {mode(&line.mode, frame.text())}</span>
            </th>
            <td>{version} {looked}</td>
            <td class="num">{load(line.load, frame)}</td>
            {cells.collect_view()}
        </tr>
    }
    .into_any()
}
