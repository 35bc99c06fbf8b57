//! Queries about attached files.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::model::{Attachment, Content};
use super::workflow::State;
use crate::db::schema::{attachment_parts, attachments, submissions};
use crate::db::{AnyConnection, StoreError, Tx, expect_one};
use crate::kernel::ids::{AccountId, AttachmentId, SubmissionId};
use crate::text_column;

text_column!(State, Content);

/// A row of `attachments`.
#[derive(Queryable, Selectable)]
#[diesel(table_name = attachments)]
struct Row {
    id: AttachmentId,
    submission_id: SubmissionId,
    name: String,
    state: State,
    content: Option<Content>,
    size_bytes: Option<i64>,
    received_bytes: i64,
    sha256: String,
    store_key: String,
    mark: String,
    is_public: bool,
    account_id: AccountId,
    started_at: NaiveDateTime,
    finished_at: Option<NaiveDateTime>,
    removed_at: Option<NaiveDateTime>,
}

impl From<Row> for Attachment {
    fn from(row: Row) -> Self {
        Self {
            id: row.id,
            submission: row.submission_id,
            name: row.name,
            state: row.state,
            content: row.content,
            size: row.size_bytes,
            received: row.received_bytes,
            sha256: row.sha256,
            key: row.store_key,
            mark: row.mark,
            is_public: row.is_public,
            account: row.account_id,
            started_at: row.started_at,
            finished_at: row.finished_at,
            removed_at: row.removed_at,
        }
    }
}

/// A part of a file that is arriving.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = attachment_parts)]
pub struct Part {
    /// Where in the file it begins.
    pub start_byte: i64,
    /// Its length.
    pub length_bytes: i64,
    /// Its key in the store.
    pub store_key: String,
}

/// Returns the files of a submission, oldest first, without those taken out.
pub fn of(conn: &mut AnyConnection, submission: &SubmissionId) -> Result<Vec<Attachment>, StoreError> {
    let rows: Vec<Row> = attachments::table
        .filter(attachments::submission_id.eq(submission))
        .filter(attachments::state.ne(State::Removed))
        .order(attachments::id.asc())
        .select(Row::as_select())
        .load(conn)?;
    Ok(rows.into_iter().map(Attachment::from).collect())
}

/// Returns a file.
pub fn by_id(conn: &mut AnyConnection, id: &AttachmentId) -> Result<Attachment, StoreError> {
    let row: Row = attachments::table.find(id).select(Row::as_select()).first(conn)?;
    Ok(row.into())
}

/// Writes down a file.
pub fn insert(tx: &mut Tx<'_>, one: &Attachment) -> Result<(), StoreError> {
    diesel::insert_into(attachments::table)
        .values((
            attachments::id.eq(&one.id),
            attachments::submission_id.eq(&one.submission),
            attachments::name.eq(&one.name),
            attachments::state.eq(one.state),
            attachments::content.eq(one.content),
            attachments::size_bytes.eq(one.size),
            attachments::received_bytes.eq(one.received),
            attachments::sha256.eq(&one.sha256),
            attachments::store_key.eq(&one.key),
            attachments::mark.eq(&one.mark),
            attachments::is_public.eq(one.is_public),
            attachments::account_id.eq(&one.account),
            attachments::started_at.eq(one.started_at),
            attachments::finished_at.eq(one.finished_at),
            attachments::removed_at.eq(one.removed_at),
        ))
        .execute(&mut **tx)?;
    Ok(())
}

/// Writes down a part that was kept, if it begins where the file ended so far.
pub fn insert_part(tx: &mut Tx<'_>, id: &AttachmentId, part: &Part) -> Result<(), StoreError> {
    let row = attachments::table
        .find(id)
        .filter(attachments::state.eq(State::Arriving))
        .filter(attachments::received_bytes.eq(part.start_byte));
    let received = part.start_byte + part.length_bytes;
    expect_one(diesel::update(row).set(attachments::received_bytes.eq(received)).execute(&mut **tx)?)?;
    diesel::insert_into(attachment_parts::table)
        .values((
            attachment_parts::attachment_id.eq(id),
            attachment_parts::start_byte.eq(part.start_byte),
            attachment_parts::length_bytes.eq(part.length_bytes),
            attachment_parts::store_key.eq(&part.store_key),
        ))
        .execute(&mut **tx)?;
    Ok(())
}

