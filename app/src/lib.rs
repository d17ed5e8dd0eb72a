//! What people see. One crate, compiled twice: with `ssr` it renders pages, with `hydrate` it wakes their
//! islands in the browser.

pub mod islands;

/// What the browser calls once, before it wakes the islands of a page one by one.
#[cfg(feature = "hydrate")]
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn hydrate() {
    leptos::mount::hydrate_islands();
}
