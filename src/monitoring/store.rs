//! How much of everything there is, by its state.

use chrono::NaiveDateTime;
use diesel::dsl::{count_star, min};
use diesel::prelude::*;

use crate::ballots;
use crate::db::schema::{ballots as ballots_table, messages, submissions as submissions_table};
use crate::db::{AnyConnection, StoreError};
use crate::outbox::model::State as MailState;
use crate::submissions;

/// What lies there.
#[derive(Debug, Default)]
pub struct Work {
    /// Submissions by their state.
    pub submissions: Vec<(submissions::State, i64)>,
    /// Ballots by their state.
    pub ballots: Vec<(ballots::State, i64)>,
    /// Mails by where their delivery stands.
    pub mails: Vec<(MailState, i64)>,
    /// Since when the oldest mail that can go out is due.
    pub oldest_due_at: Option<NaiveDateTime>,
}

/// Counts it.
pub fn work(conn: &mut AnyConnection) -> Result<Work, StoreError> {
    let submissions = submissions_table::table
        .group_by(submissions_table::state)
        .select((submissions_table::state, count_star()))
        .load(conn)?;
    let ballots =
        ballots_table::table.group_by(ballots_table::state).select((ballots_table::state, count_star())).load(conn)?;
    let mails = messages::table.group_by(messages::state).select((messages::state, count_star())).load(conn)?;
    let oldest_due_at =
        messages::table.filter(messages::state.eq(MailState::Waiting)).select(min(messages::due_at)).first(conn)?;
    Ok(Work { submissions, ballots, mails, oldest_due_at })
}
