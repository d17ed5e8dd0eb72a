//! One agency's month: its cells, their correction, their history.

use super::fault::told;
use super::{VolumeDone, done, field_name};
use crate::console::admin::form::{UnitChoice, units};
use crate::console::agency::lower_first;
use crate::console::frame::{Area, Frame, Page, document, section};
use crate::i18n::console::fill;
use crate::i18n::format::{capitalize, count, moment, month as month_words};
use crate::parts::wording::spoken;
use domain::language::Words;
use domain::period::Month;
use domain::volume::{Dossiers, VolumeFault};
use leptos::prelude::*;
use time::OffsetDateTime;

/// The page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MonthPage {
    /// The agency.
    pub unit: UnitChoice,
    /// The month.
    pub month: Month,
    /// The months that could be shown, newest first.
    pub months: Vec<Month>,
    /// The cells that count, in the order of the fields.
    pub cells: Vec<CellLine>,
    /// Everything that was ever said about them, newest first.
    pub history: Vec<EntryLine>,
    /// The form, for whoever may change anything.
    pub form: Option<CellForm>,
    /// What was just done.
    pub done: Option<VolumeDone>,
}

/// A cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CellLine {
    /// Code of the field.
    pub field: String,
    /// Its name.
    pub name: Option<Words>,
    /// Code and name of who received; `None` where nobody said.
    pub receiving: Option<(String, Words)>,
    /// The counts.
    pub dossiers: Dossiers,
}

/// A line of the history.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EntryLine {
    /// The cell as it was from then on.
    pub cell: CellLine,
    /// Who.
    pub who: String,
    /// When.
    pub at: OffsetDateTime,
    /// The file; empty for a correction by hand.
    pub source: String,
}

/// A field that can be chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldChoice {
    /// Code.
    pub code: String,
    /// Name; `None` for the fields that have none.
    pub name: Option<Words>,
}

/// What stands in the form.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CellForm {
    /// The fields to choose from.
    pub fields: Vec<FieldChoice>,
    /// Who may have received.
    pub units: Vec<UnitChoice>,
    /// The field chosen.
    pub field: String,
    /// Who received.
    pub receiving: String,
    /// closed, `on_time`, late, online, refused, as they were typed.
    pub counts: [String; 5],
    /// What is wrong.
    pub fault: Option<VolumeFault>,
}

/// The page as a document.
#[must_use]
pub fn render_month(page: &MonthPage, frame: &Frame) -> String {
    document(frame, || {
        let text = &frame.text().volume;
        let unit = page.unit.name.text(frame.language);
        let heading = fill(text.of_unit, &[("unit", unit)]);
        let fault = page.form.as_ref().and_then(|form| form.fault.as_ref());
        let main = view! {
            <div class="intro">
                <div class="head">
                    <h1>{heading.clone()}</h1>
                    <p class="soft">{month_words(page.month, frame.language)}</p>
                </div>
                {done(page.done, frame)}
                {fault.map(|fault| summary(fault, frame))}
                {months(page, frame)}
                <p><a class="reach" href=frame.link("/admin/volumes")>{text.back}</a></p>
            </div>
            {cells(page, frame)}
            {page.form.as_ref().map(|form| edit(page, form, frame))}
            {history(page, frame)}
        };
        let title = match fault {
            Some(_) => fill(frame.text().door.error_title, &[("title", &heading)]),
            None => heading,
        };
        Page { title, area: Some(Area::Administration), main: main.into_any(), foot: None }
    })
}

fn summary(fault: &VolumeFault, frame: &Frame) -> AnyView {
    let says = told(fault, frame.language);
    view! {
        <div class="errors" role="alert">
            <h2>{frame.text().account.errors}</h2>
            <ul><li><a href="#field">{says}</a></li></ul>
        </div>
    }
    .into_any()
}

fn path(page: &MonthPage) -> String {
    format!("/admin/volumes/{}", page.unit.code)
}

fn months(page: &MonthPage, frame: &Frame) -> AnyView {
    let text = &frame.text().volume;
    let options = page.months.iter().map(|of| {
        let chosen = *of == page.month;
        view! { <option value=of.to_string() selected=chosen>{month_words(*of, frame.language)}</option> }
    });
    let kept = frame.here.query.iter().filter(|(name, _)| name == "lang").cloned();
    let kept = kept.map(|(name, value)| view! { <input type="hidden" name=name value=value/> });
    view! {
        <form class="filter" method="get" action=path(page)>
            {kept.collect_view()}
            <div class="field">
                <label for="month">{text.pick_month}</label>
                <select id="month" name="month">{options.collect_view()}</select>
            </div>
            <button class="button low">{text.show}</button>
        </form>
    }
    .into_any()
}

fn receiving_name(cell: &CellLine, frame: &Frame) -> AnyView {
    match &cell.receiving {
        Some((_, name)) => spoken(name, frame.language),
        None => frame.text().volume.receiving_none.into_any(),
    }
}

fn cells(page: &MonthPage, frame: &Frame) -> AnyView {
    let text = &frame.text().volume;
    let body = if page.cells.is_empty() {
        view! { <p>{text.cells_none}</p> }.into_any()
    } else {
        let rows = page.cells.iter().map(|cell| cell_row(cell, page, frame)).collect_view();
        view! {
            <table>
                <caption class="unseen">{text.cells}</caption>
                <thead>
                    <tr>
                        <th scope="col">{capitalize(&joined(&[text.field, text.receiving]))}</th>
                        <th scope="col" class="n">{text.closed}</th>
                        <th scope="col">{capitalize(&joined(&[text.on_time, text.late, text.online, text.refused]))}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        }
        .into_any()
    };
    let how = view! { <p>{text.cells_how}</p> };
    section("cells", text.cells.into_any(), how.into_any(), body)
}

