//! A file for the registry: chosen, looked at, then stored.

use super::super::frame::{Area, Frame, Page, document, section};
use super::link::{Shelf, shelves};
use super::preview::{Preview, table};
use crate::i18n::console::fill;
use leptos::prelude::*;

/// What a file holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ImportSubject {
    /// Units.
    Units,
    /// Who took over from whom.
    Succession,
    /// Fields.
    Fields,
    /// Procedures.
    Procedures,
}

impl ImportSubject {
    /// The word in addresses.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Units => "units",
            Self::Succession => "succession",
            Self::Fields => "fields",
            Self::Procedures => "procedures",
        }
    }

    const fn path(self) -> &'static str {
        match self {
            Self::Units | Self::Succession => "/admin/units/import",
            Self::Fields | Self::Procedures => "/admin/fields/import",
        }
    }

    const fn pair(self) -> [Self; 2] {
        match self {
            Self::Units | Self::Succession => [Self::Units, Self::Succession],
            Self::Fields | Self::Procedures => [Self::Fields, Self::Procedures],
        }
    }

    fn title(self, frame: &Frame) -> &'static str {
        let text = &frame.text().registry;
        match self {
            Self::Units => text.import_units,
            Self::Succession => text.import_succession,
            Self::Fields => text.import_fields,
            Self::Procedures => text.import_procedures,
        }
    }
}

/// How a file was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Manner {
    /// UTF-8 or Windows-1258.
    pub encoding: String,
    /// Whether semicolons stand between its cells.
    pub semicolons: bool,
}

/// Something wrong in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileFaultLine {
    /// Line, from 1.
    pub line: u64,
    /// Column, from 1; 0 for the whole line.
    pub column: usize,
    /// Name of the column.
    pub name: String,
    /// The sentence.
    pub message: String,
}

/// How far it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ImportState {
    /// A file is to be chosen.
    Asked,
    /// No file came.
    NoFile,
    /// The file is too large for the page.
    TooLarge,
    /// It has faults.
    Faults(Vec<FileFaultLine>),
    /// It is refused as a whole: why.
    Refused(String),
    /// It can be stored.
    Preview {
        /// What it would do.
        preview: Preview,
        /// How it was read.
        manner: Manner,
        /// The file again, for the second step.
        held: String,
        /// The mark of what is shown.
        mark: String,
        /// Whether this is shown because the registry has moved on.
        moved_on: bool,
    },
    /// It was stored.
    Stored(Preview),
}

/// The page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportPage {
    /// What the file holds.
    pub subject: ImportSubject,
    /// The columns that must be there.
    pub required: Vec<&'static str>,
    /// The columns that may be there.
    pub optional: Vec<&'static str>,
    /// How far it is.
    pub state: ImportState,
    /// What was pasted, so that it can be corrected where it stands.
    pub pasted: String,
}

/// The page as a document.
#[must_use]
pub fn render_import(page: &ImportPage, frame: &Frame) -> String {
    document(frame, || {
        let text = &frame.text().registry;
        let heading = page.subject.title(frame);
        let is_wrong = matches!(
            page.state,
            ImportState::NoFile | ImportState::TooLarge | ImportState::Faults(_) | ImportState::Refused(_)
        );
        let shelf = match page.subject {
            ImportSubject::Units | ImportSubject::Succession => Shelf::Units,
            ImportSubject::Fields | ImportSubject::Procedures => Shelf::Fields,
        };
        let main = view! {
            <div class="intro">
                <div class="head"><h1>{heading}</h1><p class="soft">{text.import_under}</p></div>
                {shelves(Some(shelf), frame)}
                {state(page, frame)}
            </div>
            {preview(page, frame)}
        };
        let title = if is_wrong { fill(text.wrong_title, &[("title", heading)]) } else { heading.to_owned() };
        Page { title, area: Some(Area::Registry), main: main.into_any(), foot: None }
    })
}

fn state(page: &ImportPage, frame: &Frame) -> AnyView {
    let text = &frame.text().registry;
    match &page.state {
        ImportState::Asked => form(page, frame),
        ImportState::NoFile => view! { {problem(text.no_file, frame)} {form(page, frame)} }.into_any(),
        ImportState::TooLarge => view! { {problem(text.too_large, frame)} {form(page, frame)} }.into_any(),
        ImportState::Refused(why) => view! { {problem(why, frame)} {form(page, frame)} }.into_any(),
        ImportState::Faults(faults) => view! { {wrong_lines(faults, frame)} {form(page, frame)} }.into_any(),
        ImportState::Preview { preview, manner, moved_on, .. } => {
            let moved =
                moved_on.then(|| view! { <div class="notice bad" role="alert"><p>{text.moved_on}</p></div> });
            let told = preview.told(frame);
            let says = if preview.is_nothing() {
                text.would_nothing.to_owned()
            } else {
                fill(text.would, &[("what", &told)])
            };
            view! { {moved} <p class="lead">{says}</p> <p class="soft">{read_as(manner, frame)}</p> }
                .into_any()
        }
        ImportState::Stored(preview) => {
            let what = fill(text.stored_what, &[("what", &preview.told(frame))]);
            view! {
                <div class="notice ok" role="status"><p><b>{text.stored}</b> " " {what}</p></div>
                {leave(page, frame)}
            }
            .into_any()
        }
    }
}

