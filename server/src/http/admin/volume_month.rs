//! One agency's month of closed dossiers: its cells, their correction, their history.

use crate::failure::Failure;
use crate::http::form::{Form, Sent};
use crate::http::page::{Reader, html};
use crate::state::Shared;
use app::console::{
    CellForm, CellLine, EntryLine, FieldChoice, MonthPage, UnitChoice, VolumeDone, render_month,
};
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use domain::id::UnitId;
use domain::period::Month;
use domain::right::{Actor, Right};
use domain::unit::Unit;
use domain::volume::{Dossiers, Volume, VolumeFault, parse_count};
use usecase::volume_edit::{EditError, edit_volume};
use usecase::volume_table::load_volumes;

/// Months that are offered.
const OFFERED: i32 = 24;
/// The counts of a cell as the form names them.
const COUNTS: [&str; 5] = ["closed", "on_time", "late", "online", "refused"];

/// Which unit and month a page is about.
struct About<'a> {
    unit: &'a Unit,
    month: Month,
}

/// Without a month: the last of the year with dossiers, else the last finished one.
async fn about<'a>(
    state: &Shared,
    reader: &'a Reader,
    code: &str,
    month: Option<&str>,
) -> Result<About<'a>, Failure> {
    let actor = Actor::from(&reader.principal);
    if !actor.may(Right::ReadOffice) {
        return Err(Failure::Forbidden);
    }
    let today = state.office.today();
    let month = match month {
        Some(text) => text.parse::<Month>().map_err(|_| Failure::bad_value("month", text))?,
        None => Month::of(today).plus(-1),
    };
    let day = month.last_day().unwrap_or(today);
    let unit = reader.province.unit_by_code(code, day).or_else(|_| reader.province.unit_by_code(code, today));
    let unit = unit.map_err(|_| Failure::NotFound)?;
    if !reader.scope.covers(unit.id) {
        return Err(Failure::Forbidden);
    }
    if reader.query.get("month").is_some() || reader.query.get("year").is_none() {
        return Ok(About { unit, month });
    }
    let year = reader.query.word::<i32>("year")?.unwrap_or(month.year());
    let table = load_volumes(&state.office, actor.tenant, year).await;
    let table = table.map_err(|error| Failure::from_error(&error, state))?;
    let last = table.months_of(unit.id).map(|(month, _)| month).max();
    Ok(About { unit, month: last.unwrap_or(month) })
}

/// `GET /admin/volumes/{unit}?month=&field=&receiving=`.
pub async fn show(State(state): State<Shared>, Path(unit): Path<String>, reader: Reader) -> Response {
    let drawn = async {
        let about = about(&state, &reader, &unit, reader.query.get("month")).await?;
        draw(&state, &reader, &about, None).await
    };
    match drawn.await {
        Ok(body) => html(StatusCode::OK, body),
        Err(failure) => reader.fail(&state, &failure),
    }
}

async fn draw(
    state: &Shared,
    reader: &Reader,
    about: &About<'_>,
    sent: Option<CellForm>,
) -> Result<String, Failure> {
    let (store, scope) = (&state.office.store, &reader.scope);
    let known = |error: store::StoreError| Failure::from_error(&error.into(), state);
    let cells = store.volumes_of(scope, about.unit.id, about.month).await.map_err(known)?;
    let history = store.volume_history(scope, about.unit.id, about.month).await.map_err(known)?;
    let may_edit = Actor::from(&reader.principal).may(Right::EditOffice);
    let form = may_edit.then(|| form(state, reader, &cells, sent));
    let this_month = Month::of(state.office.today());
    let mut months: Vec<Month> = (0..OFFERED).map(|back| this_month.plus(-back)).collect();
    if !months.contains(&about.month) {
        months.push(about.month);
    }
    let entry = |entry: store::volume::VolumeEntry| EntryLine {
        cell: cell(reader, &entry.volume),
        who: entry.who,
        at: entry.at,
        source: entry.source,
    };
    let page = MonthPage {
        unit: choice(about.unit),
        month: about.month,
        months,
        cells: cells.iter().map(|volume| cell(reader, volume)).collect(),
        history: history.into_iter().map(entry).collect(),
        form,
        done: reader.query.word("done")?,
    };
    let mut frame = reader.frame(state);
    frame.here = frame.here.without(&["done"]);
    Ok(render_month(&page, &frame))
}

fn choice(unit: &Unit) -> UnitChoice {
    UnitChoice { code: unit.code.clone(), name: unit.name.clone(), kind: unit.kind }
}

