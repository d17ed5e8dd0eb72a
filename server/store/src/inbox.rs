//! The inbox: sealed answers and sealed texts that wait for a fold.

use crate::batch::Slab;
use crate::cell::survey_id;
use crate::code::Spending;
use crate::code::spend::spend_codes;
use crate::engine::{read, transact};
use crate::lease::{Run, hold_lease};
use crate::{Store, StoreError};
use domain::id::{SurveyId, Tenant};
use std::collections::HashSet;
use time::OffsetDateTime;

/// Bytes of a sealed answer as stored.
pub const RECORD: usize = 296;
/// Bytes of a sealed text as stored.
pub const TEXT: usize = 2088;

/// An answer that is to be kept: everything of it is sealed but whose survey it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Envelope {
    /// The tenant.
    pub tenant: Tenant,
    /// The survey.
    pub survey: SurveyId,
    /// The form's nonce: the same form sent twice is one answer. `None` for answers that come from a
    /// file or a generator.
    pub nonce: Option<[u8; 16]>,
    /// Random.
    pub id: [u8; 16],
    /// Sealed answer, [`RECORD`] bytes.
    pub record: Vec<u8>,
    /// Random, apart from `id`.
    pub text_id: [u8; 16],
    /// Sealed text, [`TEXT`] bytes.
    pub text: Vec<u8>,
    /// The one-time code that it uses.
    pub spends: Option<Spending>,
}

/// What became of an answer that arrived.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// It is kept.
    New,
    /// The same form had been sent before; it counts once.
    SentBefore,
    /// Its code has been used, withdrawn, or has run out; it is not kept, and may be sent without.
    CodeSpent,
}

/// A sealed record that waits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sealed {
    /// The survey.
    pub survey: SurveyId,
    /// Its random id.
    pub id: [u8; 16],
    /// The sealed bytes.
    pub record: Vec<u8>,
}

/// Which of the two tables.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Answers.
    Answer,
    /// Texts.
    Text,
}

pub(crate) const SEE: &str = "insert into nonce_seen (tenant, survey_id, nonce)
    with recursive i(i) as (select 0 union all select i + 1 from i where i + 1 < $2)
    select $1, substr($3, 1 + i * 16, 16), substr($4, 1 + i * 16, 16) from i where true
    on conflict do nothing returning nonce";
const KEEP: &str = "insert into inbox (tenant, survey_id, inbox_id, record)
    with recursive i(i) as (select 0 union all select i + 1 from i where i + 1 < $2)
    select $1, substr($3, 1 + i * 16, 16), substr($4, 1 + i * 16, 16), substr($5, 1 + i * $6, $6) from i";
const KEEP_TEXT: &str = "insert into inbox_text (tenant, survey_id, text_id, record)
    with recursive i(i) as (select 0 union all select i + 1 from i where i + 1 < $2)
    select $1, substr($3, 1 + i * 16, 16), substr($4, 1 + i * 16, 16), substr($5, 1 + i * $6, $6) from i";

/// Columns of many sealed rows.
pub(crate) struct Slabs {
    pub(crate) surveys: Slab,
    pub(crate) ids: Slab,
    pub(crate) records: Slab,
}

impl Slabs {
    /// Sorted by id, so that the order of rows on a page (PostgreSQL keeps it) says nothing.
    pub(crate) fn new<'a>(rows: impl Iterator<Item = (SurveyId, [u8; 16], &'a [u8])>) -> Self {
        let mut rows: Vec<_> = rows.collect();
        rows.sort_unstable_by_key(|row| row.1);
        let mut slabs = Self {
            surveys: Slab::new(16),
            ids: Slab::new(16),
            records: Slab::new(rows.first().map_or(0, |row| row.2.len())),
        };
        for (survey, id, record) in rows {
            slabs.surveys.push(survey.as_bytes());
            slabs.ids.push(&id);
            slabs.records.push(record);
        }
        slabs
    }
}

