//! What the secretariat does: opens a rung, takes in amendments, begins and extends a silence procedure, enters consensus.

use chrono::NaiveDateTime;
use serde_json::json;

use super::{By, Place, Told, advance, letters, open_to_lead, record, text_of};
use crate::db::{AnyConnection, Tx};
use crate::decisions::model::equality::unequal;
use crate::decisions::model::silence::{LEAST, Silence};
use crate::decisions::model::{AmendmentState, Decision, ObjectionState, Rung, Subject, Text};
use crate::decisions::store;
use crate::decisions::workflow::{Event, next};
use crate::kernel::fields::{FieldErrors, Message, Value};
use crate::kernel::ids::AmendmentId;
use crate::programmes::operations::tabling::expect_whole;
use crate::refusals::OperationError;
use crate::sessions::Session;

/// Refuses while the two sides of the text that is before the group are not equal, nobody has checked them, or the draft of
/// the programme that is adopted with it lacks something.
pub(super) fn expect_ready(conn: &mut AnyConnection, decision: &Decision) -> Result<(), OperationError> {
    let text = text_of(conn, decision)?;
    if let Some(message) = unequal(&text.text) {
        return Err(OperationError::Refused(message));
    }
    if !text.is_checked {
        return Err(OperationError::refused("decision-unchecked"));
    }
    match &decision.subject {
        Subject::Programme(id) => expect_whole(conn, id),
        Subject::Action(_) | Subject::Text => Ok(()),
    }
}

/// Refuses while an objection is open.
fn expect_no_objection(conn: &mut AnyConnection, decision: &Decision) -> Result<(), OperationError> {
    let open = store::objections_of(conn, &decision.id)?;
    if open.iter().any(|objection| objection.state == ObjectionState::Open) {
        return Err(OperationError::refused("decision-objections"));
    }
    Ok(())
}

/// Opens the sense check or the register of objections over equal texts, and tells the delegations.
pub fn open_rung(tx: &mut Tx<'_>, by: &By, place: Place, edition: i32, event: Event) -> Result<(), OperationError> {
    let (session, before) = open_to_lead(tx, by, place, edition)?;
    next(before.state, event)?;
    expect_ready(tx, &before)?;
    let after = advance(tx, by, &session, (&before, before.clone()), event, &Told::default())?;
    letters::opened(tx, by, &session, &after)
}

/// Takes a decision off the table, with a reason.
pub fn withdraw(tx: &mut Tx<'_>, by: &By, place: Place, edition: i32, reason: &str) -> Result<(), OperationError> {
    let (session, before) = open_to_lead(tx, by, place, edition)?;
    let told = Told { note: reason.to_owned(), ..Told::default() };
    advance(tx, by, &session, (&before, before.clone()), Event::Withdraw, &told)?;
    Ok(())
}

/// Enters that nobody objected when the chair asked.
pub fn adopt(tx: &mut Tx<'_>, by: &By, place: Place, edition: i32) -> Result<(), OperationError> {
    let (session, before) = open_to_lead(tx, by, place, edition)?;
    next(before.state, Event::Adopt)?;
    expect_no_objection(tx, &before)?;
    expect_ready(tx, &before)?;
    let changed = Decision { decided: Some((Rung::Consensus, by.now)), ..before.clone() };
    let after = advance(tx, by, &session, (&before, changed), Event::Adopt, &Told::default())?;
    letters::concluded(tx, by, &session, &after)
}

/// Begins a silence procedure: over equal texts, without an open objection, for 72 hours at least.
pub fn start_silence(
    tx: &mut Tx<'_>,
    by: &By,
    place: Place,
    edition: i32,
    until: NaiveDateTime,
) -> Result<(), OperationError> {
    let (session, before) = open_to_lead(tx, by, place, edition)?;
    next(before.state, Event::StartSilence)?;
    expect_no_objection(tx, &before)?;
    expect_ready(tx, &before)?;
    if until - by.now < LEAST {
        let least = Value::Moment(by.now + LEAST, session.time_zone);
        return Err(FieldErrors::one("until", Message::new("decision-silence-short").with("least", least)).into());
    }
    let changed = Decision { silence: Some(Silence { from: by.now, until }), ..before.clone() };
    let told = Told { until: Some(until), detail: Some(json!({ "until": until })), ..Told::default() };
    let after = advance(tx, by, &session, (&before, changed), Event::StartSilence, &told)?;
    letters::silence(tx, by, &session, &after, "")
}

