//! What a file would do to the registry, line by line: what a person is shown before it is done.

use crate::keys::sha256;
use std::fmt::Write as _;

/// What a line is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Subject {
    /// A unit.
    Unit,
    /// Who took over from whom.
    Succession,
    /// A field and who decides it.
    Field,
    /// A procedure.
    Procedure,
}

/// What would become of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    /// It was not there before.
    New,
    /// It is there with something else in it.
    Changed,
    /// It is there, and would get an end.
    Ended,
    /// It is there and not in the file, which takes the place of the list.
    Removed,
    /// It is there as it is.
    Unchanged,
}

/// One cell that would change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// The column.
    pub column: &'static str,
    /// What stands there now.
    pub before: String,
    /// What would stand there.
    pub after: String,
}

impl Difference {
    /// The cells in which two lines differ, column by column.
    pub(crate) fn all<const N: usize>(columns: [(&'static str, String, String); N]) -> Vec<Self> {
        let differ = columns.into_iter().filter(|(_, before, after)| before != after);
        differ.map(|(column, before, after)| Self { column, before, after }).collect()
    }
}

/// One line of what would happen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Planned {
    /// What it is about.
    pub subject: Subject,
    /// The line of the file; 0 where it is not in the file.
    pub line: u64,
    /// Its code, or both codes of a succession.
    pub code: String,
    /// Its name.
    pub name: String,
    /// What would become of it.
    pub verdict: Verdict,
    /// What would change.
    pub differences: Vec<Difference>,
}

/// What a list in the database becomes by a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Changes {
    /// Lines that were not there before.
    pub new: usize,
    /// Lines that are there with something else in them.
    pub changed: usize,
    /// Units that are there and get an end.
    pub ended: usize,
    /// Lines that are there as they are.
    pub unchanged: usize,
    /// Lines that are there and not in the file, where the file replaces the list.
    pub removed: usize,
}

impl Changes {
    /// Whether nothing would be stored.
    #[must_use]
    pub fn is_nothing(&self) -> bool {
        self.new + self.changed + self.ended + self.removed == 0
    }

    /// The lines about one subject, counted.
    #[must_use]
    pub fn of(lines: &[Planned], subject: Subject) -> Self {
        Self::count(lines.iter().filter(|line| line.subject == subject))
    }

    /// All lines, counted.
    #[must_use]
    pub fn of_all(lines: &[Planned]) -> Self {
        Self::count(lines.iter())
    }

    fn count<'a>(lines: impl Iterator<Item = &'a Planned>) -> Self {
        let mut changes = Self::default();
        for line in lines {
            match line.verdict {
                Verdict::New => changes.new += 1,
                Verdict::Changed => changes.changed += 1,
                Verdict::Ended => changes.ended += 1,
                Verdict::Removed => changes.removed += 1,
                Verdict::Unchanged => changes.unchanged += 1,
            }
        }
        changes
    }
}

impl std::fmt::Display for Changes {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { new, changed, ended, unchanged, removed } = self;
        write!(f, "{new} new, {changed} changed, {ended} ended, {removed} removed, {unchanged} unchanged")
    }
}

/// A mark of a file together with what it would do. It changes when either does, so what somebody has
/// looked at is what is done.
#[must_use]
pub fn mark(file: &[u8], lines: &[Planned]) -> String {
    let mut text = sha256(file);
    for line in lines {
        // Writing to a string cannot fail.
        let _ = write!(text, "\n{line:?}");
    }
    sha256(text.as_bytes())
}
