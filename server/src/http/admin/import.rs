//! `/admin/units/import` and `/admin/fields/import`: a file is looked at, then stored.

use crate::failure::Failure;
use crate::http::page::{Reader, html};
use crate::state::Shared;
use app::console::admin::{
    FileFaultLine, ImportPage, ImportState, ImportSubject, LineVerdict, Manner, Preview, PreviewLine,
    render_import,
};
use axum::extract::State;
use axum::extract::multipart::{Multipart, MultipartError, MultipartRejection};
use axum::http::StatusCode;
use axum::response::Response;
use domain::language::Language;
use usecase::UsecaseError;
use usecase::error::FileFault;
use usecase::import::upload::{Content, Seen, Stored, hold, look, release, store};
use usecase::import::{Changes, Planned, Verdict};

/// Most bytes of a file that comes through a page.
pub const FILE_LIMIT: usize = 2 * 1024 * 1024;
/// Most bytes of a form: the file once more in letters, and its few fields.
pub const BODY_LIMIT: usize = 3 * 1024 * 1024;
/// Most lines that a preview shows.
const MOST_LINES: usize = 500;

/// What the form holds.
#[derive(Debug, Default)]
struct Form {
    what: String,
    step: String,
    mark: String,
    file: Vec<u8>,
    pasted: String,
    held: String,
}

/// `GET /admin/units/import`.
pub async fn ask_units(State(state): State<Shared>, reader: Reader) -> Response {
    ask(&state, &reader, Content::Units)
}

/// `GET /admin/fields/import`.
pub async fn ask_fields(State(state): State<Shared>, reader: Reader) -> Response {
    ask(&state, &reader, Content::Fields)
}

/// `POST /admin/units/import`.
pub async fn take_units(
    state: State<Shared>,
    reader: Reader,
    form: Result<Multipart, MultipartRejection>,
) -> Response {
    take(state, reader, form.ok(), Content::Units).await
}

/// `POST /admin/fields/import`.
pub async fn take_fields(
    state: State<Shared>,
    reader: Reader,
    form: Result<Multipart, MultipartRejection>,
) -> Response {
    take(state, reader, form.ok(), Content::Fields).await
}

fn ask(state: &Shared, reader: &Reader, first: Content) -> Response {
    if !reader.may_administer() {
        return reader.fail(state, &Failure::Forbidden);
    }
    let what = reader.query.get("what").unwrap_or_default();
    match content(what, first) {
        Some(content) => Desk::new(state, reader, content).draw(ImportState::Asked, StatusCode::OK),
        None => reader.fail(state, &Failure::bad_value("what", what)),
    }
}

async fn take(
    State(state): State<Shared>,
    reader: Reader,
    form: Option<Multipart>,
    first: Content,
) -> Response {
    if !reader.may_administer() {
        return reader.fail(&state, &Failure::Forbidden);
    }
    let desk = Desk::new(&state, &reader, first);
    let Some(form) = form else { return desk.refuse(ImportState::NoFile) };
    let form = match read(form).await {
        Ok(form) => form,
        Err(error) if error.status() == StatusCode::PAYLOAD_TOO_LARGE => {
            return desk.refuse(ImportState::TooLarge);
        }
        Err(_) => return desk.refuse(ImportState::NoFile),
    };
    let Some(content) = content(&form.what, first) else {
        return reader.fail(&state, &Failure::bad_value("what", &form.what));
    };
    let is_second = form.step == "store";
    let file = if is_second { release(&form.held) } else { chosen(&form) };
    let desk = Desk { content, pasted: form.pasted, ..desk };
    let Some(file) = file else { return desk.refuse(ImportState::NoFile) };
    if file.len() > FILE_LIMIT {
        return desk.refuse(ImportState::TooLarge);
    }
    let done = if is_second {
        store(&state.office, &reader.principal, content, &file, &form.mark).await
    } else {
        look(&state.office, &reader.principal, content, &file).await.map(Stored::MovedOn)
    };
    desk.answer((&file, is_second), done)
}

/// Who asks, for what, and what they pasted.
struct Desk<'a> {
    state: &'a Shared,
    reader: &'a Reader,
    content: Content,
    pasted: String,
}

impl<'a> Desk<'a> {
    const fn new(state: &'a Shared, reader: &'a Reader, content: Content) -> Self {
        Self { state, reader, content, pasted: String::new() }
    }

