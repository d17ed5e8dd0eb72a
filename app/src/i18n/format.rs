//! Numbers, dates and periods as each language writes them. Survey estimates have one decimal; the
//! space before the sign of per cent does not break, and neither do the dashes inside an interval.

use domain::language::Language;
use domain::period::{LOCAL, Month, Period};
use time::{Date, OffsetDateTime};

/// The space that keeps a number and its sign on one line.
const NO_BREAK: char = '\u{a0}';

const ROMAN: [&str; 4] = ["I", "II", "III", "IV"];

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// A figure with so many decimals.
///
/// ```
/// use app::i18n::format::decimal;
/// use domain::language::Language;
/// assert_eq!(decimal(84.25, 1, Language::Vi), "84,2");
/// assert_eq!(decimal(1.183, 2, Language::En), "1.18");
/// ```
#[must_use]
pub fn decimal(value: f64, places: usize, language: Language) -> String {
    let text = format!("{value:.places$}");
    // What rounds to nothing has no sign.
    let text = match text.strip_prefix('-') {
        Some(rest) if rest.chars().all(|c| c == '0' || c == '.') => rest.to_owned(),
        Some(rest) => format!("\u{2212}{rest}"),
        None => text,
    };
    if language == Language::En { text } else { text.replace('.', ",") }
}

/// An estimate with one decimal, without a sign.
#[must_use]
pub fn number(value: f64, language: Language) -> String {
    decimal(value, 1, language)
}

/// An estimate in per cent.
///
/// ```
/// use app::i18n::format::percent;
/// use domain::language::Language;
/// assert_eq!(percent(84.24, Language::Vi), "84,2\u{a0}%");
/// assert_eq!(percent(84.24, Language::En), "84.2%");
/// ```
#[must_use]
pub fn percent(value: f64, language: Language) -> String {
    let number = number(value, language);
    if language == Language::En { format!("{number}%") } else { format!("{number}{NO_BREAK}%") }
}

/// A part of the whole in per cent, as administrative figures are said: without decimals, never 0 where
/// there is something and never 100 where something is missing.
///
/// ```
/// use app::i18n::format::whole_percent;
/// use domain::language::Language;
/// assert_eq!(whole_percent(9.2, Language::Vi), "9\u{a0}%");
/// assert_eq!(whole_percent(0.3, Language::Vi), "dưới 1\u{a0}%");
/// assert_eq!(whole_percent(99.9, Language::En), "99%");
/// assert_eq!(whole_percent(0.0, Language::En), "0%");
/// ```
#[must_use]
pub fn whole_percent(value: f64, language: Language) -> String {
    let english = language == Language::En;
    let sign = if english { "%".to_owned() } else { format!("{NO_BREAK}%") };
    let shown = if value < 100.0 { value.round().min(99.0) } else { 100.0 };
    match (value > 0.0 && shown < 1.0, english) {
        (false, _) => format!("{shown:.0}{sign}"),
        (true, true) => format!("under 1{sign}"),
        (true, false) => format!("dưới 1{sign}"),
    }
}

/// The two ends of an interval.
///
/// ```
/// use app::i18n::format::range;
/// use domain::language::Language;
/// assert_eq!(range(80.06, 87.61, Language::Vi), "80,1–87,6");
/// ```
#[must_use]
pub fn range(low: f64, high: f64, language: Language) -> String {
    format!("{}–{}", number(low, language), number(high, language))
}

/// A count, in groups of three digits.
///
/// ```
/// use app::i18n::format::count;
/// use domain::language::Language;
/// assert_eq!(count(1_234_567, Language::Vi), "1.234.567");
/// assert_eq!(count(412, Language::En), "412");
/// ```
#[must_use]
pub fn count(value: u64, language: Language) -> String {
    let digits = value.to_string();
    let mark = if language == Language::En { ',' } else { '.' };
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(mark);
        }
        text.push(digit);
    }
    text
}

/// A day.
///
/// ```
/// use app::i18n::format::date;
/// use domain::language::Language;
/// let day = time::macros::date!(2026 - 10 - 05);
/// assert_eq!(date(day, Language::Vi), "05/10/2026");
/// assert_eq!(date(day, Language::En), "5 October 2026");
/// ```
#[must_use]
pub fn date(day: Date, language: Language) -> String {
    if language == Language::En {
        let name = MONTHS[usize::from(u8::from(day.month())) - 1];
        return format!("{} {name} {}", day.day(), day.year());
    }
    format!("{:02}/{:02}/{}", day.day(), u8::from(day.month()), day.year())
}

