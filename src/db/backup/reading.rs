//! From a folder to a database: everything is checked first, then all of it goes in, in one transaction.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{BufRead, BufReader};
use std::path::Path;

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};
use sha2::{Digest, Sha256};

use super::{
    BackupError, FileState, FilesIn, LAYOUT, MANIFEST, Manifest, TableFile, TrailCheck, file_name, files_folder,
    quoted, unread,
};
use crate::db::catalogue::{self, Table};
use crate::db::connection::{self, Purpose};
use crate::db::{AnyConnection, DatabaseUrl, Db, StoreError, Tx, migrate};
use crate::kernel::token::hex;

/// Rows that go into the database with one statement.
const ROWS_MAX: usize = 500;
/// Bytes after which a statement goes off with fewer rows.
const BATCH_BYTES_MAX: usize = 1 << 20;

/// Reads the manifest of a folder and checks that every file is there as it was written.
pub fn check(folder: &Path) -> Result<Manifest, BackupError> {
    let path = folder.join(MANIFEST);
    let text = fs::read_to_string(&path).map_err(|error| {
        BackupError::Refused(format!(
            "{}: {error}: this is no backup, or one that was not finished; name a folder that `speca backup` printed",
            path.display()
        ))
    })?;
    let damaged = |what: String| BackupError::Refused(format!("{}: {what}: take another backup", folder.display()));
    let json: serde_json::Value =
        serde_json::from_str(&text).map_err(|error| damaged(format!("{MANIFEST} was changed ({error})")))?;
    if json["layout"].as_u64() != Some(u64::from(LAYOUT)) {
        return Err(BackupError::Refused(format!(
            "{}: the layout is {}, this version of speca reads layout {LAYOUT}: restore with the version that made it",
            folder.display(),
            json["layout"]
        )));
    }
    let manifest: Manifest =
        serde_json::from_value(json).map_err(|error| damaged(format!("{MANIFEST} was changed ({error})")))?;
    let carried = catalogue::carried()?;
    if let Some(unknown) = manifest.migrations.iter().find(|version| !carried.contains(version)) {
        return Err(BackupError::Refused(format!(
            "{}: made by speca {} with migration {unknown}, which this version does not have: restore with that \
             version or a newer one",
            folder.display(),
            manifest.program
        )));
    }
    for file in &manifest.tables {
        if !is_plain(&file.table) {
            return Err(damaged(format!("{MANIFEST} names a table `{}`", file.table)));
        }
        let (rows, sha256) = fingerprint(&folder.join(file_name(&file.table)))?;
        if (rows, sha256.as_str()) != (file.rows, file.sha256.as_str()) {
            return Err(damaged(format!("{} was changed after it was written", file_name(&file.table))));
        }
    }
    for one in manifest.files.iter().filter(|one| one.state != FileState::Missing) {
        if one.file.is_empty() || !one.file.chars().all(|letter| letter.is_ascii_hexdigit() || letter == '-') {
            return Err(damaged(format!("{MANIFEST} names a file `{}`", one.file)));
        }
        if fingerprint(&files_folder(folder).join(&one.file))?.1 != one.sha256 {
            return Err(damaged(format!("the attached file {} was changed after it was written", one.file)));
        }
    }
    Ok(manifest)
}

/// Returns whether a name is that of a table and not of a place elsewhere on the disk.
fn is_plain(name: &str) -> bool {
    !name.is_empty()
        && name.chars().all(|letter| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '_')
}

/// Returns the number of lines and the SHA-256 of a file.
fn fingerprint(path: &Path) -> Result<(u64, String), BackupError> {
    let mut file = BufReader::new(File::open(path).map_err(unread(path))?);
    let mut digest = Sha256::new();
    let mut rows = 0;
    let mut line = Vec::new();
    while file.read_until(b'\n', &mut line).map_err(unread(path))? > 0 {
        digest.update(&line);
        line.clear();
        rows += 1;
    }
    Ok((rows, hex(&digest.finalize())))
}

/// Fills an empty database from a folder that was checked: all of it, or nothing.
///
/// The tables are made as they were when the backup was taken, and brought to the schema of this version afterwards.
pub fn restore(
    db: &Db,
    folder: &Path,
    manifest: &Manifest,
    trail: TrailCheck,
    files: FilesIn<'_>,
) -> Result<(), BackupError> {
    let seeded = seeded()?;
    db.read_here(|conn| expect_empty(conn, &seeded))?;
    // Why: a row never names a file that is not there yet.
    files(folder, &manifest.files)?;
    db.rebuild(&manifest.migrations)?;
    db.write_here(|tx| {
        // Why: asked again where nobody else can write; what is there now comes from the migrations, and makes room.
        expect_empty(tx, &seeded)?;
        clear(tx)?;
        insert(tx, folder, manifest, trail)
    })?;
    db.migrate()?;
    Ok(())
}

/// Returns how many rows the migrations themselves put into each table.
fn seeded() -> Result<BTreeMap<String, u64>, StoreError> {
    let mut conn = connection::open(&DatabaseUrl::Sqlite(":memory:".into()), Purpose::Writing)
        .map_err(|error| StoreError::Busy(error.to_string()))?;
    migrate(&mut conn)?;
    let names = catalogue::tables(&mut conn)?.into_keys();
    names.map(|name| Ok((name.clone(), count(&mut conn, &name)?))).collect()
}

