//! `/admin/fields`: who decides what, and the order at a counter.

use super::kept::{entry_problems, field, is_saved, link_to};
use crate::failure::Failure;
use crate::http::page::{Reader, html};
use crate::http::query::decode;
use crate::state::Shared;
use app::console::BadAddress;
use app::console::admin::{
    FieldGroup, FieldLine, FieldPage, Fields, ProcedureLine, WrongEntry, render_field, render_fields,
};
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use domain::unit::{Unit, UnitKind};
use std::collections::HashSet;
use store::field::{Field, Procedure};
use usecase::edit_field::{FieldEdit, edit_field, mark_of};
use usecase::registry::{OFFERED_FIELDS, Province};

/// `GET /admin/fields`.
pub async fn list(State(state): State<Shared>, reader: Reader) -> Response {
    if !reader.scope.covers_the_province() {
        return reader.fail(&state, &Failure::Forbidden);
    }
    let province = &reader.province;
    let at = reader.query.get("at").unwrap_or_default().trim().to_owned();
    let counter = province.unit_by_code(&at, state.office.today()).ok();
    let codes: HashSet<&str> = province.fields().iter().map(|field| field.code.as_str()).collect();
    let page = Fields {
        groups: counter.map_or_else(|| groups(province), |unit| at_counter(province, unit)),
        count: codes.len(),
        procedures: province.procedures().iter().map(|one| procedure(province, one)).collect(),
        named_fields: OFFERED_FIELDS,
        counter: counter.map(link_to),
        at,
        saved: is_saved(&reader),
        demo: state.office.is_demo(),
        may_change: reader.may_administer(),
    };
    html(StatusCode::OK, render_fields(&page, &reader.frame(&state)))
}

fn line(province: &Province, field: &Field, answers: Option<i64>) -> FieldLine {
    FieldLine {
        code: field.code.clone(),
        name: field.name.clone(),
        deciding: field.deciding.and_then(|id| province.unit(id)).map(link_to),
        answers: answers.and_then(|n| n.try_into().ok()),
    }
}

fn groups(province: &Province) -> Vec<FieldGroup> {
    let levels = [UnitKind::Commune, UnitKind::Department, UnitKind::Province, UnitKind::District];
    let group = |level| {
        let own = province.fields().iter().filter(|field| field.level == level);
        FieldGroup { level, lines: own.map(|field| line(province, field, None)).collect() }
    };
    levels.into_iter().map(group).filter(|group| !group.lines.is_empty()).collect()
}

fn at_counter(province: &Province, unit: &Unit) -> Vec<FieldGroup> {
    let level = province.committee(unit.id).map_or(unit.kind, |committee| committee.kind);
    let ranked = province.ranked_fields(unit.id).into_iter();
    vec![FieldGroup { level, lines: ranked.map(|(field, n)| line(province, field, n)).collect() }]
}

fn procedure(province: &Province, one: &Procedure) -> ProcedureLine {
    let field = province.fields().iter().find(|field| field.code == one.field && field.level == one.level);
    ProcedureLine {
        name: one.name.clone(),
        field: field.map(|field| field.name.clone()).unwrap_or_default(),
        level: one.level,
        national: one.national_code.clone(),
    }
}

/// The field that an address names: `land@commune`.
fn named<'a>(province: &'a Province, text: &str) -> Option<&'a Field> {
    let (code, level) = text.split_once('@')?;
    let level: UnitKind = level.parse().ok()?;
    province.fields().iter().find(|field| field.code == code && field.level == level)
}

/// `GET /admin/fields/{code}@{level}`.
pub async fn show(State(state): State<Shared>, Path(text): Path<String>, reader: Reader) -> Response {
    if !reader.may_administer() {
        return reader.fail(&state, &Failure::Forbidden);
    }
    let Some(field) = named(&reader.province, &text) else {
        return reader.fail(&state, &Failure::NotFound);
    };
    let deciding = field.deciding.and_then(|id| reader.province.unit(id));
    let own = reader.province.fields().iter().filter(|one| one.level == field.level);
    let place = own.clone().position(|one| one.code == field.code).map_or(0, |place| place + 1);
    let english = field.name.en.clone().unwrap_or_default();
    let edit = FieldEdit {
        name: field.name.vi.clone(),
        name_en: english,
        name_km: field.name.km.clone().unwrap_or_default(),
        deciding_unit: deciding.map(|unit| unit.code.clone()).unwrap_or_default(),
        place: place.to_string(),
    };
    let page = page(&state, &reader, field, edit, Vec::new());
    html(StatusCode::OK, render_field(&page, &reader.frame(&state)))
}

/// `POST /admin/fields/{code}@{level}`.
pub async fn edit(
    State(state): State<Shared>,
    Path(text): Path<String>,
    reader: Reader,
    body: Bytes,
) -> Response {
    if !reader.may_administer() {
        return reader.fail(&state, &Failure::Forbidden);
    }
    let Ok(pairs) = decode(&body) else {
        return reader.fail(&state, &Failure::BadRequest(BadAddress::Unreadable));
    };
    let Some(line) = named(&reader.province, &text) else {
        return reader.fail(&state, &Failure::NotFound);
    };
    let text = |name| field(&pairs, name);
    let edit = FieldEdit {
        name: text("name"),
        name_en: text("name_en"),
        name_km: text("name_km"),
        deciding_unit: text("deciding_unit"),
        place: text("place"),
    };
    let key = (line.code.as_str(), line.level);
    match edit_field(&state.office, &reader.principal, key, &edit, &text("seen")).await {
        Ok(Ok(_)) => Redirect::to(&reader.link("/admin/fields", true)).into_response(),
        Ok(Err(wrong)) => {
            let page = page(&state, &reader, line, edit, entry_problems(&wrong));
            html(StatusCode::UNPROCESSABLE_ENTITY, render_field(&page, &reader.frame(&state)))
        }
        Err(error) => reader.fail(&state, &Failure::from_error(&error, &state)),
    }
}

fn page(
    state: &Shared,
    reader: &Reader,
    field: &Field,
    edit: FieldEdit,
    wrong: Vec<WrongEntry>,
) -> FieldPage {
    FieldPage {
        code: field.code.clone(),
        level: field.level,
        name: edit.name,
        name_en: edit.name_en,
        name_km: edit.name_km,
        deciding_unit: edit.deciding_unit,
        place: edit.place,
        places: reader.province.fields().iter().filter(|one| one.level == field.level).count(),
        seen: mark_of(field),
        wrong,
        demo: state.office.is_demo(),
    }
}
