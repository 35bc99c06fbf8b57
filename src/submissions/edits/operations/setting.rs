//! How many rounds a session allows, and which rounds wait for delegations.

use chrono::NaiveDateTime;
use serde_json::json;

use crate::audit;
use crate::db::{AnyConnection, Tx};
use crate::delegations::{self, Delegation};
use crate::kernel::fields::{FieldErrors, Message};
use crate::policy::{Action, Actor, Target, decide};
use crate::refusals::OperationError;
use crate::sessions::{self, Calendar};
use crate::submissions::edits::model::ROUNDS_MAX;
use crate::submissions::edits::store::{self, WaitingRound};

/// Field of the number of rounds.
pub const ROUNDS: &str = "rounds";

/// The rounds of a session.
#[derive(Debug, Clone)]
pub struct Overview {
    /// The session with its windows.
    pub calendar: Calendar,
    /// How many rounds it allows for each text.
    pub rounds_max: i32,
    /// What waits for delegations, by reference.
    pub waiting: Vec<WaitingRound>,
    /// Every delegation.
    pub delegations: Vec<Delegation>,
}

/// Returns the rounds of a session to the secretariat.
pub fn overview(conn: &mut AnyConnection, actor: &Actor, number: i32) -> Result<Overview, OperationError> {
    decide(actor, Action::ViewDesk, &Target::none()).map_err(|denial| OperationError::from(denial).hidden())?;
    let session = sessions::store::by_number(conn, number)?;
    Ok(Overview {
        calendar: sessions::store::calendar(conn, &session.id)?,
        rounds_max: store::rounds_max(conn, &session.id)?,
        waiting: store::waiting_in(conn, &session.id)?,
        delegations: delegations::store::all(conn)?,
    })
}

/// Sets how many rounds a session allows for each text; `seen` is the number that the form showed.
pub fn set(
    tx: &mut Tx<'_>,
    actor: &Actor,
    number: i32,
    (rounds, seen): (i32, i32),
    now: NaiveDateTime,
) -> Result<(), OperationError> {
    let overview = overview(tx, actor, number)?;
    decide(actor, Action::ManageSessions, &Target::none())?;
    if overview.rounds_max != seen {
        return Err(OperationError::Stale);
    }
    if !(0..=ROUNDS_MAX).contains(&rounds) {
        let message = Message::new("edits-rounds-range").number("max", i64::from(ROUNDS_MAX));
        return Err(FieldErrors::one(ROUNDS, message).into());
    }
    store::set_rounds_max(tx, &overview.calendar.session.id, rounds)?;
    let detail = json!({ "rounds": rounds });
    Ok(audit::record(tx, now, actor.account.as_ref(), "session.edit-rounds", &number.to_string(), &detail)?)
}
