//! Putting a copy back into an empty database: one transaction, so that a database is restored or as empty as before.

use crate::archive::{Cell, Hand, Kind, Table};
use crate::batch::open_month;
use crate::engine::Pool;
use crate::fold::bind_group;
use crate::{Place, Store, StoreError};
use domain::id::Tenant;
use domain::survey::Group;
use sqlx::query_builder::Separated;
use sqlx::{Database, Encode, Postgres, QueryBuilder, Sqlite, Type};
use std::collections::HashSet;

/// Values of one statement; SQLite takes 32 766 at most.
const VALUES: usize = 8_000;

/// What happens to a row whose key is there already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Twice {
    /// The database refuses it, and everything with it.
    Refuse,
    /// It is replaced.
    Replace,
}

/// An empty database that is being filled. Nothing of it stays where this goes before [`Restoration::commit`].
pub struct Restoration {
    hand: Hand,
    pool: Pool,
    months: HashSet<i64>,
}

impl std::fmt::Debug for Restoration {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Restoration")
    }
}

/// Runs an expression in the transaction of whichever engine is there.
macro_rules! within {
    ($hand:expr, $tx:ident => $body:expr) => {
        match $hand {
            Hand::Sqlite(transaction) => {
                let $tx = &mut **transaction;
                $body
            }
            Hand::Postgres(transaction) => {
                let $tx = &mut **transaction;
                $body
            }
        }
    };
}

impl Store {
    /// Begins to fill a database that is as old as a copy: the tables are those of that version, and
    /// [`Store::open`] brings them to this one afterwards. `None` where somebody's data are there, or the tables are
    /// of another version already.
    ///
    /// # Errors
    /// Where the place cannot be reached.
    pub async fn begin_restore(place: &Place, version: i64) -> Result<Option<Restoration>, StoreError> {
        let store = Self::open_as(place, version).await?;
        let hand = match &store.pool {
            Pool::Sqlite { write, .. } => Hand::Sqlite(write.begin_with("begin immediate").await?),
            Pool::Postgres(pool) => Hand::Postgres(pool.begin().await?),
        };
        let mut restoration = Restoration { hand, pool: store.pool.clone(), months: HashSet::new() };
        let (tenants, newest): (i64, i64) = within!(&mut restoration.hand, tx => (
            sqlx::query_scalar("select count(*) from tenant").fetch_one(&mut *tx).await?,
            sqlx::query_scalar("select max(version) from _sqlx_migrations").fetch_one(&mut *tx).await?,
        ));
        if tenants > 0 || newest != version {
            return Ok(None);
        }
        // A server that was started before has noted its key here, and no more.
        within!(&mut restoration.hand, tx => sqlx::query("delete from setting").execute(tx).await.map(drop))?;
        Ok(Some(restoration))
    }
}

