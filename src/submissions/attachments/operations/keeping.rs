//! Rows and files compared, copied out for a backup and brought back.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::Write;
use std::path::Path;

use futures_util::StreamExt;
use sha2::{Digest, Sha256};

use super::carrying::{Carrier, CarryError};
use crate::db::AnyConnection;
use crate::db::backup::{BackupError, FileCopy, FileState, files_folder};
use crate::depot::{Depot, DepotError};
use crate::kernel::token::hex;
use crate::submissions::attachments::model::Attachment;
use crate::submissions::attachments::store;
use crate::submissions::attachments::workflow::State;

/// What comparing rows and files found; files are named by submission, name and key.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Compared {
    /// How many files are as their rows say.
    pub whole: usize,
    /// Files of which the store knows nothing.
    pub missing: Vec<String>,
    /// Files whose content is another than when they were attached.
    pub changed: Vec<String>,
    /// Keys in the store that no row names.
    pub orphaned: Vec<String>,
}

/// Compares every row with its file, and every file with the rows.
pub async fn compare(carrier: &Carrier) -> Result<Compared, CarryError> {
    // Why: the files are listed before the rows, so that a file that arrives meanwhile has its row.
    let mut keys: BTreeSet<String> = BTreeSet::new();
    for folder in ["whole", "arriving"] {
        keys.extend(carrier.depot.keys(folder).await?);
    }
    let (whole, removed, arriving, references) = carrier
        .db
        .read(|conn| -> Result<_, crate::db::StoreError> {
            let state = |conn: &mut AnyConnection, state| store::in_state(conn, state);
            let references: BTreeMap<_, _> = store::references(conn)?.into_iter().collect();
            Ok((state(conn, State::Whole)?, state(conn, State::Removed)?, state(conn, State::Arriving)?, references))
        })
        .await?;
    let mut compared = Compared::default();
    for one in &whole {
        let reference = references.get(&one.id).map_or("", String::as_str);
        let named = format!("{reference}: {} ({})", one.name, one.key);
        match fingerprint(&carrier.depot, &one.key).await {
            Ok(found) if found == (one.size.unwrap_or(-1), one.sha256.clone()) => compared.whole += 1,
            Ok(_) => compared.changed.push(named),
            Err(DepotError::Missing(_)) => compared.missing.push(named),
            Err(error) => return Err(error.into()),
        }
    }
    let known: BTreeSet<&str> = whole.iter().chain(&removed).chain(&arriving).map(|one| one.id.as_str()).collect();
    let belongs = |key: &String| key.split('/').nth(1).is_some_and(|id| known.contains(id));
    compared.orphaned = keys.into_iter().filter(|key| !belongs(key)).collect();
    Ok(compared)
}

/// Returns size and SHA-256 of a file in the store.
async fn fingerprint(depot: &Depot, key: &str) -> Result<(i64, String), DepotError> {
    let (mut size, mut digest) = (0, Sha256::new());
    let mut pieces = depot.read(key, None).await?;
    while let Some(piece) = pieces.next().await {
        let piece = piece?;
        size += i64::try_from(piece.len()).unwrap_or(0);
        digest.update(&piece);
    }
    Ok((size, hex(&digest.finalize())))
}

/// Copies every whole file into the folder of a backup; one that is missing or changed is written down as such, so that
/// everything else is kept all the same.
pub fn copy_out(conn: &mut AnyConnection, depot: &Depot, folder: &Path) -> Result<Vec<FileCopy>, BackupError> {
    let rows = store::in_state(conn, State::Whole)?;
    let place = files_folder(folder);
    if !rows.is_empty() {
        std::fs::create_dir(&place).map_err(BackupError::unwritten(&place))?;
    }
    crate::depot::wait(async {
        let mut copies = Vec::new();
        for one in rows {
            let path = place.join(one.id.as_str());
            let (sha256, state) = match copy(depot, &one, &path).await? {
                Some(found) if found == one.sha256 => (found, FileState::Whole),
                Some(found) => (found, FileState::Changed),
                None => (one.sha256, FileState::Missing),
            };
            copies.push(FileCopy { file: one.id.to_string(), key: one.key, sha256, state });
        }
        Ok(copies)
    })
}

/// Copies a file out of the store and returns its SHA-256; nothing when it is not there.
async fn copy(depot: &Depot, one: &Attachment, path: &Path) -> Result<Option<String>, BackupError> {
    let mut pieces = match depot.read(&one.key, None).await {
        Err(DepotError::Missing(_)) => return Ok(None),
        other => other?,
    };
    let unwritten = BackupError::unwritten(path);
    let mut file = File::create(path).map_err(&unwritten)?;
    let mut digest = Sha256::new();
    while let Some(piece) = pieces.next().await {
        let piece = piece?;
        digest.update(&piece);
        file.write_all(&piece).map_err(&unwritten)?;
    }
    file.sync_all().map_err(&unwritten)?;
    Ok(Some(hex(&digest.finalize())))
}

/// Brings the files of a backup into the store, before the rows that name them.
pub fn copy_in(depot: &Depot, folder: &Path, files: &[FileCopy]) -> Result<(), BackupError> {
    crate::depot::wait(async {
        for one in files.iter().filter(|one| one.state != FileState::Missing) {
            let path = files_folder(folder).join(&one.file);
            let file = File::open(&path).map_err(BackupError::unread(&path))?;
            depot.put_file(&one.key, file).await?;
        }
        Ok(())
    })
}
