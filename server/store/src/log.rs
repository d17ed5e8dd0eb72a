//! The write-ahead log of SQLite is copied into the file beside the writer, not by it: a commit waits
//! for its own few pages and never for everybody's.

use crate::StoreError;
use sqlx::SqlitePool;
use std::time::Duration;
use tokio::sync::mpsc;

/// Pages (64 MB) from which on the writer copies the log itself, so that it starts anew; most of it
/// has been copied by then. Under a steady stream of answers nobody else finds a moment without one.
pub(crate) const LONGEST: &str = "16000";
/// How long the log may grow before it is copied.
const SETTLE: Duration = Duration::from_millis(200);
/// How often emptying the log is tried while readers or another process are at it.
const TRIES: usize = 10;
const PAUSE: Duration = Duration::from_millis(100);

/// Tells that the log has grown.
#[derive(Clone)]
pub(crate) struct Log(mpsc::Sender<()>);

impl Log {
    /// Copies the log whenever it has grown; ends with the last handle, or when the pool is closed.
    pub fn keep(pool: SqlitePool) -> Self {
        let (grown, mut growing) = mpsc::channel(1);
        tokio::spawn(async move {
            while growing.recv().await.is_some() {
                tokio::time::sleep(SETTLE).await;
                match sqlx::query("pragma wal_checkpoint(passive)").execute(&pool).await {
                    Err(sqlx::Error::PoolClosed) => return,
                    // The writer does it when the log gets long.
                    Err(error) => tracing::debug!("the log was not copied: {error}"),
                    Ok(_) => {}
                }
            }
        });
        Self(grown)
    }

    /// A transaction was committed.
    pub fn has_grown(&self) {
        // Full means that somebody has said so already.
        let _ = self.0.try_send(());
    }
}

/// Copies the whole log and cuts it to nothing.
pub(crate) async fn empty(write: &SqlitePool) -> Result<(), StoreError> {
    for _ in 0..TRIES {
        let (is_busy, _, _): (i64, i64, i64) =
            sqlx::query_as("pragma wal_checkpoint(truncate)").fetch_one(write).await?;
        if is_busy == 0 {
            return Ok(());
        }
        tokio::time::sleep(PAUSE).await;
    }
    tracing::warn!("the log could not be emptied: somebody reads in one long transaction");
    Ok(())
}
