//! How sure is this figure? The caveats in words, what goes beyond the interval, and how it was computed.

mod drivers;
mod ladder;
mod punctuality;
mod quadrants;
mod reliability;
mod silence;

use super::lower_first;
use super::nodes::whole;
use crate::console::frame::{Frame, section};
use crate::i18n::console::{ConsoleText, fill};
use crate::i18n::format::{count, decimal, number, whole_percent};
use crate::parts::wording::trust;
use domain::language::Language;
use domain::reading::{Caveat, Reading};
use domain::report::AgencyReport;
use domain::report::certainty::{Certainty, Found, Missing};
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
            {report.certainty.as_ref().map(|found| beyond(found, report, frame))}
            <details><summary>{text.agency.how_computed}</summary>{computed(report, frame)}</details>
        </div>
        <p><a href=frame.link("/method")>{text.agency.method_link}</a></p>
    };
    section("how-sure", text.agency.how_sure.into_any(), ().into_any(), body.into_any())
}

/// What goes beyond the interval, each part below its own summary.
fn beyond(found: &Certainty, report: &AgencyReport, frame: &Frame) -> AnyView {
    let text = &frame.text().certainty;
    let level = lower_first(trust(report.setting.trust, frame.text()));
    let year = found.year.to_string();
    let of_year = fill(text.year, &[("year", &year), ("trust", &level)]);
    view! {
        <p class="soft gap">{of_year}</p>
        {part(text.drivers, &found.drivers, frame, |drivers| drivers::drivers(drivers, found.year, report, frame))}
        {part(text.reliability, &found.reliability, frame, |found| reliability::reliability(found, frame))}
        {part(text.ladder, &found.ladder, frame, |ladder| ladder::ladder(ladder, found.year, report, frame))}
        {part(text.silence, &found.silence, frame, |silence| silence::silence(silence, report, frame))}
        {part(text.punctuality, &found.punctuality, frame, |found| punctuality::punctuality(found, report, frame))}
    }
    .into_any()
}

/// A part, or why there is none.
fn part<T>(
    summary: &'static str,
    found: &Found<T>,
    frame: &Frame,
    draw: impl FnOnce(&T) -> AnyView,
) -> AnyView {
    let body = match found {
        Ok(found) => draw(found),
        Err(why) => view! { <p>{unsaid(*why, frame)}</p> }.into_any(),
    };
    view! { <details><summary>{summary}</summary><div class="flow">{body}</div></details> }.into_any()
}

fn unsaid(why: Missing, frame: &Frame) -> String {
    fill(frame.text().certainty.unsaid, &[("why", &missing(why, frame))])
}

/// Why something is not said, inside a sentence.
fn missing(why: Missing, frame: &Frame) -> String {
    let (text, language) = (&frame.text().certainty, frame.language);
    let phrase = match why {
        Missing::NotAsked => text.not_asked,
        Missing::TooFew(n) => return fill(text.too_few, &[("n", &count(n, language))]),
        Missing::Alike => text.alike,
        Missing::NoFigure => text.no_figure,
        Missing::NoDossiers => text.no_dossiers,
        Missing::NoDates => text.no_dates,
        Missing::NoParts => text.no_parts,
        Missing::LittleCovered(percent) => {
            return fill(text.little_covered, &[("percent", &whole_percent(percent, language))]);
        }
        Missing::MoreAnswers => text.more_answers,
        Missing::AllSatisfied => text.all_satisfied,
    };
    phrase.to_owned()
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
