//! What ties submissions together, as far as the reader may see; and the check of the practices that an action names.

use std::collections::{BTreeMap, BTreeSet};

use super::model::{Filter, Match, Tied, built_on, built_on_row, matched, offers_for};
use super::store;
use crate::db::{AnyConnection, StoreError};
use crate::delegations::{self, Delegation};
use crate::kernel::fields::{FieldErrors, Message};
use crate::kernel::ids::{DelegationId, SessionId};
use crate::kernel::reference::Kind;
use crate::policy::{Action, Actor, Denial, may};
use crate::questionnaires::Answers;
use crate::questionnaires::answers::SEPARATOR;
use crate::refusals::OperationError;
use crate::sessions::{self, Session};
use crate::submissions::model::Submission;
use crate::submissions::operations::{is_own, target_of};
use crate::submissions::store::by_reference;
use crate::submissions::workflow::State;

/// Most offers of others that the page of an action lists.
const OFFERS_SHOWN_MAX: usize = 6;
/// Most practices that the form of an action suggests.
const SUGGESTED_MAX: usize = 80;

/// Whether a submission is handed in and neither back with its delegation nor decided against.
const fn is_settled(one: &Submission) -> bool {
    matches!(one.state, State::Submitted | State::UnderReview | State::Accepted)
}

/// Whether an actor sees the newest text of a submission in lists: one's own until it is given up, others' once handed in.
fn is_seen(actor: &Actor, one: &Submission) -> bool {
    let is_open = is_own(actor, one) && !matches!(one.state, State::Withdrawn | State::NotRetained | State::Merged);
    is_open || is_settled(one) && may(actor, Action::ViewSubmission, &target_of(one))
}

/// What the page of a submission shows of its ties.
#[derive(Debug, Clone, Default)]
pub struct Links {
    /// Practices on which the action builds, that the reader may see.
    pub built_on: Vec<Submission>,
    /// Actions that build on the practice, that the reader may see.
    pub used_by: Vec<Submission>,
    /// The action that the practice grew out of, if the reader may see it.
    pub origin: Option<Submission>,
    /// Practices that grew out of the action, that the reader may see.
    pub grown: Vec<Submission>,
    /// Offers of others for the targets of the action, with the targets shared.
    pub offers: Vec<(Tied, BTreeSet<String>)>,
}

/// Returns the ties of a submission whose answers the reader sees.
pub fn of(
    conn: &mut AnyConnection,
    actor: &Actor,
    submission: &Submission,
    answers: &Answers,
) -> Result<Links, OperationError> {
    if submission.kind == Kind::Practice {
        let origin = store::origin_of(conn, &submission.id)?.filter(|one| is_seen(actor, one));
        return Ok(Links { used_by: used_by(conn, actor, &submission.reference)?, origin, ..Links::default() });
    }
    let mut practices = Vec::new();
    for (_, reference) in built_on(answers) {
        practices.extend(practice(conn, actor, &reference)?);
    }
    let mut offers = Vec::new();
    if actor.account.is_some() {
        let all = tied(conn, Some(actor), &submission.session)?;
        if let Some(own) = all.iter().find(|one| one.submission.id == submission.id) {
            offers = offers_for(own, &all);
            offers.truncate(OFFERS_SHOWN_MAX);
        }
    }
    let mut grown = store::grown_from(conn, &submission.id)?;
    grown.retain(|one| is_seen(actor, one));
    Ok(Links { built_on: practices, grown, offers, ..Links::default() })
}

/// Returns the actions that build on a practice and that the reader may see.
pub fn used_by(conn: &mut AnyConnection, actor: &Actor, reference: &str) -> Result<Vec<Submission>, StoreError> {
    let mut all = store::building_on(conn, reference)?;
    all.retain(|one| is_seen(actor, one));
    Ok(all)
}

/// Returns a practice on which an action can build: of the library, or one's own; nothing where the reader sees none.
fn practice(conn: &mut AnyConnection, actor: &Actor, reference: &str) -> Result<Option<Submission>, StoreError> {
    match by_reference(conn, reference) {
        Ok(one) => Ok(Some(one).filter(|one| one.kind == Kind::Practice && is_seen(actor, one))),
        Err(StoreError::NotFound) => Ok(None),
        Err(error) => Err(error),
    }
}

