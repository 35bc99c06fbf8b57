//! Acts on delegations: adding one, changing its names and whether it has a ballot.

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
    decide(actor, Action::ManageDelegations, &Target::none())?;
    Ok(store::all(conn)?)
}

/// Returns a delegation by its code, for those who look after them.
pub fn find(conn: &mut AnyConnection, actor: &Actor, code: &str) -> Result<Delegation, OperationError> {
    decide(actor, Action::ManageDelegations, &Target::none())?;
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
    decide(actor, Action::ManageDelegations, &Target::none())?;
    if kind == DelegationKind::Group || !is_code_of(kind, code) {
        return Err(FieldErrors::one("code", Message::new("delegation-code")).into());
    }
    if is_taken(store::by_code(tx, code))? {
        return Err(FieldErrors::one("code", Message::new("delegation-code-taken")).into());
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
    store::insert(tx, &delegation, now)?;
    let detail = json!({ "kind": kind, "votes": delegation.votes });
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

fn is_taken(found: Result<Delegation, StoreError>) -> Result<bool, StoreError> {
    match found {
        Ok(_) => Ok(true),
        Err(StoreError::NotFound) => Ok(false),
        Err(error) => Err(error),
    }
}
