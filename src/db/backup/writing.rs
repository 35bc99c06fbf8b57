//! From a database to a folder: row by row out of one read transaction, under another name until it is whole.

use std::fs::{self, DirBuilder, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use chrono::NaiveDateTime;
use diesel::connection::DefaultLoadingMode;
use diesel::pg::PgRowByRowLoadingMode;
use diesel::prelude::*;
use diesel::sql_types::Text;
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};

use super::{BackupError, FilesOut, LAYOUT, MANIFEST, Manifest, TableFile, TrailCheck, file_name, quoted, unwritten};
use crate::db::catalogue::{self, Table};
use crate::db::{AnyConnection, Db, StoreError};
use crate::kernel::clock::written;
use crate::kernel::token::hex;

/// Copies the database into a new folder inside `out`, named by the moment, and returns where it is.
///
/// Everything comes out of one read transaction, while others go on writing. Until the last file is on the disk the
/// folder has a name that ends in `.part`; what fails on the way is removed again.
pub fn write(
    db: &Db,
    out: &Path,
    at: NaiveDateTime,
    trail: TrailCheck,
    files: FilesOut<'_>,
) -> Result<(PathBuf, Manifest), BackupError> {
    fs::create_dir_all(out).map_err(unwritten(out))?;
    let name = format!("speca-{}", at.format("%Y%m%dT%H%M%SZ"));
    let whole = out.join(&name);
    if whole.exists() {
        return Err(BackupError::Refused(format!(
            "{} is there already: wait a second, or name another folder with --out",
            whole.display()
        )));
    }
    let part = out.join(format!("{name}.part"));
    make_private(&part).map_err(unwritten(&part))?;
    let written = db.read_here(|conn| fill(conn, &part, at, trail, files)).and_then(|manifest| {
        keep(&part).map_err(unwritten(&part))?;
        fs::rename(&part, &whole).map_err(unwritten(&whole))?;
        keep(out).map_err(unwritten(out))?;
        Ok(manifest)
    });
    if written.is_err() {
        // Why: the first failure is what matters; a leftover under its `.part` name is never taken for a backup.
        let _ = fs::remove_dir_all(&part);
    }
    Ok((whole, written?))
}

/// Makes a folder that nobody else can look into: it will hold what passwords are checked with.
fn make_private(path: &Path) -> io::Result<()> {
    let mut builder = DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path)
}

/// Makes the names inside a folder durable.
fn keep(folder: &Path) -> io::Result<()> {
    // Why: other systems cannot open a folder; there the file system keeps names by itself.
    if cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) }
}

fn fill(
    conn: &mut AnyConnection,
    folder: &Path,
    at: NaiveDateTime,
    trail: TrailCheck,
    files_out: FilesOut<'_>,
) -> Result<Manifest, BackupError> {
    let tables = catalogue::tables(conn)?;
    let mut files = Vec::new();
    for name in catalogue::in_order(conn, &tables)? {
        files.push(table(conn, folder, &name, &tables[&name])?);
    }
    let manifest = Manifest {
        layout: LAYOUT,
        program: env!("CARGO_PKG_VERSION").to_owned(),
        made_at: written(at),
        migrations: catalogue::applied(conn)?,
        tables: files,
        files: files_out(conn, folder)?,
        trail: trail(conn)?,
    };
    let path = folder.join(MANIFEST);
    let text = serde_json::to_string_pretty(&manifest).map_err(|error| unwritten(&path)(error.into()))?;
    let mut file = File::create(&path).map_err(unwritten(&path))?;
    file.write_all(text.as_bytes()).and_then(|()| file.write_all(b"\n")).map_err(unwritten(&path))?;
    file.sync_all().map_err(unwritten(&path))?;
    Ok(manifest)
}

