//! After sending: when it counts, where to complain, and what to do on a shared phone.

use super::face;
use super::shell::{self, Frame};
use leptos::prelude::*;

/// The thank-you page.
#[derive(Debug, Clone)]
pub struct ThanksPage {
    /// What stands around the page.
    pub frame: Frame,
    /// The least number of forms that are counted together.
    pub k: u32,
    /// URL of the public results, once there are any.
    pub results: Option<String>,
    /// URL of the official complaint channel.
    pub complaint: Option<String>,
    /// URL of the start page, for the next person.
    pub again: String,
}

/// Draws the thank-you page.
#[must_use]
pub fn render_thanks(page: &ThanksPage) -> String {
    let text = &page.frame.text().thanks;
    shell::render(&page.frame, text.window, "wrap thanks", || {
        let results = page.results.clone().map(|href| view! { <p><a href=href>{text.results}</a></p> });
        view! {
            {face::face(4)}
            <h1>{text.title}</h1>
            <p class="ask">{text.close}</p>
            <section class="question flow">
                <h2>{text.when}</h2>
                <p>{(text.when_counted)(page.k)}</p>
                <p>{text.only_together}</p>
                {results}
            </section>
            {complaint(page)}
            <section class="question flow">
                <h2>{text.shared}</h2>
                <p><a class="button plain" href=page.again.clone()>{text.again}</a></p>
            </section>
        }
    })
}

/// A survey is no complaint, so the way to one is shown right here.
fn complaint(page: &ThanksPage) -> impl IntoView + use<> {
    let text = &page.frame.text().thanks;
    let way = match page.complaint.clone() {
        Some(href) => view! {
            <p><a class="button plain" href=href rel="noreferrer">{text.complaint_button}</a></p>
            <p class="later">{text.complaint_where}</p>
        }
        .into_any(),
        None => view! { <p>{text.complaint_elsewhere}</p> }.into_any(),
    };
    view! {
        <section class="question flow">
            <h2>{text.complaint}</h2>
            <p>{text.no_complaint}</p>
            {way}
        </section>
    }
}
