//! Points of criteria. They are written as points, never as per cent.

use crate::console::frame::{Frame, section};
use crate::i18n::console::fill;
use crate::i18n::format::{count, number};
use crate::parts::figure::reason;
use domain::report::{AgencyReport, NodeLine};
use leptos::prelude::*;

/// Most points of a criterion.
const MOST: usize = 2;

/// The table; nothing where the answers are levels of satisfaction.
pub(super) fn points(report: &AgencyReport, frame: &Frame) -> Option<AnyView> {
    if report.points.is_empty() {
        return None;
    }
    let text = &frame.text().joined;
    let criteria = report.points.iter().filter(|line| line.depth > 0).count();
    let rows = report.points.iter().map(|line| {
        let most = if line.depth == 0 { MOST * criteria } else { MOST };
        row(line, most, report.setting.k, frame)
    });
    let body = view! {
        <table>
            <caption class="unseen">{text.points_caption}</caption>
            <thead>
                <tr>
                    <th scope="col">{text.criterion}</th>
                    <th scope="col" class="n">{text.points}</th>
                    <th scope="col" class="n">{text.dossiers}</th>
                </tr>
            </thead>
            <tbody>{rows.collect_view()}</tbody>
        </table>
    };
    let how = view! { <p>{text.points_how}</p> }.into_any();
    Some(section("points", text.points_heading.into_any(), how, body.into_any()))
}

fn row(line: &NodeLine, most: usize, k: u32, frame: &Frame) -> AnyView {
    let (text, language) = (&frame.text().joined, frame.language);
    let is_total = line.depth == 0;
    let name = if is_total { text.total } else { line.name.text(language) }.to_owned();
    let cells = match line.reading.figure() {
        None => view! { <td colspan="2" class="why">{reason(&line.reading, k, language)}</td> }.into_any(),
        Some(figure) => {
            let range = format!("{}–{}", number(figure.low, language), number(figure.high, language));
            let (points, most) = (number(figure.index, language), most.to_string());
            let says = fill(text.points_of, &[("points", &points), ("most", &most), ("range", &range)]);
            view! { <td class="n">{says}</td> <td class="n">{count(figure.n, language)}</td> }.into_any()
        }
    };
    view! { <tr class=if is_total { "sum" } else { "" }><th scope="row">{name}</th>{cells}</tr> }.into_any()
}
