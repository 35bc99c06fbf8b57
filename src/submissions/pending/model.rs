//! The noun: what is meant to be done with one submission.

use chrono::NaiveDateTime;

use crate::kernel::ids::{AccountId, SubmissionId};
use crate::submissions::workflow::Event;

/// What can be prepared.
pub const EVENTS: &[Event] = &[Event::Return, Event::Accept, Event::NotRetain];

/// What is meant to be done with a submission.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// The submission.
    pub submission: SubmissionId,
    /// What is to be done.
    pub event: Event,
    /// Note to the delegation; may be empty.
    pub note: String,
    /// Comments by the code of their question.
    pub comments: Vec<(String, String)>,
    /// The revision that it was prepared on.
    pub revision: i32,
    /// Counts changes, so that what was changed meanwhile is noticed.
    pub edition: i32,
    /// Who prepared it.
    pub account: AccountId,
    /// When.
    pub changed_at: NaiveDateTime,
}
