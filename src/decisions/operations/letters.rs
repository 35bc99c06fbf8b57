//! Who is told of an act, and what: written to the outbox in its transaction.

use super::By;
use crate::accounts::Office;
use crate::db::Tx;
use crate::decisions::model::{Decision, Objection};
use crate::decisions::workflow::State;
use crate::delegations::{self, Delegation};
use crate::outbox::{self, ALL, Fact, HEADS, Kind, Letter, To};
use crate::refusals::OperationError;
use crate::sessions::Session;

fn letter(kind: Kind, session: &Session, decision: &Decision) -> Letter {
    Letter::new(kind, format!("/sessions/{}/decisions/{}", session.number, decision.number))
        .with("session", Fact::Both(session.title.clone()))
        .with("decision", Fact::Both(decision.title.clone()))
}

/// Tells the whole group: delegations, the chair and the secretariat.
fn tell_all(tx: &mut Tx<'_>, by: &By, letter: &Letter) -> Result<(), OperationError> {
    for to in [To::Delegations(ALL), To::Office(Office::Chair), To::Office(Office::Secretariat)] {
        outbox::write(tx, letter, to, by.actor.account.as_ref(), by.now)?;
    }
    Ok(())
}

/// Tells that a rung is open.
pub fn opened(tx: &mut Tx<'_>, by: &By, session: &Session, decision: &Decision) -> Result<(), OperationError> {
    tell_all(tx, by, &letter(Kind::DecisionOpened, session, decision))
}

/// Tells of a silence procedure that begins, or is given more time for a reason.
pub fn silence(
    tx: &mut Tx<'_>,
    by: &By,
    session: &Session,
    decision: &Decision,
    reason: &str,
) -> Result<(), OperationError> {
    let kind = if reason.is_empty() { Kind::SilenceStarted } else { Kind::SilenceExtended };
    let mut letter = letter(kind, session, decision).text("note", reason);
    if let Some(silence) = decision.silence {
        letter = letter.with("deadline", Fact::moment(silence.until, session.time_zone));
    }
    tell_all(tx, by, &letter)
}

/// Tells of an objection, and whether it broke the silence.
pub fn objected(
    tx: &mut Tx<'_>,
    by: &By,
    session: &Session,
    decision: &Decision,
    objection: &Objection,
) -> Result<(), OperationError> {
    let delegation = delegations::store::by_id(tx, &objection.delegation)?;
    let kind = if objection.broke_silence { Kind::SilenceBroken } else { Kind::ObjectionRaised };
    let letter = letter(kind, session, decision)
        .with("delegation", Fact::Both(delegation.name))
        .text("note", objection.reason.clone());
    tell_all(tx, by, &letter)
}

/// Asks those who objected whether the amended text resolves it.
pub fn amended(
    tx: &mut Tx<'_>,
    by: &By,
    session: &Session,
    decision: &Decision,
    objection: &Objection,
) -> Result<(), OperationError> {
    let letter = letter(Kind::AmendmentTakenIn, session, decision);
    let to = To::Delegation(&objection.delegation, HEADS);
    outbox::write(tx, &letter, to, by.actor.account.as_ref(), by.now)?;
    Ok(())
}

/// Tells that a member has asked for a vote.
pub fn vote_asked(
    tx: &mut Tx<'_>,
    by: &By,
    session: &Session,
    decision: &Decision,
    asker: &Delegation,
) -> Result<(), OperationError> {
    let letter = letter(Kind::VoteAsked, session, decision).with("delegation", Fact::Both(asker.name.clone()));
    tell_all(tx, by, &letter)
}

/// Tells that the group is done with it. What came out stands on the page.
pub fn concluded(tx: &mut Tx<'_>, by: &By, session: &Session, decision: &Decision) -> Result<(), OperationError> {
    debug_assert!(matches!(decision.state, State::Decided | State::NotAdopted));
    tell_all(tx, by, &letter(Kind::DecisionConcluded, session, decision))
}
