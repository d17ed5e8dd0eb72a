//! Places and converted points: only on request, and never without what they allow.

use super::{left_out, not_compared, seed, unit_link};
use crate::console::frame::{Frame, section};
use crate::i18n::console::fill;
use crate::i18n::format::{count, decimal, range};
use crate::parts::address::Address;
use crate::parts::figure::with_interval;
use crate::parts::wording::kind as kind_name;
use domain::language::Language;
use domain::report::analysis::{AnalysisReport, Converted, KindAnalysis, Ranked, Ranking};
use leptos::prelude::*;

/// The section: the question, or the answer.
pub(super) fn ranks(report: &AnalysisReport, frame: &Frame) -> AnyView {
    let text = &frame.text().analysis;
    let how = view! { <p>{text.ranks_how}</p> <p>{text.ranks_how_points}</p> };
    let body = if report.ranks {
        let groups = report.groups.iter().map(|group| placed(group, report, frame));
        let hide = frame.here.without(&["ranks", "max"]).to_string();
        view! {
            {groups.collect_view()}
            {ask(report, frame)}
            <p><a href=format!("{hide}#ranks")>{text.ranks_hide}</a></p>
        }
        .into_any()
    } else {
        view! { <p>{text.ranks_not}</p> {ask(report, frame)} }.into_any()
    };
    section("ranks", text.ranks.into_any(), how.into_any(), body)
}

fn ask(report: &AnalysisReport, frame: &Frame) -> AnyView {
    let text = &frame.text().analysis;
    let kept = frame.here.without(&["ranks", "max"]).query;
    let hidden = kept.into_iter().map(|(name, value)| view! { <input type="hidden" name=name value=value/> });
    let action = format!("{}#ranks", Address::new(frame.here.path.clone()));
    let most = report.most.map(|most| most.to_string()).unwrap_or_default();
    view! {
        <form class="filter" method="get" action=action>
            {hidden.collect_view()}
            <input type="hidden" name="ranks" value="1"/>
            <div class="field">
                <label for="most">{text.most}</label>
                <input id="most" name="max" inputmode="decimal" value=most aria-describedby="most-hint"/>
                <span class="hint" id="most-hint">{text.most_hint}</span>
            </div>
            <button class="button low">{text.ranks_ask}</button>
        </form>
    }
    .into_any()
}

fn placed(group: &KindAnalysis, report: &AnalysisReport, frame: &Frame) -> AnyView {
    let kind = kind_name(group.kind, frame.text());
    let found = group.ranking.as_ref().filter(|found| !found.units.is_empty());
    let body = if let Some(found) = found {
        let note = steps(found, frame);
        view! { {says(kind, found, frame)} {table(kind, found, report, frame)} <p class="small soft">{note}</p> }
            .into_any()
    } else {
        let none = fill(frame.text().analysis.ranks_none, &[("kind", kind)]);
        view! { <p class="say">{none}</p> }.into_any()
    };
    let out = group.ranking.as_ref().map(|found| left_out(&found.left_out, &report.setting, frame));
    view! { {body} {out} {not_compared(group, &report.setting, frame)} }.into_any()
}

fn says(kind: &'static str, found: &Ranking, frame: &Frame) -> AnyView {
    let (text, language) = (&frame.text().analysis, frame.language);
    let n = found.units.len();
    let places: usize = found.units.iter().map(|unit| 1 + unit.last - unit.first).sum();
    let width = decimal(places as f64 / n.max(1) as f64, 0, language);
    let values = [("kind", kind), ("n", &count(n as u64, language)), ("width", &width)];
    view! { <p class="say">{fill(text.ranks_says, &values)}</p> <p>{text.ranks_once}</p> }.into_any()
}

fn steps(found: &Ranking, frame: &Frame) -> String {
    let language = frame.language;
    let (steps, draws) = (found.steps.to_string(), count(found.simulated.draws, language));
    let (first, last) = (decimal(found.critical.0, 2, language), decimal(found.critical.1, 2, language));
    let seed = seed(found.simulated);
    let values =
        [("steps", steps.as_str()), ("first", &first), ("last", &last), ("draws", &draws), ("seed", &seed)];
    fill(frame.text().analysis.ranks_steps, &values)
}

fn table(kind: &'static str, found: &Ranking, report: &AnalysisReport, frame: &Frame) -> AnyView {
    let (text, language) = (frame.text(), frame.language);
    let points_head = report.most.map(|most| {
        let most = whole(most, language);
        let head = fill(text.analysis.points_head, &[("most", &most)]);
        view! { <th scope="col" class="n">{head}</th> }
    });
    let rows = found.units.iter().map(|unit| row(unit, report, frame));
    view! {
        <table class="units">
            <caption>{kind}</caption>
            <thead>
                <tr>
                    <th scope="col">
                        <div class="unit">
                            <span>{text.province.unit_head}</span>
                            <span>{text.analysis.place_head}</span>
                        </div>
                    </th>
                    <th scope="col" class="n">{text.figure.index_head}</th>
                    {points_head}
                </tr>
            </thead>
            <tbody>{rows.collect_view()}</tbody>
        </table>
    }
    .into_any()
}

fn row(unit: &Ranked, report: &AnalysisReport, frame: &Frame) -> AnyView {
    let language = frame.language;
    let index = unit.headline.figure().map(|figure| with_interval(figure, language));
    let points = unit.converted.map(|converted| points(converted, language));
    view! {
        <tr>
            <th scope="row">
                <div class="unit">
                    <span>{unit_link(&unit.unit, &report.setting, frame)}</span>
                    <span class="small">{said(unit, frame)}</span>
                </div>
            </th>
            <td class="n">{index}</td>
            {points}
        </tr>
    }
    .into_any()
}

/// A place never stands without its set.
fn said(unit: &Ranked, frame: &Frame) -> String {
    let text = &frame.text().analysis;
    let numbers = [unit.place, unit.first, unit.last].map(|n| n.to_string());
    let [place, first, last] = &numbers;
    let phrase = if unit.first == unit.last { text.place_sure } else { text.place };
    fill(phrase, &[("place", place), ("first", first), ("last", last)])
}

fn points(converted: Converted, language: Language) -> AnyView {
    let Converted { points, low, high } = converted;
    view! {
        <td class="n">
            <span class="num">{decimal(points, 1, language)}</span>
            " "
            <span class="num i">{format!("({})", range(low, high, language))}</span>
        </td>
    }
    .into_any()
}

/// 10, not 10,0.
fn whole(most: f64, language: Language) -> String {
    decimal(most, usize::from(most.fract() > 0.001), language)
}
