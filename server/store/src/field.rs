//! Fields of work, who decides them, and the procedures in them.

use crate::cell::{unit_id, word};
use crate::engine::{read, transact};
use crate::{Store, StoreError};
use domain::id::{Tenant, UnitId};
use domain::language::Words;
use domain::unit::UnitKind;

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

/// What people apply for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Procedure {
    /// Code of our own.
    pub code: String,
    /// The field that it belongs to.
    pub field: String,
    /// The level that decides it.
    pub level: UnitKind,
    /// Name.
    pub name: Words,
    /// Its number in the national database of procedures, where it is known.
    pub national_code: Option<String>,
    /// Place in the list.
    pub ordinal: u32,
}

#[derive(sqlx::FromRow)]
struct ProcedureRow {
    code: String,
    field: String,
    level: String,
    name: String,
    name_en: Option<String>,
    name_km: Option<String>,
    national_code: Option<String>,
    ordinal: i64,
}

/// How many people of a released part had a dossier of a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldCount {
    /// The unit that decided.
    pub unit: UnitId,
    /// Code of the field.
    pub field: String,
    /// Last month of the part, yyyymm.
    pub month: i64,
    /// People.
    pub n: i64,
}

impl Store {
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
    /// Where a deciding unit does not exist, or a procedure belongs to a field that is left out; the
    /// old list stays then.
    pub async fn put_fields(&self, tenant: Tenant, fields: &[Field]) -> Result<(), StoreError> {
        let known = "select code, level from field where tenant = $1";
        let drop = "delete from field where tenant = $1 and code = $2 and level = $3";
        let put = "insert into field (tenant, code, level, name, name_en, name_km, deciding_id, ordinal)
            values ($1, $2, $3, $4, $5, $6, $7, $8)
            on conflict (tenant, code, level) do update set name = excluded.name, name_en = excluded.name_en,
            name_km = excluded.name_km, deciding_id = excluded.deciding_id, ordinal = excluded.ordinal";
        let stays =
            |code: &str, level: &str| fields.iter().any(|f| f.code == code && f.level.code() == level);
        transact!(self, tx => {
            let rows: Vec<(String, String)> =
                sqlx::query_as(known).bind(tenant.as_str()).fetch_all(&mut *tx).await?;
            for (code, level) in rows.iter().filter(|(code, level)| !stays(code, level)) {
                sqlx::query(drop).bind(tenant.as_str()).bind(code).bind(level).execute(&mut *tx).await?;
            }
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

    /// The procedures of a tenant, in their order.
    ///
    /// # Errors
    /// Where the database is away or a row is corrupt.
    pub async fn procedures(&self, tenant: Tenant) -> Result<Vec<Procedure>, StoreError> {
        let sql = "select code, field, level, name, name_en, name_km, national_code, ordinal from procedure
            where tenant = $1 order by ordinal, code";
        let rows: Vec<ProcedureRow> =
            read!(self, db => sqlx::query_as(sql).bind(tenant.as_str()).fetch_all(db).await?);
        let procedure = |row: ProcedureRow| {
            Ok(Procedure {
                level: word("procedure", "level", &row.level)?,
                name: Words { vi: row.name, en: row.name_en, km: row.name_km },
                ordinal: u32::try_from(row.ordinal).unwrap_or(u32::MAX),
                code: row.code,
                field: row.field,
                national_code: row.national_code,
            })
        };
        rows.into_iter().map(procedure).collect()
    }

    /// Replaces the list of procedures, all or nothing.
    ///
    /// # Errors
    /// Where a field does not exist; the old list stays then.
    pub async fn put_procedures(&self, tenant: Tenant, all: &[Procedure]) -> Result<(), StoreError> {
        let put = "insert into procedure (tenant, code, field, level, name, name_en, name_km, national_code, ordinal)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
        transact!(self, tx => {
            sqlx::query("delete from procedure where tenant = $1").bind(tenant.as_str()).execute(&mut *tx).await?;
            for one in all {
                sqlx::query(put)
                    .bind(tenant.as_str())
                    .bind(&one.code)
                    .bind(&one.field)
                    .bind(one.level.code())
                    .bind(&one.name.vi)
                    .bind(&one.name.en)
                    .bind(&one.name.km)
                    .bind(&one.national_code)
                    .bind(i64::from(one.ordinal))
                    .execute(&mut *tx)
                    .await?;
            }
        });
        self.bump_revision().await
    }

    /// How many people had dossiers of which field, by the parts of published releases: never from
    /// answers that still wait.
    ///
    /// # Errors
    /// Where the database is away or a row is corrupt.
    pub async fn field_counts(&self, tenant: Tenant) -> Result<Vec<FieldCount>, StoreError> {
        let sql = "select t.unit_id, t.band, t.month_to, t.n from tally t
            join release r on r.tenant = t.tenant and r.release = t.release
            where t.tenant = $1 and t.dimension = 'field' and r.published_at is not null";
        let rows: Vec<(Vec<u8>, String, i64, i64)> =
            read!(self, db => sqlx::query_as(sql).bind(tenant.as_str()).fetch_all(db).await?);
        rows.into_iter()
            .map(|(unit, field, month, n)| Ok(FieldCount { unit: unit_id("tally", &unit)?, field, month, n }))
            .collect()
    }
}