fn cell(reader: &Reader, volume: &Volume) -> CellLine {
    let name = reader.province.fields().iter().find(|field| field.code == volume.field);
    let place = |id: UnitId| reader.province.unit(id).map(|unit| (unit.code.clone(), unit.name.clone()));
    CellLine {
        field: volume.field.clone(),
        name: name.map(|field| field.name.clone()),
        receiving: volume.receiving.and_then(place),
        dossiers: volume.dossiers,
    }
}

/// The form: as it was sent, else filled with the cell that the address names.
fn form(state: &Shared, reader: &Reader, cells: &[Volume], sent: Option<CellForm>) -> CellForm {
    let mut fields: Vec<FieldChoice> = Vec::new();
    for field in reader.province.fields() {
        if !fields.iter().any(|known| known.code == field.code) {
            fields.push(FieldChoice { code: field.code.clone(), name: Some(field.name.clone()) });
        }
    }
    fields.push(FieldChoice { code: "other".into(), name: None });
    let units = super::accounts::unit_choices(state, reader);
    if let Some(sent) = sent {
        return CellForm { fields, units, ..sent };
    }
    let asked = |name: &str| reader.query.get(name).unwrap_or_default().to_owned();
    let (field, receiving) = (asked("field"), asked("receiving"));
    let code = |id: Option<UnitId>| id.and_then(|id| reader.province.unit(id)).map_or("", |unit| &unit.code);
    let named = cells.iter().find(|cell| cell.field == field && code(cell.receiving) == receiving);
    let counts = named.map(|cell| texts(&cell.dossiers)).unwrap_or_default();
    CellForm { fields, units, field, receiving, counts, fault: None }
}

fn texts(of: &Dossiers) -> [String; 5] {
    let parts = [Some(of.closed), of.on_time, of.late, of.online, of.refused];
    parts.map(|part| part.map(|part| part.to_string()).unwrap_or_default())
}

fn counts(form: &Form) -> Result<Dossiers, VolumeFault> {
    let wrong = |text: &str| VolumeFault::NotACount(text.chars().take(40).collect());
    let part =
        |name: &str| form.some(name).map(|text| parse_count(text).ok_or_else(|| wrong(text))).transpose();
    Ok(Dossiers {
        closed: part("closed")?.ok_or_else(|| wrong(""))?,
        on_time: part("on_time")?,
        late: part("late")?,
        online: part("online")?,
        refused: part("refused")?,
    })
}

/// `POST /admin/volumes/{unit}`: one cell is corrected.
pub async fn edit(State(state): State<Shared>, Path(unit): Path<String>, sent: Sent) -> Response {
    let Sent { reader, form } = sent;
    let about = match about(&state, &reader, &unit, form.some("month")).await {
        Ok(about) => about,
        Err(failure) => return reader.fail(&state, &failure),
    };
    match try_edit(&state, &reader, &about, &form).await {
        Ok(()) => {
            let to = reader.here.carry(format!("/admin/volumes/{unit}"), &["lang"]);
            let to = to.with("month", &about.month.to_string()).with("done", VolumeDone::Edited.code());
            Redirect::to(&to.to_string()).into_response()
        }
        Err(EditError::Other(error)) => reader.fail(&state, &Failure::from_error(&error, &state)),
        Err(EditError::Fault(fault)) => {
            let sent = CellForm {
                field: form.get("field").to_owned(),
                receiving: form.get("receiving").to_owned(),
                counts: COUNTS.map(|name| form.get(name).to_owned()),
                fault: Some(fault),
                ..CellForm::default()
            };
            match draw(&state, &reader, &about, Some(sent)).await {
                Ok(body) => html(StatusCode::UNPROCESSABLE_ENTITY, body),
                Err(failure) => reader.fail(&state, &failure),
            }
        }
    }
}

async fn try_edit(state: &Shared, reader: &Reader, about: &About<'_>, form: &Form) -> Result<(), EditError> {
    let day = about.month.last_day().unwrap_or(state.office.today());
    let find = |code: &str| {
        let unit = reader.province.unit_by_code(code, day).map(|unit| unit.id);
        unit.map_err(|_| VolumeFault::UnknownUnit(code.chars().take(40).collect()))
    };
    let cell = Volume {
        month: about.month,
        unit: about.unit.id,
        receiving: form.some("receiving").map(find).transpose()?,
        field: form.get("field").to_owned(),
        dossiers: counts(form)?,
    };
    edit_volume(&state.office, &Actor::from(&reader.principal), cell).await
}
