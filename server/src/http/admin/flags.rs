//! `/admin/flags`: parts with a sign of doubt; leaving them out and taking them back in.

use super::form::Filled;
use super::{answer, let_change, let_read, may_change};
use crate::failure::Failure;
use crate::http::page::{Reader, html};
use crate::state::Shared;
use app::console::{FlagProblem, FlagRow, FlagsPage, render_flags};
use axum::body::Bytes;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use domain::period::Month;
use domain::unit::UnitKind;
use std::sync::Arc;
use usecase::UsecaseError;
use usecase::exclusion::{FlagPart, Wish, decide, flag_parts};
use usecase::record::Flag;
use usecase::registry::{Province, RunningSurvey};

/// Most characters of a reason.
const REASON: usize = 300;

/// `GET /admin/flags`.
pub async fn flags(State(state): State<Shared>, reader: Reader) -> Response {
    let page = show(&state, &reader).await;
    answer(&state, &reader, page)
}

async fn show(state: &Shared, reader: &Reader) -> Result<Response, Failure> {
    let_read(reader)?;
    let decided = reader.query.word("done")?;
    let survey = survey_of(reader)?;
    let page = page(state, reader, &survey).await.map_err(|error| Failure::from_error(&error, state))?;
    let page = FlagsPage { decided, ..page };
    Ok(html(StatusCode::OK, render_flags(&page, &reader.frame(state))))
}

/// The survey that was asked for, else the newest that people are asked.
fn survey_of(reader: &Reader) -> Result<Arc<RunningSurvey>, Failure> {
    let all = reader.province.surveys();
    let found = match reader.query.get("survey") {
        Some(code) => reader.province.survey(code),
        None => all.iter().find(|s| !s.questions.instrument.pages.is_empty()).or_else(|| all.first()),
    };
    found.cloned().ok_or(Failure::NotFound)
}

async fn page(
    state: &Shared,
    reader: &Reader,
    survey: &Arc<RunningSurvey>,
) -> Result<FlagsPage, UsecaseError> {
    let province = &reader.province;
    let unit = reader.query.get("unit").unwrap_or_default().to_owned();
    let parts = flag_parts(&state.office, province.tenant, survey.survey.id, i64::MAX).await?;
    let signed = parts.iter().filter(|part| part.key.band != Flag::None.code());
    let mut rows: Vec<(u32, FlagRow)> = signed.filter_map(|part| row(province, part, &unit)).collect();
    rows.sort_by_key(|(ordinal, _)| *ordinal);
    let kinds = [UnitKind::Commune, UnitKind::Department];
    let units = province.units().filter(|u| kinds.contains(&u.kind) && survey.units.contains(&u.id));
    Ok(FlagsPage {
        survey: survey.survey.code.clone(),
        surveys: province.surveys().iter().map(|s| (s.survey.code.clone(), s.survey.name.clone())).collect(),
        units: units.map(|u| (u.code.clone(), u.name.clone())).collect(),
        unit,
        rows: rows.into_iter().map(|(_, row)| row).collect(),
        reason: String::new(),
        chosen: Vec::new(),
        problem: None,
        decided: None,
        may_change: may_change(reader),
        demo: state.office.is_demo(),
    })
}

fn row(province: &Province, part: &FlagPart, wanted: &str) -> Option<(u32, FlagRow)> {
    let group = &part.key.group;
    let unit = province.unit(group.unit).filter(|unit| wanted.is_empty() || unit.code == wanted)?;
    let months = (Month::from_number(part.key.months.0)?, Month::from_number(part.key.months.1)?);
    let decision = part.decision.as_ref();
    let row = FlagRow {
        name: part.name(),
        unit: unit.name.clone(),
        band: part.key.band.clone(),
        trust: group.trust,
        mode: group.mode.clone(),
        months,
        n: part.n.unsigned_abs(),
        decision: decision.map(|d| (d.excludes, d.release.unsigned_abs(), d.reason.clone())),
    };
    Some((unit.ordinal, row))
}

/// `POST /admin/flags`.
pub async fn decide_flags(State(state): State<Shared>, reader: Reader, body: Bytes) -> Response {
    let page = change(&state, &reader, &body).await;
    answer(&state, &reader, page)
}

async fn change(state: &Shared, reader: &Reader, body: &[u8]) -> Result<Response, Failure> {
    let_change(reader)?;
    let filled = Filled::read(body)?;
    let survey = reader.province.survey(filled.get("survey")).ok_or(Failure::NotFound)?.clone();
    let wish = Wish {
        survey: survey.survey.code.clone(),
        parts: filled.all("part"),
        excludes: match filled.get("go") {
            "exclude" => true,
            "return" => false,
            other => return Err(Failure::bad_value("go", other)),
        },
        reason: filled.get("reason").trim().to_owned(),
    };
    let problem = if wish.parts.is_empty() {
        Some(FlagProblem::NothingChosen)
    } else if wish.reason.is_empty() || wish.reason.chars().count() > REASON {
        Some(FlagProblem::NoReason)
    } else {
        None
    };
    if let Some(problem) = problem {
        return refused(state, reader, (&survey, wish), problem).await;
    }
    match decide(&state.office, reader.province.tenant, &reader.principal.name, &wish).await {
        Ok(release) => {
            let to = reader.here.carry("/admin/flags", &["lang", "unit"]).with("survey", &wish.survey);
            Ok(Redirect::to(&to.with("done", &release.to_string()).to_string()).into_response())
        }
        Err(UsecaseError::Refused(_)) => refused(state, reader, (&survey, wish), FlagProblem::Refused).await,
        Err(error) => Err(Failure::from_error(&error, state)),
    }
}

async fn refused(
    state: &Shared,
    reader: &Reader,
    (survey, wish): (&Arc<RunningSurvey>, Wish),
    problem: FlagProblem,
) -> Result<Response, Failure> {
    let page = page(state, reader, survey).await.map_err(|error| Failure::from_error(&error, state))?;
    let page = FlagsPage { reason: wish.reason, chosen: wish.parts, problem: Some(problem), ..page };
    Ok(html(StatusCode::UNPROCESSABLE_ENTITY, render_flags(&page, &reader.frame(state))))
}
