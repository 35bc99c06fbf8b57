//! Queries of the figures: when each submission of a session was cleared for the first time.

use std::collections::BTreeMap;

use chrono::NaiveDateTime;
use diesel::dsl::min;
use diesel::prelude::*;

use crate::db::schema::{submission_acts, submissions};
use crate::db::{AnyConnection, StoreError};
use crate::kernel::ids::{SessionId, SubmissionId};
use crate::submissions::workflow::Event;

/// Returns when each submission of a session was cleared for the first time.
pub fn cleared_at(
    conn: &mut AnyConnection,
    session: &SessionId,
) -> Result<BTreeMap<SubmissionId, NaiveDateTime>, StoreError> {
    let rows: Vec<(SubmissionId, Option<NaiveDateTime>)> = submission_acts::table
        .inner_join(submissions::table)
        .filter(submissions::session_id.eq(session))
        .filter(submission_acts::event.eq(Event::Clear.code()))
        .group_by(submission_acts::submission_id)
        .select((submission_acts::submission_id, min(submission_acts::acted_at)))
        .load(conn)?;
    Ok(rows.into_iter().filter_map(|(id, at)| Some((id, at?))).collect())
}
