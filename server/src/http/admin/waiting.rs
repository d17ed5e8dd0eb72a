//! `/admin/surveys/{code}/waiting`: what waits, and why.

use super::{answer, let_read};
use crate::failure::Failure;
use crate::http::page::{Reader, html};
use crate::state::Shared;
use app::console::{WaitingPage, render_waiting};
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use domain::period::Month;
use domain::report::UnitName;
use usecase::calendar;

/// `GET /admin/surveys/{code}/waiting`.
pub async fn waiting(State(state): State<Shared>, Path(code): Path<String>, reader: Reader) -> Response {
    let page = draw(&state, &reader, &code).await;
    answer(&state, &reader, page)
}

async fn draw(state: &Shared, reader: &Reader, code: &str) -> Result<Response, Failure> {
    let_read(reader)?;
    let (office, province) = (&state.office, &reader.province);
    let running = province.survey(code).ok_or(Failure::NotFound)?;
    let id = running.survey.id;
    let failed = |error: store::StoreError| Failure::from_error(&error.into(), state);
    let counts = office.store.waiting(province.tenant).await.map_err(failed)?;
    let counted_on = office.store.waiting_counted_on(province.tenant).await.map_err(failed)?;
    let imports = office.store.imports(province.tenant, id).await.map_err(failed)?;
    let tens = |unit: &domain::unit::Unit| {
        let found = counts.iter().find(|count| count.survey == id && count.unit == unit.id)?;
        let name =
            UnitName { code: unit.code.clone(), name: unit.name.clone(), kind: unit.kind, may_open: true };
        Some((name, found.tens.unsigned_abs()))
    };
    let units: Vec<(UnitName, u64)> = province.units().filter_map(tens).collect();
    let withheld: i64 = imports.iter().map(|file| file.withheld).sum();
    let page = WaitingPage {
        survey: running.survey.clone(),
        others: (running.units.len() as u64).saturating_sub(units.len() as u64),
        units,
        counted_on,
        next_run: calendar::next_after(office.today()),
        next_first: Month::of(office.today()).next().first_day(),
        withheld: withheld.unsigned_abs() / 10 * 10,
        has_imports: !imports.is_empty(),
        demo: office.is_demo(),
    };
    Ok(html(StatusCode::OK, render_waiting(&page, &reader.frame(state))))
}
