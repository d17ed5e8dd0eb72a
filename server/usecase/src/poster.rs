//! Posters: which address a touchpoint's QR carries, and the QR itself.

use crate::error::UsecaseError;
use crate::objection::Objection;
use domain::touchpoint::Touchpoint;
use qrcode::{Color, EcLevel, QrCode};

/// Modules of a QR, without its margin.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Modules {
    /// Modules in a row.
    pub width: usize,
    /// Row by row; `true` is dark.
    pub dark: Vec<bool>,
}

/// How much of a QR may be damaged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Strength {
    /// A quarter: posters hang for years.
    Poster,
    /// A seventh: slips are small and read at once.
    Slip,
}

/// The short address of a touchpoint.
#[must_use]
pub fn short_url(public_url: &str, touchpoint: &Touchpoint) -> String {
    format!("{}/s/{}", public_url.trim_end_matches('/'), touchpoint.token)
}

/// Whether a poster with this address would only work on the machine that printed it.
#[must_use]
pub fn is_loopback(public_url: &str) -> bool {
    let rest = public_url.split_once("://").map_or(public_url, |(_, rest)| rest);
    let host = rest.split(['/', '?']).next().unwrap_or_default();
    host.starts_with("127.") || host.starts_with("localhost") || host.starts_with("[::1]")
}

/// The QR of an address.
///
/// # Errors
/// Where the address is too long for a QR.
pub fn draw_qr(address: &str, strength: Strength) -> Result<Modules, UsecaseError> {
    let level = match strength {
        Strength::Poster => EcLevel::Q,
        Strength::Slip => EcLevel::M,
    };
    let code = QrCode::with_error_correction_level(address, level).map_err(|_| Objection::AddressTooLong)?;
    let dark = code.to_colors().into_iter().map(|color| color == Color::Dark).collect();
    Ok(Modules { width: code.width(), dark })
}
