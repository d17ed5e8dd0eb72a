//! The list of accounts, and the invitations that nobody has answered.

use super::form::{AccountDone, UnitChoice, done, roles, units};
use crate::console::frame::{Area, Frame, Page, document, sample, section};
use crate::i18n::console::fill;
use crate::i18n::format::{count, date};
use crate::parts::address::Address;
use crate::parts::wording::{role as role_name, spoken};
use domain::language::Words;
use domain::scope::Role;
use leptos::prelude::*;
use time::Date;

/// The list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountsPage {
    /// The accounts that match, by name.
    pub accounts: Vec<AccountLine>,
    /// Accounts in use, and disabled, in all.
    pub all: (u64, u64),
    /// The invitations that match, by name.
    pub invitations: Vec<InvitationLine>,
    /// What the list was asked for.
    pub filter: AccountFilter,
    /// The units to choose from.
    pub units: Vec<UnitChoice>,
    /// Whether the reader may change anything.
    pub may_edit: bool,
    /// Artificial answers.
    pub demo: bool,
    /// What was just done.
    pub done: Option<AccountDone>,
}

/// What a list was asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AccountFilter {
    /// Part of the name.
    pub name: String,
    /// The role.
    pub role: Option<Role>,
    /// Code of the unit.
    pub unit: String,
    /// Disabled or not.
    pub disabled: Option<bool>,
}

/// One account in the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountLine {
    /// Name.
    pub name: String,
    /// Role.
    pub role: Role,
    /// Its unit; `None` for the province.
    pub unit: Option<Words>,
    /// Day of the last sign-in.
    pub signed_in: Option<Date>,
    /// May no longer sign in.
    pub disabled: bool,
}

/// One invitation in the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvitationLine {
    /// Name.
    pub name: String,
    /// Role.
    pub role: Role,
    /// Its unit; `None` for the province.
    pub unit: Option<Words>,
    /// Who issued it.
    pub by: String,
    /// Last day.
    pub until: Date,
}

/// The list as a document.
#[must_use]
pub fn render_accounts(page: &AccountsPage, frame: &Frame) -> String {
    document(frame, || {
        let text = &frame.text().account;
        let invite = frame.link("/admin/invitations");
        let invite = page.may_edit.then(|| {
            view! { <p><a class="button low" href=invite>{text.invite}</a></p> }
        });
        let main = view! {
            <div class="intro">
                <div class="head">
                    <h1>{text.accounts}</h1>
                    <p class="soft">{text.accounts_how} {sample(page.demo, frame.text())}</p>
                </div>
                {done(page.done, frame)}
                {lead(page, frame)}
                {invite}
                {filter(page, frame)}
                {list(page, frame)}
            </div>
            {pending(page, frame)}
        };
        let (title, area) = (text.accounts.to_owned(), Some(Area::Administration));
        Page { title, area, main: main.into_any(), foot: None }
    })
}

fn lead(page: &AccountsPage, frame: &Frame) -> AnyView {
    let (text, language) = (&frame.text().account, frame.language);
    let (on, off) = page.all;
    let on = fill(text.lead, &[("n", &count(on, language))]);
    let off = (off > 0).then(|| fill(text.lead_off, &[("n", &count(off, language))]));
    view! { <p class="lead"><b>{on}</b>{off}"."</p> }.into_any()
}

fn filter(page: &AccountsPage, frame: &Frame) -> AnyView {
    let text = &frame.text().account;
    let asked = &page.filter;
    let state = |value: &'static str, of: bool, words: &'static str| {
        view! { <option value=value selected=asked.disabled == Some(of)>{words}</option> }
    };
    let kept = frame.here.query.iter().filter(|(name, _)| name == "lang").cloned();
    let kept = kept.map(|(name, value)| view! { <input type="hidden" name=name value=value/> });
    view! {
        <form class="filter" method="get" action="/admin/accounts">
            {kept.collect_view()}
            <div class="field">
                <label for="q">{text.find_name}</label>
                <input id="q" name="q" value=asked.name.clone() autocapitalize="none" spellcheck="false"/>
            </div>
            <div class="field">
                <label for="role">{text.role}</label>
                <select id="role" name="role">{roles(asked.role, Some(text.any), frame)}</select>
            </div>
            <div class="field">
                <label for="unit">{text.unit_below}</label>
                <select id="unit" name="unit">{units(&page.units, &asked.unit, text.any, frame)}</select>
            </div>
            <div class="field">
                <label for="state">{text.state}</label>
                <select id="state" name="state">
                    <option value="">{text.any}</option>
                    {state("on", false, text.on)}
                    {state("off", true, text.off)}
                </select>
            </div>
            <button class="button low">{text.show}</button>
        </form>
    }
    .into_any()
}

