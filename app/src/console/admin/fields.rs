//! Fields of work, who decides them, and the procedures in them.

use super::super::frame::{Area, Frame, Page, document, sample, section};
use super::entry::saved;
use super::link::{Shelf, UnitLink, link, shelves};
use crate::i18n::console::fill;
use crate::i18n::format::count;
use crate::parts::wording::{kind, spoken};
use domain::language::Words;
use domain::unit::UnitKind;
use leptos::prelude::*;

/// The table of fields.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fields {
    /// By level of the office where the dossier is handed in.
    pub groups: Vec<FieldGroup>,
    /// How many fields there are over all levels.
    pub count: usize,
    /// The procedures, in order.
    pub procedures: Vec<ProcedureLine>,
    /// How many fields a form names.
    pub named_fields: usize,
    /// Code of the counter whose order is shown, as typed.
    pub at: String,
    /// That counter; `None` where the list's own order is shown, because nothing was typed or what was
    /// typed names no unit of today.
    pub counter: Option<UnitLink>,
    /// Whether a line has just been stored.
    pub saved: bool,
    /// Artificial answers.
    pub demo: bool,
    /// Whether the reader may change the registry.
    pub may_change: bool,
}

/// The fields of one level.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldGroup {
    /// The level.
    pub level: UnitKind,
    /// Its fields in order.
    pub lines: Vec<FieldLine>,
}

/// One field at one level.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldLine {
    /// Code.
    pub code: String,
    /// Name.
    pub name: Words,
    /// Who decides; `None` for the receiving office.
    pub deciding: Option<UnitLink>,
    /// Released answers at the counter shown.
    pub answers: Option<u64>,
}

/// One procedure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProcedureLine {
    /// Name.
    pub name: Words,
    /// Name of its field.
    pub field: Words,
    /// The level that decides it.
    pub level: UnitKind,
    /// Its national code, where it is known.
    pub national: Option<String>,
}

/// The table of fields as a document.
#[must_use]
pub fn render_fields(page: &Fields, frame: &Frame) -> String {
    document(frame, || {
        let text = &frame.text().registry;
        let main = view! {
            <div class="intro">
                <div class="head">
                    <h1>{text.fields}</h1>
                    <p class="soft">{text.fields_how} {sample(page.demo, frame.text())}</p>
                </div>
                {shelves(Some(Shelf::Fields), frame)}
                {saved(page.saved, frame)}
                {lead(page, frame)}
                {(page.count > 0).then(|| ask(page, frame))}
                {change(page, frame)}
            </div>
            {page.groups.iter().enumerate().map(|(place, group)| level(place, group, page, frame)).collect_view()}
            {procedures(page, frame)}
        };
        Page { title: text.fields.to_owned(), area: Some(Area::Registry), main: main.into_any(), foot: None }
    })
}

fn lead(page: &Fields, frame: &Frame) -> AnyView {
    let text = &frame.text().registry;
    if page.count == 0 {
        return view! { <div class="notice"><p><b>{text.fields_none}</b> " " {text.fields_none_do}</p></div> }
            .into_any();
    }
    let says = match &page.counter {
        None => fill(text.fields_lead, &[("n", &count(page.count as u64, frame.language))]),
        Some(counter) => {
            let lines = page.groups.iter().flat_map(|group| &group.lines);
            let known = lines.filter(|line| line.answers.is_some()).count();
            let phrase = if known == 0 { text.at_lead_none } else { text.at_lead };
            let values = [("counter", counter.name.text(frame.language)), ("known", &known.to_string())];
            fill(phrase, &values)
        }
    };
    view! { <p class="lead">{says}</p> }.into_any()
}

fn ask(page: &Fields, frame: &Frame) -> AnyView {
    let text = &frame.text().registry;
    let is_unknown = !page.at.is_empty() && page.counter.is_none();
    let lang = frame.here.query.iter().find(|(name, _)| name == "lang").map(|(_, value)| value.clone());
    let lang = lang.map(|lang| view! { <input type="hidden" name="lang" value=lang/> });
    let wrong = is_unknown.then(|| {
        view! { <p class="problem" id="at-wrong">{fill(text.is_no_unit, &[("field", text.at_counter)])}</p> }
    });
    let described = if is_unknown { "at-hint at-wrong" } else { "at-hint" };
    view! {
        <form class="filter" method="get" action="/admin/fields">
            {lang}
            <div class="field">
                <label for="at">{text.at_counter}</label>
                {wrong}
                <input id="at" name="at" value=page.at.clone() aria-describedby=described autocomplete="off"
                    aria-invalid=is_unknown.then_some("true") maxlength="60"/>
            </div>
            <button class="button low">{text.show}</button>
        </form>
        <p class="hint" id="at-hint">{text.at_hint}</p>
    }
    .into_any()
}

