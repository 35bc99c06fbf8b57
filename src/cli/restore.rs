//! `speca restore`: an empty database filled from a backup.

use std::path::{Path, PathBuf};

use clap::Args;

use super::backup::trail;
use super::{CommandError, DATABASE, DatabaseArgs, ListenArgs};
use crate::db::Db;
use crate::db::backup::{self, FileCopy};
use crate::depot::Depot;
use crate::submissions::attachments::operations::keeping;

/// What `restore` takes.
#[derive(Args)]
pub struct RestoreArgs {
    /// Folder that `speca backup` made
    folder: PathBuf,
    #[command(flatten)]
    database: DatabaseArgs,
}

/// Checks the files, fills the database and compares.
pub fn run(args: &RestoreArgs) -> Result<(), CommandError> {
    let config = args.database.settings(&ListenArgs::default(), DATABASE)?;
    // Why: the files come first, so that a damaged backup does not leave a new database behind.
    let manifest = backup::check(&args.folder)?;
    let db = Db::open(&config.database)?;
    let depot = Depot::at(&config.attachments);
    let files = |folder: &Path, files: &[FileCopy]| keeping::copy_in(&depot, folder, files);
    backup::restore(&db, &args.folder, &manifest, trail, &files)?;
    let rows: u64 = manifest.tables.iter().map(|file| file.rows).sum();
    println!(
        "restored as of {}: {} tables, {rows} rows, counted; {} attached files; the audit trail is {}",
        manifest.made_at,
        manifest.tables.len(),
        manifest.files.len(),
        manifest.trail
    );
    Ok(())
}
