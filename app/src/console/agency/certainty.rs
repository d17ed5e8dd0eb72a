//! How sure is this figure? The caveats in words, and how it was computed.

use super::nodes::whole;
use crate::console::frame::{Frame, section};
use crate::i18n::console::{ConsoleText, fill};
use crate::i18n::format::{decimal, number};
use domain::language::Language;
use domain::reading::{Caveat, Reading};
use domain::report::AgencyReport;
use leptos::prelude::*;

/// How sure is this figure?
pub(super) fn certainty(report: &AgencyReport, frame: &Frame) -> AnyView {
    let text = frame.text();
    let caveats = whole(report).and_then(Reading::figure).map(|figure| figure.caveats.as_slice());
    let caveats = caveats.map(|caveats| {
        view! {
            <details open><summary>{text.agency.caveats}</summary>{said(caveats, frame.language)}</details>
        }
    });
    let body = view! {
        <p>{text.agency.how_sure_lead}</p>
        <div>
            {caveats}
            <details><summary>{text.agency.how_computed}</summary>{computed(report, frame)}</details>
        </div>
        <p><a href=frame.link("/method")>{text.agency.method_link}</a></p>
    };
    section("how-sure", text.agency.how_sure.into_any(), ().into_any(), body.into_any())
}

fn said(caveats: &[Caveat], language: Language) -> AnyView {
    let text = ConsoleText::of(language);
    if caveats.is_empty() {
        return view! { <p>{text.agency.no_caveats}</p> }.into_any();
    }
    let terms = caveats.iter().map(|caveat| {
        let (name, why) = words(caveat, language);
        view! { <dt>{name}</dt><dd>{why}</dd> }
    });
    view! { <dl class="terms">{terms.collect_view()}</dl> }.into_any()
}

/// The name of a caveat and what it means for the reader.
fn words(caveat: &Caveat, language: Language) -> (&'static str, String) {
    let text = &ConsoleText::of(language).agency;
    let with_g = |phrase: &str, g: f64| fill(phrase, &[("g", &decimal(g, 2, language))]);
    let plain = |name: &'static str, why: &str| (name, why.to_owned());
    match caveat {
        Caveat::Indicative => plain(text.caveat_indicative, text.caveat_indicative_why),
        Caveat::FewRespondents => plain(text.caveat_few, text.caveat_few_why),
        Caveat::FewDegrees => plain(text.caveat_df, text.caveat_df_why),
        Caveat::AllSatisfied => plain(text.caveat_all, text.caveat_all_why),
        Caveat::Floor(g) => (text.caveat_floor, with_g(text.caveat_floor_why, *g)),
        Caveat::FloorUnused(g) => (text.caveat_floor_unused, with_g(text.caveat_floor_unused_why, *g)),
        Caveat::NoFloor => plain(text.caveat_no_floor, text.caveat_no_floor_why),
        Caveat::ManyBlanks => plain(text.caveat_blanks, text.caveat_blanks_why),
        Caveat::SelfSelected => plain(text.caveat_self, text.caveat_self_why),
        Caveat::Mixture => plain(text.caveat_mixture, text.caveat_mixture_why),
    }
}

fn computed(report: &AgencyReport, frame: &Frame) -> AnyView {
    let text = &frame.text().agency;
    let k = report.setting.k.to_string();
    let blanks = whole(report).and_then(Reading::figure).map(|figure| {
        let blank = number(figure.blank_share, frame.language);
        let na = number(figure.na_share, frame.language);
        let why = fill(text.how_blanks_why, &[("blank", &blank), ("na", &na)]);
        view! { <dt>{text.how_blanks}</dt><dd>{why}</dd> }
    });
    view! {
        <dl class="terms">
            <dt>{text.how_index}</dt><dd>{text.how_index_why}</dd>
            <dt>{text.how_interval}</dt><dd>{text.how_interval_why}</dd>
            <dt>{text.how_thresholds}</dt><dd>{fill(text.how_thresholds_why, &[("k", &k)])}</dd>
            {blanks}
            <dt>{text.how_release}</dt><dd>{text.how_release_why}</dd>
        </dl>
    }
    .into_any()
}
