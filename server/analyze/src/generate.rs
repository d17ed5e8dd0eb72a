//! Artificial responses: a file of any length, as realistic as a measurement of speed and memory
//! needs. No figure of a real place is behind it.
//!
//! Every respondent has a mood that all of his or her answers share (so that answers of one person
//! depend on each other), every agency and every item its own level, and every answer its own
//! chance. Some questions stay blank, more of them with some people; the last part of the
//! questionnaire, on petitions, is blank for whoever lodged none.
//!
//! Everything is computed in whole numbers: the same options give the same bytes on every machine.

mod chance;
mod person;

use chance::Chance;
use person::Land;
use serde_json::{Value, json};
use std::io::{self, Write};

/// The sizes of the factors F1..F5 in the form of 22 items, and where they end.
const FACTOR_ENDS: [u32; 5] = [3, 7, 15, 18, 22];

/// Bytes that are written at once.
const BLOCK: usize = 1 << 16;

/// How many responses of what kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Options {
    /// Rows under the header, 1 to 1 000 000 000.
    pub rows: u64,
    /// Agencies, 1 to 9 999.
    pub agencies: u32,
    /// Services, 1 to 99.
    pub services: u32,
    /// Items, 5 to 200, in five factors.
    pub items: u32,
    /// What the chance starts from.
    pub seed: u64,
}

impl Default for Options {
    fn default() -> Self {
        Self { rows: 1_000_000, agencies: 40, services: 5, items: 22, seed: 1 }
    }
}

/// Why nothing was generated.
#[derive(Debug, thiserror::Error)]
pub enum GenerateError {
    /// An option outside its range.
    #[error("{what}: {got} is not between {least} and {most}")]
    Range {
        /// The option.
        what: &'static str,
        /// What was asked for.
        got: u64,
        /// The least that is possible.
        least: u64,
        /// The most that is possible.
        most: u64,
    },
    /// The file cannot be written.
    #[error("cannot write: {0}")]
    Write(#[from] io::Error),
}

impl Options {
    /// The names of the items, factor by factor.
    ///
    /// # Example
    ///
    /// ```
    /// let factors = analyze::generate::Options::default().factors();
    /// assert_eq!(factors[0], ("F1".to_owned(), vec!["q01".to_owned(), "q02".to_owned(), "q03".to_owned()]));
    /// assert_eq!(factors[4].1.last().map(String::as_str), Some("q22"));
    /// ```
    #[must_use]
    pub fn factors(&self) -> Vec<(String, Vec<String>)> {
        let names = (1..=self.items).map(|item| format!("q{item:02}"));
        let mut names = names.collect::<Vec<_>>().into_iter();
        let mut begun = 0;
        let factor = |(at, end): (usize, u32)| {
            let size = end - begun;
            begun = end;
            (format!("F{}", at + 1), names.by_ref().take(size as usize).collect())
        };
        self.ends().into_iter().enumerate().map(factor).collect()
    }

    /// Where each factor ends, every factor holding at least one item.
    fn ends(&self) -> [u32; 5] {
        let [first @ .., _] = FACTOR_ENDS;
        let mut ends = [self.items; 5];
        let (mut least, mut left) = (1, 4);
        for (end, model) in ends.iter_mut().zip(first) {
            *end = (model * self.items / 22).max(least).min(self.items.saturating_sub(left)).max(least);
            least = *end + 1;
            left -= 1;
        }
        ends
    }

    fn check(&self) -> Result<(), GenerateError> {
        let ranges = [
            ("rows", self.rows, 1, 1_000_000_000),
            ("agencies", self.agencies.into(), 1, 9_999),
            ("services", self.services.into(), 1, 99),
            ("items", self.items.into(), 5, 200),
        ];
        for (what, got, least, most) in ranges {
            if got < least || got > most {
                return Err(GenerateError::Range { what, got, least, most });
            }
        }
        Ok(())
    }
}

/// Writes a header and `rows` responses: `id`, `agency`, `service`, `period`, `sex`, `age_group`,
/// the items `q01`…, `overall`. The same options give the same bytes.
///
/// # Errors
///
/// [`GenerateError`]: an option outside its range; what `out` says.
///
/// # Example
///
/// ```
/// use analyze::generate::{Options, responses};
/// let mut text = Vec::new();
/// responses(&Options { rows: 2, items: 5, ..Options::default() }, &mut text)?;
/// let text = String::from_utf8(text)?;
/// assert_eq!(text.lines().count(), 3);
/// assert!(text.starts_with("id,agency,service,period,sex,age_group,q01,q02,q03,q04,q05,overall\n1,A"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn responses(options: &Options, out: &mut impl Write) -> Result<(), GenerateError> {
    options.check()?;
    let land = Land::of(options);
    let mut chance = Chance::of(options.seed, 0);
    let mut block = Vec::with_capacity(BLOCK + 4096);
    block.extend_from_slice(b"id,agency,service,period,sex,age_group");
    for (_, items) in options.factors() {
        for item in items {
            block.push(b',');
            block.extend_from_slice(item.as_bytes());
        }
    }
    block.extend_from_slice(b",overall\n");
    for id in 1..=options.rows {
        land.write(id, &mut chance, &mut block)?;
        if block.len() >= BLOCK {
            out.write_all(&block)?;
            block.clear();
        }
    }
    out.write_all(&block)?;
    out.flush()?;
    Ok(())
}

/// The description that goes with the file, as `case.json` has it: items, factors, and
/// that every agency is a stratum and has figures of its own.
///
/// # Errors
///
/// [`GenerateError::Range`].
///
/// # Example
///
/// ```
/// let described = analyze::generate::description(&analyze::generate::Options::default())?;
/// assert_eq!(described["factors"]["F5"].as_array().map(Vec::len), Some(4));
/// # Ok::<(), analyze::generate::GenerateError>(())
/// ```
pub fn description(options: &Options) -> Result<Value, GenerateError> {
    options.check()?;
    let factors = options.factors();
    let items: Vec<&String> = factors.iter().flat_map(|(_, items)| items).collect();
    let named: serde_json::Map<String, Value> =
        factors.iter().map(|(name, items)| (name.clone(), json!(items))).collect();
    Ok(json!({
        "kind": "open",
        "items": items,
        "factors": named,
        "overall": "overall",
        "by": ["agency"],
        "design": {"strata": "agency"},
        "level": 0.95,
    }))
}
