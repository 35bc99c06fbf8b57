//! The nouns of the room: a letter of credentials, a meeting with who was present.

use std::collections::BTreeSet;

use chrono::{NaiveDate, NaiveDateTime};

use super::workflow::State;
use crate::coded_enum;
use crate::delegations::Delegation;
use crate::kernel::fields::{FieldErrors, Message};
use crate::kernel::ids::{AccountId, CredentialsId, DelegationId, SessionId};
use crate::sessions::Session;
use crate::submissions::attachments::Content;
use crate::tally::turnout::{Quorum, QuorumCheck, Roll, RollEntry, RollKind};

/// Largest letter: a few pages scanned in grey.
pub const LETTER_BYTES_MAX: usize = 1024 * 1024;
/// Longest comment on a letter that goes back.
pub const COMMENT_CHARS_MAX: usize = 1000;
/// What a letter can be: a scan or a text document.
pub const CONTENTS: [Content; 4] = [Content::Pdf, Content::Docx, Content::Png, Content::Jpeg];

/// A letter in which a government says who represents it at a session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Credentials {
    /// Id.
    pub id: CredentialsId,
    /// The session.
    pub session: SessionId,
    /// The delegation.
    pub delegation: DelegationId,
    /// Where it stands.
    pub state: State,
    /// Whom it names as head of delegation.
    pub head: AccountId,
    /// First day for which it holds.
    pub valid_from_on: NaiveDate,
    /// Last day for which it holds, if it says so.
    pub valid_until_on: Option<NaiveDate>,
    /// Name of the file, safe to show and to save under; empty once the file was erased.
    pub file_name: String,
    /// What the file is.
    pub content: Content,
    /// Size of the file.
    pub size_bytes: i64,
    /// Why it went back.
    pub comment: String,
    /// Who handed it in.
    pub handed_in_by: AccountId,
    /// When.
    pub handed_in_at: NaiveDateTime,
    /// When it was examined last.
    pub examined_at: Option<NaiveDateTime>,
}

impl Credentials {
    /// Returns the code of where the credentials of a delegation stand: the state of its newest letter, `short` when that is
    /// in order but does not hold on every day of the session, or `missing`.
    pub fn standing(newest: Option<&Self>, session: &Session) -> &'static str {
        let is_short = |one: &Self| one.state == State::Accepted && !one.covers(session);
        newest.map_or("missing", |one| if is_short(one) { "short" } else { one.state.code() })
    }

    /// Returns whether the letter holds on every day of a session.
    pub fn covers(&self, session: &Session) -> bool {
        self.valid_from_on <= session.starts_on && self.valid_until_on.is_none_or(|last| last >= session.ends_on)
    }
}

/// A letter as it is handed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewLetter {
    /// Whom it names as head of delegation.
    pub head: AccountId,
    /// First day for which it holds.
    pub valid_from_on: NaiveDate,
    /// Last day for which it holds, if it says so.
    pub valid_until_on: Option<NaiveDate>,
    /// Name of the file, as the browser gave it.
    pub file_name: String,
    /// The file.
    pub bytes: Vec<u8>,
}

impl NewLetter {
    /// Returns what is wrong: a letter that ends before it begins, or a file that is too large.
    pub fn check(&self) -> FieldErrors {
        let mut errors = FieldErrors::none();
        if self.valid_until_on.is_some_and(|last| last < self.valid_from_on) {
            errors.add("valid_until_on", Message::new("credentials-ends-early"));
        }
        if self.bytes.len() > LETTER_BYTES_MAX {
            let kilobytes = i64::try_from(LETTER_BYTES_MAX / 1024).unwrap_or(i64::MAX);
            errors.add("file", Message::new("credentials-too-large").number("kilobytes", kilobytes));
        }
        errors
    }
}

coded_enum! {
    /// The part of a day in which a meeting is held, in the order of the day.
    pub enum Part {
        /// Before noon.
        Morning = "morning",
        /// After noon.
        Afternoon = "afternoon",
        /// In the evening.
        Evening = "evening",
    }
}

/// When a meeting is held: its day and the part of it, by which it is known within its session.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct When {
    /// The day, in the legal time zone of the session.
    pub held_on: NaiveDate,
    /// The part of the day.
    pub part: Part,
}

impl std::fmt::Display for When {
    /// Writes it as its address has it: `2020-11-10/morning`.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}/{}", self.held_on, self.part)
    }
}

/// A meeting of a session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Meeting {
    /// When it is held.
    pub when: When,
    /// The delegations present.
    pub present: BTreeSet<DelegationId>,
}

impl Meeting {
    /// Writes who was present as text, by which a form knows what it showed.
    pub fn print(&self) -> String {
        self.present.iter().map(DelegationId::as_str).collect::<Vec<_>>().join(" ")
    }

    /// Returns whether enough of those that have a ballot were present (`tally::turnout`).
    pub fn quorum(&self, quorum: Quorum, delegations: &[Delegation]) -> QuorumCheck {
        let kind =
            |one: &Delegation| if self.present.contains(&one.id) { RollKind::NotVoting } else { RollKind::Absent };
        let entries = delegations
            .iter()
            .filter(|one| one.votes)
            .map(|one| RollEntry { delegation: one.code.clone(), kind: kind(one) })
            .collect();
        Roll { entries, ..Roll::default() }.check_quorum(quorum)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::delegations::DelegationKind;
    use crate::kernel::lang::Bilingual;

    fn day(day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2020, 11, day).unwrap()
    }

    #[test]
    fn a_letter_holds_from_its_first_day_to_its_last() {
        let letter = |until| NewLetter {
            head: AccountId::from("a"),
            valid_from_on: day(10),
            valid_until_on: until,
            file_name: "letter.pdf".to_owned(),
            bytes: vec![0; LETTER_BYTES_MAX],
        };
        assert!(letter(None).check().is_empty() && letter(Some(day(10))).check().is_empty());
        assert!(!letter(Some(day(9))).check().of("valid_until_on").is_empty());
        let large = NewLetter { bytes: vec![0; LETTER_BYTES_MAX + 1], ..letter(None) };
        assert!(!large.check().of("file").is_empty());
    }

    #[test]
    fn a_quorum_is_of_those_that_have_a_ballot() {
        let delegation = |code: &str, votes| Delegation {
            id: DelegationId::from(code),
            code: code.to_owned(),
            kind: DelegationKind::Country,
            name: Bilingual::default(),
            formal_name: Bilingual::default(),
            votes,
        };
        let all =
            [delegation("KAZ", true), delegation("UZB", true), delegation("TJK", true), delegation("UNECE", false)];
        let present = |codes: &[&str]| Meeting {
            when: When { held_on: day(10), part: Part::Morning },
            present: codes.iter().map(|code| DelegationId::from(*code)).collect(),
        };
        let check = present(&["KAZ", "UNECE"]).quorum(Quorum::MajorityOfElectorate, &all);
        assert_eq!((check.electorate, check.present, check.needed), (3, 1, 2));
        assert!(!check.is_met() && present(&["KAZ", "UZB"]).quorum(Quorum::MajorityOfElectorate, &all).is_met());
        assert_eq!(present(&["KAZ"]).when.to_string(), "2020-11-10/morning");
    }
}
