//! What to improve first: the factors by importance and rating, in words, as a chart and in a table.

use super::quadrants;
use crate::console::frame::Frame;
use crate::i18n::console::{ConsoleText, fill};
use crate::i18n::format::{count, whole_percent};
use crate::parts::figure::{reason, with_interval};
use crate::parts::wording::spoken;
use domain::reading::Reading;
use domain::report::AgencyReport;
use domain::report::certainty::{Driver, Drivers, Quadrant};
use leptos::prelude::*;

pub(super) fn drivers(found: &Drivers, year: i32, report: &AgencyReport, frame: &Frame) -> AnyView {
    let (text, language) = (&frame.text().certainty, frame.language);
    let n = count(found.respondents, language);
    let explained = whole_percent(found.explained, language);
    let (unit, year) = (report.setting.unit.name.text(language), year.to_string());
    let number = found.factors.len().to_string();
    let title = fill(text.drivers_title, &[("count", &number), ("unit", unit), ("year", &year)]);
    // Where all are of one importance the fields of the chart would tell apart what is not.
    let chart = (!found.even).then(|| {
        view! { <figure>{quadrants::chart(found, title, frame)}<figcaption>{text.drivers_caption}</figcaption></figure> }
    });
    view! {
        {if found.even { even(found, frame) } else { Some(first(found, frame)) }}
        <p class="notice">{text.drivers_warning}</p>
        {chart}
        {table(found, report, frame)}
        <p class="soft">{fill(text.drivers_how, &[("n", &n), ("explained", &explained)])}</p>
    }
    .into_any()
}

fn first(found: &Drivers, frame: &Frame) -> AnyView {
    let text = &frame.text().certainty;
    let keep = named(found, Quadrant::Keep, text.drivers_keep, frame).map(|says| view! { <p>{says}</p> });
    let first = match named(found, Quadrant::First, text.drivers_first, frame) {
        Some(says) => view! { <p><b>{says}</b> {text.drivers_first_why}</p> }.into_any(),
        None => view! { <p>{text.drivers_none}</p> }.into_any(),
    };
    view! { {first} {keep} }.into_any()
}

/// Where all are of one importance only the rating tells them apart.
fn even(found: &Drivers, frame: &Frame) -> Option<AnyView> {
    let lowest = found.factors.iter().min_by(|one, other| one.score.total_cmp(&other.score))?;
    let says = fill(frame.text().certainty.drivers_even, &[("name", lowest.name.text(frame.language))]);
    Some(view! { <p>{says}</p> }.into_any())
}

/// A phrase with the names of the factors of a quadrant; `None` where there are none.
fn named(found: &Drivers, of: Quadrant, phrase: &str, frame: &Frame) -> Option<String> {
    let factors = found.factors.iter().filter(|factor| factor.quadrant == of);
    let names: Vec<&str> = factors.map(|factor| factor.name.text(frame.language)).collect();
    (!names.is_empty()).then(|| fill(phrase, &[("names", &names.join("; "))]))
}

/// What to do with the factors of a quadrant.
pub(super) const fn word(quadrant: Quadrant, text: &ConsoleText) -> &'static str {
    match quadrant {
        Quadrant::First => text.certainty.first,
        Quadrant::Keep => text.certainty.keep,
        Quadrant::Later => text.certainty.later,
        Quadrant::Fine => text.certainty.fine,
    }
}

fn table(found: &Drivers, report: &AgencyReport, frame: &Frame) -> AnyView {
    let text = frame.text();
    let told = !found.even;
    let rows = (1..).zip(&found.factors).map(|(at, factor)| row(at, factor, told, report.setting.k, frame));
    view! {
        <table>
            <caption class="unseen">{text.certainty.drivers_table}</caption>
            <thead>
                <tr>
                    <th scope="col">{text.agency.factor_head}</th>
                    <th scope="col" class="n">{text.certainty.importance_head}</th>
                    <th scope="col" class="n">{text.figure.index_head}</th>
                    {told.then(|| view! { <th scope="col">{text.certainty.quadrant_head}</th> })}
                </tr>
            </thead>
            <tbody>{rows.collect_view()}</tbody>
        </table>
    }
    .into_any()
}

fn row(at: usize, factor: &Driver, told: bool, k: u32, frame: &Frame) -> AnyView {
    let (text, language) = (frame.text(), frame.language);
    let importance = whole_percent(factor.importance, language);
    let weight = format!("({})", whole_percent(factor.weight, language));
    let reading = match &factor.reading {
        Reading::Figure(figure) => with_interval(figure, language),
        withheld @ Reading::Withheld(_) => reason(withheld, k, language).into_any(),
    };
    view! {
        <tr>
            <th scope="row">{format!("{at}. ")} {spoken(&factor.name, language)}</th>
            <td class="n"><span class="num">{importance}</span> " " <span class="num i">{weight}</span></td>
            <td class="n">{reading}</td>
            {told.then(|| view! { <td>{word(factor.quadrant, text)}</td> })}
        </tr>
    }
    .into_any()
}
