//! `/find`: units by name or code, for whoever may open their pages.

use crate::failure::Failure;
use crate::http::page::{Reader, html};
use crate::state::Shared;
use app::console::{FindPage, FoundUnit, render_find};
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use domain::unit::Unit;
use time::Date;
use usecase::search_units::{LONGEST, search_units};

/// Most units that the page shows.
const MOST_FOUND: usize = 50;

/// `GET /find`: a single unit opens at once.
pub async fn find(State(state): State<Shared>, reader: Reader) -> Response {
    if !reader.principal.role.reads_figures() {
        return reader.fail(&state, &Failure::Forbidden);
    }
    let asked: String = reader.query.get("q").unwrap_or_default().trim().chars().take(LONGEST).collect();
    let (today, asks) = (state.office.today(), !reader.province.surveys().is_empty());
    let found = if asks { search_units(&reader.province, &asked, today) } else { Vec::new() };
    let found: Vec<&Unit> =
        found.iter().map(|one| one.unit).filter(|unit| reader.scope.covers(unit.id)).collect();
    if let [unit] = found[..] {
        return Redirect::to(&reader.link(&path(&reader, unit, today), false)).into_response();
    }
    let page = FindPage {
        asked,
        total: found.len(),
        units: found.iter().take(MOST_FOUND).map(|unit| told(&reader, unit, today)).collect(),
        is_narrow: !reader.scope.covers_the_province(),
        asks,
    };
    html(StatusCode::OK, render_find(&page, &reader.frame(&state)))
}

fn path(reader: &Reader, unit: &Unit, today: Date) -> String {
    format!("/a/{}", reader.province.named(unit, today))
}

fn told(reader: &Reader, unit: &Unit, today: Date) -> FoundUnit {
    let province = &reader.province;
    let after = province.successors(unit.id).iter().filter(|_| !unit.is_valid_on(today));
    FoundUnit {
        path: path(reader, unit, today),
        code: unit.code.clone(),
        name: unit.name.clone(),
        kind: unit.kind,
        parent: unit.parent.and_then(|id| province.unit(id)).map(|above| above.name.clone()),
        begins: Some(unit.valid_from).filter(|day| *day > today),
        ends: unit.valid_to,
        successors: after.filter_map(|one| province.unit(one.new)).map(|new| new.name.clone()).collect(),
    }
}
