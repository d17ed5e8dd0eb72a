//! `/admin/devices` and `/a/{unit}/devices`: tablets at counters. The secret of a QR leaves in the answer to the
//! request and is nowhere else.

mod filled;

use super::accounts::unit_name;
use super::form::Filled;
use super::{answer, go_to, let_read, may_change};
use crate::failure::Failure;
use crate::http::figures::unit_named;
use crate::http::kiosk::{id_of, version};
use crate::http::page::{Reader, html};
use crate::state::Shared;
use app::console::{
    DeviceDone, DeviceForm, DeviceLine, DevicesPage, PairingPage, render_devices, render_pairing,
};
use app::parts::qr::QrModules;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use domain::device::{Device, DeviceFault, DeviceState, tens};
use domain::id::{DeviceId, UnitId};
use domain::right::Actor;
use domain::unit::Unit;
use filled::{settings_of, typed_of, typed_of_device};
use std::collections::BTreeMap;
use time::{OffsetDateTime, UtcOffset};
use usecase::UsecaseError;
use usecase::keys::hexadecimal;
use usecase::kiosk::{
    Invited, MINUTES, change_device, device_named, devices_of, drop_held, held_by_device, invite_again,
    make_device, may_edit, release_held, revoke_device,
};
use usecase::poster::{Strength, draw_qr};

/// Hours without a word after which a tablet is silent.
const SILENT: i64 = 24;

/// A page's unit and address.
struct Here {
    unit: UnitId,
    path: String,
}

/// `GET /admin/devices`.
pub async fn devices(State(state): State<Shared>, reader: Reader) -> Response {
    let page = show(&state, &reader, of_province(&reader)).await;
    answer(&state, &reader, page)
}

/// `POST /admin/devices`.
pub async fn change_devices(State(state): State<Shared>, reader: Reader, body: Bytes) -> Response {
    let page = change(&state, &reader, of_province(&reader), &body).await;
    answer(&state, &reader, page)
}

/// `GET /a/{unit}/devices`.
pub async fn own_devices(State(state): State<Shared>, Path(unit): Path<String>, reader: Reader) -> Response {
    let here = of_unit(&state, &reader, &unit);
    let page = show(&state, &reader, here).await;
    answer(&state, &reader, page)
}

/// `POST /a/{unit}/devices`.
pub async fn change_own_devices(
    State(state): State<Shared>,
    Path(unit): Path<String>,
    reader: Reader,
    body: Bytes,
) -> Response {
    let here = of_unit(&state, &reader, &unit);
    let page = change(&state, &reader, here, &body).await;
    answer(&state, &reader, page)
}

fn of_province(reader: &Reader) -> Result<Here, Failure> {
    let_read(reader)?;
    Ok(Here { unit: reader.province.root, path: "/admin/devices".to_owned() })
}

fn of_unit(state: &Shared, reader: &Reader, unit: &str) -> Result<Here, Failure> {
    let unit: &Unit = unit_named(state, reader, unit).map_err(|_| Failure::NotFound)?;
    if !reader.scope.covers(unit.id) {
        return Err(Failure::Forbidden);
    }
    Ok(Here {
        unit: unit.id,
        path: format!("/a/{}/devices", reader.province.named(unit, state.office.today())),
    })
}

async fn show(state: &Shared, reader: &Reader, here: Result<Here, Failure>) -> Result<Response, Failure> {
    let here = here?;
    let failed = |error| Failure::from_error(&error, state);
    let mut form = DeviceForm { typed: typed_of_device(None), ..DeviceForm::default() };
    if let Some(id) = reader.query.get("device") {
        let id = id_of(id).ok_or(Failure::NotFound)?;
        let device =
            device_named(&state.office, (&reader.principal, &reader.scope), id).await.map_err(failed)?;
        form.target = Some((hexadecimal(id.as_bytes()), device.name.clone()));
        form.typed = typed_of_device(Some(&device));
    }
    draw(state, reader, &here, (StatusCode::OK, form, None)).await
}

