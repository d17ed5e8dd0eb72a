//! Closed dossiers: the year, a file before it is taken.

use crate::failure::Failure;
use crate::http::page::{Reader, html};
use crate::state::Shared;
use app::console::{
    FaultLine, PreviewPage, PreviewState, PreviewSum, UnitChoice, UploadFault, VolumeDone, VolumeUnit,
    VolumesPage, render_gone, render_preview, render_volumes,
};
use axum::extract::{Multipart, Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use domain::id::UnitId;
use domain::period::Month;
use domain::right::{Actor, Right};
use domain::unit::{Unit, UnitKind};
use usecase::UsecaseError;
use usecase::import::volumes::{Looked, VolumeFileFault, VolumesImported};
use usecase::volume_table::{VolumeTable, load_volumes};
use usecase::volume_upload::{MOST_BYTES, keep_upload, look_at_upload, take_upload};

/// Kinds whose dossiers are listed also where nothing is known of them.
const LISTED: [UnitKind; 2] = [UnitKind::Department, UnitKind::Commune];

/// `GET /admin/volumes?year=`.
pub async fn year(State(state): State<Shared>, reader: Reader) -> Response {
    match draw(&state, &reader, None).await {
        Ok(body) => html(StatusCode::OK, body),
        Err(failure) => reader.fail(&state, &failure),
    }
}

async fn draw(state: &Shared, reader: &Reader, fault: Option<UploadFault>) -> Result<String, Failure> {
    let actor = Actor::from(&reader.principal);
    if !actor.may(Right::ReadOffice) {
        return Err(Failure::Forbidden);
    }
    let this_month = Month::of(state.office.today());
    let year = reader.query.word::<i32>("year")?.unwrap_or(this_month.year());
    if !(2000..=this_month.year()).contains(&year) {
        return Err(Failure::bad_value("year", &year.to_string()));
    }
    let table = load_volumes(&state.office, actor.tenant, year).await;
    let table = table.map_err(|error| Failure::from_error(&error, state))?;
    let page = VolumesPage {
        year,
        years: (0..4).map(|back| this_month.year() - back).collect(),
        units: units(reader, &table, year, this_month),
        may_edit: actor.may(Right::EditOffice),
        demo: state.office.is_demo(),
        fault,
        done: reader.query.word("done")?,
    };
    Ok(render_volumes(&page, &reader.frame(state)))
}

/// Agencies that could have closed something in the year, up to the last finished month.
fn units(reader: &Reader, table: &VolumeTable, year: i32, this_month: Month) -> Vec<VolumeUnit> {
    let known: std::collections::HashSet<UnitId> = table.units().into_iter().collect();
    let (first, last) = (Month::new(year, 1), Month::new(year, 12));
    let last = last.map(|last| last.min(this_month.plus(-1)));
    let there = |unit: &&Unit| {
        let begins = last.and_then(Month::last_day).is_some_and(|last| unit.valid_from <= last);
        let lasts =
            first.and_then(Month::first_day).zip(unit.valid_to).is_none_or(|(first, end)| end > first);
        known.contains(&unit.id) || (LISTED.contains(&unit.kind) && begins && lasts)
    };
    reader.province.units().filter(there).map(|unit| line(unit, table, (first, last))).collect()
}

fn line(unit: &Unit, table: &VolumeTable, span: (Option<Month>, Option<Month>)) -> VolumeUnit {
    let closed: Vec<(Month, i64)> = table.months_of(unit.id).collect();
    let mut missing = Vec::new();
    if let (Some(mut month), Some(last)) = span {
        while month <= last {
            let there = month.last_day().is_some_and(|day| unit.is_valid_on(day));
            if there && !closed.iter().any(|(of, _)| *of == month) {
                missing.push(month.month());
            }
            month = month.next();
        }
    }
    let sum: i64 = closed.iter().map(|(_, closed)| closed).sum();
    VolumeUnit {
        unit: UnitChoice { code: unit.code.clone(), name: unit.name.clone(), kind: unit.kind },
        closed: (!closed.is_empty()).then_some(sum.unsigned_abs()),
        missing,
    }
}

/// `POST /admin/volumes`: a file is sent; the next page shows what it would do.
pub async fn send(State(state): State<Shared>, reader: Reader, mut form: Multipart) -> Response {
    let actor = Actor::from(&reader.principal);
    if !actor.may(Right::EditOffice) {
        return reader.fail(&state, &Failure::Forbidden);
    }
    let (name, file) = match read(&mut form).await {
        Ok(read) => read,
        Err(fault) => {
            return match draw(&state, &reader, Some(fault)).await {
                Ok(body) => html(StatusCode::UNPROCESSABLE_ENTITY, body),
                Err(failure) => reader.fail(&state, &failure),
            };
        }
    };
    match keep_upload(&state.office, &actor, &name, &file).await {
        Ok(id) => {
            let to = reader.here.carry(format!("/admin/volumes/files/{id}"), &["lang"]);
            Redirect::to(&to.to_string()).into_response()
        }
        Err(error) => reader.fail(&state, &Failure::from_error(&error, &state)),
    }
}

async fn read(form: &mut Multipart) -> Result<(String, Vec<u8>), UploadFault> {
    while let Some(field) = form.next_field().await.map_err(|_| UploadFault::TooLarge)? {
        if field.name() == Some("file") {
            let name = field.file_name().unwrap_or("volumes.csv").to_owned();
            let file = field.bytes().await.map_err(|_| UploadFault::TooLarge)?;
            return match file.len() {
                0 => Err(UploadFault::Empty),
                length if length > MOST_BYTES => Err(UploadFault::TooLarge),
                _ => Ok((name, file.to_vec())),
            };
        }
    }
    Err(UploadFault::Empty)
}

/// `GET /admin/volumes/files/{id}`.
pub async fn preview(State(state): State<Shared>, Path(id): Path<String>, reader: Reader) -> Response {
    let looked = look_at_upload(&state.office, &Actor::from(&reader.principal), &id).await;
    show(&state, &reader, looked, StatusCode::OK)
}

fn show(
    state: &Shared,
    reader: &Reader,
    looked: Result<(String, Looked), UsecaseError>,
    status: StatusCode,
) -> Response {
    let (file, looked) = match looked {
        Ok(looked) => looked,
        Err(UsecaseError::Unknown { .. }) => {
            return html(StatusCode::GONE, render_gone(&reader.frame(state)));
        }
        Err(error) => return reader.fail(state, &Failure::from_error(&error, state)),
    };
    let state_of = match looked {
        Ok(done) => PreviewState::Fine(sum(&done)),
        Err(faults) => PreviewState::Faulty(faults.into_iter().map(fault).collect()),
    };
    html(status, render_preview(&PreviewPage { file, state: state_of }, &reader.frame(state)))
}

fn sum(done: &VolumesImported) -> PreviewSum {
    let changes = done.changes;
    PreviewSum {
        cells: [changes.new as u64, changes.changed as u64, changes.unchanged as u64],
        months: done.months,
        units: done.units as u64,
        closed: done.closed.unsigned_abs(),
    }
}

fn fault(VolumeFileFault { fault, kind }: VolumeFileFault) -> FaultLine {
    FaultLine { line: fault.line, column: fault.column, name: fault.name, kind, message: fault.message }
}

/// `POST /admin/volumes/files/{id}`: the file is taken.
pub async fn take(State(state): State<Shared>, Path(id): Path<String>, reader: Reader) -> Response {
    let actor = Actor::from(&reader.principal);
    match take_upload(&state.office, &actor, &id).await {
        Ok(_) => {
            let to = reader.here.carry("/admin/volumes", &["lang"]).with("done", VolumeDone::Imported.code());
            Redirect::to(&to.to_string()).into_response()
        }
        // Units or volumes have changed since it was looked at: it says again what is wrong.
        Err(UsecaseError::File(_)) => {
            let looked = look_at_upload(&state.office, &actor, &id).await;
            show(&state, &reader, looked, StatusCode::UNPROCESSABLE_ENTITY)
        }
        Err(error) => show(&state, &reader, Err(error), StatusCode::OK),
    }
}
