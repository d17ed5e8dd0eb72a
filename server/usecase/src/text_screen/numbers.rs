//! Numbers, plates and addresses: found by their shape.

use std::ops::Range;

/// Digits from which a number may be somebody's: shorter ones are counters, days, prices.
const MANY: usize = 7;

/// E-mail addresses.
pub(super) fn addresses(text: &str) -> Vec<Range<usize>> {
    let is_local = |c: char| c.is_ascii_alphanumeric() || "._%+-".contains(c);
    let is_domain = |c: char| c.is_ascii_alphanumeric() || ".-".contains(c);
    let mut spans = Vec::new();
    for (at, _) in text.match_indices('@') {
        let before = text[..at].chars().rev().take_while(|c| is_local(*c)).map(char::len_utf8).sum::<usize>();
        let after = text[at + 1..].chars().take_while(|c| is_domain(*c)).map(char::len_utf8).sum::<usize>();
        let domain = text[at + 1..at + 1 + after].trim_end_matches(['.', '-']);
        if before > 0 && domain.contains('.') {
            spans.push(at - before..at + 1 + domain.len());
        }
    }
    spans
}

/// Numbers of many digits, with whatever stands between these, and codes that hold as many.
pub(super) fn numbers(text: &str) -> Vec<Range<usize>> {
    let chars: Vec<(usize, char)> = text.char_indices().collect();
    let end = |at: usize| chars.get(at).map_or(text.len(), |(byte, _)| *byte);
    let mut spans = Vec::new();
    let mut at = 0;
    while at < chars.len() {
        if !starts_number(&chars, at) {
            at += 1;
            continue;
        }
        let last = run_end(&chars, at);
        let span = chars[at].0..end(last);
        let digits = text[span.clone()].chars().filter(char::is_ascii_digit).count();
        if digits >= MANY && !is_day(&text[span.clone()]) && !is_money(&text[span.clone()], &text[span.end..])
        {
            spans.push(span);
        }
        at = last.max(at + 1);
    }
    spans
}

/// A digit, a plus or bracket before one, or the letter of a code, at the beginning of a word.
fn starts_number(chars: &[(usize, char)], at: usize) -> bool {
    let c = chars[at].1;
    let follows_word = at > 0 && chars[at - 1].1.is_alphanumeric();
    let before_digit = chars.get(at + 1).is_some_and(|(_, next)| next.is_ascii_digit());
    !follows_word && (c.is_ascii_digit() || (before_digit && (c.is_ascii_uppercase() || "+(".contains(c))))
}

/// Where a run of digits and what may stand between them ends: it ends with a digit.
fn run_end(chars: &[(usize, char)], from: usize) -> usize {
    let mut end = from + 1;
    let mut at = from + 1;
    let mut between = 0;
    while let Some((_, c)) = chars.get(at) {
        let code_letter = c.is_ascii_uppercase()
            && chars.get(at + 1).is_some_and(|(_, next)| next.is_ascii_digit())
            && chars.get(at - 1).is_some_and(|(_, last)| ".-".contains(*last));
        if c.is_ascii_digit() || code_letter {
            end = at + 1;
            between = 0;
        } else if " .-–()\u{a0}".contains(*c) && between < 2 {
            between += 1;
        } else {
            break;
        }
        at += 1;
    }
    end
}

/// 2026-10-05, 05-10-2026, 05.10.2026.
fn is_day(text: &str) -> bool {
    let parts: Vec<&str> = text.split(['-', '.']).collect();
    let widths: Vec<usize> = parts.iter().map(|part| part.len()).collect();
    let numbers: Vec<u32> = parts.iter().filter_map(|part| part.parse().ok()).collect();
    let (year, month, day) = match (widths.as_slice(), numbers.as_slice()) {
        ([4, 1..=2, 1..=2], [year, month, day]) | ([1..=2, 1..=2, 4], [day, month, year]) => {
            (*year, *month, *day)
        }
        _ => return false,
    };
    (1900..2200).contains(&year) && (1..=12).contains(&month) && (1..=31).contains(&day)
}

/// Written in thousands or plainly, not beginning with nought, and followed by a currency.
fn is_money(text: &str, after: &str) -> bool {
    let digits: Vec<&str> = text.split(['.', ' ']).collect();
    let grouped = digits.len() == 1 || digits.iter().skip(1).all(|group| group.len() == 3);
    let plain = digits.iter().all(|group| group.bytes().all(|b| b.is_ascii_digit()));
    let next = after.trim_start().to_lowercase();
    let currency = ["đồng", "đ", "vnd", "vnđ", "dong", "triệu"];
    let named = currency
        .iter()
        .any(|word| next.strip_prefix(word).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric)));
    grouped && plain && named && !text.starts_with('0') && digits[0].len() <= 12
}

/// Number plates: two digits, one or two letters with or without a digit, four or five digits.
pub(super) fn plates(text: &str) -> Vec<Range<usize>> {
    let chars: Vec<(usize, char)> = text.char_indices().collect();
    let mut spans = Vec::new();
    let mut at = 0;
    while at < chars.len() {
        let follows_word = at > 0 && chars[at - 1].1.is_alphanumeric();
        match plate_end(&chars, at).filter(|_| !follows_word) {
            Some(end) => {
                spans.push(chars[at].0..chars.get(end).map_or(text.len(), |(byte, _)| *byte));
                at = end;
            }
            None => at += 1,
        }
    }
    spans
}

fn plate_end(chars: &[(usize, char)], from: usize) -> Option<usize> {
    let at = |index: usize| chars.get(index).map(|(_, c)| *c);
    let is_digit = |index: usize| at(index).is_some_and(|c| c.is_ascii_digit());
    let is_letter = |index: usize| at(index).is_some_and(|c| c.is_ascii_alphabetic());
    let gap = |index: usize| at(index).is_some_and(|c| " -.".contains(c));
    let mut next = from;
    if !(is_digit(next) && is_digit(next + 1)) {
        return None;
    }
    next += 2;
    next += usize::from(gap(next));
    if !is_letter(next) {
        return None;
    }
    next += 1 + usize::from(is_letter(next + 1));
    // The digit of a series, as in B1: only if enough digits come after it.
    if is_digit(next) && gap(next + 1) {
        next += 1;
    }
    while gap(next) {
        next += 1;
    }
    let begun = next;
    let mut digits = 0;
    while is_digit(next) || (digits == 3 && at(next) == Some('.')) {
        digits += usize::from(is_digit(next));
        next += 1;
    }
    let ends = !at(next).is_some_and(char::is_alphanumeric);
    (ends && (4..=6).contains(&digits) && next > begun).then_some(next)
}
