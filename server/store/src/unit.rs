//! Units, fields and the tenant.

use crate::cell::{day, day_number, micros, unit_id, word};
use crate::engine::{read, transact};
use crate::{Store, StoreError};
use domain::id::{Tenant, UnitId};
use domain::language::Words;
use domain::unit::{Unit, UnitKind};
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

/// What dossiers are about, and who decides them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// Code.
    pub code: String,
    /// Level of the receiving unit for which the line holds.
    pub level: UnitKind,
    /// Name.
    pub name: Words,
    /// Who decides; `None` for the receiving unit's own committee.
    pub deciding: Option<UnitId>,
    /// Place in the list.
    pub ordinal: u32,
}

#[derive(sqlx::FromRow)]
struct FieldRow {
    code: String,
    level: String,
    name: String,
    name_en: Option<String>,
    name_km: Option<String>,
    deciding_id: Option<Vec<u8>>,
    ordinal: i64,
}

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
        let new_tenant =
            "insert into tenant (tenant, unit_id, created_at) values ($1, $2, $3) on conflict do nothing";
        let put = "insert into unit (tenant, unit_id, code, kind, parent_id, name, name_en, name_km, address, phone,
            valid_from, valid_to, ordinal) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
            on conflict (tenant, unit_id) do update set code = excluded.code, kind = excluded.kind,
            parent_id = excluded.parent_id, name = excluded.name, name_en = excluded.name_en, name_km = excluded.name_km,
            address = excluded.address, phone = excluded.phone, valid_from = excluded.valid_from,
            valid_to = excluded.valid_to, ordinal = excluded.ordinal";
        transact!(self, tx => {
            sqlx::query(new_tenant).bind(tenant.as_str()).bind(&first.id.as_bytes()[..]).bind(micros(at)).execute(&mut *tx).await?;
            for unit in units {
                sqlx::query(put)
                    .bind(tenant.as_str())
                    .bind(&unit.id.as_bytes()[..])
                    .bind(&unit.code)
                    .bind(unit.kind.code())
                    .bind(unit.parent.as_ref().map(|id| &id.as_bytes()[..]))
                    .bind(&unit.name.vi)
                    .bind(&unit.name.en)
                    .bind(&unit.name.km)
                    .bind(&unit.address)
                    .bind(&unit.phone)
                    .bind(day_number(unit.valid_from))
                    .bind(unit.valid_to.map(day_number))
                    .bind(i64::from(unit.ordinal))
                    .execute(&mut *tx)
                    .await?;
            }
        });
        self.bump_revision().await
    }

    /// The fields of a tenant, in their order.
    ///
    /// # Errors
    /// Where the database is away or a row is corrupt.
    pub async fn fields(&self, tenant: Tenant) -> Result<Vec<Field>, StoreError> {
        let sql = "select code, level, name, name_en, name_km, deciding_id, ordinal from field
            where tenant = $1 order by ordinal, code";
        let rows: Vec<FieldRow> =
            read!(self, db => sqlx::query_as(sql).bind(tenant.as_str()).fetch_all(db).await?);
        let field = |row: FieldRow| {
            Ok(Field {
                level: word("field", "level", &row.level)?,
                deciding: row.deciding_id.map(|id| unit_id("field", &id)).transpose()?,
                name: Words { vi: row.name, en: row.name_en, km: row.name_km },
                ordinal: u32::try_from(row.ordinal).unwrap_or(u32::MAX),
                code: row.code,
            })
        };
        rows.into_iter().map(field).collect()
    }

    /// Replaces the list of fields, all or nothing.
    ///
    /// # Errors
    /// Where a deciding unit does not exist; the old list stays then.
    pub async fn put_fields(&self, tenant: Tenant, fields: &[Field]) -> Result<(), StoreError> {
        let put = "insert into field (tenant, code, level, name, name_en, name_km, deciding_id, ordinal)
            values ($1, $2, $3, $4, $5, $6, $7, $8)";
        transact!(self, tx => {
            sqlx::query("delete from field where tenant = $1").bind(tenant.as_str()).execute(&mut *tx).await?;
            for field in fields {
                sqlx::query(put)
                    .bind(tenant.as_str())
                    .bind(&field.code)
                    .bind(field.level.code())
                    .bind(&field.name.vi)
                    .bind(&field.name.en)
                    .bind(&field.name.km)
                    .bind(field.deciding.as_ref().map(|id| &id.as_bytes()[..]))
                    .bind(i64::from(field.ordinal))
                    .execute(&mut *tx)
                    .await?;
            }
        });
        self.bump_revision().await
    }
}
