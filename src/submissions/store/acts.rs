//! Queries about what was done with a submission: acts, comments of the secretariat, who made which revision.

use std::collections::BTreeSet;

use chrono::NaiveDateTime;
use diesel::prelude::*;

use crate::db::schema::{comments, revisions, submission_acts, submissions};
use crate::db::{AnyConnection, StoreError, Tx};
use crate::kernel::ids::{AccountId, CommentId, DelegationId, SessionId, SubmissionId};
use crate::submissions::workflow::{Event, State};

/// What waits for an answer of a delegation: the delegation, the reference of the submission, when it was asked.
pub type Waiting = (DelegationId, String, NaiveDateTime);

/// An act of the workflow, as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Act {
    /// What was done.
    pub event: Event,
    /// From which state.
    pub from: State,
    /// To which state.
    pub to: State,
    /// At which revision.
    pub revision: i32,
    /// By whom.
    pub account: AccountId,
    /// Note to the other side; may be empty.
    pub note: String,
    /// When.
    pub at: NaiveDateTime,
}

/// Adds an act of the workflow and returns its id.
pub fn insert_act(tx: &mut Tx<'_>, id: &SubmissionId, act: &Act) -> Result<String, StoreError> {
    let act_id = uuid::Uuid::now_v7().to_string();
    diesel::insert_into(submission_acts::table)
        .values((
            submission_acts::id.eq(&act_id),
            submission_acts::submission_id.eq(id),
            submission_acts::event.eq(act.event),
            submission_acts::from_state.eq(act.from),
            submission_acts::to_state.eq(act.to),
            submission_acts::revision.eq(act.revision),
            submission_acts::account_id.eq(&act.account),
            submission_acts::note.eq(&act.note),
            submission_acts::acted_at.eq(act.at),
        ))
        .execute(&mut **tx)?;
    Ok(act_id)
}

/// Returns the acts of a submission, oldest first.
pub fn acts_of(conn: &mut AnyConnection, id: &SubmissionId) -> Result<Vec<Act>, StoreError> {
    type Row = (Event, State, State, i32, AccountId, String, NaiveDateTime);
    let rows: Vec<Row> = submission_acts::table
        .filter(submission_acts::submission_id.eq(id))
        .order((submission_acts::acted_at.asc(), submission_acts::id.asc()))
        .select((
            submission_acts::event,
            submission_acts::from_state,
            submission_acts::to_state,
            submission_acts::revision,
            submission_acts::account_id,
            submission_acts::note,
            submission_acts::acted_at,
        ))
        .load(conn)?;
    Ok(rows
        .into_iter()
        .map(|(event, from, to, revision, account, note, at)| Act { event, from, to, revision, account, note, at })
        .collect())
}

/// A revision: who made it, and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Revision {
    /// Its number, from 1.
    pub number: i32,
    /// By whom.
    pub account: AccountId,
    /// When.
    pub at: NaiveDateTime,
}

/// Returns the revisions of a submission, oldest first.
pub fn revisions_of(conn: &mut AnyConnection, id: &SubmissionId) -> Result<Vec<Revision>, StoreError> {
    let rows: Vec<(i32, AccountId, NaiveDateTime)> = revisions::table
        .filter(revisions::submission_id.eq(id))
        .order(revisions::number.asc())
        .select((revisions::number, revisions::account_id, revisions::created_at))
        .load(conn)?;
    Ok(rows.into_iter().map(|(number, account, at)| Revision { number, account, at }).collect())
}

/// A comment of the secretariat about one question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comment {
    /// Code of the question.
    pub question: String,
    /// The words.
    pub text: String,
    /// When it was written.
    pub at: NaiveDateTime,
}

/// Adds a comment that goes with an act.
pub fn insert_comment(tx: &mut Tx<'_>, id: &SubmissionId, act: &str, comment: &Comment) -> Result<(), StoreError> {
    diesel::insert_into(comments::table)
        .values((
            comments::id.eq(CommentId::new()),
            comments::submission_id.eq(id),
            comments::act_id.eq(act),
            comments::question.eq(&comment.question),
            comments::text.eq(&comment.text),
            comments::created_at.eq(comment.at),
        ))
        .execute(&mut **tx)?;
    Ok(())
}

/// Returns the comments about a submission, oldest first.
pub fn comments_of(conn: &mut AnyConnection, id: &SubmissionId) -> Result<Vec<Comment>, StoreError> {
    let rows: Vec<(String, String, NaiveDateTime)> = comments::table
        .filter(comments::submission_id.eq(id))
        .order((comments::created_at.asc(), comments::id.asc()))
        .select((comments::question, comments::text, comments::created_at))
        .load(conn)?;
    Ok(rows.into_iter().map(|(question, text, at)| Comment { question, text, at }).collect())
}

/// Returns the submissions of a session that were handed in at least once.
pub fn were_handed_in(conn: &mut AnyConnection, session: &SessionId) -> Result<BTreeSet<SubmissionId>, StoreError> {
    let ids: Vec<SubmissionId> = submission_acts::table
        .inner_join(submissions::table)
        .filter(submissions::session_id.eq(session))
        .filter(submission_acts::to_state.eq_any(State::HANDED_IN))
        .select(submission_acts::submission_id)
        .distinct()
        .load(conn)?;
    Ok(ids.into_iter().collect())
}
