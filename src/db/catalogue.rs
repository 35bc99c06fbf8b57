//! What the database says of itself: its tables, their columns and keys, and which migrations it has had.
//!
//! A backup asks here which tables there are, so that a new one cannot be forgotten; a test compares the same answer
//! with `schema.rs`.

use std::collections::{BTreeMap, BTreeSet};

use diesel::migration::{Migration, MigrationSource};
use diesel::prelude::*;
use diesel::sql_types::{Integer, Text};
use diesel::sqlite::Sqlite;

use super::{AnyConnection, MIGRATIONS, StoreError};

/// A column, with the name that `schema.rs` has for its type.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Column {
    /// Its name.
    pub name: String,
    /// The name of its type in `schema.rs`; that of the database where there is none.
    pub kind: String,
    /// Whether it may be empty.
    pub is_null: bool,
}

/// A table: columns in order, and the columns of its key in order.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Table {
    /// The columns.
    pub columns: Vec<Column>,
    /// Names of the columns of the key.
    pub key: Vec<String>,
}

impl Table {
    /// Returns the type of a column.
    pub fn kind_of(&self, name: &str) -> Option<&str> {
        self.columns.iter().find(|column| column.name == name).map(|column| column.kind.as_str())
    }
}

/// A column as the database describes it; `place` is its place in the key, from 1, or 0.
#[derive(QueryableByName)]
struct Found {
    #[diesel(sql_type = Text)]
    table_name: String,
    #[diesel(sql_type = Text)]
    column_name: String,
    #[diesel(sql_type = Text)]
    kind: String,
    #[diesel(sql_type = Integer)]
    is_null: i32,
    #[diesel(sql_type = Integer)]
    place: i32,
}

/// A table that names another.
#[derive(QueryableByName)]
struct Reference {
    #[diesel(sql_type = Text)]
    table_name: String,
    #[diesel(sql_type = Text)]
    parent: String,
}

/// One migration that has run.
#[derive(QueryableByName)]
struct Ran {
    #[diesel(sql_type = Text)]
    version: String,
}

const SQLITE: &str = "SELECT t.name AS table_name, c.name AS column_name, c.type AS kind, \
     1 - c.\"notnull\" AS is_null, c.pk AS place \
     FROM sqlite_master t JOIN pragma_table_info(t.name) c \
     WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite_%' AND t.name NOT LIKE '\\_\\_diesel%' ESCAPE '\\' \
     ORDER BY t.name, c.cid";

const POSTGRES: &str = "SELECT c.table_name::text AS table_name, c.column_name::text AS column_name, \
     c.data_type::text AS kind, (c.is_nullable = 'YES')::int AS is_null, COALESCE(k.ordinal_position, 0)::int AS place \
     FROM information_schema.columns c \
     JOIN information_schema.tables t \
       ON t.table_schema = c.table_schema AND t.table_name = c.table_name AND t.table_type = 'BASE TABLE' \
     LEFT JOIN information_schema.table_constraints p \
       ON p.table_schema = c.table_schema AND p.table_name = c.table_name AND p.constraint_type = 'PRIMARY KEY' \
     LEFT JOIN information_schema.key_column_usage k \
       ON k.constraint_schema = p.constraint_schema AND k.constraint_name = p.constraint_name \
       AND k.table_name = c.table_name AND k.column_name = c.column_name \
     WHERE c.table_schema = current_schema() AND c.table_name NOT LIKE '\\_\\_diesel%' \
     ORDER BY c.table_name, c.ordinal_position";

const SQLITE_REFERENCES: &str = "SELECT t.name AS table_name, f.\"table\" AS parent \
     FROM sqlite_master t JOIN pragma_foreign_key_list(t.name) f WHERE t.type = 'table'";

const POSTGRES_REFERENCES: &str = "SELECT t.relname::text AS table_name, p.relname::text AS parent \
     FROM pg_constraint c JOIN pg_class t ON t.oid = c.conrelid JOIN pg_class p ON p.oid = c.confrelid \
     JOIN pg_namespace n ON n.oid = c.connamespace \
     WHERE c.contype = 'f' AND n.nspname = current_schema()";

