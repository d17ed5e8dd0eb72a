//! `/admin/surveys/new`: the form, the preview, and the deed.

use super::form::Filled;
use super::{answer, go_to, let_change};
use crate::failure::Failure;
use crate::http::page::{Reader, html};
use crate::state::Shared;
use app::console::{InstrumentChoice, SurveyForm, SurveyPreview, render_survey_form, render_survey_preview};
use axum::body::Bytes;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use domain::new_survey::{SurveyDraft, SurveyFault};
use domain::period::Month;
use domain::report::UnitName;
use domain::survey::{DEFAULT_K, Variant};
use domain::tally::layout::items_of;
use domain::unit::UnitKind;
use usecase::UsecaseError;
use usecase::open_survey::{NewSurvey, open_survey};
use usecase::survey_plan::{SurveyPlan, plan_survey, read_draft};

/// `GET /admin/surveys/new`.
pub async fn ask_survey(State(state): State<Shared>, reader: Reader) -> Response {
    let page = let_change(&reader).map(|()| {
        let page = form(&state, &reader, empty(&state, &reader), Vec::new());
        html(StatusCode::OK, render_survey_form(&page, &reader.frame(&state)))
    });
    answer(&state, &reader, page)
}

/// `POST /admin/surveys/new`.
pub async fn open(State(state): State<Shared>, reader: Reader, body: Bytes) -> Response {
    let page = decide(&state, &reader, &body).await;
    answer(&state, &reader, page)
}

async fn decide(state: &Shared, reader: &Reader, body: &[u8]) -> Result<Response, Failure> {
    let_change(reader)?;
    let filled = Filled::read(body)?;
    let draft = draft_of(&filled);
    if filled.get("go") == "change" {
        let page = form(state, reader, draft, Vec::new());
        return Ok(html(StatusCode::OK, render_survey_form(&page, &reader.frame(state))));
    }
    let planned = read_draft(&reader.province, &draft, state.office.today())
        .and_then(|new| Ok((plan_survey(&state.office, &reader.province, &new)?, new)));
    match planned {
        Err(faults) => Ok(refused(state, reader, draft, faults)),
        Ok((_, new)) if filled.get("go") == "open" => deed(state, reader, draft, new).await,
        Ok((plan, _)) => {
            let page = preview(state, reader, draft, plan);
            Ok(html(StatusCode::OK, render_survey_preview(&page, &reader.frame(state))))
        }
    }
}

async fn deed(
    state: &Shared,
    reader: &Reader,
    draft: SurveyDraft,
    new: NewSurvey,
) -> Result<Response, Failure> {
    let (office, tenant) = (&state.office, reader.province.tenant);
    let code = new.code.clone();
    match open_survey(office, tenant, new).await {
        Ok(opened) => {
            let detail = format!("{code}: {} units, {} touchpoints", opened.units, opened.touchpoints);
            let noted = office.note(tenant, &reader.principal.name, "survey-open", &detail).await;
            noted.map_err(|error| Failure::from_error(&error, state))?;
            let done = format!("open-{}", opened.touchpoints);
            Ok(go_to(reader, &format!("/admin/surveys/{code}"), &done))
        }
        Err(UsecaseError::Survey(faults)) => Ok(refused(state, reader, draft, faults)),
        Err(error) => Err(Failure::from_error(&error, state)),
    }
}

fn refused(state: &Shared, reader: &Reader, draft: SurveyDraft, faults: Vec<SurveyFault>) -> Response {
    let page = form(state, reader, draft, faults);
    html(StatusCode::UNPROCESSABLE_ENTITY, render_survey_form(&page, &reader.frame(state)))
}

fn draft_of(filled: &Filled) -> SurveyDraft {
    SurveyDraft {
        code: filled.short("code", 60),
        name: filled.short("name", 300),
        instrument: filled.short("instrument", 80),
        variant: filled.short("variant", 40),
        from: filled.short("from", 40),
        to: filled.short("to", 40),
        units: filled.short("units", 40),
        chosen: filled.all("unit"),
        k: filled.short("k", 40),
        definition: filled.short("definition", 80),
    }
}

/// What most provinces want: the newest question set, this quarter's end, everybody, ten.
fn empty(state: &Shared, reader: &Reader) -> SurveyDraft {
    let this = Month::of(state.office.today());
    let newest = instruments(reader).into_iter().next();
    SurveyDraft {
        instrument: newest.map(|one| format!("{}@{}", one.code, one.version)).unwrap_or_default(),
        variant: Variant::Full.to_string(),
        from: this.to_string(),
        to: this.plus(2).to_string(),
        units: "all".into(),
        k: DEFAULT_K.to_string(),
        ..SurveyDraft::default()
    }
}

/// Question sets that people are asked first, newer versions before older ones.
fn instruments(reader: &Reader) -> Vec<InstrumentChoice> {
    let mut sets: Vec<_> = reader.province.instruments().collect();
    sets.sort_by_key(|set| {
        let instrument = &set.instrument;
        (instrument.pages.is_empty(), instrument.code.clone(), std::cmp::Reverse(instrument.version))
    });
    let choice = |set: &std::sync::Arc<usecase::registry::QuestionSet>| InstrumentChoice {
        code: set.instrument.code.clone(),
        version: set.instrument.version,
        title: set.instrument.title.clone(),
    };
    sets.into_iter().map(choice).collect()
}

fn form(state: &Shared, reader: &Reader, draft: SurveyDraft, faults: Vec<SurveyFault>) -> SurveyForm {
    let province = &reader.province;
    let today = state.office.today();
    let kinds = [UnitKind::Commune, UnitKind::Department];
    let listed = province.units().filter(|unit| kinds.contains(&unit.kind) && unit.is_valid_on(today));
    let units = listed.map(|unit| UnitName {
        code: unit.code.clone(),
        name: unit.name.clone(),
        kind: unit.kind,
        may_open: false,
    });
    let mut definitions: Vec<String> =
        province.instruments().flat_map(|set| set.instrument.definitions.keys().cloned()).collect();
    definitions.sort();
    definitions.dedup();
    SurveyForm {
        draft,
        faults,
        instruments: instruments(reader),
        definitions,
        units: units.collect(),
        demo: state.office.is_demo(),
    }
}

fn preview(state: &Shared, reader: &Reader, draft: SurveyDraft, plan: SurveyPlan) -> SurveyPreview {
    let province = &reader.province;
    let of_kind = |kind: UnitKind| {
        let n = plan.units.iter().filter_map(|id| province.unit(*id)).filter(|unit| unit.kind == kind);
        (kind, n.count() as u64)
    };
    let name = |id: &domain::id::UnitId| province.unit(*id).map(|unit| unit.name.clone());
    SurveyPreview {
        draft,
        instrument: plan.questions.instrument.title.clone(),
        items: items_of(&plan.questions.instrument).count() as u64,
        asked: !plan.questions.instrument.pages.is_empty(),
        units: UnitKind::ALL.iter().map(|kind| of_kind(*kind)).filter(|(_, n)| *n > 0).collect(),
        places: plan.places.iter().filter_map(name).collect(),
        hanging: plan.hanging as u64,
        displaced: plan.displaced.iter().map(|running| running.survey.name.clone()).collect(),
        first_run: plan.first_run,
        survey: plan.survey,
        demo: state.office.is_demo(),
    }
}
