//! Preparing a ballot and changing it while it is prepared.

use std::collections::BTreeSet;

use chrono::NaiveDateTime;
use serde_json::json;

use super::{By, Place, expect_edition, load, target};
use crate::ballots::model::{Ballot, OPTIONS_MIN, Rules};
use crate::ballots::{State, store};
use crate::db::{AnyConnection, Tx};
use crate::delegations;
use crate::kernel::fields::{FieldErrors, Message, Value};
use crate::kernel::ids::{BallotId, DelegationId, SubmissionId};
use crate::kernel::lang::Bilingual;
use crate::kernel::reference::Kind;
use crate::policy::{Action, Target};
use crate::refusals::OperationError;
use crate::sessions::{self, Session};
use crate::submissions::{self, Submission};

/// What the secretariat sets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// What is voted on.
    pub title: Bilingual<String>,
    /// The rules.
    pub rules: Rules,
    /// Until when papers are taken.
    pub closes_at: NaiveDateTime,
    /// Code of the delegation that asked for the vote.
    pub asked_by: Option<String>,
    /// References of the actions voted on.
    pub options: Vec<String>,
}

/// Prepares a ballot and returns its number. In a demonstration session it is marked as made up.
pub fn prepare(tx: &mut Tx<'_>, by: &By, session: i32, draft: &Draft) -> Result<i32, OperationError> {
    let session = sessions::store::by_number(tx, session)?;
    let to_be = Target { ballot: Some(State::Prepared), ..Target::of_session(session.id.clone()) };
    by.decide(Action::PrepareBallot, &to_be)?;
    let (options, asked_by) = check(tx, &session, draft, by.now)?;
    let ballot = Ballot {
        id: BallotId::new(),
        session: session.id.clone(),
        number: store::next_number(tx, &session.id)?,
        title: draft.title.clone(),
        state: State::Prepared,
        rules: draft.rules.clone(),
        seed: String::new(),
        asked_by,
        is_made_up: session.is_demonstration,
        closes_at: draft.closes_at,
        opened_at: None,
        closed_at: None,
        certified_at: None,
        edition: 1,
    };
    store::insert(tx, &ballot, &options, by.now)?;
    by.record(tx, "ballot.prepared", &ballot.name(&session), &detail(draft))?;
    Ok(ballot.number)
}

/// Changes a prepared ballot that still stands at the edition it was read at.
pub fn edit(tx: &mut Tx<'_>, by: &By, place: Place, edition: i32, draft: &Draft) -> Result<(), OperationError> {
    let (session, before) = load(tx, place)?;
    by.decide(Action::PrepareBallot, &target(&before))?;
    expect_edition(&before, edition)?;
    let (options, asked_by) = check(tx, &session, draft, by.now)?;
    let ballot = Ballot {
        title: draft.title.clone(),
        rules: draft.rules.clone(),
        asked_by,
        closes_at: draft.closes_at,
        ..before
    };
    store::update(tx, &ballot, &options)?;
    by.record(tx, "ballot.edited", &ballot.name(&session), &detail(draft))
}

/// What the trail says of a prepared ballot.
fn detail(draft: &Draft) -> serde_json::Value {
    json!({
        "method": draft.rules.method,
        "tie_rule": draft.rules.tie_rule,
        "base": draft.rules.base,
        "quorum": draft.rules.quorum,
        "levels": draft.rules.levels,
        "fewest_papers": draft.rules.fewest_papers,
        "closes_at": draft.closes_at,
        "asked_by": draft.asked_by,
        "options": draft.options,
    })
}

/// Checks what only the database knows, all at once: the options, the delegation that asked, the closing time.
fn check(
    conn: &mut AnyConnection,
    session: &Session,
    draft: &Draft,
    now: NaiveDateTime,
) -> Result<(Vec<SubmissionId>, Option<DelegationId>), OperationError> {
    let mut errors = FieldErrors::none();
    let wanted: BTreeSet<&String> = draft.options.iter().collect();
    let accepted = accepted_actions(conn, session)?;
    let options: Vec<SubmissionId> =
        accepted.iter().filter(|action| wanted.contains(&action.reference)).map(|action| action.id.clone()).collect();
    if options.len() < wanted.len() {
        errors.add("options", Message::new("ballot-option-gone"));
    } else if options.len() < OPTIONS_MIN {
        errors.add("options", Message::new("ballot-options"));
    }
    let voting = delegations::store::all(conn)?.into_iter().filter(|delegation| delegation.votes);
    let asked_by = voting
        .into_iter()
        .find(|delegation| draft.asked_by.as_ref() == Some(&delegation.code))
        .map(|delegation| delegation.id);
    if asked_by.is_none() && draft.asked_by.is_some() {
        errors.add("asked_by", Message::new("ballot-asked-by"));
    }
    if draft.closes_at <= now {
        let at = Value::Moment(now, session.time_zone);
        errors.add("closes", Message::new("ballot-closes-past").with("now", at));
    }
    errors.into_result()?;
    Ok((options, asked_by))
}

/// Returns the accepted actions of a session: what a ballot can be about.
pub fn accepted_actions(conn: &mut AnyConnection, session: &Session) -> Result<Vec<Submission>, OperationError> {
    let states = [submissions::State::Accepted];
    Ok(submissions::store::of_session(conn, &session.id, Some(Kind::Action), &states)?)
}
