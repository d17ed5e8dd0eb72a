//! What a browser fetches besides pages: style, icon, islands.
//!
//! `build/` makes the files and embeds them here, so that the binary needs no folder beside it. Every
//! file is named by its content; a server may tell browsers to keep it for ever. Nothing here speaks HTTP.
//!
//! To add a file: put it into `app/public/`, give it a name in `build/main.rs` and a constant below.

/// A finished file, in the three encodings a browser may ask for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Asset {
    /// Its URL's path, which changes whenever its content does.
    pub path: &'static str,
    /// Its media type, as the `Content-Type` header has it.
    pub mime: &'static str,
    /// The file as it is.
    pub identity: &'static [u8],
    /// The same, pressed with gzip.
    pub gzip: &'static [u8],
    /// The same, pressed with brotli.
    pub brotli: &'static [u8],
}

mod table {
    include!(concat!(env!("OUT_DIR"), "/assets.rs"));
}

/// The style of survey pages.
pub const CITIZEN_CSS: &str = table::CITIZEN_CSS;
/// The style of every other page: console, kiosk, poster, sign-in, public results.
pub const CONSOLE_CSS: &str = table::CONSOLE_CSS;
/// The script that moves the cursor on where forms are typed from paper; the page works without it.
pub const PAPER_JS: &str = table::PAPER_JS;
/// The mark, as an icon.
pub const ICON: &str = table::ICON;
/// The script of the tablet at the counter.
pub const KIOSK_JS: &str = table::KIOSK_JS;
/// The module that wakes a page's islands; `None` in a build that skipped them (`HAILONG_BUNDLE=skip`).
pub const START_JS: Option<&str> = table::START_JS;

/// The asset with this path, if there is one.
///
/// ```
/// assert!(site::find(site::CITIZEN_CSS).is_some());
/// assert!(site::find("/assets/citizen.css").is_none(), "a path without its digest is not a promise");
/// ```
#[must_use]
pub fn find(path: &str) -> Option<&'static Asset> {
    table::ASSETS.iter().find(|asset| asset.path == path)
}

/// Every asset, for a server that routes them or a test that reads them.
#[must_use]
pub fn assets() -> &'static [Asset] {
    table::ASSETS
}
