//! Only in a demo: nine more artificial answers to one counter, and a fold, so that somebody with one
//! phone sees the whole path move.

use crate::failure::Failure;
use crate::guard::session::principal_of;
use crate::http::page::{console_frame, console_language, html};
use crate::http::query::Query;
use crate::state::Shared;
use app::console::{Demonstration, DemonstrationResult, render_demonstration};
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::response::Response;
use domain::report::UnitName;
use domain::unit::Unit;
use usecase::UsecaseError;
use usecase::demo::{first_counter, send_answers};
use usecase::fold::fold_due;

/// Answers that are sent at once: with the visitor's own, ten.
const NINE: usize = 9;

/// `GET /demo`.
pub async fn show(State(state): State<Shared>, headers: HeaderMap, uri: Uri) -> Response {
    draw(&state, &headers, &uri, None).await
}

/// `POST /demo`.
pub async fn send_nine(State(state): State<Shared>, headers: HeaderMap, uri: Uri) -> Response {
    match send_and_fold(&state).await {
        Ok(result) => draw(&state, &headers, &uri, Some(result)).await,
        Err(error) => {
            let failure = Failure::from_error(&error, &state);
            failure.page(
                &state,
                domain::language::Language::default(),
                None,
                app::parts::address::Address::new("/demo"),
            )
        }
    }
}

async fn send_and_fold(state: &Shared) -> Result<DemonstrationResult, UsecaseError> {
    let office = &state.office;
    let (province, touchpoint) = first_counter(office)?;
    send_answers(office, &province, &touchpoint, NINE).await?;
    let reports = fold_due(office, province.tenant).await?;
    let moved = reports.iter().flat_map(|report| &report.surveys).map(|survey| survey.moved as u64).sum();
    let release = reports.iter().filter_map(|report| report.release).next_back();
    Ok(DemonstrationResult { sent: NINE as u64, moved, release: release.map(i64::unsigned_abs) })
}

async fn draw(
    state: &Shared,
    headers: &HeaderMap,
    uri: &Uri,
    result: Option<DemonstrationResult>,
) -> Response {
    let query = Query::of(uri).unwrap_or_default();
    let language = console_language(&query);
    let principal = principal_of(state, headers).await.unwrap_or_default();
    let here = query.address("/demo");
    let found = first_counter(&state.office);
    let Ok((province, touchpoint)) = found else {
        return Failure::NotFound.page(state, language, principal.as_ref(), here);
    };
    let counter = province.unit(touchpoint.unit);
    let Some((counter, unit)) = counter.zip(province.committee(touchpoint.unit)) else {
        return Failure::NotFound.page(state, language, principal.as_ref(), here);
    };
    let named = |unit: &Unit| UnitName {
        code: unit.code.clone(),
        name: unit.name.clone(),
        kind: unit.kind,
        may_open: true,
    };
    let page = Demonstration {
        counter: named(counter),
        unit: named(unit),
        survey_path: format!("/s/{}", touchpoint.token),
        result,
    };
    let frame = console_frame(state, language, principal.as_ref(), here);
    html(StatusCode::OK, render_demonstration(&page, &frame))
}
