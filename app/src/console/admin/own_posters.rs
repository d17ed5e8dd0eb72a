//! A unit's own posters: once a month somebody looks at each and says how it hangs there.

use super::asking::done;
use super::touchpoints::state_words;
use crate::console::frame::{Area, Frame, Page, document, sample, section};
use crate::i18n::console::fill;
use crate::i18n::format::{capitalize, date, month};
use crate::parts::wording::spoken;
use domain::language::Words;
use domain::period::Month;
use domain::report::UnitName;
use domain::touchpoint::PosterState;
use leptos::prelude::*;
use time::Date;

/// A poster of the unit, with this month's look at it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnPoster {
    /// What its URL ends in.
    pub token: String,
    /// Where it hangs.
    pub place: Words,
    /// Counts reprints.
    pub version: u32,
    /// This month's look: state, who, day.
    pub look: Option<(PosterState, String, Date)>,
}

/// The posters of a unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnPosters {
    /// The unit.
    pub unit: UnitName,
    /// This month.
    pub month: Month,
    /// Its posters and those below it.
    pub posters: Vec<OwnPoster>,
    /// The public domain, as it must stand on the sheet.
    pub public_domain: String,
    /// Whether the reader is asked to look.
    pub may_look: bool,
    /// Whether something was just noted.
    pub noted: bool,
    /// Artificial answers.
    pub demo: bool,
}

/// The posters of a unit as a document.
#[must_use]
pub fn render_own_posters(page: &OwnPosters, frame: &Frame) -> String {
    document(frame, || {
        let text = &frame.text().touchpoint;
        let title = fill(text.own_title, &[("unit", page.unit.name.text(frame.language))]);
        let this = capitalize(&month(page.month, frame.language));
        let all = page.posters.iter().all(|poster| poster.look.is_some());
        let lead = if page.posters.is_empty() {
            text.own_none.to_owned()
        } else if all {
            text.own_all.to_owned()
        } else {
            fill(text.own_lead, &[("month", &this)])
        };
        let why = fill(text.own_why_says, &[("domain", &page.public_domain)]);
        let how = view! { <p>{text.own_why_how}</p> };
        let main = view! {
            <div class="intro">
                <div class="head">
                    <h1>{title.clone()}</h1>
                    <p class="soft">{this} {sample(page.demo, frame.text())}</p>
                </div>
                {page.noted.then(|| done(text.own_done.to_owned()))}
                <p class="lead">{lead}</p>
            </div>
            {(!page.posters.is_empty()).then(|| sheets(page, frame))}
            {section("why", text.own_why.into_any(), how.into_any(), view! { <p>{why}</p> }.into_any())}
        };
        Page { title, area: Some(Area::Unit), main: main.into_any(), foot: None }
    })
}

fn sheets(page: &OwnPosters, frame: &Frame) -> AnyView {
    let text = &frame.text().touchpoint;
    let posters = page.posters.iter().map(|poster| sheet(poster, page.may_look, frame)).collect_view();
    let action = frame.link(&format!("/a/{}/posters", page.unit.code));
    let body = if page.may_look {
        view! {
            <form class="asking flow" method="post" action=action>
                {frame.csrf_field()}
                {posters}
                <button class="button">{text.own_save}</button>
            </form>
        }
        .into_any()
    } else {
        view! { <div class="flow">{posters} <p class="soft">{text.own_read}</p></div> }.into_any()
    };
    section("sheets", text.own_sheets.into_any(), ().into_any(), body)
}

fn sheet(poster: &OwnPoster, may_look: bool, frame: &Frame) -> AnyView {
    let (text, language) = (&frame.text().touchpoint, frame.language);
    let version = poster.version.to_string();
    let which = fill(text.own_sheet, &[("token", &poster.token), ("version", &version)]);
    let looked = poster.look.as_ref().map(|(state, who, on)| {
        let on = date(*on, language);
        let values =
            [("date", on.as_str()), ("who", who), ("state", state_words(Some(*state), frame.text()))];
        view! { <p class="soft">{fill(text.own_looked, &values)}</p> }
    });
    let name = format!("state-{}", poster.token);
    let chosen = poster.look.as_ref().map(|look| look.0);
    let radios = PosterState::ALL.iter().map(|state| {
        let id = format!("{name}-{state}");
        view! {
            <li>
                <input type="radio" id=id.clone() name=name.clone() value=state.code()
                    checked=chosen == Some(*state)/>
                <label for=id>{capitalize(state_words(Some(*state), frame.text()))}</label>
            </li>
        }
    });
    let radios = may_look.then(|| view! { <ul class="ticks">{radios.collect_view()}</ul> });
    view! {
        <fieldset class="choosing">
            <legend>{spoken(&poster.place, language)} " " <span class="why under">{which}</span></legend>
            {looked}
            {radios}
        </fieldset>
    }
    .into_any()
}
