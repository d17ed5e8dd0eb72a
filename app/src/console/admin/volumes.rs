//! Closed dossiers: the year by agency, a file before it is taken, one agency's month.

mod fault;
mod month;
mod preview;

pub use month::{CellForm, CellLine, EntryLine, FieldChoice, MonthPage, render_month};
pub use preview::{FaultLine, PreviewPage, PreviewState, PreviewSum, render_gone, render_preview};

use super::form::UnitChoice;
use crate::console::frame::{Area, Frame, Page, document, sample, section};
use crate::i18n::console::fill;
use crate::i18n::format::count;
use crate::parts::wording::{kind as kind_name, spoken};
use domain::language::Words;
use domain::unit::UnitKind;
use leptos::prelude::*;

domain::survey::words! {
    /// What was done; it stands in the address after a form was sent.
    VolumeDone, "deed" {
        /// A file was stored.
        Imported = "imported",
        /// A cell was stored.
        Edited = "edited",
    }
}

/// Why a file could not even be looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UploadFault {
    /// There is none.
    Empty,
    /// It is too large.
    TooLarge,
}

/// The year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VolumesPage {
    /// The year shown.
    pub year: i32,
    /// The years that could be shown, newest first.
    pub years: Vec<i32>,
    /// The agencies in official order.
    pub units: Vec<VolumeUnit>,
    /// Whether the reader may change anything.
    pub may_edit: bool,
    /// Artificial data.
    pub demo: bool,
    /// What is wrong with a file that was sent.
    pub fault: Option<UploadFault>,
    /// What was just done.
    pub done: Option<VolumeDone>,
}

/// An agency's year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VolumeUnit {
    /// The agency.
    pub unit: UnitChoice,
    /// Closed dossiers of the months that are known; `None` where none is.
    pub closed: Option<u64>,
    /// Months of the year, up to the last that could be known, of which nothing is known.
    pub missing: Vec<i32>,
}

/// The notice that something was done.
fn done(deed: Option<VolumeDone>, frame: &Frame) -> Option<AnyView> {
    let text = &frame.text().volume;
    let says = match deed? {
        VolumeDone::Imported => text.done_imported,
        VolumeDone::Edited => text.done_edited,
    };
    Some(view! { <div class="notice ok" role="status"><p><b>{says}</b></p></div> }.into_any())
}

/// The year as a document.
#[must_use]
pub fn render_volumes(page: &VolumesPage, frame: &Frame) -> String {
    document(frame, || {
        let text = &frame.text().volume;
        let main = view! {
            <div class="intro">
                <div class="head">
                    <h1>{text.volumes}</h1>
                    <p class="soft">{text.how} {sample(page.demo, frame.text())}</p>
                </div>
                {done(page.done, frame)}
                {lead(page, frame)}
                {years(page, frame)}
            </div>
            {page.may_edit.then(|| upload(page, frame))}
            {list(page, frame)}
        };
        let (title, area) = (text.volumes.to_owned(), Some(Area::Administration));
        Page { title, area, main: main.into_any(), foot: None }
    })
}

fn lead(page: &VolumesPage, frame: &Frame) -> AnyView {
    let (text, language) = (&frame.text().volume, frame.language);
    let year = page.year.to_string();
    let known = page.units.iter().filter(|unit| unit.closed.is_some()).count();
    if known == 0 {
        let says = fill(text.lead_none, &[("year", &year)]);
        return view! { <p class="lead">{says}</p> }.into_any();
    }
    let closed: u64 = page.units.iter().filter_map(|unit| unit.closed).sum();
    let says = fill(text.lead, &[("n", &count(closed, language)), ("year", &year)]);
    let (known, all) = (known.to_string(), page.units.len().to_string());
    let units = fill(text.lead_units, &[("known", &known), ("all", &all)]);
    view! { <p class="lead"><b>{says}</b>{units}</p> }.into_any()
}