/// Several names as one.
fn joined(names: &[&str]) -> String {
    names.iter().map(|name| lower_first(name)).collect::<Vec<_>>().join(", ")
}

/// The parts of a cell in words: only those that are known.
fn parts(of: &Dossiers, frame: &Frame) -> String {
    let (text, language) = (&frame.text().volume, frame.language);
    let named = [
        (text.on_time, of.on_time),
        (text.late, of.late),
        (text.online, of.online),
        (text.refused, of.refused),
    ];
    let known = named
        .into_iter()
        .filter_map(|(name, part)| Some(format!("{name}: {}", count(part?.unsigned_abs(), language))));
    let known: Vec<String> = known.collect();
    if known.is_empty() { text.not_known.to_owned() } else { known.join("; ") }
}

fn cell_row(cell: &CellLine, page: &MonthPage, frame: &Frame) -> AnyView {
    let (text, language) = (&frame.text().volume, frame.language);
    let edit = page.form.is_some().then(|| {
        let receiving = cell.receiving.as_ref().map_or("", |(code, _)| code.as_str());
        let href = frame.here.carry(path(page), &["lang"]).with("month", &page.month.to_string());
        let href = format!("{}#edit", href.with("field", &cell.field).with("receiving", receiving));
        let field = cell.name.as_ref().map_or(text.other_field, |name| name.text(language));
        let place = cell.receiving.as_ref().map_or(text.receiving_none, |(_, name)| name.text(language));
        let label = fill(text.edit_of, &[("field", field), ("receiving", place)]);
        view! { <a class="reach" href=href aria-label=label>{text.edit_this}</a> }
    });
    view! {
        <tr>
            <th scope="row">
                {field_name(cell.name.as_ref(), frame)}
                " "
                <span class="why under">{receiving_name(cell, frame)}</span>
                {edit}
            </th>
            <td class="n"><span class="num">{count(cell.dossiers.closed.unsigned_abs(), language)}</span></td>
            <td><span class="why">{parts(&cell.dossiers, frame)}</span></td>
        </tr>
    }
    .into_any()
}

fn edit(page: &MonthPage, form: &CellForm, frame: &Frame) -> AnyView {
    let text = &frame.text().volume;
    let fields = form.fields.iter().map(|choice| {
        let name = choice.name.as_ref().map_or(text.other_field, |name| name.text(frame.language)).to_owned();
        view! { <option value=choice.code.clone() selected=choice.code == form.field>{name}</option> }
    });
    let number = |at, id, label| number(form, at, (id, label));
    let body = view! {
        <form class="flow narrow" id="edit" method="post" action=frame.link(&path(page))>
            {frame.csrf_field()}
            <input type="hidden" name="month" value=page.month.to_string()/>
            <div class="field">
                <label for="field">{text.field}</label>
                <select id="field" name="field">{fields.collect_view()}</select>
            </div>
            <div class="field">
                <label for="receiving">{text.receiving}</label>
                <select id="receiving" name="receiving">
                    {units(&form.units, &form.receiving, text.receiving_none, frame)}
                </select>
            </div>
            {number(0, "closed", text.closed)}
            <p class="hint" id="parts-hint">{text.part_hint}</p>
            <div class="pair tight-pair">
                {number(1, "on_time", text.on_time)}
                {number(2, "late", text.late)}
                {number(3, "online", text.online)}
                {number(4, "refused", text.refused)}
            </div>
            <button class="button low">{text.edit_do}</button>
        </form>
    };
    let how = view! { <p>{text.edit_how}</p> };
    section("correct", text.edit.into_any(), how.into_any(), body.into_any())
}

/// The field of a count; all but the first may stay empty.
fn number(form: &CellForm, at: usize, (id, label): (&'static str, &'static str)) -> AnyView {
    let hint = (at > 0).then_some("parts-hint");
    view! {
        <div class="field">
            <label for=id>{label}</label>
            <input id=id name=id inputmode="numeric" autocomplete="off" value=form.counts[at].clone()
                aria-describedby=hint/>
        </div>
    }
    .into_any()
}

fn history(page: &MonthPage, frame: &Frame) -> Option<AnyView> {
    if page.history.is_empty() {
        return None;
    }
    let text = &frame.text().volume;
    let rows = page.history.iter().map(|entry| entry_row(entry, frame)).collect_view();
    let body = view! {
        <table>
            <caption class="unseen">{text.history}</caption>
            <thead>
                <tr>
                    <th scope="col">{text.history_cell}</th>
                    <th scope="col" class="n">{text.closed}</th>
                    <th scope="col">{text.history_when}</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    };
    let how = view! { <p>{text.history_how}</p> };
    Some(section("history", text.history.into_any(), how.into_any(), body.into_any()))
}

fn entry_row(entry: &EntryLine, frame: &Frame) -> AnyView {
    let (text, language) = (&frame.text().volume, frame.language);
    let source = if entry.source.is_empty() { text.by_hand.to_owned() } else { entry.source.clone() };
    let closed = entry.cell.dossiers.closed.unsigned_abs();
    view! {
        <tr>
            <th scope="row">
                {field_name(entry.cell.name.as_ref(), frame)}
                " "
                <span class="why under">{receiving_name(&entry.cell, frame)}</span>
            </th>
            <td class="n"><span class="num">{count(closed, language)}</span></td>
            <td>{moment(entry.at, language)} " " <span class="why under">{entry.who.clone()} ", " {source}</span></td>
        </tr>
    }
    .into_any()
}