    fn answer(self, (file, is_second): (&[u8], bool), done: Result<Stored, UsecaseError>) -> Response {
        match done {
            Ok(Stored::Done(seen)) => self.draw(ImportState::Stored(preview(&seen)), StatusCode::OK),
            Ok(Stored::MovedOn(seen)) => {
                let shown = ImportState::Preview {
                    preview: preview(&seen),
                    manner: Manner {
                        encoding: seen.manner.encoding.to_string(),
                        semicolons: seen.manner.separator == ';',
                    },
                    held: hold(file),
                    mark: seen.mark,
                    moved_on: is_second,
                };
                self.draw(shown, if is_second { StatusCode::CONFLICT } else { StatusCode::OK })
            }
            Err(UsecaseError::File(faults)) => {
                let is_english = self.reader.language == Language::En;
                let fault = |fault: FileFault| FileFaultLine {
                    line: fault.line,
                    column: fault.column,
                    name: fault.name,
                    message: if is_english { fault.message } else { fault.vi },
                };
                self.refuse(ImportState::Faults(faults.into_iter().map(fault).collect()))
            }
            Err(UsecaseError::Objection(why)) => {
                let said = why.told();
                let is_english = self.reader.language == Language::En;
                self.refuse(ImportState::Refused(if is_english { said.en } else { said.vi }))
            }
            Err(UsecaseError::Refused(why)) => self.refuse(ImportState::Refused(why)),
            Err(error) => self.reader.fail(self.state, &Failure::from_error(&error, self.state)),
        }
    }

    fn refuse(self, why: ImportState) -> Response {
        self.draw(why, StatusCode::UNPROCESSABLE_ENTITY)
    }

    fn draw(self, shown: ImportState, status: StatusCode) -> Response {
        let shape = self.content.shape();
        let subject = match self.content {
            Content::Units => ImportSubject::Units,
            Content::Succession => ImportSubject::Succession,
            Content::Fields => ImportSubject::Fields,
            Content::Procedures => ImportSubject::Procedures,
        };
        let (required, optional) = (shape.required.to_vec(), shape.optional.to_vec());
        let page = ImportPage { subject, required, optional, state: shown, pasted: self.pasted };
        html(status, render_import(&page, &self.reader.frame(self.state)))
    }
}

/// What a form or an address says that the file holds; the page's first where it says nothing.
fn content(what: &str, first: Content) -> Option<Content> {
    match (what, first) {
        ("", first) => Some(first),
        ("units", Content::Units) => Some(Content::Units),
        ("succession", Content::Units) => Some(Content::Succession),
        ("fields", Content::Fields) => Some(Content::Fields),
        ("procedures", Content::Fields) => Some(Content::Procedures),
        _ => None,
    }
}

/// The file, or what was pasted where none was chosen.
fn chosen(form: &Form) -> Option<Vec<u8>> {
    if !form.file.is_empty() {
        return Some(form.file.clone());
    }
    Some(form.pasted.as_bytes().to_vec()).filter(|text| !text.trim_ascii().is_empty())
}

async fn read(mut parts: Multipart) -> Result<Form, MultipartError> {
    let mut form = Form::default();
    while let Some(part) = parts.next_field().await? {
        let name = part.name().unwrap_or_default().to_owned();
        match name.as_str() {
            "file" => form.file = part.bytes().await?.to_vec(),
            "pasted" => form.pasted = part.text().await?,
            "held" => form.held = part.text().await?,
            "what" => form.what = part.text().await?.chars().take(20).collect(),
            "step" => form.step = part.text().await?.chars().take(20).collect(),
            "mark" => form.mark = part.text().await?.chars().take(100).collect(),
            _ => {
                part.bytes().await?;
            }
        }
    }
    Ok(form)
}

fn preview(seen: &Seen) -> Preview {
    let Changes { new, changed, ended, unchanged, removed } = Changes::of_all(&seen.lines);
    let told: Vec<PreviewLine> = seen.lines.iter().filter_map(line).collect();
    let more = told.len().saturating_sub(MOST_LINES);
    let lines = told.into_iter().take(MOST_LINES).collect();
    Preview { new, changed, ended, removed, unchanged, lines, more }
}

fn line(planned: &Planned) -> Option<PreviewLine> {
    let verdict = match planned.verdict {
        Verdict::New => LineVerdict::New,
        Verdict::Changed => LineVerdict::Changed,
        Verdict::Ended => LineVerdict::Ended,
        Verdict::Removed => LineVerdict::Removed,
        Verdict::Unchanged => return None,
    };
    let differences = planned.differences.iter();
    Some(PreviewLine {
        line: planned.line,
        code: planned.code.clone(),
        name: planned.name.clone(),
        verdict,
        differences: differences.map(|d| (d.column, d.before.clone(), d.after.clone())).collect(),
    })
}
