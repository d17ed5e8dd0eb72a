//! `/admin/touchpoints/health`: how the touchpoints do.

use super::{answer, let_read};
use crate::failure::Failure;
use crate::http::page::{Reader, html};
use crate::state::Shared;
use app::console::{HealthPage, PulseLine, SilentLine, render_health};
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use domain::id::UnitId;
use domain::language::Words;
use domain::period::Month;
use usecase::health::{self, Health, Load, MOST_WEEKS, USUAL_WEEKS};

/// `GET /admin/touchpoints/health`.
pub async fn health(State(state): State<Shared>, reader: Reader) -> Response {
    let page = draw(&state, &reader).await;
    answer(&state, &reader, page)
}

async fn draw(state: &Shared, reader: &Reader) -> Result<Response, Failure> {
    let_read(reader)?;
    let asked = match reader.query.get("weeks") {
        None => USUAL_WEEKS,
        Some(text) => {
            let weeks = text.trim().parse().ok().filter(|weeks| (1..=MOST_WEEKS).contains(weeks));
            weeks.ok_or_else(|| Failure::bad_value("weeks", text))?
        }
    };
    let found = health::health(&state.office, &reader.province, &reader.scope, asked).await;
    let found = found.map_err(|error| Failure::from_error(&error, state))?;
    let page = page(reader, asked, found, state.office.is_demo());
    Ok(html(StatusCode::OK, render_health(&page, &reader.frame(state))))
}

fn page(reader: &Reader, asked: u8, found: Health, demo: bool) -> HealthPage {
    let name = |unit: UnitId| -> Words {
        reader.province.unit(unit).map(|unit| unit.name.clone()).unwrap_or_default()
    };
    let load = |load: Load| -> (u64, Month) { (load.closed.unsigned_abs(), load.month) };
    let silent = found.silent.iter().map(|one| SilentLine { unit: name(one.unit), load: load(one.load) });
    let pulses = found.pulses.iter().map(|pulse| PulseLine {
        token: pulse.touchpoint.token.to_string(),
        unit: name(pulse.touchpoint.unit),
        mode: pulse.touchpoint.mode.clone(),
        version: pulse.touchpoint.version,
        outdated: pulse.outdated,
        look: pulse.check.as_ref().map(|check| (check.month, check.state)),
        tens: pulse.tens.iter().map(|tens| tens.map(i64::unsigned_abs)).collect(),
        load: pulse.load.map(load),
    });
    HealthPage { asked, silent: silent.collect(), pulses: pulses.collect(), weeks: found.weeks, demo }
}
