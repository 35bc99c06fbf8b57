//! Queries about clarifications.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::model::{Clarification, Reach, Side};
use crate::db::schema::{clarifications, submissions};
use crate::db::{AnyConnection, StoreError, Tx, expect_one};
use crate::kernel::ids::{AccountId, ClarificationId, DelegationId, SessionId, SubmissionId};
use crate::submissions::State as Standing;
use crate::submissions::store::Waiting;
use crate::text_column;

text_column!(Reach, Side);

/// A row of `clarifications` without its submission.
#[derive(Queryable, Selectable)]
#[diesel(table_name = clarifications)]
struct Row {
    id: ClarificationId,
    reach: Reach,
    asked_by: AccountId,
    asked_for: Option<DelegationId>,
    asked_as: Side,
    question: String,
    asked_at: NaiveDateTime,
    answer: String,
    answered_at: Option<NaiveDateTime>,
}

/// Returns the clarifications of a submission, oldest first.
pub fn of(conn: &mut AnyConnection, id: &SubmissionId) -> Result<Vec<Clarification>, StoreError> {
    let rows: Vec<Row> = clarifications::table
        .filter(clarifications::submission_id.eq(id))
        .order((clarifications::asked_at.asc(), clarifications::id.asc()))
        .select(Row::as_select())
        .load(conn)?;
    let one = |row: Row| Clarification {
        id: row.id,
        reach: row.reach,
        asked_by: row.asked_by,
        asked_for: row.asked_for,
        asked_as: row.asked_as,
        question: row.question,
        asked_at: row.asked_at,
        answer: row.answer,
        answered_at: row.answered_at,
    };
    Ok(rows.into_iter().map(one).collect())
}

/// Returns the references of the submissions of a session about which something was asked.
pub fn asked_about(conn: &mut AnyConnection, session: &SessionId) -> Result<Vec<String>, StoreError> {
    Ok(clarifications::table
        .inner_join(submissions::table)
        .filter(submissions::session_id.eq(session))
        .order(submissions::reference.asc())
        .select(submissions::reference)
        .distinct()
        .load(conn)?)
}

/// Returns which delegations of a session have questions to answer: delegation, submission, when it was asked.
pub fn open(conn: &mut AnyConnection, session: &SessionId) -> Result<Vec<Waiting>, StoreError> {
    Ok(clarifications::table
        .inner_join(submissions::table)
        .filter(submissions::session_id.eq(session))
        .filter(submissions::state.eq_any(Standing::PUT_FORWARD))
        .filter(clarifications::answered_at.is_null())
        .order((clarifications::asked_at.asc(), clarifications::id.asc()))
        .select((submissions::delegation_id, submissions::reference, clarifications::asked_at))
        .load(conn)?)
}

/// Adds a question.
pub fn insert(tx: &mut Tx<'_>, submission: &SubmissionId, new: &Clarification) -> Result<(), StoreError> {
    diesel::insert_into(clarifications::table)
        .values((
            clarifications::id.eq(&new.id),
            clarifications::submission_id.eq(submission),
            clarifications::reach.eq(new.reach),
            clarifications::asked_by.eq(&new.asked_by),
            clarifications::asked_for.eq(&new.asked_for),
            clarifications::asked_as.eq(new.asked_as),
            clarifications::question.eq(&new.question),
            clarifications::asked_at.eq(new.asked_at),
            clarifications::answer.eq(""),
        ))
        .execute(&mut **tx)?;
    Ok(())
}

/// Answers a question that has no answer yet.
pub fn answer(
    tx: &mut Tx<'_>,
    id: &ClarificationId,
    text: &str,
    account: &AccountId,
    now: NaiveDateTime,
) -> Result<(), StoreError> {
    let row = clarifications::table.find(id).filter(clarifications::answered_at.is_null());
    let changed = diesel::update(row)
        .set((
            clarifications::answer.eq(text),
            clarifications::answered_by.eq(account),
            clarifications::answered_at.eq(now),
        ))
        .execute(&mut **tx)?;
    expect_one(changed)
}
