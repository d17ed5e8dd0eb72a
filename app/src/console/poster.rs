//! The poster, its small sister for a desk, and the slip: print-ready, without solid areas, so that
//! any office printer can do it.

mod many;
mod sheet;
mod svg;
mod text;

use crate::i18n::console::ConsoleText;
use crate::parts::qr::QrModules;
use time::Date;

pub use many::render_posters;
pub(super) use many::with_style;
pub use sheet::render_poster;
pub use svg::poster_svg;

/// A poster.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Poster {
    /// The unit where it hangs, in Vietnamese.
    pub unit: String,
    /// Its postal address.
    pub address: Option<String>,
    /// A telephone number for questions.
    pub phone: Option<String>,
    /// The province, such as "Tỉnh Cà Mau".
    pub province: String,
    /// The public domain, printed large.
    pub public_domain: String,
    /// The whole address without the scheme, in the alphabet that survives reading aloud.
    pub short_url: String,
    /// The token at its end.
    pub token: String,
    /// Counts reprints.
    pub version: u32,
    /// The day of printing.
    pub date: Date,
    /// The code; its level is the caller's choice: Q on posters, M on slips.
    pub qr: QrModules,
    /// The sheet.
    pub size: SheetSize,
    /// Artificial answers; said on the screen, never on the sheet.
    pub demo: bool,
}

/// The size of a sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SheetSize {
    /// For the wall.
    A4,
    /// For the desk.
    A5,
    /// To hand out, 80 × 150 mm.
    Slip,
}

impl SheetSize {
    /// Every size.
    pub const ALL: [Self; 3] = [Self::A4, Self::A5, Self::Slip];

    /// The word in `?size=` and on the command line.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::A4 => "a4",
            Self::A5 => "a5",
            Self::Slip => "slip",
        }
    }

    /// The size with this word.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|size| size.code() == code)
    }

    /// Width and height in millimetres.
    #[must_use]
    pub const fn millimetres(self) -> (u16, u16) {
        match self {
            Self::A4 => (210, 297),
            Self::A5 => (148, 210),
            Self::Slip => (80, 150),
        }
    }

    pub(crate) const fn word(self, text: &ConsoleText) -> &'static str {
        match self {
            Self::A4 => text.office.a4,
            Self::A5 => text.office.a5,
            Self::Slip => text.office.slip,
        }
    }
}
