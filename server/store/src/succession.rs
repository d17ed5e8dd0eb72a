//! Who took over from whom.

use crate::cell::{day, day_number, unit_id, word};
use crate::engine::{read, transact};
use crate::unit::write_units;
use crate::{Store, StoreError};
use domain::id::{Tenant, UnitId};
use domain::succession::Succession;
use domain::unit::Unit;
use time::OffsetDateTime;

#[derive(sqlx::FromRow)]
struct SuccessionRow {
    old_id: Vec<u8>,
    new_id: Vec<u8>,
    share: String,
    is_main: i64,
    effective_on: i64,
}

impl SuccessionRow {
    fn succession(&self) -> Result<Succession, StoreError> {
        Ok(Succession {
            old: unit_id("succession", &self.old_id)?,
            new: unit_id("succession", &self.new_id)?,
            share: word("succession", "share", &self.share)?,
            is_main: self.is_main != 0,
            effective_on: day("succession", "effective_on", self.effective_on)?,
        })
    }
}

impl Store {
    /// All successions of a tenant: in the order of the old units, the main successor first.
    ///
    /// # Errors
    /// Where the database is away or a row is corrupt.
    pub async fn successions(&self, tenant: Tenant) -> Result<Vec<Succession>, StoreError> {
        let sql = "select s.old_id, s.new_id, s.share, s.is_main, s.effective_on from succession s
            join unit o on o.tenant = s.tenant and o.unit_id = s.old_id
            join unit n on n.tenant = s.tenant and n.unit_id = s.new_id
            where s.tenant = $1 order by o.ordinal, o.code, s.is_main desc, n.ordinal, n.code";
        let rows: Vec<SuccessionRow> =
            read!(self, db => sqlx::query_as(sql).bind(tenant.as_str()).fetch_all(db).await?);
        rows.iter().map(SuccessionRow::succession).collect()
    }

    /// Stores units (new or changed, parents first) and successions together: all or nothing. The
    /// successions take the place of all that were known of `olds`.
    ///
    /// # Errors
    /// [`StoreError::Db`] where a rule of the registry is broken; nothing is stored then.
    pub async fn put_successions(
        &self,
        tenant: Tenant,
        (root, units): (UnitId, &[Unit]),
        olds: &[UnitId],
        successions: &[Succession],
        at: OffsetDateTime,
    ) -> Result<(), StoreError> {
        let forget = "delete from succession where tenant = $1 and old_id = $2";
        let put = "insert into succession (tenant, old_id, new_id, share, is_main, effective_on)
            values ($1, $2, $3, $4, $5, $6)";
        transact!(self, tx => {
            write_units!(tx, tenant, units, root, at);
            for old in olds {
                sqlx::query(forget).bind(tenant.as_str()).bind(&old.as_bytes()[..]).execute(&mut *tx).await?;
            }
            for one in successions {
                sqlx::query(put)
                    .bind(tenant.as_str())
                    .bind(&one.old.as_bytes()[..])
                    .bind(&one.new.as_bytes()[..])
                    .bind(one.share.code())
                    .bind(i64::from(one.is_main))
                    .bind(day_number(one.effective_on))
                    .execute(&mut *tx)
                    .await?;
            }
        });
        self.bump_revision().await
    }
}
