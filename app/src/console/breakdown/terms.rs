//! What "other" is, and why something is not divided.

use crate::console::frame::{Frame, section};
use crate::i18n::console::fill;
use crate::i18n::format::count;
use domain::report::BreakdownReport;
use leptos::prelude::*;

pub(super) fn terms(report: &BreakdownReport, frame: &Frame) -> AnyView {
    let text = &frame.text().breakdown;
    let setting = &report.setting;
    // Parts of levels that the rated office could cast itself, and of a parent's box, hold three times k.
    let factor = if setting.trust.is_fakeable() { 3 } else { 1 };
    let least = (factor * setting.k).to_string();
    let above = (report.divided_above > 0).then(|| {
        let n = count(report.divided_above, frame.language);
        view! { <dt>{text.above}</dt><dd>{fill(text.above_why, &[("n", &n)])}</dd> }
    });
    let fakeable = setting.trust.is_fakeable().then(|| {
        view! { <dt>{text.fakeable}</dt><dd>{fill(text.fakeable_why, &[("least", &least)])}</dd> }
    });
    let body = view! {
        <p>{text.other}</p>
        <dl class="terms">
            <dt>{text.once}</dt><dd>{text.once_why}</dd>
            <dt>{text.one_way}</dt><dd>{text.one_way_why}</dd>
            <dt>{text.unsplit}</dt><dd>{fill(text.unsplit_why, &[("k", &setting.k.to_string())])}</dd>
            {above}
            {fakeable}
        </dl>
    };
    let how = view! { <p>{fill(text.other_how, &[("least", &least)])}</p> };
    section("other", text.other_heading.into_any(), how.into_any(), body.into_any())
}
