//! The first start: first the units of the province, then the first account. What was typed is kept,
//! and what is wrong is said at its field.

use super::admin::told;
use super::frame::{Frame, Page, document};
use crate::i18n::console::fill;
use crate::i18n::format::count;
use crate::parts::wording::spoken;
use domain::account::AccountFault;
use domain::language::Words;
use leptos::prelude::*;

/// The page of the first start.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Setup {
    /// Path that the form is sent to.
    pub path: String,
    /// What is asked for.
    pub step: SetupStep,
    /// What is wrong, in the order of the fields.
    pub problems: Vec<SetupProblem>,
}

/// What the page asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SetupStep {
    /// Where the units come from.
    Units(UnitsAsked),
    /// The first account.
    Account(AccountAsked),
}

/// Units: what was typed before.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct UnitsAsked {
    /// A file of the province's own was chosen, not the list that ships.
    pub own_file: bool,
    /// Code of the province in the file.
    pub province: String,
    /// Two letters.
    pub tag: String,
}

/// The account: what was typed before, and the province it will belong to.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct AccountAsked {
    /// The name that was typed.
    pub name: String,
    /// The province.
    pub province: Words,
    /// How many units it has.
    pub units: u64,
}

/// Something to correct.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SetupProblem {
    /// No file came.
    NoFile,
    /// The file is larger than so many megabytes.
    FileTooLarge(u64),
    /// What is wrong in the file, in the reader's words.
    File(Vec<String>),
    /// The file holds no province at all.
    NoProvinceLine,
    /// No province of the file has this code.
    Province(String),
    /// The file holds so many provinces.
    Provinces(usize),
    /// Not two letters.
    Tag,
    /// What is wrong with the name or the password.
    Account(AccountFault),
}

impl SetupProblem {
    /// The id of its field.
    const fn field(&self) -> &'static str {
        match self {
            Self::NoFile | Self::FileTooLarge(_) | Self::File(_) | Self::NoProvinceLine => "file",
            Self::Province(_) | Self::Provinces(_) => "province",
            Self::Tag => "tag",
            Self::Account(AccountFault::Name | AccountFault::Taken) => "name",
            Self::Account(AccountFault::PasswordsDiffer) => "again",
            Self::Account(_) => "password",
        }
    }

    fn says(&self, frame: &Frame) -> String {
        let text = &frame.text().setup;
        let number = |phrase, n: u64| fill(phrase, &[("n", &count(n, frame.language))]);
        match self {
            Self::NoFile => text.no_file.to_owned(),
            Self::FileTooLarge(megabytes) => number(text.too_large, *megabytes),
            Self::File(_) => text.file_faults.to_owned(),
            Self::NoProvinceLine => text.no_province_line.to_owned(),
            Self::Province(code) => fill(text.no_province, &[("code", code)]),
            Self::Provinces(many) => number(text.many_provinces, *many as u64),
            Self::Tag => text.no_tag.to_owned(),
            Self::Account(fault) => told(*fault, frame.text()).to_owned(),
        }
    }
}

/// The page of the first start as a document.
#[must_use]
pub fn render_setup(page: &Setup, frame: &Frame) -> String {
    document(frame, || {
        let text = frame.text();
        let (number, heading, why) = match &page.step {
            SetupStep::Units(_) => ("1", text.setup.units, text.setup.units_why),
            SetupStep::Account(_) => ("2", text.setup.account, text.setup.account_why),
        };
        let title = if page.problems.is_empty() {
            text.setup.title.to_owned()
        } else {
            fill(text.door.error_title, &[("title", text.setup.title)])
        };
        let form = match &page.step {
            SetupStep::Units(asked) => units(page, asked, frame),
            SetupStep::Account(asked) => account(page, asked, frame),
        };
        let main = view! {
            <div class="setup">
                <div class="head">
                    <p class="soft">{text.setup.title} " · " {fill(text.setup.step, &[("n", number)])}</p>
                    <h1>{heading}</h1>
                    <p class="soft">{why}</p>
                </div>
                {summary(page, frame)}
                {form}
            </div>
        };
        Page { title, area: None, main: main.into_any(), foot: Some(text.setup.once.into_any()) }
    })
}

/// What is said where a link is used or over.
#[must_use]
pub fn render_setup_over(frame: &Frame) -> String {
    document(frame, || {
        let text = frame.text();
        let main = view! {
            <div class="intro">
                <div class="head"><h1>{text.setup.over}</h1></div>
                <div class="notice">
                    <p>{text.setup.over_why}</p>
                    <p>{text.setup.over_do}</p>
                    <p class="row"><a class="button low" href=frame.link("/sign-in")>{text.door.sign_in}</a></p>
                </div>
            </div>
        };
        Page { title: text.setup.over.to_owned(), area: None, main: main.into_any(), foot: None }
    })
}

