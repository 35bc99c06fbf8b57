//! The nouns of the room: a programme in one revision, its items, how it was adopted.

pub mod capacity;
pub mod proposal;
pub mod scenarios;

use chrono::{NaiveDate, NaiveDateTime};

use super::workflow::State;
use crate::coded_enum;
use crate::kernel::ids::{BallotId, DelegationId, ItemId, ProgrammeId, SessionId, SubmissionId};
use crate::kernel::lang::Bilingual;
use crate::tally::turnout::{Roll, RollEntry, RollKind};

coded_enum! {
    /// How a programme was adopted.
    pub enum AdoptedBy {
        /// Nobody objected in the room.
        Consensus = "consensus",
        /// Nobody objected in a silence procedure.
        Silence = "silence",
        /// Roll was called.
        RecordedVote = "recorded-vote",
    }
}

coded_enum! {
    /// What a delegation answered when the roll was called.
    pub enum VoteAnswer {
        /// In favour.
        Yes = "yes",
        /// Against.
        No = "no",
        /// Abstains; not a vote.
        Abstain = "abstain",
        /// Present and did not answer.
        NotVoting = "not-voting",
        /// Absent, or its place is vacant.
        Absent = "absent",
    }
}

impl VoteAnswer {
    /// Returns what the roll says of the delegation.
    pub const fn roll_kind(self) -> RollKind {
        match self {
            Self::Yes | Self::No => RollKind::Cast,
            Self::Abstain => RollKind::Abstained,
            Self::NotVoting => RollKind::NotVoting,
            Self::Absent => RollKind::Absent,
        }
    }
}

/// Most places of a programme.
pub const PLACES_MAX: i32 = 200;
/// Longest introduction in characters, English and Russian.
pub const INTRODUCTION_CHARS_MAX: (usize, usize) = (4000, 5000);
/// Longest reason of an item in characters, English and Russian.
pub const REASON_CHARS_MAX: (usize, usize) = (600, 750);
/// Longest record of the adoption in characters, English and Russian.
pub const RECORD_CHARS_MAX: (usize, usize) = (1000, 1250);

/// A work programme, in one revision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Programme {
    /// Its id.
    pub id: ProgrammeId,
    /// The session that adopts it.
    pub session: SessionId,
    /// Its reference: `WP-2020`, revised `WP-2020/Rev.1`.
    pub reference: String,
    /// Number of the revision; the first programme is 0.
    pub revision: i32,
    /// Where it stands.
    pub state: State,
    /// The ballot whose order it follows; none follows the ranking.
    pub ballot: Option<BallotId>,
    /// How many actions it has room for.
    pub places: i32,
    /// What it says before its items.
    pub introduction: Bilingual<String>,
    /// How and on which day it was adopted.
    pub adoption: Option<(AdoptedBy, NaiveDate)>,
    /// The sentence of the report that records the adoption, where somebody wrote one; otherwise it is made of the data.
    pub record: Bilingual<String>,
    /// Counts saved changes, so that a stale form is noticed.
    pub edition: i32,
    /// When it was started.
    pub created_at: NaiveDateTime,
    /// When it last changed.
    pub updated_at: NaiveDateTime,
    /// When its adoption was entered.
    pub adopted_at: Option<NaiveDateTime>,
}

impl Programme {
    /// Returns the draft of the first programme of a session, which meets in a year.
    pub fn draft(
        (session, year): (&SessionId, i32),
        ballot: Option<&BallotId>,
        places: i32,
        now: NaiveDateTime,
    ) -> Self {
        Self {
            id: ProgrammeId::new(),
            session: session.clone(),
            reference: reference(year, 0),
            revision: 0,
            state: State::Draft,
            ballot: ballot.cloned(),
            places,
            introduction: Bilingual::default(),
            adoption: None,
            record: Bilingual::default(),
            edition: 1,
            created_at: now,
            updated_at: now,
            adopted_at: None,
        }
    }
}

/// Returns the reference of a programme.
pub fn reference(year: i32, revision: i32) -> String {
    match revision {
        0 => format!("WP-{year}"),
        revision => format!("WP-{year}/Rev.{revision}"),
    }
}

/// A line of a programme: an action, what was proposed, what was decided, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// Its id.
    pub id: ItemId,
    /// The action.
    pub submission: SubmissionId,
    /// Its place in the programme, from 1; excluded items follow.
    pub position: i32,
    /// Whether the program proposed it.
    pub proposed: bool,
    /// Whether it is in.
    pub included: bool,
    /// Why it is in or out.
    pub reason: Bilingual<String>,
    /// Why the decision differs from the proposal; empty where it does not.
    pub override_reason: String,
}

/// The answers of a roll call, by delegation.
pub type Votes = Vec<(DelegationId, VoteAnswer)>;

/// Returns the roll that answers make.
pub fn roll(votes: &Votes) -> Roll {
    let entry = |(delegation, answer): &(DelegationId, VoteAnswer)| RollEntry {
        delegation: delegation.to_string(),
        kind: answer.roll_kind(),
    };
    Roll { entries: votes.iter().map(entry).collect(), ..Roll::default() }
}

/// Returns how many gave one answer.
pub fn number_of(votes: &Votes, answer: VoteAnswer) -> usize {
    votes.iter().filter(|(_, given)| *given == answer).count()
}

/// Returns the field of a part of an item.
pub fn item_field(item: &ItemId, part: &str) -> String {
    format!("item.{item}.{part}")
}

/// Returns the field of a delegation's answer in the roll call.
pub fn vote_field(code: &str) -> String {
    format!("vote.{code}")
}
