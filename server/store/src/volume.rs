//! Volumes: closed dossiers, kept in batches that are never overwritten. Of a cell the row of the
//! newest published batch counts.

use crate::batch::Slab;
use crate::cell::{instant, micros, month, unit_id};
use crate::engine::{read, transact};
use crate::{Store, StoreError};
use domain::id::{Tenant, UnitId};
use domain::period::Month;
use domain::scope::Scope;
use domain::volume::{Dossiers, Volume};
use std::collections::HashMap;
use std::fmt::Write as _;
use time::OffsetDateTime;

/// Rows of one transaction.
pub const ROWS: usize = 1_000;
/// Rows of one statement: `substr` counts its way through the text from the start.
const PIECE: usize = 40;
/// A batch that was begun so long ago and not published was given up, microseconds.
const GIVEN_UP: i64 = 3_600 * 1_000_000;

/// Numbers travel as decimal text of fixed width, ids as bytes.
const PUT: &str = "insert into volume (tenant, batch, unit_id, receiving_id, month, field, closed, on_time, late,
    online, refused)
    with recursive i(i) as (select 0 union all select i + 1 from i where i + 1 < $2)
    select $1, cast($3 as bigint), substr($4, 1 + i * 32, 16), substr($4, 17 + i * 32, 16),
    cast(substr($5, 1 + i * 62, 6) as bigint), trim(substr($5, 7 + i * 62, 16)),
    cast(trim(substr($5, 23 + i * 62, 8)) as bigint), cast(nullif(trim(substr($5, 31 + i * 62, 8)), '') as bigint),
    cast(nullif(trim(substr($5, 39 + i * 62, 8)), '') as bigint),
    cast(nullif(trim(substr($5, 47 + i * 62, 8)), '') as bigint),
    cast(nullif(trim(substr($5, 55 + i * 62, 8)), '') as bigint) from i";

/// One correction of a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VolumeEntry {
    /// The cell as it was from then on.
    pub volume: Volume,
    /// Who.
    pub who: String,
    /// When it was published.
    pub at: OffsetDateTime,
    /// The file, or nothing for a correction by hand.
    pub source: String,
}

#[derive(sqlx::FromRow)]
struct VolumeRow {
    unit_id: Vec<u8>,
    month: i64,
    field: String,
    receiving_id: Vec<u8>,
    closed: i64,
    on_time: Option<i64>,
    late: Option<i64>,
    online: Option<i64>,
    refused: Option<i64>,
}

#[derive(sqlx::FromRow)]
struct EntryRow {
    #[sqlx(flatten)]
    volume: VolumeRow,
    who: String,
    published_at: i64,
    source: String,
}

impl VolumeRow {
    fn volume(self) -> Result<Volume, StoreError> {
        let unit = unit_id("volume", &self.unit_id)?;
        let receiving = unit_id("volume", &self.receiving_id)?;
        let Self { closed, on_time, late, online, refused, .. } = self;
        Ok(Volume {
            month: month("volume", "month", self.month)?,
            unit,
            receiving: Some(receiving).filter(|receiving| *receiving != unit),
            field: self.field,
            dossiers: Dossiers { closed, on_time, late, online, refused },
        })
    }
}

fn receiving_of(volume: &Volume) -> UnitId {
    volume.receiving.unwrap_or(volume.unit)
}

/// Ids and numbers of some rows, for [`PUT`].
fn piece(volumes: &[Volume]) -> (Slab, String) {
    let mut ids = Slab::new(32);
    let mut text = String::with_capacity(volumes.len() * 62);
    for volume in volumes {
        ids.push(&[&volume.unit.as_bytes()[..], &receiving_of(volume).as_bytes()[..]].concat());
        let Dossiers { closed, on_time, late, online, refused } = volume.dossiers;
        // Writing to a string cannot fail.
        let _ = write!(text, "{:6}{:16}{closed:8}", volume.month.number(), volume.field);
        for part in [on_time, late, online, refused] {
            let _ = write!(text, "{:>8}", part.map(|part| part.to_string()).unwrap_or_default());
        }
    }
    (ids, text)
}

