//! Inviting somebody, and the link that is shown once.

use super::form::{Field, UnitChoice, roles, summary, units};
use crate::console::frame::{Area, Frame, Page, document, section};
use crate::i18n::console::fill;
use crate::i18n::format::date;
use crate::parts::wording::role as role_name;
use domain::account::AccountFault;
use domain::scope::Role;
use leptos::prelude::*;
use time::Date;

/// The form.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct InvitePage {
    /// The name as it was typed.
    pub name: String,
    /// The role that was chosen.
    pub role: Option<Role>,
    /// The unit that was chosen.
    pub unit: String,
    /// The units to choose from.
    pub units: Vec<UnitChoice>,
    /// What is wrong.
    pub fault: Option<AccountFault>,
}

/// A link, once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LinkPage {
    /// Whose.
    pub name: String,
    /// The whole address.
    pub link: String,
    /// Last day.
    pub until: Date,
}

/// The form as a document.
#[must_use]
pub fn render_invite(page: &InvitePage, frame: &Frame) -> String {
    document(frame, || {
        let text = &frame.text().account;
        let main = view! {
            <div class="intro">
                <div class="head">
                    <h1>{text.invite}</h1>
                    <p class="soft">{text.invite_how}</p>
                </div>
                {summary(page.fault, frame)}
                {form(page, frame)}
            </div>
            {about(frame)}
        };
        let error = &frame.text().door.error_title;
        let title = match page.fault {
            Some(_) => fill(error, &[("title", text.invite)]),
            None => text.invite.to_owned(),
        };
        Page { title, area: Some(Area::Administration), main: main.into_any(), foot: None }
    })
}

fn form(page: &InvitePage, frame: &Frame) -> AnyView {
    let text = &frame.text().account;
    let field = |id, label, hint| Field { id, label, hint, fault: page.fault };
    let role = field("role", text.role, None).select(roles(page.role, Some(text.role_choose), frame), frame);
    let choices = units(&page.units, &page.unit, text.province, frame);
    view! {
        <form class="flow narrow" method="post" action=frame.link("/admin/invitations")>
            {frame.csrf_field()}
            {field("name", text.name, Some(text.name_hint)).text(&page.name, frame)}
            {role}
            {field("unit", text.unit, Some(text.unit_hint)).select(choices, frame)}
            <button class="button">{text.make_link}</button>
        </form>
    }
    .into_any()
}

fn about(frame: &Frame) -> AnyView {
    let text = frame.text();
    let roles = Role::ALL.iter().map(|role| {
        let says = match role {
            Role::ProvinceAdmin => text.account.about_admin,
            Role::ProvinceAnalyst => text.account.about_analyst,
            Role::AgencyHead => text.account.about_head,
            Role::AgencyOfficer => text.account.about_officer,
            Role::Interviewer => text.account.about_interviewer,
            Role::Auditor => text.account.about_auditor,
        };
        view! { <dt>{role_name(*role, text)}</dt> <dd>{says}</dd> }
    });
    let body = view! { <dl class="terms">{roles.collect_view()}</dl> };
    section("roles", text.account.roles.into_any(), ().into_any(), body.into_any())
}

/// The link as a document.
#[must_use]
pub fn render_link(page: &LinkPage, frame: &Frame) -> String {
    document(frame, || {
        let text = &frame.text().account;
        let heading = fill(text.link_title, &[("name", &page.name)]);
        let until = date(page.until, frame.language);
        let what_now = fill(text.link_do, &[("name", &page.name), ("date", &until)]);
        let main = view! {
            <div class="intro">
                <div class="head"><h1>{heading.clone()}</h1></div>
                <div class="notice ok" role="status"><p><b>{text.link_once}</b> " " {what_now}</p></div>
                <div class="field">
                    <label for="link">{text.link_label}</label>
                    <textarea id="link" class="formula" rows="3" readonly spellcheck="false">{page.link.clone()}</textarea>
                </div>
                <p class="soft">{text.link_lost}</p>
                <p><a href=frame.link("/admin/accounts")>{text.back}</a></p>
            </div>
        };
        Page { title: heading, area: Some(Area::Administration), main: main.into_any(), foot: None }
    })
}
