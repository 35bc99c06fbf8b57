//! Acts on delegations: adding one, changing its names and whether it has a ballot.

pub mod founding;

pub use founding::found;

use chrono::NaiveDateTime;
use serde_json::json;

use super::model::{Delegation, DelegationKind, is_code_of};
use super::store;
use crate::audit;
use crate::db::{AnyConnection, StoreError, Tx};
use crate::kernel::fields::{FieldErrors, Message};
use crate::kernel::ids::DelegationId;
use crate::kernel::lang::Bilingual;
use crate::policy::{Action, Actor, Target, decide};
use crate::refusals::OperationError;

/// What can be changed about a delegation.
#[derive(Debug, Clone)]
pub struct Particulars {
    /// Short name.
    pub name: Bilingual<String>,
    /// Formal name.
    pub formal_name: Bilingual<String>,
    /// Whether it has a ballot.
    pub votes: bool,
}

/// Returns every delegation, for those who look after them.
pub fn list(conn: &mut AnyConnection, actor: &Actor) -> Result<Vec<Delegation>, OperationError> {
    must_manage(actor)?;
    Ok(store::all(conn)?)
}

/// Refuses unless the actor looks after delegations.
pub fn must_manage(actor: &Actor) -> Result<(), OperationError> {
    Ok(decide(actor, Action::ManageDelegations, &Target::none())?)
}

/// Returns a delegation by its code, for those who look after them.
pub fn find(conn: &mut AnyConnection, actor: &Actor, code: &str) -> Result<Delegation, OperationError> {
    must_manage(actor)?;
    Ok(store::by_code(conn, code)?)
}

/// Adds a delegation. The code stays for good: references carry it.
pub fn add(
    tx: &mut Tx<'_>,
    actor: &Actor,
    code: &str,
    kind: DelegationKind,
    particulars: Particulars,
    now: NaiveDateTime,
) -> Result<(), OperationError> {
    must_manage(actor)?;
    if kind == DelegationKind::Group || !is_code_of(kind, code) {
        return Err(FieldErrors::one("code", Message::new("delegation-code")).into());
    }
    let delegation = with(
        Delegation {
            id: DelegationId::new(),
            code: code.to_owned(),
            kind,
            name: Bilingual::default(),
            formal_name: Bilingual::default(),
            votes: false,
        },
        particulars,
    );
    // Why: the unique code of the table decides, also between two who add at the same time.
    match store::insert(tx, &delegation, now) {
        Err(StoreError::Conflict(_)) => {
            return Err(FieldErrors::one("code", Message::new("delegation-code-taken")).into());
        }
        other => other?,
    }
    let detail = json!({ "delegation-kind": kind, "votes": delegation.votes });
    Ok(audit::record(tx, now, actor.account.as_ref(), "delegation.added", code, &detail)?)
}

/// Changes a delegation, unless somebody else was first since `edition`.
pub fn change(
    tx: &mut Tx<'_>,
    actor: &Actor,
    code: &str,
    edition: &str,
    particulars: Particulars,
    now: NaiveDateTime,
) -> Result<(), OperationError> {
    let stored = find(tx, actor, code)?;
    if stored.edition() != edition {
        return Err(OperationError::Stale);
    }
    let changed = with(stored.clone(), particulars);
    if changed == stored {
        return Ok(());
    }
    store::update(tx, &changed)?;
    let detail = json!({ "votes": changed.votes });
    Ok(audit::record(tx, now, actor.account.as_ref(), "delegation.changed", code, &detail)?)
}

/// Puts particulars on a delegation. The group as a whole has no ballot, whatever is asked.
fn with(delegation: Delegation, particulars: Particulars) -> Delegation {
    let trimmed = |text: String| text.trim().to_owned();
    Delegation {
        name: particulars.name.map(trimmed),
        formal_name: particulars.formal_name.map(trimmed),
        votes: particulars.votes && delegation.kind != DelegationKind::Group,
        ..delegation
    }
}
