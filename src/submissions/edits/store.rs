//! Queries about rounds of changes, the texts in them and what is said to each.

use std::collections::BTreeMap;

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::model::{Answer, Edit, Edits, ROUNDS_STANDARD, Round};
use super::workflow::State;
use crate::db::schema::{edit_limits, edit_rounds, edited_answers, edits, submissions};
use crate::db::{AnyConnection, StoreError, Tx, expect_one};
use crate::kernel::ids::{AccountId, DelegationId, EditRoundId, SessionId, SubmissionId};
use crate::questionnaires::{AnswerKey, AnswerLang};
use crate::submissions::workflow::State as SubmissionState;
use crate::text_column;

text_column!(State, Answer);

/// A row of `edit_rounds`.
#[derive(Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = edit_rounds, treat_none_as_null = true)]
struct Row {
    id: EditRoundId,
    submission_id: SubmissionId,
    number: i32,
    base_revision: i32,
    state: State,
    note: String,
    edition: i32,
    account_id: AccountId,
    started_at: NaiveDateTime,
    proposed_at: Option<NaiveDateTime>,
    answered_by: Option<AccountId>,
    answered_at: Option<NaiveDateTime>,
    revision: Option<i32>,
    is_shared: bool,
}

impl From<Row> for Round {
    fn from(row: Row) -> Self {
        Self {
            id: row.id,
            submission: row.submission_id,
            number: row.number,
            base: row.base_revision,
            state: row.state,
            note: row.note,
            edition: row.edition,
            account: row.account_id,
            started_at: row.started_at,
            proposed_at: row.proposed_at,
            answered_by: row.answered_by,
            answered_at: row.answered_at,
            revision: row.revision,
            is_shared: row.is_shared,
        }
    }
}

impl From<&Round> for Row {
    fn from(round: &Round) -> Self {
        let round = round.clone();
        Self {
            id: round.id,
            submission_id: round.submission,
            number: round.number,
            base_revision: round.base,
            state: round.state,
            note: round.note,
            edition: round.edition,
            account_id: round.account,
            started_at: round.started_at,
            proposed_at: round.proposed_at,
            answered_by: round.answered_by,
            answered_at: round.answered_at,
            revision: round.revision,
            is_shared: round.is_shared,
        }
    }
}

/// Returns the rounds of a submission, the first one first.
pub fn rounds_of(conn: &mut AnyConnection, submission: &SubmissionId) -> Result<Vec<Round>, StoreError> {
    let rows: Vec<Row> = edit_rounds::table
        .filter(edit_rounds::submission_id.eq(submission))
        .order(edit_rounds::number.asc())
        .select(Row::as_select())
        .load(conn)?;
    Ok(rows.into_iter().map(Round::from).collect())
}

/// Returns the texts of a round.
pub fn texts_of(conn: &mut AnyConnection, round: &EditRoundId) -> Result<Vec<(AnswerKey, String)>, StoreError> {
    let rows: Vec<(String, AnswerLang, String)> = edited_answers::table
        .filter(edited_answers::round_id.eq(round))
        .order((edited_answers::question.asc(), edited_answers::language.asc()))
        .select((edited_answers::question, edited_answers::language, edited_answers::text))
        .load(conn)?;
    Ok(rows.into_iter().map(|(question, lang, text)| (AnswerKey::new(question, lang), text)).collect())
}

/// Returns what is said to each change of a round.
pub fn edits_of(conn: &mut AnyConnection, round: &EditRoundId) -> Result<Edits, StoreError> {
    let rows: Vec<(String, Option<Answer>, String)> = edits::table
        .filter(edits::round_id.eq(round))
        .select((edits::question, edits::answer, edits::reason))
        .load(conn)?;
    Ok(rows.into_iter().map(|(question, answer, reason)| (question, Edit { answer, reason })).collect())
}

/// Adds a round.
pub fn insert(tx: &mut Tx<'_>, round: &Round) -> Result<(), StoreError> {
    diesel::insert_into(edit_rounds::table).values(Row::from(round)).execute(&mut **tx)?;
    Ok(())
}

/// Saves a round over the edition before it, or somebody was first.
pub fn update(tx: &mut Tx<'_>, round: &Round) -> Result<(), StoreError> {
    let row = edit_rounds::table.find(&round.id).filter(edit_rounds::edition.eq(round.edition - 1));
    expect_one(diesel::update(row).set(Row::from(round)).execute(&mut **tx)?)
}