async fn draw(
    state: &Shared,
    reader: &Reader,
    here: &Here,
    (status, form, problem): (StatusCode, DeviceForm, Option<DeviceFault>),
) -> Result<Response, Failure> {
    let page = page(state, reader, here, (form, problem)).await;
    let page = page.map_err(|error| Failure::from_error(&error, state))?;
    let page = DevicesPage { done: reader.query.word("done")?, ..page };
    Ok(html(status, render_devices(&page, &reader.frame(state))))
}

async fn page(
    state: &Shared,
    reader: &Reader,
    here: &Here,
    (form, problem): (DeviceForm, Option<DeviceFault>),
) -> Result<DevicesPage, UsecaseError> {
    let (office, province) = (&state.office, &reader.province);
    let devices = devices_of(office, &reader.scope, here.unit).await?;
    let decides = may_change(reader);
    let held = if decides { held_by_device(office, province.tenant).await? } else { BTreeMap::new() };
    let now = office.now();
    let line = |(device, counter): (Device, UnitId)| {
        let waits = held.get(&device.id).copied().map(tens);
        DeviceLine {
            held: waits,
            ..line_of(&device, unit_name(reader, Some(counter)).unwrap_or_default(), now)
        }
    };
    let may_make = may_edit(&reader.principal, &reader.scope, here.unit);
    Ok(DevicesPage {
        unit: (here.unit != province.root).then(|| unit_name(reader, Some(here.unit)).unwrap_or_default()),
        path: here.path.clone(),
        lines: devices.into_iter().map(line).collect(),
        form: may_make.then(|| DeviceForm { units: filled::counters(state, reader, here.unit), ..form }),
        may_decide: decides,
        problem,
        done: None,
        demo: office.is_demo(),
    })
}

/// The day and the hour in Vietnam.
fn hour_of(hour: i64) -> Option<(time::Date, u8)> {
    let at = OffsetDateTime::from_unix_timestamp(hour.checked_mul(3_600)?).ok()?;
    let local = at.to_offset(UtcOffset::from_hms(7, 0, 0).ok()?);
    Some((local.date(), local.hour()))
}

fn line_of(device: &Device, counter: domain::language::Words, now: OffsetDateTime) -> DeviceLine {
    let hours = device.seen.map(|seen| now.unix_timestamp().div_euclid(3_600) - seen);
    DeviceLine {
        id: hexadecimal(device.id.as_bytes()),
        name: device.name.clone(),
        counter,
        state: device.state,
        on: if device.state == DeviceState::Revoked { device.revoked_on } else { device.paired_on },
        seen: device.seen.and_then(hour_of),
        silent: hours.is_none_or(|hours| hours > SILENT),
        waiting: device.waiting,
        dropped: device.dropped,
        version: device.version.clone(),
        newest: device.version == version(),
        twins: device.twins_on,
        held: None,
    }
}

async fn change(
    state: &Shared,
    reader: &Reader,
    here: Result<Here, Failure>,
    body: &[u8],
) -> Result<Response, Failure> {
    let here = here?;
    let asked = (&reader.principal, &reader.scope);
    if !may_edit(asked.0, asked.1, here.unit) {
        return Err(Failure::Forbidden);
    }
    let filled = Filled::read(body)?;
    let done = match filled.get("go") {
        "make" => return make(state, reader, &here, &filled).await,
        "invite" => {
            let id = device_in(&filled)?;
            match invite_again(&state.office, asked, id).await {
                Ok(invited) => return pairing(state, reader, &here, invited, StatusCode::OK).await,
                Err(error) => Err(error),
            }
        }
        "change" => return store_changes(state, reader, &here, &filled).await,
        "revoke" => {
            revoke_device(&state.office, asked, device_in(&filled)?).await.map(|()| DeviceDone::Revoked)
        }
        "release" | "drop" => decide(state, reader, &filled).await,
        other => return Err(Failure::bad_value("go", other)),
    };
    match done {
        Ok(done) => Ok(go_to(reader, &here.path, done.code())),
        Err(UsecaseError::Device(fault)) => {
            let form = DeviceForm { typed: typed_of_device(None), ..DeviceForm::default() };
            draw(state, reader, &here, (StatusCode::UNPROCESSABLE_ENTITY, form, Some(fault))).await
        }
        Err(error) => Err(Failure::from_error(&error, state)),
    }
}

