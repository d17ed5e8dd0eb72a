//! Names of people: words with a capital after a title, family names, whole names.

use std::ops::Range;

/// Words after which a name may stand; those of two words are written with a space.
const TITLES: [&str; 27] = [
    "ông",
    "bà",
    "anh",
    "chị",
    "cô",
    "chú",
    "bác",
    "cậu",
    "dì",
    "em",
    "thầy",
    "bạn",
    "đồng chí",
    "đ/c",
    "đc",
    "cán bộ",
    "nhân viên",
    "công chức",
    "viên chức",
    "chủ tịch",
    "giám đốc",
    "trưởng phòng",
    "mr",
    "mrs",
    "ms",
    "mợ",
    "thím",
];
/// Beginnings of offices that stand after such words as well.
const OFFICES: [&str; 27] = [
    "trung tâm",
    "uỷ ban",
    "ủy ban",
    "ubnd",
    "hđnd",
    "hội đồng",
    "công an",
    "văn phòng",
    "một cửa",
    "tư pháp",
    "địa chính",
    "hộ tịch",
    "sở",
    "phòng",
    "ban",
    "xã",
    "phường",
    "huyện",
    "tỉnh",
    "thành phố",
    "tổ",
    "bộ",
    "chi nhánh",
    "nhà nước",
    "ttpvhcc",
    "bưu điện",
    "thuế",
];
/// Words before places that are named after people.
const PLACES: [&str; 18] = [
    "xã",
    "phường",
    "đường",
    "trường",
    "huyện",
    "ấp",
    "khóm",
    "chợ",
    "cầu",
    "trấn",
    "lộ",
    "tỉnh",
    "phố",
    "sông",
    "kênh",
    "công viên",
    "bệnh viện",
    "học",
];
/// Family names that are no ordinary word in small letters.
const FAMILIES: [&str; 20] = [
    "nguyễn", "trần", "phạm", "huỳnh", "hoàng", "phan", "vũ", "võ", "đặng", "bùi", "đỗ", "ngô", "dương",
    "trương", "đinh", "lê", "lý", "hồ", "lâm", "châu",
];
/// Most words of a name.
const LONGEST: usize = 4;

#[derive(Debug, Clone)]
struct Word<'a> {
    span: Range<usize>,
    text: &'a str,
    lower: String,
    /// Nothing but spaces stand between this word and the one before.
    joined: bool,
}

impl Word<'_> {
    fn is_capital(&self) -> bool {
        self.text.chars().next().is_some_and(char::is_uppercase)
    }

    fn is_family(&self) -> bool {
        FAMILIES.contains(&self.lower.as_str())
    }
}

/// Words with their places. A stroke inside a word belongs to it (đ/c), a full stop after a title as
/// well (Mr. John).
fn words(text: &str) -> Vec<Word<'_>> {
    let mut words: Vec<Word<'_>> = Vec::new();
    let mut begun: Option<usize> = None;
    let is_inside = |c: char| c.is_alphanumeric() || c == '/' || c == '’' || c == '\'';
    for (at, c) in text.char_indices().chain(std::iter::once((text.len(), ' '))) {
        match (is_inside(c), begun) {
            (true, None) => begun = Some(at),
            (false, Some(start)) => {
                begun = None;
                let between = words.last().map(|last: &Word<'_>| &text[last.span.end..start]);
                let after_title =
                    words.last().is_some_and(|last| ["mr", "mrs", "ms"].contains(&last.lower.as_str()));
                let joined = between.is_some_and(|gap| {
                    let gap = if after_title { gap.trim_start_matches('.') } else { gap };
                    !gap.is_empty() && gap.chars().all(|c| c == ' ' || c == '\u{a0}')
                });
                let word = &text[start..at];
                words.push(Word { span: start..at, text: word, lower: word.to_lowercase(), joined });
            }
            _ => {}
        }
    }
    words
}

/// Where names stand.
pub(super) fn names(text: &str) -> Vec<Range<usize>> {
    let words = words(text);
    let mut spans = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let titled = title_before(&words, at) && !starts_office(&words, at);
        let count = if titled { after_title(&words, at) } else { whole_name(&words, at) };
        if count > 0 {
            spans.push(words[at].span.start..words[at + count - 1].span.end);
        }
        at += count.max(1);
    }
    spans
}

/// Whether the words just before a place are one of a list.
fn follows(words: &[Word<'_>], at: usize, list: &[&str]) -> bool {
    if at == 0 || !words[at].joined {
        return false;
    }
    let one = words[at - 1].lower.as_str();
    let two = (at > 1 && words[at - 1].joined).then(|| format!("{} {one}", words[at - 2].lower));
    list.iter().any(|entry| *entry == one || Some(*entry) == two.as_deref())
}

fn title_before(words: &[Word<'_>], at: usize) -> bool {
    follows(words, at, &TITLES)
}

fn starts_office(words: &[Word<'_>], at: usize) -> bool {
    let one = words[at].lower.as_str();
    let two = words.get(at + 1).filter(|next| next.joined).map(|next| format!("{one} {}", next.lower));
    OFFICES.iter().any(|office| *office == one || Some(*office) == two.as_deref())
}

/// How many words after a title are a name.
fn after_title(words: &[Word<'_>], at: usize) -> usize {
    let capitals = capitals(words, at);
    if capitals > 0 {
        return capitals;
    }
    // "anh nguyễn văn tèo": a family name in small letters, and what goes with it.
    if !words[at].is_family() {
        return 0;
    }
    let middle = ["văn", "thị", "hữu", "đức", "minh", "ngọc", "quốc", "thanh", "kim"];
    let joined = |index: usize| words.get(index).is_some_and(|word| word.joined);
    let has_middle = joined(at + 1) && middle.contains(&words[at + 1].lower.as_str());
    let given = at + 1 + usize::from(has_middle);
    1 + usize::from(has_middle) + usize::from(joined(given))
}

/// How many words in a row begin with a capital.
fn capitals(words: &[Word<'_>], at: usize) -> usize {
    let in_a_row = words[at..].iter().take(LONGEST).enumerate();
    in_a_row.take_while(|(index, word)| word.is_capital() && (*index == 0 || word.joined)).count()
}

/// A family name and at least two words more, unless a place is called so.
fn whole_name(words: &[Word<'_>], at: usize) -> usize {
    let count = capitals(words, at);
    let is_name = count >= 3 && words[at].is_family() && !follows(words, at, &PLACES);
    if is_name { count } else { 0 }
}
