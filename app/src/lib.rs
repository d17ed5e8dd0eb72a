//! What people see. One crate, compiled twice: with `ssr` it draws every page as a function from a
//! finished view-model to a document, without a word of SQL, HTTP or formula; with `hydrate` it wakes
//! the pages' islands in the browser.

#[cfg(feature = "ssr")]
pub mod citizen;
#[cfg(feature = "ssr")]
pub mod console;
#[cfg(feature = "ssr")]
pub mod i18n;
pub mod islands;
#[cfg(feature = "ssr")]
pub mod kiosk;
#[cfg(feature = "ssr")]
pub mod parts;

/// What the browser calls once, before it wakes the islands of a page one by one.
#[cfg(feature = "hydrate")]
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn hydrate() {
    leptos::mount::hydrate_islands();
}
