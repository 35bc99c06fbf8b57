//! Queries about what was copied from what.

use chrono::NaiveDateTime;
use diesel::dsl::exists;
use diesel::prelude::*;
use diesel::select;

use crate::db::schema::{sessions, submission_copies, submissions};
use crate::db::{AnyConnection, StoreError, Tx};
use crate::kernel::ids::{DelegationId, SubmissionId};
use crate::submissions::Submission;
use crate::submissions::store::by_id;

/// Returns the submission that a draft was copied from, with its revision, if it is a copy.
pub fn source_of(conn: &mut AnyConnection, id: &SubmissionId) -> Result<Option<(Submission, i32)>, StoreError> {
    let row: Option<(SubmissionId, i32)> = submission_copies::table
        .find(id)
        .select((submission_copies::source_id, submission_copies::source_revision))
        .first(conn)
        .optional()?;
    row.map(|(source, revision)| Ok((by_id(conn, &source)?, revision))).transpose()
}

/// Returns what was copied from a submission, oldest first.
pub fn copies_of(conn: &mut AnyConnection, id: &SubmissionId) -> Result<Vec<Submission>, StoreError> {
    let ids: Vec<SubmissionId> = submission_copies::table
        .filter(submission_copies::source_id.eq(id))
        .order((submission_copies::copied_at.asc(), submission_copies::submission_id.asc()))
        .select(submission_copies::submission_id)
        .load(conn)?;
    ids.iter().map(|id| by_id(conn, id)).collect()
}

/// Writes down what a draft was copied from.
pub fn insert(
    tx: &mut Tx<'_>,
    id: &SubmissionId,
    (source, revision): (&SubmissionId, i32),
    now: NaiveDateTime,
) -> Result<(), StoreError> {
    diesel::insert_into(submission_copies::table)
        .values((
            submission_copies::submission_id.eq(id),
            submission_copies::source_id.eq(source),
            submission_copies::source_revision.eq(revision),
            submission_copies::copied_at.eq(now),
        ))
        .execute(&mut **tx)?;
    Ok(())
}

/// Returns the submissions of delegations to sessions before one, the newest session first, by reference.
pub fn earlier(
    conn: &mut AnyConnection,
    own: &[DelegationId],
    session: i32,
) -> Result<Vec<(i32, Submission)>, StoreError> {
    let ids: Vec<(i32, SubmissionId)> = submissions::table
        .inner_join(sessions::table)
        .filter(submissions::delegation_id.eq_any(own.iter().map(|id| id.as_str().to_owned())))
        .filter(sessions::number.lt(session))
        .order((sessions::number.desc(), submissions::reference.asc()))
        .select((sessions::number, submissions::id))
        .load(conn)?;
    ids.into_iter().map(|(number, id)| Ok((number, by_id(conn, &id)?))).collect()
}

/// Returns whether delegations have any submission to a session before one.
pub fn has_earlier(conn: &mut AnyConnection, own: &[DelegationId], session: i32) -> Result<bool, StoreError> {
    let rows = submissions::table
        .inner_join(sessions::table)
        .filter(submissions::delegation_id.eq_any(own.iter().map(|id| id.as_str().to_owned())))
        .filter(sessions::number.lt(session));
    Ok(select(exists(rows)).get_result(conn)?)
}
