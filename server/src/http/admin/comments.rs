//! `/a/{unit}/comments`: what people wrote; the province may hide a text with a reason.

use super::form::Filled;
use super::{answer, let_change, may_change};
use crate::failure::Failure;
use crate::http::figures::unit_named;
use crate::http::page::{Reader, html};
use crate::state::Shared;
use app::console::{CommentLine, CommentsPage, MOODS, render_comments};
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use domain::period::Month;
use domain::report::UnitName;
use domain::unit::Unit;
use std::sync::Arc;
use usecase::UsecaseError;
use usecase::registry::RunningSurvey;
use usecase::texts::{Filter, Text, hide_text, read_texts, show_text};

/// Texts on a page.
const MOST: usize = 50;
/// Most characters of a reason.
const REASON: usize = 200;

/// `GET /a/{unit}/comments`.
pub async fn comments(State(state): State<Shared>, Path(unit): Path<String>, reader: Reader) -> Response {
    let page = show(&state, &reader, &unit, None).await;
    answer(&state, &reader, page)
}

async fn show(
    state: &Shared,
    reader: &Reader,
    unit: &str,
    nameless: Option<String>,
) -> Result<Response, Failure> {
    let unit = unit_named(state, reader, unit).map_err(|_| Failure::NotFound)?;
    if !reader.scope.covers(unit.id) {
        return Err(Failure::Forbidden);
    }
    let status = if nameless.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let page = page(state, reader, unit).await?;
    let page = CommentsPage { nameless, ..page };
    Ok(html(status, render_comments(&page, &reader.frame(state))))
}

fn survey_of(reader: &Reader, unit: &Unit) -> Result<Arc<RunningSurvey>, Failure> {
    if let Some(code) = reader.query.get("survey") {
        return reader.province.survey(code).cloned().ok_or(Failure::NotFound);
    }
    let asked = reader.province.surveys().iter().filter(|s| !s.questions.instrument.pages.is_empty());
    let about = asked.clone().find(|s| reader.province.is_about(s, unit.id));
    let found = about.or_else(|| asked.clone().next()).or_else(|| reader.province.surveys().first());
    found.cloned().ok_or(Failure::NotFound)
}

/// What is asked for: which texts, from which place on.
fn asked(reader: &Reader) -> Result<(Filter, usize), Failure> {
    let query = &reader.query;
    let mood = match query.get("mood") {
        None => None,
        Some(code) => match MOODS.iter().find(|(_, word)| *word == code) {
            Some((mood, _)) => Some(*mood),
            None => return Err(Failure::bad_value("mood", code)),
        },
    };
    let filter = Filter { month: query.word::<Month>("month")?, mood, release: query.word("release")? };
    Ok((filter, query.word("from")?.unwrap_or(0)))
}

/// What has just been done.
fn done_of(reader: &Reader) -> Result<Option<bool>, Failure> {
    match reader.query.get("done") {
        None => Ok(None),
        Some("hide") => Ok(Some(true)),
        Some("show") => Ok(Some(false)),
        Some(other) => Err(Failure::bad_value("done", other)),
    }
}

async fn page(state: &Shared, reader: &Reader, unit: &Unit) -> Result<CommentsPage, Failure> {
    let survey = survey_of(reader, unit)?;
    let (filter, from) = asked(reader)?;
    let about = (&*survey, unit.id);
    let failed = |error: UsecaseError| Failure::from_error(&error, state);
    let up_to = Filter { release: filter.release, ..Filter::default() };
    let read = read_texts(&state.office, &reader.province, &reader.scope, about, up_to).await;
    let all = read.map_err(failed)?;
    let some: Vec<&Text> = all.iter().filter(|text| filter.takes(text)).collect();
    let mut months: Vec<Month> = all.iter().map(|text| text.month).collect();
    months.dedup();
    let lines = some.iter().skip(from).take(MOST).filter_map(|text| line(reader, text)).collect();
    let surveys = reader.province.surveys().iter();
    Ok(CommentsPage {
        unit: name_of(unit),
        survey: survey.survey.code.clone(),
        survey_name: survey.survey.name.clone(),
        surveys: surveys.map(|s| (s.survey.code.clone(), s.survey.name.clone())).collect(),
        k: survey.survey.k,
        months,
        month: filter.month,
        mood: filter.mood,
        release: filter.release.map(i64::unsigned_abs),
        all: some.len() as u64,
        lines,
        next: (some.len() > from + MOST).then_some((from + MOST) as u64),
        may_hide: may_change(reader),
        done: done_of(reader)?,
        nameless: None,
        demo: state.office.is_demo(),
    })
}

fn name_of(unit: &Unit) -> UnitName {
    UnitName { code: unit.code.clone(), name: unit.name.clone(), kind: unit.kind, may_open: true }
}

/// Whoever may not bring a hidden text back does not read it either.
fn line(reader: &Reader, text: &Text) -> Option<CommentLine> {
    let shown = text.hidden.is_none() || may_change(reader);
    Some(CommentLine {
        id: usecase::keys::hexadecimal(&text.id),
        unit: reader.province.unit(text.unit)?.name.clone(),
        month: text.month,
        mood: text.mood,
        words: if shown { text.words.clone() } else { String::new() },
        hidden: text.hidden.clone(),
    })
}

/// `POST /a/{unit}/comments`.
pub async fn moderate(
    State(state): State<Shared>,
    Path(unit): Path<String>,
    reader: Reader,
    body: Bytes,
) -> Response {
    let page = change(&state, &reader, &unit, &body).await;
    answer(&state, &reader, page)
}

async fn change(state: &Shared, reader: &Reader, unit: &str, body: &[u8]) -> Result<Response, Failure> {
    let_change(reader)?;
    let filled = Filled::read(body)?;
    let survey = reader.province.survey(filled.get("survey")).ok_or(Failure::NotFound)?.survey.id;
    let id = read_id(filled.get("text")).ok_or_else(|| Failure::bad_value("text", filled.get("text")))?;
    let (office, tenant, who) = (&state.office, reader.province.tenant, &reader.principal.name);
    let (done, result) = match filled.get("go") {
        "hide" => {
            let why = filled.get("reason").trim();
            if why.is_empty() || why.chars().count() > REASON {
                return show(state, reader, unit, Some(filled.get("text").to_owned())).await;
            }
            ("hide", hide_text(office, tenant, who, (survey, id, why)).await)
        }
        "show" => ("show", show_text(office, tenant, who, (survey, id)).await),
        other => return Err(Failure::bad_value("go", other)),
    };
    match result {
        // Somebody else was faster, and it is as it was wished.
        Ok(()) | Err(UsecaseError::Refused(_)) => {
            let to = reader.here.with("done", done);
            Ok(Redirect::to(&to.to_string()).into_response())
        }
        Err(error) => Err(Failure::from_error(&error, state)),
    }
}

fn read_id(text: &str) -> Option<[u8; 16]> {
    let bytes: Option<Vec<u8>> =
        (0..text.len() / 2).map(|at| u8::from_str_radix(text.get(2 * at..2 * at + 2)?, 16).ok()).collect();
    bytes?.try_into().ok().filter(|_| text.len() == 32)
}