/// Refuses a database that holds more than its migrations have put there.
fn expect_empty(conn: &mut AnyConnection, seeded: &BTreeMap<String, u64>) -> Result<(), BackupError> {
    for name in catalogue::tables(conn)?.into_keys() {
        if count(conn, &name)? > seeded.get(&name).copied().unwrap_or(0) {
            return Err(BackupError::Refused(format!(
                "the database has data (table {name}) and is left as it is: name an empty one with --database"
            )));
        }
    }
    Ok(())
}

/// Takes out the rows that migrations have put in.
fn clear(tx: &mut Tx<'_>) -> Result<(), StoreError> {
    let tables = catalogue::tables(tx)?;
    for name in catalogue::in_order(tx, &tables)?.iter().rev() {
        let query = diesel::sql_query(format!("DELETE FROM {}", quoted(name)));
        match &mut **tx {
            AnyConnection::Sqlite(conn) => query.execute(conn)?,
            AnyConnection::Postgres(conn) => query.execute(conn)?,
        };
    }
    Ok(())
}

/// A number of rows.
#[derive(QueryableByName)]
struct Count {
    #[diesel(sql_type = BigInt)]
    rows: i64,
}

fn count(conn: &mut AnyConnection, table: &str) -> Result<u64, StoreError> {
    let query = diesel::sql_query(format!("SELECT COUNT(*) AS rows FROM {}", quoted(table)));
    let count: Count = match conn {
        AnyConnection::Sqlite(conn) => query.get_result(conn)?,
        AnyConnection::Postgres(conn) => query.get_result(conn)?,
    };
    Ok(count.rows.unsigned_abs())
}

/// Puts every row in, counts, and checks the audit trail, inside the one transaction.
fn insert(tx: &mut Tx<'_>, folder: &Path, manifest: &Manifest, trail: TrailCheck) -> Result<(), BackupError> {
    let tables = catalogue::tables(tx)?;
    let named: Vec<&String> = manifest.tables.iter().map(|file| &file.table).collect();
    if let Some(missing) = tables.keys().find(|name| !named.contains(name)) {
        return Err(BackupError::Refused(format!("the backup has no table {missing}: take another backup")));
    }
    for file in &manifest.tables {
        let Some(table) = tables.get(&file.table) else {
            return Err(BackupError::Refused(format!(
                "the backup has a table {} that its migrations do not make: take another backup",
                file.table
            )));
        };
        insert_table(tx, folder, file, table)?;
        let rows = count(tx, &file.table)?;
        if rows != file.rows {
            return Err(BackupError::Refused(format!(
                "table {}: {rows} rows went in, the backup has {}: nothing was restored; take another backup",
                file.table, file.rows
            )));
        }
    }
    let found = trail(tx)?;
    if found != manifest.trail {
        return Err(BackupError::Refused(format!(
            "the audit trail is {found}; when the backup was taken it was {}: nothing was restored; take another backup",
            manifest.trail
        )));
    }
    Ok(())
}

fn insert_table(tx: &mut Tx<'_>, folder: &Path, file: &TableFile, table: &Table) -> Result<(), BackupError> {
    let path = folder.join(file_name(&file.table));
    let statement = statement(tx, &file.table, table);
    let (mut batch, mut rows) = (String::new(), 0);
    for line in BufReader::new(File::open(&path).map_err(unread(&path))?).lines() {
        batch.push(if rows == 0 { '[' } else { ',' });
        batch.push_str(&line.map_err(unread(&path))?);
        rows += 1;
        if rows == ROWS_MAX || batch.len() > BATCH_BYTES_MAX {
            send(tx, &statement, &mut batch)?;
            rows = 0;
        }
    }
    if rows > 0 {
        send(tx, &statement, &mut batch)?;
    }
    Ok(())
}

/// Returns the statement that puts a list of rows in: the databases themselves take the rows apart.
fn statement(conn: &AnyConnection, name: &str, table: &Table) -> String {
    let columns: Vec<String> = table.columns.iter().map(|column| quoted(&column.name)).collect();
    let into = format!("INSERT INTO {} ({})", quoted(name), columns.join(", "));
    match conn {
        AnyConnection::Sqlite(_) => {
            let value = |name: &str| format!("json_extract(value, '$.\"{}\"')", name.replace('\'', "''"));
            let values: Vec<String> = table
                .columns
                .iter()
                // Why: moments are compared as text there, so that they must be spelt as the program spells them.
                .map(|column| match column.kind.as_str() {
                    "Timestamp" => format!("replace({}, 'T', ' ')", value(&column.name)),
                    _ => value(&column.name),
                })
                .collect();
            format!("{into} SELECT {} FROM json_each(?)", values.join(", "))
        }
        AnyConnection::Postgres(_) => {
            format!(
                "{into} SELECT {} FROM json_populate_recordset(NULL::{}, $1::json)",
                columns.join(", "),
                quoted(name)
            )
        }
    }
}

fn send(tx: &mut Tx<'_>, statement: &str, batch: &mut String) -> Result<(), BackupError> {
    batch.push(']');
    let query = diesel::sql_query(statement).bind::<Text, _>(batch.as_str());
    match &mut **tx {
        AnyConnection::Sqlite(conn) => query.execute(conn)?,
        AnyConnection::Postgres(conn) => query.execute(conn)?,
    };
    batch.clear();
    Ok(())
}
