//! The nouns: a co-sponsor, and its name as lists show it.

use std::collections::BTreeMap;

use chrono::NaiveDateTime;

use super::workflow::State;
use crate::kernel::ids::{AccountId, DelegationId, SubmissionId};
use crate::kernel::lang::Bilingual;
use crate::sessions::{Calendar, Step};

/// Code of the question by which a delegation invites others when it clears.
pub const INVITED: &str = "invited";

/// A delegation that was invited to put an action forward together, or has joined by itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CoSponsor {
    /// The delegation.
    pub delegation: DelegationId,
    /// Where it stands.
    pub state: State,
    /// The revision that it was asked about.
    pub revision: i32,
    /// Who answered.
    pub account: Option<AccountId>,
    /// When it was asked, for the last time.
    pub asked_at: NaiveDateTime,
    /// When it answered.
    pub answered_at: Option<NaiveDateTime>,
}

/// Returns when it is too late to invite, join or leave: the ballots are over or, without ballots, the submissions.
pub fn closes_at(calendar: &Calendar) -> Option<NaiveDateTime> {
    calendar.window(Step::Ballots).or_else(|| calendar.window(Step::Submissions)).map(|window| window.closes_at)
}

/// Returns until when an invitation can be answered; nothing when that time has passed.
pub fn deadline(calendar: &Calendar, now: NaiveDateTime) -> Option<NaiveDateTime> {
    closes_at(calendar).filter(|at| now < *at)
}

/// A delegation that co-sponsors, as lists name it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Partner {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: Bilingual<String>,
}

/// Who co-sponsors which submission.
pub type Partners = BTreeMap<SubmissionId, Vec<Partner>>;
