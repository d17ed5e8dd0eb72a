//! The response rate and the coverage beside an index: an administrative figure, so it has no
//! interval and no decimals; clipped at 100 % and flagged where there are more answers than dossiers.

use super::frame::Frame;
use crate::i18n::console::{ConsoleText, fill};
use crate::i18n::format::{count, months, whole_percent};
use domain::language::Language;
use domain::report::{Coverage, ResponseRate, TrustLine};
use leptos::prelude::*;

fn since_new_year(rate: &ResponseRate) -> bool {
    rate.from.month() == 1
}

fn exceeds(phrase: &str, rate: &ResponseRate, language: Language) -> String {
    let (answers, dossiers) = (count(rate.answers, language), count(rate.dossiers, language));
    fill(phrase, &[("answers", &answers), ("dossiers", &dossiers)])
}

/// The end of the leading sentence; nothing where the dossiers are not known.
pub(super) fn in_lead(rate: Option<ResponseRate>, language: Language) -> Option<String> {
    let rate = rate?;
    let text = &ConsoleText::of(language).volume;
    if rate.exceeds {
        return Some(exceeds(text.rate_exceeds, &rate, language));
    }
    let percent = whole_percent(rate.percent, language);
    if since_new_year(&rate) {
        return Some(fill(text.rate_lead, &[("rate", &percent)]));
    }
    let span = months(rate.from, rate.through, language);
    Some(fill(text.rate_lead_months, &[("months", &span), ("rate", &percent)]))
}

/// The end of a line beside the leading one.
pub(super) fn in_line(rate: Option<ResponseRate>, language: Language) -> Option<String> {
    let rate = rate?;
    let text = &ConsoleText::of(language).volume;
    if rate.exceeds {
        return Some(exceeds(text.rate_exceeds_beside, &rate, language));
    }
    Some(fill(text.rate_beside, &[("rate", &whole_percent(rate.percent, language))]))
}

/// The response rate of a level among the facts beside the leading sentence.
pub(super) fn fact(line: Option<&TrustLine>, frame: &Frame) -> AnyView {
    let (text, language) = (&frame.text().volume, frame.language);
    let (value, why) = match line.and_then(|line| line.response) {
        None => (text.rate_unknown.to_owned(), text.rate_unknown_why.to_owned()),
        Some(rate) => (whole_percent(rate.percent, language), explained(&rate, frame)),
    };
    let flag = line.and_then(|line| line.response).filter(|rate| rate.exceeds);
    let flag = flag.map(|_| view! { <b class="flagged">{text.rate_flag}</b> });
    view! { <div><dt>{text.rate}</dt><dd>{value} " " <span>{why} " " {flag}</span></dd></div> }.into_any()
}

fn explained(rate: &ResponseRate, frame: &Frame) -> String {
    let (text, language) = (&frame.text().volume, frame.language);
    let (answers, dossiers) = (count(rate.answers, language), count(rate.dossiers, language));
    let span = months(rate.from, rate.through, language);
    let values = [("answers", answers.as_str()), ("dossiers", &dossiers), ("months", &span)];
    let mut says = fill(text.rate_of, &values);
    if rate.months_known < rate.months {
        let (known, all) = (rate.months_known.to_string(), rate.months.to_string());
        says.push_str(&fill(text.rate_gaps, &[("known", &known), ("all", &all)]));
    }
    says
}

/// Which part of the dossiers stands behind the figures of the page.
pub(super) fn coverage(coverage: Option<Coverage>, frame: &Frame) -> Option<AnyView> {
    let coverage = coverage?;
    let (text, language) = (&frame.text().volume, frame.language);
    let mut says = fill(text.coverage_of, &[("dossiers", &count(coverage.dossiers, language))]);
    if coverage.units_unknown > 0 {
        says.push_str(&fill(text.coverage_unknown, &[("n", &count(coverage.units_unknown, language))]));
    }
    let percent = whole_percent(coverage.percent, language);
    Some(view! { <div><dt>{text.coverage}</dt><dd>{percent} " " <span>{says}</span></dd></div> }.into_any())
}

/// A unit's response rate in a table.
pub(crate) fn cell(rate: Option<ResponseRate>, frame: &Frame) -> AnyView {
    let (text, language) = (&frame.text().volume, frame.language);
    let Some(rate) = rate else {
        return view! { <td class="n why">{text.rate_unknown}</td> }.into_any();
    };
    let of = format!("{}/{}", count(rate.answers, language), count(rate.dossiers, language));
    let says = if rate.exceeds { text.rate_more.to_owned() } else { whole_percent(rate.percent, language) };
    view! { <td class="n"><span>{says}</span> " " <span class="num i">{of}</span></td> }.into_any()
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::period::Month;

    fn rate(answers: u64, dossiers: u64, from: u8) -> ResponseRate {
        let month = |number| Month::new(2026, number).unwrap();
        ResponseRate {
            from: month(from),
            through: month(9),
            months_known: 9,
            months: 9,
            answers,
            dossiers,
            percent: (100.0 * answers as f64 / dossiers as f64).min(100.0),
            exceeds: answers > dossiers,
        }
    }

    #[test]
    fn the_lead_says_since_when_and_has_no_decimals() {
        let lead = |rate| in_lead(Some(rate), Language::Vi).unwrap();
        assert_eq!(lead(rate(293, 3_214, 1)), "; tỷ lệ phản hồi từ đầu năm 9\u{a0}%");
        assert_eq!(lead(rate(1, 3_214, 4)), "; tỷ lệ phản hồi 04–09/2026 dưới 1\u{a0}%");
        assert_eq!(in_lead(None, Language::Vi), None);
    }

    #[test]
    fn more_answers_than_dossiers_are_said_and_not_a_rate() {
        let says = in_lead(Some(rate(1_300, 1_200, 1)), Language::En).unwrap();
        assert_eq!(says, "; more answers than dossiers (1,300 against 1,200), to be looked into");
        let says = in_line(Some(rate(13, 12, 1)), Language::Vi).unwrap();
        assert_eq!(says, "nhiều phiếu hơn hồ sơ: 13 so với 12");
    }
}
