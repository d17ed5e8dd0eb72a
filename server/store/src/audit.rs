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

impl Deed<'_> {
    /// The deed as a line, not yet hashed.
    fn line(&self, seq: i64, at: OffsetDateTime) -> AuditLine {
        AuditLine {
            seq,
            at: micros(at),
            who: self.who.to_owned(),
            what: self.what.to_owned(),
            outcome: self.outcome.to_owned(),
            detail: self.detail.to_owned(),
            hash: String::new(),
        }
    }
}

/// Which lines of the log are wanted; an empty word means any.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditFilter {
    /// Who.
    pub who: String,
    /// What.
    pub what: String,
    /// `done` or `refused`.
    pub outcome: String,
    /// From this instant on, microseconds.
    pub from: i64,
    /// Before this instant, microseconds.
    pub to: i64,
}

impl Default for AuditFilter {
    /// Every line.
    fn default() -> Self {
        let none = String::new;
        Self { who: none(), what: none(), outcome: none(), from: i64::MIN, to: i64::MAX }
    }
}

/// A line with the hash of its predecessor, so that it can be checked by itself.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct LinkedLine {
    /// The line.
    #[sqlx(flatten)]
    pub line: AuditLine,
    /// Hash of the line before it; empty for the first, `None` where that line is missing.
    pub before: Option<String>,
}

impl AuditLine {
    /// What is hashed together with the predecessor's hash.
    #[must_use]
    pub fn text(&self) -> String {
        let Self { seq, at, who, what, outcome, detail, .. } = self;
        format!("{seq}|{at}|{who}|{what}|{outcome}|{detail}")
    }
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
            let line = deed.line(seq, at);
            sqlx::query(put)
                .bind(tenant.as_str())
                .bind(seq)
                .bind(line.at)
                .bind(deed.who)
                .bind(deed.what)
                .bind(deed.outcome)
                .bind(deed.detail)
                .bind(hash(&before, &line.text()))
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

    /// The newest lines with a number below `before` that a filter lets through, newest first.
    ///
    /// # Errors
    /// Where the database is away.
    pub async fn audit_page(
        &self,
        tenant: Tenant,
        filter: &AuditFilter,
        before: i64,
        most: i64,
    ) -> Result<Vec<LinkedLine>, StoreError> {
        let sql = "select a.seq, a.at, a.who, a.what, a.outcome, a.detail, a.hash,
            case when a.seq = 1 then '' else p.hash end as before
            from audit a left join audit p on p.tenant = a.tenant and p.seq = a.seq - 1
            where a.tenant = $1 and a.seq < $2 and ($3 = '' or a.who = $3) and ($4 = '' or a.what = $4)
            and ($5 = '' or a.outcome = $5) and a.at >= $6 and a.at < $7 order by a.seq desc limit $8";
        Ok(read!(self, db => sqlx::query_as(sql)
            .bind(tenant.as_str())
            .bind(before)
            .bind(&filter.who)
            .bind(&filter.what)
            .bind(&filter.outcome)
            .bind(filter.from)
            .bind(filter.to)
            .bind(most)
            .fetch_all(db)
            .await?))
    }

    /// The lines after a number, oldest first.
    ///
    /// # Errors
    /// Where the database is away.
    pub async fn audit_after(
        &self,
        tenant: Tenant,
        after: i64,
        most: i64,
    ) -> Result<Vec<AuditLine>, StoreError> {
        let sql = "select seq, at, who, what, outcome, detail, hash from audit
            where tenant = $1 and seq > $2 order by seq limit $3";
        Ok(read!(self, db => sqlx::query_as(sql)
            .bind(tenant.as_str()).bind(after).bind(most).fetch_all(db).await?))
    }

    /// Number of the newest line; 0 where there is none.
    ///
    /// # Errors
    /// Where the database is away.
    pub async fn audit_length(&self, tenant: Tenant) -> Result<i64, StoreError> {
        let sql = "select seq from audit where tenant = $1 order by seq desc limit 1";
        let newest: Option<i64> =
            read!(self, db => sqlx::query_scalar(sql).bind(tenant.as_str()).fetch_optional(db).await?);
        Ok(newest.unwrap_or(0))
    }

    /// Every kind of deed that the log holds.
    ///
    /// # Errors
    /// Where the database is away.
    pub async fn audit_words(&self, tenant: Tenant) -> Result<Vec<String>, StoreError> {
        let sql = "select distinct what from audit where tenant = $1 order by what";
        Ok(read!(self, db => sqlx::query_scalar(sql).bind(tenant.as_str()).fetch_all(db).await?))
    }
}
