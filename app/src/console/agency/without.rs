//! The figure without what the province has left out, beside the full one.

use crate::console::frame::{Frame, section};
use crate::i18n::console::fill;
use crate::i18n::format::count;
use crate::parts::chart::table::cells;
use crate::parts::wording::trust;
use domain::report::WithoutLine;
use leptos::prelude::*;

/// Nothing where nothing is left out.
pub(crate) fn without(lines: &[WithoutLine], k: u32, frame: &Frame) -> Option<AnyView> {
    if lines.is_empty() {
        return None;
    }
    let text = frame.text();
    let rows = lines.iter().map(|line| rows(line, k, frame)).collect_view();
    let body = view! {
        <table>
            <caption class="unseen">{text.flag.page_heading}</caption>
            <thead>
                <tr>
                    <th scope="col">{text.flag.page_level}</th>
                    <th scope="col" class="n">{text.figure.index_head}</th>
                    <th scope="col" class="n">{text.figure.n_head}</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    };
    let how = view! { <p>{text.flag.page_how}</p> };
    Some(section("without", text.flag.page_heading.into_any(), how.into_any(), body.into_any()))
}

fn rows(line: &WithoutLine, k: u32, frame: &Frame) -> AnyView {
    let text = frame.text();
    let out = fill(text.flag.page_out, &[("n", &count(line.excluded, frame.language))]);
    view! {
        <tr>
            <th scope="row">{trust(line.trust, text)} " " <span class="why under">{text.flag.page_full}</span></th>
            {cells(&line.full, k, frame.language, false)}
        </tr>
        <tr class="sub">
            <th scope="row">{text.flag.page_without} " " <span class="why under">{out}</span></th>
            {cells(&line.without, k, frame.language, false)}
        </tr>
    }
    .into_any()
}
