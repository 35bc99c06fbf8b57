//! A draft before the group: it follows the decision that is about it. Whoever leads the decision acts, or nobody where a
//! silence procedure ends; the policy was asked about the decision.

use chrono::NaiveDateTime;
use serde_json::json;

use super::{adoption, record};
use crate::db::{AnyConnection, StoreError, Tx};
use crate::kernel::fields::Message;
use crate::kernel::ids::ProgrammeId;
use crate::kernel::lang::Bilingual;
use crate::policy::Actor;
use crate::programmes::model::{AdoptedBy, Programme, Votes};
use crate::programmes::operations::adoption::Adoption;
use crate::programmes::store;
use crate::programmes::workflow::{Event, State, next};
use crate::refusals::OperationError;
use crate::sessions;
use crate::sessions::model::zones::to_local;

/// Refuses while the draft that a decision is about lacks something that the group must have before it. A programme in force
/// lacks nothing: the decision then says something else about it.
pub fn expect_whole(conn: &mut AnyConnection, id: &ProgrammeId) -> Result<(), OperationError> {
    let held = store::by_id(conn, id)?;
    if held.state.is_pending() { adoption::expect_whole(conn, &held) } else { Ok(()) }
}

/// Says that a draft is before the group in a decision.
fn before_group(number: i32) -> Message {
    Message::new("programme-before-group").number("number", number.into())
}

/// Returns why a draft cannot be changed: it is before the group, and the register of objections to the decision is not open.
/// While it is, the draft can be changed as the text of the decision can.
pub(super) fn kept_by(conn: &mut AnyConnection, held: &Programme) -> Result<Option<Message>, StoreError> {
    let under_way = store::decision_under_way(conn, &held.id)?;
    Ok(under_way.filter(|(_, is_open)| !is_open).map(|(number, _)| before_group(number)))
}

/// Returns why a draft cannot be adopted by hand: it is before the group, and is adopted with the decision.
pub(super) fn decided_by(conn: &mut AnyConnection, held: &Programme) -> Result<Option<Message>, StoreError> {
    Ok(store::decision_under_way(conn, &held.id)?.map(|(number, _)| before_group(number)))
}

/// Brings a draft before the group; it is before it in one decision at a time.
pub fn table(tx: &mut Tx<'_>, actor: &Actor, id: &ProgrammeId, now: NaiveDateTime) -> Result<(), OperationError> {
    let held = store::by_id(tx, id)?;
    match held.state {
        State::Draft => go(tx, actor, held, Event::Table, now),
        State::Tabled => Err(OperationError::refused("decision-programme-tabled")),
        State::Adopted | State::Superseded => Ok(()),
    }
}

/// Hands a draft back to its builders: the decision was taken off the table, or not taken.
pub fn hand_back(tx: &mut Tx<'_>, actor: &Actor, id: &ProgrammeId, now: NaiveDateTime) -> Result<(), OperationError> {
    let held = store::by_id(tx, id)?;
    if held.state == State::Tabled { go(tx, actor, held, Event::HandBack, now) } else { Ok(()) }
}

fn go(tx: &mut Tx<'_>, actor: &Actor, held: Programme, event: Event, now: NaiveDateTime) -> Result<(), OperationError> {
    let from = held.state;
    let moved = Programme { state: next(from, event)?, edition: held.edition + 1, updated_at: now, ..held };
    store::save(tx, &moved, from)?;
    let act = if event == Event::Table { "programme.tabled" } else { "programme.handed-back" };
    Ok(record(tx, actor, now, act, &moved, &json!({}))?)
}

/// Adopts the draft with the decision, at the moment of the decision.
pub fn adopt(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: &ProgrammeId,
    (by, votes): (AdoptedBy, Votes),
    at: NaiveDateTime,
) -> Result<(), OperationError> {
    let held = store::by_id(tx, id)?;
    if held.state != State::Tabled {
        return Ok(());
    }
    let session = sessions::store::by_id(tx, &held.session)?;
    let on = to_local(at, session.time_zone).date();
    let adoption = Adoption { by, on, record: Bilingual::default(), votes };
    adoption::bring_into_force(tx, actor, (&session, held), adoption, at)
}