/// Writes one table to its file.
fn table(conn: &mut AnyConnection, folder: &Path, name: &str, table: &Table) -> Result<TableFile, BackupError> {
    let path = folder.join(file_name(name));
    let mut file = BufWriter::new(File::create(&path).map_err(unwritten(&path))?);
    let mut digest = Sha256::new();
    let mut rows = 0;
    each_row(conn, name, table, |line| {
        let mut line = portable(name, table, line)?;
        line.push('\n');
        digest.update(line.as_bytes());
        rows += 1;
        file.write_all(line.as_bytes()).map_err(unwritten(&path))
    })?;
    let file = file.into_inner().map_err(|error| unwritten(&path)(error.into_error()))?;
    file.sync_all().map_err(unwritten(&path))?;
    Ok(TableFile { table: name.to_owned(), rows, sha256: hex(&digest.finalize()) })
}

/// A row as one JSON object.
#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = Text)]
    line: String,
}

/// Hands every row over in the order of the key, one at a time: a table may be larger than the memory.
fn each_row(
    conn: &mut AnyConnection,
    name: &str,
    table: &Table,
    mut each: impl FnMut(&str) -> Result<(), BackupError>,
) -> Result<(), BackupError> {
    let from = quoted(name);
    match conn {
        AnyConnection::Sqlite(conn) => {
            let pairs: Vec<String> = table
                .columns
                .iter()
                .map(|column| format!("'{}', {}", column.name.replace('\'', "''"), quoted(&column.name)))
                .collect();
            let key: Vec<String> = table.key.iter().map(|column| quoted(column)).collect();
            let sql =
                format!("SELECT json_object({}) AS line FROM {from} ORDER BY {}", pairs.join(", "), key.join(", "));
            for row in diesel::sql_query(sql).load_iter::<Row, DefaultLoadingMode>(conn)? {
                each(&row?.line)?;
            }
        }
        AnyConnection::Postgres(conn) => {
            // Why: the order of bytes is that of SQLite, and the same whatever language the server speaks.
            let collated = |column: &String| match table.kind_of(column) {
                Some("Text") => format!("{} COLLATE \"C\"", quoted(column)),
                _ => quoted(column),
            };
            let key: Vec<String> = table.key.iter().map(collated).collect();
            let sql = format!("SELECT row_to_json(r)::text AS line FROM {from} r ORDER BY {}", key.join(", "));
            for row in diesel::sql_query(sql).load_iter::<Row, PgRowByRowLoadingMode>(conn)? {
                each(&row?.line)?;
            }
        }
    }
    Ok(())
}

/// Brings a row of either database to the one form: columns by name, moments as `2020-11-16T08:00:00`.
fn portable(name: &str, table: &Table, line: &str) -> Result<String, BackupError> {
    let unreadable = |what: String| BackupError::Store(StoreError::Unreadable(format!("table {name}: {what}")));
    let mut row: Map<String, Value> = serde_json::from_str(line).map_err(|error| unreadable(error.to_string()))?;
    for column in &table.columns {
        let value = row.get_mut(&column.name).ok_or_else(|| unreadable(format!("no {}", column.name)))?;
        let fits = match (column.kind.as_str(), &*value) {
            (_, Value::Null) => column.is_null,
            ("Text" | "Date", Value::String(_))
            | ("Integer" | "BigInt", Value::Number(_))
            | ("Bool", Value::Bool(_)) => true,
            ("Bool", Value::Number(number)) => {
                *value = Value::Bool(number.as_i64() == Some(1));
                true
            }
            ("Timestamp", Value::String(text)) => {
                let moment: Option<NaiveDateTime> = text.replacen(' ', "T", 1).parse().ok();
                *value = moment.map_or(Value::Null, |at| Value::String(at.format("%Y-%m-%dT%H:%M:%S%.f").to_string()));
                moment.is_some()
            }
            _ => false,
        };
        if !fits {
            return Err(unreadable(format!("{} does not hold {}", column.name, column.kind)));
        }
    }
    serde_json::to_string(&row).map_err(|error| unreadable(error.to_string()))
}
