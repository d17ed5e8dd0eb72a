//! The ledger: what of a release is hashed, and how. Whoever holds these lines, from the database or from a published
//! file, computes the same chain.
//!
//! A release's hash is SHA-256 over the hash before it, the tenant, the number and the day; then its cells in the order
//! of their keys, each with its people and the SHA-256 of its packed sums; then its decisions, in the order of their
//! bytes.

use crate::keys::hexadecimal;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use store::exclusion::{DIMENSION, Decision, PartKey};
use store::tally::Increment;

/// The key of a cell in words: ids in hexadecimal digits, the rest as everywhere.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct GroupLine {
    /// Id of the survey.
    pub survey: String,
    /// Id of the unit.
    pub unit: String,
    /// Form.
    pub variant: String,
    /// Route.
    pub route: String,
    /// Mode.
    pub mode: String,
    /// Level of trust.
    pub trust: String,
}

/// What a release added to a cell.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct CellLine {
    /// The group.
    #[serde(flatten)]
    pub group: GroupLine,
    /// `all`, or a family.
    pub dimension: String,
    /// The part of the family.
    pub band: String,
    /// First month, yyyymm.
    pub month_from: i64,
    /// Last month, yyyymm.
    pub month_to: i64,
    /// People.
    pub n: i64,
    /// SHA-256 of the packed sums, hexadecimal.
    pub record_sha256: String,
    /// The packed sums, hexadecimal; only in a province's own file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub record: Option<String>,
}

/// A decision to leave a part out, or to take it back in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DecisionLine {
    /// The group of the part.
    #[serde(flatten)]
    pub group: GroupLine,
    /// The part.
    pub band: String,
    /// First month, yyyymm.
    pub month_from: i64,
    /// Last month, yyyymm.
    pub month_to: i64,
    /// The release of the part.
    pub part_release: i64,
    /// `exclude` or `return`.
    pub verb: String,
    /// Why.
    pub reason: String,
    /// Who decided; only in a province's own file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub who: Option<String>,
}

impl GroupLine {
    fn of(group: &domain::survey::Group) -> Self {
        Self {
            survey: hexadecimal(group.survey.as_bytes()),
            unit: hexadecimal(group.unit.as_bytes()),
            variant: group.variant.to_string(),
            route: group.route.to_string(),
            mode: group.mode.to_string(),
            trust: group.trust.to_string(),
        }
    }

    /// The ids as bytes, then the words.
    fn bytes(&self) -> Vec<u8> {
        let Self { survey, unit, variant, route, mode, trust } = self;
        let mut bytes = unhexed(survey).unwrap_or_default();
        bytes.extend(unhexed(unit).unwrap_or_default());
        bytes.extend(format!("|{variant}|{route}|{mode}|{trust}|").into_bytes());
        bytes
    }
}

impl CellLine {
    /// The line of an increment, with its sums or without.
    #[must_use]
    pub fn of(increment: &Increment, with_record: bool) -> Self {
        Self {
            group: GroupLine::of(&increment.group),
            dimension: increment.dimension.clone(),
            band: increment.band.clone(),
            month_from: increment.months.0,
            month_to: increment.months.1,
            n: increment.n,
            record_sha256: hexadecimal(&Sha256::digest(&increment.record)),
            record: with_record.then(|| hexadecimal(&increment.record)),
        }
    }

    /// Whether sums, where they are there, are those that were hashed, and every digit is one.
    #[must_use]
    pub fn is_sound(&self) -> bool {
        let is_id = |text: &str| unhexed(text).is_some_and(|id| id.len() == 16);
        let is_its_own = |record: &String| {
            unhexed(record).is_some_and(|record| hexadecimal(&Sha256::digest(&record)) == self.record_sha256)
        };
        is_id(&self.group.survey)
            && is_id(&self.group.unit)
            && unhexed(&self.record_sha256).is_some_and(|hash| hash.len() == 32)
            && self.record.as_ref().is_none_or(is_its_own)
    }

    fn bytes(&self) -> Vec<u8> {
        let Self { dimension, band, month_from, month_to, n, record_sha256, .. } = self;
        let mut bytes = self.group.bytes();
        bytes.extend(format!("{dimension}|{band}|{month_from}|{month_to}|{n}|").into_bytes());
        bytes.extend(unhexed(record_sha256).unwrap_or_default());
        bytes
    }
}

impl DecisionLine {
    /// The line of a decision, with who decided or without.
    #[must_use]
    pub fn of(decision: &Decision, with_who: bool) -> Self {
        let PartKey { group, band, months, release } = &decision.part;
        Self {
            group: GroupLine::of(group),
            band: band.clone(),
            month_from: months.0,
            month_to: months.1,
            part_release: *release,
            verb: if decision.excludes { "exclude" } else { "return" }.into(),
            reason: decision.reason.clone(),
            who: with_who.then(|| decision.who.clone()),
        }
    }

    fn bytes(&self) -> Vec<u8> {
        let Self { band, month_from, month_to, part_release, verb, reason, .. } = self;
        let mut bytes = self.group.bytes();
        bytes.extend(
            format!("{DIMENSION}|{band}|{month_from}|{month_to}|{part_release}|{verb}|").into_bytes(),
        );
        bytes.extend(reason.as_bytes());
        bytes
    }
}

/// The hash of one release, in the making.
#[derive(Debug, Clone)]
pub struct ReleaseHash {
    hasher: Sha256,
    decisions: Vec<Vec<u8>>,
}

impl ReleaseHash {
    /// Begins with the hash before, the tenant, the number and the day as 2026-10-05.
    #[must_use]
    pub fn begin(before: &str, tenant: &str, release: i64, day: &str) -> Self {
        let mut hasher = Sha256::new();
        hasher.update(format!("{before}|{tenant}|{release}|{day}\n"));
        Self { hasher, decisions: Vec::new() }
    }

    /// Takes the next cell, in the order of the keys.
    pub fn cell(&mut self, cell: &CellLine) {
        self.hasher.update(cell.bytes());
    }

    /// Takes a decision.
    pub fn decision(&mut self, decision: &DecisionLine) {
        self.decisions.push(decision.bytes());
    }

    /// The hash, hexadecimal.
    #[must_use]
    pub fn finish(mut self) -> String {
        self.decisions.sort_unstable();
        for decision in &self.decisions {
            self.hasher.update(decision);
        }
        hexadecimal(&self.hasher.finalize())
    }
}

/// The bytes of hexadecimal digits; `None` where they are none.
#[must_use]
pub fn unhexed(digits: &str) -> Option<Vec<u8>> {
    let pair = |at: usize| u8::from_str_radix(digits.get(at..at + 2)?, 16).ok();
    if digits.bytes().all(|digit| digit.is_ascii_hexdigit()) {
        (0..digits.len()).step_by(2).map(pair).collect()
    } else {
        None
    }
}