/// Inserts sealed answers and their texts inside a transaction.
macro_rules! insert_sealed {
    ($tx:expr, $tenant:expr, $envelopes:expr) => {
        for (sql, slabs) in crate::inbox::statements($envelopes) {
            sqlx::query(sql)
                .bind($tenant.as_str().to_owned())
                .bind(slabs.ids.count())
                .bind(slabs.surveys.bytes())
                .bind(slabs.ids.bytes())
                .bind(slabs.records.bytes())
                .bind(slabs.records.width())
                .execute(&mut *$tx)
                .await?;
        }
    };
}
pub(crate) use insert_sealed;

/// The two inserts of some envelopes; none where there are none.
pub(crate) fn statements(envelopes: &[&Envelope]) -> Vec<(&'static str, Slabs)> {
    if envelopes.is_empty() {
        return Vec::new();
    }
    let answers = Slabs::new(envelopes.iter().map(|e| (e.survey, e.id, &e.record[..])));
    let texts = Slabs::new(envelopes.iter().map(|e| (e.survey, e.text_id, &e.text[..])));
    vec![(KEEP, answers), (KEEP_TEXT, texts)]
}

/// New are those whose nonces were not there, or who have none.
pub(crate) fn first_looks(envelopes: &[Envelope], fresh: Vec<Vec<u8>>) -> Vec<Outcome> {
    let mut fresh: HashSet<Vec<u8>> = fresh.into_iter().collect();
    let mut is_new = |envelope: &Envelope| envelope.nonce.is_none_or(|nonce| fresh.remove(&nonce[..]));
    envelopes
        .iter()
        .map(&mut is_new)
        .map(|new| if new { Outcome::New } else { Outcome::SentBefore })
        .collect()
}

impl Store {
    /// Keeps many answers of one tenant in one transaction, uses their codes in the same one, and says,
    /// in the order given, what became of each.
    ///
    /// # Errors
    /// Where one of them breaks a rule of the database: then nothing of the batch is kept, and each
    /// must be tried alone.
    pub async fn keep(&self, envelopes: &[Envelope]) -> Result<Vec<Outcome>, StoreError> {
        let Some(tenant) = envelopes.first().map(|e| e.tenant) else { return Ok(Vec::new()) };
        let nonces =
            Slabs::new(envelopes.iter().filter_map(|e| e.nonce.as_ref().map(|n| (e.survey, *n, &[][..]))));
        let outcomes = transact!(self, tx => {
            let fresh: Vec<Vec<u8>> = if nonces.ids.is_empty() {
                Vec::new()
            } else {
                sqlx::query_scalar(SEE)
                    .bind(tenant.as_str().to_owned())
                    .bind(nonces.ids.count())
                    .bind(nonces.surveys.bytes())
                    .bind(nonces.ids.bytes())
                    .fetch_all(&mut *tx)
                    .await?
            };
            let mut outcomes = first_looks(envelopes, fresh);
            spend_codes!(tx, tenant, envelopes, &mut outcomes);
            let kept: Vec<&Envelope> = envelopes
                .iter()
                .zip(&outcomes)
                .filter(|(_, outcome)| **outcome == Outcome::New)
                .map(|(envelope, _)| envelope)
                .collect();
            insert_sealed!(tx, tenant, &kept);
            outcomes
        });
        Ok(outcomes)
    }

    /// Keeps sealed texts whose answers are elsewhere already.
    ///
    /// # Errors
    /// Where the database is away.
    pub async fn keep_texts(&self, tenant: Tenant, texts: &[Sealed]) -> Result<(), StoreError> {
        if texts.is_empty() {
            return Ok(());
        }
        let slabs = Slabs::new(texts.iter().map(|s| (s.survey, s.id, &s.record[..])));
        transact!(self, tx => {
            sqlx::query(KEEP_TEXT)
                .bind(tenant.as_str().to_owned())
                .bind(slabs.ids.count())
                .bind(slabs.surveys.bytes())
                .bind(slabs.ids.bytes())
                .bind(slabs.records.bytes())
                .bind(slabs.records.width())
                .execute(tx)
                .await?;
        });
        Ok(())
    }

