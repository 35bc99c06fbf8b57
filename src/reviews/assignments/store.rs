//! Queries about who is asked to review what.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::model::Assignments;
use crate::db::schema::{review_assignments, submissions};
use crate::db::{AnyConnection, StoreError, Tx};
use crate::kernel::ids::{AccountId, SessionId, SubmissionId};

/// Returns who is asked to review what in a session.
pub fn of_session(conn: &mut AnyConnection, session: &SessionId) -> Result<Assignments, StoreError> {
    let rows: Vec<(SubmissionId, AccountId)> = review_assignments::table
        .inner_join(submissions::table)
        .filter(submissions::session_id.eq(session))
        .select((review_assignments::submission_id, review_assignments::account_id))
        .load(conn)?;
    Ok(rows.into_iter().collect())
}

/// Returns who is asked to review what in a session and when they were asked, by reference.
pub fn dated(
    conn: &mut AnyConnection,
    session: &SessionId,
) -> Result<Vec<(SubmissionId, AccountId, NaiveDateTime)>, StoreError> {
    Ok(review_assignments::table
        .inner_join(submissions::table)
        .filter(submissions::session_id.eq(session))
        .order((submissions::reference.asc(), review_assignments::account_id.asc()))
        .select((review_assignments::submission_id, review_assignments::account_id, review_assignments::assigned_at))
        .load(conn)?)
}

/// Asks a reviewer for an action.
pub fn insert(
    tx: &mut Tx<'_>,
    (submission, account): &(SubmissionId, AccountId),
    (by, now): (&AccountId, NaiveDateTime),
) -> Result<(), StoreError> {
    diesel::insert_into(review_assignments::table)
        .values((
            review_assignments::submission_id.eq(submission),
            review_assignments::account_id.eq(account),
            review_assignments::assigned_by.eq(by),
            review_assignments::assigned_at.eq(now),
        ))
        .execute(&mut **tx)?;
    Ok(())
}

/// Asks a reviewer for an action no more.
pub fn remove(tx: &mut Tx<'_>, (submission, account): &(SubmissionId, AccountId)) -> Result<(), StoreError> {
    diesel::delete(review_assignments::table.find((submission, account))).execute(&mut **tx)?;
    Ok(())
}
