//! What the forms of these pages are made of: fields with their errors, the choice of a role and of a
//! unit, what was done.

use crate::console::frame::Frame;
use crate::i18n::console::ConsoleText;
use crate::parts::wording::{kind, role as role_name};
use domain::account::AccountFault;
use domain::language::Words;
use domain::scope::Role;
use domain::unit::UnitKind;
use leptos::prelude::*;

/// A unit that can be chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitChoice {
    /// Code.
    pub code: String,
    /// Name.
    pub name: Words,
    /// Kind, for the groups of the list.
    pub kind: UnitKind,
}

domain::survey::words! {
    /// What was done; it stands in the address after a form was sent.
    AccountDone, "deed" {
        /// Role and unit were changed.
        Changed = "changed",
        /// The account was disabled.
        Disabled = "disabled",
        /// The account was enabled.
        Enabled = "enabled",
        /// Sessions were ended.
        Sessions = "sessions",
        /// An invitation was revoked.
        Revoked = "revoked",
        /// The password was changed.
        Password = "password",
    }
}

/// The notice that something was done.
pub(super) fn done(deed: Option<AccountDone>, frame: &Frame) -> Option<AnyView> {
    let text = &frame.text().account;
    let says = match deed? {
        AccountDone::Changed => text.done_changed,
        AccountDone::Disabled => text.done_disabled,
        AccountDone::Enabled => text.done_enabled,
        AccountDone::Sessions => text.done_sessions,
        AccountDone::Revoked => text.done_revoked,
        AccountDone::Password => text.done_password,
    };
    Some(view! { <div class="notice ok" role="status"><p><b>{says}</b></p></div> }.into_any())
}

/// Which field a fault is about.
pub(super) const fn field_of(fault: AccountFault) -> &'static str {
    match fault {
        AccountFault::Name | AccountFault::Taken => "name",
        AccountFault::Role => "role",
        AccountFault::UnitTooMuch | AccountFault::UnitMissing | AccountFault::UnitUnknown => "unit",
        AccountFault::PasswordLength | AccountFault::PasswordCommon | AccountFault::PasswordName => "new",
        AccountFault::PasswordsDiffer => "again",
        AccountFault::PasswordWrong => "present",
        AccountFault::LastAdmin | AccountFault::Disabled | AccountFault::Link => "access",
    }
}

/// A fault in the reader's words.
pub(in crate::console) const fn told(fault: AccountFault, text: &ConsoleText) -> &'static str {
    let text = &text.account;
    match fault {
        AccountFault::Name => text.fault_name,
        AccountFault::Taken => text.fault_taken,
        AccountFault::Role => text.fault_role,
        AccountFault::UnitTooMuch => text.fault_unit_too_much,
        AccountFault::UnitMissing => text.fault_unit_missing,
        AccountFault::UnitUnknown => text.fault_unit_unknown,
        AccountFault::LastAdmin => text.fault_last_admin,
        AccountFault::Disabled => text.fault_disabled,
        AccountFault::PasswordLength => text.fault_length,
        AccountFault::PasswordCommon => text.fault_common,
        AccountFault::PasswordName => text.fault_password_name,
        AccountFault::PasswordsDiffer => text.fault_differ,
        AccountFault::PasswordWrong => text.fault_wrong,
        AccountFault::Link => text.dead,
    }
}

/// The summary above a form: what is wrong, and a link to where.
pub(super) fn summary(fault: Option<AccountFault>, frame: &Frame) -> Option<AnyView> {
    let fault = fault?;
    let text = frame.text();
    let target = format!("#{}", field_of(fault));
    Some(
        view! {
            <div class="errors" role="alert" tabindex="-1">
                <h2>{text.account.errors}</h2>
                <ul><li><a href=target>{told(fault, text)}</a></li></ul>
            </div>
        }
        .into_any(),
    )
}

/// A field: label, hint, the same words as in the summary where something is wrong with it, input.
pub(super) struct Field {
    /// Name of the field and id of the input.
    pub id: &'static str,
    /// Label.
    pub label: &'static str,
    /// Hint.
    pub hint: Option<&'static str>,
    /// What is wrong with the form.
    pub fault: Option<AccountFault>,
}

impl Field {
    fn fault(&self) -> Option<AccountFault> {
        self.fault.filter(|fault| field_of(*fault) == self.id)
    }

    fn described(&self) -> Option<String> {
        let hint = self.hint.map(|_| format!("{}-hint", self.id));
        let fault = self.fault().map(|_| format!("{}-fault", self.id));
        let ids: Vec<String> = hint.into_iter().chain(fault).collect();
        (!ids.is_empty()).then(|| ids.join(" "))
    }

    fn around(self, input: AnyView, frame: &Frame) -> AnyView {
        let hint = self.hint.map(|hint| {
            let id = format!("{}-hint", self.id);
            view! { <p class="hint" id=id>{hint}</p> }
        });
        let fault = self.fault().map(|fault| {
            let id = format!("{}-fault", self.id);
            view! { <p class="wrong" id=id>{told(fault, frame.text())}</p> }
        });
        view! { <div class="field"><label for=self.id>{self.label}</label>{hint}{fault}{input}</div> }
            .into_any()
    }

    /// A line of text.
    pub(super) fn text(self, value: &str, frame: &Frame) -> AnyView {
        let wrong = self.fault().map(|_| "true");
        let input = view! {
            <input id=self.id name=self.id value=value.to_owned() autocomplete="off" autocapitalize="none"
                spellcheck="false" aria-invalid=wrong aria-describedby=self.described()/>
        };
        self.around(input.into_any(), frame)
    }

    /// A password; `kind` is what the browser is told it is.
    pub(super) fn password(self, kind: &'static str, frame: &Frame) -> AnyView {
        let wrong = self.fault().map(|_| "true");
        let input = view! {
            <input id=self.id name=self.id type="password" autocomplete=kind
                aria-invalid=wrong aria-describedby=self.described()/>
        };
        self.around(input.into_any(), frame)
    }

    /// One of several.
    pub(super) fn select(self, options: AnyView, frame: &Frame) -> AnyView {
        let wrong = self.fault().map(|_| "true");
        let input = view! {
            <select id=self.id name=self.id aria-invalid=wrong aria-describedby=self.described()>{options}</select>
        };
        self.around(input.into_any(), frame)
    }
}

/// The roles as options; `any` is offered first where there is such a choice.
pub(super) fn roles(chosen: Option<Role>, any: Option<&'static str>, frame: &Frame) -> AnyView {
    let first = any.map(|any| view! { <option value="">{any}</option> });
    let options = Role::ALL.iter().map(|role| {
        view! { <option value=role.code() selected=chosen == Some(*role)>{role_name(*role, frame.text())}</option> }
    });
    view! { {first} {options.collect_view()} }.into_any()
}

/// The units as options, in groups; the empty one means `none`.
pub(in crate::console) fn units(
    choices: &[UnitChoice],
    chosen: &str,
    none: &'static str,
    frame: &Frame,
) -> AnyView {
    let text = frame.text();
    let groups = UnitKind::ALL.iter().filter(|of| choices.iter().any(|choice| choice.kind == **of));
    let groups = groups.map(|of| {
        let options = choices.iter().filter(|choice| choice.kind == *of).map(|choice| {
            let name = choice.name.text(frame.language).to_owned();
            view! { <option value=choice.code.clone() selected=choice.code == chosen>{name}</option> }
        });
        view! { <optgroup label=kind(*of, text)>{options.collect_view()}</optgroup> }
    });
    view! { <option value="">{none}</option> {groups.collect_view()} }.into_any()
}
