//! Boxes: the sealed entries of a group's folded answers, cut whole at a quarter's or year's end.

use crate::batch::Slab;
use crate::cell::GroupRow;
use crate::engine::{read, transact};
use crate::fold::{COUNT, bind_group};
use crate::lease::{Run, hold_lease};
use crate::tally::Increment;
use crate::{Store, StoreError};
use domain::id::Tenant;
use domain::survey::Group;
use time::OffsetDateTime;

/// A box: the group, and for a parent's box the family that came up to be split there.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct BoxKey {
    /// The group; for a parent's box its unit is the parent.
    pub group: Group,
    /// Empty for the unit's own box.
    pub family: String,
}

#[derive(sqlx::FromRow)]
struct KeyRow {
    #[sqlx(flatten)]
    group: GroupRow,
    family: String,
    entries: i64,
}

/// What a cut writes.
#[derive(Debug, Clone)]
pub struct Cut {
    /// The box that is emptied.
    pub from: BoxKey,
    /// k of the survey.
    pub k: u32,
    /// Published parts.
    pub parts: Vec<Increment>,
    /// Entries that go up whole to the parent's box: its key, fresh ids, resealed entries.
    pub up: Vec<(BoxKey, Slab, Slab)>,
}

/// A box whose unit's work went whole to another.
#[derive(Debug, Clone)]
pub struct Removal {
    /// The box that is emptied.
    pub from: BoxKey,
    /// The box of the unit that took over.
    pub to: BoxKey,
    /// Fresh ids.
    pub ids: Slab,
    /// The entries, resealed.
    pub records: Slab,
}

pub(crate) const EMPTY: &str =
    "delete from box_entry where tenant = $1 and survey_id = $2 and unit_id = $3 and variant = $4
    and route = $5 and mode = $6 and trust = $7 and family = $8";
const RAISE: &str = "insert into box_entry (tenant, survey_id, unit_id, variant, route, mode, trust, family, entry_id,
    release, record)
    with recursive i(i) as (select 0 union all select i + 1 from i where i + 1 < $2)
    select $1, $3, $4, $5, $6, $7, $8, $9, substr($10, 1 + i * 16, 16), $11, substr($12, 1 + i * $13, $13) from i";

impl Store {
    /// All boxes of a tenant with the number of their entries.
    ///
    /// # Errors
    /// Where the database is away or a row is corrupt.
    pub async fn boxes(&self, tenant: Tenant) -> Result<Vec<(BoxKey, i64)>, StoreError> {
        let sql = "select survey_id, unit_id, variant, route, mode, trust, family, count(*) as entries from box_entry
            where tenant = $1 group by survey_id, unit_id, variant, route, mode, trust, family
            order by survey_id, unit_id, variant, route, mode, trust, family";
        let rows: Vec<KeyRow> =
            read!(self, db => sqlx::query_as(sql).bind(tenant.as_str()).fetch_all(db).await?);
        rows.into_iter()
            .map(|row| Ok((BoxKey { group: row.group.group("box_entry")?, family: row.family }, row.entries)))
            .collect()
    }

    /// The sealed entries of a box: id and record.
    ///
    /// # Errors
    /// Where the database is away.
    pub async fn box_entries(
        &self,
        tenant: Tenant,
        key: &BoxKey,
    ) -> Result<Vec<(Vec<u8>, Vec<u8>)>, StoreError> {
        let sql =
            "select entry_id, record from box_entry where tenant = $1 and survey_id = $2 and unit_id = $3
            and variant = $4 and route = $5 and mode = $6 and trust = $7 and family = $8 order by entry_id";
        let group = &key.group;
        Ok(read!(self, db => {
            let query = sqlx::query_as(sql).bind(tenant.as_str()).bind(&group.survey.as_bytes()[..]);
            bind_group!(query, group).bind(&key.family).fetch_all(db).await?
        }))
    }

    /// Empties a box into parts and into its parent's box, all or nothing.
    ///
    /// # Errors
    /// [`StoreError::LeaseLost`] where another process took the run over; [`StoreError::Db`] where a
    /// part has fewer people than k.
    pub async fn cut_box(&self, run: &Run, cut: &Cut, real_now: OffsetDateTime) -> Result<(), StoreError> {
        let tenant = run.tenant.as_str();
        let group = &cut.from.group;
        transact!(self, tx => {
            hold_lease!(tx, run, real_now);
            bind_group!(sqlx::query(EMPTY).bind(tenant).bind(&group.survey.as_bytes()[..]), group)
                .bind(&cut.from.family)
                .execute(&mut *tx)
                .await?;
            for part in &cut.parts {
                bind_group!(sqlx::query(COUNT).bind(tenant).bind(&group.survey.as_bytes()[..]), part.group)
                    .bind(&part.dimension)
                    .bind(&part.band)
                    .bind(part.months.0)
                    .bind(part.months.1)
                    .bind(run.release)
                    .bind(part.n)
                    .bind(i64::from(cut.k))
                    .bind(&part.record)
                    .execute(&mut *tx)
                    .await?;
            }
            for (key, ids, records) in &cut.up {
                let query = sqlx::query(RAISE)
                    .bind(tenant.to_owned())
                    .bind(ids.count())
                    .bind(&key.group.survey.as_bytes()[..]);
                bind_group!(query, key.group)
                    .bind(&key.family)
                    .bind(ids.bytes())
                    .bind(run.release)
                    .bind(records.bytes())
                    .bind(records.width())
                    .execute(&mut *tx)
                    .await?;
            }
        });
        Ok(())
    }

    /// Moves boxes to the unit that took over, all of them or none.
    ///
    /// # Errors
    /// [`StoreError::LeaseLost`] where another process took the run over, or entries came or went in
    /// between; nothing is moved then.
    pub async fn move_boxes(
        &self,
        run: &Run,
        removals: &[Removal],
        real_now: OffsetDateTime,
    ) -> Result<(), StoreError> {
        let tenant = run.tenant.as_str();
        transact!(self, tx => {
            hold_lease!(tx, run, real_now);
            for Removal { from, to, ids, records } in removals {
                let survey = from.group.survey;
                let gone = bind_group!(
                    sqlx::query(EMPTY).bind(tenant).bind(&survey.as_bytes()[..]),
                    from.group
                );
                let gone = gone.bind(&from.family).execute(&mut *tx).await?;
                if gone.rows_affected() != ids.len() as u64 {
                    return Err(StoreError::LeaseLost);
                }
                let query = sqlx::query(RAISE)
                    .bind(tenant.to_owned())
                    .bind(ids.count())
                    .bind(&survey.as_bytes()[..]);
                bind_group!(query, to.group)
                    .bind(&to.family)
                    .bind(ids.bytes())
                    .bind(run.release)
                    .bind(records.bytes())
                    .bind(records.width())
                    .execute(&mut *tx)
                    .await?;
            }
        });
        Ok(())
    }
}