    /// A page of what waits, in the order of the random ids, after the one given.
    ///
    /// # Errors
    /// Where the database is away or a row is corrupt.
    pub async fn waiting_page(
        &self,
        kind: Kind,
        tenant: Tenant,
        survey: SurveyId,
        after: &[u8],
        size: i64,
    ) -> Result<Vec<Sealed>, StoreError> {
        let sql = match kind {
            Kind::Answer => {
                "select survey_id, inbox_id, record from inbox
                where tenant = $1 and survey_id = $2 and inbox_id > $3 order by inbox_id limit $4"
            }
            Kind::Text => {
                "select survey_id, text_id, record from inbox_text
                where tenant = $1 and survey_id = $2 and text_id > $3 order by text_id limit $4"
            }
        };
        let rows: Vec<(Vec<u8>, Vec<u8>, Vec<u8>)> = read!(self, db => sqlx::query_as(sql)
            .bind(tenant.as_str())
            .bind(&survey.as_bytes()[..])
            .bind(after)
            .bind(size)
            .fetch_all(db)
            .await?);
        let id =
            |bytes: Vec<u8>| bytes.try_into().map_err(|_| StoreError::corrupt("inbox", "inbox_id", "id"));
        let sealed = |(s, i, record): (Vec<u8>, Vec<u8>, _)| {
            Ok(Sealed { survey: survey_id("inbox", &s)?, id: id(i)?, record })
        };
        rows.into_iter().map(sealed).collect()
    }

    /// How many answers of a survey wait.
    ///
    /// # Errors
    /// Where the database is away.
    pub async fn count_waiting(&self, tenant: Tenant, survey: SurveyId) -> Result<i64, StoreError> {
        let sql = "select count(*) from inbox where tenant = $1 and survey_id = $2";
        Ok(read!(self, db => sqlx::query_scalar(sql)
            .bind(tenant.as_str()).bind(&survey.as_bytes()[..]).fetch_one(db).await?))
    }

    /// Puts other records in the place of some: what stays gets fresh ids, what is over goes.
    ///
    /// # Errors
    /// Where the database is away, the lease is lost, or the old records are not all there any more
    /// (another run has been here): nothing is changed then.
    pub async fn reseal(
        &self,
        run: &Run,
        (kind, survey): (Kind, SurveyId),
        old: &[[u8; 16]],
        fresh: &[Sealed],
        real_now: OffsetDateTime,
    ) -> Result<(), StoreError> {
        if old.is_empty() {
            return Ok(());
        }
        let drop = crate::batch::drop_statement(&self.pool, kind);
        let keep = match kind {
            Kind::Answer => KEEP,
            Kind::Text => KEEP_TEXT,
        };
        let gone: Slab = old.iter().map(|id| &id[..]).collect();
        let slabs = Slabs::new(fresh.iter().map(|s| (s.survey, s.id, &s.record[..])));
        let tenant = run.tenant;
        transact!(self, tx => {
            hold_lease!(tx, run, real_now);
            let dropped = sqlx::query(drop)
                .bind(tenant.as_str().to_owned())
                .bind(gone.count())
                .bind(gone.bytes())
                .bind(&survey.as_bytes()[..])
                .execute(&mut *tx)
                .await?
                .rows_affected();
            if dropped != old.len() as u64 {
                return Err(StoreError::LeaseLost);
            }
            if !slabs.ids.is_empty() {
                sqlx::query(keep)
                    .bind(tenant.as_str().to_owned())
                    .bind(slabs.ids.count())
                    .bind(slabs.surveys.bytes())
                    .bind(slabs.ids.bytes())
                    .bind(slabs.records.bytes())
                    .bind(slabs.records.width())
                    .execute(tx)
                    .await?;
            }
        });
        Ok(())
    }
}
