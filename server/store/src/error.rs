//! What can go wrong with data at rest.

use thiserror::Error;

/// Why the store could not do what it was asked. "Not found" is `Ok(None)`, never an error.
#[derive(Debug, Error)]
pub enum StoreError {
    /// The database said no, or is away.
    #[error("the database did not answer as expected: {0}")]
    Db(#[from] sqlx::Error),
    /// The database's own description of itself is not one that this program knows.
    #[error("the database was written by another version: {0}")]
    Migration(#[from] sqlx::migrate::MigrateError),
    /// A stored value is not what its column promises.
    #[error("{table}.{column} holds something that is no {what}")]
    Corrupt {
        /// The table.
        table: &'static str,
        /// The column.
        column: &'static str,
        /// What it should have been.
        what: String,
    },
    /// Something else was there first.
    #[error("{0} exists already")]
    Conflict(String),
    /// A run was taken over by another process.
    #[error("another process has taken over this run")]
    LeaseLost,
    /// More is waiting to be stored than the database can take.
    #[error("too many answers arrive at once; try again in a moment")]
    Full,
}

impl StoreError {
    /// Bad data names its cell.
    pub fn corrupt(table: &'static str, column: &'static str, what: impl std::fmt::Display) -> Self {
        Self::Corrupt { table, column, what: what.to_string() }
    }

    /// Whether the same statement may succeed when it is tried again: a deadlock or a serialisation
    /// failure of PostgreSQL (40P01, 40001), a busy SQLite file (5, 261, 517).
    #[must_use]
    pub fn is_passing(&self) -> bool {
        let Self::Db(sqlx::Error::Database(error)) = self else { return false };
        matches!(error.code().as_deref(), Some("40P01" | "40001" | "5" | "261" | "517"))
    }

    /// Whether a row broke a rule of the database (unique, foreign key, check).
    #[must_use]
    pub fn is_refusal(&self) -> bool {
        let Self::Db(sqlx::Error::Database(error)) = self else { return false };
        error.is_unique_violation() || error.is_foreign_key_violation() || error.is_check_violation()
    }
}
