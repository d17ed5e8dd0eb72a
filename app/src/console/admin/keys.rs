//! Keys of other systems: the list, making one, the page that shows it once.

use super::asking::{Asked, done, mistakes};
use super::form::{UnitChoice, units};
use crate::console::frame::{Area, Frame, Page, document, sample, section};
use crate::i18n::console::fill;
use crate::i18n::format::{count, date};
use crate::parts::wording::spoken;
use domain::api_key::{KeyFault, MOST_DAYS, USUAL_DAYS, Verb};
use domain::language::Words;
use leptos::prelude::*;
use time::Date;

/// What becomes of a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyState {
    /// It works.
    Valid,
    /// Its last day is over.
    Expired,
    /// It was revoked.
    Revoked(Date),
}

/// A key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyLine {
    /// Its name.
    pub name: String,
    /// Its unit; `None` for the province.
    pub unit: Option<Words>,
    /// What it may do.
    pub verbs: Vec<Verb>,
    /// The last day on which it works.
    pub expires_on: Date,
    /// The last day on which it was used.
    pub used_on: Option<Date>,
    /// Whether it works.
    pub state: KeyState,
}

/// What the form asks for, and what was typed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct KeyForm {
    /// Units to choose from.
    pub units: Vec<UnitChoice>,
    /// Name, unit and days as they were typed.
    pub typed: [String; 3],
    /// What was ticked.
    pub verbs: Vec<Verb>,
    /// What is wrong.
    pub fault: Option<KeyFault>,
}

/// The page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeysPage {
    /// By name.
    pub keys: Vec<KeyLine>,
    /// For whoever may make one.
    pub form: Option<KeyForm>,
    /// Whether one was just revoked.
    pub revoked: bool,
    /// Artificial answers.
    pub demo: bool,
}

/// A key that was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MadeKeyPage {
    /// Its name.
    pub name: String,
    /// The secret.
    pub key: String,
    /// The last day on which it works.
    pub until: Date,
}

/// The page as a document.
#[must_use]
pub fn render_keys(page: &KeysPage, frame: &Frame) -> String {
    document(frame, || {
        let text = &frame.text().key;
        let valid = page.keys.iter().filter(|key| key.state == KeyState::Valid).count();
        let lead = match valid {
            0 => text.lead_none.to_owned(),
            n => fill(text.lead, &[("n", &count(n as u64, frame.language))]),
        };
        let main = view! {
            <div class="intro">
                <div class="head">
                    <h1>{text.keys}</h1>
                    <p class="soft">{text.under} " " {sample(page.demo, frame.text())}</p>
                </div>
                {page.revoked.then(|| done(text.done.to_owned()))}
                <p class="lead"><b>{lead}</b></p>
            </div>
            {page.form.as_ref().map(|form| make(form, frame))}
            {(!page.keys.is_empty()).then(|| list(page, frame))}
        };
        let (title, area) = (text.keys.to_owned(), Some(Area::Administration));
        Page { title, area, main: main.into_any(), foot: None }
    })
}

fn told(fault: KeyFault, frame: &Frame) -> (&'static str, String) {
    let text = &frame.text().key;
    match fault {
        KeyFault::Name => ("name", text.e_name.to_owned()),
        KeyFault::Taken => ("name", text.e_taken.to_owned()),
        KeyFault::Verbs => ("may", text.e_verbs.to_owned()),
        KeyFault::Days => ("days", fill(text.e_days, &[("most", &MOST_DAYS.to_string())])),
        KeyFault::Unit => ("unit", text.e_unit.to_owned()),
    }
}

fn make(form: &KeyForm, frame: &Frame) -> AnyView {
    let text = &frame.text().key;
    let wrong = form.fault.map(|fault| told(fault, frame));
    let mistake =
        |name: &str| wrong.as_ref().filter(|(field, _)| *field == name).map(|(_, says)| says.clone());
    let asked = |name, label, hint| Asked { name, label, hint, mistake: mistake(name) };
    let [name, unit, days] = &form.typed;
    let days = if days.is_empty() { USUAL_DAYS.to_string() } else { days.clone() };
    let place = asked("unit", text.unit, None);
    let body = view! {
        <form class="asking flow" method="post" action=frame.link("/admin/keys")>
            {frame.csrf_field()}
            {mistakes(text.errors.to_owned(), &wrong.clone().into_iter().collect::<Vec<_>>())}
            {asked("name", text.name, Some(text.name_hint)).line(name, "text")}
            <div class="field">
                <label for="unit">{text.unit}</label>
                {place.told()}
                <select id="unit" name="unit" aria-invalid=place.invalid() aria-describedby=place.described()>
                    {units(&form.units, unit, text.whole, frame)}
                </select>
            </div>
            {verbs(form, &asked("may", text.verbs, None), frame)}
            {asked("days", text.days, None).line(&days, "number")}
            <button class="button" name="go" value="make">{text.button}</button>
        </form>
    };
    let how = view! { <p>{text.make_how}</p> };
    section("make", text.make.into_any(), how.into_any(), body.into_any())
}

