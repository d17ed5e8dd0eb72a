//! The mark: a smile drawn as a confidence interval, with a dot that is not in the middle.

use leptos::prelude::*;

/// The mark as a picture without words.
pub(crate) fn mark() -> AnyView {
    view! {
        <svg viewBox="0 0 36 36" aria-hidden="true">
            <rect width="36" height="36" rx="9" fill="currentColor"></rect>
            <path class="line" d="M7 13Q18 31 29 13M7 10v6M29 10v6"></path>
            <circle class="dot" cx="21.5" cy="20.8" r="4.5"></circle>
        </svg>
    }
    .into_any()
}
