//! `speca backup`: the whole database as files, for keeping and for moving to the other kind of database.

use std::path::PathBuf;

use clap::Args;

use super::{CommandError, DatabaseArgs};
use crate::audit::{self, Verdict};
use crate::db::backup::{self, Trail};
use crate::db::{AnyConnection, StoreError};
use crate::kernel::clock::Clock;

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
    let db = args.database.open()?;
    let (folder, manifest) = backup::write(&db, &args.out, Clock::system().now().naive_utc(), trail)?;
    let rows: u64 = manifest.tables.iter().map(|file| file.rows).sum();
    eprintln!("{} tables, {rows} rows; the audit trail is {}", manifest.tables.len(), manifest.trail);
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
