//! Setting what the secretariat can carry in each half-year of a programme.

use chrono::NaiveDateTime;
use serde_json::json;

use super::expect_builder;
use crate::audit;
use crate::db::{AnyConnection, Tx};
use crate::policy::Actor;
use crate::programmes::model::capacity::{Capacities, halves};
use crate::programmes::store;
use crate::refusals::OperationError;
use crate::sessions::{self, Session};

/// Returns a session with what is set for the half-years of its programme, to those who build it.
pub fn capacities(
    conn: &mut AnyConnection,
    actor: &Actor,
    number: i32,
) -> Result<(Session, Capacities), OperationError> {
    let session = sessions::store::by_number(conn, number)?;
    expect_builder(actor, &session)?;
    let held = capacities_of(conn, &session)?;
    Ok((session, held))
}

/// Returns what is set for the half-years of a session's programme; what was set for other years, before these were changed,
/// says nothing.
pub fn capacities_of(conn: &mut AnyConnection, session: &Session) -> Result<Capacities, OperationError> {
    let mut held = store::capacities::of_session(conn, &session.id)?;
    let known = halves(session.programme_years);
    held.by_half.retain(|half, _| known.contains(half));
    Ok(held)
}

/// Sets what can be carried in each half-year; `seen` is what the form showed.
pub fn set_capacities(
    tx: &mut Tx<'_>,
    actor: &Actor,
    number: i32,
    (wanted, seen): (&Capacities, &str),
    now: NaiveDateTime,
) -> Result<(), OperationError> {
    let (session, held) = capacities(tx, actor, number)?;
    if held.print() != seen {
        return Err(OperationError::Stale);
    }
    wanted.check().into_result()?;
    if *wanted == held {
        return Ok(());
    }
    store::capacities::replace(tx, &session.id, wanted)?;
    let detail = json!({ "changed": wanted.print() });
    Ok(audit::record(tx, now, actor.account.as_ref(), "programme.capacity", &number.to_string(), &detail)?)
}
