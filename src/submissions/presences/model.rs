//! The noun: a presence, and how long it lasts.

use chrono::{NaiveDateTime, TimeDelta};

use crate::kernel::ids::AccountId;

/// How long somebody counts as present after having been seen.
pub const LIFE: TimeDelta = TimeDelta::minutes(10);
/// How long a presence is not written again: loading a page need not cost a write each time.
pub const FRESH: TimeDelta = TimeDelta::seconds(20);

/// Somebody who has a draft open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Presence {
    /// Who.
    pub account: AccountId,
    /// Name of the person or the office.
    pub name: String,
    /// Code of the question touched last; may be empty.
    pub question: String,
    /// When they were seen.
    pub seen_at: NaiveDateTime,
}

impl Presence {
    /// Returns whether it counts at a moment.
    pub fn counts(&self, now: NaiveDateTime) -> bool {
        self.seen_at + LIFE > now
    }

    /// Returns whether it need not be written again.
    pub fn is_fresh(&self, question: &str, now: NaiveDateTime) -> bool {
        self.seen_at + FRESH > now && (question.is_empty() || self.question == question)
    }
}

/// Returns the code of the question to which a field belongs.
pub fn question_of(field: &str) -> &str {
    field.split(['.', '|']).next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::NaiveDate;

    #[test]
    fn a_presence_runs_out_and_is_not_written_at_each_glance() {
        let at = |second: u32| {
            NaiveDate::from_ymd_opt(2020, 9, 14).unwrap().and_hms_opt(8, second / 60, second % 60).unwrap()
        };
        let presence =
            Presence { account: "a".into(), name: "Office".to_owned(), question: "title".to_owned(), seen_at: at(0) };
        assert_eq!([599, 600].map(|second| presence.counts(at(second))), [true, false]);
        assert_eq!([19, 20].map(|second| presence.is_fresh("title", at(second))), [true, false]);
        assert!(presence.is_fresh("", at(1)) && !presence.is_fresh("summary", at(1)));
    }

    #[test]
    fn a_field_belongs_to_a_question() {
        assert_eq!(["title|en", "outputs.0.name|ru", "theme", ""].map(question_of), ["title", "outputs", "theme", ""]);
    }
}
