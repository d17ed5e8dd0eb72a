//! The form that opens a survey.

use super::asking::{Asked, mistakes};
use crate::console::frame::{Area, Frame, Page, document, sample};
use crate::i18n::console::{ConsoleText, fill};
use crate::i18n::format::{count, month};
use crate::parts::wording::{definition, kind, spoken};
use domain::language::Words;
use domain::new_survey::{SurveyDraft, SurveyFault, SurveyField};
use domain::report::UnitName;
use domain::survey::Variant;
use domain::unit::UnitKind;
use leptos::prelude::*;

/// A published question set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InstrumentChoice {
    /// Its code.
    pub code: String,
    /// Its version.
    pub version: u32,
    /// Its title.
    pub title: Words,
}

/// The form, with what was typed before and what was wrong with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SurveyForm {
    /// What was typed.
    pub draft: SurveyDraft,
    /// What is wrong with it.
    pub faults: Vec<SurveyFault>,
    /// The question sets, newest version first.
    pub instruments: Vec<InstrumentChoice>,
    /// Codes of index definitions.
    pub definitions: Vec<String>,
    /// Units that can be chosen, in official order.
    pub units: Vec<UnitName>,
    /// Artificial answers.
    pub demo: bool,
}

/// The form as a document.
#[must_use]
pub fn render_survey_form(form: &SurveyForm, frame: &Frame) -> String {
    document(frame, || {
        let text = &frame.text().desk;
        let faults: Vec<(&'static str, String)> =
            form.faults.iter().map(|fault| (anchor(fault.field()), told(fault, frame))).collect();
        let heading = fill(text.errors, &[("n", &faults.len().to_string())]);
        let title = if faults.is_empty() {
            text.new.to_owned()
        } else {
            fill(frame.text().door.error_title, &[("title", text.new)])
        };
        let main = view! {
            <div class="intro">
                <div class="head">
                    <h1>{text.new}</h1>
                    <p class="soft">{text.new_lead} {sample(form.demo, frame.text())}</p>
                </div>
                <div class="asking">{mistakes(heading, &faults)} {fields(form, frame)}</div>
            </div>
        };
        Page { title, area: Some(Area::Surveys), main: main.into_any(), foot: None }
    })
}

/// The radio buttons have no element of the field's own name.
fn anchor(field: SurveyField) -> &'static str {
    if field == SurveyField::Units { "units-all" } else { field.code() }
}

fn fields(form: &SurveyForm, frame: &Frame) -> AnyView {
    let text = &frame.text().desk;
    let draft = &form.draft;
    let asked = |field: SurveyField, label, hint| {
        let wrong = form.faults.iter().find(|fault| fault.field() == field);
        Asked { name: field.code(), label, hint, mistake: wrong.map(|fault| told(fault, frame)) }
    };
    let variants = Variant::ALL.iter().map(|v| (v.code().to_owned(), variant(*v, frame.text()).to_owned()));
    view! {
        <form class="flow" method="post" action=frame.link("/admin/surveys/new") novalidate="">
            {frame.csrf_field()}
            {asked(SurveyField::Code, text.code, Some(text.code_hint)).line(&draft.code, "text")}
            {asked(SurveyField::Name, text.name, Some(text.name_hint)).line(&draft.name, "text")}
            {asked(SurveyField::Instrument, text.instrument, None)
                .list(instruments(form, frame), &draft.instrument)}
            {asked(SurveyField::Variant, text.variant, None).list(variants.collect(), &draft.variant)}
            <div class="twins">
                {asked(SurveyField::From, text.from, Some(text.month_hint)).line(&draft.from, "month")}
                {asked(SurveyField::To, text.to, Some(text.month_hint)).line(&draft.to, "month")}
            </div>
            {units(form, frame)}
            {asked(SurveyField::K, text.k, Some(text.k_hint)).line(&draft.k, "number")}
            {asked(SurveyField::Definition, text.definition, None)
                .list(definitions(form, frame), &draft.definition)}
            <p class="row">
                <button class="button" name="go" value="preview">{text.look}</button>
                <a class="button plain" href=frame.link("/admin/surveys")>{text.cancel}</a>
            </p>
        </form>
    }
    .into_any()
}

fn instruments(form: &SurveyForm, frame: &Frame) -> Vec<(String, String)> {
    let choice = |one: &InstrumentChoice| {
        let version = one.version.to_string();
        let values = [("title", one.title.text(frame.language)), ("version", &version)];
        (format!("{}@{}", one.code, one.version), fill(frame.text().desk.instrument_choice, &values))
    };
    form.instruments.iter().map(choice).collect()
}

fn definitions(form: &SurveyForm, frame: &Frame) -> Vec<(String, String)> {
    let own = (String::new(), frame.text().desk.definition_own.to_owned());
    let named = form.definitions.iter().map(|code| (code.clone(), definition(code, frame.text()).to_owned()));
    std::iter::once(own).chain(named).collect()
}

