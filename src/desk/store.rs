//! Counts and short lists over the tables of the earlier rooms, and the lead times that a session has set.

use std::collections::BTreeSet;

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::model::Milestone;
use crate::ballots::State as BallotState;
use crate::db::schema::{
    ballots, clarifications, co_sponsors, consents, lead_times, programmes, submission_acts, submissions,
};
use crate::db::{AnyConnection, StoreError, Tx};
use crate::kernel::ids::{DelegationId, SessionId, SubmissionId};
use crate::programmes::State as ProgrammeState;
use crate::submissions::State;
use crate::text_column;

text_column!(Milestone);

/// A consent that has not been answered, as the column `state` spells it.
const ASKED: &str = "asked";
/// A co-sponsor that has not answered, as the column `state` spells it.
const INVITED: [&str; 2] = ["invited", "asked-again"];

/// Returns the lead times that a session has set.
pub fn lead_times_of(conn: &mut AnyConnection, session: &SessionId) -> Result<Vec<(Milestone, i32)>, StoreError> {
    Ok(lead_times::table
        .filter(lead_times::session_id.eq(session))
        .select((lead_times::milestone, lead_times::days))
        .load(conn)?)
}

/// Sets the lead time of a milestone.
pub fn set_lead_time(tx: &mut Tx<'_>, session: &SessionId, milestone: Milestone, days: i32) -> Result<(), StoreError> {
    let row = lead_times::table.find((session, milestone));
    if diesel::update(row).set(lead_times::days.eq(days)).execute(&mut **tx)? == 0 {
        diesel::insert_into(lead_times::table)
            .values((
                lead_times::session_id.eq(session),
                lead_times::milestone.eq(milestone),
                lead_times::days.eq(days),
            ))
            .execute(&mut **tx)?;
    }
    Ok(())
}

/// Returns the submissions of a session that were returned at least once.
pub fn were_returned(conn: &mut AnyConnection, session: &SessionId) -> Result<BTreeSet<SubmissionId>, StoreError> {
    let ids: Vec<SubmissionId> = submission_acts::table
        .inner_join(submissions::table)
        .filter(submissions::session_id.eq(session))
        .filter(submission_acts::to_state.eq(State::Returned.code()))
        .select(submission_acts::submission_id)
        .distinct()
        .load(conn)?;
    Ok(ids.into_iter().collect())
}

/// The states in which a submission is out of the hands of its delegation, or back with it for a while.
fn put_forward() -> [&'static str; 4] {
    [State::Submitted, State::UnderReview, State::Returned, State::Accepted].map(State::code)
}

/// Returns the questions without an answer: reference of the submission and its delegation, oldest first.
pub fn open_questions(
    conn: &mut AnyConnection,
    session: &SessionId,
) -> Result<Vec<(String, DelegationId)>, StoreError> {
    Ok(clarifications::table
        .inner_join(submissions::table)
        .filter(submissions::session_id.eq(session))
        .filter(submissions::state.eq_any(put_forward()))
        .filter(clarifications::answered_at.is_null())
        .order((clarifications::asked_at.asc(), clarifications::id.asc()))
        .select((submissions::reference, submissions::delegation_id))
        .load(conn)?)
}

/// Returns the references of actions for each consent that has not been answered.
pub fn open_consents(conn: &mut AnyConnection, session: &SessionId) -> Result<Vec<String>, StoreError> {
    Ok(consents::table
        .inner_join(submissions::table)
        .filter(submissions::session_id.eq(session))
        .filter(submissions::state.eq_any(put_forward()))
        .filter(consents::state.eq(ASKED))
        .order(submissions::reference.asc())
        .select(submissions::reference)
        .load(conn)?)
}

/// Returns the references of actions for each co-sponsor that has not answered.
pub fn open_co_sponsors(conn: &mut AnyConnection, session: &SessionId) -> Result<Vec<String>, StoreError> {
    Ok(co_sponsors::table
        .inner_join(submissions::table)
        .filter(submissions::session_id.eq(session))
        .filter(submissions::state.eq_any(put_forward()))
        .filter(co_sponsors::state.eq_any(INVITED))
        .order(submissions::reference.asc())
        .select(submissions::reference)
        .load(conn)?)
}

/// Returns the ballots of a session that are not settled: number, state, and when they close.
pub fn unsettled_ballots(
    conn: &mut AnyConnection,
    session: &SessionId,
) -> Result<Vec<(i32, BallotState, NaiveDateTime)>, StoreError> {
    let states = [BallotState::Prepared, BallotState::Open, BallotState::Closed];
    let rows: Vec<(i32, String, NaiveDateTime)> = ballots::table
        .filter(ballots::session_id.eq(session))
        .filter(ballots::state.eq_any(states.map(BallotState::code)))
        .order(ballots::number.asc())
        .select((ballots::number, ballots::state, ballots::closes_at))
        .load(conn)?;
    let known = |code: &str| states.into_iter().find(|state| state.code() == code);
    Ok(rows.into_iter().filter_map(|(number, code, closes_at)| Some((number, known(&code)?, closes_at))).collect())
}

/// Returns whether a programme of the session is in draft.
pub fn has_programme_in_draft(conn: &mut AnyConnection, session: &SessionId) -> Result<bool, StoreError> {
    let found: i64 = programmes::table
        .filter(programmes::session_id.eq(session))
        .filter(programmes::state.eq(ProgrammeState::Draft.code()))
        .count()
        .get_result(conn)?;
    Ok(found > 0)
}
