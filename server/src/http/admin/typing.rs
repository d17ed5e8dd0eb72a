//! `/paper`: forms are typed from paper, twice, by two houses.

use super::answer;
use super::form::Filled;
use crate::failure::Failure;
use crate::http::page::{Reader, html};
use crate::state::Shared;
use app::console::{
    DeskLine, EntryPage, PaperDesk, PaperSaid, SettlePage, StopPage, StopReason, Turn, render_desk,
    render_entry, render_settle, render_stop,
};
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use domain::paper::{Difference, Typing, blanks, key_of, lacks, lines, read_keys};
use domain::right::Right;
use domain::submission::{Problem, Reason, Sheet};
use usecase::UsecaseError;
use usecase::paper::{self, AtDesk, Opened, Outcome, Stop, Task};

/// Batch and form of an address.
type At = (i64, i64);

/// `GET /paper`.
pub async fn desk(State(state): State<Shared>, reader: Reader) -> Response {
    let page = show_desk(&state, &reader).await;
    answer(&state, &reader, page)
}

fn let_type(reader: &Reader) -> Result<(), Failure> {
    if reader.principal.role.may(Right::TypePaper) { Ok(()) } else { Err(Failure::Forbidden) }
}

async fn show_desk(state: &Shared, reader: &Reader) -> Result<Response, Failure> {
    let_type(reader)?;
    let batches = paper::desk(&state.office, reader.province.tenant).await;
    let batches = batches.map_err(|error| Failure::from_error(&error, state))?;
    let page = PaperDesk {
        batches: batches.iter().map(|at| line(reader, at)).collect(),
        said: said(reader),
        nothing: reader.query.get("nothing").and_then(|batch| batch.parse().ok()),
        demo: state.office.is_demo(),
    };
    Ok(html(StatusCode::OK, render_desk(&page, &reader.frame(state))))
}

fn line(reader: &Reader, at: &AtDesk) -> DeskLine {
    let unit = reader.province.unit(at.batch.about.unit);
    DeskLine {
        number: at.batch.number,
        unit: unit.map(|unit| unit.name.clone()).unwrap_or_default(),
        language: at.batch.about.language,
        counts: [at.fresh, at.once, at.differs, at.done],
    }
}

fn said(reader: &Reader) -> Option<PaperSaid> {
    reader.query.get("done").and_then(PaperSaid::read)
}

/// `GET /paper/{batch}`: the form that is named, else the next one for this reader.
pub async fn next(State(state): State<Shared>, Path(batch): Path<String>, reader: Reader) -> Response {
    let page = go_on(&state, &reader, &batch).await;
    answer(&state, &reader, page)
}

async fn go_on(state: &Shared, reader: &Reader, batch: &str) -> Result<Response, Failure> {
    let_type(reader)?;
    let batch: i64 = batch.parse().map_err(|_| Failure::NotFound)?;
    let number = |name: &str| {
        let typed = reader.query.get(name);
        typed.map(|text| text.trim().parse::<i64>().map_err(|_| Failure::bad_value(name, text))).transpose()
    };
    if let Some(form) = number("form")? {
        return Ok(to(reader, &format!("/paper/{batch}/{form}"), None));
    }
    let after = number("after")?.unwrap_or(0);
    step(state, reader, (batch, after), None).await
}

/// To the next form of the batch, or to the desk where none is left.
async fn step(
    state: &Shared,
    reader: &Reader,
    (batch, after): At,
    said: Option<PaperSaid>,
) -> Result<Response, Failure> {
    let next = paper::next_form(&state.office, &reader.principal, batch, after.max(0)).await;
    if let Some(form) = next.map_err(|error| Failure::from_error(&error, state))? {
        return Ok(to(reader, &format!("/paper/{batch}/{form}"), said));
    }
    let desk = reader.here.carry("/paper", &["lang"]).with("nothing", &batch.to_string());
    let desk = said.map_or(desk.clone(), |said| desk.with("done", &said.write()));
    Ok(Redirect::to(&desk.to_string()).into_response())
}

