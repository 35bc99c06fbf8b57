//! The last rung: a member asks for a recorded vote, the roll is called, the vote carries the decision or does not.

use serde_json::json;

use super::climbing::expect_ready;
use super::separate::expect_voted;
use super::{By, Place, Told, advance, letters, open, open_to_lead, own, record, target};
use crate::db::{AnyConnection, Tx};
use crate::decisions::model::{Decision, Rung, Vote, VoteResult, next_called};
use crate::decisions::store;
use crate::decisions::workflow::{Event, Refusal, State, next};
use crate::delegations::{self, Delegation};
use crate::kernel::fields::{FieldErrors, Message};
use crate::kernel::ids::DelegationId;
use crate::policy::{Action, decide};
use crate::programmes::VoteAnswer;
use crate::programmes::operations::looks::in_roll_call_order;
use crate::refusals::OperationError;

/// Returns the delegations that vote.
pub fn voting(conn: &mut AnyConnection) -> Result<Vec<Delegation>, OperationError> {
    Ok(delegations::store::all(conn)?.into_iter().filter(|delegation| delegation.votes).collect())
}

/// Asks for a recorded vote: a head for the own delegation, or the secretariat for the delegation (`asked_by`, its code)
/// that asked in the room. `seed` is fresh randomness made by the caller; the order of the roll call follows from it.
pub fn ask(tx: &mut Tx<'_>, by: &By, place: Place, asked_by: &str, seed: &str) -> Result<(), OperationError> {
    let (session, before) = open(tx, by, place)?;
    let all = voting(tx)?;
    let asker = asker((by, Action::AskForVote), &before, &all, asked_by)?;
    next(before.state, Event::AskVote)?;
    expect_ready(tx, &before)?;
    for (position, delegation) in (1..).zip(in_roll_call_order(all, seed)) {
        store::insert_place(tx, &before.id, &delegation.id, position)?;
    }
    let rules = Some((session.rules.base, session.rules.quorum));
    let changed = Decision { asked_by: Some(asker.id.clone()), seed: seed.to_owned(), rules, ..before.clone() };
    let told = Told {
        delegation: Some(asker.id.clone()),
        detail: Some(json!({ "asked_by": asker.code, "seed": seed })),
        ..Told::default()
    };
    let after = advance(tx, by, &session, (&before, changed), Event::AskVote, &told)?;
    letters::vote_asked(tx, by, &session, &after, &asker)
}

/// Returns the delegation that asks for something: the one that the secretariat names, or the actor's own.
pub(super) fn asker(
    (by, action): (&By, Action),
    decision: &Decision,
    all: &[Delegation],
    code: &str,
) -> Result<Delegation, OperationError> {
    if decide(&by.actor, Action::ManageDecision, &target(decision)).is_ok() {
        decide(&by.actor, action, &target(decision))?;
        let named = all.iter().find(|delegation| delegation.code == code).cloned();
        return named.ok_or_else(|| FieldErrors::one("asked_by", Message::new("required")).into());
    }
    let id: DelegationId = own(&by.actor, action, decision)?;
    let own = all.iter().find(|delegation| delegation.id == id).cloned();
    own.ok_or_else(|| OperationError::refused("decision-no-voice"))
}

/// What the secretary hears when a delegation is called.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Heard {
    /// An answer.
    Answer(VoteAnswer),
    /// It passes: it is called again at the end, once.
    Pass,
}

/// Enters what a delegation answered. Until the vote is closed an answer can be corrected.
pub fn enter(
    tx: &mut Tx<'_>,
    by: &By,
    (place, edition): (Place, i32),
    code: &str,
    heard: Heard,
) -> Result<(), OperationError> {
    let (session, before) = open_to_lead(tx, by, place, edition)?;
    if before.state != State::Voting {
        return Err(Refusal { from: before.state, event: Event::Carry }.into());
    }
    expect_voted(tx, &before)?;
    let delegation = delegations::store::by_code(tx, code)?;
    let votes = store::votes_of(tx, &before.id)?;
    let held = votes.iter().find(|vote| vote.delegation == delegation.id).ok_or(OperationError::NotFound)?;
    let vote = match heard {
        Heard::Answer(answer) => Vote { answer: Some(answer), ..held.clone() },
        Heard::Pass if held.has_passed => return Err(OperationError::refused("decision-passed-already")),
        Heard::Pass => Vote { has_passed: true, answer: None, ..held.clone() },
    };
    store::set_answer(tx, &before.id, &vote)?;
    let after = Decision { edition: before.edition + 1, updated_at: by.now, ..before };
    store::save(tx, &after, State::Voting)?;
    let answer = vote.answer.map_or("pass", VoteAnswer::code);
    let detail = json!({ "delegation": code, "programme-vote": answer });
    Ok(record(tx, by, &session, &after, "answer-entered", &detail)?)
}

/// Closes the vote when every delegation was called: it carries the decision, or does not.
pub fn close(tx: &mut Tx<'_>, by: &By, place: Place, edition: i32) -> Result<(), OperationError> {
    let (session, before) = open_to_lead(tx, by, place, edition)?;
    next(before.state, Event::Carry)?;
    expect_voted(tx, &before)?;
    let votes = store::votes_of(tx, &before.id)?;
    if next_called(&votes).is_some() {
        return Err(OperationError::refused("decision-not-all-called"));
    }
    let (base, quorum) = before.rules.ok_or(OperationError::Stale)?;
    let result = VoteResult::of(&votes, base, quorum);
    let event = if result.is_carried() { Event::Carry } else { Event::Fall };
    let changed = Decision { decided: Some((Rung::RecordedVote, by.now)), ..before.clone() };
    let detail = json!({ "yes": result.yes, "no": result.no, "abstained": result.abstain });
    let told = Told { detail: Some(detail), ..Told::default() };
    let after = advance(tx, by, &session, (&before, changed), event, &told)?;
    letters::concluded(tx, by, &session, &after)
}