/// The name of a unit, or that it is all of them.
pub(super) fn unit_words(unit: Option<&Words>, frame: &Frame) -> AnyView {
    match unit {
        Some(name) => spoken(name, frame.language),
        None => frame.text().account.province.into_any(),
    }
}

fn list(page: &AccountsPage, frame: &Frame) -> AnyView {
    let text = &frame.text().account;
    if page.accounts.is_empty() {
        return view! { <p>{text.none}</p> }.into_any();
    }
    let rows = page.accounts.iter().map(|line| row(line, frame)).collect_view();
    view! {
        <table>
            <caption class="unseen">{text.list}</caption>
            <thead>
                <tr>
                    <th scope="col">{text.account_head}</th>
                    <th scope="col">{text.unit}</th>
                    <th scope="col">{text.seen_head}</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
    .into_any()
}

fn row(line: &AccountLine, frame: &Frame) -> AnyView {
    let text = frame.text();
    let href = Address::new(format!("/admin/accounts/{}", line.name));
    let href = frame.here.carry(href.path, &["lang"]).to_string();
    let seen = match line.signed_in {
        Some(day) => view! { <span class="num">{date(day, frame.language)}</span> }.into_any(),
        None => view! { <span class="why">{text.account.never}</span> }.into_any(),
    };
    let off = line.disabled.then(|| view! { " " <span class="state off">{text.account.off}</span> });
    view! {
        <tr>
            <th scope="row">
                <a class="reach" href=href>{line.name.clone()}</a>
                {off}
                " "
                <span class="why under">{role_name(line.role, text)}</span>
            </th>
            <td>{unit_words(line.unit.as_ref(), frame)}</td>
            <td>{seen}</td>
        </tr>
    }
    .into_any()
}

fn pending(page: &AccountsPage, frame: &Frame) -> AnyView {
    let text = &frame.text().account;
    let body = if page.invitations.is_empty() {
        view! { <p>{text.pending_none}</p> }.into_any()
    } else {
        let rows = page.invitations.iter().map(|line| invitation_row(line, page.may_edit, frame));
        view! {
            <table>
                <caption class="unseen">{text.pending}</caption>
                <thead>
                    <tr>
                        <th scope="col">{text.account_head}</th>
                        <th scope="col">{text.unit}</th>
                        <th scope="col">{text.link_label}</th>
                    </tr>
                </thead>
                <tbody>{rows.collect_view()}</tbody>
            </table>
        }
        .into_any()
    };
    let how = view! { <p>{text.pending_how}</p> };
    section("pending", text.pending.into_any(), how.into_any(), body)
}

fn invitation_row(line: &InvitationLine, may_edit: bool, frame: &Frame) -> AnyView {
    let text = frame.text();
    let until = fill(text.account.until, &[("date", &date(line.until, frame.language))]);
    let by = fill(text.account.by, &[("name", &line.by)]);
    let revoke = may_edit.then(|| {
        let action = frame.link(&format!("/admin/invitations/{}", line.name));
        let label = fill(text.account.revoke_of, &[("name", &line.name)]);
        view! {
            <form method="post" action=action>
                {frame.csrf_field()}
                <button class="linklike" aria-label=label>{text.account.revoke}</button>
            </form>
        }
    });
    view! {
        <tr>
            <th scope="row">
                {line.name.clone()} " " <span class="why under">{role_name(line.role, text)}</span>
            </th>
            <td>{unit_words(line.unit.as_ref(), frame)}</td>
            <td>{until} " " <span class="why under">{by}</span> {revoke}</td>
        </tr>
    }
    .into_any()
}
