//! The nouns: a clarification, who reads it, in what capacity it was asked for.

use chrono::NaiveDateTime;

use crate::coded_enum;
use crate::kernel::ids::{AccountId, ClarificationId, DelegationId};

coded_enum! {
    /// Who reads a question and its answer.
    pub enum Reach {
        /// Everybody signed in who may read the submission.
        Delegations = "delegations",
        /// Whoever asked, the delegation that leads, and the secretariat.
        Secretariat = "secretariat",
    }
}

coded_enum! {
    /// In what capacity a question was asked.
    pub enum Side {
        /// By the secretariat.
        Secretariat = "secretariat",
        /// On behalf of a delegation.
        Delegation = "delegation",
        /// By a reviewer, who is not named.
        Reviewer = "reviewer",
    }
}

/// A question about a submission, with its answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clarification {
    /// Its id.
    pub id: ClarificationId,
    /// Who reads it.
    pub reach: Reach,
    /// Who asked.
    pub asked_by: AccountId,
    /// The delegation on whose behalf it was asked.
    pub asked_for: Option<DelegationId>,
    /// In what capacity.
    pub asked_as: Side,
    /// The question.
    pub question: String,
    /// When it was asked.
    pub asked_at: NaiveDateTime,
    /// The answer; empty before it is given.
    pub answer: String,
    /// When it was answered.
    pub answered_at: Option<NaiveDateTime>,
}
