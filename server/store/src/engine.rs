//! The two engines behind one type, and the macros that write a statement once.

use crate::StoreError;
use crate::log::{self, Log};
use sqlx::migrate::Migrator;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{PgPool, SqlitePool};
use std::path::PathBuf;
use std::str::FromStr;
use std::time::Duration;

/// Where the data lives.
#[derive(Clone, PartialEq, Eq)]
pub enum Place {
    /// A file of this machine.
    File(PathBuf),
    /// A PostgreSQL server: `postgres://…`.
    Server(String),
}

impl std::fmt::Debug for Place {
    /// Without the password that a URL may hold.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::File(path) => write!(f, "SQLite file {}", path.display()),
            Self::Server(_) => f.write_str("PostgreSQL"),
        }
    }
}

#[derive(Clone)]
pub(crate) enum Pool {
    /// One writer, many readers: SQLite lets one connection write at a time, and a queue inside the
    /// process is kinder than its busy loop.
    Sqlite { read: SqlitePool, write: SqlitePool, log: Log },
    /// A server.
    Postgres(PgPool),
}

/// Data at rest. Cheap to clone.
#[derive(Clone)]
pub struct Store {
    pub(crate) pool: Pool,
}

impl std::fmt::Debug for Store {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self.pool {
            Pool::Sqlite { .. } => "Store(SQLite)",
            Pool::Postgres(_) => "Store(PostgreSQL)",
        })
    }
}

/// Runs an expression against whichever engine is there; `$db` is a pool to read from.
macro_rules! read {
    ($store:expr, $db:ident => $body:expr) => {
        match &$store.pool {
            crate::engine::Pool::Sqlite { read: $db, .. } => $body,
            crate::engine::Pool::Postgres($db) => $body,
        }
    };
}

/// Runs a block in one write transaction of whichever engine is there; `$tx` is a connection.
/// A `?` inside leaves the function and rolls back.
macro_rules! transact {
    ($store:expr, $tx:ident => $body:block) => {
        match &$store.pool {
            crate::engine::Pool::Sqlite { write, log, .. } => {
                let mut transaction = write.begin_with("begin immediate").await?;
                let $tx = &mut *transaction;
                let result = $body;
                transaction.commit().await?;
                log.has_grown();
                result
            }
            crate::engine::Pool::Postgres(pool) => {
                let mut transaction = pool.begin().await?;
                let $tx = &mut *transaction;
                let result = $body;
                transaction.commit().await?;
                result
            }
        }
    };
}

pub(crate) use {read, transact};

static SQLITE: Migrator = sqlx::migrate!("../../migrations/sqlite");
static POSTGRES: Migrator = sqlx::migrate!("../../migrations/postgres");

/// The migrations up to a version; a database that has more of them is left alone.
fn through(all: &Migrator, version: i64) -> Migrator {
    let some = all.iter().filter(|one| one.version <= version).cloned().collect();
    let mut migrator = Migrator::with_migrations(some);
    migrator.set_ignore_missing(true);
    migrator
}

impl Store {
    /// Opens the database and brings it to this program's version.
    ///
    /// # Errors
    /// Where the place cannot be reached, or holds data of a newer version.
    pub async fn open(place: &Place) -> Result<Self, StoreError> {
        let store = Self { pool: Self::connect(place).await? };
        match &store.pool {
            Pool::Sqlite { write, .. } => SQLITE.run(write).await?,
            Pool::Postgres(pool) => POSTGRES.run(pool).await?,
        }
        Ok(store)
    }

    /// Opens the database, and brings it to an earlier version where it is younger than that.
    ///
    /// # Errors
    /// Where the place cannot be reached.
    pub(crate) async fn open_as(place: &Place, version: i64) -> Result<Self, StoreError> {
        let store = Self { pool: Self::connect(place).await? };
        match &store.pool {
            Pool::Sqlite { write, .. } => through(&SQLITE, version).run(write).await?,
            Pool::Postgres(pool) => through(&POSTGRES, version).run(pool).await?,
        }
        Ok(store)
    }

