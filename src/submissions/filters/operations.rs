//! Keeping and taking away filters. They say nothing of what they find: the list asks the policy anew each time.

use chrono::NaiveDateTime;

use super::model::{FILTERS_MAX, NAME_CHARS_MAX, SavedFilter};
use super::store;
use crate::db::{AnyConnection, StoreError, Tx};
use crate::kernel::fields::{FieldErrors, Message};
use crate::kernel::ids::{SavedFilterId, SessionId};
use crate::policy::{Action, Actor, Target, may};
use crate::refusals::OperationError;
use crate::sessions;
use crate::submissions::operations::{Filter, account_of};

/// Returns the part of an address that names a filter.
pub fn query(filter: &Filter) -> String {
    let kind = filter.kind.map_or("", crate::kernel::reference::Kind::code);
    let state = filter.state.map_or("", crate::submissions::State::code);
    let delegation = filter.delegation.as_deref().unwrap_or("all");
    format!("kind={kind}&state={state}&delegation={delegation}")
}

/// Returns whether an actor shares filters with the secretariat and is offered theirs.
pub fn shares(actor: &Actor) -> bool {
    may(actor, Action::ViewDesk, &Target::none())
}

/// Returns the filters that an actor is offered in a session.
pub fn offered(conn: &mut AnyConnection, actor: &Actor, session: &SessionId) -> Result<Vec<SavedFilter>, StoreError> {
    match &actor.account {
        Some(account) => store::of(conn, session, account, shares(actor)),
        None => Ok(Vec::new()),
    }
}

/// Keeps a filter under a name; sharing it is left to those who sit at the desk.
pub fn keep(
    tx: &mut Tx<'_>,
    actor: &Actor,
    session: i32,
    (name, filter, is_shared): (&str, &Filter, bool),
    now: NaiveDateTime,
) -> Result<(), OperationError> {
    let account = account_of(actor)?.clone();
    let session = sessions::store::by_number(tx, session)?;
    let name: String = name.trim().chars().take(NAME_CHARS_MAX).collect();
    if name.is_empty() {
        return Err(FieldErrors::one("name", Message::new("required")).into());
    }
    let own = store::of(tx, &session.id, &account, false)?.len();
    if own >= FILTERS_MAX {
        return Err(OperationError::refused("filters-many"));
    }
    let is_shared = is_shared && shares(actor);
    let new = SavedFilter { id: SavedFilterId::new(), account, name, query: query(filter), is_shared };
    Ok(store::insert(tx, &session.id, &new, now)?)
}

/// Takes a filter of the actor away; one that is gone already is no fault.
pub fn remove(tx: &mut Tx<'_>, actor: &Actor, id: &SavedFilterId) -> Result<(), OperationError> {
    Ok(store::remove(tx, id, account_of(actor)?)?)
}
