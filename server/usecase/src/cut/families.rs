//! How a box is divided: pure, the same every time, no database.

use super::mixture::may_stand_beside_mixtures;
use super::partition::{Partition, may_stand_together};
use super::span::{Found, search};
use crate::entry::{Family, POOLED};
use std::collections::BTreeMap;

/// The largest number of parts of a family; parts are numbered in one byte, half of it for parts
/// of a parent's box.
pub const MOST_PARTS: usize = 127;

/// The largest box that is searched exactly before a family is accepted: in larger ones the sets are far
/// larger than k, and the search would not end.
const SEARCHED: usize = 250;

/// What a cut must keep to.
#[derive(Debug, Clone, Copy)]
pub struct Rule {
    /// k of the survey: no difference may be smaller.
    pub k: usize,
    /// Fewest people of a part.
    pub limit: usize,
    /// Whether families are compared before they are accepted.
    pub guard: Guard,
}

/// What is known of the people of a box before it is divided.
#[derive(Debug, Clone)]
pub struct Known {
    /// The unit of everybody, numbered: one in a unit's own box.
    pub units: Vec<usize>,
    /// What already divides them: the steps of the folds, and in a parent's box the parts of the boxes
    /// below and of earlier cuts.
    pub published: Vec<Published>,
}

impl Rule {
    /// The rule of a box: parts of at least k people, of 3k at levels of trust whose answers the
    /// rated office could cast itself, and in a parent's box.
    #[must_use]
    pub const fn new(k: u32, is_fakeable: bool, is_parent: bool) -> Self {
        let k = k as usize;
        Self { k, limit: if is_fakeable || is_parent { 3 * k } else { k }, guard: Guard::PairCheck }
    }
}

/// What stands between a family and its publication.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Guard {
    /// No union of parts may differ from a union of others around it by 1 to k-1 people.
    PairCheck,
    /// None, to show that the tests would notice.
    #[cfg(any(test, feature = "mutant"))]
    Nothing,
    /// The pair check without the exact search behind it.
    #[cfg(feature = "mutant")]
    PairsAlone,
    /// The pair check, but what is large enough of a family that cannot be split stands alone.
    #[cfg(feature = "mutant")]
    LetAlone,
}

/// A family divided into parts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Split {
    /// Code of each part; [`POOLED`] for what was too small.
    pub codes: Vec<String>,
    /// Who is in which part, by position in `codes`.
    pub partition: Partition,
}

/// What already divides the people of a box.
#[derive(Debug, Clone)]
pub struct Published {
    /// The family; `None` for the steps of the folds.
    pub family: Option<Family>,
    /// Who is in which of its sets.
    pub partition: Partition,
}

/// What becomes of each family of a box, in their order: its parts, or `None` where it cannot be
/// split. `bands` holds by family the band of everybody, `None` for people of whom the box does not
/// hold the family.
///
/// At a parent the parts of a family below and its new ones divide everybody together, and a union may
/// be of both: so it is the whole family that is compared.
#[must_use]
pub fn split_families(
    bands: &[(Family, Vec<Option<String>>)],
    mut known: Known,
    rule: Rule,
) -> Vec<(Family, Option<Split>)> {
    let mut families = Vec::with_capacity(bands.len());
    for (family, bands) in bands {
        let before = known.published.iter().position(|one| one.family == Some(*family));
        let before = before.map(|at| known.published.remove(at).partition);
        let whole = |split: &Split| match &before {
            Some(before) => split.partition.beside(before),
            None => split.partition.clone(),
        };
        let split = pool(bands, rule.limit).filter(|split| {
            is_unchecked(rule.guard)
                || known.allows(&split.partition, &whole(split), rule.k)
                    && (!is_searched(rule.guard) || known.is_safe_with(&whole(split), rule.k))
        });
        #[cfg(feature = "mutant")]
        let is_alone = rule.guard == Guard::LetAlone && pool(bands, rule.limit).is_none();
        #[cfg(feature = "mutant")]
        let split = split.or_else(|| is_alone.then(|| alone(bands, rule.limit))?);
        let partition = split.as_ref().map(whole).or(before);
        known.published.extend(partition.map(|partition| Published { family: Some(*family), partition }));
        families.push((*family, split));
    }
    families
}

