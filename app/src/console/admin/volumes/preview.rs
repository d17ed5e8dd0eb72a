//! A file before it is taken: what it would do, or what is wrong in it.

use super::fault::told;
use crate::console::frame::{Area, Frame, Page, document};
use crate::i18n::console::fill;
use crate::i18n::format::{count, months};
use domain::period::Month;
use domain::volume::VolumeFault;
use leptos::prelude::*;

/// The page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PreviewPage {
    /// Name of the file.
    pub file: String,
    /// What it would do.
    pub state: PreviewState,
}

/// What a file would do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PreviewState {
    /// It can be taken.
    Fine(PreviewSum),
    /// It has faults.
    Faulty(Vec<FaultLine>),
}

/// What a file would store.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PreviewSum {
    /// Cells that are new, corrected, as they are.
    pub cells: [u64; 3],
    /// First and last month.
    pub months: (Month, Month),
    /// Agencies.
    pub units: u64,
    /// Dossiers.
    pub closed: u64,
}

/// A fault and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FaultLine {
    /// Line, from 1.
    pub line: u64,
    /// Column, from 1; 0 for the whole line.
    pub column: usize,
    /// Name of the column.
    pub name: String,
    /// What kind of fault it is, where it is one of a cell.
    pub kind: Option<VolumeFault>,
    /// The same as the command line says it.
    pub message: String,
}

/// The page as a document.
#[must_use]
pub fn render_preview(page: &PreviewPage, frame: &Frame) -> String {
    document(frame, || {
        let text = &frame.text().volume;
        let heading = fill(text.preview, &[("file", &page.file)]);
        let body = match &page.state {
            PreviewState::Fine(sum) => fine(sum, frame),
            PreviewState::Faulty(faults) => faulty(faults, frame),
        };
        let main = view! {
            <div class="intro"><div class="head"><h1>{heading.clone()}</h1></div>{body}</div>
        };
        let is_faulty = matches!(page.state, PreviewState::Faulty(_));
        let error = frame.text().door.error_title;
        let title = if is_faulty { fill(error, &[("title", &heading)]) } else { heading };
        Page { title, area: Some(Area::Administration), main: main.into_any(), foot: None }
    })
}

fn fine(sum: &PreviewSum, frame: &Frame) -> AnyView {
    let (text, language) = (&frame.text().volume, frame.language);
    let [new, changed, same] = sum.cells.map(|cells| count(cells, language));
    let stored = sum.cells[0] + sum.cells[1];
    let says = if stored > 0 { text.preview_fine } else { text.preview_nothing };
    let units = fill(text.preview_units, &[("n", &count(sum.units, language))]);
    let confirm = (stored > 0).then(|| {
        let words = fill(text.confirm, &[("n", &count(stored, language))]);
        let action = frame.here.to_string();
        view! { <form method="post" action=action>{frame.csrf_field()}<button class="button low">{words}</button></form> }
    });
    view! {
        <p class="lead">{says}</p>
        <dl class="facts">
            <div><dt>{text.preview_rows}</dt><dd>{new}</dd></div>
            <div><dt>{text.preview_changed}</dt><dd>{changed} " " <span>{text.preview_changed_why}</span></dd></div>
            <div><dt>{text.preview_same}</dt><dd>{same}</dd></div>
            <div><dt>{text.preview_span}</dt><dd>{months(sum.months.0, sum.months.1, language)}</dd></div>
            <div><dt>{text.preview_sum}</dt><dd>{count(sum.closed, language)} " " <span>{units}</span></dd></div>
        </dl>
        <div class="row">
            {confirm}
            <a class="button plain low" href=frame.link("/admin/volumes")>{text.cancel}</a>
        </div>
    }
    .into_any()
}

fn faulty(faults: &[FaultLine], frame: &Frame) -> AnyView {
    let text = &frame.text().volume;
    let rows = faults.iter().map(|fault| fault_row(fault, frame)).collect_view();
    view! {
        <div class="notice bad" role="alert"><p><b>{text.faulty}</b> " " {text.faulty_do}</p></div>
        <table>
            <caption class="unseen">{text.fault_what}</caption>
            <thead>
                <tr>
                    <th scope="col">{text.fault_line}</th>
                    <th scope="col">{text.fault_column}</th>
                    <th scope="col">{text.fault_what}</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
        <p><a class="reach" href=frame.link("/admin/volumes")>{text.back}</a></p>
    }
    .into_any()
}

fn fault_row(fault: &FaultLine, frame: &Frame) -> AnyView {
    let text = &frame.text().volume;
    let column = if fault.column == 0 {
        text.whole_line.into_any()
    } else {
        view! { {fault.column.to_string()} " " <code>{fault.name.clone()}</code> }.into_any()
    };
    // What a spreadsheet got wrong about the file as such is said in English alone.
    let says = match &fault.kind {
        Some(kind) => told(kind, frame.language).into_any(),
        None => view! { <span lang="en">{fault.message.clone()}</span> }.into_any(),
    };
    view! { <tr><th scope="row" class="num">{fault.line.to_string()}</th><td>{column}</td><td>{says}</td></tr> }
        .into_any()
}

/// The page where no file waits any more.
#[must_use]
pub fn render_gone(frame: &Frame) -> String {
    document(frame, || {
        let text = &frame.text().volume;
        let main = view! {
            <div class="intro">
                <div class="head"><h1>{text.gone}</h1></div>
                <div class="notice">
                    <p>{text.gone_do}</p>
                    <p class="row"><a class="button plain low" href=frame.link("/admin/volumes")>{text.back}</a></p>
                </div>
            </div>
        };
        let (title, area) = (text.gone.to_owned(), Some(Area::Administration));
        Page { title, area, main: main.into_any(), foot: None }
    })
}