fn years(page: &VolumesPage, frame: &Frame) -> Option<AnyView> {
    if page.years.len() < 2 {
        return None;
    }
    let links = page.years.iter().map(|year| {
        let href = frame.here.carry("/admin/volumes", &["lang"]).with("year", &year.to_string()).to_string();
        let here = (*year == page.year).then_some("true");
        view! { <li><a href=href aria-current=here>{year.to_string()}</a></li> }
    });
    let label = frame.text().volume.pick_year;
    Some(view! { <nav aria-label=label><ul class="chips">{links.collect_view()}</ul></nav> }.into_any())
}

fn upload(page: &VolumesPage, frame: &Frame) -> AnyView {
    let text = &frame.text().volume;
    let fault = page.fault.map(|fault| match fault {
        UploadFault::Empty => text.upload_empty,
        UploadFault::TooLarge => text.upload_large,
    });
    let described = if fault.is_some() { "file-hint file-fault" } else { "file-hint" };
    let wrong = fault.map(|_| "true");
    let fault = fault.map(|says| view! { <p class="wrong" id="file-fault" role="alert">{says}</p> });
    let body = view! {
        <form class="flow narrow" method="post" enctype="multipart/form-data" action=frame.link("/admin/volumes")>
            {frame.csrf_field()}
            <div class="field">
                <label for="file">{text.upload_file}</label>
                <p class="hint" id="file-hint">{text.upload_hint}</p>
                {fault}
                <input id="file" name="file" type="file" accept=".csv,text/csv" aria-describedby=described
                    aria-invalid=wrong/>
            </div>
            <button class="button low">{text.upload_do}</button>
        </form>
    };
    let how = view! { <p>{text.upload_how}</p> };
    section("upload", text.upload.into_any(), how.into_any(), body.into_any())
}

fn list(page: &VolumesPage, frame: &Frame) -> AnyView {
    let text = &frame.text().volume;
    let kinds = UnitKind::ALL.iter().filter(|kind| page.units.iter().any(|line| line.unit.kind == **kind));
    let tables = kinds.map(|kind| table(page, *kind, frame)).collect_view();
    let how = view! { <p>{text.list_how}</p> };
    section("list", text.list.into_any(), how.into_any(), tables.into_any())
}

fn table(page: &VolumesPage, kind: UnitKind, frame: &Frame) -> AnyView {
    let text = &frame.text().volume;
    let lines = page.units.iter().filter(|line| line.unit.kind == kind);
    let rows = lines.map(|line| row(line, page, frame)).collect_view();
    view! {
        <table>
            <caption>{kind_name(kind, frame.text())}</caption>
            <thead>
                <tr>
                    <th scope="col">{text.unit_head}</th>
                    <th scope="col" class="n">{text.closed_head}</th>
                    <th scope="col">{text.missing_head}</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
    .into_any()
}

fn row(line: &VolumeUnit, page: &VolumesPage, frame: &Frame) -> AnyView {
    let (text, language) = (&frame.text().volume, frame.language);
    let href = frame.here.carry(format!("/admin/volumes/{}", line.unit.code), &["lang"]);
    let href = href.with("year", &page.year.to_string()).to_string();
    let closed = match line.closed {
        Some(closed) => view! { <span class="num">{count(closed, language)}</span> }.into_any(),
        None => view! { <span class="why">{text.not_known}</span> }.into_any(),
    };
    let missing: Vec<String> = line.missing.iter().map(ToString::to_string).collect();
    let missing = match (line.closed, missing.is_empty()) {
        (None, _) => text.missing_all.to_owned(),
        (_, true) => text.missing_none.to_owned(),
        (_, false) => missing.join(", "),
    };
    view! {
        <tr>
            <th scope="row"><a class="reach" href=href>{spoken(&line.unit.name, language)}</a></th>
            <td class="n">{closed}</td>
            <td><span class="why">{missing}</span></td>
        </tr>
    }
    .into_any()
}

/// The name of a field, or of those that have none.
fn field_name(name: Option<&Words>, frame: &Frame) -> AnyView {
    match name {
        Some(name) => spoken(name, frame.language),
        None => frame.text().volume.other_field.into_any(),
    }
}