impl Known {
    /// Whether new parts may be published; `whole` is their family, with its parts below.
    fn allows(&self, new: &Partition, whole: &Partition, k: usize) -> bool {
        let others: Vec<&Partition> = self.published.iter().map(|one| &one.partition).collect();
        let mut pairs = others.iter();
        pairs.all(|other| may_stand_together(whole, other, k))
            && (self.units.iter().all(|unit| *unit == 0)
                || may_stand_beside_mixtures(new, &self.units, &others, k)
                    && others.iter().all(|other| {
                        // Units that have a set in common can only be taken together.
                        let joined = join(&self.units, other);
                        joined == self.units || may_stand_beside_mixtures(new, &joined, &others, k)
                    }))
    }
}

impl Known {
    /// Whether no group of fewer than k follows from all that is published together, in a box that is
    /// small enough to tell.
    fn is_safe_with(&self, whole: &Partition, k: usize) -> bool {
        if self.units.len() > SEARCHED {
            return true;
        }
        let all: Vec<&Partition> = self.published.iter().map(|one| &one.partition).chain([whole]).collect();
        search(&all, self.units.len(), k) == Found::Nobody
    }
}

/// Units, those as one that share a set.
fn join(units: &[usize], sets: &Partition) -> Vec<usize> {
    let mut names: Vec<usize> = (0..units.iter().max().map_or(0, |last| last + 1)).collect();
    let mut first: Vec<Option<usize>> = vec![None; sets.sizes().len()];
    for (unit, set) in units.iter().zip(sets.labels()) {
        let Some(set) = set else { continue };
        let (one, other) = (names[*first[*set].get_or_insert(*unit)], names[*unit]);
        names.iter_mut().filter(|name| **name == other).for_each(|name| *name = one);
    }
    units.iter().map(|unit| names[*unit]).collect()
}

#[cfg(not(feature = "mutant"))]
const fn is_searched(_: Guard) -> bool {
    true
}

#[cfg(feature = "mutant")]
fn is_searched(guard: Guard) -> bool {
    guard != Guard::PairsAlone
}

#[cfg(not(any(test, feature = "mutant")))]
const fn is_unchecked(guard: Guard) -> bool {
    match guard {
        Guard::PairCheck => false,
    }
}

#[cfg(any(test, feature = "mutant"))]
fn is_unchecked(guard: Guard) -> bool {
    guard == Guard::Nothing
}

/// The parts that are large enough, and silence about everybody else.
#[cfg(feature = "mutant")]
fn alone(bands: &[Option<String>], limit: usize) -> Option<Split> {
    let size = |band: &String| bands.iter().flatten().filter(|other| *other == band).count();
    let keys: Vec<Option<&String>> =
        bands.iter().map(|band| band.as_ref().filter(|band| size(band) >= limit)).collect();
    let mut codes: Vec<String> = keys.iter().flatten().map(|code| (*code).clone()).collect();
    codes.sort_unstable();
    codes.dedup();
    (!codes.is_empty()).then(|| Split { codes, partition: Partition::of(&keys) })
}

/// Parts by band; bands below the limit become one part, and while that is too small the next
/// smallest joins it. `None` where fewer than two parts are left.
fn pool(bands: &[Option<String>], limit: usize) -> Option<Split> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    bands.iter().flatten().for_each(|band| *counts.entry(band).or_default() += 1);
    let mut by_size: Vec<(usize, &str)> = counts.into_iter().map(|(band, n)| (n, band)).collect();
    by_size.sort_unstable();
    let mut pooled = 0;
    let mut people = 0;
    while by_size.get(pooled).is_some_and(|(n, _)| *n < limit || (people > 0 && people < limit)) {
        people += by_size[pooled].0;
        pooled += 1;
    }
    let small: Vec<&str> = by_size[..pooled].iter().map(|(_, band)| *band).collect();
    let part = |band| if small.contains(&band) { POOLED } else { band };
    let keys: Vec<Option<&str>> = bands.iter().map(|band| band.as_deref().map(part)).collect();
    let mut codes: Vec<&str> = keys.iter().flatten().copied().collect();
    codes.sort_unstable();
    codes.dedup();
    let codes: Vec<String> = codes.into_iter().map(str::to_owned).collect();
    (2..=MOST_PARTS).contains(&codes.len()).then(|| Split { codes, partition: Partition::of(&keys) })
}

#[cfg(test)]
mod tests;