/// The name of a form.
pub(super) const fn variant(of: Variant, text: &ConsoleText) -> &'static str {
    match of {
        Variant::Full => text.desk.variant_full,
        Variant::Short => text.desk.variant_short,
        Variant::Kiosk => text.desk.variant_kiosk,
    }
}

fn units(form: &SurveyForm, frame: &Frame) -> AnyView {
    let text = &frame.text().desk;
    let wrong = form.faults.iter().filter(|fault| fault.field() == SurveyField::Units);
    let says: Vec<String> = wrong.map(|fault| told(fault, frame)).collect();
    let mistake =
        (!says.is_empty()).then(|| view! { <p class="mistake" id="units-mistake">{says.join(" ")}</p> });
    let described = mistake.is_some().then_some("units-mistake");
    let choices = [
        ("all", text.units_all),
        ("commune", text.units_communes),
        ("department", text.units_departments),
        ("chosen", text.units_chosen),
    ];
    let radios = choices.map(|(value, words)| {
        let id = format!("units-{value}");
        let chosen = form.draft.units == value;
        view! {
            <li>
                <input type="radio" id=id.clone() name="units" value=value checked=chosen/>
                <label for=id>{words}</label>
            </li>
        }
    });
    let kinds = [UnitKind::Commune, UnitKind::Department];
    view! {
        <fieldset class="choosing" aria-describedby=described>
            <legend>{text.units}</legend>
            {mistake}
            <ul class="ticks">{radios.into_iter().collect_view()}</ul>
            {kinds.into_iter().map(|of| boxes(form, of, frame)).collect_view()}
        </fieldset>
    }
    .into_any()
}

fn boxes(form: &SurveyForm, of: UnitKind, frame: &Frame) -> Option<AnyView> {
    let text = frame.text();
    let here: Vec<&UnitName> = form.units.iter().filter(|unit| unit.kind == of).collect();
    if here.is_empty() {
        return None;
    }
    let n = count(here.len() as u64, frame.language);
    let name = crate::i18n::format::capitalize(kind(of, text));
    let summary = fill(text.desk.units_list, &[("kind", &name), ("n", &n)]);
    let is_open = form.draft.units == "chosen";
    let boxes = here.into_iter().map(|unit| {
        let id = format!("unit-{}", unit.code);
        let chosen = form.draft.chosen.contains(&unit.code);
        view! {
            <li>
                <input type="checkbox" id=id.clone() name="unit" value=unit.code.clone() checked=chosen/>
                <label for=id>{spoken(&unit.name, frame.language)}</label>
            </li>
        }
    });
    Some(
        view! {
            <details open=is_open>
                <summary>{summary}</summary>
                <ul class="ticks ticks-many">{boxes.collect_view()}</ul>
            </details>
        }
        .into_any(),
    )
}

/// What is wrong, in the reader's words.
pub(super) fn told(fault: &SurveyFault, frame: &Frame) -> String {
    let text = &frame.text().desk;
    let of_month = |phrase: &str, typed: &str| {
        if typed.trim().is_empty() { text.e_empty_month.to_owned() } else { fill(phrase, &[("text", typed)]) }
    };
    match fault {
        SurveyFault::Code => text.e_code.to_owned(),
        SurveyFault::CodeTaken(code) => fill(text.e_code_taken, &[("code", code)]),
        SurveyFault::Name => text.e_name.to_owned(),
        SurveyFault::Instrument(name) => fill(text.e_instrument, &[("name", name)]),
        SurveyFault::TooLarge(name) => fill(text.e_too_large, &[("name", name)]),
        SurveyFault::Variant { .. } => text.e_variant.to_owned(),
        SurveyFault::From(typed) => of_month(text.e_from, typed),
        SurveyFault::To(typed) => of_month(text.e_to, typed),
        SurveyFault::Reversed { from, to } => {
            let (from, to) = (month(*from, frame.language), month(*to, frame.language));
            fill(text.e_reversed, &[("from", &from), ("to", &to)])
        }
        SurveyFault::Over(to) => {
            crate::i18n::format::capitalize(&fill(text.e_over, &[("to", &month(*to, frame.language))]))
        }
        SurveyFault::BackData { from, to, .. } => {
            fill(text.e_back_data, &[("from", &from.to_string()), ("to", &to.to_string())])
        }
        SurveyFault::Unit(says) => fill(text.e_unit, &[("text", says)]),
        SurveyFault::NoUnit => text.e_no_unit.to_owned(),
        SurveyFault::NoFields(names) => fill(text.e_no_fields, &[("names", &names.join("; "))]),
        SurveyFault::K(_) => text.e_k.to_owned(),
        SurveyFault::Definition(name) => fill(text.e_definition, &[("name", name)]),
    }
}
