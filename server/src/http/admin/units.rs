//! `/admin/units`: the tree, the search, one unit with its form.

use super::kept::{entry_problems, field, is_saved, link_to};
use crate::failure::Failure;
use crate::http::page::{Reader, html};
use crate::http::query::decode;
use crate::state::Shared;
use app::console::BadAddress;
use app::console::admin::{
    Branch, Kin, Meant, OfferedField, UnitEntries, UnitFound, UnitPage, UnitPlace, Units, WrongEntry,
    render_meant, render_unit, render_units,
};
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use domain::succession::Succession;
use domain::unit::{Unit, UnitKind};
use time::Date;
use usecase::edit_unit::{UnitEdit, edit_unit, mark_of};
use usecase::office::parse_day;
use usecase::registry::{Candidate, OFFERED_FIELDS, Province, UnitNotFound};
use usecase::search_units::search_units;

/// Most units that a search shows.
const MOST_FOUND: usize = 50;
/// In which order kinds stand below a unit.
const ORDER: [UnitKind; 6] = [
    UnitKind::Department,
    UnitKind::District,
    UnitKind::Commune,
    UnitKind::Centre,
    UnitKind::Counter,
    UnitKind::Province,
];

/// `GET /admin/units`.
pub async fn list(State(state): State<Shared>, reader: Reader) -> Response {
    if !reader.scope.covers_the_province() {
        return reader.fail(&state, &Failure::Forbidden);
    }
    let today = state.office.today();
    let on = match reader.query.get("on").map(|text| parse_day(text).ok_or(text)) {
        None => today,
        Some(Ok(day)) => day,
        Some(Err(text)) => return reader.fail(&state, &Failure::bad_value("on", text)),
    };
    let province = &reader.province;
    let asked = reader.query.get("q").unwrap_or_default().to_owned();
    let found = reader.query.get("q").map(|asked| search(province, asked, today));
    let roots = province.units().filter(|u| u.kind == UnitKind::Province && u.is_valid_on(on));
    let count = |kind| province.units().filter(|u| u.kind == kind && u.is_valid_on(on)).count();
    let page = Units {
        province: province.unit(province.root).map(|unit| unit.name.clone()).unwrap_or_default(),
        on,
        today,
        demo: state.office.is_demo(),
        asked,
        found,
        tree: roots.map(|root| branch(province, root, on)).collect(),
        counts: ORDER.map(|kind| (kind, count(kind))).to_vec(),
        may_change: reader.may_administer(),
    };
    html(StatusCode::OK, render_units(&page, &reader.frame(&state)))
}

fn search(province: &Province, asked: &str, today: Date) -> (usize, Vec<UnitFound>) {
    let found = search_units(province, asked, today);
    let successors = |unit: &Unit| {
        let after = province.successors(unit.id).iter().filter(|_| !unit.is_valid_on(today));
        after.filter_map(|one| province.unit(one.new)).map(link_to).collect()
    };
    let shown = found.iter().take(MOST_FOUND);
    let shown = shown.map(|one| UnitFound { unit: link_to(one.unit), successors: successors(one.unit) });
    (found.len(), shown.collect())
}

fn branch(province: &Province, unit: &Unit, on: Date) -> Branch {
    let below: Vec<&Unit> =
        province.units().filter(|one| one.parent == Some(unit.id) && one.is_valid_on(on)).collect();
    let of_kind = |kind| {
        let units = below.iter().filter(|one| one.kind == kind);
        units.map(|one| branch(province, one, on)).collect::<Vec<_>>()
    };
    let groups = ORDER.into_iter().map(|kind| (kind, of_kind(kind)));
    Branch { unit: link_to(unit), below: groups.filter(|(_, units)| !units.is_empty()).collect() }
}

/// `GET /admin/units/{code}@{from}`.
pub async fn show(State(state): State<Shared>, Path(named): Path<String>, reader: Reader) -> Response {
    if !reader.scope.covers_the_province() {
        return reader.fail(&state, &Failure::Forbidden);
    }
    match reader.province.unit_by_code(&named, state.office.today()) {
        Ok(unit) => {
            let page = page(&state, &reader, unit, entries(unit), Vec::new());
            html(StatusCode::OK, render_unit(&page, &reader.frame(&state)))
        }
        Err(error) => candidates(&state, &reader, &error, "/admin/units"),
    }
}

/// `POST /admin/units/{code}@{from}`.
pub async fn edit(
    State(state): State<Shared>,
    Path(named): Path<String>,
    reader: Reader,
    body: Bytes,
) -> Response {
    if !reader.may_administer() {
        return reader.fail(&state, &Failure::Forbidden);
    }
    let Ok(pairs) = decode(&body) else {
        return reader.fail(&state, &Failure::BadRequest(BadAddress::Unreadable));
    };
    let unit = match reader.province.unit_by_code(&named, state.office.today()) {
        Ok(unit) => unit,
        Err(error) => return candidates(&state, &reader, &error, "/admin/units"),
    };
    let text = |name| field(&pairs, name);
    let edit = UnitEdit {
        name: text("name"),
        name_en: text("name_en"),
        name_km: text("name_km"),
        address: text("address"),
        phone: text("phone"),
    };
    match edit_unit(&state.office, &reader.principal, unit.id, &edit, &text("seen")).await {
        Ok(Ok(_)) => {
            Redirect::to(&reader.link(&format!("/admin/units/{}", link_to(unit).named), true)).into_response()
        }
        Ok(Err(wrong)) => {
            let wrong = entry_problems(&wrong);
            let entries = UnitEntries { seen: mark_of(unit), ..kept(edit) };
            let page = page(&state, &reader, unit, entries, wrong);
            html(StatusCode::UNPROCESSABLE_ENTITY, render_unit(&page, &reader.frame(&state)))
        }
        Err(error) => reader.fail(&state, &Failure::from_error(&error, &state)),
    }
}