/// An instant in Vietnam's time, to the minute.
///
/// ```
/// use app::i18n::format::moment;
/// use domain::language::Language;
/// let at = time::macros::datetime!(2026-10-05 18:07 UTC);
/// assert_eq!(moment(at, Language::Vi), "01:07, 06/10/2026");
/// assert_eq!(moment(at, Language::En), "01:07, 6 October 2026");
/// ```
#[must_use]
pub fn moment(at: OffsetDateTime, language: Language) -> String {
    let local = at.to_offset(LOCAL);
    format!("{:02}:{:02}, {}", local.hour(), local.minute(), date(local.date(), language))
}

/// A day for the `datetime` attribute.
#[must_use]
pub fn machine_date(day: Date) -> String {
    format!("{:04}-{:02}-{:02}", day.year(), u8::from(day.month()), day.day())
}

fn month_name(month: Month) -> &'static str {
    let index = usize::try_from(month.month() - 1).unwrap_or_default();
    MONTHS.get(index).copied().unwrap_or_default()
}

/// A month: "tháng 10/2026", "October 2026".
#[must_use]
pub fn month(month: Month, language: Language) -> String {
    if language == Language::En {
        return format!("{} {}", month_name(month), month.year());
    }
    format!("tháng{NO_BREAK}{}/{}", month.month(), month.year())
}

/// A span of months: "01–12/2026", "January–December 2026".
#[must_use]
pub fn months(from: Month, to: Month, language: Language) -> String {
    if from == to {
        return month(from, language);
    }
    let one_year = from.year() == to.year();
    if language == Language::En {
        let start = if one_year { month_name(from).to_owned() } else { month(from, language) };
        return format!("{start}–{}", month(to, language));
    }
    let start = if one_year { String::new() } else { format!("/{}", from.year()) };
    format!("{:02}{start}–{:02}/{}", from.month(), to.month(), to.year())
}

/// A period inside a sentence: "quý III/2026", "Q3 2026".
///
/// ```
/// use app::i18n::format::period;
/// use domain::language::Language;
/// use domain::period::Period;
/// assert_eq!(period(Period::Quarter(2026, 3), Language::Vi), "quý\u{a0}III/2026");
/// assert_eq!(period(Period::Quarter(2026, 3), Language::En), "Q3 2026");
/// ```
#[must_use]
pub fn period(period: Period, language: Language) -> String {
    let english = language == Language::En;
    match period {
        Period::Month(of) => month(of, language),
        Period::Quarter(year, quarter) if english => format!("Q{quarter} {year}"),
        Period::Quarter(year, quarter) => {
            let index = usize::try_from(quarter - 1).unwrap_or_default();
            format!("quý{NO_BREAK}{}/{year}", ROMAN.get(index).copied().unwrap_or_default())
        }
        Period::Year(year) if english => year.to_string(),
        Period::Year(year) => format!("năm{NO_BREAK}{year}"),
        Period::Twelve(last) if english => format!("the twelve months to {}", month(last, language)),
        Period::Twelve(last) => format!("mười hai tháng đến hết {}", month(last, language)),
    }
}

/// The months whose answers a period counts, in words; `None` where its name says it already.
#[must_use]
pub fn counted_months(period: Period, language: Language) -> Option<String> {
    let Period::Quarter(..) = period else { return None };
    let (first, last) = period.months();
    if language == Language::En {
        return Some(format!("{} to {}", month_name(first), month_name(last)));
    }
    let names: Vec<String> = (0..3).map(|step| first.plus(step).month().to_string()).collect();
    Some(names.join(", "))
}

/// The same text with a capital at its beginning.
///
/// ```
/// assert_eq!(app::i18n::format::capitalize("đang chờ"), "Đang chờ");
/// ```
#[must_use]
pub fn capitalize(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_rounds_to_nothing_has_no_sign() {
        assert_eq!(number(-0.04, Language::Vi), "0,0");
        assert_eq!(number(-2.6, Language::Vi), "−2,6");
    }

    #[test]
    fn spans_of_months_say_the_year_once_where_it_is_one() {
        let month = |text: &str| text.parse::<Month>().unwrap();
        assert_eq!(months(month("2026-01"), month("2026-12"), Language::Vi), "01–12/2026");
        assert_eq!(months(month("2025-07"), month("2026-06"), Language::Vi), "07/2025–06/2026");
        assert_eq!(months(month("2026-01"), month("2026-03"), Language::En), "January–March 2026");
    }

    #[test]
    fn a_quarter_names_its_months() {
        assert_eq!(counted_months(Period::Quarter(2026, 3), Language::Vi).unwrap(), "7, 8, 9");
        assert_eq!(counted_months(Period::Quarter(2026, 3), Language::En).unwrap(), "July to September");
        assert_eq!(counted_months(Period::Year(2026), Language::Vi), None);
    }
}
