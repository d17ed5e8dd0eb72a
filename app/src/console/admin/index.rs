//! The page that leads to what the province looks after.

use crate::console::frame::{Area, Frame, Page, document, sample};
use leptos::prelude::*;

domain::survey::words! {
    /// A page of the administrator.
    AdminPlace, "page" {
        /// The surveys and their posters.
        Surveys = "surveys",
        /// The accounts.
        Accounts = "accounts",
        /// Closed dossiers.
        Volumes = "volumes",
        /// One-time codes.
        Codes = "codes",
        /// Keys of other systems.
        Keys = "keys",
        /// Tablets at counters.
        Devices = "devices",
        /// Forms on paper.
        Paper = "paper",
        /// Lists to call, and helpers.
        Calls = "calls",
        /// The audit log.
        Audit = "audit",
    }
}

/// Where an account may go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AdminPage {
    /// The pages, in order.
    pub places: Vec<AdminPlace>,
    /// Artificial answers.
    pub demo: bool,
}

/// The page as a document.
#[must_use]
pub fn render_admin(page: &AdminPage, frame: &Frame) -> String {
    document(frame, || {
        let text = frame.text();
        let entries = page.places.iter().map(|place| entry(*place, frame)).collect_view();
        let main = view! {
            <div class="intro">
                <div class="head">
                    <h1>{text.account.admin}</h1>
                    <p class="soft">{text.account.admin_how} {sample(page.demo, text)}</p>
                </div>
                <ul class="points doors">{entries}</ul>
            </div>
        };
        let (title, area) = (text.account.admin.to_owned(), Some(Area::Administration));
        Page { title, area, main: main.into_any(), foot: None }
    })
}

fn entry(place: AdminPlace, frame: &Frame) -> AnyView {
    let text = frame.text();
    let (name, what) = match place {
        AdminPlace::Surveys => (text.office.surveys, text.door.home_surveys),
        AdminPlace::Accounts => (text.account.accounts, text.account.admin_accounts),
        AdminPlace::Volumes => (text.volume.volumes, text.account.admin_volumes),
        AdminPlace::Codes => (text.code.codes, text.code.admin),
        AdminPlace::Keys => (text.key.keys, text.key.admin),
        AdminPlace::Devices => (text.device.title, text.device.admin),
        AdminPlace::Calls => (text.assist.lists, text.assist.admin),
        AdminPlace::Paper => (text.paper.batches, text.paper.admin),
        AdminPlace::Audit => (text.audit.audit, text.account.admin_audit),
    };
    let href = frame.link(&format!("/admin/{}", place.code()));
    view! { <li><b><a href=href>{name}</a></b> {what}</li> }.into_any()
}
