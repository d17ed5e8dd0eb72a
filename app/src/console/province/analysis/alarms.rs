//! Alarms, and what is watched.

use super::{seed, unit_link};
use crate::console::frame::{Frame, section};
use crate::i18n::console::fill;
use crate::i18n::format::{count, date, decimal, whole_percent};
use crate::parts::chart::table::cells;
use domain::report::analysis::{Alarm, AnalysisReport, Watch};
use leptos::prelude::*;

/// The section.
pub(super) fn alarms(report: &AnalysisReport, frame: &Frame) -> AnyView {
    let text = &frame.text().analysis;
    let how = view! { <p>{text.alarms_how}</p> <p>{text.alarms_meaning}</p> };
    let body = match (&report.alarms.watch, report.alarms.is_declared) {
        (Some(watch), _) => watched(watch, report, frame),
        (None, true) => view! { <div class="notice"><p>{text.unwatched}</p></div> }.into_any(),
        (None, false) => {
            let what = fill(text.no_target_do, &[("survey", &report.setting.survey)]);
            view! { <div class="notice"><p>{text.no_target}</p><p class="small">{what}</p></div> }.into_any()
        }
    };
    section("alarms", text.alarms.into_any(), how.into_any(), body)
}

fn watched(watch: &Watch, report: &AnalysisReport, frame: &Frame) -> AnyView {
    let (text, language) = (&frame.text().analysis, frame.language);
    let found = &report.alarms.units;
    let says = if found.is_empty() {
        text.alarms_none.to_owned()
    } else {
        fill(text.alarms_says, &[("n", &count(found.len() as u64, language))])
    };
    let (target, fallen) = (whole_percent(watch.target, language), whole_percent(watch.fallen, language));
    let (units, releases) = (count(watch.units as u64, language), watch.releases.to_string());
    let values =
        [("target", target.as_str()), ("fallen", &fallen), ("units", &units), ("releases", &releases)];
    let table = (!found.is_empty()).then(|| table(report, frame));
    view! {
        <p class="say">{says}</p>
        {table}
        <p>{fill(text.watch, &values)}</p>
        <p class="small soft">{tuned(watch, frame)}</p>
    }
    .into_any()
}

fn tuned(watch: &Watch, frame: &Frame) -> String {
    let language = frame.language;
    let threshold = decimal(watch.threshold, 3, language);
    let (years, rate) = (count(watch.simulated.draws, language), decimal(watch.false_alarms, 2, language));
    let seed = seed(watch.simulated);
    let values = [("threshold", threshold.as_str()), ("years", &years), ("seed", &seed), ("rate", &rate)];
    fill(frame.text().analysis.tuned, &values)
}

fn when(alarm: &Alarm, frame: &Frame) -> String {
    let text = &frame.text().analysis;
    let (from, at) = (alarm.from.0.to_string(), alarm.at.0.to_string());
    let (from_date, at_date) = (date(alarm.from.1, frame.language), date(alarm.at.1, frame.language));
    let phrase = if alarm.from.0 == alarm.at.0 { text.alarm_when_one } else { text.alarm_when };
    let values = [("from", from.as_str()), ("from_date", &from_date), ("at", &at), ("at_date", &at_date)];
    fill(phrase, &values)
}

fn table(report: &AnalysisReport, frame: &Frame) -> AnyView {
    let text = frame.text();
    let k = report.setting.k;
    let rows = report.alarms.units.iter().map(|alarm| {
        view! {
            <tr>
                <th scope="row">
                    {unit_link(&alarm.unit, &report.setting, frame)}
                    " "
                    <span class="why under">{when(alarm, frame)}</span>
                </th>
                {cells(&alarm.overall, k, frame.language, false)}
            </tr>
        }
    });
    view! {
        <table>
            <caption class="unseen">{text.analysis.alarms}</caption>
            <thead>
                <tr>
                    <th scope="col">{text.province.unit_head}</th>
                    <th scope="col" class="n">{text.analysis.alarm_figure_head}</th>
                    <th scope="col" class="n">{text.figure.n_head}</th>
                </tr>
            </thead>
            <tbody>{rows.collect_view()}</tbody>
        </table>
        <p class="small soft">{text.analysis.alarms_figure_why}</p>
    }
    .into_any()
}
