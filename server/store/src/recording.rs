//! Recorded questions, and who has read the texts of a language.

use crate::cell::{micros, word};
use crate::engine::{read, transact};
use crate::setting::BUMP;
use crate::{Store, StoreError};
use domain::id::Tenant;
use domain::language::Language;
use time::OffsetDateTime;

/// The texts of a question set in a language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spoken {
    /// Code of the question set.
    pub instrument: String,
    /// Its version.
    pub version: u32,
    /// The language.
    pub language: Language,
}

/// A recorded question, without its sound.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recording {
    /// Of which texts.
    pub spoken: Spoken,
    /// Code of the question.
    pub code: String,
    /// Media type.
    pub kind: String,
    /// A machine reads.
    pub synthetic: bool,
    /// Hash of the sound, hexadecimal: its address.
    pub hash: String,
}

/// Somebody has read the texts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Review {
    /// Which texts.
    pub spoken: Spoken,
    /// Who read them, as it was written.
    pub reader: String,
    /// Who noted it.
    pub who: String,
    /// When, in microseconds.
    pub at: i64,
}

fn spoken(table: &'static str, row: (String, i64, String)) -> Result<Spoken, StoreError> {
    let version = u32::try_from(row.1).map_err(|_| StoreError::corrupt(table, "version", "version"))?;
    Ok(Spoken { instrument: row.0, version, language: word(table, "language", &row.2)? })
}

impl Store {
    /// All recordings of a tenant, without their sounds.
    ///
    /// # Errors
    /// Where the database is away or a row is corrupt.
    pub async fn recordings(&self, tenant: Tenant) -> Result<Vec<Recording>, StoreError> {
        let sql = "select instrument, version, language, code, kind, synthetic, hash from recording
            where tenant = $1 order by instrument, version, language, code";
        let rows: Vec<(String, i64, String, String, String, i64, String)> =
            read!(self, db => sqlx::query_as(sql).bind(tenant.as_str()).fetch_all(db).await?);
        let row = |(instrument, version, language, code, kind, synthetic, hash)| {
            let spoken = spoken("recording", (instrument, version, language))?;
            Ok(Recording { spoken, code, kind, synthetic: synthetic == 1, hash })
        };
        rows.into_iter().map(row).collect()
    }

    /// The media type and the sound of a hash.
    ///
    /// # Errors
    /// Where the database is away.
    pub async fn sound(&self, tenant: Tenant, hash: &str) -> Result<Option<(String, Vec<u8>)>, StoreError> {
        let sql = "select kind, sound from recording where tenant = $1 and hash = $2 limit 1";
        Ok(read!(self, db => sqlx::query_as(sql).bind(tenant.as_str()).bind(hash).fetch_optional(db).await?))
    }

    /// Keeps a recording in place of the one before.
    ///
    /// # Errors
    /// Where the database is away.
    pub async fn put_recording(
        &self,
        tenant: Tenant,
        recording: &Recording,
        sound: &[u8],
        (who, at): (&str, OffsetDateTime),
    ) -> Result<(), StoreError> {
        let put = "insert into recording
            (tenant, instrument, version, language, code, kind, synthetic, hash, sound, who, sent_at)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
            on conflict (tenant, instrument, version, language, code) do update set
            kind = excluded.kind, synthetic = excluded.synthetic, hash = excluded.hash,
            sound = excluded.sound, who = excluded.who, sent_at = excluded.sent_at";
        let Recording { spoken, code, kind, synthetic, hash } = recording;
        transact!(self, tx => {
            sqlx::query(put)
                .bind(tenant.as_str())
                .bind(&spoken.instrument)
                .bind(i64::from(spoken.version))
                .bind(spoken.language.code())
                .bind(code)
                .bind(kind)
                .bind(i64::from(*synthetic))
                .bind(hash)
                .bind(sound)
                .bind(who)
                .bind(micros(at))
                .execute(&mut *tx)
                .await?;
            sqlx::query(BUMP).execute(tx).await?;
        });
        Ok(())
    }

    /// Takes a recording away; whether there was one.
    ///
    /// # Errors
    /// Where the database is away.
    pub async fn remove_recording(
        &self,
        tenant: Tenant,
        spoken: &Spoken,
        code: &str,
    ) -> Result<bool, StoreError> {
        let sql = "delete from recording
            where tenant = $1 and instrument = $2 and version = $3 and language = $4 and code = $5";
        let gone = transact!(self, tx => {
            let done = sqlx::query(sql)
                .bind(tenant.as_str())
                .bind(&spoken.instrument)
                .bind(i64::from(spoken.version))
                .bind(spoken.language.code())
                .bind(code)
                .execute(&mut *tx)
                .await?;
            sqlx::query(BUMP).execute(tx).await?;
            done.rows_affected()
        });
        Ok(gone > 0)
    }

    /// Which texts somebody has read.
    ///
    /// # Errors
    /// Where the database is away or a row is corrupt.
    pub async fn reviews(&self, tenant: Tenant) -> Result<Vec<Review>, StoreError> {
        let sql = "select instrument, version, language, reader, who, reviewed_at from language_review
            where tenant = $1 order by instrument, version, language";
        let rows: Vec<(String, i64, String, String, String, i64)> =
            read!(self, db => sqlx::query_as(sql).bind(tenant.as_str()).fetch_all(db).await?);
        let row = |(instrument, version, language, reader, who, at)| {
            Ok(Review {
                spoken: spoken("language_review", (instrument, version, language))?,
                reader,
                who,
                at,
            })
        };
        rows.into_iter().map(row).collect()
    }

    /// Notes that the texts were read; the first note stays. Whether this one is it.
    ///
    /// # Errors
    /// Where the database is away.
    pub async fn put_review(&self, tenant: Tenant, review: &Review) -> Result<bool, StoreError> {
        let put = "insert into language_review
            (tenant, instrument, version, language, reader, who, reviewed_at)
            values ($1, $2, $3, $4, $5, $6, $7) on conflict do nothing";
        let noted = transact!(self, tx => {
            let done = sqlx::query(put)
                .bind(tenant.as_str())
                .bind(&review.spoken.instrument)
                .bind(i64::from(review.spoken.version))
                .bind(review.spoken.language.code())
                .bind(&review.reader)
                .bind(&review.who)
                .bind(review.at)
                .execute(&mut *tx)
                .await?;
            sqlx::query(BUMP).execute(tx).await?;
            done.rows_affected()
        });
        Ok(noted > 0)
    }
}
