//! `/admin/calls` and `/calls`: lists of people to call, and what came of each call.

use super::accounts::unit_choices;
use super::form::Filled;
use super::hand_over::{form_at, let_help, to};
use super::{answer, go_to, let_change, let_read, may_change};
use crate::failure::Failure;
use crate::http::page::{Reader, html};
use crate::state::Shared;
use app::console::{
    CallDesk, CallDeskLine, CallLine, CallPage, CallProblem, CallsForm, CallsPage, HelperLine, render_call,
    render_call_desk, render_calls,
};
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use domain::call::{CallOutcome, MOST_TASKS};
use domain::id::UnitId;
use domain::language::{Language, Words};
use domain::right::Actor;
use domain::survey::Mode;
use std::collections::HashMap;
use usecase::UsecaseError;
use usecase::call::{self, CallFault, Called};
use usecase::help::helped;

fn name_of(reader: &Reader, unit: UnitId) -> Words {
    reader.province.unit(unit).map(|unit| unit.name.clone()).unwrap_or_default()
}

/// `GET /admin/calls`.
pub async fn calls(State(state): State<Shared>, reader: Reader) -> Response {
    let page = draw(&state, &reader, StatusCode::OK, None).await;
    answer(&state, &reader, page)
}

async fn draw(
    state: &Shared,
    reader: &Reader,
    status: StatusCode,
    asked: Option<(&Filled, CallProblem)>,
) -> Result<Response, Failure> {
    let_read(reader)?;
    let page = page(state, reader, asked).await.map_err(|error| Failure::from_error(&error, state))?;
    Ok(html(status, render_calls(&page, &reader.frame(state))))
}

async fn page(
    state: &Shared,
    reader: &Reader,
    asked: Option<(&Filled, CallProblem)>,
) -> Result<CallsPage, UsecaseError> {
    let (office, tenant) = (&state.office, reader.province.tenant);
    let accounts = office.store.accounts(tenant).await?;
    let names: HashMap<_, _> =
        accounts.into_iter().map(|line| (line.principal.account, line.principal.name)).collect();
    let helpers = helped(office, &Actor::from(&reader.principal)).await?;
    let helpers = helpers.into_iter().filter_map(|one| {
        let name = names.get(&one.account)?.clone();
        Some(HelperLine { name, tens: [one.assisted, one.phone] })
    });
    let mut helpers: Vec<HelperLine> = helpers.collect();
    helpers.sort_by(|one, other| one.name.cmp(&other.name));
    let typed = |name: &str| asked.map(|(filled, _)| filled.short(name, 60)).unwrap_or_default();
    let form = || CallsForm {
        units: unit_choices(state, reader),
        typed: ["unit", "tasks"].map(typed),
        problem: asked.map(|(_, problem)| problem),
    };
    let done = reader.query.get("done").unwrap_or_default();
    let lists = call::called(office, tenant).await?;
    Ok(CallsPage {
        lists: lists.iter().map(|one| line(reader, one)).collect(),
        helpers,
        form: may_change(reader).then(form),
        drawn: done.strip_prefix("drawn-").and_then(|number| number.parse().ok()),
        voided: done == "void",
        demo: office.is_demo(),
    })
}

fn line(reader: &Reader, one: &Called) -> CallLine {
    CallLine {
        number: one.list.number,
        unit: name_of(reader, one.list.about.unit),
        tasks: u64::from(one.list.about.tasks),
        fresh: one.fresh,
        outcomes: one.outcomes,
        rate: one.response_rate(),
        drawn_on: one.list.about.drawn_on,
        voided_on: one.list.voided_on,
    }
}

/// `POST /admin/calls`: draw, withdraw.
pub async fn change_calls(State(state): State<Shared>, reader: Reader, body: Bytes) -> Response {
    let page = change(&state, &reader, &body).await;
    answer(&state, &reader, page)
}