fn problem(why: &str, frame: &Frame) -> AnyView {
    let text = &frame.text().registry;
    view! { <div class="errors" role="alert"><h2>{text.faults}</h2><p>{why.to_owned()}</p></div> }.into_any()
}

fn wrong_lines(faults: &[FileFaultLine], frame: &Frame) -> AnyView {
    let text = &frame.text().registry;
    let lines = faults.iter().map(|fault| {
        let (line, column) = (fault.line.to_string(), fault.column.to_string());
        let values = [
            ("line", line.as_str()),
            ("column", &column),
            ("name", &fault.name),
            ("message", &fault.message),
        ];
        let phrase = if fault.column == 0 { text.fault_line } else { text.fault };
        view! { <li>{fill(phrase, &values)}</li> }
    });
    view! {
        <div class="errors" role="alert">
            <h2>{text.faults}</h2>
            <ul>{lines.collect_view()}</ul>
            <p>{text.faults_do}</p>
        </div>
    }
    .into_any()
}

fn read_as(manner: &Manner, frame: &Frame) -> String {
    let text = &frame.text().registry;
    let separator = if manner.semicolons { text.semicolon } else { text.comma };
    fill(text.manner, &[("encoding", &manner.encoding), ("separator", separator)])
}

fn form(page: &ImportPage, frame: &Frame) -> AnyView {
    let text = &frame.text().registry;
    let action = frame.link(page.subject.path());
    let choices = page.subject.pair().map(|one| {
        let path = frame.here.carry(one.path(), &["lang"]).with("what", one.code()).to_string();
        let current = (one == page.subject).then_some("true");
        view! { <li><a href=path aria-current=current>{one.title(frame)}</a></li> }
    });
    let needed = fill(text.columns_needed, &[("columns", &page.required.join(", "))]);
    let free = fill(text.columns_free, &[("columns", &page.optional.join(", "))]);
    view! {
        <ul class="chips">{choices.into_iter().collect_view()}</ul>
        <form class="flow narrow" method="post" action=action enctype="multipart/form-data">
            {frame.csrf_field()}
            <input type="hidden" name="what" value=page.subject.code()/>
            <div class="field">
                <label for="file">{text.file}</label>
                <p class="hint" id="file-hint">{text.file_hint}</p>
                <input id="file" name="file" type="file" accept=".csv,.txt,text/csv" aria-describedby="file-hint"/>
            </div>
            <div class="field">
                <label for="pasted">{text.pasted}</label>
                <textarea id="pasted" name="pasted" rows="6" spellcheck="false" wrap="off">
                    {page.pasted.clone()}
                </textarea>
            </div>
            <p class="hint">{needed} " " {free}</p>
            <p class="row"><button class="button low" name="step" value="look">{text.look}</button></p>
        </form>
    }
    .into_any()
}

fn preview(page: &ImportPage, frame: &Frame) -> AnyView {
    let text = &frame.text().registry;
    let ImportState::Preview { preview, held, mark, .. } = &page.state else { return ().into_any() };
    if preview.is_nothing() {
        return leave(page, frame);
    }
    let action = frame.link(page.subject.path());
    let body = view! {
        <form class="flow" method="post" action=action enctype="multipart/form-data">
            {frame.csrf_field()}
            <input type="hidden" name="what" value=page.subject.code()/>
            <input type="hidden" name="held" value=held.clone()/>
            <input type="hidden" name="mark" value=mark.clone()/>
            <p class="hint">{text.confirm_how}</p>
            <p class="row"><button class="button low" name="step" value="store">{text.confirm}</button></p>
        </form>
        {leave(page, frame)}
        {table(preview, frame)}
    };
    let how = view! { <p>{text.preview_how}</p> };
    section("preview", text.preview.into_any(), how.into_any(), body.into_any())
}

fn leave(page: &ImportPage, frame: &Frame) -> AnyView {
    let text = &frame.text().registry;
    let again =
        frame.here.carry(page.subject.path(), &["lang"]).with("what", page.subject.code()).to_string();
    let (back, name) = match page.subject {
        ImportSubject::Units | ImportSubject::Succession => ("/admin/units", text.all_units),
        ImportSubject::Fields | ImportSubject::Procedures => ("/admin/fields", text.all_fields),
    };
    view! {
        <p class="row">
            <a class="button plain low" href=again>{text.another}</a>
            <a class="button plain low" href=frame.link(back)>{name}</a>
        </p>
    }
    .into_any()
}