impl Store {
    /// Begins a batch and says its number. Batches that were given up long ago are cleared away.
    ///
    /// # Errors
    /// Where the database is away.
    pub async fn begin_volumes(
        &self,
        tenant: Tenant,
        (who, source): (&str, &str),
        at: OffsetDateTime,
    ) -> Result<i64, StoreError> {
        let old =
            "select batch from volume_batch where tenant = $1 and published_at is null and begun_at < $2";
        let before = micros(at) - GIVEN_UP;
        let given_up: Vec<i64> = read!(self, db => sqlx::query_scalar(old)
            .bind(tenant.as_str()).bind(before).fetch_all(db).await?);
        for batch in given_up {
            self.discard_volumes(tenant, batch).await?;
        }
        let last = "select max(batch) from volume_batch where tenant = $1";
        let put = "insert into volume_batch (tenant, batch, who, source, rows, begun_at) values ($1, $2, $3, $4, 0, $5)";
        let batch = transact!(self, tx => {
            sqlx::query(crate::account::ALONE).bind(tenant.as_str()).execute(&mut *tx).await?;
            let last: Option<i64> = sqlx::query_scalar(last).bind(tenant.as_str()).fetch_one(&mut *tx).await?;
            let batch = last.unwrap_or(0) + 1;
            sqlx::query(put)
                .bind(tenant.as_str()).bind(batch).bind(who).bind(source).bind(micros(at)).execute(tx).await?;
            batch
        });
        Ok(batch)
    }

    /// Adds rows to a batch that nobody sees yet, in one transaction; at most [`ROWS`].
    ///
    /// # Errors
    /// Where the database is away, or a cell is there twice.
    pub async fn add_volumes(
        &self,
        tenant: Tenant,
        batch: i64,
        volumes: &[Volume],
    ) -> Result<(), StoreError> {
        transact!(self, tx => {
            for part in volumes.chunks(PIECE) {
                let (ids, text) = piece(part);
                sqlx::query(PUT)
                    .bind(tenant.as_str().to_owned())
                    .bind(ids.count())
                    .bind(batch)
                    .bind(ids.bytes())
                    .bind(text)
                    .execute(&mut *tx)
                    .await?;
            }
        });
        Ok(())
    }

    /// Makes a batch count, whole.
    ///
    /// # Errors
    /// Where the database is away.
    pub async fn publish_volumes(
        &self,
        tenant: Tenant,
        batch: i64,
        rows: i64,
        at: OffsetDateTime,
    ) -> Result<(), StoreError> {
        let sql = "update volume_batch set published_at = $3, rows = $4 where tenant = $1 and batch = $2";
        transact!(self, tx => {
            sqlx::query(sql).bind(tenant.as_str()).bind(batch).bind(micros(at)).bind(rows).execute(tx).await?;
        });
        Ok(())
    }

    /// Takes back a batch that was not published.
    ///
    /// # Errors
    /// Where the database is away.
    pub async fn discard_volumes(&self, tenant: Tenant, batch: i64) -> Result<(), StoreError> {
        let rows = "delete from volume where tenant = $1 and batch = $2";
        let head = "delete from volume_batch where tenant = $1 and batch = $2 and published_at is null";
        transact!(self, tx => {
            for sql in [rows, head] {
                sqlx::query(sql).bind(tenant.as_str()).bind(batch).execute(&mut *tx).await?;
            }
        });
        Ok(())
    }

    /// The newest published batch; changes whenever volumes change.
    ///
    /// # Errors
    /// Where the database is away.
    pub async fn volumes_head(&self, tenant: Tenant) -> Result<i64, StoreError> {
        let sql = "select max(batch) from volume_batch where tenant = $1 and published_at is not null";
        let head: Option<i64> =
            read!(self, db => sqlx::query_scalar(sql).bind(tenant.as_str()).fetch_one(db).await?);
        Ok(head.unwrap_or(0))
    }

    /// Every cell of some months as it counts now, in the order of the key.
    ///
    /// # Errors
    /// Where the database is away or a row is corrupt.
    pub async fn volumes(&self, scope: &Scope, from: Month, to: Month) -> Result<Vec<Volume>, StoreError> {
        let sql = "select v.unit_id, v.month, v.field, v.receiving_id, v.closed, v.on_time, v.late, v.online, v.refused
            from volume v join volume_batch b on b.tenant = v.tenant and b.batch = v.batch
            where v.tenant = $1 and v.month >= $2 and v.month <= $3 and b.published_at is not null
            order by v.batch";
        let rows: Vec<VolumeRow> = read!(self, db => sqlx::query_as(sql)
            .bind(scope.tenant().as_str())
            .bind(from.number())
            .bind(to.number())
            .fetch_all(db)
            .await?);
        newest(scope, rows)
    }

