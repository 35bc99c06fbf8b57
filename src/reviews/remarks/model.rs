//! The nouns: a recommendation, the remarks of a review, and how far the reviews of an action agree.

use crate::coded_enum;
use crate::kernel::fields::{FieldErrors, Message};
use crate::reviews::model::REASON_CHARS_MAX;

coded_enum! {
    /// What a reviewer would do with an action; it stays apart from where the action stands.
    pub enum Recommendation {
        /// Accept it as it is.
        Accept = "accept",
        /// Return it to its delegation.
        Return = "return",
        /// Not retain it.
        NotRetain = "not-retain",
    }
}

/// Field of the recommendation.
pub const RECOMMENDATION: &str = "recommendation";
/// Field of why it is recommended.
pub const BECAUSE: &str = "because";
/// Field of the comment that the delegation reads.
pub const TO_DELEGATION: &str = "to_delegation";
/// Field of the note that the other reviewers read.
pub const NOTE: &str = "note";

/// What a review says beside its marks.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Remarks {
    /// What it recommends, if anything.
    pub recommendation: Option<Recommendation>,
    /// Why.
    pub because: String,
    /// What the delegation reads; may be empty.
    pub to_delegation: String,
    /// What the other reviewers read; may be empty.
    pub note: String,
}

impl Remarks {
    /// Returns what is wrong: a text that is too long, or a recommendation against the action without a reason.
    pub fn errors(&self) -> FieldErrors {
        let mut errors = FieldErrors::none();
        for (field, text) in [(BECAUSE, &self.because), (TO_DELEGATION, &self.to_delegation), (NOTE, &self.note)] {
            let over = text.chars().count().saturating_sub(REASON_CHARS_MAX);
            if over > 0 {
                let number = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
                let message = Message::new("too-long").number("max", number(REASON_CHARS_MAX));
                errors.add(field, message.number("over", number(over)));
            }
        }
        let is_against = matches!(self.recommendation, Some(Recommendation::Return | Recommendation::NotRetain));
        if is_against && self.because.is_empty() {
            errors.add(BECAUSE, Message::new("required"));
        }
        errors
    }
}

/// Remarks as they are kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// The revision of the text that was judged.
    pub revision: i32,
    /// The remarks.
    pub remarks: Remarks,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_recommends_against_says_why() {
        let fields = |recommendation: Option<Recommendation>, because: &str| {
            let remarks = Remarks { recommendation, because: because.to_owned(), ..Remarks::default() };
            remarks.errors().iter().map(|(field, _)| field.to_owned()).collect::<Vec<_>>()
        };
        assert!(fields(None, "").is_empty());
        assert!(fields(Some(Recommendation::Accept), "").is_empty());
        assert_eq!(fields(Some(Recommendation::NotRetain), ""), [BECAUSE]);
        assert!(fields(Some(Recommendation::Return), "The costs are missing.").is_empty());
        assert_eq!(fields(None, &"x".repeat(REASON_CHARS_MAX + 1)), [BECAUSE]);
    }
}
