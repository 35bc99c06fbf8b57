//! The submissions of a session, as far as a reader may see them, part by part.
//!
//! The policy and the filter are asked about [`Key`]s, which hold just what they need to know; titles, amounts and what stands
//! beside a row are read for the part that is shown.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::{owns, target_of_key};
use crate::db::{AnyConnection, StoreError};
use crate::delegations::{self, Delegation, DelegationKind};
use crate::kernel::code::Code as _;
use crate::kernel::ids::{DelegationId, SubmissionId};
use crate::kernel::reference::Kind;
use crate::policy::{Action, Actor, Capacity, Target, may};
use crate::refusals::OperationError;
use crate::sessions::{self, Calendar};
use crate::submissions::co_sponsors::{self, model::Partners};
use crate::submissions::consents::{self, store::BySubmission};
use crate::submissions::copies;
use crate::submissions::filters::{self, SavedFilter};
use crate::submissions::languages::{self, model::Count};
use crate::submissions::model::{Columns, Submission};
use crate::submissions::store::{self, Key};
use crate::submissions::workflow::State;

/// Which submissions of a session to list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// Of one kind.
    pub kind: Option<Kind>,
    /// In one state.
    pub state: Option<State>,
    /// Of one delegation, by its code.
    pub delegation: Option<String>,
    /// With one main target, by its code.
    pub target: Option<String>,
}

impl Filter {
    /// Returns the filter that the words of an address or a form name; what is unknown is left out.
    pub fn named(kind: &str, state: &str, delegation: &str) -> Self {
        let delegation = Some(delegation).filter(|code| !code.is_empty() && *code != "all").map(str::to_owned);
        Self { kind: Kind::from_code(kind), state: State::from_code(state), delegation, target: None }
    }
}

/// A kind of submission that somebody has not handed in yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outstanding {
    /// The kind.
    pub kind: Kind,
    /// The delegations concerned.
    pub delegations: Vec<DelegationId>,
}

/// What a reader may see of a session's submissions and passes a filter.
#[derive(Debug, Clone)]
pub struct Found {
    /// The session with its windows.
    pub calendar: Calendar,
    /// Every delegation.
    pub delegations: Vec<Delegation>,
    /// What passes the filter, by reference.
    pub keys: Vec<Key>,
    /// States that occur among what the reader may see.
    pub states: BTreeSet<State>,
    /// Of each submission, what the countries that it names say to it.
    pub consents: BySubmission,
    /// What is outstanding: told to the secretariat about all, to a delegation about itself, to nobody else.
    pub outstanding: Vec<Outstanding>,
}

/// Finds the submissions of a session that the reader may see and that pass a filter.
pub fn find(conn: &mut AnyConnection, actor: &Actor, session: i32, filter: &Filter) -> Result<Found, OperationError> {
    let session = sessions::store::by_number(conn, session)?;
    let calendar = sessions::store::calendar(conn, &session.id)?;
    let delegations = delegations::store::all(conn)?;
    let all = store::keys_of_session(conn, &session.id)?;
    let handed_in = store::were_handed_in(conn, &session.id)?;
    let outstanding = outstanding(actor, &delegations, &all);
    let consents = consents::store::of_session(conn, &session.id)?;
    let partners = co_sponsors::store::concerned(conn, &session.id)?;
    let is_visible = |key: &Key| {
        let was_cleared = key.state != State::Withdrawn || handed_in.contains(&key.id);
        let asked = consents.get(&key.id).into_iter().flat_map(BTreeMap::keys);
        let partners = partners.get(&key.id).into_iter().flatten();
        let target = Target { concerned: asked.chain(partners).cloned().collect(), ..target_of_key(key) };
        may(actor, Action::ViewSubmission, &target) && (was_cleared || owns(actor, target_of_key(key)))
    };
    let mut keys: Vec<Key> = all.into_iter().filter(is_visible).collect();
    let states = keys.iter().map(|key| key.state).collect();
    let code = |id: &DelegationId| delegations.iter().find(|one| one.id == *id).map(|one| one.code.as_str());
    keys.retain(|key| {
        filter.kind.is_none_or(|kind| key.kind == kind)
            && filter.state.is_none_or(|state| key.state == state)
            && filter.delegation.as_deref().is_none_or(|wanted| code(&key.delegation) == Some(wanted))
    });
    if let Some(wanted) = &filter.target {
        keys = with_target(conn, actor, keys, wanted)?;
    }
    Ok(Found { calendar, delegations, keys, states, consents, outstanding })
}

