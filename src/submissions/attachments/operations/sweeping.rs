//! What was left between row and file is ended: finished, when every byte was acknowledged; otherwise taken away.
//!
//! Only files that a row names are ever taken away: a store that holds something else keeps it, and `keeping` names it.
//! Several replicas may sweep at once; what one has done the other finds done.

use chrono::{NaiveDateTime, TimeDelta};

use super::carrying::{Carrier, CarryError};
use super::{discard, settle};
use crate::db::StoreError;
use crate::kernel::ids::AttachmentId;
use crate::refusals::OperationError;
use crate::submissions::attachments::model::Attachment;
use crate::submissions::attachments::store;
use crate::submissions::attachments::workflow::State;

/// How long an upload may take before it is given up.
pub const UPLOAD_MAX: TimeDelta = TimeDelta::days(1);
/// After how long a complete upload that nobody ended is ended.
const COMPLETE_AFTER: TimeDelta = TimeDelta::minutes(10);
/// How long the file of a removed row stays: longer than a download or a backup that began before takes.
pub const REMOVED_FOR: TimeDelta = TimeDelta::hours(1);

/// What a sweep did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Swept {
    /// Uploads that became files.
    pub finished: usize,
    /// Uploads that were given up.
    pub given_up: usize,
    /// Rows of which nothing is in the store any more.
    pub cleared: usize,
}

/// Ends what was left between.
pub async fn sweep(carrier: &Carrier, now: NaiveDateTime) -> Result<Swept, CarryError> {
    let mut swept = Swept::default();
    for one in carrier.db.read(|conn| store::in_state(conn, State::Arriving)).await? {
        match end(carrier, &one, now).await {
            Ok(Some(true)) => swept.finished += 1,
            Ok(Some(false)) => swept.given_up += 1,
            // Still coming in; or somebody else was first.
            Ok(None) | Err(CarryError::Operation(OperationError::Stale | OperationError::NotFound)) => {}
            Err(error) => return Err(error),
        }
    }
    for id in carrier.db.read(store::with_parts).await? {
        carrier.clear_parts(&id).await?;
    }
    for one in carrier.db.read(|conn| store::in_state(conn, State::Removed)).await? {
        if one.finished_at.is_none() || one.removed_at.is_some_and(|at| at + REMOVED_FOR <= now) {
            clear(carrier, one).await?;
            swept.cleared += 1;
        }
    }
    Ok(swept)
}

/// Ends an upload that has waited long enough; returns whether it became a file.
async fn end(carrier: &Carrier, one: &Attachment, now: NaiveDateTime) -> Result<Option<bool>, CarryError> {
    let age = now - one.started_at;
    let id = one.id.clone();
    if one.is_complete() && age >= COMPLETE_AFTER {
        return match carrier.assembled(&id).await {
            Ok(found) => Ok(Some(carrier.db.write(move |tx| settle(tx, &id, &found, now)).await?)),
            Err(CarryError::Operation(OperationError::Refused(_))) => given_up(carrier, id, now).await,
            Err(error) => Err(error),
        };
    }
    if age >= UPLOAD_MAX { given_up(carrier, id, now).await } else { Ok(None) }
}

async fn given_up(carrier: &Carrier, id: AttachmentId, now: NaiveDateTime) -> Result<Option<bool>, CarryError> {
    carrier.db.write(move |tx| discard(tx, &id, now)).await?;
    Ok(Some(false))
}

/// Takes away everything that the store holds of a removed row, and then says so.
async fn clear(carrier: &Carrier, one: Attachment) -> Result<(), CarryError> {
    carrier.clear_parts(&one.id).await?;
    carrier.depot.remove(&one.key).await?;
    carrier.db.write(move |tx| -> Result<(), StoreError> { store::forget_file(tx, &one) }).await?;
    Ok(())
}
