//! The acts on attached files, one function each, and who may see which.
//!
//! Whoever may edit a submission attaches and takes out, while it may be edited. `carrying` brings bytes and rows together
//! in the right order, `sweeping` ends what was left between, `keeping` compares, copies out and brings back.

pub mod carrying;
pub mod keeping;
pub mod sweeping;

use std::collections::BTreeMap;

use chrono::NaiveDateTime;
use serde_json::json;

use super::model::{Attachment, COUNT_MAX, Content, MARK_CHARS_MAX, SIZE_BYTES_MAX, key, name};
use super::store::{self, Part};
use super::workflow::{self, Event, State};
use crate::db::{AnyConnection, StoreError, Tx};
use crate::kernel::fields::Message;
use crate::kernel::ids::{AccountId, AttachmentId, SubmissionId};
use crate::policy::{Action, Actor, may};
use crate::refusals::OperationError;
use crate::submissions::State as Standing;
use crate::submissions::operations::{Dossier, account_of, is_own};
use crate::{accounts, audit};

/// Who acts on which submission, and when.
#[derive(Debug, Clone)]
pub struct Asked {
    /// Who acts.
    pub actor: Actor,
    /// Reference of the submission.
    pub reference: String,
    /// When.
    pub now: NaiveDateTime,
}

/// What a browser says of a file before it sends it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Announced {
    /// Its name as it stands there.
    pub name: String,
    /// Its size, if it is known.
    pub size: Option<i64>,
    /// What the browser knows its source by.
    pub mark: String,
}

/// What a file turned out to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// Its content.
    pub content: Content,
    /// Its size.
    pub size: i64,
    /// Its SHA-256.
    pub sha256: String,
}

/// Opens the dossier of a submission whose files the actor may change now.
fn editable(conn: &mut AnyConnection, asked: &Asked) -> Result<Dossier, OperationError> {
    let dossier = Dossier::load(conn, &asked.reference)?;
    dossier.permit(&asked.actor, Action::EditSubmission)?;
    dossier.expect_writing(asked.now)?;
    Ok(dossier)
}

/// Returns a file of a submission.
fn one_of(conn: &mut AnyConnection, dossier: &Dossier, id: &AttachmentId) -> Result<Attachment, OperationError> {
    let one = store::by_id(conn, id)?;
    if one.submission == dossier.submission.id && one.state != State::Removed {
        Ok(one)
    } else {
        Err(OperationError::NotFound)
    }
}

fn too_large() -> OperationError {
    OperationError::Refused(Message::new("attachment-too-large").number("megabytes", SIZE_BYTES_MAX / 1024 / 1024))
}

/// Begins an upload and returns its row.
pub fn begin(tx: &mut Tx<'_>, asked: &Asked, announced: &Announced) -> Result<Attachment, OperationError> {
    let dossier = editable(tx, asked)?;
    if announced.size.is_some_and(|size| size > SIZE_BYTES_MAX) {
        return Err(too_large());
    }
    if announced.size.is_some_and(|size| size <= 0) {
        return Err(OperationError::refused("attachment-empty"));
    }
    if store::of(tx, &dossier.submission.id)?.len() >= COUNT_MAX {
        let message = Message::new("attachment-too-many").number("count", i64::try_from(COUNT_MAX).unwrap_or(0));
        return Err(OperationError::Refused(message));
    }
    let id = AttachmentId::new();
    let one = Attachment {
        submission: dossier.submission.id.clone(),
        name: name::clean(&announced.name),
        state: State::Arriving,
        content: None,
        size: announced.size,
        received: 0,
        sha256: String::new(),
        key: key(&id),
        mark: announced.mark.chars().take(MARK_CHARS_MAX).collect(),
        is_public: false,
        account: account_of(&asked.actor)?.clone(),
        started_at: asked.now,
        finished_at: None,
        removed_at: None,
        id,
    };
    store::insert(tx, &one)?;
    Ok(one)
}

/// Refuses somebody who may not attach files, before anything of a file is read.
pub fn expect_editor(conn: &mut AnyConnection, asked: &Asked) -> Result<(), OperationError> {
    Dossier::load(conn, &asked.reference)?.permit(&asked.actor, Action::EditSubmission)
}

/// Opens an upload of the delegation: what has been kept of it.
pub fn upload(conn: &mut AnyConnection, asked: &Asked, id: &AttachmentId) -> Result<Attachment, OperationError> {
    let dossier = Dossier::load(conn, &asked.reference)?;
    dossier.permit(&asked.actor, Action::EditSubmission)?;
    one_of(conn, &dossier, id)
}

