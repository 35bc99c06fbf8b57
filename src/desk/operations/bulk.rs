//! One act on several submissions: first what it would do and what is in the way of the others, then all in one transaction.
//!
//! The check asks the same rules as the act and changes nothing. The act does each through its own operation; if one has
//! changed since it was shown, none is done.

use chrono::NaiveDateTime;

use super::session_of;
use crate::db::{AnyConnection, Tx};
use crate::delegations::{self, Delegation};
use crate::desk::model::{BulkAct, CHOSEN_MAX};
use crate::kernel::fields::{FieldErrors, Message};
use crate::policy::Actor;
use crate::refusals::OperationError;
use crate::sessions::Calendar;
use crate::submissions::operations::{self, Asked, Filter, Words};
use crate::submissions::{self, State, Submission, consents};

/// What can be chosen.
#[derive(Debug, Clone)]
pub struct Offered {
    /// The session with its windows.
    pub calendar: Calendar,
    /// The submissions, by reference.
    pub rows: Vec<Submission>,
    /// Every delegation.
    pub delegations: Vec<Delegation>,
}

/// States in which the secretariat can do something to several at once.
const STATES: &[State] = &[State::Submitted, State::UnderReview, State::Accepted];

/// Returns what passes a filter and can be acted on.
pub fn offered(
    conn: &mut AnyConnection,
    actor: &Actor,
    number: i32,
    filter: &Filter,
) -> Result<Offered, OperationError> {
    let calendar = session_of(conn, actor, number)?;
    let mut found = operations::find(conn, actor, number, filter)?;
    found.keys.retain(|key| STATES.contains(&key.state));
    found.keys.truncate(CHOSEN_MAX);
    Ok(Offered { calendar, rows: operations::rows(conn, actor, &found.keys)?, delegations: found.delegations })
}

/// What an act would do.
#[derive(Debug, Clone)]
pub struct Checked {
    /// The session with its windows.
    pub calendar: Calendar,
    /// What it would be done to, in the order chosen.
    pub ready: Vec<Submission>,
    /// What it cannot be done to, and why not.
    pub obstacles: Vec<(Submission, Message)>,
    /// Every delegation.
    pub delegations: Vec<Delegation>,
}

/// Returns what an act would do to the submissions named; nothing changes.
pub fn check(
    conn: &mut AnyConnection,
    actor: &Actor,
    number: i32,
    (act, references): (BulkAct, &[String]),
    now: NaiveDateTime,
) -> Result<Checked, OperationError> {
    let calendar = session_of(conn, actor, number)?;
    let (mut ready, mut obstacles) = (Vec::new(), Vec::new());
    for reference in references.iter().take(CHOSEN_MAX) {
        let submission = submissions::store::by_reference(conn, reference)?;
        let outcome = match act.event() {
            Some(event) => operations::check(conn, actor, reference, event, now),
            None => consents::operations::check_remind(conn, actor, reference),
        };
        match outcome {
            Ok(()) if submission.session == calendar.session.id => ready.push(submission),
            Ok(()) => return Err(OperationError::NotFound),
            Err(OperationError::Refused(message)) => obstacles.push((submission, message)),
            Err(error) => return Err(error),
        }
    }
    Ok(Checked { calendar, ready, obstacles, delegations: delegations::store::all(conn)? })
}

/// Does an act to the submissions named, each at the revision that was shown: to all of them or to none.
pub fn act(
    tx: &mut Tx<'_>,
    actor: &Actor,
    number: i32,
    (act, chosen, note): (BulkAct, &[(String, i32)], &str),
    now: NaiveDateTime,
) -> Result<usize, OperationError> {
    let calendar = session_of(tx, actor, number)?;
    if chosen.is_empty() || chosen.len() > CHOSEN_MAX {
        return Err(FieldErrors::one("chosen", Message::new("required")).into());
    }
    for (reference, seen) in chosen {
        let asked = Asked { actor, reference, seen: Some(*seen), now };
        if submissions::store::by_reference(tx, reference)?.session != calendar.session.id {
            return Err(OperationError::NotFound);
        }
        match act.event() {
            Some(event) => operations::act(tx, event, &asked, &Words::note(note)).map(drop)?,
            None => consents::operations::remind(tx, &asked)?,
        }
    }
    Ok(chosen.len())
}
