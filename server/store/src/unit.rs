//! Units and the tenant.

use crate::cell::{day, unit_id, word};
use crate::engine::{read, transact};
use crate::{Store, StoreError};
use domain::id::{Tenant, UnitId};
use domain::language::Words;
use domain::unit::Unit;
use time::OffsetDateTime;

#[derive(sqlx::FromRow)]
struct UnitRow {
    unit_id: Vec<u8>,
    code: String,
    kind: String,
    parent_id: Option<Vec<u8>>,
    name: String,
    name_en: Option<String>,
    name_km: Option<String>,
    address: Option<String>,
    phone: Option<String>,
    valid_from: i64,
    valid_to: Option<i64>,
    ordinal: i64,
}

impl UnitRow {
    fn unit(self) -> Result<Unit, StoreError> {
        Ok(Unit {
            id: unit_id("unit", &self.unit_id)?,
            code: self.code,
            kind: word("unit", "kind", &self.kind)?,
            parent: self.parent_id.map(|id| unit_id("unit", &id)).transpose()?,
            name: Words { vi: self.name, en: self.name_en, km: self.name_km },
            address: self.address,
            phone: self.phone,
            valid_from: day("unit", "valid_from", self.valid_from)?,
            valid_to: self.valid_to.map(|d| day("unit", "valid_to", d)).transpose()?,
            ordinal: u32::try_from(self.ordinal).unwrap_or(u32::MAX),
        })
    }
}

pub(crate) const NEW_TENANT: &str =
    "insert into tenant (tenant, unit_id, created_at) values ($1, $2, $3) on conflict do nothing";
pub(crate) const PUT_UNIT: &str = "insert into unit (tenant, unit_id, code, kind, parent_id, name, name_en, name_km, address, phone,
    valid_from, valid_to, ordinal) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
    on conflict (tenant, unit_id) do update set code = excluded.code, kind = excluded.kind,
    parent_id = excluded.parent_id, name = excluded.name, name_en = excluded.name_en, name_km = excluded.name_km,
    address = excluded.address, phone = excluded.phone, valid_from = excluded.valid_from,
    valid_to = excluded.valid_to, ordinal = excluded.ordinal";

/// Writes units, parents first, and the tenant where it is new, inside a transaction.
macro_rules! write_units {
    ($tx:ident, $tenant:expr, $units:expr, $root:expr, $at:expr) => {
        sqlx::query(crate::unit::NEW_TENANT)
            .bind($tenant.as_str())
            .bind(&$root.as_bytes()[..])
            .bind(crate::cell::micros($at))
            .execute(&mut *$tx)
            .await?;
        for unit in $units {
            sqlx::query(crate::unit::PUT_UNIT)
                .bind($tenant.as_str())
                .bind(&unit.id.as_bytes()[..])
                .bind(&unit.code)
                .bind(unit.kind.code())
                .bind(unit.parent.as_ref().map(|id| &id.as_bytes()[..]))
                .bind(&unit.name.vi)
                .bind(&unit.name.en)
                .bind(&unit.name.km)
                .bind(&unit.address)
                .bind(&unit.phone)
                .bind(crate::cell::day_number(unit.valid_from))
                .bind(unit.valid_to.map(crate::cell::day_number))
                .bind(i64::from(unit.ordinal))
                .execute(&mut *$tx)
                .await?;
        }
    };
}
pub(crate) use write_units;

impl Store {
    /// All tenants with the unit that is their province.
    ///
    /// # Errors
    /// Where the database is away or a row is corrupt.
    pub async fn tenants(&self) -> Result<Vec<(Tenant, UnitId)>, StoreError> {
        let sql = "select tenant, unit_id from tenant order by tenant";
        let rows: Vec<(String, Vec<u8>)> = read!(self, db => sqlx::query_as(sql).fetch_all(db).await?);
        rows.into_iter()
            .map(|(tag, id)| Ok((word("tenant", "tenant", &tag)?, unit_id("tenant", &id)?)))
            .collect()
    }

    /// All units of a tenant, ended ones included, in the official order.
    ///
    /// # Errors
    /// Where the database is away or a row is corrupt.
    pub async fn units(&self, tenant: Tenant) -> Result<Vec<Unit>, StoreError> {
        let sql = "select unit_id, code, kind, parent_id, name, name_en, name_km, address, phone, valid_from,
            valid_to, ordinal from unit where tenant = $1 order by ordinal, code";
        let rows: Vec<UnitRow> =
            read!(self, db => sqlx::query_as(sql).bind(tenant.as_str()).fetch_all(db).await?);
        rows.into_iter().map(UnitRow::unit).collect()
    }

    /// Stores units (new or changed) and, with the first of them, the tenant: all or nothing. Units
    /// stand in an order in which parents come first.
    ///
    /// # Errors
    /// [`StoreError::Db`] where a rule of the registry is broken; nothing is stored then.
    pub async fn put_units(
        &self,
        tenant: Tenant,
        units: &[Unit],
        at: OffsetDateTime,
    ) -> Result<(), StoreError> {
        let Some(first) = units.first() else { return Ok(()) };
        transact!(self, tx => {
            write_units!(tx, tenant, units, first.id, at);
        });
        self.bump_revision().await
    }
}