fn to(reader: &Reader, path: &str, said: Option<PaperSaid>) -> Response {
    let address = reader.here.carry(path, &["lang"]);
    let address = said.map_or(address.clone(), |said| address.with("done", &said.write()));
    Redirect::to(&address.to_string()).into_response()
}

fn place((batch, form): (String, String)) -> Result<At, Failure> {
    batch.parse().ok().zip(form.parse().ok()).ok_or(Failure::NotFound)
}

/// `GET /paper/{batch}/{form}`.
pub async fn show_form(
    State(state): State<Shared>,
    Path(path): Path<(String, String)>,
    reader: Reader,
) -> Response {
    let page = show(&state, &reader, path).await;
    answer(&state, &reader, page)
}

async fn show(state: &Shared, reader: &Reader, path: (String, String)) -> Result<Response, Failure> {
    let_type(reader)?;
    let at = place(path)?;
    let opened = paper::open_form(&state.office, &reader.principal, at).await;
    Ok(match opened.map_err(|error| Failure::from_error(&error, state))? {
        Ok(opened) => Shown::of(&opened).page(state, reader, StatusCode::OK),
        Err(stop) => stopped(state, reader, at, stop, StatusCode::OK),
    })
}

fn stopped(state: &Shared, reader: &Reader, (batch, form): At, stop: Stop, status: StatusCode) -> Response {
    let why = match stop {
        Stop::Voided => StopReason::Voided,
        Stop::Over => StopReason::Over,
        Stop::NoForm => StopReason::NoForm,
        Stop::Done => StopReason::Done,
        Stop::Own => StopReason::Own,
        Stop::SameHouse => StopReason::SameHouse,
        Stop::Overtaken => StopReason::Overtaken,
        Stop::Differs => StopReason::Differs,
    };
    html(status, render_stop(&StopPage { batch, form, why }, &reader.frame(state)))
}

/// A form with what was typed into it so far.
struct Shown<'a> {
    opened: &'a Opened,
    sheet: Option<Sheet>,
    problems: Vec<Problem>,
    blanks: Vec<String>,
}

impl<'a> Shown<'a> {
    const fn of(opened: &'a Opened) -> Self {
        Self { opened, sheet: None, problems: Vec::new(), blanks: Vec::new() }
    }

    fn page(self, state: &Shared, reader: &Reader, status: StatusCode) -> Response {
        let Self { opened, sheet, problems, blanks } = self;
        let context = opened.context();
        let (batch, form) = (opened.batch.number, opened.form);
        let unit = reader.province.unit(opened.batch.about.unit);
        let unit = unit.map(|unit| unit.name.clone()).unwrap_or_default();
        let (said, script) = (said(reader), site::PAPER_JS.to_owned());
        let demo = state.office.is_demo();
        if let Some((codes, readings)) = differing(&opened.task) {
            let sheet = sheet.unwrap_or_default();
            let context = &context;
            let page = SettlePage {
                batch,
                form,
                unit,
                context,
                codes,
                readings,
                sheet,
                problems,
                blanks,
                said,
                script,
                demo,
            };
            return html(status, render_settle(&page, &reader.frame(state)));
        }
        let (turn, read) = match &opened.task {
            Task::First => (Turn::First, None),
            Task::Second => (Turn::Second, None),
            Task::Settle { one, other, .. } => (Turn::Usable, one.sheet().or(other.sheet()).cloned()),
        };
        let sheet = sheet.or(read).unwrap_or_default();
        let context = &context;
        let page =
            EntryPage { batch, form, unit, turn, context, sheet, problems, blanks, said, script, demo };
        html(status, render_entry(&page, &reader.frame(state)))
    }
}

/// The questions in which two sheets differ, and both.
fn differing(task: &Task) -> Option<(Vec<String>, [Sheet; 2])> {
    let Task::Settle { one, other, difference: Difference::Answers(codes) } = task else { return None };
    let readings = [one.sheet()?.clone(), other.sheet()?.clone()];
    Some((codes.clone(), readings))
}

/// `POST /paper/{batch}/{form}`.
pub async fn take_form(
    State(state): State<Shared>,
    Path(path): Path<(String, String)>,
    reader: Reader,
    body: Bytes,
) -> Response {
    let page = take(&state, &reader, path, &body).await;
    answer(&state, &reader, page)
}