/// Returns the parts of a file in order.
pub fn parts(conn: &mut AnyConnection, id: &AttachmentId) -> Result<Vec<Part>, StoreError> {
    Ok(attachment_parts::table
        .filter(attachment_parts::attachment_id.eq(id))
        .order(attachment_parts::start_byte.asc())
        .select(Part::as_select())
        .load(conn)?)
}

/// Says that a file is whole.
pub fn finish(tx: &mut Tx<'_>, one: &Attachment) -> Result<(), StoreError> {
    let row = attachments::table
        .find(&one.id)
        .filter(attachments::state.eq(State::Arriving))
        .filter(attachments::received_bytes.eq(one.received));
    let changed = diesel::update(row)
        .set((
            attachments::state.eq(one.state),
            attachments::name.eq(&one.name),
            attachments::content.eq(one.content),
            attachments::size_bytes.eq(one.size),
            attachments::sha256.eq(&one.sha256),
            attachments::finished_at.eq(one.finished_at),
        ))
        .execute(&mut **tx)?;
    expect_one(changed)
}

/// Says that a file is no longer there.
pub fn remove(tx: &mut Tx<'_>, one: &Attachment, by: Option<&AccountId>, now: NaiveDateTime) -> Result<(), StoreError> {
    let changed = diesel::update(attachments::table.find(&one.id).filter(attachments::state.eq(one.state)))
        .set((attachments::state.eq(State::Removed), attachments::removed_by.eq(by), attachments::removed_at.eq(now)))
        .execute(&mut **tx)?;
    expect_one(changed)
}

/// Says whether everybody sees a file once the practice is published.
pub fn set_public(tx: &mut Tx<'_>, one: &Attachment, is_public: bool) -> Result<(), StoreError> {
    let row = attachments::table.find(&one.id).filter(attachments::state.eq(State::Whole));
    expect_one(diesel::update(row).set(attachments::is_public.eq(is_public)).execute(&mut **tx)?)
}

/// Returns every file in a state.
pub fn in_state(conn: &mut AnyConnection, state: State) -> Result<Vec<Attachment>, StoreError> {
    let rows: Vec<Row> = attachments::table
        .filter(attachments::state.eq(state))
        .filter(attachments::store_key.ne(""))
        .order(attachments::id.asc())
        .select(Row::as_select())
        .load(conn)?;
    Ok(rows.into_iter().map(Attachment::from).collect())
}

/// Returns the references of the submissions that files go with.
pub fn references(conn: &mut AnyConnection) -> Result<Vec<(AttachmentId, String)>, StoreError> {
    Ok(attachments::table
        .inner_join(submissions::table)
        .select((attachments::id, submissions::reference))
        .load(conn)?)
}

/// Returns the files that are whole and whose parts have not been taken away yet.
pub fn with_parts(conn: &mut AnyConnection) -> Result<Vec<AttachmentId>, StoreError> {
    Ok(attachment_parts::table
        .inner_join(attachments::table)
        .filter(attachments::state.eq(State::Whole))
        .select(attachments::id)
        .distinct()
        .load(conn)?)
}

/// Forgets the parts of a file: they are no longer in the store.
pub fn forget_parts(tx: &mut Tx<'_>, id: &AttachmentId) -> Result<(), StoreError> {
    diesel::delete(attachment_parts::table.filter(attachment_parts::attachment_id.eq(id))).execute(&mut **tx)?;
    Ok(())
}

/// Writes down that nothing of a file is in the store any more; one that never was whole is forgotten.
pub fn forget_file(tx: &mut Tx<'_>, one: &Attachment) -> Result<(), StoreError> {
    forget_parts(tx, &one.id)?;
    let row = attachments::table.find(&one.id).filter(attachments::state.eq(State::Removed));
    if one.finished_at.is_none() {
        diesel::delete(row).execute(&mut **tx)?;
    } else {
        diesel::update(row).set(attachments::store_key.eq("")).execute(&mut **tx)?;
    }
    Ok(())
}