impl Restoration {
    /// Puts rows into a table; `columns` are places among the table's columns, one for each cell of a row.
    ///
    /// # Errors
    /// Where the database refuses one.
    pub async fn put(
        &mut self,
        (table, columns): (&'static Table, &[usize]),
        rows: &[Vec<Cell>],
        twice: Twice,
    ) -> Result<(), StoreError> {
        self.open_months(table, columns, rows).await?;
        let at_once = (VALUES / columns.len().max(1)).max(1);
        for rows in rows.chunks(at_once) {
            match &mut self.hand {
                Hand::Sqlite(transaction) => {
                    let mut insert = insert::<Sqlite>((table, columns), rows, twice);
                    insert.build().persistent(rows.len() == at_once).execute(&mut **transaction).await?;
                }
                Hand::Postgres(transaction) => {
                    let mut insert = insert::<Postgres>((table, columns), rows, twice);
                    insert.build().persistent(rows.len() == at_once).execute(&mut **transaction).await?;
                }
            }
        }
        Ok(())
    }

    /// Rows that one call of [`Restoration::put`] writes with one statement.
    #[must_use]
    pub fn rows_at_once(table: &Table) -> usize {
        VALUES / table.columns.len().max(1)
    }

    async fn open_months(
        &mut self,
        table: &Table,
        columns: &[usize],
        rows: &[Vec<Cell>],
    ) -> Result<(), StoreError> {
        let Some(open) = open_month(&self.pool).filter(|_| table.name == "response") else { return Ok(()) };
        let month = table.position("month").and_then(|month| columns.iter().position(|at| *at == month));
        for row in rows {
            if let Some(Cell::Int(month)) = month.and_then(|at| row.get(at))
                && self.months.insert(*month)
            {
                within!(&mut self.hand, tx => sqlx::query(open).bind(*month).execute(tx).await.map(drop))?;
            }
        }
        Ok(())
    }

    /// The newest running total of a cell in a period: its packed tally.
    ///
    /// # Errors
    /// Where the database is away.
    pub async fn newest_total(
        &mut self,
        tenant: Tenant,
        group: &Group,
        period: i64,
    ) -> Result<Option<Vec<u8>>, StoreError> {
        let sql =
            "select record from total where tenant = $1 and survey_id = $2 and unit_id = $3 and variant = $4
            and route = $5 and mode = $6 and trust = $7 and period = $8 order by release desc limit 1";
        Ok(within!(&mut self.hand, tx => {
            let query = sqlx::query_scalar(sql).bind(tenant.as_str()).bind(&group.survey.as_bytes()[..]);
            bind_group!(query, group).bind(period).fetch_optional(tx).await?
        }))
    }

    /// Makes everything that was put there be there.
    ///
    /// # Errors
    /// Where the database is away.
    pub async fn commit(self) -> Result<(), StoreError> {
        match self.hand {
            Hand::Sqlite(transaction) => transaction.commit().await?,
            Hand::Postgres(transaction) => transaction.commit().await?,
        }
        Store { pool: self.pool }.close().await;
        Ok(())
    }
}

fn insert<DB: Database>(
    (table, columns): (&'static Table, &[usize]),
    rows: &[Vec<Cell>],
    twice: Twice,
) -> QueryBuilder<DB>
where
    Option<i64>: for<'q> Encode<'q, DB> + Type<DB>,
    Option<String>: for<'q> Encode<'q, DB> + Type<DB>,
    Option<Vec<u8>>: for<'q> Encode<'q, DB> + Type<DB>,
{
    let names: Vec<_> = columns.iter().filter_map(|at| table.columns.get(*at)).collect();
    let mut query = QueryBuilder::new("insert into ");
    query.push(table.name).push(" (");
    let mut list = query.separated(", ");
    for column in &names {
        list.push(column.name);
    }
    query.push(") ").push_values(rows, |mut values, row| {
        for (column, cell) in names.iter().zip(row) {
            bind(&mut values, column.kind, cell);
        }
    });
    if twice == Twice::Replace {
        query.push(" on conflict (");
        let mut keys = query.separated(", ");
        for key in table.key {
            keys.push(key);
        }
        let rest = || names.iter().filter(|column| !table.key.contains(&column.name));
        query.push(if rest().next().is_none() { ") do nothing" } else { ") do update set " });
        let mut sets = query.separated(", ");
        for column in rest() {
            sets.push(column.name).push_unseparated(" = excluded.").push_unseparated(column.name);
        }
    }
    query
}

/// A cell that is not of its column's kind becomes nothing, which the database refuses where it matters.
fn bind<DB: Database>(values: &mut Separated<'_, DB, &'static str>, kind: Kind, cell: &Cell)
where
    Option<i64>: for<'q> Encode<'q, DB> + Type<DB>,
    Option<String>: for<'q> Encode<'q, DB> + Type<DB>,
    Option<Vec<u8>>: for<'q> Encode<'q, DB> + Type<DB>,
{
    match kind {
        Kind::Int => values.push_bind(if let Cell::Int(int) = cell { Some(*int) } else { None }),
        Kind::Text => values.push_bind(if let Cell::Text(text) = cell { Some(text.clone()) } else { None }),
        Kind::Bytes => {
            values.push_bind(if let Cell::Bytes(bytes) = cell { Some(bytes.clone()) } else { None })
        }
    };
}
