//! The nouns of the room: a decision, its texts, grades of support, objections, amendments, the roll, explanations.

pub mod equality;
pub mod separate;
pub mod silence;

use chrono::NaiveDateTime;

use super::workflow::{Event, State};
use crate::coded_enum;
use crate::kernel::ids::{
    AccountId, AmendmentId, DecisionId, DelegationId, ObjectionId, ProgrammeId, SessionId, SubmissionId,
};
use crate::kernel::lang::Bilingual;
use crate::programmes::model::{AdoptedBy, VoteAnswer, roll};
use crate::sessions::Session;
use crate::tally::turnout::{Base, Quorum, QuorumCheck};

use silence::Silence;

/// Longest title in characters, English and Russian.
pub const TITLE_CHARS_MAX: (usize, usize) = (200, 250);
/// Longest text in characters, English and Russian.
pub const TEXT_CHARS_MAX: (usize, usize) = (6000, 7500);
pub use crate::ballots::model::POSITION_CHARS_MAX;
/// Longest note, reason or passage in characters.
pub const NOTE_CHARS_MAX: usize = 1250;

coded_enum! {
    /// On which rung of the ladder the group decided.
    pub enum Rung {
        /// Nobody objected in the room.
        Consensus = "consensus",
        /// Nobody objected in a silence procedure.
        Silence = "silence",
        /// Roll was called.
        RecordedVote = "recorded-vote",
    }
}

coded_enum! {
    /// How far a delegation supports a text.
    pub enum Grade {
        /// As it stands.
        FullSupport = "full-support",
        /// With reservations.
        Reservations = "reservations",
        /// It can live with it.
        CanLiveWith = "can-live-with",
        /// More discussion is needed.
        MoreDiscussion = "more-discussion",
        /// It cannot support it.
        CannotSupport = "cannot-support",
    }
}

coded_enum! {
    /// Where an objection stands.
    pub enum ObjectionState {
        /// It stands in the way of consensus.
        Open = "open",
        /// The delegation says that the text as amended resolves it.
        Resolved = "resolved",
        /// The delegation does not maintain it.
        Withdrawn = "withdrawn",
    }
}

coded_enum! {
    /// Where an amendment stands.
    pub enum AmendmentState {
        /// It waits for the secretariat.
        Proposed = "proposed",
        /// It has become the text.
        TakenIn = "taken-in",
        /// It has not.
        NotTakenIn = "not-taken-in",
    }
}

impl Rung {
    /// Returns how a programme is adopted that was decided on this rung.
    pub const fn adopts_by(self) -> AdoptedBy {
        match self {
            Self::Consensus => AdoptedBy::Consensus,
            Self::Silence => AdoptedBy::Silence,
            Self::RecordedVote => AdoptedBy::RecordedVote,
        }
    }
}

/// What a decision is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Subject {
    /// A work programme in one revision: its draft is adopted with the decision.
    Programme(ProgrammeId),
    /// An action.
    Action(SubmissionId),
    /// Its own text alone.
    Text,
}

/// A decision of a session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// Its id.
    pub id: DecisionId,
    /// The session that decides.
    pub session: SessionId,
    /// Its number within the session, from 1.
    pub number: i32,
    /// What it is called.
    pub title: Bilingual<String>,
    /// What it is about.
    pub subject: Subject,
    /// Where it stands.
    pub state: State,
    /// The revision of the text that is before the group.
    pub revision: i32,
    /// The silence procedure that runs, or was the last to run.
    pub silence: Option<Silence>,
    /// The delegation that asked for the vote.
    pub asked_by: Option<DelegationId>,
    /// The seed of the order of the roll call; empty before a vote was asked for.
    pub seed: String,
    /// Of whom a majority is reckoned and how many must be present, frozen when a vote was asked for.
    pub rules: Option<(Base, Quorum)>,
    /// On which rung it was decided, and when.
    pub decided: Option<(Rung, NaiveDateTime)>,
    /// Whether it is made up for a demonstration.
    pub is_made_up: bool,
    /// Counts saved changes, so that a stale form is noticed.
    pub edition: i32,
    /// When it was prepared.
    pub created_at: NaiveDateTime,
    /// When it last changed.
    pub updated_at: NaiveDateTime,
}

impl Decision {
    /// Returns its name in the audit trail: `15/decisions/2`.
    pub fn name(&self, session: &Session) -> String {
        format!("{}/decisions/{}", session.number, self.number)
    }

    /// Returns whether a silence procedure has ended that nobody has written down yet.
    pub fn is_overdue(&self, now: NaiveDateTime) -> bool {
        self.state == State::Silence && self.silence.is_some_and(|silence| silence.is_over(now))
    }

    /// Returns the decision as it stands at a moment: a silence procedure whose time is over has decided it, at that time.
    #[must_use]
    pub fn at(self, now: NaiveDateTime) -> Self {
        match self.silence {
            Some(silence) if self.is_overdue(now) => {
                Self { state: State::Decided, decided: Some((Rung::Silence, silence.until)), ..self }
            }
            _ => self,
        }
    }
}

/// A text that was before the group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text {
    /// Its number, from 1.
    pub revision: i32,
    /// What it says.
    pub text: Bilingual<String>,
    /// Whether somebody has checked that both languages say the same.
    pub is_checked: bool,
    /// Who entered it.
    pub entered_by: AccountId,
    /// When it was entered.
    pub entered_at: NaiveDateTime,
}

