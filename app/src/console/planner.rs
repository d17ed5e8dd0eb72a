//! The planner: how many answers are needed, and how many there are.

mod units;

use super::agency::{before_release, lower_first, under};
use super::choices::{self, Choice};
use super::frame::{Area, Frame, Page, document, section};
use super::stamp;
use crate::i18n::console::fill;
use crate::i18n::format::{count, decimal};
use crate::parts::address::Address;
use crate::parts::figure::plain_text;
use crate::parts::wording::kind as kind_name;
use domain::language::Language;
use domain::report::planner::{Needs, NotShared, PlannerReport, Sharing};
use domain::unit::UnitKind;
use leptos::prelude::*;

/// The word of a rule of sharing in `?rule=`.
#[must_use]
pub const fn sharing_word(sharing: Sharing) -> &'static str {
    match sharing {
        Sharing::SquareRoot => "root",
        Sharing::Proportional => "proportional",
        Sharing::Neyman => "neyman",
    }
}

/// The rules that `?rule=` offers.
pub const SHARINGS: [Sharing; 3] = [Sharing::SquareRoot, Sharing::Proportional, Sharing::Neyman];

/// The planner as a document.
#[must_use]
pub fn render_planner(report: &PlannerReport, frame: &Frame) -> String {
    document(frame, || {
        let text = &frame.text().planner;
        let released = report.setting.release.is_some();
        let main = view! {
            {intro(report, frame)}
            {report.needs.as_ref().map(|found| needs(found, report, frame))}
            {released.then(|| units::units(report, frame))}
        };
        Page {
            title: text.heading.to_owned(),
            area: Some(Area::Province),
            main: main.into_any(),
            foot: stamp::foot(&report.setting, frame),
        }
    })
}

fn intro(report: &PlannerReport, frame: &Frame) -> AnyView {
    let (setting, text) = (&report.setting, frame.text());
    let body = if setting.release.is_some() {
        view! { <div class="told">{lead(report, frame)}</div> {ask(report, frame)} {filter(report, frame)} }
            .into_any()
    } else {
        before_release(setting, frame)
    };
    let back =
        frame.here.carry(format!("/p/{}", setting.province_code), &["period", "trust", "survey", "lang"]);
    view! {
        <div class="intro">
            <div class="head">
                <h1>{text.planner.heading}</h1>
                {under(setting, frame)}
                <p class="small"><a href=back.to_string()>{text.analysis.back}</a></p>
            </div>
            {body}
        </div>
    }
    .into_any()
}

/// A number of points or per cent: whole ones stay whole.
fn plain(value: f64, language: Language) -> String {
    decimal(value, usize::from((value - value.round()).abs() > 0.049), language)
}

fn lead(report: &PlannerReport, frame: &Frame) -> AnyView {
    let (text, language, plan) = (&frame.text().planner, frame.language, &report.plan);
    let Some((needs, n)) = report.needs.as_ref().and_then(|needs| Some((needs, needs.between_two?))) else {
        return view! { <p class="lead">{text.lead_none}</p> }.into_any();
    };
    let (difference, power) = (plain(plan.difference, language), plain(plan.power, language));
    let needed = count(n, language);
    let values = [("difference", difference.as_str()), ("power", &power), ("n", &needed)];
    let enough = report.units.iter().filter(|line| line.have >= n).count() as u64;
    let (enough, all) = (count(enough, language), count(report.units.len() as u64, language));
    let kind = lower_first(kind_name(plan.kind, frame.text()));
    let have = fill(text.lead_have, &[("enough", &enough), ("all", &all), ("kind", &kind)]);
    let index = plain_text(&report.peers, report.setting.k, language);
    let (effect, worth) = (decimal(needs.effect, 2, language), decimal(1.0 / needs.effect, 1, language));
    let rests = fill(text.rests, &[("index", &index), ("effect", &effect), ("worth", &worth)]);
    view! {
        <p class="lead">{fill(text.lead, &values)} " " <b>{have}</b></p>
        <p class="soft">{rests}</p>
    }
    .into_any()
}

/// A number that is typed.
fn number(name: &'static str, label: &'static str, value: String) -> AnyView {
    let id = format!("plan-{name}");
    view! {
        <div class="field">
            <label for=id.clone()>{label}</label>
            <input id=id name=name inputmode="decimal" autocomplete="off" value=value/>
        </div>
    }
    .into_any()
}

/// Names of the fields of the form.
const FIELDS: [&str; 7] = ["kind", "d", "power", "e", "total", "rule", "least"];

