//! Reports on actions of the programmes in force: their delegations are told when one is due and when it is long overdue, the
//! countries asked to confirm one a week after they were asked.

use chrono::{NaiveDateTime, TimeDelta};

use super::{HEADS, Person, Reminder, addressed};
use crate::accounts::Office;
use crate::accounts::store::recipients;
use crate::db::{AnyConnection, StoreError};
use crate::delegations::{self, DelegationKind};
use crate::kernel::ids::DelegationId;
use crate::outbox::{Fact, Kind, Letter, WRITERS};
use crate::policy::Capacity;
use crate::progress::model::{Answer, Followed, Light, due_on, last_word, late_on, newest};
use crate::progress::{State, store};
use crate::sessions;

/// How long a confirmation is awaited before somebody is reminded.
const PATIENCE: TimeDelta = TimeDelta::days(7);

/// Finds who is to be reminded.
pub fn remind(conn: &mut AnyConnection, now: NaiveDateTime, found: &mut Vec<Reminder>) -> Result<(), StoreError> {
    for one in store::followed(conn)? {
        due(conn, &one, now, found)?;
        unconfirmed(conn, &one, now, found)?;
    }
    Ok(())
}

fn about(conn: &mut AnyConnection, action: &Followed, kind: Kind) -> Result<Letter, StoreError> {
    let session = sessions::store::by_id(conn, &action.session)?;
    Ok(Letter::new(kind, format!("/submissions/{}/progress", action.reference))
        .text("reference", action.reference.clone())
        .with("title", Fact::Both(action.title.clone()))
        .with("session", Fact::Both(session.title)))
}

/// Those who write for the delegation that leads an action, when a report on it is due and again when it is long overdue.
fn due(
    conn: &mut AnyConnection,
    action: &Followed,
    now: NaiveDateTime,
    found: &mut Vec<Reminder>,
) -> Result<(), StoreError> {
    let last = last_word(&action.reports, action.adopted_on);
    let since = match action.light(now.date()) {
        Light::Amber => due_on(last),
        Light::Red => late_on(last),
        Light::Green | Light::Finished => return Ok(()),
    };
    if newest(&action.reports).is_some_and(|report| report.state == State::Given) {
        return Ok(());
    }
    let key = format!("{} {} {since}", Kind::ProgressDue, action.submission);
    let letter = about(conn, action, Kind::ProgressDue)?.once(key);
    tell(conn, &action.delegation, &letter, now, found)
}

/// Writes to those who write for a delegation; for what is carried on behalf of the group to the secretariat.
fn tell(
    conn: &mut AnyConnection,
    delegation: &DelegationId,
    letter: &Letter,
    now: NaiveDateTime,
    found: &mut Vec<Reminder>,
) -> Result<(), StoreError> {
    if delegations::store::by_id(conn, delegation)?.kind == DelegationKind::Group {
        let secretariat = recipients::in_office(conn, Office::Secretariat)?.into_iter().map(|account| {
            let person = Person { account: account.id, capacity: Capacity::Secretariat, delegation: None };
            (letter.clone(), person)
        });
        found.extend(secretariat);
        return Ok(());
    }
    let people = recipients::accredited_to(conn, delegation, WRITERS, now.date())?;
    found.extend(people.iter().map(|person| addressed(letter, person)));
    Ok(())
}

/// The heads of countries that have not said anything to a report for a week.
fn unconfirmed(
    conn: &mut AnyConnection,
    action: &Followed,
    now: NaiveDateTime,
    found: &mut Vec<Reminder>,
) -> Result<(), StoreError> {
    let Some(report) = newest(&action.reports) else { return Ok(()) };
    let waits = |asked_at: NaiveDateTime| asked_at + PATIENCE <= now;
    let open = report.confirmations.iter().filter(|one| one.answer == Answer::Asked && waits(one.asked_at));
    for one in open {
        let lead = delegations::store::by_id(conn, &action.delegation)?;
        let letter = about(conn, action, Kind::ProgressAsked)?.with("delegation", Fact::Both(lead.name)).once(format!(
            "{} {} {}",
            Kind::ProgressAsked,
            report.id,
            one.asked_at
        ));
        let people = recipients::accredited_to(conn, &one.delegation, HEADS, now.date())?;
        found.extend(people.iter().map(|person| addressed(&letter, person)));
    }
    Ok(())
}
