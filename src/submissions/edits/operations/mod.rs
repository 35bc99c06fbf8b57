//! Reading rounds of changes, as far as the reader may; `writing` holds the acts of the secretariat, `answering` those of the
//! delegation, `setting` how many rounds a session allows.

pub mod answering;
pub mod setting;
pub mod writing;

use std::collections::BTreeMap;

use chrono::NaiveDateTime;

use super::model::{self, Edits, Round};
use super::store;
use super::workflow::State;
use crate::accounts::{self, Account};
use crate::db::{AnyConnection, StoreError};
use crate::kernel::fields::Message;
use crate::kernel::ids::AccountId;
use crate::policy::{Action, Actor, may};
use crate::questionnaires::Answers;
use crate::refusals::OperationError;
use crate::sessions::Step;
use crate::submissions::consents;
use crate::submissions::operations::{Dossier, is_own};
use crate::submissions::store as submission_store;

/// A round with its texts.
#[derive(Debug, Clone)]
pub struct Shown {
    /// The round.
    pub round: Round,
    /// The text that it was written against.
    pub base: Answers,
    /// The text that is proposed.
    pub proposed: Answers,
    /// What is said to each change.
    pub edits: Edits,
}

impl Shown {
    /// Returns the clean text: as proposed while it waits, afterwards with what was confirmed.
    pub fn clean(&self) -> Answers {
        match self.round.state {
            State::Draft | State::Proposed => self.proposed.clone(),
            State::Answered | State::TakenBack => {
                model::taking(&self.base, &self.proposed, &model::confirmed(&self.edits))
            }
        }
    }
}

/// The rounds of a submission.
#[derive(Debug, Clone)]
pub struct Rounds {
    /// The submission with its rules.
    pub dossier: Dossier,
    /// Rounds that the reader may see, the newest first.
    pub rounds: Vec<Round>,
    /// The one that waits for the delegation.
    pub waiting: Option<Shown>,
    /// The text of the delegation as it stands, for the delegation; what is written at home is nobody else's.
    pub now: Option<Answers>,
    /// How many more rounds the session allows.
    pub left: i32,
    /// Whether a ballot has opened over it: the text stands as it stood then.
    pub is_voted_on: bool,
    /// Why the secretariat cannot propose anything now, when the window is closed.
    pub closed: Option<Message>,
    /// Accounts named in these.
    pub people: BTreeMap<AccountId, Account>,
}

/// Returns the rounds of a submission to those who may see its history: drafts to the secretariat alone.
pub fn rounds(
    conn: &mut AnyConnection,
    actor: &Actor,
    reference: &str,
    at: NaiveDateTime,
) -> Result<Rounds, OperationError> {
    let dossier = Dossier::load(conn, reference)?;
    dossier.permit(actor, Action::ViewSubmissionHistory)?;
    let id = &dossier.submission.id;
    let own = is_own(actor, &dossier.submission);
    let mut all = store::rounds_of(conn, id)?;
    let left = left(conn, &dossier, &all)?;
    all.retain(|round| round.state != State::Draft || !own);
    let waiting = match all.iter().find(|round| round.state == State::Proposed) {
        Some(round) => Some(shown(conn, round)?),
        None => None,
    };
    let now = if own { Some(submission_store::answers_at(conn, id, dossier.submission.revision)?) } else { None };
    let mut people = BTreeMap::new();
    for account in all.iter().flat_map(|round| [Some(&round.account), round.answered_by.as_ref()]).flatten() {
        if !people.contains_key(account) {
            people.insert(account.clone(), accounts::store::account(conn, account)?);
        }
    }
    all.reverse();
    let closed = dossier.calendar.expect_open(Step::Screening, at).err();
    let is_voted_on = consents::store::is_voted_on(conn, id)?;
    Ok(Rounds { dossier, rounds: all, waiting, now, left, is_voted_on, closed, people })
}

/// Returns one round of a submission with its texts.
pub fn round(
    conn: &mut AnyConnection,
    actor: &Actor,
    (reference, number): (&str, i32),
    at: NaiveDateTime,
) -> Result<(Rounds, Shown), OperationError> {
    let rounds = rounds(conn, actor, reference, at)?;
    let round = rounds.rounds.iter().find(|round| round.number == number).ok_or(OperationError::NotFound)?;
    let shown = shown(conn, round)?;
    Ok((rounds, shown))
}

/// Reads the texts of a round.
fn shown(conn: &mut AnyConnection, round: &Round) -> Result<Shown, StoreError> {
    let base = submission_store::answers_at(conn, &round.submission, round.base)?;
    let proposed = model::proposed(&base, &store::texts_of(conn, &round.id)?);
    Ok(Shown { edits: store::edits_of(conn, &round.id)?, round: round.clone(), base, proposed })
}

/// Returns how many more rounds the session allows for a submission.
fn left(conn: &mut AnyConnection, dossier: &Dossier, rounds: &[Round]) -> Result<i32, StoreError> {
    let max = store::rounds_max(conn, &dossier.submission.session)?;
    let proposed = rounds.iter().filter(|round| round.state != State::Draft).count();
    Ok((max - i32::try_from(proposed).unwrap_or(i32::MAX)).max(0))
}

/// Returns the round that waits for the delegation, as the page of the submission tells of it; whether there were others.
pub fn told(conn: &mut AnyConnection, actor: &Actor, dossier: &Dossier) -> Result<Option<(bool, bool)>, StoreError> {
    if !may(actor, Action::ViewSubmissionHistory, &dossier.target()) {
        return Ok(None);
    }
    let own = is_own(actor, &dossier.submission);
    let mut all = store::rounds_of(conn, &dossier.submission.id)?;
    all.retain(|round| round.state != State::Draft || !own);
    Ok(Some((all.iter().any(|round| round.state == State::Proposed), !all.is_empty())))
}
