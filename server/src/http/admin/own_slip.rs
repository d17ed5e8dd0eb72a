//! `/a/{unit}/slip`: one slip for the person at a unit's counter, never a list.

use super::answer;
use super::form::Filled;
use crate::failure::Failure;
use crate::http::figures::unit_named;
use crate::http::page::{Reader, html};
use crate::http::slip::slip_of;
use crate::state::Shared;
use app::console::{Occasion, OwnSlipPage, SlipPaper, render_own_slip, render_slips};
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use domain::report::UnitName;
use domain::survey::Channel;
use domain::unit::Unit;
use usecase::code::{Wish, issue_slip, may_print};

/// `GET /a/{unit}/slip`.
pub async fn own_slip(State(state): State<Shared>, Path(unit): Path<String>, reader: Reader) -> Response {
    let page = show(&state, &reader, &unit);
    answer(&state, &reader, page)
}

fn show(state: &Shared, reader: &Reader, unit: &str) -> Result<Response, Failure> {
    let unit = named(state, reader, unit)?;
    let fields = reader.province.ranked_fields(unit.id);
    let page = OwnSlipPage {
        unit: UnitName { code: unit.code.clone(), name: unit.name.clone(), kind: unit.kind, may_open: true },
        fields: fields.iter().map(|(field, _)| (field.code.clone(), field.name.clone())).collect(),
        may_print: may_print(&reader.principal, &reader.scope, unit.id),
        demo: state.office.is_demo(),
    };
    Ok(html(StatusCode::OK, render_own_slip(&page, &reader.frame(state))))
}

fn named<'a>(state: &Shared, reader: &'a Reader, unit: &str) -> Result<&'a Unit, Failure> {
    let unit = unit_named(state, reader, unit).map_err(|_| Failure::NotFound)?;
    if reader.scope.covers(unit.id) { Ok(unit) } else { Err(Failure::Forbidden) }
}

/// `POST /a/{unit}/slip`.
pub async fn print_slip(
    State(state): State<Shared>,
    Path(unit): Path<String>,
    reader: Reader,
    body: Bytes,
) -> Response {
    let page = print(&state, &reader, &unit, &body).await;
    answer(&state, &reader, page)
}

async fn print(state: &Shared, reader: &Reader, unit: &str, body: &[u8]) -> Result<Response, Failure> {
    let unit = named(state, reader, unit)?;
    if !may_print(&reader.principal, &reader.scope, unit.id) {
        return Err(Failure::Forbidden);
    }
    let filled = Filled::read(body)?;
    let channel: Channel = filled.word("channel")?;
    let paper: SlipPaper = filled.word("file")?;
    let occasion: Occasion = filled.word("occasion")?;
    let wish = Wish::new(&reader.province, (unit.id, None), filled.get("field"), (channel, None));
    let wish = wish.map_err(|_| Failure::bad_value("field", filled.get("field")))?;
    let failed = |error| Failure::from_error(&error, state);
    let asked = (&reader.principal, &reader.scope);
    let drawn = issue_slip(&state.office, asked, &wish).await.map_err(failed)?;
    let slip = slip_of(state, &reader.province, unit.id, (&drawn.code, drawn.through), occasion);
    let slips = [slip.map_err(failed)?];
    let back = format!("/a/{}/slip", unit.code);
    let frame = reader.frame(state);
    Ok(html(StatusCode::OK, render_slips(&slips, paper, &frame, (&back, None), state.office.is_demo())))
}