/// Checks that the practices that an action names exist and may be seen by who hands it in.
pub fn check(conn: &mut AnyConnection, actor: &Actor, answers: &Answers) -> Result<FieldErrors, StoreError> {
    let (mut errors, mut seen) = (FieldErrors::none(), BTreeSet::new());
    for (row, reference) in built_on(answers) {
        if practice(conn, actor, &reference)?.is_none() {
            errors.add(built_on_row(row), Message::new("no-such-practice").text("reference", reference));
        } else if !seen.insert(reference.clone()) {
            errors.add(built_on_row(row), Message::new("practice-twice").text("reference", reference));
        }
    }
    Ok(errors)
}

/// Returns the practices that the form of an action suggests: of the same theme first, then those of the delegation.
pub fn suggested(conn: &mut AnyConnection, actor: &Actor, action: &Submission) -> Result<Vec<Submission>, StoreError> {
    if action.kind == Kind::Practice {
        return Ok(Vec::new());
    }
    let mut all = store::practices(conn, &action.session)?;
    all.retain(|one| is_seen(actor, one));
    let theme = action.columns.theme.as_ref();
    all.sort_by_key(|one| {
        let is_near = theme.is_some() && one.columns.theme.as_ref() == theme;
        (!is_near, one.delegation != action.delegation, one.reference.clone())
    });
    all.truncate(SUGGESTED_MAX);
    Ok(all)
}

/// Returns the practices and actions of a session that the reader may see, with practices of the whole library; all that are
/// handed in where no reader is named.
fn tied(conn: &mut AnyConnection, reader: Option<&Actor>, session: &SessionId) -> Result<Vec<Tied>, StoreError> {
    let codes: BTreeMap<DelegationId, String> =
        delegations::store::all(conn)?.into_iter().map(|one| (one.id, one.code)).collect();
    let mut tags = store::tags(conn, session)?;
    let mut offers = store::offers(conn)?;
    let practices = store::practices(conn, session)?;
    let actions = store::actions(conn, session)?;
    let is_shown = |one: &Submission| reader.map_or_else(|| is_settled(one), |actor| is_seen(actor, one));
    let seen = practices.into_iter().chain(actions).filter(is_shown);
    Ok(seen
        .map(|one| {
            let code = codes.get(&one.delegation).cloned().unwrap_or_default();
            let offered = offers.remove(&one.id).unwrap_or_default();
            let offered = offered.split(SEPARATOR).map(str::trim).filter(|code| !code.is_empty());
            let offered = offered.map(str::to_owned).collect();
            let tags = tags.remove(&one.id).unwrap_or_default();
            Tied::new(one, code, &tags, offered)
        })
        .collect())
}

/// Returns who offers and who needs what, as far as a reader may see; all of it where no reader is named.
pub fn matches_of(
    conn: &mut AnyConnection,
    reader: Option<&Actor>,
    session: &SessionId,
    filter: &Filter,
) -> Result<Vec<Match>, StoreError> {
    Ok(matched(&tied(conn, reader, session)?, filter))
}

/// Who can help whom in a session.
#[derive(Debug, Clone)]
pub struct Board {
    /// The session.
    pub session: Session,
    /// Target by target.
    pub matches: Vec<Match>,
    /// The delegations, for names and for the filter.
    pub delegations: Vec<Delegation>,
}

/// Returns who offers and who needs what, for somebody who is signed in.
pub fn board(conn: &mut AnyConnection, actor: &Actor, number: i32, filter: &Filter) -> Result<Board, OperationError> {
    if actor.account.is_none() {
        return Err(OperationError::Denied(Denial::NotSignedIn));
    }
    let session = sessions::store::by_number(conn, number)?;
    let matches = matches_of(conn, Some(actor), &session.id, filter)?;
    Ok(Board { matches, delegations: delegations::store::all(conn)?, session })
}
