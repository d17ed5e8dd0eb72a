//! Everything that a backup holds, table by table and row by row, alike on both engines: what was read from one can be
//! put into the other. Rows come in the order of their keys, so that a copy does not even say in which order the rows
//! lie on a server's pages.

mod tables;

pub use tables::{LEFT_OUT, TABLES, table};

use crate::engine::Pool;
use crate::{Store, StoreError};
use futures_util::TryStreamExt;
use sqlx::{Postgres, QueryBuilder, Row, Sqlite, Transaction};

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A whole number.
    Int,
    /// Text.
    Text,
    /// Bytes.
    Bytes,
}

/// A column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Column {
    /// Its name.
    pub name: &'static str,
    /// What it holds.
    pub kind: Kind,
}

/// A table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Table {
    /// Its name.
    pub name: &'static str,
    /// Its columns.
    pub columns: &'static [Column],
    /// Names of the columns of its key.
    pub key: &'static [&'static str],
}

impl Table {
    /// Where a column stands among the columns.
    #[must_use]
    pub fn position(&self, column: &str) -> Option<usize> {
        self.columns.iter().position(|one| one.name == column)
    }
}

/// A value of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    /// Nothing.
    Null,
    /// A whole number.
    Int(i64),
    /// Text.
    Text(String),
    /// Bytes.
    Bytes(Vec<u8>),
}

/// One transaction of either engine.
pub(crate) enum Hand {
    /// SQLite.
    Sqlite(Transaction<'static, Sqlite>),
    /// PostgreSQL.
    Postgres(Transaction<'static, Postgres>),
}

/// The database as it was at one moment, while others go on writing.
pub struct Snapshot(Hand);

impl std::fmt::Debug for Snapshot {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Snapshot")
    }
}

/// The cells of a row of either engine.
macro_rules! cells {
    ($row:expr, $table:expr) => {{
        let mut cells = Vec::with_capacity($table.columns.len());
        for (at, column) in $table.columns.iter().enumerate() {
            let cell = match column.kind {
                Kind::Int => $row.try_get::<Option<i64>, usize>(at).map(|cell| cell.map(Cell::Int)),
                Kind::Text => $row.try_get::<Option<String>, usize>(at).map(|cell| cell.map(Cell::Text)),
                Kind::Bytes => $row.try_get::<Option<Vec<u8>>, usize>(at).map(|cell| cell.map(Cell::Bytes)),
            };
            cells.push(cell.map_err(StoreError::from)?.unwrap_or(Cell::Null));
        }
        cells
    }};
}

impl Store {
    /// Holds on to the database as it is now.
    ///
    /// # Errors
    /// Where the database is away.
    pub async fn snapshot(&self) -> Result<Snapshot, StoreError> {
        // The first read decides which moment it is.
        let first = "select count(*) from setting";
        Ok(Snapshot(match &self.pool {
            Pool::Sqlite { read, .. } => {
                let mut transaction = read.begin().await?;
                let _: i64 = sqlx::query_scalar(first).fetch_one(&mut *transaction).await?;
                Hand::Sqlite(transaction)
            }
            Pool::Postgres(pool) => {
                let mut transaction =
                    pool.begin_with("begin isolation level repeatable read read only").await?;
                let _: i64 = sqlx::query_scalar(first).fetch_one(&mut *transaction).await?;
                Hand::Postgres(transaction)
            }
        }))
    }
}

impl Snapshot {
    /// Shows every row of a table, one at a time, in the order of its key.
    ///
    /// # Errors
    /// Where the database is away or a column does not hold what it should, or what `take` says.
    pub async fn each_row<E: From<StoreError>>(
        &mut self,
        table: &Table,
        mut take: impl FnMut(Vec<Cell>) -> Result<(), E>,
    ) -> Result<(), E> {
        let db = StoreError::from;
        match &mut self.0 {
            Hand::Sqlite(transaction) => {
                let mut select = select::<Sqlite>(table);
                let mut rows = select.build().fetch(&mut **transaction);
                while let Some(row) = rows.try_next().await.map_err(db)? {
                    take(cells!(row, table))?;
                }
            }
            Hand::Postgres(transaction) => {
                let mut select = select::<Postgres>(table);
                let mut rows = select.build().fetch(&mut **transaction);
                while let Some(row) = rows.try_next().await.map_err(db)? {
                    take(cells!(row, table))?;
                }
            }
        }
        Ok(())
    }
}

fn select<DB: sqlx::Database>(table: &Table) -> QueryBuilder<DB> {
    let mut query = QueryBuilder::new("select ");
    let mut columns = query.separated(", ");
    for column in table.columns {
        columns.push(column.name);
    }
    query.push(" from ").push(table.name).push(" order by ");
    let mut keys = query.separated(", ");
    for key in table.key {
        keys.push(key);
    }
    query
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Place;
    use std::collections::BTreeSet;

    #[tokio::test]
    async fn every_column_of_every_table_is_in_a_backup_or_left_out_by_name() {
        let path = std::env::temp_dir().join(format!("hailong-tables-{}.sqlite", std::process::id()));
        let store = Store::open(&Place::File(path.clone())).await.unwrap();
        let Pool::Sqlite { read, .. } = &store.pool else { unreachable!("a file") };
        let sql = "select m.name, c.name from sqlite_master m, pragma_table_info(m.name) c
            where m.type = 'table' and m.name not like 'sqlite_%' and m.name <> '_sqlx_migrations'";
        let there: Vec<(String, String)> = sqlx::query_as(sql).fetch_all(read).await.unwrap();
        let there: BTreeSet<(String, String)> =
            there.into_iter().filter(|(table, _)| !LEFT_OUT.contains(&table.as_str())).collect();
        let columns = |table: &Table| {
            let name = table.name.to_owned();
            table.columns.iter().map(move |column| (name.clone(), column.name.to_owned())).collect::<Vec<_>>()
        };
        let ours: BTreeSet<(String, String)> = TABLES.iter().flat_map(columns).collect();
        assert_eq!(there, ours);
        assert!(TABLES.iter().all(|table| table.key.iter().all(|key| table.position(key).is_some())));
        store.close().await;
        let _ = std::fs::remove_file(path);
    }
}