async fn take(
    state: &Shared,
    reader: &Reader,
    path: (String, String),
    body: &[u8],
) -> Result<Response, Failure> {
    let_type(reader)?;
    let at = place(path)?;
    let filled = Filled::read(body)?;
    let failed = |error: UsecaseError| Failure::from_error(&error, state);
    let opened = match paper::open_form(&state.office, &reader.principal, at).await.map_err(failed)? {
        Ok(opened) => opened,
        Err(stop) => return Ok(stopped(state, reader, at, stop, StatusCode::CONFLICT)),
    };
    let what = match filled.get("go") {
        "unusable" => Typing::Unusable,
        "save" => match typed(&opened, &filled)? {
            Ok(sheet) => Typing::Answers(sheet),
            Err(shown) => return Ok(shown.page(state, reader, StatusCode::UNPROCESSABLE_ENTITY)),
        },
        other => return Err(Failure::bad_value("go", other)),
    };
    keep(state, reader, at, (&opened.task, what)).await
}

/// The sheet that a form means, or the form again with what is wrong.
fn typed<'a>(opened: &'a Opened, filled: &Filled) -> Result<Result<Sheet, Shown<'a>>, Failure> {
    let context = opened.context();
    let settled = differing(&opened.task);
    let mut pairs = filled.pairs().to_vec();
    if let Some((codes, [_, other])) = &settled {
        // What both have read alike is not asked again.
        pairs.retain(|(name, _)| codes.contains(name));
        let alike = lines(&context).into_iter().filter(|line| !codes.iter().any(|c| c == line.ask.code()));
        pairs.extend(alike.map(|line| (line.ask.code().to_owned(), key_of(&context, line.ask, other))));
    }
    let unreadable = |_| Failure::BadRequest(app::console::BadAddress::Unreadable);
    let (sheet, mut problems) = read_keys(&pairs, &context).map_err(unreadable)?;
    let known: Vec<String> = problems.iter().map(|problem| problem.field.clone()).collect();
    let lacking = lacks(&context, &sheet).into_iter().filter(|code| !known.contains(code));
    problems.extend(lacking.map(|field| Problem { field, reason: Reason::Missing, typed: None }));
    let mut open = blanks(&context, &sheet);
    open.retain(|code| settled.as_ref().is_none_or(|(codes, _)| codes.contains(code)));
    let confirmed = filled.get("blanks") == open.join(",");
    if problems.is_empty() && (open.is_empty() || confirmed) {
        return Ok(Ok(sheet));
    }
    // Blanks are asked about once everything else is right.
    let blanks = if problems.is_empty() { open } else { Vec::new() };
    Ok(Err(Shown { opened, sheet: Some(sheet), problems, blanks }))
}

async fn keep(
    state: &Shared,
    reader: &Reader,
    at: At,
    (task, what): (&Task, Typing),
) -> Result<Response, Failure> {
    let (office, who) = (&state.office, &reader.principal);
    let is_out = what == Typing::Unusable;
    let kept = match task {
        Task::Settle { .. } => paper::settle_form(office, who, at, what).await,
        _ => paper::type_form(office, who, at, what).await,
    };
    let said = match (kept.map_err(|error| Failure::from_error(&error, state))?, task) {
        (Err(stop), _) => return Ok(stopped(state, reader, at, stop, StatusCode::CONFLICT)),
        // The paper is still in hand: the same person may settle it.
        (Ok(Outcome::Differs), _) => return Ok(to(reader, &format!("/paper/{}/{}", at.0, at.1), None)),
        (Ok(Outcome::Waits), _) => PaperSaid::Waits(at.1),
        (Ok(Outcome::Done), _) if is_out => PaperSaid::Out(at.1),
        (Ok(Outcome::Done), Task::Settle { .. }) => PaperSaid::Settled(at.1),
        (Ok(Outcome::Done), _) => PaperSaid::Done(at.1),
    };
    step(state, reader, at, Some(said)).await
}