fn entries(unit: &Unit) -> UnitEntries {
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    UnitEntries {
        name: unit.name.vi.clone(),
        name_en: text(&unit.name.en),
        name_km: text(&unit.name.km),
        address: text(&unit.address),
        phone: text(&unit.phone),
        seen: mark_of(unit),
    }
}

fn kept(edit: UnitEdit) -> UnitEntries {
    let UnitEdit { name, name_en, name_km, address, phone } = edit;
    UnitEntries { name, name_en, name_km, address, phone, seen: String::new() }
}

fn page(
    state: &Shared,
    reader: &Reader,
    unit: &Unit,
    entries: UnitEntries,
    wrong: Vec<WrongEntry>,
) -> UnitPage {
    let (province, today) = (&reader.province, state.office.today());
    let kin = |all: &[Succession], is_after: bool| -> Vec<Kin> {
        let other = |one: &Succession| province.unit(if is_after { one.new } else { one.old });
        let kin = all.iter().filter_map(|one| Some((one, other(one)?)));
        kin.map(|(one, other)| Kin {
            unit: link_to(other),
            share: one.share,
            is_main: one.is_main,
            on: one.effective_on,
        })
        .collect()
    };
    let inside = province.subtree(unit.id);
    let has_figures = province.surveys().iter().any(|survey| province.is_about(survey, unit.id));
    UnitPage {
        unit: link_to(unit),
        parent: unit.parent.and_then(|id| province.unit(id)).map(link_to),
        below: below(province, unit),
        predecessors: kin(province.predecessors(unit.id), false),
        successors: kin(province.successors(unit.id), true),
        places: places(province, &inside),
        fields: fields(province, unit),
        named_fields: OFFERED_FIELDS,
        figures: has_figures.then(|| format!("/a/{}", province.named(unit, today))),
        entries,
        wrong,
        saved: is_saved(reader),
        demo: state.office.is_demo(),
        may_change: reader.may_administer(),
    }
}

/// What is below a unit at any time that both share.
fn below(province: &Province, unit: &Unit) -> Vec<(UnitKind, Vec<app::console::admin::UnitLink>)> {
    let of_kind = |kind| {
        let units = province.units().filter(|one| one.parent == Some(unit.id) && one.kind == kind);
        units.map(link_to).collect::<Vec<_>>()
    };
    ORDER.into_iter().map(|kind| (kind, of_kind(kind))).filter(|(_, units)| !units.is_empty()).collect()
}

fn places(province: &Province, inside: &[domain::id::UnitId]) -> Vec<UnitPlace> {
    let here = province.touchpoints().filter(|place| inside.contains(&place.unit));
    // The province's own page would list every place there is.
    let shown = here.take(if inside.contains(&province.root) { 0 } else { usize::MAX });
    shown
        .map(|place| UnitPlace {
            token: place.token.to_string(),
            unit: province.unit(place.unit).map(|unit| unit.name.clone()).unwrap_or_default(),
            mode: place.mode.clone(),
            revoked: place.revoked,
        })
        .collect()
}

fn fields(province: &Province, unit: &Unit) -> Vec<OfferedField> {
    if unit.kind == UnitKind::Province || unit.valid_to.is_some() {
        return Vec::new();
    }
    let ranked = province.ranked_fields(unit.id).into_iter();
    ranked
        .map(|(field, n)| OfferedField {
            name: field.name.clone(),
            answers: n.and_then(|n| n.try_into().ok()),
        })
        .collect()
}

/// The page that says which units a code may have meant; plainly that there is none where the reader
/// may see none of them.
pub(in crate::http) fn candidates(
    state: &Shared,
    reader: &Reader,
    error: &UnitNotFound,
    base: &str,
) -> Response {
    let (code, on, all, is_ambiguous) = match error {
        UnitNotFound::Unknown { code, on, others } => (code, *on, others, false),
        UnitNotFound::Ambiguous { code, on, candidates } => (code, *on, candidates, true),
        UnitNotFound::Day { .. } => return reader.fail(state, &Failure::NotFound),
    };
    let seen = all.iter().filter(|one| reader.scope.covers(one.id));
    let told = |one: &Candidate| {
        let unit = link_to(reader.province.unit(one.id)?);
        // A day on which several have it names none of them.
        let names = reader.province.unit_by_code(&unit.named, on).is_ok();
        let path = names.then(|| format!("{base}/{}", unit.named));
        Some((unit, path))
    };
    let units: Vec<_> = seen.filter_map(told).collect();
    if units.is_empty() {
        return reader.fail(state, &Failure::NotFound);
    }
    let status = if is_ambiguous { StatusCode::MULTIPLE_CHOICES } else { StatusCode::NOT_FOUND };
    let page = Meant { code: code.clone(), on, is_ambiguous, units };
    html(status, render_meant(&page, &reader.frame(state)))
}
