//! Opens one connection: reads the address, sets what each database needs, starts and ends transactions.

use std::path::PathBuf;

use diesel::connection::{AnsiTransactionManager, SimpleConnection, TransactionManager};
use diesel::prelude::*;
use diesel::{MultiConnection, PgConnection, SqliteConnection};

/// A connection to either database.
#[derive(MultiConnection)]
pub enum AnyConnection {
    /// PostgreSQL.
    Postgres(PgConnection),
    /// SQLite.
    Sqlite(SqliteConnection),
}

/// Runs the same expression on the connection inside the enum.
macro_rules! each_backend {
    ($conn:expr, |$inner:ident| $body:expr) => {
        match $conn {
            $crate::db::AnyConnection::Postgres($inner) => $body,
            $crate::db::AnyConnection::Sqlite($inner) => $body,
        }
    };
}

/// Where the database is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DatabaseUrl {
    /// A SQLite file.
    Sqlite(PathBuf),
    /// A PostgreSQL address, as libpq reads it.
    Postgres(String),
}

/// An address that names no database we know.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no database address: write sqlite://PATH or postgres://USER:PASSWORD@HOST/NAME")]
pub struct UrlError(String);

impl DatabaseUrl {
    /// Reads an address.
    pub fn parse(text: &str) -> Result<Self, UrlError> {
        let text = text.trim();
        if let Some(path) = text.strip_prefix("sqlite://") {
            if path.is_empty() {
                return Err(UrlError(text.to_owned()));
            }
            return Ok(Self::Sqlite(PathBuf::from(path)));
        }
        if text.starts_with("postgres://") || text.starts_with("postgresql://") {
            return Ok(Self::Postgres(text.to_owned()));
        }
        Err(UrlError(text.to_owned()))
    }
}

/// Whether a connection may write.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Purpose {
    /// Queries only.
    Reading,
    /// Transactions that write.
    Writing,
}

/// Opens a connection and sets it up for its purpose.
pub(super) fn open(url: &DatabaseUrl, purpose: Purpose) -> Result<AnyConnection, ConnectionError> {
    match url {
        DatabaseUrl::Sqlite(path) => {
            let mut conn = SqliteConnection::establish(&path.to_string_lossy())?;
            conn.batch_execute(
                "PRAGMA busy_timeout=10000; PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; \
                 PRAGMA foreign_keys=ON; PRAGMA temp_store=MEMORY; PRAGMA secure_delete=ON;",
            )
            .map_err(ConnectionError::CouldntSetupConfiguration)?;
            if purpose == Purpose::Reading {
                conn.batch_execute("PRAGMA query_only=ON;").map_err(ConnectionError::CouldntSetupConfiguration)?;
            }
            Ok(AnyConnection::Sqlite(conn))
        }
        DatabaseUrl::Postgres(address) => {
            let mut conn = PgConnection::establish(address)?;
            let setting = match purpose {
                Purpose::Reading => "SET default_transaction_read_only = on; SET TIME ZONE 'UTC';",
                Purpose::Writing => "SET TIME ZONE 'UTC';",
            };
            conn.batch_execute(setting).map_err(ConnectionError::CouldntSetupConfiguration)?;
            Ok(AnyConnection::Postgres(conn))
        }
    }
}

/// Starts a write transaction: immediate on SQLite, serializable on PostgreSQL. On both, one writes at a time.
pub(super) fn begin_write(conn: &mut AnyConnection) -> QueryResult<()> {
    match conn {
        AnyConnection::Postgres(inner) => {
            AnsiTransactionManager::begin_transaction_sql(inner, "BEGIN ISOLATION LEVEL SERIALIZABLE")?;
            // Why: every act appends to the end of the one chained trail, so that two at once would always collide and
            // try again until they give up. Waiting costs less. The lock comes before the first query: what an act
            // reads is then as the act before left it. Readers do not wait.
            let locked = inner.batch_execute("LOCK TABLE audit IN EXCLUSIVE MODE");
            if locked.is_err() {
                AnsiTransactionManager::rollback_transaction(inner)?;
            }
            locked
        }
        AnyConnection::Sqlite(inner) => AnsiTransactionManager::begin_transaction_sql(inner, "BEGIN IMMEDIATE"),
    }
}

/// Starts a transaction in which all queries see the same rows.
pub(super) fn begin_read(conn: &mut AnyConnection) -> QueryResult<()> {
    match conn {
        AnyConnection::Postgres(inner) => {
            AnsiTransactionManager::begin_transaction_sql(inner, "BEGIN ISOLATION LEVEL REPEATABLE READ")
        }
        AnyConnection::Sqlite(inner) => AnsiTransactionManager::begin_transaction_sql(inner, "BEGIN DEFERRED"),
    }
}

/// Makes the writes of the transaction durable.
pub(super) fn commit(conn: &mut AnyConnection) -> QueryResult<()> {
    each_backend!(conn, |inner| AnsiTransactionManager::commit_transaction(inner))
}

/// Takes the writes of the transaction back.
pub(super) fn roll_back(conn: &mut AnyConnection) -> QueryResult<()> {
    each_backend!(conn, |inner| AnsiTransactionManager::rollback_transaction(inner))
}

/// Returns whether the connection still answers.
pub(super) fn answers(conn: &mut AnyConnection) -> QueryResult<()> {
    each_backend!(conn, |inner| inner.batch_execute("SELECT 1"))
}

/// Returns whether a transaction was left open or broken on the connection.
pub(super) fn is_spoilt(conn: &mut AnyConnection) -> bool {
    each_backend!(conn, |inner| {
        AnsiTransactionManager::is_broken_transaction_manager(inner)
            || !matches!(AnsiTransactionManager::transaction_manager_status_mut(inner).transaction_depth(), Ok(None))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_both_databases_are_read() {
        assert_eq!(DatabaseUrl::parse("sqlite://data/a.sqlite"), Ok(DatabaseUrl::Sqlite("data/a.sqlite".into())));
        assert!(matches!(DatabaseUrl::parse("postgres://u@h/db"), Ok(DatabaseUrl::Postgres(_))));
        assert!(matches!(DatabaseUrl::parse("postgresql://u@h/db"), Ok(DatabaseUrl::Postgres(_))));
    }

    #[test]
    fn other_addresses_are_refused_with_what_to_write() {
        for text in ["", "data.sqlite", "mysql://h/db", "sqlite://", "http://h"] {
            let message = DatabaseUrl::parse(text).expect_err(text).to_string();
            assert!(message.contains("write sqlite://PATH"), "{message}");
        }
    }
}
