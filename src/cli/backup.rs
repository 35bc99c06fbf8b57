//! `speca backup`: the whole database as files, for keeping and for moving to the other kind of database.

use std::path::{Path, PathBuf};

use clap::Args;

use super::{CommandError, DatabaseArgs};
use crate::audit::{self, Verdict};
use crate::db::backup::{self, FileState, Trail};
use crate::db::{AnyConnection, StoreError};
use crate::depot::Depot;
use crate::kernel::clock::Clock;
use crate::submissions::attachments::operations::keeping;

/// What `backup` takes.
#[derive(Args)]
pub struct BackupArgs {
    #[command(flatten)]
    database: DatabaseArgs,
    /// Folder in which the backup gets a folder of its own, named by the moment
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
}

/// Copies the database and prints where the copy is.
pub fn run(args: &BackupArgs) -> Result<(), CommandError> {
    let (db, config) = args.database.open_with_settings()?;
    let depot = Depot::at(&config.attachments);
    let files = |conn: &mut AnyConnection, folder: &Path| keeping::copy_out(conn, &depot, folder);
    let (folder, manifest) = backup::write(&db, &args.out, Clock::system().now().naive_utc(), trail, &files)?;
    for lost in manifest.files.iter().filter(|one| one.state != FileState::Whole) {
        eprintln!("attached file {}: {:?}: run `speca verify` to see which", lost.key, lost.state);
    }
    let rows: u64 = manifest.tables.iter().map(|file| file.rows).sum();
    let (tables, files) = (manifest.tables.len(), manifest.files.len());
    eprintln!("{tables} tables, {rows} rows, {files} attached files; the audit trail is {}", manifest.trail);
    println!("{}", folder.display());
    Ok(())
}

/// Checks the audit trail, for the manifest of a backup.
pub(super) fn trail(conn: &mut AnyConnection) -> Result<Trail, StoreError> {
    Ok(match audit::verify(conn)? {
        Verdict::Whole { lines, last_digest } => Trail::Whole { lines, last_digest },
        Verdict::Broken { position } => Trail::Broken { position },
    })
}
