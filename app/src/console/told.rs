//! First a sentence for each level of trust, never a sum: the verified answers lead, everything
//! else stands beside them, smaller and under its own name.

use super::frame::Frame;
use super::response;
use crate::i18n::console::{ConsoleText, fill};
use crate::i18n::format::{count, percent, range};
use crate::parts::figure::{Mark, is_unanimous, with_interval};
use crate::parts::help::{Term, help};
use crate::parts::wording::{answers, trust as trust_name, withheld};
use domain::language::Language;
use domain::reading::{Figure, Reading, Withheld};
use domain::report::TrustLine;
use domain::survey::Trust;
use leptos::prelude::*;

/// Fewer verified answers than this do not carry the page alone.
const ENOUGH: u64 = 30;

/// Which line leads, and how it is introduced.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Lead<'a> {
    /// Enough verified answers.
    Verified(&'a Figure),
    /// Verified answers, but too few to carry the page alone.
    FewVerified(&'a Figure),
    /// No verified figure, and why, if anybody was asked; another level leads.
    Other(Option<Withheld>, &'a TrustLine, &'a Figure),
    /// No figure at all, and why.
    Nothing(Option<Withheld>),
}

fn lead(told: &[TrustLine]) -> Lead<'_> {
    let own = |line: &&TrustLine| line.mixture.is_none();
    let verified = told.iter().filter(own).find(|line| line.trust == Trust::Verified);
    let why = match verified.map(|line| &line.headline) {
        Some(Reading::Figure(figure)) if figure.n >= ENOUGH => return Lead::Verified(figure),
        Some(Reading::Figure(figure)) => return Lead::FewVerified(figure),
        Some(Reading::Withheld(why)) => Some(*why),
        None => None,
    };
    let others = told.iter().filter(own).filter_map(|line| Some((line, line.headline.figure()?)));
    // The kiosk asks one question only: it leads when nothing else can.
    match others.max_by_key(|(line, figure)| (!line.overall_only, figure.n)) {
        Some((line, figure)) => Lead::Other(why, line, figure),
        None => Lead::Nothing(why.or_else(|| told.iter().find_map(reason_of))),
    }
}

const fn reason_of(line: &TrustLine) -> Option<Withheld> {
    match line.headline {
        Reading::Withheld(why) => Some(why),
        Reading::Figure(_) => None,
    }
}

/// The lead sentence and what stands beside it.
pub(crate) fn told(lines: &[TrustLine], k: u32, frame: &Frame) -> AnyView {
    let (text, language) = (frame.text(), frame.language);
    let leading = lead(lines);
    let verified = |line: &&TrustLine| line.mixture.is_none() && line.trust == Trust::Verified;
    let rate = |lines: &[TrustLine]| {
        response::in_lead(lines.iter().find(verified).and_then(|line| line.response), language)
    };
    let sentence = match leading {
        Lead::Verified(figure) => sentence("", (Trust::Verified, false), figure, rate(lines), language),
        Lead::FewVerified(figure) => {
            let before = text.agency.not_enough_verified;
            sentence(before, (Trust::Verified, false), figure, rate(lines), language)
        }
        Lead::Other(why, line, figure) => {
            let before = why.map_or_else(
                || text.agency.not_enough_verified.to_owned(),
                |why| fill(text.agency.not_enough_verified_why, &[("why", &withheld(why, k, text))]),
            );
            let rate = response::in_lead(line.response, language);
            sentence(&before, (line.trust, line.overall_only), figure, rate, language)
        }
        Lead::Nothing(why) => nothing(why, k, text),
    };
    let beside = beside(lines, leading).into_iter().map(|line| beside_line(line, k, language)).collect_view();
    let beside = (!beside.is_empty()).then(|| view! { <ul class="beside">{beside}</ul> });
    view! { <div class="told">{sentence} {beside}</div> }.into_any()
}

fn sentence(
    before: &str,
    (of, overall_only): (Trust, bool),
    figure: &Figure,
    rate: Option<String>,
    language: Language,
) -> AnyView {
    let text = ConsoleText::of(language);
    let who = answers(of, figure.n, language);
    let only = if overall_only { text.agency.only_overall } else { "" };
    let according = fill(text.agency.according, &[("answers", &format!("{who}{only}"))]);
    let orientation = (Mark::of(&Reading::Figure(figure.clone())) == Mark::Indicative)
        .then_some(text.agency.for_orientation);
    if is_unanimous(figure) {
        let low = percent(figure.low, language);
        let says = fill(text.agency.satisfied_at_least, &[("low", &low)]);
        return view! {
            <p class="lead">
                {format!("{before}{according}")} <b>{says}</b> {text.agency.lower_only} {orientation} {rate} "."
            </p>
        }
        .into_any();
    }
    let says = fill(text.agency.satisfied, &[("index", &percent(figure.index, language))]);
    view! {
        <p class="lead">
            {format!("{before}{according}")}
            <b class="num">{says}</b>
            {text.agency.interval}
            <span class="num">{range(figure.low, figure.high, language)}</span>
            {text.agency.interval_end}
            {orientation}
            {rate}
            "."
            {help(Term::Interval, language)}
        </p>
    }
    .into_any()
}

