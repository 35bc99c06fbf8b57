//! The nouns: a merge, and the merges by which a submission is linked to others.

use chrono::NaiveDateTime;

use crate::kernel::ids::{AccountId, SubmissionId};

/// A submission joined to another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Merge {
    /// Its id.
    pub id: String,
    /// The submission that was joined.
    pub submission: SubmissionId,
    /// Its reference.
    pub reference: String,
    /// The one that stands.
    pub into: SubmissionId,
    /// Its reference.
    pub into_reference: String,
    /// The revision at which that one stood.
    pub into_revision: i32,
    /// Why.
    pub note: String,
    /// By whom.
    pub account: AccountId,
    /// When.
    pub merged_at: NaiveDateTime,
}

/// The merges that stand around a submission.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Links {
    /// What it was joined to.
    pub into: Option<Merge>,
    /// What was joined to it, by reference.
    pub from: Vec<Merge>,
}