/// Returns those with a main target; others are told the target that was cleared, not the one worked on.
fn with_target(conn: &mut AnyConnection, actor: &Actor, keys: Vec<Key>, wanted: &str) -> Result<Vec<Key>, StoreError> {
    let mut kept = Vec::new();
    for key in keys {
        let target = match cleared(conn, actor, &key)? {
            Some(columns) => columns.main_target,
            None => key.main_target.clone(),
        };
        if target.as_deref() == Some(wanted) {
            kept.push(key);
        }
    }
    Ok(kept)
}

/// Returns the submissions of some keys, in their order, as the reader may see them.
pub fn rows(conn: &mut AnyConnection, actor: &Actor, keys: &[Key]) -> Result<Vec<Submission>, StoreError> {
    let mut rows = store::of_keys(conn, keys)?;
    for (key, row) in keys.iter().zip(&mut rows) {
        if let Some(columns) = cleared(conn, actor, key)? {
            row.columns = columns;
        }
    }
    Ok(rows)
}

/// Returns what was cleared of a text that its delegation works on anew, when the reader may see nothing later.
fn cleared(conn: &mut AnyConnection, actor: &Actor, key: &Key) -> Result<Option<Columns>, StoreError> {
    if key.state != State::Returned || owns(actor, target_of_key(key)) {
        return Ok(None);
    }
    let acts = store::acts_of(conn, &key.id)?;
    let Some(act) = acts.iter().rev().find(|act| State::HANDED_IN.contains(&act.to)) else { return Ok(None) };
    Ok(Some(Columns::of(&store::answers_at(conn, &key.id, act.revision)?)))
}

/// A page of the list, with what stands beside its rows.
#[derive(Debug, Clone)]
pub struct Listing {
    /// What was found.
    pub found: Found,
    /// Submissions on the page, by reference.
    pub rows: Vec<Submission>,
    /// Of each submission on the page, who co-sponsors it.
    pub partners: Partners,
    /// Of each submission on the page, how many of its texts are checked against the original.
    pub checked: BTreeMap<SubmissionId, Count>,
    /// Filters of the list that the reader is offered.
    pub filters: Vec<SavedFilter>,
    /// Whether the reader can begin a draft with the answers of an earlier session.
    pub has_earlier: bool,
}

/// Lists one page of the submissions of a session that the reader may see.
pub fn list(
    conn: &mut AnyConnection,
    actor: &Actor,
    session: i32,
    filter: &Filter,
    page: Range<usize>,
) -> Result<Listing, OperationError> {
    let found = find(conn, actor, session, filter)?;
    let end = page.end.min(found.keys.len());
    let rows = rows(conn, actor, found.keys.get(page.start..end).unwrap_or_default())?;
    let partners = co_sponsors::store::joined(conn, rows.iter().map(|row| &row.id))?;
    let checked = languages::store::counts(conn, &rows)?;
    let session = &found.calendar.session;
    let filters = filters::operations::offered(conn, actor, &session.id)?;
    let has_earlier = copies::store::has_earlier(conn, &copies::operations::writes_for(actor), session.number)?;
    Ok(Listing { found, rows, partners, checked, filters, has_earlier })
}

/// Returns what delegations have not handed in, as far as the reader may know.
fn outstanding(actor: &Actor, delegations: &[Delegation], all: &[Key]) -> Vec<Outstanding> {
    let is_told = |delegation: &Delegation| {
        let own = Target::of_delegation(delegation.id.clone());
        actor.is(Capacity::Secretariat) || may(actor, Action::CreateSubmission, &own)
    };
    let has_handed_in = |delegation: &Delegation, kind: Kind| {
        all.iter().any(|one| {
            let at_home = matches!(one.state, State::Draft | State::AwaitingClearance | State::Withdrawn);
            one.delegation == delegation.id && one.kind == kind && !at_home
        })
    };
    Kind::ALL
        .iter()
        .map(|kind| Outstanding {
            kind: *kind,
            delegations: delegations
                .iter()
                .filter(|one| one.kind != DelegationKind::Group && is_told(one) && !has_handed_in(one, *kind))
                .map(|one| one.id.clone())
                .collect(),
        })
        .filter(|one| !one.delegations.is_empty())
        .collect()
}
