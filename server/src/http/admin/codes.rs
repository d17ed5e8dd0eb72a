//! `/admin/codes`: the province's batches of one-time codes. What is drawn leaves in the answer to the
//! request and is nowhere else.

use super::accounts::unit_choices;
use super::form::Filled;
use super::{answer, go_to, let_change, let_read, may_change};
use crate::failure::Failure;
use crate::http::page::{Reader, html};
use crate::http::slip::{self, address_of, slip_of};
use crate::state::Shared;
use app::console::{
    BalanceLine, BatchLine, CodeCountLine, CodesForm, CodesPage, CodesProblem, Occasion, SlipPaper, TakenAs,
    render_codes, render_slips,
};
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use domain::code::Issuer;
use domain::id::UnitId;
use domain::language::Words;
use domain::right::Actor;
use domain::survey::Channel;
use store::code::CodeBatch;
use usecase::UsecaseError;
use usecase::code::{Drawn, Wish, balances, issue, reissue, void};
use usecase::escape::Sheet;
use usecase::office::write_day;
use usecase::registry::Province;

/// Most codes of a file that a page hands over; the command line writes larger ones.
const MOST: u32 = 20_000;

/// `GET /admin/codes`.
pub async fn codes(State(state): State<Shared>, reader: Reader) -> Response {
    let page = draw(&state, &reader, StatusCode::OK, None).await;
    answer(&state, &reader, page)
}

async fn draw(
    state: &Shared,
    reader: &Reader,
    status: StatusCode,
    asked: Option<(&Filled, CodesProblem)>,
) -> Result<Response, Failure> {
    let_read(reader)?;
    let page = page(state, reader, asked).await.map_err(|error| Failure::from_error(&error, state))?;
    Ok(html(status, render_codes(&page, &reader.frame(state))))
}

async fn page(
    state: &Shared,
    reader: &Reader,
    asked: Option<(&Filled, CodesProblem)>,
) -> Result<CodesPage, UsecaseError> {
    let (office, province) = (&state.office, &reader.province);
    let year = office.today().year();
    let batches = office.store.code_batches(province.tenant).await?;
    let counts = office.store.code_counts(province.tenant).await?;
    let balances = balances(office, &reader.scope, year).await?;
    Ok(CodesPage {
        batches: batches.into_iter().map(|batch| batch_line(province, batch)).collect(),
        counts: counts
            .iter()
            .map(|count| CodeCountLine {
                unit: unit_name(province, count.unit),
                counts: [count.issued, count.used, count.expired].map(i64::unsigned_abs),
            })
            .collect(),
        balances: balances
            .iter()
            .map(|one| BalanceLine {
                unit: unit_name(province, one.unit),
                field: field_name(province, &one.field),
                counts: [one.codes, one.dossiers, one.excess()].map(i64::unsigned_abs),
            })
            .collect(),
        year,
        form: may_change(reader).then(|| form(state, reader, asked)),
        voided: reader.query.get("done") == Some("void"),
        demo: office.is_demo(),
    })
}

fn form(state: &Shared, reader: &Reader, asked: Option<(&Filled, CodesProblem)>) -> CodesForm {
    let typed = |name: &str| asked.map(|(filled, _)| filled.short(name, 60)).unwrap_or_default();
    CodesForm {
        units: unit_choices(state, reader),
        fields: all_fields(&reader.province),
        typed: ["unit", "field", "channel", "count"].map(typed),
        problem: asked.map(|(_, problem)| problem),
    }
}

/// Codes and names of all fields, each once.
fn all_fields(province: &Province) -> Vec<(String, Words)> {
    let mut fields: Vec<(String, Words)> = Vec::new();
    for line in province.fields() {
        if fields.iter().all(|(code, _)| *code != line.code) {
            fields.push((line.code.clone(), line.name.clone()));
        }
    }
    fields
}

fn unit_name(province: &Province, unit: UnitId) -> Words {
    province.unit(unit).map(|unit| unit.name.clone()).unwrap_or_default()
}

fn field_name(province: &Province, code: &str) -> Words {
    let line = province.fields().iter().find(|line| line.code == code);
    line.map_or_else(|| Words::vi(code), |line| line.name.clone())
}

fn batch_line(province: &Province, batch: CodeBatch) -> BatchLine {
    let about = batch.about;
    BatchLine {
        number: batch.number,
        deciding: unit_name(province, about.deciding),
        receiving: (about.receiving != about.deciding).then(|| unit_name(province, about.receiving)),
        field: field_name(province, &about.field),
        channel: about.channel,
        issued: batch.issued.unsigned_abs(),
        drawn_on: about.drawn_on,
        is_units: about.issuer == Issuer::Unit,
        voided_on: batch.voided_on,
    }
}