/// Returns the upload, if a part of this length may follow at this place.
fn expect_part(one: &Attachment, (start, length): (i64, i64)) -> Result<(), OperationError> {
    if one.state != State::Arriving || one.received != start {
        return Err(OperationError::Stale);
    }
    if start + length > one.size.unwrap_or(SIZE_BYTES_MAX) {
        return Err(too_large());
    }
    Ok(())
}

/// Writes down a part that stands in the store, behind what was kept before; returns where the file ends now.
pub fn receive(tx: &mut Tx<'_>, asked: &Asked, id: &AttachmentId, part: &Part) -> Result<i64, OperationError> {
    let dossier = editable(tx, asked)?;
    let one = one_of(tx, &dossier, id)?;
    expect_part(&one, (part.start_byte, part.length_bytes))?;
    store::insert_part(tx, id, part)?;
    Ok(part.start_byte + part.length_bytes)
}

/// Says that a file stands whole in the store. Only then does anybody else see it.
pub fn finish(tx: &mut Tx<'_>, asked: &Asked, id: &AttachmentId, found: &Found) -> Result<Attachment, OperationError> {
    let dossier = editable(tx, asked)?;
    let one = one_of(tx, &dossier, id)?;
    let account = account_of(&asked.actor)?.clone();
    whole(tx, &dossier, one, found, (&account, asked.now))
}

fn whole(
    tx: &mut Tx<'_>,
    dossier: &Dossier,
    mut one: Attachment,
    found: &Found,
    (account, now): (&AccountId, NaiveDateTime),
) -> Result<Attachment, OperationError> {
    one.state = workflow::next(one.state, Event::Finish).map_err(|_| OperationError::Stale)?;
    one.name = name::fitting(&one.name, found.content);
    one.content = Some(found.content);
    one.size = Some(found.size);
    one.sha256.clone_from(&found.sha256);
    one.finished_at = Some(now);
    store::finish(tx, &one)?;
    record(tx, dossier, &one, "attachment.add", (Some(account), now))?;
    Ok(one)
}

fn record(
    tx: &mut Tx<'_>,
    dossier: &Dossier,
    one: &Attachment,
    act: &str,
    (account, now): (Option<&AccountId>, NaiveDateTime),
) -> Result<(), StoreError> {
    let detail = json!({ "id": one.id, "name": one.name, "size_bytes": one.size, "sha256": one.sha256 });
    audit::record(tx, now, account, act, &dossier.submission.reference, &detail)
}

/// Takes a file out, or gives an upload up; what stands in the store goes afterwards.
pub fn remove(tx: &mut Tx<'_>, asked: &Asked, id: &AttachmentId) -> Result<Attachment, OperationError> {
    let dossier = editable(tx, asked)?;
    let one = one_of(tx, &dossier, id)?;
    let account = account_of(&asked.actor)?;
    store::remove(tx, &one, Some(account), asked.now)?;
    if one.state == State::Whole {
        record(tx, &dossier, &one, "attachment.remove", (Some(account), asked.now))?;
    }
    Ok(one)
}

/// Ends an upload that cannot become a file.
fn discard(tx: &mut Tx<'_>, id: &AttachmentId, now: NaiveDateTime) -> Result<(), OperationError> {
    let one = store::by_id(tx, id)?;
    workflow::next(one.state, Event::Discard).map_err(|_| OperationError::Stale)?;
    Ok(store::remove(tx, &one, None, now)?)
}

/// Ends an upload whose last byte was kept and that nobody ended: whole while the submission is still at home, given up
/// otherwise. Returns whether it became whole.
fn settle(tx: &mut Tx<'_>, id: &AttachmentId, found: &Found, now: NaiveDateTime) -> Result<bool, OperationError> {
    let one = store::by_id(tx, id)?;
    let submission = crate::submissions::store::by_id(tx, &one.submission)?;
    let is_at_home = matches!(submission.state, Standing::Draft | Standing::AwaitingClearance | Standing::Returned);
    if !is_at_home {
        discard(tx, id, now)?;
        return Ok(false);
    }
    let dossier = Dossier::load(tx, &submission.reference)?;
    let account = one.account.clone();
    whole(tx, &dossier, one, found, (&account, now))?;
    Ok(true)
}

