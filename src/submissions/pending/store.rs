//! Queries about what is meant to be done with submissions.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::model::Outcome;
use crate::db::schema::{pending_comments, pending_outcomes, submissions};
use crate::db::{AnyConnection, StoreError, Tx, expect_one};
use crate::kernel::ids::{AccountId, SessionId, SubmissionId};
use crate::submissions::workflow::Event;

type Row = (SubmissionId, Event, String, i32, i32, AccountId, NaiveDateTime);

fn outcome(conn: &mut AnyConnection, row: Row) -> Result<Outcome, StoreError> {
    let (submission, event, note, revision, edition, account, changed_at) = row;
    let comments = pending_comments::table
        .filter(pending_comments::submission_id.eq(&submission))
        .order(pending_comments::question.asc())
        .select((pending_comments::question, pending_comments::text))
        .load(conn)?;
    Ok(Outcome { submission, event, note, comments, revision, edition, account, changed_at })
}

/// Returns what is meant to be done with a submission.
pub fn of(conn: &mut AnyConnection, submission: &SubmissionId) -> Result<Option<Outcome>, StoreError> {
    let row: Option<Row> =
        pending_outcomes::table.find(submission).select(pending_outcomes::all_columns).first(conn).optional()?;
    row.map(|row| outcome(conn, row)).transpose()
}

/// Returns what is meant to be done with the submissions of a session, by reference.
pub fn of_session(conn: &mut AnyConnection, session: &SessionId) -> Result<Vec<Outcome>, StoreError> {
    let rows: Vec<Row> = pending_outcomes::table
        .inner_join(submissions::table)
        .filter(submissions::session_id.eq(session))
        .order(submissions::reference.asc())
        .select(pending_outcomes::all_columns)
        .load(conn)?;
    rows.into_iter().map(|row| outcome(conn, row)).collect()
}

/// Writes down what is meant to be done, over the edition before it, or somebody was first.
pub fn set(tx: &mut Tx<'_>, one: &Outcome) -> Result<(), StoreError> {
    let values = (
        pending_outcomes::event.eq(one.event),
        pending_outcomes::note.eq(&one.note),
        pending_outcomes::revision.eq(one.revision),
        pending_outcomes::edition.eq(one.edition),
        pending_outcomes::account_id.eq(&one.account),
        pending_outcomes::changed_at.eq(one.changed_at),
    );
    if one.edition == 1 {
        let id = pending_outcomes::submission_id.eq(&one.submission);
        diesel::insert_into(pending_outcomes::table).values((id, values)).execute(&mut **tx)?;
    } else {
        let row = pending_outcomes::table.find(&one.submission).filter(pending_outcomes::edition.eq(one.edition - 1));
        expect_one(diesel::update(row).set(values).execute(&mut **tx)?)?;
    }
    remove_comments(tx, &one.submission)?;
    for (question, text) in &one.comments {
        diesel::insert_into(pending_comments::table)
            .values((
                pending_comments::submission_id.eq(&one.submission),
                pending_comments::question.eq(question),
                pending_comments::text.eq(text),
            ))
            .execute(&mut **tx)?;
    }
    Ok(())
}

fn remove_comments(tx: &mut Tx<'_>, submission: &SubmissionId) -> Result<(), StoreError> {
    let comments = pending_comments::table.filter(pending_comments::submission_id.eq(submission));
    diesel::delete(comments).execute(&mut **tx)?;
    Ok(())
}

/// Forgets what was meant to be done; returns whether anything was.
pub fn remove(tx: &mut Tx<'_>, submission: &SubmissionId) -> Result<bool, StoreError> {
    remove_comments(tx, submission)?;
    Ok(diesel::delete(pending_outcomes::table.find(submission)).execute(&mut **tx)? > 0)
}