fn device_in(filled: &Filled) -> Result<DeviceId, Failure> {
    id_of(filled.get("device")).ok_or(Failure::NotFound)
}

/// The province alone decides about what a revoked device sent.
async fn decide(state: &Shared, reader: &Reader, filled: &Filled) -> Result<DeviceDone, UsecaseError> {
    let unknown = || UsecaseError::Unknown { what: "device", name: String::new() };
    let id = id_of(filled.get("device")).ok_or_else(unknown)?;
    let actor = Actor::from(&reader.principal);
    if filled.get("go") == "release" {
        release_held(&state.office, &actor, id).await?;
        return Ok(DeviceDone::Released);
    }
    drop_held(&state.office, &actor, id, filled.get("reason")).await?;
    Ok(DeviceDone::Dropped)
}

async fn make(state: &Shared, reader: &Reader, here: &Here, filled: &Filled) -> Result<Response, Failure> {
    let asked = (&reader.principal, &reader.scope);
    let unit = reader.province.unit_by_code(filled.get("unit"), state.office.today()).map(|unit| unit.id);
    let made = match (unit, settings_of(filled)) {
        (Err(_), _) => Err(DeviceFault::Unit.into()),
        (_, Err(fault)) => Err(fault.into()),
        (Ok(unit), Ok(settings)) => {
            make_device(&state.office, asked, (unit, filled.get("name")), settings).await
        }
    };
    match made {
        Ok(invited) => pairing(state, reader, here, invited, StatusCode::CREATED).await,
        Err(UsecaseError::Device(fault)) => {
            let form = DeviceForm { typed: typed_of(filled), problem: Some(fault), ..DeviceForm::default() };
            draw(state, reader, here, (StatusCode::UNPROCESSABLE_ENTITY, form, None)).await
        }
        Err(error) => Err(Failure::from_error(&error, state)),
    }
}

async fn store_changes(
    state: &Shared,
    reader: &Reader,
    here: &Here,
    filled: &Filled,
) -> Result<Response, Failure> {
    let id = device_in(filled)?;
    let asked = (&reader.principal, &reader.scope);
    let changed = match settings_of(filled) {
        Ok(settings) => change_device(&state.office, asked, id, (filled.get("name"), settings)).await,
        Err(fault) => Err(fault.into()),
    };
    match changed {
        Ok(()) => Ok(go_to(reader, &here.path, DeviceDone::Changed.code())),
        Err(UsecaseError::Device(fault)) => {
            let target = Some((hexadecimal(id.as_bytes()), filled.short("name", 60)));
            let form =
                DeviceForm { target, typed: typed_of(filled), problem: Some(fault), ..DeviceForm::default() };
            draw(state, reader, here, (StatusCode::UNPROCESSABLE_ENTITY, form, None)).await
        }
        Err(error) => Err(Failure::from_error(&error, state)),
    }
}

/// The page with the QR. What stands behind the # never reaches a server, a log or a history there.
async fn pairing(
    state: &Shared,
    reader: &Reader,
    here: &Here,
    invited: Invited,
    status: StatusCode,
) -> Result<Response, Failure> {
    let failed = |error: UsecaseError| Failure::from_error(&error, state);
    let url = format!("{}/k/#pair={}", state.public_url, invited.secret);
    let qr = draw_qr(&url, Strength::Slip).map_err(failed)?;
    let device = state.office.store.device(reader.principal.tenant, invited.device).await;
    let device = device.map_err(|error| failed(error.into()))?;
    let page = PairingPage {
        list: here.path.clone(),
        name: device.map(|device| device.name).unwrap_or_default(),
        url,
        qr: QrModules { width: qr.width, dark: qr.dark },
        minutes: MINUTES,
        demo: state.office.is_demo(),
    };
    Ok(html(status, render_pairing(&page, &reader.frame(state))))
}
