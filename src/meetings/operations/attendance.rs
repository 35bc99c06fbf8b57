//! Noting the meetings of a session and who is present.

use std::collections::BTreeSet;

use chrono::NaiveDateTime;
use serde_json::{Value, json};

use crate::audit;
use crate::db::{AnyConnection, StoreError, Tx};
use crate::delegations::{self, Delegation};
use crate::kernel::fields::{FieldErrors, Message};
use crate::kernel::ids::DelegationId;
use crate::meetings::model::{Meeting, When};
use crate::meetings::store;
use crate::policy::{Action, Actor, Target, decide};
use crate::refusals::OperationError;
use crate::sessions::{self, Session};

/// The meetings of a session.
#[derive(Debug, Clone)]
pub struct Sitting {
    /// The session.
    pub session: Session,
    /// Those that can be present, by code.
    pub delegations: Vec<Delegation>,
    /// Its meetings, in the order in which they were held.
    pub meetings: Vec<Meeting>,
}

impl Sitting {
    /// Returns a meeting by when it was held.
    pub fn meeting(&self, when: When) -> Option<&Meeting> {
        self.meetings.iter().find(|meeting| meeting.when == when)
    }

    /// Returns the delegations of codes.
    fn ids(&self, codes: &BTreeSet<String>) -> BTreeSet<DelegationId> {
        self.delegations.iter().filter(|one| codes.contains(&one.code)).map(|one| one.id.clone()).collect()
    }

    /// Returns the codes of those present at a meeting.
    pub fn codes(&self, meeting: &Meeting) -> Vec<&str> {
        let present = self.delegations.iter().filter(|one| meeting.present.contains(&one.id));
        present.map(|one| one.code.as_str()).collect()
    }
}

/// Returns the meetings of a session, to those in the room.
pub fn sitting(conn: &mut AnyConnection, actor: &Actor, number: i32) -> Result<Sitting, OperationError> {
    let session = sessions::store::by_number(conn, number)?;
    decide(actor, Action::ViewAttendance, &Target::of_session(session.id.clone()))
        .map_err(|denial| OperationError::from(denial).hidden())?;
    let delegations = delegations::store::seated(conn)?;
    let meetings = store::meetings_of(conn, &session.id)?;
    Ok(Sitting { session, delegations, meetings })
}

/// Returns the meetings of a session, to those who note them.
pub fn kept(conn: &mut AnyConnection, actor: &Actor, number: i32) -> Result<Sitting, OperationError> {
    let sitting = sitting(conn, actor, number)?;
    decide(actor, Action::KeepAttendance, &Target::of_session(sitting.session.id.clone()))?;
    Ok(sitting)
}

/// Notes a meeting with the codes of those present.
pub fn note(
    tx: &mut Tx<'_>,
    actor: &Actor,
    number: i32,
    (when, present): (When, &BTreeSet<String>),
    now: NaiveDateTime,
) -> Result<(), OperationError> {
    let sitting = kept(tx, actor, number)?;
    let meeting = Meeting { when, present: sitting.ids(present) };
    // Why: the key of the table decides, also between two who note it at the same time.
    match store::insert_meeting(tx, &sitting.session.id, &meeting, now) {
        Err(StoreError::Conflict(_)) => {
            return Err(FieldErrors::one("held_on", Message::new("meeting-noted")).into());
        }
        other => other?,
    }
    record(tx, actor, "meeting.noted", (&sitting, &meeting), now)
}

/// Changes who was present at a meeting; `seen` is what the form showed.
pub fn change(
    tx: &mut Tx<'_>,
    actor: &Actor,
    (number, when): (i32, When),
    (present, seen): (&BTreeSet<String>, &str),
    now: NaiveDateTime,
) -> Result<(), OperationError> {
    let sitting = kept(tx, actor, number)?;
    let held = sitting.meeting(when).ok_or(OperationError::NotFound)?;
    if held.print() != seen {
        return Err(OperationError::Stale);
    }
    let meeting = Meeting { when, present: sitting.ids(present) };
    if meeting == *held {
        return Ok(());
    }
    store::replace_present(tx, &sitting.session.id, &meeting)?;
    record(tx, actor, "meeting.changed", (&sitting, &meeting), now)
}

/// Takes out a meeting that was noted by mistake.
pub fn take_out(
    tx: &mut Tx<'_>,
    actor: &Actor,
    (number, when): (i32, When),
    now: NaiveDateTime,
) -> Result<(), OperationError> {
    let sitting = kept(tx, actor, number)?;
    let meeting = sitting.meeting(when).ok_or(OperationError::NotFound)?.clone();
    store::delete_meeting(tx, &sitting.session.id, when)?;
    record(tx, actor, "meeting.taken-out", (&sitting, &meeting), now)
}

fn record(
    tx: &mut Tx<'_>,
    actor: &Actor,
    act: &str,
    (sitting, meeting): (&Sitting, &Meeting),
    now: NaiveDateTime,
) -> Result<(), OperationError> {
    let subject = format!("{}/meetings/{}", sitting.session.number, meeting.when);
    let detail: Value = json!({ "present": sitting.codes(meeting) });
    Ok(audit::record(tx, now, actor.account.as_ref(), act, &subject, &detail)?)
}
