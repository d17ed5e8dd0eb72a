//! `/admin/paper`: the province's batches of paper forms, and the forms to print.

use super::accounts::unit_choices;
use super::form::Filled;
use super::{answer, go_to, let_change, let_read, may_change};
use crate::failure::Failure;
use crate::http::page::{Reader, html};
use crate::state::Shared;
use app::console::{
    FORMS_A_PAGE, PaperBatchLine, PaperForm, PaperPage, PaperProblem, PrintPage, render_paper, render_print,
};
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use domain::language::Language;
use domain::paper::{MOST_FORMS, visit_of};
use domain::right::Actor;
use domain::submission::Context;
use store::paper::PaperBatch;
use usecase::UsecaseError;
use usecase::paper::{AtDesk, PaperFault, PaperWish, at_desk, draw_paper, fields_of, void_paper};
use usecase::registry::Province;

/// `GET /admin/paper`.
pub async fn paper(State(state): State<Shared>, reader: Reader) -> Response {
    let page = draw(&state, &reader, StatusCode::OK, None).await;
    answer(&state, &reader, page)
}

async fn draw(
    state: &Shared,
    reader: &Reader,
    status: StatusCode,
    asked: Option<(&Filled, PaperProblem)>,
) -> Result<Response, Failure> {
    let_read(reader)?;
    let page = page(state, reader, asked).await.map_err(|error| Failure::from_error(&error, state))?;
    Ok(html(status, render_paper(&page, &reader.frame(state))))
}

async fn page(
    state: &Shared,
    reader: &Reader,
    asked: Option<(&Filled, PaperProblem)>,
) -> Result<PaperPage, UsecaseError> {
    let (office, province) = (&state.office, &reader.province);
    let counts = office.store.paper_counts(province.tenant).await?;
    let batches = office.store.paper_batches(province.tenant).await?;
    let typed = |name: &str| asked.map(|(filled, _)| filled.short(name, 60)).unwrap_or_default();
    let form = || PaperForm {
        units: unit_choices(state, reader),
        typed: ["unit", "language", "forms"].map(typed),
        problem: asked.map(|(_, problem)| problem),
    };
    let done = reader.query.get("done").unwrap_or_default();
    Ok(PaperPage {
        batches: batches.into_iter().map(|batch| line(province, at_desk(batch, &counts))).collect(),
        form: may_change(reader).then(form),
        drawn: done.strip_prefix("drawn-").and_then(|number| number.parse().ok()),
        voided: done == "void",
        demo: office.is_demo(),
    })
}

fn line(province: &Province, at: AtDesk) -> PaperBatchLine {
    let AtDesk { batch, fresh, once, differs, done } = at;
    let survey = province.survey_by_id(batch.about.survey).map(|running| running.survey.name.clone());
    PaperBatchLine {
        number: batch.number,
        unit: province.unit(batch.about.unit).map(|unit| unit.name.clone()).unwrap_or_default(),
        survey: survey.unwrap_or_default(),
        language: batch.about.language,
        forms: u64::from(batch.about.forms),
        counts: [fresh, once, differs, done],
        drawn_on: batch.about.drawn_on,
        voided_on: batch.voided_on,
    }
}

/// `POST /admin/paper`: draw, withdraw.
pub async fn change_paper(State(state): State<Shared>, reader: Reader, body: Bytes) -> Response {
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
            let batch = filled.get("batch").parse().map_err(|_| Failure::NotFound)?;
            let voided = void_paper(&state.office, &actor, batch).await;
            voided.map_err(|error| Failure::from_error(&error, state))?;
            Ok(go_to(reader, "/admin/paper", "void"))
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
    let again =
        async |problem| draw(state, reader, StatusCode::UNPROCESSABLE_ENTITY, Some((filled, problem))).await;
    let unit = reader.province.unit_by_code(filled.get("unit"), state.office.today()).map(|unit| unit.id);
    let Ok(unit) = unit else { return again(PaperProblem::Unit).await };
    let Ok(language) = filled.get("language").parse::<Language>() else {
        return again(PaperProblem::Language).await;
    };
    let Ok(forms) = filled.get("forms").trim().parse() else {
        return again(PaperProblem::Forms(MOST_FORMS)).await;
    };
    let drawn = draw_paper(&state.office, actor, PaperWish { unit, language, forms }).await;
    match drawn.map_err(|error| Failure::from_error(&error, state))? {
        Ok(batch) => Ok(go_to(reader, "/admin/paper", &format!("drawn-{batch}"))),
        Err(PaperFault::NoSurvey) => again(PaperProblem::NoSurvey).await,
        Err(PaperFault::Forms(most)) => again(PaperProblem::Forms(most)).await,
    }
}

/// `GET /admin/paper/{batch}`: forms to print.
pub async fn print_paper(State(state): State<Shared>, Path(batch): Path<String>, reader: Reader) -> Response {
    let page = print(&state, &reader, &batch).await;
    answer(&state, &reader, page)
}

async fn print(state: &Shared, reader: &Reader, number: &str) -> Result<Response, Failure> {
    let_read(reader)?;
    let number: i64 = number.parse().map_err(|_| Failure::NotFound)?;
    let found = state.office.store.paper_batch(reader.province.tenant, number).await;
    let batch = found.map_err(|error| Failure::from_error(&error.into(), state))?.ok_or(Failure::NotFound)?;
    let asked = reader.query.get("from").unwrap_or("1");
    let from = asked.parse().ok().filter(|from| (1..=batch.about.forms).contains(from));
    let from: u32 = from.ok_or_else(|| Failure::bad_value("from", asked))?;
    sheet(state, reader, &batch, from).ok_or(Failure::NotFound)
}

fn sheet(state: &Shared, reader: &Reader, batch: &PaperBatch, from: u32) -> Option<Response> {
    let province = &reader.province;
    let survey = province.survey_by_id(batch.about.survey)?;
    let (unit, root) = (province.unit(batch.about.unit)?, province.unit(province.root)?);
    let instrument = &survey.questions.instrument;
    let fields = fields_of(province, batch);
    let context = Context { instrument, visit: visit_of(batch.about.variant), fields: &fields };
    let page = PrintPage {
        batch: batch.number,
        forms: from..=(from + FORMS_A_PAGE - 1).min(batch.about.forms),
        all: batch.about.forms,
        context: &context,
        title: instrument.title.clone(),
        language: batch.about.language,
        province: root.name.clone(),
        unit: unit.name.clone(),
        address: unit.address.clone(),
        phone: unit.phone.clone().or_else(|| root.phone.clone()),
        voided: batch.voided_on.is_some(),
        demo: state.office.is_demo(),
    };
    Some(html(StatusCode::OK, render_print(&page, &reader.frame(state))))
}