/// Something that happened to a decision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Act {
    /// What.
    pub event: Event,
    /// Over which revision of the text.
    pub revision: i32,
    /// Who acted; nobody when it came about by itself.
    pub account: Option<AccountId>,
    /// For which delegation.
    pub delegation: Option<DelegationId>,
    /// The reason given.
    pub note: String,
    /// Until when, for a silence procedure.
    pub until: Option<NaiveDateTime>,
    /// When.
    pub at: NaiveDateTime,
}

/// How far a delegation supports a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Support {
    /// The delegation.
    pub delegation: DelegationId,
    /// How far.
    pub grade: Grade,
    /// What it adds.
    pub note: String,
}

/// An objection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Objection {
    /// Its id.
    pub id: ObjectionId,
    /// Who objects.
    pub delegation: DelegationId,
    /// To which revision of the text.
    pub revision: i32,
    /// To which passage; empty for the whole.
    pub passage: String,
    /// Why.
    pub reason: String,
    /// Whether it broke a silence procedure.
    pub broke_silence: bool,
    /// Where it stands.
    pub state: ObjectionState,
    /// When it was raised.
    pub raised_at: NaiveDateTime,
    /// When it was settled.
    pub settled_at: Option<NaiveDateTime>,
}

/// A text proposed in answer to an objection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Amendment {
    /// Its id.
    pub id: AmendmentId,
    /// The objection that it answers.
    pub objection: ObjectionId,
    /// Who proposes it; nothing is the secretariat.
    pub delegation: Option<DelegationId>,
    /// Over which revision of the text.
    pub revision: i32,
    /// The whole text as amended.
    pub text: Bilingual<String>,
    /// Where it stands.
    pub state: AmendmentState,
    /// When it was proposed.
    pub proposed_at: NaiveDateTime,
}

/// A place in the roll.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Vote {
    /// The delegation.
    pub delegation: DelegationId,
    /// Whether it passed when it was called for the first time.
    pub has_passed: bool,
    /// What it answered.
    pub answer: Option<VoteAnswer>,
}

/// An explanation of position.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Position {
    /// Whose.
    pub delegation: DelegationId,
    /// In one language or both.
    pub text: Bilingual<String>,
    /// When it was given.
    pub given_at: NaiveDateTime,
}

/// Returns who is called next: in order those not yet called, then for a second time those who passed.
pub fn next_called(votes: &[Vote]) -> Option<&Vote> {
    let waiting = |passed| votes.iter().find(move |vote| vote.answer.is_none() && vote.has_passed == passed);
    waiting(false).or_else(|| waiting(true))
}

/// What a roll came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct VoteResult {
    /// In favour.
    pub yes: usize,
    /// Against.
    pub no: usize,
    /// Abstaining; not votes.
    pub abstain: usize,
    /// How many in favour carry it.
    pub needed: usize,
    /// Whether enough were present.
    pub quorum: QuorumCheck,
}

impl VoteResult {
    /// Returns what a roll came to by the rules of a session; who gave no answer is absent.
    pub fn of(votes: &[Vote], base: Base, quorum: Quorum) -> Self {
        let answers =
            votes.iter().map(|vote| (vote.delegation.clone(), vote.answer.unwrap_or(VoteAnswer::Absent))).collect();
        let number = |answer| crate::programmes::model::number_of(&answers, answer);
        let roll = roll(&answers);
        Self {
            yes: number(VoteAnswer::Yes),
            no: number(VoteAnswer::No),
            abstain: number(VoteAnswer::Abstain),
            needed: roll.majority(base),
            quorum: roll.check_quorum(quorum),
        }
    }

    /// Returns whether the vote carries the decision.
    pub const fn is_carried(&self) -> bool {
        self.quorum.is_met() && self.yes >= self.needed
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn vote(code: &str, has_passed: bool, answer: Option<VoteAnswer>) -> Vote {
        Vote { delegation: DelegationId::from(code), has_passed, answer }
    }

    #[test]
    fn who_passed_is_called_again_when_everybody_was_called_once() {
        let mut votes = [vote("A", true, None), vote("B", false, Some(VoteAnswer::Yes)), vote("C", false, None)];
        let called = |votes: &[Vote]| next_called(votes).map(|vote| vote.delegation.to_string());
        assert_eq!(called(&votes).as_deref(), Some("C"));
        votes[2].answer = Some(VoteAnswer::No);
        assert_eq!(called(&votes).as_deref(), Some("A"));
        votes[0].answer = Some(VoteAnswer::NotVoting);
        assert_eq!(called(&votes), None);
    }

    #[test]
    fn abstentions_are_no_votes_and_without_a_quorum_nothing_is_carried() {
        use VoteAnswer::{Absent, Abstain, No, NotVoting, Yes};
        let result = |answers: &[VoteAnswer]| {
            let votes: Vec<Vote> = answers.iter().map(|answer| vote("A", false, Some(*answer))).collect();
            VoteResult::of(&votes, Base::PresentAndVoting, Quorum::MajorityOfElectorate)
        };
        let carried = result(&[Yes, Yes, No, Abstain, Abstain, NotVoting, Absent]);
        assert_eq!((carried.yes, carried.no, carried.abstain, carried.needed), (2, 1, 2, 2));
        assert!(carried.is_carried());
        assert!(!result(&[Yes, No, Abstain, Abstain, Absent, Absent, Absent]).is_carried(), "a tie does not carry");
        assert!(!result(&[Yes, Yes, Yes, Absent, Absent, Absent, Absent]).is_carried(), "no quorum");
    }
}