/// Writes the changes of a draft anew.
pub fn set_changes(
    tx: &mut Tx<'_>,
    round: &EditRoundId,
    texts: &[(AnswerKey, String)],
    questions: impl IntoIterator<Item = String>,
) -> Result<(), StoreError> {
    remove_changes(tx, round)?;
    for (key, text) in texts {
        diesel::insert_into(edited_answers::table)
            .values((
                edited_answers::round_id.eq(round),
                edited_answers::question.eq(&key.question),
                edited_answers::language.eq(key.lang),
                edited_answers::text.eq(text),
            ))
            .execute(&mut **tx)?;
    }
    for question in questions {
        diesel::insert_into(edits::table)
            .values((edits::round_id.eq(round), edits::question.eq(question), edits::reason.eq("")))
            .execute(&mut **tx)?;
    }
    Ok(())
}

fn remove_changes(tx: &mut Tx<'_>, round: &EditRoundId) -> Result<(), StoreError> {
    diesel::delete(edited_answers::table.filter(edited_answers::round_id.eq(round))).execute(&mut **tx)?;
    diesel::delete(edits::table.filter(edits::round_id.eq(round))).execute(&mut **tx)?;
    Ok(())
}

/// Throws a draft away, at the edition that was seen.
pub fn remove(tx: &mut Tx<'_>, round: &Round) -> Result<(), StoreError> {
    remove_changes(tx, &round.id)?;
    let row = edit_rounds::table.find(&round.id).filter(edit_rounds::edition.eq(round.edition));
    expect_one(diesel::delete(row).execute(&mut **tx)?)
}

/// Writes down what is said to the change of a question.
pub fn set_answer(tx: &mut Tx<'_>, round: &EditRoundId, question: &str, edit: &Edit) -> Result<(), StoreError> {
    let row = edits::table.find((round, question));
    expect_one(
        diesel::update(row).set((edits::answer.eq(edit.answer), edits::reason.eq(&edit.reason))).execute(&mut **tx)?,
    )
}

/// A round that waits for its delegation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WaitingRound {
    /// The delegation.
    pub delegation: DelegationId,
    /// The submission.
    pub submission: SubmissionId,
    /// Its reference.
    pub reference: String,
    /// Number of the round.
    pub number: i32,
    /// When it was proposed.
    pub proposed_at: Option<NaiveDateTime>,
}

/// Returns the rounds of a session that wait for their delegation, of texts that are not decided against; by reference.
pub fn waiting_in(conn: &mut AnyConnection, session: &SessionId) -> Result<Vec<WaitingRound>, StoreError> {
    type Found = (DelegationId, SubmissionId, String, i32, Option<NaiveDateTime>);
    let rows: Vec<Found> = edit_rounds::table
        .inner_join(submissions::table)
        .filter(submissions::session_id.eq(session))
        .filter(submissions::state.eq_any(SubmissionState::PUT_FORWARD.iter().map(|state| state.code())))
        .filter(edit_rounds::state.eq(State::Proposed))
        .order(submissions::reference.asc())
        .select((
            submissions::delegation_id,
            submissions::id,
            submissions::reference,
            edit_rounds::number,
            edit_rounds::proposed_at,
        ))
        .load(conn)?;
    let waiting = |(delegation, submission, reference, number, proposed_at)| WaitingRound {
        delegation,
        submission,
        reference,
        number,
        proposed_at,
    };
    Ok(rows.into_iter().map(waiting).collect())
}

/// Returns how many rounds a session allows for each text.
pub fn rounds_max(conn: &mut AnyConnection, session: &SessionId) -> Result<i32, StoreError> {
    let set: Option<i32> = edit_limits::table.find(session).select(edit_limits::rounds_max).first(conn).optional()?;
    Ok(set.unwrap_or(ROUNDS_STANDARD))
}

/// Sets how many rounds a session allows for each text.
pub fn set_rounds_max(tx: &mut Tx<'_>, session: &SessionId, number: i32) -> Result<(), StoreError> {
    let row = edit_limits::table.find(session);
    if diesel::update(row).set(edit_limits::rounds_max.eq(number)).execute(&mut **tx)? == 0 {
        diesel::insert_into(edit_limits::table)
            .values((edit_limits::session_id.eq(session), edit_limits::rounds_max.eq(number)))
            .execute(&mut **tx)?;
    }
    Ok(())
}

/// Returns, of the revisions that came out of a round, who confirmed them; by number.
pub fn confirmations_of(
    conn: &mut AnyConnection,
    submission: &SubmissionId,
) -> Result<BTreeMap<i32, (AccountId, bool)>, StoreError> {
    let rounds = rounds_of(conn, submission)?.into_iter();
    Ok(rounds.filter_map(|round| Some((round.revision?, (round.answered_by?, round.is_shared)))).collect())
}
