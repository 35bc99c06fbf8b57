//! The nouns of the room: a mark on the scale, a review, a recusal; and what a review must have to be given.

use std::collections::BTreeMap;

use chrono::NaiveDateTime;

use crate::coded_enum;
use crate::kernel::fields::{FieldErrors, Message};
use crate::kernel::ids::{AccountId, CriterionId, ReviewId, SubmissionId};
use crate::reviews::remarks::Remarks;
use crate::sessions::Criterion;

coded_enum! {
    /// Where a review stands.
    pub enum State {
        /// Being written; seen by its reviewer alone and counted nowhere.
        Draft = "draft",
        /// Given: counted in the ranking.
        Given = "given",
    }
}

coded_enum! {
    /// What a reviewer marks for one criterion: a step of the scale, or why there is none.
    pub enum Mark {
        /// The lowest step.
        Zero = "0",
        /// The second step.
        One = "1",
        /// The third step.
        Two = "2",
        /// The fourth step.
        Three = "3",
        /// The fifth step.
        Four = "4",
        /// The highest step.
        Five = "5",
        /// The action does not say enough; no score.
        NeedsInformation = "needs-information",
        /// The criterion does not fit the action; no score.
        NotApplicable = "not-applicable",
    }
}

impl Mark {
    /// Returns the step of the scale, or nothing for what is no score.
    pub const fn step(self) -> Option<u8> {
        match self {
            Self::Zero => Some(0),
            Self::One => Some(1),
            Self::Two => Some(2),
            Self::Three => Some(3),
            Self::Four => Some(4),
            Self::Five => Some(5),
            Self::NeedsInformation | Self::NotApplicable => None,
        }
    }
}

/// The highest step of the scale.
pub const STEP_MAX: u8 = 5;
/// Shortest reason of a review that is given, in characters.
pub const REASON_CHARS_MIN: usize = 20;
/// Longest reason, in characters.
pub const REASON_CHARS_MAX: usize = 2000;

/// The marks of one review, by criterion; criteria without a mark are left out.
pub type Marks = BTreeMap<CriterionId, Mark>;

/// One reviewer's review of one action.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Review {
    /// Its id.
    pub id: ReviewId,
    /// The action.
    pub submission: SubmissionId,
    /// The reviewer.
    pub account: AccountId,
    /// Draft or given.
    pub state: State,
    /// The marks.
    pub marks: Marks,
    /// Why.
    pub reason: String,
    /// Counts saved changes, so that a stale form is noticed.
    pub edition: i32,
    /// When it last changed.
    pub updated_at: NaiveDateTime,
    /// When it was given first.
    pub given_at: Option<NaiveDateTime>,
}

/// A reviewer's own statement not to judge an action.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recusal {
    /// The action.
    pub submission: SubmissionId,
    /// The reviewer.
    pub account: AccountId,
    /// Why.
    pub reason: String,
    /// When.
    pub created_at: NaiveDateTime,
}

/// Why a reviewer does not judge an action.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ground {
    /// The action is led by a delegation to which the reviewer is accredited.
    OwnDelegation,
    /// The reviewer's own statement.
    Stated(Recusal),
}

/// What a reviewer hands in: the marks and the reason.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Judgement {
    /// The marks.
    pub marks: Marks,
    /// Why.
    pub reason: String,
    /// What is said beside the marks; nothing leaves it as it is kept.
    pub remarks: Option<Remarks>,
    /// The revision of the text that was judged; nothing for the newest.
    pub seen: Option<i32>,
}

impl Judgement {
    /// Returns what is missing before the review can be given: a mark for each criterion and a reason.
    pub fn missing(&self, criteria: &[Criterion]) -> FieldErrors {
        let mut errors = reason_errors(&self.reason);
        for criterion in criteria.iter().filter(|criterion| !self.marks.contains_key(&criterion.id)) {
            errors.add(mark_field(&criterion.id), Message::new("review-mark-missing"));
        }
        errors
    }

    /// Returns what is wrong even with a draft: a reason that is too long.
    pub fn too_long(&self) -> FieldErrors {
        let (chars, max) = (self.reason.chars().count(), REASON_CHARS_MAX);
        if chars <= max {
            return FieldErrors::none();
        }
        let message =
            Message::new("review-reason-long").number("max", as_number(max)).number("over", as_number(chars - max));
        FieldErrors::one(REASON_FIELD, message)
    }
}

/// Returns what is wrong with a reason that must be given: missing, too short or too long.
pub fn reason_errors(reason: &str) -> FieldErrors {
    let (chars, min) = (reason.chars().count(), REASON_CHARS_MIN);
    let message = match chars {
        0 => Message::new("required"),
        _ if chars < min => {
            Message::new("review-reason-short").number("min", as_number(min)).number("now", as_number(chars))
        }
        _ => return Judgement { reason: reason.to_owned(), ..Judgement::default() }.too_long(),
    };
    FieldErrors::one(REASON_FIELD, message)
}

/// Field of the reason.
pub const REASON_FIELD: &str = "reason";

/// Returns the field of a criterion's mark.
pub fn mark_field(criterion: &CriterionId) -> String {
    format!("mark.{criterion}")
}

fn as_number(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}
