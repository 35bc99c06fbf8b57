//! What can wait for somebody: contributions, ballots, reviews, screening, programmes, accounts.

use std::collections::BTreeSet;

use chrono::NaiveDateTime;

use crate::kernel::ids::{DelegationId, SessionId, SubmissionId};
use crate::kernel::lang::{Bilingual, Lang};
use crate::kernel::reference::Kind;
use crate::sessions::Calendar;
use crate::submissions::clearance;
use crate::{ballots, decisions, submissions};

/// A contribution in the hands of a delegation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PendingSubmission {
    /// Its id.
    pub id: SubmissionId,
    /// Its session.
    pub session: SessionId,
    /// Its delegation.
    pub delegation: DelegationId,
    /// Its reference.
    pub reference: String,
    /// Its title in each language; empty where not given.
    pub title: Bilingual<String>,
    /// Where it stands.
    pub state: submissions::State,
    /// Whether the secretariat returned it: then there is time until screening closes.
    pub was_returned: bool,
    /// The step inside the delegation that it waits for; nothing when it waits for the head, or for nobody.
    pub step: Option<clearance::Step>,
}

impl PendingSubmission {
    /// Returns the title in a language, the other language's where that is missing, or the reference.
    pub fn title_or_reference(&self, lang: Lang) -> &str {
        let sides = [self.title.get(lang), self.title.get(lang.other())];
        sides.into_iter().find(|title| !title.is_empty()).unwrap_or(&self.reference)
    }
}

/// A submission about which a delegation is asked something: to agree to it, to answer a question, to confirm changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PendingAgreement {
    /// Its session.
    pub session: SessionId,
    /// The delegation that is asked.
    pub delegation: DelegationId,
    /// Its reference.
    pub reference: String,
    /// Its title in each language; empty where not given.
    pub title: Bilingual<String>,
    /// Where it stands.
    pub state: submissions::State,
}

impl PendingAgreement {
    /// Returns the title in a language, the other language's where that is missing, or the reference.
    pub fn title_or_reference(&self, lang: Lang) -> &str {
        let sides = [self.title.get(lang), self.title.get(lang.other())];
        sides.into_iter().find(|title| !title.is_empty()).unwrap_or(&self.reference)
    }
}

/// A decision in which a delegation can still act.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenDecision {
    /// Its session.
    pub session: SessionId,
    /// Its number in the session.
    pub number: i32,
    /// Its title.
    pub title: Bilingual<String>,
    /// Where it stands: a sense check, or a silence procedure.
    pub state: decisions::State,
    /// When the silence procedure ends.
    pub until: Option<NaiveDateTime>,
    /// The delegations that have said how far they support it.
    pub graded: BTreeSet<DelegationId>,
}

/// An action whose progress asks something of a delegation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PendingReport {
    /// Its session.
    pub session: SessionId,
    /// Its reference.
    pub reference: String,
    /// The title under which the group adopted it.
    pub title: Bilingual<String>,
    /// Whether it has waited for long.
    pub is_late: bool,
}

impl PendingReport {
    /// Returns the title in a language, the other language's where that is missing, or the reference.
    pub fn title_or_reference(&self, lang: Lang) -> &str {
        let sides = [self.title.get(lang), self.title.get(lang.other())];
        sides.into_iter().find(|title| !title.is_empty()).unwrap_or(&self.reference)
    }
}

/// How far the paper of a delegation is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PaperState {
    /// Nobody has prepared one.
    Missing,
    /// Prepared, and not confirmed.
    Prepared,
    /// Confirmed.
    Confirmed,
    /// Entered by the secretariat, and neither confirmed nor contested.
    Entered,
}

/// A ballot in which a delegation votes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenBallot {
    /// Its session.
    pub session: SessionId,
    /// The delegation.
    pub delegation: DelegationId,
    /// Its number in the session.
    pub number: i32,
    /// Its title.
    pub title: Bilingual<String>,
    /// When it closes.
    pub closes_at: NaiveDateTime,
    /// How far the paper of the delegation is.
    pub paper: PaperState,
}

/// A ballot that waits for the secretariat.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BallotToRun {
    /// Its session.
    pub session: SessionId,
    /// Its number in the session.
    pub number: i32,
    /// Its title.
    pub title: Bilingual<String>,
    /// Where it stands: open beyond its time, or closed.
    pub state: ballots::State,
}

/// A number of things of a session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Count<T> {
    /// The session.
    pub session: SessionId,
    /// What is counted.
    pub what: T,
    /// How many there are.
    pub number: i64,
}

/// Everything that may wait for one reader, and no more than they may know.
#[derive(Debug, Clone, Default)]
pub struct Desk {
    /// Every session with its windows, newest first.
    pub calendars: Vec<Calendar>,
    /// Contributions of the reader's delegations that the reader can move.
    pub submissions: Vec<PendingSubmission>,
    /// Actions that name the reader's country and wait for its consent.
    pub consents: Vec<PendingAgreement>,
    /// Actions that invite the reader's delegation, or ask it again.
    pub invitations_to_join: Vec<PendingAgreement>,
    /// Submissions of the reader's delegations with questions that wait for their answer.
    pub questions: Vec<PendingAgreement>,
    /// Decisions in which the reader can speak for a delegation, the first to end first.
    pub decisions: Vec<OpenDecision>,
    /// Actions of the reader's delegations on which a report is due or being written.
    pub reports_due: Vec<PendingReport>,
    /// Reports that name the reader's country and wait for what it says.
    pub reports_to_confirm: Vec<PendingReport>,
    /// Submissions of the reader's delegations to which changes are proposed that wait for an answer.
    pub edits: Vec<PendingAgreement>,
    /// Sessions for which the reader's delegation can still hand in.
    pub can_hand_in: Vec<SessionId>,
    /// Ballots that ask something of the reader.
    pub ballots: Vec<OpenBallot>,
    /// Actions that the reader has not reviewed yet.
    pub reviews: Vec<Count<()>>,
    /// Contributions that wait for the secretariat.
    pub screening: Vec<Count<submissions::State>>,
    /// Ballots that wait for the secretariat.
    pub to_run: Vec<BallotToRun>,
    /// Sessions whose programme is in draft.
    pub programmes: Vec<SessionId>,
    /// What has been accepted, for the chair.
    pub accepted: Vec<Count<Kind>>,
    /// Whether the reader presides.
    pub presides: bool,
    /// Open invitations, for administrators.
    pub invitations: Option<i64>,
}

impl Desk {
    /// Returns the session of an id.
    pub fn calendar(&self, id: &SessionId) -> Option<&Calendar> {
        self.calendars.iter().find(|calendar| calendar.session.id == *id)
    }

    /// Returns the sessions that are under way or to come.
    pub fn current(&self, now: NaiveDateTime) -> impl Iterator<Item = &Calendar> {
        self.calendars.iter().filter(move |calendar| calendar.is_current(now))
    }
}
