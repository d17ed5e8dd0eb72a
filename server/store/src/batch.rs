//! Many rows in one statement. Records of one size are laid end to end in one parameter, a *slab*,
//! and the statement cuts them apart again by counting: one round trip and one prepared statement
//! whatever the number of rows, in SQL that both engines read, but for deleting.
//!
//! Here is also what PostgreSQL alone needs: a partition for each month of responses.

use crate::Store;
use crate::engine::Pool;
use crate::inbox::Kind;

const DROP: &str = "delete from inbox where tenant = $1 and survey_id = $4 and inbox_id in (
    with recursive i(i) as (select 0 union all select i + 1 from i where i + 1 < $2)
    select substr($3, 1 + i * 16, 16) from i)";
const DROP_TEXT: &str = "delete from inbox_text where tenant = $1 and survey_id = $4 and text_id in (
    with recursive i(i) as (select 0 union all select i + 1 from i where i + 1 < $2)
    select substr($3, 1 + i * 16, 16) from i)";
// PostgreSQL chooses well between looking each key up and one pass over the table only for a join. Over
// an array, a table that was never analysed costs it rows times keys: 370 ms for 4 000 of 8 000.
const DROP_BY_JOIN: &str = "delete from inbox using (
    select substr($3, 1 + i * 16, 16) as id from generate_series(0, $2 - 1) as i) as gone
    where tenant = $1 and survey_id = $4 and inbox_id = gone.id";
const DROP_TEXT_BY_JOIN: &str = "delete from inbox_text using (
    select substr($3, 1 + i * 16, 16) as id from generate_series(0, $2 - 1) as i) as gone
    where tenant = $1 and survey_id = $4 and text_id = gone.id";

/// Deletes the rows with the ids of a slab: tenant, number of ids, the slab, survey.
pub(crate) const fn drop_statement(pool: &Pool, kind: Kind) -> &'static str {
    match (pool, kind) {
        (Pool::Sqlite { .. }, Kind::Answer) => DROP,
        (Pool::Sqlite { .. }, Kind::Text) => DROP_TEXT,
        (Pool::Postgres(_), Kind::Answer) => DROP_BY_JOIN,
        (Pool::Postgres(_), Kind::Text) => DROP_TEXT_BY_JOIN,
    }
}

impl Store {
    /// Rows that one transaction moves: on SQLite some ten milliseconds of writing, because whoever
    /// answers waits for it; PostgreSQL writes beside them.
    #[must_use]
    pub const fn rows_at_once(&self) -> usize {
        match self.pool {
            Pool::Sqlite { .. } => 200,
            Pool::Postgres(_) => 4_000,
        }
    }
}

/// Makes room for a month of responses inside a transaction, and keeps it from being dropped until
/// the transaction ends: the month. `None` where one table holds all months.
pub(crate) const fn open_month(pool: &Pool) -> Option<&'static str> {
    match pool {
        Pool::Sqlite { .. } => None,
        Pool::Postgres(_) => Some("select open_response_month($1)"),
    }
}

/// Drops the room of a month in which nobody has a response any more.
pub(crate) const fn close_month(pool: &Pool) -> Option<&'static str> {
    match pool {
        Pool::Sqlite { .. } => None,
        Pool::Postgres(_) => Some("select close_response_month($1)"),
    }
}

/// Records of one size, laid end to end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slab {
    size: usize,
    bytes: Vec<u8>,
}

impl Slab {
    /// An empty slab of records of `size` bytes.
    #[must_use]
    pub const fn new(size: usize) -> Self {
        Self { size, bytes: Vec::new() }
    }

    /// Adds a record, cut or filled with zeros to the size of the slab.
    pub fn push(&mut self, record: &[u8]) {
        let end = self.bytes.len() + self.size;
        self.bytes.extend_from_slice(&record[..record.len().min(self.size)]);
        self.bytes.resize(end, 0);
    }

    /// Number of records.
    #[must_use]
    pub fn len(&self) -> usize {
        self.bytes.len().checked_div(self.size).unwrap_or(0)
    }

    /// Whether there is no record.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.bytes.is_empty()
    }

    /// All bytes.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Size of a record, as a parameter.
    pub(crate) fn width(&self) -> i32 {
        i32::try_from(self.size).unwrap_or(i32::MAX)
    }

    /// Number of records, as a parameter.
    pub(crate) fn count(&self) -> i32 {
        i32::try_from(self.len()).unwrap_or(i32::MAX)
    }
}

impl<'a> FromIterator<&'a [u8]> for Slab {
    /// All records take the size of the first.
    fn from_iter<I: IntoIterator<Item = &'a [u8]>>(records: I) -> Self {
        let mut records = records.into_iter().peekable();
        let mut slab = Self::new(records.peek().map_or(0, |first| first.len()));
        records.for_each(|record| slab.push(record));
        slab
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn records_of_another_length_keep_their_places() {
        let mut slab = Slab::new(4);
        slab.push(b"ab");
        slab.push(b"cdefgh");
        assert_eq!(slab.bytes(), b"ab\0\0cdef");
        assert_eq!(slab.len(), 2);
    }
}
