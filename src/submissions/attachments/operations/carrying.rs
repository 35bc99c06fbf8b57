//! Bytes and rows brought together: a part is written before its row, a row says "whole" after the file stands.
//!
//! Whatever breaks off in between leaves a row that says where it stands, and `sweeping` ends it.

use std::fs::File;
use std::io::{Seek, Write};

use futures_util::StreamExt;
use rocket::tokio::task::spawn_blocking;
use sha2::{Digest, Sha256};

use super::{Announced, Asked, Found};
use crate::db::{Db, StoreError};
use crate::depot::{Depot, DepotError, scratch};
use crate::kernel::ids::AttachmentId;
use crate::kernel::token::{hex, new_token};
use crate::refusals::OperationError;
use crate::submissions::attachments::model::{Attachment, content, key, parts};
use crate::submissions::attachments::store::{self, Part};
use crate::submissions::attachments::workflow::State;

/// Why a file was not carried.
#[derive(Debug, thiserror::Error)]
pub enum CarryError {
    /// The act was not done.
    #[error(transparent)]
    Operation(#[from] OperationError),
    /// The store of files fails.
    #[error(transparent)]
    Depot(#[from] DepotError),
}

impl From<StoreError> for CarryError {
    fn from(error: StoreError) -> Self {
        Self::Operation(error.into())
    }
}

/// Where rows and files are.
#[derive(Clone)]
pub struct Carrier {
    /// The rows.
    pub db: Db,
    /// The files.
    pub depot: Depot,
}

impl Carrier {
    /// Begins an upload.
    pub async fn begin(&self, asked: &Asked, announced: Announced) -> Result<Attachment, CarryError> {
        let asked = asked.clone();
        Ok(self.db.write(move |tx| super::begin(tx, &asked, &announced)).await?)
    }

    /// Returns what has been kept of an upload.
    pub async fn upload(&self, asked: &Asked, id: &AttachmentId) -> Result<Attachment, CarryError> {
        let (asked, id) = (asked.clone(), id.clone());
        Ok(self.db.read(move |conn| super::upload(conn, &asked, &id)).await?)
    }

    /// Keeps a part that begins at a place; returns where the file ends then.
    pub async fn part(&self, asked: &Asked, one: &Attachment, start: i64, bytes: Vec<u8>) -> Result<i64, CarryError> {
        let length = i64::try_from(bytes.len()).unwrap_or(i64::MAX);
        super::expect_part(one, (start, length))?;
        // Why: two browsers may send the same part at once; each writes a file of its own, and the row takes one of them.
        let key = format!("{}/{start:08}-{}", parts(&one.id), &new_token()[..8]);
        self.depot.put(&key, bytes).await?;
        let (asked, id) = (asked.clone(), one.id.clone());
        let part = Part { start_byte: start, length_bytes: length, store_key: key.clone() };
        let kept = self.db.write(move |tx| super::receive(tx, &asked, &id, &part)).await;
        if kept.is_err() {
            // Why: the refusal is what matters; a part without a row goes with the upload at the latest.
            let _ = self.depot.remove(&key).await;
        }
        Ok(kept?)
    }

    /// Puts the parts together, looks at what the file is, stores it and says so. A file that cannot be taken ends its upload.
    pub async fn finish(&self, asked: &Asked, id: &AttachmentId) -> Result<Attachment, CarryError> {
        let found = match self.assembled(id).await {
            Err(CarryError::Operation(OperationError::Refused(message))) => {
                let (id, now) = (id.clone(), asked.now);
                self.db.write(move |tx| super::discard(tx, &id, now)).await?;
                return Err(OperationError::Refused(message).into());
            }
            other => other?,
        };
        let (asked, wanted) = (asked.clone(), id.clone());
        let done = self.db.write(move |tx| super::finish(tx, &asked, &wanted, &found)).await;
        if matches!(done, Err(OperationError::Stale)) {
            // Why: another browser, or the sweeper, may have ended the same upload at the same time.
            let id = id.clone();
            let one = self.db.read(move |conn| store::by_id(conn, &id)).await?;
            return if one.state == State::Whole { Ok(one) } else { Err(OperationError::Stale.into()) };
        }
        let one = done?;
        // Why: the file is there; parts that could not be taken away now go with the sweeper.
        let _ = self.clear_parts(id).await;
        Ok(one)
    }

    /// Writes a file together and stores it under the key of its row.
    pub(super) async fn assembled(&self, id: &AttachmentId) -> Result<Found, CarryError> {
        let wanted = id.clone();
        let (one, parts) = self
            .db
            .read(move |conn| -> Result<_, StoreError> {
                Ok((store::by_id(conn, &wanted)?, store::parts(conn, &wanted)?))
            })
            .await?;
        if one.state != State::Arriving {
            return Err(OperationError::Stale.into());
        }
        if one.received == 0 {
            return Err(OperationError::refused("attachment-empty").into());
        }
        let (file, size, sha256) = self.gather(&parts).await?;
        if size != one.received {
            return Err(OperationError::refused("attachment-lost").into());
        }
        let (file, content) = looked_at(file, one.name).await?;
        self.depot.put_file(&key(id), file).await?;
        Ok(Found { content, size, sha256 })
    }

    /// Copies the parts into one file that has no name.
    async fn gather(&self, parts: &[Part]) -> Result<(File, i64, String), CarryError> {
        let mut file = scratch().map_err(DepotError::from)?;
        let (mut size, mut digest) = (0, Sha256::new());
        for part in parts {
            let mut pieces = match self.depot.read(&part.store_key, None).await {
                Err(DepotError::Missing(_)) => return Err(OperationError::refused("attachment-lost").into()),
                other => other?,
            };
            while let Some(piece) = pieces.next().await {
                let piece = piece?;
                digest.update(&piece);
                size += i64::try_from(piece.len()).unwrap_or(0);
                file.write_all(&piece).map_err(DepotError::from)?;
            }
        }
        file.rewind().map_err(DepotError::from)?;
        Ok((file, size, hex(&digest.finalize())))
    }

    /// Takes a file out.
    pub async fn remove(&self, asked: &Asked, id: &AttachmentId) -> Result<Attachment, CarryError> {
        let (asked, id) = (asked.clone(), id.clone());
        Ok(self.db.write(move |tx| super::remove(tx, &asked, &id)).await?)
    }

    /// Takes the parts of a file away, those that never got a row as well, and forgets them.
    pub(super) async fn clear_parts(&self, id: &AttachmentId) -> Result<(), CarryError> {
        for key in self.depot.keys(&parts(id)).await? {
            self.depot.remove(&key).await?;
        }
        let id = id.clone();
        Ok(self.db.write(move |tx| store::forget_parts(tx, &id)).await?)
    }
}

/// Tells what a file is, off the executor: unpacking takes time.
async fn looked_at(mut file: File, name: String) -> Result<(File, content::Content), CarryError> {
    let (file, examined) = spawn_blocking(move || {
        let examined = content::examine(&mut file, &name).and_then(|told| file.rewind().map(|()| told));
        (file, examined)
    })
    .await
    .map_err(|error| DepotError::Gone(error.to_string()))?;
    match examined.map_err(DepotError::from)? {
        Ok(content) => Ok((file, content)),
        Err(unfit) => Err(OperationError::refused(&format!("attachment-{unfit}")).into()),
    }
}
