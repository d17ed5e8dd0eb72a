//! The drawings of the citizen's pages: line drawings in one colour, because colour must not praise
//! or scold. Each stands once in the document and is used by its id.

use leptos::prelude::*;

const FACES: &str = concat!(
    r#"<symbol id="f5" viewBox="0 0 40 40"><circle cx="20" cy="20" r="17.5"/><path d="M12 16q2.5-3.5 5 0M23 16q2.5-3.5 5 0M11 22.5h18a9 9 0 0 1-18 0z"/></symbol>"#,
    r#"<symbol id="f4" viewBox="0 0 40 40"><circle cx="20" cy="20" r="17.5"/><path d="M14.5 14.5v2M25.5 14.5v2M12 23.5q8 8 16 0"/></symbol>"#,
    r#"<symbol id="f3" viewBox="0 0 40 40"><circle cx="20" cy="20" r="17.5"/><path d="M14.5 14.5v2M25.5 14.5v2M13 26h14"/></symbol>"#,
    r#"<symbol id="f2" viewBox="0 0 40 40"><circle cx="20" cy="20" r="17.5"/><path d="M14.5 15v2M25.5 15v2M12.5 28.5q7.5-6.5 15 0"/></symbol>"#,
    r#"<symbol id="f1" viewBox="0 0 40 40"><circle cx="20" cy="20" r="17.5"/><path d="M11 14.5q3.5-.5 5-3M29 14.5q-3.5-.5-5-3M14.5 17.5v2M25.5 17.5v2M11.5 31q8.5-11 17 0"/></symbol>"#,
);

const MARK: &str = r#"<rect width="36" height="36" rx="9" fill="currentColor"/><path class="line" d="M7 13Q18 31 29 13M7 10v6M29 10v6"/><circle class="dot" cx="21.5" cy="20.8" r="4.5"/>"#;

/// A sheet of paper that is not crossed with a dossier.
pub(super) const UNTIED: &str =
    r#"<path d="M8 5h13l7 7v6M8 5v26h9M21 5v7h7M12 17h8M12 22h5"/><path d="M22 23l8 8M30 23l-8 8"/>"#;
/// A clock.
pub(super) const CLOCK: &str = r#"<circle cx="18" cy="18" r="13"/><path d="M18 10v8l5 4"/>"#;
/// Several people.
pub(super) const PEOPLE: &str = r#"<circle cx="18" cy="11" r="5"/><path d="M8 30c0-7 4-11 10-11s10 4 10 11"/><circle cx="6.5" cy="15" r="3"/><circle cx="29.5" cy="15" r="3"/><path d="M2.5 27c0-3 1-5 3-6M33.5 27c0-3-1-5-3-6"/>"#;

/// The five faces, to be used by [`face`].
pub(super) fn symbols() -> impl IntoView {
    view! { <svg hidden=true aria-hidden="true" inner_html=FACES></svg> }
}

/// The face of a level, 1 to 5; never without its word.
pub(super) fn face(level: u8) -> impl IntoView {
    view! { <svg class="face" aria-hidden="true"><use_ href=format!("#f{level}")/></svg> }
}

/// The mark: a smile drawn as a confidence interval.
pub(super) fn mark() -> impl IntoView {
    view! { <svg viewBox="0 0 36 36" aria-hidden="true" inner_html=MARK></svg> }
}

/// A drawing beside a promise.
pub(super) fn drawing(paths: &'static str) -> impl IntoView {
    view! {
        <svg
            viewBox="0 0 36 36"
            aria-hidden="true"
            fill="none"
            stroke="currentColor"
            stroke-width="2.2"
            stroke-linecap="round"
            stroke-linejoin="round"
            inner_html=paths
        ></svg>
    }
}
