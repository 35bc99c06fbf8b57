//! The acts of the room, one function each: `setting` prepares, `running` opens, closes and certifies, `papers` is what
//! delegations do, `by_hand` what was voted in the room, `positions` explains votes, `viewing` loads what pages show.
//!
//! The audit trail says who did what and when, never what a paper says: it is read while papers are sealed. Even the
//! fingerprint and the number of abstentions wait for certification.

pub mod by_hand;
pub mod papers;
pub mod positions;
pub mod running;
pub mod setting;
pub mod viewing;

use chrono::NaiveDateTime;
use serde_json::Value;

use super::model::Ballot;
use super::store;
use crate::audit;
use crate::db::{AnyConnection, Tx};
use crate::kernel::ids::DelegationId;
use crate::policy::{Action, Actor, Target, decide};
use crate::refusals::OperationError;
use crate::sessions::{self, Session};

/// Which ballot is meant, as its address says it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// Number of the session.
    pub session: i32,
    /// Number of the ballot within it.
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
    fn decide(&self, action: Action, target: &Target) -> Result<(), OperationError> {
        Ok(decide(&self.actor, action, target)?)
    }

    fn record(&self, tx: &mut Tx<'_>, act: &str, subject: &str, detail: &Value) -> Result<(), OperationError> {
        Ok(audit::record(tx, self.now, self.actor.account.as_ref(), act, subject, detail)?)
    }
}

/// Returns what the policy asks about a ballot.
pub fn target(ballot: &Ballot) -> Target {
    Target { session: Some(ballot.session.clone()), ballot: Some(ballot.state), ..Target::default() }
}

/// Returns what the policy asks about the paper of a delegation.
pub fn paper_target(ballot: &Ballot, delegation: &DelegationId) -> Target {
    Target { delegation: Some(delegation.clone()), ..target(ballot) }
}

fn load(conn: &mut AnyConnection, place: Place) -> Result<(Session, Ballot), OperationError> {
    let session = sessions::store::by_number(conn, place.session)?;
    let ballot = store::by_number(conn, &session.id, place.number)?;
    Ok((session, ballot))
}

/// Refuses when somebody changed the ballot since it was read.
fn expect_edition(ballot: &Ballot, edition: i32) -> Result<(), OperationError> {
    if ballot.edition == edition { Ok(()) } else { Err(OperationError::Stale) }
}
