//! Slips with a one-time code, ready to be drawn.

use crate::state::AppState;
use app::console::{Occasion, Slip};
use app::parts::qr::QrModules;
use domain::code::Code;
use domain::id::UnitId;
use domain::period::Month;
use usecase::UsecaseError;
use usecase::poster::{Strength, draw_qr};
use usecase::registry::Province;

/// Most slips of one page: a browser lays them out at once.
pub const MOST: u32 = 1_000;

/// The address of a code.
#[must_use]
pub fn address_of(public_url: &str, code: &Code) -> String {
    format!("{public_url}/c/{code}")
}

/// The slip of a code.
///
/// # Errors
/// Where the public address does not fit a QR code, or the unit is not there.
pub fn slip_of(
    state: &AppState,
    province: &Province,
    receiving: UnitId,
    (code, through): (&Code, Month),
    occasion: Occasion,
) -> Result<Slip, UsecaseError> {
    let damaged = || UsecaseError::Damaged("the unit of a code".into());
    let unit = province.unit(receiving).ok_or_else(damaged)?;
    let root = province.unit(province.root).ok_or_else(damaged)?;
    let qr = draw_qr(&address_of(&state.public_url, code), Strength::Slip)?;
    Ok(Slip {
        unit: unit.name.vi.clone(),
        address: unit.address.clone(),
        phone: unit.phone.clone().or_else(|| root.phone.clone()),
        public_domain: state.public_domain(),
        typed: code.typed().to_string(),
        through: through.last_day(),
        qr: QrModules { width: qr.width, dark: qr.dark },
        occasion,
    })
}