/// `POST /admin/codes`: draw, withdraw, draw again.
pub async fn change_codes(State(state): State<Shared>, reader: Reader, body: Bytes) -> Response {
    let page = change(&state, &reader, &body).await;
    answer(&state, &reader, page)
}

async fn change(state: &Shared, reader: &Reader, body: &[u8]) -> Result<Response, Failure> {
    let_change(reader)?;
    let filled = Filled::read(body)?;
    let actor = Actor::from(&reader.principal);
    match filled.get("go") {
        "draw" => draw_batch(state, reader, &actor, &filled).await,
        "void" => {
            let done = void(&state.office, &actor, filled.word("batch")?).await;
            match done {
                Ok(()) | Err(UsecaseError::Objection(_)) => Ok(go_to(reader, "/admin/codes", "void")),
                Err(error) => Err(Failure::from_error(&error, state)),
            }
        }
        "reissue" => {
            let mut drawn = Vec::new();
            let number: i64 = filled.word("batch")?;
            let take = &mut |one: &Drawn| {
                drawn.push(*one);
                Ok(())
            };
            let issued = reissue(&state.office, &actor, number, take).await;
            let issued = issued.map_err(|error| Failure::from_error(&error, state))?;
            Ok(file_of(state, issued.batch, &drawn))
        }
        other => Err(Failure::bad_value("go", other)),
    }
}

async fn draw_batch(
    state: &Shared,
    reader: &Reader,
    actor: &Actor,
    filled: &Filled,
) -> Result<Response, Failure> {
    let (province, office) = (&reader.province, &state.office);
    let channel: Channel = filled.word("channel")?;
    let taken: TakenAs = filled.word("file")?;
    let occasion: Occasion = filled.word("occasion")?;
    let again =
        async |problem| draw(state, reader, StatusCode::UNPROCESSABLE_ENTITY, Some((filled, problem))).await;
    let unit = province.unit_by_code(filled.get("unit"), office.today()).map(|unit| unit.id);
    let Ok(unit) = unit else { return again(CodesProblem::Unit).await };
    let wish = Wish::new(province, (unit, None), filled.get("field"), (channel, None));
    let Ok(wish) = wish else { return again(CodesProblem::Unit).await };
    let count = filled.get("count").trim().parse().ok().filter(|n| (1..=MOST).contains(n));
    let Some(count) = count else { return again(CodesProblem::Count(MOST)).await };
    if taken != TakenAs::Csv && count > slip::MOST {
        return again(CodesProblem::Slips(slip::MOST)).await;
    }
    let mut drawn = Vec::new();
    let take = &mut |one: &Drawn| {
        drawn.push(*one);
        Ok(())
    };
    let failed = |error: UsecaseError| Failure::from_error(&error, state);
    let issued = issue(office, actor, &wish, count, take).await.map_err(failed)?;
    let paper = match taken {
        TakenAs::Csv => return Ok(file_of(state, issued.batch, &drawn)),
        TakenAs::A4 => SlipPaper::A4,
        TakenAs::Thermal => SlipPaper::Thermal,
    };
    let slips: Result<Vec<_>, _> = drawn
        .iter()
        .map(|one| slip_of(state, province, wish.receiving, (&one.code, one.through), occasion))
        .collect();
    let slips = slips.map_err(failed)?;
    let page = render_slips(&slips, paper, &reader.frame(state), ("/admin/codes", None), office.is_demo());
    Ok(html(StatusCode::OK, page))
}

/// The file of a batch.
fn file_of(state: &Shared, batch: i64, drawn: &[Drawn]) -> Response {
    let lines = || -> std::io::Result<Vec<u8>> {
        let mut sheet = Sheet::new(Vec::new(), &["code", "typed", "url", "valid_through"])?;
        for one in drawn {
            let through = one.through.last_day().map(write_day).unwrap_or_default();
            let url = address_of(&state.public_url, &one.code);
            sheet.line(&[one.code.to_string(), one.code.typed().to_string(), url, through])?;
        }
        sheet.finish()
    };
    // Memory takes every line.
    let mut response = lines().unwrap_or_default().into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/csv; charset=utf-8"));
    if let Ok(name) = HeaderValue::from_str(&format!("attachment; filename=\"ma-{batch}.csv\"")) {
        headers.insert(header::CONTENT_DISPOSITION, name);
    }
    response
}
