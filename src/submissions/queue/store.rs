//! The query of the queue.

use std::collections::BTreeMap;

use chrono::NaiveDateTime;
use diesel::dsl::max;
use diesel::prelude::*;

use super::model::Place;
use crate::db::schema::{submission_acts, submissions};
use crate::db::{AnyConnection, StoreError};
use crate::kernel::ids::{SessionId, SubmissionId};
use crate::submissions::{State, Submission};

/// Returns what waits in a session, in no order.
pub fn waiting(conn: &mut AnyConnection, session: &SessionId) -> Result<Vec<Place>, StoreError> {
    let states = [State::Submitted, State::UnderReview, State::Late];
    let handed_in: Vec<(SubmissionId, Option<NaiveDateTime>)> = submission_acts::table
        .inner_join(submissions::table)
        .filter(submissions::session_id.eq(session))
        .filter(submissions::state.eq_any(states.map(State::code)))
        .filter(submission_acts::to_state.eq_any(State::HANDED_IN))
        .group_by(submission_acts::submission_id)
        .select((submission_acts::submission_id, max(submission_acts::acted_at)))
        .load(conn)?;
    let handed_in: BTreeMap<SubmissionId, Option<NaiveDateTime>> = handed_in.into_iter().collect();
    let rows = crate::submissions::store::of_session(conn, session, None, &states)?;
    let at = |row: &Submission| handed_in.get(&row.id).copied().flatten().unwrap_or(row.created_at);
    Ok(rows.into_iter().map(|row| Place { at: at(&row), reference: row.reference, state: row.state }).collect())
}

/// Returns the place that a text has or had in the queue.
pub fn place_of(conn: &mut AnyConnection, submission: &Submission) -> Result<Place, StoreError> {
    let at: Option<NaiveDateTime> = submission_acts::table
        .filter(submission_acts::submission_id.eq(&submission.id))
        .filter(submission_acts::to_state.eq_any(State::HANDED_IN))
        .select(max(submission_acts::acted_at))
        .first(conn)?;
    let at = at.unwrap_or(submission.created_at);
    Ok(Place { at, reference: submission.reference.clone(), state: submission.state })
}