/// Says whether everybody sees a file of a practice once it is published.
pub fn set_public(
    tx: &mut Tx<'_>,
    asked: &Asked,
    id: &AttachmentId,
    is_public: bool,
) -> Result<Attachment, OperationError> {
    let dossier = editable(tx, asked)?;
    let one = one_of(tx, &dossier, id)?;
    if one.state != State::Whole {
        return Err(OperationError::Stale);
    }
    store::set_public(tx, &one, is_public)?;
    let act = if is_public { "attachment.show" } else { "attachment.hide" };
    record(tx, &dossier, &one, act, (Some(account_of(&asked.actor)?), asked.now))?;
    Ok(one)
}

/// Returns whether an actor may see a file: the delegation's own readers each one, others those that were there when the
/// submission was cleared, everybody those that its delegation shows once the practice is published.
fn is_visible(actor: &Actor, dossier: &Dossier, one: &Attachment) -> bool {
    if one.state != State::Whole {
        return false;
    }
    let target = dossier.target();
    let cleared_at = || dossier.acts.iter().rev().find(|act| Standing::HANDED_IN.contains(&act.to)).map(|act| act.at);
    let was_there = match dossier.submission.state {
        _ if is_own(actor, &dossier.submission) => true,
        Standing::Draft | Standing::AwaitingClearance => false,
        Standing::Returned | Standing::Withdrawn => cleared_at().is_some_and(|at| one.finished_at <= Some(at)),
        Standing::Late
        | Standing::Informal
        | Standing::Submitted
        | Standing::UnderReview
        | Standing::Accepted
        | Standing::NotRetained
        | Standing::Merged => true,
    };
    let is_shown = || one.is_public && may(actor, Action::ViewPublicAttachments, &target);
    was_there && (may(actor, Action::ViewAttachments, &target) || is_shown())
}

/// Returns the files of a submission that an actor may see.
pub fn visible(conn: &mut AnyConnection, actor: &Actor, dossier: &Dossier) -> Result<Vec<Attachment>, StoreError> {
    let mut all = store::of(conn, &dossier.submission.id)?;
    all.retain(|one| is_visible(actor, dossier, one));
    Ok(all)
}

/// Returns the files of a published practice that its delegation shows to everybody.
pub fn shown(conn: &mut AnyConnection, submission: &SubmissionId) -> Result<Vec<Attachment>, StoreError> {
    let mut all = store::of(conn, submission)?;
    all.retain(|one| one.state == State::Whole && one.is_public);
    Ok(all)
}

/// Returns a file that an actor may take.
pub fn to_take(
    conn: &mut AnyConnection,
    actor: &Actor,
    reference: &str,
    id: &AttachmentId,
) -> Result<Attachment, OperationError> {
    let dossier = Dossier::load(conn, reference)?;
    let one = one_of(conn, &dossier, id)?;
    if is_visible(actor, &dossier, &one) { Ok(one) } else { Err(OperationError::NotFound) }
}

/// The files of a submission as their page shows them.
#[derive(Debug)]
pub struct Listing {
    /// The submission.
    pub dossier: Dossier,
    /// The files that the reader may see.
    pub files: Vec<Attachment>,
    /// Uploads that have not ended, for those who may end them.
    pub arriving: Vec<Attachment>,
    /// Names of the accounts that attached them.
    pub people: BTreeMap<AccountId, String>,
    /// Whether the reader may attach and take out now, and what is in the way otherwise.
    pub may_edit: bool,
    /// The window that is closed.
    pub closed: Option<Message>,
}

/// Lists the files of a submission.
pub fn list(conn: &mut AnyConnection, asked: &Asked) -> Result<Listing, OperationError> {
    let dossier = Dossier::load(conn, &asked.reference)?;
    dossier.permit(&asked.actor, Action::ViewAttachments)?;
    if dossier.visible_revision(&asked.actor).is_none() {
        return Err(OperationError::NotFound);
    }
    let files = visible(conn, &asked.actor, &dossier)?;
    let has_right = may(&asked.actor, Action::EditSubmission, &dossier.target());
    let closed = match dossier.expect_writing(asked.now) {
        Err(OperationError::Refused(message)) if has_right => Some(message),
        _ => None,
    };
    let mut arriving = store::of(conn, &dossier.submission.id)?;
    arriving.retain(|one| has_right && one.state == State::Arriving);
    let mut people = BTreeMap::new();
    for one in files.iter().chain(&arriving) {
        if !people.contains_key(&one.account) {
            people.insert(one.account.clone(), accounts::store::account(conn, &one.account)?.name);
        }
    }
    Ok(Listing { may_edit: has_right && closed.is_none(), dossier, files, arriving, people, closed })
}
