//! How answers are kept, in short: what is not stored, what is, and what cannot be promised.

use super::shell::{self, Frame};
use leptos::prelude::*;

/// The page about privacy.
#[derive(Debug, Clone)]
pub struct PrivacyPage {
    /// What stands around the page.
    pub frame: Frame,
    /// The least number of forms that are counted together.
    pub k: u32,
    /// URL of the method page, once it is public.
    pub method: Option<String>,
    /// URL of the form from which somebody came.
    pub form: Option<String>,
}

/// Draws the page about privacy.
#[must_use]
pub fn render_privacy(page: &PrivacyPage) -> String {
    let text = &page.frame.text().privacy;
    shell::render(&page.frame, text.title, "wrap", || {
        let parts = (text.parts)(page.k).into_iter().map(|(heading, sentences)| {
            let sentences = sentences.into_iter().map(|sentence| view! { <p>{sentence}</p> }).collect_view();
            view! { <section class="question flow"><h2>{heading}</h2>{sentences}</section> }
        });
        let form = page.form.clone();
        let method = page.method.clone();
        view! {
            <h1>{text.title}</h1>
            <p class="ask">{text.lead}</p>
            {parts.collect_view()}
            {method.map(|href| view! { <p class="later"><a href=href>{text.method}</a></p> })}
            {form.map(|href| {
                view! { <p class="go"><a class="button plain" href=href>{text.to_form}</a></p> }
            })}
        }
    })
}