async fn change(state: &Shared, reader: &Reader, body: &[u8]) -> Result<Response, Failure> {
    let_change(reader)?;
    let filled = Filled::read(body)?;
    let (office, actor) = (&state.office, Actor::from(&reader.principal));
    let failed = |error: UsecaseError| Failure::from_error(&error, state);
    let problem = match filled.get("go") {
        "void" => {
            let list = filled.get("list").parse().map_err(|_| Failure::NotFound)?;
            call::void_calls(office, &actor, list).await.map_err(failed)?;
            return Ok(go_to(reader, "/admin/calls", "void"));
        }
        "draw" => {
            let unit = reader.province.unit_by_code(filled.get("unit"), office.today()).map(|unit| unit.id);
            match (unit, filled.get("tasks").trim().parse()) {
                (Err(_), _) => CallProblem::Unit,
                (_, Err(_)) => CallProblem::Tasks(MOST_TASKS),
                (Ok(unit), Ok(tasks)) => {
                    match call::draw_calls(office, &actor, unit, tasks).await.map_err(failed)? {
                        Ok(list) => return Ok(go_to(reader, "/admin/calls", &format!("drawn-{list}"))),
                        Err(CallFault::NoSurvey) => CallProblem::NoSurvey,
                        Err(CallFault::Tasks(most)) => CallProblem::Tasks(most),
                    }
                }
            }
        }
        other => return Err(Failure::bad_value("go", other)),
    };
    draw(state, reader, StatusCode::UNPROCESSABLE_ENTITY, Some((&filled, problem))).await
}

/// `GET /calls`: the lists of one's own places.
pub async fn call_desk(State(state): State<Shared>, reader: Reader) -> Response {
    let page = desk(&state, &reader).await;
    answer(&state, &reader, page)
}

async fn desk(state: &Shared, reader: &Reader) -> Result<Response, Failure> {
    let_help(reader)?;
    let own = call::own_lists(&state.office, &reader.province, &reader.principal).await;
    let own = own.map_err(|error| Failure::from_error(&error, state))?;
    let lists = own.iter().map(|one| CallDeskLine {
        number: one.list.number,
        unit: name_of(reader, one.list.about.unit),
        tasks: u64::from(one.list.about.tasks),
        fresh: one.fresh,
    });
    let nothing = reader.query.get("nothing").and_then(|list| list.parse().ok());
    let page = CallDesk { lists: lists.collect(), nothing, demo: state.office.is_demo() };
    Ok(html(StatusCode::OK, render_call_desk(&page, &reader.frame(state))))
}

/// `GET /calls/{list}`: the next person to call.
pub async fn call(State(state): State<Shared>, Path(list): Path<String>, reader: Reader) -> Response {
    let page = next(&state, &reader, &list).await;
    answer(&state, &reader, page)
}

async fn next(state: &Shared, reader: &Reader, number: &str) -> Result<Response, Failure> {
    let_help(reader)?;
    let number: i64 = number.parse().map_err(|_| Failure::NotFound)?;
    let failed = |error: UsecaseError| Failure::from_error(&error, state);
    let (office, province) = (&state.office, &reader.province);
    let list = call::own_list(office, province, &reader.principal, number).await.map_err(failed)?;
    let next = call::next_call(office, province.tenant, &list).await.map_err(failed)?;
    let Some((task, attempts)) = next else {
        let desk = reader.here.carry("/calls", &["lang"]).with("nothing", &number.to_string());
        return Ok(Redirect::to(&desk.to_string()).into_response());
    };
    let page = CallPage {
        list: number,
        task,
        attempts,
        province: name_of(reader, province.root),
        unit: name_of(reader, list.about.unit),
        overtaken: reader.query.get("done") == Some("overtaken"),
        demo: office.is_demo(),
    };
    Ok(html(StatusCode::OK, render_call(&page, &reader.frame(state))))
}

/// `POST /calls/{list}`: what came of a call.
pub async fn note(
    State(state): State<Shared>,
    Path(list): Path<String>,
    reader: Reader,
    body: Bytes,
) -> Response {
    let page = keep(&state, &reader, &list, &body).await;
    answer(&state, &reader, page)
}

async fn keep(state: &Shared, reader: &Reader, number: &str, body: &[u8]) -> Result<Response, Failure> {
    let_help(reader)?;
    let number: i64 = number.parse().map_err(|_| Failure::NotFound)?;
    let filled = Filled::read(body)?;
    let failed = |error: UsecaseError| Failure::from_error(&error, state);
    let (office, who) = (&state.office, &reader.principal);
    let list = call::own_list(office, &reader.province, who, number).await.map_err(failed)?;
    let outcome: CallOutcome = filled.word("go")?;
    let whole =
        |name: &str| filled.get(name).parse::<i64>().map_err(|_| Failure::bad_value(name, filled.get(name)));
    let at = (whole("task")?, whole("attempts")?);
    let path = format!("/calls/{number}");
    if !call::note_call(office, who, &list, at, outcome).await.map_err(failed)? {
        return Ok(go_to(reader, &path, "overtaken"));
    }
    if outcome != CallOutcome::Reached {
        return Ok(go_to(reader, &path, ""));
    }
    let form = form_at(state, reader, list.about.unit, (Mode::Phone, None)).ok_or(Failure::NotFound)?;
    Ok(to(&form, Language::Vi))
}
