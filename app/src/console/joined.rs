//! A series over versions of the questions: in words over what, and a table.

use super::frame::{Frame, section};
use crate::i18n::console::fill;
use crate::i18n::format::{count, period};
use crate::parts::chart::table::{FigureTable, TableRow};
use crate::parts::wording::vietnamese;
use domain::report::joined::{JoinedPoint, JoinedSeries};
use leptos::prelude::*;

/// The series, with the questions that it is made of.
pub(super) fn joined(series: &JoinedSeries, k: u32, frame: &Frame) -> AnyView {
    let (text, language) = (&frame.text().joined, frame.language);
    let items: Vec<String> =
        series.items.iter().map(|(code, name)| format!("{code} {}", name.text(language))).collect();
    let n = count(items.len() as u64, language);
    let of = count(series.of as u64, language);
    let says = fill(text.says, &[("n", &n), ("of", &of), ("items", &items.join("; "))]);
    let row = |point: &'_ JoinedPoint| {
        let title = point.questions.0.text(language);
        let version = point.questions.1.to_string();
        let set = fill(text.version, &[("title", title), ("version", &version)]);
        let shown = period(point.period, language);
        view! {
            {shown} " · " {vietnamese(&point.survey, language)} " " <span class="why under">{set}</span>
        }
        .into_any()
    };
    let rows =
        series.points.iter().map(|point| TableRow { name: row(point), class: "", reading: &point.reading });
    let table = FigureTable {
        caption: text.caption.to_owned(),
        what: text.year,
        figures: text.share,
        detailed: false,
        k,
        language,
        rows: rows.collect(),
    };
    let how = view! { <p>{text.how}</p> }.into_any();
    let body = view! { <p class="say">{says}</p> {table.draw()} }.into_any();
    section("joined", text.heading.into_any(), how, body)
}
