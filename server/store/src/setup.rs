//! The one-time setup link: the only way in while nobody has an account. The database keeps its hash
//! and its end, so that a copy of the database opens nothing.

use crate::cell::micros;
use crate::engine::transact;
use crate::setting::EVERYWHERE;
use crate::{Store, StoreError};
use time::OffsetDateTime;

/// Name of the setting that holds the link: its end in microseconds, a blank, its hash.
const SETTING: &str = "setup";

impl Store {
    /// Replaces the setup link; the one before is void.
    ///
    /// # Errors
    /// Where the database is away.
    pub async fn put_setup_link(&self, hash: &str, until: OffsetDateTime) -> Result<(), StoreError> {
        self.set(EVERYWHERE, SETTING, &format!("{} {hash}", micros(until))).await
    }

    /// Whether this is the setup link of an office in which nobody has an account yet.
    ///
    /// # Errors
    /// Where the database is away.
    pub async fn knows_setup_link(&self, hash: &str, at: OffsetDateTime) -> Result<bool, StoreError> {
        Ok(self.live_setup_link(hash, at).await?.is_some() && !self.has_accounts().await?)
    }

    /// Takes the link out of service. `false` where it is another one, over, or spent already: of two
    /// who hold it only one gets in.
    ///
    /// # Errors
    /// Where the database is away.
    pub async fn spend_setup_link(&self, hash: &str, at: OffsetDateTime) -> Result<bool, StoreError> {
        let Some(value) = self.live_setup_link(hash, at).await? else { return Ok(false) };
        let sql = "delete from setting where tenant = $1 and name = $2 and value = $3
            and not exists (select 1 from account)";
        let spent = transact!(self, tx => {
            sqlx::query(sql).bind(EVERYWHERE).bind(SETTING).bind(&value).execute(tx).await?.rows_affected()
        });
        Ok(spent == 1)
    }

    async fn live_setup_link(&self, hash: &str, at: OffsetDateTime) -> Result<Option<String>, StoreError> {
        let value = self.setting(EVERYWHERE, SETTING).await?;
        Ok(value.filter(|value| {
            let parts =
                value.split_once(' ').and_then(|(until, own)| Some((until.parse::<i64>().ok()?, own)));
            parts.is_some_and(|(until, own)| own == hash && micros(at) < until)
        }))
    }
}