fn verb_word(verb: Verb, frame: &Frame) -> &'static str {
    let text = &frame.text().key;
    match verb {
        Verb::IssueCodes => text.issue,
        Verb::CloseCodes => text.close,
    }
}

fn verbs(form: &KeyForm, asked: &Asked, frame: &Frame) -> AnyView {
    let boxes = Verb::ALL.iter().map(|verb| {
        let id = format!("may-{verb}");
        view! {
            <li>
                <input type="checkbox" id=id.clone() name="may" value=verb.code()
                    checked=form.verbs.contains(verb)/>
                <label for=id>{verb_word(*verb, frame)}</label>
            </li>
        }
    });
    view! {
        <fieldset id="may" class="choosing" aria-describedby=asked.described()>
            <legend>{asked.label}</legend>
            {asked.told()}
            <ul class="ticks">{boxes.collect_view()}</ul>
        </fieldset>
    }
    .into_any()
}

fn list(page: &KeysPage, frame: &Frame) -> AnyView {
    let text = &frame.text().key;
    let rows = page.keys.iter().map(|key| row(key, page.form.is_some(), frame)).collect_view();
    let body = view! {
        <table>
            <caption class="unseen">{text.list}</caption>
            <thead><tr>
                <th scope="col">{text.key_head}</th>
                <th scope="col">{text.last_head}</th>
                <th scope="col">{text.state_head}</th>
            </tr></thead>
            <tbody>{rows}</tbody>
        </table>
    };
    section("keys", text.list.into_any(), ().into_any(), body.into_any())
}

fn row(key: &KeyLine, may_change: bool, frame: &Frame) -> AnyView {
    let (text, language) = (&frame.text().key, frame.language);
    let unit = key.unit.as_ref().map_or_else(|| text.whole.into_any(), |unit| spoken(unit, language));
    let verbs: Vec<&str> = key.verbs.iter().map(|verb| verb_word(*verb, frame)).collect();
    let used = |on| fill(text.used, &[("date", &date(on, language))]);
    let used = key.used_on.map_or_else(|| text.never.to_owned(), used);
    let state = match key.state {
        KeyState::Revoked(on) => fill(text.revoked, &[("date", &date(on, language))]).into_any(),
        KeyState::Expired => text.expired.into_any(),
        KeyState::Valid if may_change => revoke(key, frame),
        KeyState::Valid => ().into_any(),
    };
    view! {
        <tr>
            <th scope="row">
                {key.name.clone()} ", " {unit} " "
                <span class="why under">{verbs.join("; ")}</span>
            </th>
            <td>{date(key.expires_on, language)} <span class="why under">{used}</span></td>
            <td>{state}</td>
        </tr>
    }
    .into_any()
}

fn revoke(key: &KeyLine, frame: &Frame) -> AnyView {
    let text = &frame.text().key;
    let label = fill(text.revoke_of, &[("name", &key.name)]);
    view! {
        <form method="post" action=frame.link("/admin/keys")>
            {frame.csrf_field()}
            <input type="hidden" name="name" value=key.name.clone()/>
            <button class="button plain low" name="go" value="revoke" aria-label=label>{text.revoke}</button>
        </form>
    }
    .into_any()
}

/// The page that shows a key once.
#[must_use]
pub fn render_made_key(page: &MadeKeyPage, frame: &Frame) -> String {
    document(frame, || {
        let text = &frame.text().key;
        let heading = fill(text.made_title, &[("name", &page.name)]);
        let what_now = fill(text.made_do, &[("date", &date(page.until, frame.language))]);
        let main = view! {
            <div class="intro">
                <div class="head"><h1>{heading.clone()}</h1></div>
                <div class="notice ok" role="status"><p><b>{text.made_once}</b> " " {what_now}</p></div>
                <div class="field">
                    <label for="key">{text.made_label}</label>
                    <textarea id="key" class="formula" rows="2" readonly spellcheck="false">{page.key.clone()}</textarea>
                </div>
                <p class="soft">{text.made_lost}</p>
                <p><a href=frame.link("/admin/keys")>{text.back}</a></p>
            </div>
        };
        Page { title: heading, area: Some(Area::Administration), main: main.into_any(), foot: None }
    })
}