    /// The cells of one unit in a month as they count now.
    ///
    /// # Errors
    /// Where the database is away or a row is corrupt.
    pub async fn volumes_of(
        &self,
        scope: &Scope,
        unit: UnitId,
        month: Month,
    ) -> Result<Vec<Volume>, StoreError> {
        let sql = "select v.unit_id, v.month, v.field, v.receiving_id, v.closed, v.on_time, v.late, v.online, v.refused
            from volume v join volume_batch b on b.tenant = v.tenant and b.batch = v.batch
            where v.tenant = $1 and v.unit_id = $2 and v.month = $3 and b.published_at is not null
            order by v.batch";
        let rows: Vec<VolumeRow> = read!(self, db => sqlx::query_as(sql)
            .bind(scope.tenant().as_str())
            .bind(&unit.as_bytes()[..])
            .bind(month.number())
            .fetch_all(db)
            .await?);
        newest(scope, rows)
    }

    /// Everything that was ever said about the cells of a unit in a month, the newest first.
    ///
    /// # Errors
    /// Where the database is away or a row is corrupt.
    pub async fn volume_history(
        &self,
        scope: &Scope,
        unit: UnitId,
        month: Month,
    ) -> Result<Vec<VolumeEntry>, StoreError> {
        let sql = "select v.unit_id, v.month, v.field, v.receiving_id, v.closed, v.on_time, v.late, v.online, v.refused,
            b.who, b.published_at, b.source
            from volume v join volume_batch b on b.tenant = v.tenant and b.batch = v.batch
            where v.tenant = $1 and v.unit_id = $2 and v.month = $3 and b.published_at is not null
            order by v.batch desc, v.field, v.receiving_id";
        let rows: Vec<EntryRow> = read!(self, db => sqlx::query_as(sql)
            .bind(scope.tenant().as_str())
            .bind(&unit.as_bytes()[..])
            .bind(month.number())
            .fetch_all(db)
            .await?);
        let entry = |row: EntryRow| {
            let (at, volume) = (instant(row.published_at), row.volume.volume()?);
            Ok(VolumeEntry { volume, who: row.who, at, source: row.source })
        };
        let mut entries: Vec<VolumeEntry> = rows.into_iter().map(entry).collect::<Result<_, StoreError>>()?;
        entries.retain(|entry| scope.covers(entry.volume.unit));
        Ok(entries)
    }
}

type Key = (UnitId, Month, String, UnitId);

/// Of each cell the last row; rows come in the order of their batches.
fn newest(scope: &Scope, rows: Vec<VolumeRow>) -> Result<Vec<Volume>, StoreError> {
    let mut cells: HashMap<Key, Volume> = HashMap::with_capacity(rows.len());
    for row in rows {
        let volume = row.volume()?;
        if scope.covers(volume.unit) {
            cells.insert((volume.unit, volume.month, volume.field.clone(), receiving_of(&volume)), volume);
        }
    }
    let mut cells: Vec<(Key, Volume)> = cells.into_iter().collect();
    cells.sort_unstable_by(|a, b| a.0.cmp(&b.0));
    Ok(cells.into_iter().map(|(_, volume)| volume).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_travel_in_columns_of_one_width() {
        let volume = Volume {
            month: Month::new(2026, 5).unwrap(),
            unit: UnitId::from_bytes([1; 16]),
            receiving: None,
            field: "x".repeat(16),
            dossiers: Dossiers {
                closed: domain::volume::MOST,
                on_time: None,
                late: Some(0),
                online: None,
                refused: Some(3),
            },
        };
        let (ids, text) = piece(&[volume.clone(), volume]);
        assert_eq!((ids.len(), text.len()), (2, 2 * 62));
        assert_eq!(&text[..62], "202605xxxxxxxxxxxxxxxx 9999999               0               3");
    }
}