    /// The version to which [`Store::open`] brings a database.
    #[must_use]
    pub fn version() -> i64 {
        SQLITE.iter().map(|one| one.version).max().unwrap_or(0)
    }

    async fn connect(place: &Place) -> Result<Pool, StoreError> {
        match place {
            Place::File(path) => {
                let options = SqliteConnectOptions::new()
                    .filename(path)
                    .create_if_missing(true)
                    .foreign_keys(true)
                    .journal_mode(SqliteJournalMode::Wal)
                    // An acknowledged answer survives a power cut.
                    .synchronous(SqliteSynchronous::Full)
                    .busy_timeout(Duration::from_secs(10))
                    // A folded answer is overwritten, not only forgotten.
                    .pragma("secure_delete", "on")
                    .pragma("wal_autocheckpoint", log::LONGEST)
                    .statement_cache_capacity(256);
                // Kibibytes: the writer holds the pages that a fold goes back to, readers read once.
                let cached = |size: &'static str| options.clone().pragma("cache_size", size);
                let write =
                    SqlitePoolOptions::new().max_connections(1).connect_with(cached("-24000")).await?;
                let read = SqlitePoolOptions::new().max_connections(3).connect_with(cached("-4000")).await?;
                Ok(Pool::Sqlite { log: Log::keep(read.clone()), read, write })
            }
            Place::Server(url) => {
                let options = PgConnectOptions::from_str(url)?.application_name("hailong");
                let pool = PgPoolOptions::new()
                    .max_connections(12)
                    .acquire_timeout(Duration::from_secs(20))
                    .connect_with(options)
                    .await?;
                Ok(Pool::Postgres(pool))
            }
        }
    }

    /// Whether the database answers.
    ///
    /// # Errors
    /// Where it does not.
    pub async fn ping(&self) -> Result<(), StoreError> {
        let one: i64 = read!(self, db => sqlx::query_scalar("select cast(1 as bigint)").fetch_one(db).await?);
        if one == 1 { Ok(()) } else { Err(StoreError::corrupt("(none)", "(none)", "one")) }
    }

    /// Leaves no copy of what a fold has taken away: the log of SQLite is emptied into the file and
    /// cut; PostgreSQL forgets the dead rows.
    ///
    /// # Errors
    /// Where the database is away.
    pub async fn forget_the_deleted(&self) -> Result<(), StoreError> {
        match &self.pool {
            Pool::Sqlite { write, .. } => log::empty(write).await?,
            Pool::Postgres(pool) => {
                for statement in
                    ["vacuum inbox", "vacuum inbox_text", "vacuum box_entry", "vacuum paper_form"]
                {
                    sqlx::query(statement).execute(pool).await?;
                }
            }
        }
        Ok(())
    }

    /// For data that can be made again and hides nobody: while `hurrying`, SQLite waits for the disk at
    /// checkpoints only, which are rare, keeps more in memory, and does not overwrite what it deletes; a
    /// power cut may take the last commits. PostgreSQL stays as careful as ever.
    ///
    /// # Errors
    /// Where the database is away.
    pub async fn hurry(&self, hurrying: bool) -> Result<(), StoreError> {
        let pragmas = if hurrying {
            "pragma synchronous = normal; pragma secure_delete = off; pragma cache_size = -200000;
            pragma wal_autocheckpoint = 40000"
        } else {
            "pragma synchronous = full; pragma secure_delete = on; pragma cache_size = -24000;
            pragma wal_autocheckpoint = 1000"
        };
        if let Pool::Sqlite { write, .. } = &self.pool {
            sqlx::raw_sql(pragmas).execute(write).await?;
        }
        Ok(())
    }

    /// Closes all connections.
    pub async fn close(&self) {
        match &self.pool {
            Pool::Sqlite { read, write, .. } => {
                read.close().await;
                write.close().await;
            }
            Pool::Postgres(pool) => pool.close().await,
        }
    }
}
