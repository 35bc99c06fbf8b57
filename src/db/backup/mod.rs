//! A copy of the whole database in a folder, in one form for SQLite and PostgreSQL.
//!
//! One file of JSON Lines a table, a row a line, ordered by the key, and `manifest.json` with what must be true of them.
//! `writing` makes the folder from one read transaction; `reading` checks a folder and fills an empty database from
//! it. The tables come from the database itself ([`super::catalogue`]), so that none can be forgotten. Whether the
//! audit trail is whole is asked through a function handed in: the trail lies above this room.

mod reading;
mod writing;

use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::{AnyConnection, Collision, StoreError};
use crate::depot::DepotError;

pub use reading::{check, restore};
pub use writing::write;

/// The form of the folder; another number is another form.
pub const LAYOUT: u32 = 1;
/// The file that says what the others hold; written last.
pub const MANIFEST: &str = "manifest.json";

/// What must be true of the files beside it, and of a database made from them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// The form of the folder.
    pub layout: u32,
    /// The version of the program that wrote it.
    pub program: String,
    /// When, in Coordinated Universal Time.
    pub made_at: String,
    /// Versions of the migrations that the database had had, oldest first.
    pub migrations: Vec<String>,
    /// The tables, each behind those it refers to.
    pub tables: Vec<TableFile>,
    /// The attached files; none in backups made before there were any.
    #[serde(default)]
    pub files: Vec<FileCopy>,
    /// The audit trail as it stood.
    pub trail: Trail,
}

/// One attached file, in the folder that [`files_folder`] names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileCopy {
    /// Name of the copy.
    pub file: String,
    /// Key of the file in the store of attached files.
    pub key: String,
    /// SHA-256 of the copy in hexadecimal digits; of the file as it was attached when there is no copy.
    pub sha256: String,
    /// How the file was found.
    pub state: FileState,
}

/// How an attached file was found when it was to be copied.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FileState {
    /// As it was attached.
    Whole,
    /// With another content; a copy keeps what there is.
    Changed,
    /// Not in the store; there is no copy.
    Missing,
}

/// Returns the folder of attached files inside a backup.
pub fn files_folder(folder: &Path) -> PathBuf {
    folder.join("files")
}

/// Copies the attached files that the rows name into the folder of a backup.
pub type FilesOut<'a> = &'a dyn Fn(&mut AnyConnection, &Path) -> Result<Vec<FileCopy>, BackupError>;

/// Brings the attached files of a backup into their store.
pub type FilesIn<'a> = &'a dyn Fn(&Path, &[FileCopy]) -> Result<(), BackupError>;

/// One file: a table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TableFile {
    /// Name of the table; the file is called the same, with `.jsonl`.
    pub table: String,
    /// Number of rows, one a line.
    pub rows: u64,
    /// SHA-256 of the file in hexadecimal digits.
    pub sha256: String,
}

/// What a check of the audit trail found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Trail {
    /// Whole.
    Whole {
        /// Number of lines.
        lines: i64,
        /// Digest of the last line.
        last_digest: String,
    },
    /// Broken before it was copied; a copy keeps what there is.
    Broken {
        /// The first position at which the chain does not hold.
        position: i64,
    },
}

impl std::fmt::Display for Trail {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Whole { lines, last_digest } => write!(out, "whole, {lines} lines, last digest {last_digest}"),
            Self::Broken { position } => write!(out, "broken at line {position}"),
        }
    }
}

/// Checks the audit trail of a database.
pub type TrailCheck = fn(&mut AnyConnection) -> Result<Trail, StoreError>;

/// Why a backup was not made or not restored.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// What was handed in cannot be used; says what to do.
    #[error("{0}")]
    Refused(String),
    /// A file or folder could not be read or written.
    #[error("{}: {error}: {advice}", path.display())]
    Disk {
        /// Which one.
        path: PathBuf,
        /// What the machine says.
        error: io::Error,
        /// What to do.
        advice: &'static str,
    },
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<DepotError> for BackupError {
    fn from(error: DepotError) -> Self {
        Self::Refused(format!("{error}: nothing was done; mend the store of attached files (setting `attachments`)"))
    }
}

impl BackupError {
    /// Returns how an error while writing a file is told.
    pub fn unwritten(path: &Path) -> impl Fn(io::Error) -> Self {
        unwritten(path)
    }

    /// Returns how an error while reading a file is told.
    pub fn unread(path: &Path) -> impl Fn(io::Error) -> Self {
        unread(path)
    }
}

impl From<diesel::result::Error> for BackupError {
    fn from(error: diesel::result::Error) -> Self {
        Self::Store(error.into())
    }
}

impl Collision for BackupError {
    fn is_collision(&self) -> bool {
        matches!(self, Self::Store(error) if error.is_collision())
    }
}

/// Returns how an error while writing a file is told.
fn unwritten(path: &Path) -> impl Fn(io::Error) -> BackupError {
    let path = path.to_owned();
    move |error| BackupError::Disk {
        path: path.clone(),
        error,
        advice: "no backup was made; make room there, or name another folder with --out",
    }
}

/// Returns how an error while reading a file is told.
fn unread(path: &Path) -> impl Fn(io::Error) -> BackupError {
    let path = path.to_owned();
    move |error| BackupError::Disk { path: path.clone(), error, advice: "the backup is not whole; take another one" }
}

/// Returns a name in double quotes, as both databases read it.
fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

/// Returns the name of the file of a table.
fn file_name(table: &str) -> String {
    format!("{table}.jsonl")
}