/// Returns the tables that the database has, but for the list of its migrations.
pub fn tables(conn: &mut AnyConnection) -> Result<BTreeMap<String, Table>, StoreError> {
    let found: Vec<Found> = match conn {
        AnyConnection::Sqlite(conn) => diesel::sql_query(SQLITE).load(conn)?,
        AnyConnection::Postgres(conn) => diesel::sql_query(POSTGRES).load(conn)?,
    };
    let mut tables: BTreeMap<String, Table> = BTreeMap::new();
    let mut keys: BTreeMap<String, BTreeMap<i32, String>> = BTreeMap::new();
    for column in found {
        if column.place > 0 {
            keys.entry(column.table_name.clone()).or_default().insert(column.place, column.column_name.clone());
        }
        tables.entry(column.table_name).or_default().columns.push(Column {
            name: column.column_name,
            kind: declared_kind(&column.kind).to_owned(),
            is_null: column.is_null == 1,
        });
    }
    for (name, key) in keys {
        tables.entry(name).or_default().key = key.into_values().collect();
    }
    Ok(tables)
}

/// Returns the names of the tables so that each stands behind those it refers to, the same on both databases.
pub fn in_order(conn: &mut AnyConnection, tables: &BTreeMap<String, Table>) -> Result<Vec<String>, StoreError> {
    let references: Vec<Reference> = match conn {
        AnyConnection::Sqlite(conn) => diesel::sql_query(SQLITE_REFERENCES).load(conn)?,
        AnyConnection::Postgres(conn) => diesel::sql_query(POSTGRES_REFERENCES).load(conn)?,
    };
    let mut waiting: BTreeMap<&str, BTreeSet<&str>> =
        tables.keys().map(|name| (name.as_str(), BTreeSet::new())).collect();
    for reference in references.iter().filter(|reference| reference.table_name != reference.parent) {
        if let Some(parents) = waiting.get_mut(reference.table_name.as_str()) {
            parents.insert(&reference.parent);
        }
    }
    let mut order = Vec::new();
    while !waiting.is_empty() {
        let next = waiting.iter().find(|(_, parents)| parents.is_empty()).map(|(name, _)| *name);
        let Some(next) = next else {
            return Err(StoreError::Unreadable("tables refer to each other in a circle".to_owned()));
        };
        waiting.remove(next);
        for parents in waiting.values_mut() {
            parents.remove(next);
        }
        order.push(next.to_owned());
    }
    Ok(order)
}

/// Returns the name that `schema.rs` has for a type of a database.
fn declared_kind(kind: &str) -> &str {
    match kind.to_lowercase().as_str() {
        "text" => "Text",
        "boolean" => "Bool",
        "timestamp" | "timestamp without time zone" => "Timestamp",
        "date" => "Date",
        "integer" => "Integer",
        "bigint" => "BigInt",
        _ => kind,
    }
}

/// Returns the versions of the migrations that have run, oldest first.
pub fn applied(conn: &mut AnyConnection) -> Result<Vec<String>, StoreError> {
    let query = diesel::sql_query("SELECT version FROM __diesel_schema_migrations ORDER BY version");
    let ran: Vec<Ran> = match conn {
        AnyConnection::Sqlite(conn) => query.load(conn)?,
        AnyConnection::Postgres(conn) => query.load(conn)?,
    };
    Ok(ran.into_iter().map(|ran| ran.version).collect())
}

/// Returns the versions of the migrations that this program carries, oldest first.
pub fn carried() -> Result<Vec<String>, StoreError> {
    let carried: Vec<Box<dyn Migration<Sqlite>>> =
        MIGRATIONS.migrations().map_err(|error| StoreError::Broken(diesel::result::Error::QueryBuilderError(error)))?;
    let mut versions: Vec<String> = carried.iter().map(|migration| migration.name().version().to_string()).collect();
    versions.sort();
    Ok(versions)
}
