//! The acts of the room, one function each: `setting` prepares, `climbing` leads from rung to rung, `voices` is what
//! delegations do, `voting` calls the roll, `separate` votes parts before the whole, `acts` finds the function of an act,
//! `viewing` loads what pages show, `letters` tells.
//!
//! Every act begins with `open`, which first writes down a silence procedure whose time is over: whoever comes first
//! does so, and compare-and-set lets nobody do it twice.

pub mod acts;
pub mod climbing;
mod letters;
pub mod separate;
pub mod setting;
pub mod viewing;
pub mod voices;
pub mod voting;

use chrono::NaiveDateTime;
use serde_json::{Value, json};

use super::model::{Act, Decision, Rung, Subject, Text, Vote};
use super::store;
use super::workflow::{Event, State, next};
use crate::audit;
use crate::db::{AnyConnection, StoreError, Tx};
use crate::delegations;
use crate::kernel::ids::{AccountId, DecisionId, DelegationId};
use crate::policy::{Action, Actor, Denial, Target, decide};
use crate::programmes::VoteAnswer;
use crate::programmes::operations::tabling;
use crate::refusals::OperationError;
use crate::sessions::{self, Session};

/// Which decision is meant, as its address says it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// Number of the session.
    pub session: i32,
    /// Number of the decision within it.
    pub number: i32,
}

/// Who acts, and when.
#[derive(Debug, Clone)]
pub struct By {
    /// The actor.
    pub actor: Actor,
    /// The time now.
    pub now: NaiveDateTime,
}

impl By {
    fn account(&self) -> Result<AccountId, OperationError> {
        self.actor.account.clone().ok_or(OperationError::Denied(Denial::NotSignedIn))
    }
}

/// Returns what the policy asks about a decision.
pub fn target(decision: &Decision) -> Target {
    Target { session: Some(decision.session.clone()), decision: Some(decision.state), ..Target::none() }
}

/// Returns what the policy asks about what a delegation does about a decision.
pub fn own_target(decision: &Decision, delegation: &DelegationId) -> Target {
    Target { delegation: Some(delegation.clone()), ..target(decision) }
}

/// Returns the delegation for which an actor may do something about a decision.
pub fn own(actor: &Actor, action: Action, decision: &Decision) -> Result<DelegationId, Denial> {
    let mut nearest = decide(actor, action, &target(decision)).err().unwrap_or(Denial::OutOfScope);
    for delegation in actor.delegations() {
        match decide(actor, action, &own_target(decision, delegation)) {
            Ok(()) => return Ok(delegation.clone()),
            Err(denial) => nearest = denial,
        }
    }
    Err(nearest)
}

/// Reads a decision as it stands now.
fn read(conn: &mut AnyConnection, place: Place, now: NaiveDateTime) -> Result<(Session, Decision), OperationError> {
    let session = sessions::store::by_number(conn, place.session)?;
    let decision = store::by_number(conn, &session.id, place.number)?.at(now);
    Ok((session, decision))
}

/// Reads a decision for an act. A silence procedure whose time is over is written down first.
fn open(tx: &mut Tx<'_>, by: &By, place: Place) -> Result<(Session, Decision), OperationError> {
    let session = sessions::store::by_number(tx, place.session)?;
    let held = store::by_number(tx, &session.id, place.number)?;
    let decision = if held.is_overdue(by.now) { conclude_silence(tx, &session, held)? } else { held };
    Ok((session, decision))
}

/// Opens a decision for an act of a delegation that has a voice, and returns which one.
fn open_for(
    tx: &mut Tx<'_>,
    by: &By,
    place: Place,
    action: Action,
) -> Result<(Session, Decision, DelegationId), OperationError> {
    let (session, decision) = open(tx, by, place)?;
    let delegation = own(&by.actor, action, &decision)?;
    if !delegations::store::by_id(tx, &delegation)?.votes {
        return Err(OperationError::refused("decision-no-voice"));
    }
    Ok((session, decision, delegation))
}

/// Opens a decision for an act of the secretariat over the edition that it has seen.
fn open_to_lead(tx: &mut Tx<'_>, by: &By, place: Place, edition: i32) -> Result<(Session, Decision), OperationError> {
    let (session, decision) = open(tx, by, place)?;
    decide(&by.actor, Action::ManageDecision, &target(&decision))?;
    if decision.edition == edition { Ok((session, decision)) } else { Err(OperationError::Stale) }
}