/// The errors once more above the form, each leading to its field.
fn summary(page: &Setup, frame: &Frame) -> Option<AnyView> {
    if page.problems.is_empty() {
        return None;
    }
    let lines = page.problems.iter().map(|problem| {
        view! { <li><a href=format!("#{}", problem.field())>{problem.says(frame)}</a></li> }
    });
    let lines = lines.collect_view();
    let title = frame.text().setup.errors_title;
    Some(view! { <div class="errors" role="alert"><h2>{title}</h2><ul>{lines}</ul></div> }.into_any())
}

/// A field with its hint and what is wrong with it; the attributes tell both to who hears the page.
struct Asked<'a> {
    id: &'static str,
    label: &'static str,
    hint: &'static str,
    kind: &'static str,
    value: Option<&'a str>,
    autocomplete: &'static str,
    accept: Option<&'static str>,
}

impl Asked<'_> {
    fn draw(self, page: &Setup, frame: &Frame) -> AnyView {
        let problem = page.problems.iter().find(|problem| problem.field() == self.id);
        let (wrong, hint) = (format!("{}-wrong", self.id), format!("{}-hint", self.id));
        let described = [problem.map(|_| wrong.clone()), (!self.hint.is_empty()).then(|| hint.clone())];
        let described = described.into_iter().flatten().collect::<Vec<_>>().join(" ");
        let wrong = problem.map(|problem| says(problem, wrong, frame));
        let is_wrong = wrong.is_some().then_some("true");
        let hint = (!self.hint.is_empty()).then(|| view! { <p class="hint" id=hint>{self.hint}</p> });
        let class = if wrong.is_some() { "field wrong" } else { "field" };
        let described = (!described.is_empty()).then_some(described);
        view! {
            <div class=class>
                <label for=self.id>{self.label}</label>
                {hint}
                {wrong}
                <input id=self.id name=self.id type=self.kind value=self.value.map(str::to_owned)
                    autocomplete=self.autocomplete autocapitalize="none" spellcheck="false" accept=self.accept
                    aria-invalid=is_wrong aria-describedby=described/>
            </div>
        }
        .into_any()
    }
}

fn says(problem: &SetupProblem, id: String, frame: &Frame) -> AnyView {
    let text = &frame.text().setup;
    let SetupProblem::File(faults) = problem else {
        return view! { <p class="error" id=id>{problem.says(frame)}</p> }.into_any();
    };
    let lines = faults.iter().map(|fault| view! { <li>{fault.clone()}</li> }).collect_view();
    view! {
        <div class="error" id=id>
            <p>{problem.says(frame)}</p>
            <ul>{lines}</ul>
            <p>{text.choose_again}</p>
        </div>
    }
    .into_any()
}

fn choice(value: &'static str, label: &'static str, hint: &'static str, chosen: bool) -> AnyView {
    view! {
        <label class="source">
            <input type="radio" name="source" value=value checked=chosen/>
            <span><b>{label}</b><br/><span class="hint">{hint}</span></span>
        </label>
    }
    .into_any()
}

fn units(page: &Setup, asked: &UnitsAsked, frame: &Frame) -> AnyView {
    let text = &frame.text().setup;
    let field = |id, label, hint, kind, value| Asked {
        id,
        label,
        hint,
        kind,
        value,
        autocomplete: "off",
        accept: None,
    };
    let file = Asked { accept: Some(".csv,text/csv"), ..field("file", text.file_field, "", "file", None) };
    let province =
        field("province", text.province, text.province_hint, "text", Some(asked.province.as_str()));
    let tag = field("tag", text.tag, text.tag_hint, "text", Some(asked.tag.as_str()));
    view! {
        <form class="flow" method="post" enctype="multipart/form-data" action=frame.link(&page.path)>
            <fieldset class="flow">
                <legend>{text.source}</legend>
                {choice("shipped", text.shipped, text.shipped_hint, !asked.own_file)}
                {choice("file", text.file, text.file_hint, asked.own_file)}
                <div class="only-file flow">
                    {file.draw(page, frame)} {tag.draw(page, frame)} {province.draw(page, frame)}
                </div>
            </fieldset>
            <button class="button">{text.units_button}</button>
        </form>
    }
    .into_any()
}

fn account(page: &Setup, asked: &AccountAsked, frame: &Frame) -> AnyView {
    let text = &frame.text().setup;
    let field = |id, label, hint, kind, value, autocomplete| Asked {
        id,
        label,
        hint,
        kind,
        value,
        autocomplete,
        accept: None,
    };
    let name = field("name", text.name, text.name_hint, "text", Some(asked.name.as_str()), "username");
    let password = field("password", text.password, text.password_hint, "password", None, "new-password");
    let again = field("again", text.again, "", "password", None, "new-password");
    let units = count(asked.units, frame.language);
    let (before, after) = text.province_there.split_once("{province}").unwrap_or_default();
    view! {
        <p class="notice ok">{before} {spoken(&asked.province, frame.language)} {fill(after, &[("n", &units)])}</p>
        <form class="flow" method="post" action=frame.link(&page.path)>
            {name.draw(page, frame)} {password.draw(page, frame)} {again.draw(page, frame)}
            <button class="button">{text.account_button}</button>
        </form>
    }
    .into_any()
}
