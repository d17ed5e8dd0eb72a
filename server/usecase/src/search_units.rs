//! Finds units by code or name, typed with or without marks, today's and those of the past.

use crate::office::parse_day;
use crate::registry::Province;
use domain::unit::{Unit, plain, spelling};
use time::Date;

/// Most letters of a question; what follows them is not looked at.
pub const LONGEST: usize = 100;
/// Words that say what kind of unit a name is, and that people leave out.
const KINDS: [&str; 9] =
    ["xã ", "phường ", "thị trấn ", "huyện ", "thị xã ", "thành phố ", "quận ", "tỉnh ", "sở "];

/// How well a unit answers a question, the best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rank {
    /// The question is its code.
    Code,
    /// The question is its name, with or without the word for its kind.
    Name,
    /// Its code or its name begins with the question.
    Prefix,
    /// Each word of the question begins a word of its name.
    Words,
}

/// A unit that answers a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Found<'a> {
    /// The unit.
    pub unit: &'a Unit,
    /// How well.
    pub rank: Rank,
    /// Whether the marks are those that were typed; none typed agree with any.
    pub has_same_marks: bool,
}

/// The units that answer a question: by rank, those with the marks that were typed first, those of today
/// before those of the past, in the official order.
#[must_use]
pub fn search_units<'a>(province: &'a Province, question: &str, today: Date) -> Vec<Found<'a>> {
    let question: String = question.trim().chars().take(LONGEST).collect();
    let asked = Asked::of(&question);
    if asked.plain.is_empty() {
        return Vec::new();
    }
    // Whoever names a day means the unit that had the code on it.
    let day = question.split_once('@').and_then(|(_, day)| parse_day(day.trim()));
    let was_so = |one: &Found<'a>| day.is_none_or(|day| one.rank == Rank::Code && one.unit.is_valid_on(day));
    let found = province.units().filter_map(|unit| asked.find(unit)).filter(was_so);
    let mut found: Vec<Found<'a>> = found.collect();
    found.sort_by_key(|one| (one.rank, !one.has_same_marks, !one.unit.is_valid_on(today)));
    found
}

struct Asked {
    code: String,
    plain: String,
    spelt: String,
    has_marks: bool,
}

impl Asked {
    fn of(question: &str) -> Self {
        let code = question.split('@').next().unwrap_or_default().to_lowercase();
        let (plain, spelt) = (plain(question), spelling(question));
        Self { has_marks: plain != spelt, code, plain, spelt }
    }

    fn find<'a>(&self, unit: &'a Unit) -> Option<Found<'a>> {
        let code = unit.code.to_lowercase();
        if code == self.code {
            return Some(Found { unit, rank: Rank::Code, has_same_marks: true });
        }
        let names = [Some(&unit.name.vi), unit.name.en.as_ref(), unit.name.km.as_ref()];
        let best = names.into_iter().flatten().filter_map(|name| self.rank(name)).min();
        let by_code = code.starts_with(&self.code).then_some((Rank::Prefix, false));
        let (rank, differs) = best.into_iter().chain(by_code).min()?;
        Some(Found { unit, rank, has_same_marks: !differs })
    }

    /// How well a name answers, and whether its marks are others.
    fn rank(&self, name: &str) -> Option<(Rank, bool)> {
        let rank = rank(&plain(name), &self.plain, plain)?;
        let same = !self.has_marks || rank_of_marks(name, &self.spelt) == Some(rank);
        Some((rank, !same))
    }
}

fn rank_of_marks(name: &str, spelt: &str) -> Option<Rank> {
    rank(&spelling(name), spelt, spelling)
}

fn rank(name: &str, question: &str, written: fn(&str) -> String) -> Option<Rank> {
    let bare =
        KINDS.iter().find_map(|kind| name.strip_prefix(&format!("{} ", written(kind)))).unwrap_or(name);
    if name == question || bare == question {
        return Some(Rank::Name);
    }
    if name.starts_with(question) || bare.starts_with(question) {
        return Some(Rank::Prefix);
    }
    let begins = |word: &str| name.split(' ').any(|one| one.starts_with(word));
    question.split(' ').all(begins).then_some(Rank::Words)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::succession::import_succession;
    use crate::import::tests::{Desk, tenant};

    const SUCCESSION: &str = include_str!("../../../app/units/ca_mau_succession_2025.csv");

    async fn told(question: &str) -> Vec<String> {
        let desk = Desk::ca_mau().await;
        import_succession(&desk.office, tenant(), SUCCESSION.as_bytes(), false).await.unwrap();
        let (province, today) = (desk.province(), desk.office.today());
        let found = search_units(&province, question, today);
        found.iter().map(|one| format!("{} {}", province.named(one.unit, today), one.unit.name.vi)).collect()
    }

    #[tokio::test]
    async fn marks_need_not_be_typed() {
        let without = told("bac lieu").await;
        assert_eq!(without, told("Bạc Liêu").await);
        assert_eq!(without[0], "31825 Phường Bạc Liêu");
        assert_eq!(without[1], "95@2025-06-30 Tỉnh Bạc Liêu");
        assert_eq!(without[2], "954@2025-06-30 Thành phố Bạc Liêu");
        assert!(without[3].starts_with("31825-TT Trung tâm"), "{without:?}");
        assert_eq!(told("dat mui").await[..2], ["32248 Xã Đất Mũi", "32248@2025-06-30 Xã Đất Mũi"]);
    }

    #[tokio::test]
    async fn marks_that_are_typed_come_first() {
        let (with, without) = (told("Tân Thạnh").await, told("tan thanh").await);
        assert_eq!(with.len(), without.len());
        assert!(with[0].starts_with("31969@2025-06-30"), "an old unit before one of today: {with:?}");
        assert!(without[0].ends_with("Phường Tân Thành"), "{without:?}");
        // Both places of the tone mark are one spelling.
        assert_eq!(told("Hòa Bình").await[0], "31891 Xã Hoà Bình");
        assert_eq!(told("Hoà Bình").await[0], "31891 Xã Hoà Bình");
    }

    #[tokio::test]
    async fn a_code_comes_before_a_name_and_today_before_the_past() {
        assert_eq!(told("31825").await[..2], ["31825 Phường Bạc Liêu", "31825@2025-06-30 Phường 1"]);
        assert_eq!(told("31813").await, ["31813@2025-06-30 Phường 2"]);
        let words = told("nguyen khai").await;
        assert!(words.iter().any(|one| one == "32227 Xã Nguyễn Việt Khái"), "{words:?}");
        assert!(told("  ").await.is_empty() && told("không đâu có").await.is_empty());
    }
}
