//! The database: one enum of connections, two doors, one schema.
//!
//! Rooms read through [`Db::read`] and write through [`Db::write`]; a function that writes takes a [`Tx`], so a
//! write outside a transaction does not compile. Nothing here knows a room, a page or a rule.
//! Addresses are `sqlite://PATH` and `postgres://USER@HOST/NAME`; anything else is refused.

pub mod backup;
pub mod catalogue;
mod connection;
mod pool;
pub mod schema;
pub mod types;

pub use connection::{AnyConnection, DatabaseUrl, UrlError};
pub use pool::{Collision, Db};

use diesel::migration::MigrationVersion;
use diesel::result::{DatabaseErrorKind, Error as DieselError};
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};

/// The migrations, inside the binary; the same SQL serves both databases.
const MIGRATIONS: EmbeddedMigrations = embed_migrations!("migrations");

/// A write transaction. Dereferences to the connection, so reading functions take it too.
pub struct Tx<'a>(&'a mut AnyConnection);

impl std::ops::Deref for Tx<'_> {
    type Target = AnyConnection;
    fn deref(&self) -> &AnyConnection {
        self.0
    }
}

impl std::ops::DerefMut for Tx<'_> {
    fn deref_mut(&mut self) -> &mut AnyConnection {
        self.0
    }
}

/// What a store can answer instead of rows.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The row asked for does not exist.
    #[error("not found")]
    NotFound,
    /// The row has changed since it was read: somebody else was first.
    #[error("changed meanwhile")]
    Stale,
    /// A unique value is taken.
    #[error("already there")]
    Conflict(#[source] DieselError),
    /// The database is busy or out of reach; trying again later may help.
    #[error("the database is busy or out of reach: {0}")]
    Busy(String),
    /// Stored data that the program cannot read.
    #[error("stored data cannot be read: {0}")]
    Unreadable(String),
    /// Anything else the database says.
    #[error("the database refused: {0}")]
    Broken(#[source] DieselError),
}

impl From<DieselError> for StoreError {
    fn from(error: DieselError) -> Self {
        match error {
            DieselError::NotFound => Self::NotFound,
            DieselError::DatabaseError(DatabaseErrorKind::UniqueViolation, _) => Self::Conflict(error),
            DieselError::DatabaseError(
                DatabaseErrorKind::SerializationFailure | DatabaseErrorKind::ClosedConnection,
                ref info,
            ) => Self::Busy(info.message().to_owned()),
            DieselError::DatabaseError(_, ref info) if is_out_of_reach(info.message()) => {
                Self::Busy(info.message().to_owned())
            }
            other => Self::Broken(other),
        }
    }
}

/// Whether the database says that it is locked, full, not to be written to, or not there: neither the act nor the program is
/// at fault, and trying again later may help. Neither database gives these a kind of their own.
fn is_out_of_reach(message: &str) -> bool {
    const SIGNS: &[&str] = &[
        // SQLite
        "database is locked",
        "database or disk is full",
        "disk I/O error",
        "attempt to write a readonly database",
        "unable to open database file",
        // PostgreSQL
        "No space left on device",
        "read-only transaction",
        "terminating connection",
        "server closed the connection",
        "no connection to the server",
        "could not receive data from server",
        "could not send data to server",
        "the database system is",
    ];
    SIGNS.iter().any(|sign| message.contains(sign))
}

/// Says whether an update by compare-and-set found its row.
pub fn expect_one(rows: usize) -> Result<(), StoreError> {
    if rows == 1 { Ok(()) } else { Err(StoreError::Stale) }
}

/// Runs the migrations that are missing and returns how many ran.
pub fn migrate(conn: &mut AnyConnection) -> Result<usize, StoreError> {
    let ran = conn
        .run_pending_migrations(MIGRATIONS)
        .map_err(|error| StoreError::Broken(DieselError::QueryBuilderError(error)))?;
    Ok(ran.len())
}

/// Brings a database without rows to the schema that these migrations make, whatever schema it had before.
fn rebuild(conn: &mut AnyConnection, versions: &[String]) -> Result<(), StoreError> {
    let broken = |error| StoreError::Broken(DieselError::QueryBuilderError(error));
    let applied = conn.applied_migrations().map_err(broken)?;
    let mut applied: Vec<String> = applied.iter().map(ToString::to_string).collect();
    applied.sort();
    if applied == versions {
        return Ok(());
    }
    revert_all(conn)?;
    for migration in conn.pending_migrations(MIGRATIONS).map_err(broken)? {
        if versions.contains(&migration.name().version().to_string()) {
            conn.run_migration(&*migration).map_err(broken)?;
        }
    }
    Ok(())
}

/// Takes back every migration; for tests.
pub fn revert_all(conn: &mut AnyConnection) -> Result<usize, StoreError> {
    let reverted: Vec<MigrationVersion<'_>> = conn
        .revert_all_migrations(MIGRATIONS)
        .map_err(|error| StoreError::Broken(DieselError::QueryBuilderError(error)))?;
    Ok(reverted.len())
}

/// Returns whether migrations are missing.
pub fn needs_migration(conn: &mut AnyConnection) -> Result<bool, StoreError> {
    conn.has_pending_migration(MIGRATIONS).map_err(|error| StoreError::Broken(DieselError::QueryBuilderError(error)))
}