fn change(page: &Fields, frame: &Frame) -> AnyView {
    let text = &frame.text().registry;
    if !page.may_change {
        return view! { <p class="hint">{text.read_only}</p> }.into_any();
    }
    let fields = frame.link("/admin/fields/import");
    let procedures =
        frame.here.carry("/admin/fields/import", &["lang"]).with("what", "procedures").to_string();
    view! {
        <p class="row">
            <a class="button plain low" href=fields>{text.import_fields}</a>
            <a class="button plain low" href=procedures>{text.import_procedures}</a>
        </p>
    }
    .into_any()
}

/// Ids of the sections of levels, which are few.
const IDS: [&str; 6] = ["level-1", "level-2", "level-3", "level-4", "level-5", "level-6"];

fn level(place: usize, group: &FieldGroup, page: &Fields, frame: &Frame) -> AnyView {
    let text = &frame.text().registry;
    let heading = fill(text.level, &[("kind", kind(group.level, frame.text()))]);
    let rows = group.lines.iter().enumerate().map(|(place, line)| row(place, line, group.level, page, frame));
    let body = view! {
        <table>
            <caption class="unseen">{heading.clone()}</caption>
            <thead>
                <tr>
                    <th scope="col">{text.field_head}</th>
                    <th scope="col">{text.decides}</th>
                </tr>
            </thead>
            <tbody>{rows.collect_view()}</tbody>
        </table>
    };
    let id = IDS.get(place).copied().unwrap_or("level");
    section(id, heading.into_any(), ().into_any(), body.into_any())
}

fn row(place: usize, line: &FieldLine, level: UnitKind, page: &Fields, frame: &Frame) -> AnyView {
    let text = &frame.text().registry;
    let name = if page.may_change {
        let href = frame.link(&format!("/admin/fields/{}@{level}", line.code));
        view! { <a href=href>{spoken(&line.name, frame.language)}</a> }.into_any()
    } else {
        spoken(&line.name, frame.language)
    };
    let n = line.answers.map(|n| fill(text.answers_n, &[("n", &count(n, frame.language))]));
    let left = (place >= page.named_fields).then(|| text.not_offered.to_owned());
    let told = [n, left].into_iter().flatten().collect::<Vec<_>>().join(", ");
    let deciding = line.deciding.as_ref().map_or_else(
        || view! { <span class="soft">{text.decides_self}</span> }.into_any(),
        |unit| link(unit, frame),
    );
    view! {
        <tr>
            <th scope="row">
                <span class="num">{format!("{}. ", place + 1)}</span> {name} " "
                <span class="why">{line.code.clone()}</span> " " <span class="why under">{told}</span>
            </th>
            <td>{deciding}</td>
        </tr>
    }
    .into_any()
}

fn procedures(page: &Fields, frame: &Frame) -> AnyView {
    let text = &frame.text().registry;
    let rows = page.procedures.iter().map(|line| {
        let national = line.national.clone().map_or_else(
            || view! { <span class="soft">{text.national_unknown}</span> }.into_any(),
            |code| view! { <span class="num">{code}</span> }.into_any(),
        );
        view! {
            <tr>
                <th scope="row">
                    {spoken(&line.name, frame.language)} " "
                    <span class="why under">
                        {spoken(&line.field, frame.language)} ", " {super::link::kind_word(line.level, frame.text())}
                    </span>
                </th>
                <td>{national}</td>
            </tr>
        }
    });
    let body = if page.procedures.is_empty() {
        view! { <p class="soft">{text.procedures_none}</p> }.into_any()
    } else {
        view! {
            <table>
                <caption class="unseen">{text.procedures}</caption>
                <thead>
                    <tr>
                        <th scope="col">{text.procedure_head}</th>
                        <th scope="col">{text.national}</th>
                    </tr>
                </thead>
                <tbody>{rows.collect_view()}</tbody>
            </table>
        }
        .into_any()
    };
    let how = view! { <p>{text.procedures_how}</p> };
    section("procedures", text.procedures.into_any(), how.into_any(), body)
}