fn ask(report: &PlannerReport, frame: &Frame) -> AnyView {
    let (text, plan) = (&frame.text().planner, &report.plan);
    let kept = frame.here.without(&FIELDS).query;
    let hidden = kept.into_iter().map(|(name, value)| view! { <input type="hidden" name=name value=value/> });
    let kinds = [UnitKind::Commune, UnitKind::Department]
        .map(|of| (of.code().to_owned(), kind_name(of, frame.text()).to_owned(), plan.kind == of));
    let rules = SHARINGS.map(|sharing| {
        (sharing_word(sharing).to_owned(), rule_name(sharing, frame).to_owned(), plan.sharing == sharing)
    });
    let action = Address::new(frame.here.path.clone()).to_string();
    view! {
        <form class="filter" method="get" action=action>
            {hidden.collect_view()}
            {Choice { name: "kind", label: text.pick_kind, options: kinds.into() }.draw()}
            {number("d", text.pick_difference, plan.difference.to_string())}
            {number("power", text.pick_power, plan.power.to_string())}
            {number("e", text.pick_precision, plan.precision.to_string())}
            {number("total", text.pick_total, plan.total.map(|n| n.to_string()).unwrap_or_default())}
            {Choice { name: "rule", label: text.pick_sharing, options: rules.into() }.draw()}
            {number("least", text.pick_least, plan.least.to_string())}
            <button class="button low">{text.compute}</button>
        </form>
    }
    .into_any()
}

const fn rule_name(sharing: Sharing, frame: &Frame) -> &'static str {
    let text = &crate::i18n::console::ConsoleText::of(frame.language).planner;
    match sharing {
        Sharing::SquareRoot => text.square_root,
        Sharing::Proportional => text.proportional,
        Sharing::Neyman => text.neyman,
    }
}

fn filter(report: &PlannerReport, frame: &Frame) -> AnyView {
    let setting = &report.setting;
    let mut offered = vec![choices::periods(setting, frame), choices::trusts(setting, frame)];
    offered.extend(choices::surveys(setting, frame));
    offered.extend(choices::releases(setting, frame));
    let shown = crate::i18n::format::period(setting.period, frame.language);
    let shown = crate::i18n::format::capitalize(&shown);
    let level = lower_first(crate::parts::wording::trust(setting.trust, frame.text()));
    let summary = fill(frame.text().agency.change, &[("period", &shown), ("trust", &level)]);
    view! { <details class="screen"><summary>{summary}</summary>{choices::form(offered, frame)}</details> }
        .into_any()
}

fn needs(found: &Needs, report: &PlannerReport, frame: &Frame) -> AnyView {
    let (text, language, plan) = (&frame.text().planner, frame.language, &report.plan);
    let (difference, precision) = (plain(plan.difference, language), plain(plan.precision, language));
    let (margin, together) = (plain(found.margin, language), count(found.together as u64, language));
    let values = [
        ("difference", difference.as_str()),
        ("precision", &precision),
        ("margin", &margin),
        ("n", &together),
    ];
    let never = if plan.difference <= found.margin { text.within } else { text.impossible };
    let answers = |n: Option<u64>, never: &str| n.map_or_else(|| never.to_owned(), |n| count(n, language));
    let rows = [
        (text.between_two, answers(found.between_two, text.impossible)),
        (text.below, answers(found.below, never)),
        (text.above, answers(found.above, never)),
        (text.precise, answers(found.precise, text.impossible)),
    ]
    .map(|(what, n)| view! { <tr><th scope="row">{fill(what, &values)}</th><td class="n">{n}</td></tr> });
    let body = view! {
        <table>
            <caption class="unseen">{text.needs}</caption>
            <thead>
                <tr><th scope="col">{text.question_head}</th><th scope="col" class="n">{text.answers_head}</th></tr>
            </thead>
            <tbody>{rows.into_iter().collect_view()}</tbody>
        </table>
        <p>{text.response}</p>
        <div class="notice">
            <p><b>{text.yamane}</b></p>
            <p>{yamane(found, report, frame)} " " {text.yamane_why}</p>
        </div>
    };
    let how = view! { <p>{text.needs_how}</p> };
    section("needs", text.needs.into_any(), how.into_any(), body.into_any())
}

fn yamane(found: &Needs, report: &PlannerReport, frame: &Frame) -> String {
    let (text, language) = (&frame.text().planner, frame.language);
    let Some(n) = found.yamane else { return text.yamane_none.to_owned() };
    let (precision, n) = (plain(report.plan.precision, language), count(n, language));
    let all = count(report.units.len() as u64, language);
    let kind = lower_first(kind_name(report.plan.kind, frame.text()));
    fill(text.yamane_says, &[("precision", &precision), ("n", &n), ("all", &all), ("kind", &kind)])
}

/// Why nothing was shared out, in words.
fn not_shared(why: NotShared, frame: &Frame) -> String {
    let (text, language) = (&frame.text().planner, frame.language);
    match why {
        NotShared::NoDossiers => text.no_dossiers.to_owned(),
        NotShared::TooFew(n) => fill(text.too_few, &[("n", &count(n, language))]),
        NotShared::TooMany(n) => fill(text.too_many, &[("n", &count(n, language))]),
    }
}
