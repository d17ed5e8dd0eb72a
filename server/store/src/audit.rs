//! The audit log: append-only, each line hashed together with the line before it.

use crate::cell::micros;
use crate::engine::{read, transact};
use crate::{Store, StoreError};
use domain::id::Tenant;
use time::OffsetDateTime;

/// A line of the audit log.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct AuditLine {
    /// Number, from 1.
    pub seq: i64,
    /// When, microseconds UTC.
    pub at: i64,
    /// Who: an account's name, or `cli`, or `calendar`.
    pub who: String,
    /// What.
    pub what: String,
    /// `done` or `refused`.
    pub outcome: String,
    /// Details in words.
    pub detail: String,
    /// Hash of the line and its predecessor's hash, hexadecimal.
    pub hash: String,
}

/// What is to be written down.
#[derive(Debug, Clone, Copy)]
pub struct Deed<'a> {
    /// Who.
    pub who: &'a str,
    /// What.
    pub what: &'a str,
    /// `done` or `refused`.
    pub outcome: &'a str,
    /// Details in words, never a secret.
    pub detail: &'a str,
}

impl Store {
    /// Appends a line; `hash` makes a line's hash from its predecessor's and its own text.
    ///
    /// # Errors
    /// Where the database is away.
    pub async fn write_audit(
        &self,
        tenant: Tenant,
        deed: Deed<'_>,
        at: OffsetDateTime,
        hash: impl Fn(&str, &str) -> String + Sync,
    ) -> Result<(), StoreError> {
        for attempt in 0.. {
            match self.append_audit(tenant, deed, at, &hash).await {
                // Two processes numbered their line alike; the second one counts again.
                Err(error) if attempt < 20 && (error.is_refusal() || error.is_passing()) => {}
                other => return other,
            }
        }
        Ok(())
    }

    async fn append_audit(
        &self,
        tenant: Tenant,
        deed: Deed<'_>,
        at: OffsetDateTime,
        hash: &(impl Fn(&str, &str) -> String + Sync),
    ) -> Result<(), StoreError> {
        let last = "select seq, hash from audit where tenant = $1 order by seq desc limit 1";
        let put = "insert into audit (tenant, seq, at, who, what, outcome, detail, hash) values ($1, $2, $3, $4, $5, $6, $7, $8)";
        transact!(self, tx => {
            let previous: Option<(i64, String)> =
                sqlx::query_as(last).bind(tenant.as_str()).fetch_optional(&mut *tx).await?;
            let (seq, before) = previous.map_or((1, String::new()), |(seq, hash)| (seq + 1, hash));
            let text = format!("{seq}|{}|{}|{}|{}|{}", micros(at), deed.who, deed.what, deed.outcome, deed.detail);
            sqlx::query(put)
                .bind(tenant.as_str())
                .bind(seq)
                .bind(micros(at))
                .bind(deed.who)
                .bind(deed.what)
                .bind(deed.outcome)
                .bind(deed.detail)
                .bind(hash(&before, &text))
                .execute(tx)
                .await?;
        });
        Ok(())
    }

    /// The whole log of a tenant, oldest first.
    ///
    /// # Errors
    /// Where the database is away.
    pub async fn audit(&self, tenant: Tenant) -> Result<Vec<AuditLine>, StoreError> {
        let sql =
            "select seq, at, who, what, outcome, detail, hash from audit where tenant = $1 order by seq";
        Ok(read!(self, db => sqlx::query_as(sql).bind(tenant.as_str()).fetch_all(db).await?))
    }
}
