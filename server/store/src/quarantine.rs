//! What revoked tablets still sent: sealed apart until the province decides.

use crate::cell::survey_id;
use crate::engine::{read, transact};
use crate::inbox::{Envelope, SEE, Slabs, first_looks, insert_sealed};
use crate::{Store, StoreError};
use domain::id::{SurveyId, Tenant};

/// Bytes of a sealed record as stored.
pub const RECORD: usize = 312;

/// An answer in quarantine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    /// The survey.
    pub survey: SurveyId,
    /// The nonce that the tablet gave it.
    pub nonce: [u8; 16],
    /// Sealed: the device and the answer; [`RECORD`] bytes.
    pub record: Vec<u8>,
}

const TAKE: &str = "delete from quarantine where tenant = $1 and survey_id = $2 and nonce = $3";

impl Store {
    /// Holds answers back. One that was kept before, or is held already, is not held again.
    ///
    /// # Errors
    /// Where the database is away.
    pub async fn hold(&self, tenant: Tenant, rows: &[Held]) -> Result<(), StoreError> {
        let put = "insert into quarantine (tenant, survey_id, nonce, record)
            select $1, $2, $3, $4 where not exists (
                select 1 from nonce_seen where tenant = $1 and survey_id = $2 and nonce = $3)
            on conflict do nothing";
        let mut rows: Vec<&Held> = rows.iter().collect();
        rows.sort_unstable_by_key(|row| row.nonce);
        transact!(self, tx => {
            for row in rows {
                sqlx::query(put)
                    .bind(tenant.as_str())
                    .bind(&row.survey.as_bytes()[..])
                    .bind(&row.nonce[..])
                    .bind(&row.record[..])
                    .execute(&mut *tx)
                    .await?;
            }
        });
        Ok(())
    }

    /// How many answers are held back in all.
    ///
    /// # Errors
    /// Where the database is away.
    pub async fn count_held(&self, tenant: Tenant) -> Result<i64, StoreError> {
        let sql = "select count(*) from quarantine where tenant = $1";
        Ok(read!(self, db => sqlx::query_scalar(sql).bind(tenant.as_str()).fetch_one(db).await?))
    }

    /// All answers that are held back.
    ///
    /// # Errors
    /// Where the database is away or a row is corrupt.
    pub async fn held(&self, tenant: Tenant) -> Result<Vec<Held>, StoreError> {
        let sql =
            "select survey_id, nonce, record from quarantine where tenant = $1 order by survey_id, nonce";
        let rows: Vec<(Vec<u8>, Vec<u8>, Vec<u8>)> =
            read!(self, db => sqlx::query_as(sql).bind(tenant.as_str()).fetch_all(db).await?);
        let corrupt = |_| StoreError::corrupt("quarantine", "nonce", "nonce");
        let held = |(survey, nonce, record): (Vec<u8>, Vec<u8>, Vec<u8>)| {
            let nonce = nonce.try_into().map_err(corrupt)?;
            Ok(Held { survey: survey_id("quarantine", &survey)?, nonce, record })
        };
        rows.into_iter().map(held).collect()
    }

    /// Moves answers out of quarantine into the inbox, each once, and says how many. The envelopes are sealed
    /// anew under fresh ids; their nonces say which rows they were.
    ///
    /// # Errors
    /// Where the database is away.
    pub async fn release_held(&self, tenant: Tenant, envelopes: &[Envelope]) -> Result<usize, StoreError> {
        let mut sorted: Vec<&Envelope> = envelopes.iter().filter(|one| one.nonce.is_some()).collect();
        sorted.sort_unstable_by_key(|one| one.nonce);
        Ok(transact!(self, tx => {
            let mut there: Vec<Envelope> = Vec::with_capacity(sorted.len());
            for envelope in sorted {
                let taken = sqlx::query(TAKE)
                    .bind(tenant.as_str())
                    .bind(&envelope.survey.as_bytes()[..])
                    .bind(envelope.nonce.map(|nonce| nonce.to_vec()))
                    .execute(&mut *tx)
                    .await?
                    .rows_affected();
                if taken > 0 {
                    there.push(envelope.clone());
                }
            }
            let nonces = Slabs::new(there.iter().filter_map(|e| e.nonce.as_ref().map(|n| (e.survey, *n, &[][..]))));
            let fresh: Vec<Vec<u8>> = if there.is_empty() {
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
            let looks = first_looks(&there, fresh);
            let new = there.iter().zip(&looks).filter(|(_, look)| **look == crate::inbox::Outcome::New);
            let kept: Vec<&Envelope> = new.map(|(envelope, _)| envelope).collect();
            insert_sealed!(tx, tenant, &kept);
            kept.len()
        }))
    }

    /// Drops answers that are held back, and remembers their nonces, so that a tablet that sends them again has
    /// sent them before.
    ///
    /// # Errors
    /// Where the database is away.
    pub async fn drop_held(&self, tenant: Tenant, rows: &[Held]) -> Result<usize, StoreError> {
        let see =
            "insert into nonce_seen (tenant, survey_id, nonce) values ($1, $2, $3) on conflict do nothing";
        let mut gone = 0;
        transact!(self, tx => {
            for row in rows {
                for sql in [TAKE, see] {
                    let changed = sqlx::query(sql)
                        .bind(tenant.as_str())
                        .bind(&row.survey.as_bytes()[..])
                        .bind(&row.nonce[..])
                        .execute(&mut *tx)
                        .await?
                        .rows_affected();
                    gone += if sql == TAKE { changed } else { 0 };
                }
            }
        });
        Ok(usize::try_from(gone).unwrap_or(usize::MAX))
    }
}