/// Gives a silence procedure more time, with a reason that everybody is told.
pub fn extend_silence(
    tx: &mut Tx<'_>,
    by: &By,
    place: Place,
    edition: i32,
    (until, reason): (NaiveDateTime, &str),
) -> Result<(), OperationError> {
    let (session, before) = open_to_lead(tx, by, place, edition)?;
    next(before.state, Event::ExtendSilence)?;
    let silence = before.silence.ok_or(OperationError::Stale)?;
    if until <= silence.until {
        let ends = Value::Moment(silence.until, session.time_zone);
        return Err(FieldErrors::one("until", Message::new("decision-silence-later").with("ends", ends)).into());
    }
    let changed = Decision { silence: Some(Silence { until, ..silence }), ..before.clone() };
    let detail = Some(json!({ "from": silence.until, "until": until }));
    let told = Told { note: reason.to_owned(), until: Some(until), detail, ..Told::default() };
    let after = advance(tx, by, &session, (&before, changed), Event::ExtendSilence, &told)?;
    letters::silence(tx, by, &session, &after, reason)
}

/// What the secretariat does with an amendment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// It becomes the text; whether somebody has checked that both languages say the same.
    TakeIn(bool),
    /// It does not.
    Leave,
}

/// Takes an amendment in as a new revision of the text, or leaves it. Whose objection it answers is asked about it.
pub fn settle_amendment(
    tx: &mut Tx<'_>,
    by: &By,
    (place, edition): (Place, i32),
    id: &AmendmentId,
    verdict: Verdict,
) -> Result<(), OperationError> {
    let (session, before) = open_to_lead(tx, by, place, edition)?;
    let amendment = store::amendment(tx, &before.id, id)?;
    next(before.state, Event::TakeIn)?;
    let Verdict::TakeIn(is_checked) = verdict else {
        store::settle_amendment(tx, id, AmendmentState::NotTakenIn, by.now)?;
        return Ok(record(tx, by, &session, &before, "amendment-left", &json!({}))?);
    };
    if amendment.revision != before.revision {
        return Err(OperationError::refused("decision-amendment-overtaken"));
    }
    if let Some(message) = unequal(&amendment.text) {
        return Err(OperationError::Refused(message));
    }
    store::settle_amendment(tx, id, AmendmentState::TakenIn, by.now)?;
    take_in(tx, by, &before, amendment.text, is_checked)?;
    let changed = Decision { revision: before.revision + 1, ..before.clone() };
    let told = Told {
        delegation: amendment.delegation,
        detail: Some(json!({ "revision": changed.revision })),
        ..Told::default()
    };
    let after = advance(tx, by, &session, (&before, changed), Event::TakeIn, &told)?;
    let objection = store::objection(tx, &after.id, &amendment.objection)?;
    letters::amended(tx, by, &session, &after, &objection)
}

fn take_in(
    tx: &mut Tx<'_>,
    by: &By,
    before: &Decision,
    text: crate::kernel::lang::Bilingual<String>,
    is_checked: bool,
) -> Result<(), OperationError> {
    let text = Text { revision: before.revision + 1, text, is_checked, entered_by: by.account()?, entered_at: by.now };
    Ok(store::insert_text(tx, &before.id, &text)?)
}

/// Notes that somebody has checked that both languages of the text before the group say the same.
pub fn check_text(tx: &mut Tx<'_>, by: &By, place: Place, edition: i32) -> Result<(), OperationError> {
    let (session, before): (Session, Decision) = open_to_lead(tx, by, place, edition)?;
    let text = text_of(tx, &before)?;
    if let Some(message) = unequal(&text.text) {
        return Err(OperationError::Refused(message));
    }
    store::replace_text(tx, &before.id, &Text { is_checked: true, ..text })?;
    Ok(record(tx, by, &session, &before, "text-checked", &json!({ "revision": before.revision }))?)
}