fn nothing(why: Option<Withheld>, k: u32, text: &'static ConsoleText) -> AnyView {
    let says = why.map_or_else(
        || text.agency.nothing_yet.to_owned(),
        |why| fill(text.agency.nothing_yet_why, &[("why", &withheld(why, k, text))]),
    );
    let help = matches!(why, None | Some(Withheld::TooFew | Withheld::FactorTooFew)).then(|| {
        let help = fill(text.agency.nothing_help, &[("k", &k.to_string())]);
        view! { <div class="notice"><p>{help}</p><p>{text.agency.nothing_do}</p></div> }
    });
    view! { <p class="lead">{says}</p> {help} }.into_any()
}

/// Everything that does not lead: levels by size, mixtures last.
fn beside<'a>(told: &'a [TrustLine], leading: Lead<'_>) -> Vec<&'a TrustLine> {
    let leads = |line: &TrustLine| match leading {
        Lead::Verified(_) | Lead::FewVerified(_) => line.mixture.is_none() && line.trust == Trust::Verified,
        Lead::Other(_, other, _) => {
            std::ptr::eq(line, other) || (line.mixture.is_none() && line.trust == Trust::Verified)
        }
        Lead::Nothing(_) => false,
    };
    let mut lines: Vec<&TrustLine> = told.iter().filter(|line| !leads(line)).collect();
    let size = |line: &TrustLine| line.headline.figure().map_or(0, |figure| figure.n);
    lines.sort_by_key(|line| (line.mixture.is_some(), std::cmp::Reverse(size(line))));
    lines
}

fn beside_line(line: &TrustLine, k: u32, language: Language) -> AnyView {
    let text = ConsoleText::of(language);
    let n = line.headline.figure().map(|figure| count(figure.n, language)).unwrap_or_default();
    let (before, after) = match (&line.mixture, line.overall_only) {
        (Some(name), _) => (fill(text.agency.mixture, &[("name", name), ("n", &n)]), text.agency.mixture_end),
        (None, overall_only) => {
            let rest = if overall_only { text.agency.beside_overall } else { text.agency.beside_n };
            let end = match Mark::of(&line.headline) {
                Mark::Indicative => text.agency.beside_end_indicative,
                _ => text.agency.beside_end,
            };
            (format!("{}{}", trust_name(line.trust, text), fill(rest, &[("n", &n)])), end)
        }
    };
    match &line.headline {
        Reading::Figure(figure) => {
            let rate = response::in_line(line.response, language).map(|rate| format!("{rate}; "));
            let (start, end) =
                after.split_once("; ").map_or(("", after), |_| ("; ", after.trim_start_matches("; ")));
            view! { <li>{before} {with_interval(figure, language)} {start} {rate} {end}</li> }.into_any()
        }
        Reading::Withheld(why) => {
            let why = withheld(*why, k, text);
            let says = if let Some(name) = &line.mixture {
                fill(text.agency.mixture_withheld, &[("name", name), ("why", &why)])
            } else {
                let rest = fill(text.agency.beside_withheld, &[("why", &why)]);
                format!("{}{rest}", trust_name(line.trust, text))
            };
            view! { <li>{says}</li> }.into_any()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::reading::Caveat;

    fn figure(n: u64) -> Reading {
        Reading::Figure(Figure {
            n,
            answers: n,
            index: 80.0,
            low: 70.0,
            high: 90.0,
            se: None,
            df: n - 1,
            plain: (70.0, 90.0),
            score: None,
            blank_share: 0.0,
            na_share: 0.0,
            caveats: vec![Caveat::SelfSelected],
        })
    }

    fn line(trust: Trust, headline: Reading) -> TrustLine {
        TrustLine { trust, mixture: None, headline, overall_only: trust == Trust::Kiosk, response: None }
    }

    fn mixture(n: u64) -> TrustLine {
        TrustLine { mixture: Some("tệp 2025".into()), ..line(Trust::Verified, figure(n)) }
    }

    #[test]
    fn thirty_verified_answers_lead_however_many_others_there_are() {
        let lines = [line(Trust::Open, figure(5000)), line(Trust::Verified, figure(30))];
        assert!(matches!(lead(&lines), Lead::Verified(figure) if figure.n == 30));
        let lines = [line(Trust::Open, figure(5000)), line(Trust::Verified, figure(29))];
        assert!(matches!(lead(&lines), Lead::FewVerified(figure) if figure.n == 29));
    }

    #[test]
    fn without_verified_answers_the_largest_other_level_leads_and_the_kiosk_last() {
        let waits = Reading::Withheld(Withheld::TooFew);
        let lines = [
            line(Trust::Verified, waits.clone()),
            line(Trust::UnitIssued, figure(40)),
            line(Trust::Open, figure(90)),
            line(Trust::Kiosk, figure(900)),
        ];
        let Lead::Other(why, chosen, _) = lead(&lines) else { panic!("another level leads") };
        assert_eq!((why, chosen.trust), (Some(Withheld::TooFew), Trust::Open));
        let lines = [line(Trust::Verified, waits), line(Trust::Kiosk, figure(900))];
        assert!(matches!(lead(&lines), Lead::Other(_, chosen, _) if chosen.trust == Trust::Kiosk));
    }

    #[test]
    fn a_mixture_never_leads_and_stands_last() {
        let lines = [mixture(9000), line(Trust::Open, figure(50)), line(Trust::Kiosk, figure(60))];
        assert!(matches!(lead(&lines), Lead::Other(None, chosen, _) if chosen.trust == Trust::Open));
        let beside = beside(&lines, lead(&lines));
        assert_eq!(beside.len(), 2);
        assert!(beside[1].mixture.is_some());
        assert!(matches!(lead(&[mixture(9000)]), Lead::Nothing(None)));
    }
}