/// Returns the text that is before the group.
fn text_of(conn: &mut AnyConnection, decision: &Decision) -> Result<Text, StoreError> {
    let texts = store::texts_of(conn, &decision.id)?;
    texts.into_iter().find(|text| text.revision == decision.revision).ok_or(StoreError::NotFound)
}

/// What an act changes beside the state.
#[derive(Debug, Clone, Default)]
struct Told {
    delegation: Option<DelegationId>,
    note: String,
    until: Option<NaiveDateTime>,
    detail: Option<Value>,
}

/// Moves a decision, and writes down the act and its line in the trail. `changed` carries what else has changed.
fn advance(
    tx: &mut Tx<'_>,
    by: &By,
    session: &Session,
    (before, changed): (&Decision, Decision),
    event: Event,
    told: &Told,
) -> Result<Decision, OperationError> {
    let state = next(before.state, event)?;
    let after = Decision { state, edition: before.edition + 1, updated_at: by.now, ..changed };
    store::save(tx, &after, before.state)?;
    let act = Act {
        event,
        revision: after.revision,
        account: by.actor.account.clone(),
        delegation: told.delegation.clone(),
        note: told.note.clone(),
        until: told.until,
        at: by.now,
    };
    store::insert_act(tx, &after.id, &act)?;
    let detail = told.detail.clone().unwrap_or_else(|| json!({}));
    record(tx, by, session, &after, event.code(), &detail)?;
    carry_programme(tx, by, before.state, &after)?;
    Ok(after)
}

/// Lets the draft of a programme follow the decision that is about it: it comes before the group with the decision, is adopted
/// with it, or goes back to its builders.
fn carry_programme(tx: &mut Tx<'_>, by: &By, from: State, after: &Decision) -> Result<(), OperationError> {
    let Subject::Programme(id) = &after.subject else { return Ok(()) };
    match (from, after.state, after.decided) {
        (State::Draft, State::Sensing | State::Discussing, _) => tabling::table(tx, &by.actor, id, by.now),
        (State::Draft, _, _) => Ok(()),
        (_, State::Withdrawn | State::NotAdopted, _) => tabling::hand_back(tx, &by.actor, id, by.now),
        (_, State::Decided, Some((rung, at))) => {
            let answer = |vote: Vote| (vote.delegation, vote.answer.unwrap_or(VoteAnswer::Absent));
            let votes = store::votes_of(tx, &after.id)?.into_iter().map(answer).collect();
            tabling::adopt(tx, &by.actor, id, (rung.adopts_by(), votes), at)
        }
        _ => Ok(()),
    }
}

fn record(
    tx: &mut Tx<'_>,
    by: &By,
    session: &Session,
    decision: &Decision,
    act: &str,
    detail: &Value,
) -> Result<(), StoreError> {
    let act = format!("decision.{act}");
    audit::record(tx, by.now, by.actor.account.as_ref(), &act, &decision.name(session), detail)
}

/// Writes down that nobody has objected in time. The moment of the decision is the end of the silence procedure, however
/// late this is.
fn conclude_silence(tx: &mut Tx<'_>, session: &Session, held: Decision) -> Result<Decision, OperationError> {
    let until = held.silence.map(|silence| silence.until).ok_or(OperationError::Stale)?;
    let by = By { actor: Actor::visitor(), now: until };
    let changed = Decision { decided: Some((Rung::Silence, until)), ..held.clone() };
    let decided = advance(tx, &by, session, (&held, changed), Event::Expire, &Told::default())?;
    letters::concluded(tx, &by, session, &decided)?;
    Ok(decided)
}

/// Writes down the end of a silence procedure if that is still to be done; whoever comes later does nothing.
pub fn settle(tx: &mut Tx<'_>, id: &DecisionId, now: NaiveDateTime) -> Result<bool, OperationError> {
    let held = store::by_id(tx, id)?;
    if !held.is_overdue(now) {
        return Ok(false);
    }
    let session = sessions::store::by_id(tx, &held.session)?;
    conclude_silence(tx, &session, held)?;
    Ok(true)
}

/// Whether a decision stands where its text may still be written freely.
const fn is_draft(decision: &Decision) -> bool {
    matches!(decision.state, State::Draft)
}
