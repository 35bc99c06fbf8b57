//! Meetings with who was present, to those in the room.

use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

use super::ballots::QuorumView;
use crate::meetings::model::{Meeting, Part};
use crate::meetings::operations::attendance::Sitting;

/// A meeting of a session.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Meeting)]
pub struct MeetingView {
    /// Number of its session.
    session: i32,
    /// The day, in the legal time zone of the session.
    held_on: NaiveDate,
    /// The part of the day.
    part: Part,
    /// Codes of the delegations present.
    present: Vec<String>,
    /// Codes of the others that can be present.
    absent: Vec<String>,
    /// Whether enough of those that have a ballot were present.
    quorum: QuorumView,
}

impl MeetingView {
    /// Shows a meeting.
    pub fn new(sitting: &Sitting, meeting: &Meeting) -> Self {
        let absent = sitting.delegations.iter().filter(|one| !meeting.present.contains(&one.id));
        Self {
            session: sitting.session.number,
            held_on: meeting.when.held_on,
            part: meeting.when.part,
            present: sitting.codes(meeting).into_iter().map(str::to_owned).collect(),
            absent: absent.map(|one| one.code.clone()).collect(),
            quorum: (&meeting.quorum(sitting.session.rules.quorum, &sitting.delegations)).into(),
        }
    }
}
