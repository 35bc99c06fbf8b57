//! What each may count.

use std::collections::{BTreeMap, BTreeSet};

use super::model::{Counted, Counts};
use super::store;
use crate::classification::List;
use crate::db::AnyConnection;
use crate::delegations::{self, Delegation};
use crate::kernel::ids::SubmissionId;
use crate::kernel::reference::Kind;
use crate::policy::{Action, Actor, Target, decide, may};
use crate::programmes;
use crate::refusals::OperationError;
use crate::sessions::{self, Session};
use crate::submissions::{self, State, Submission, links};

/// What the secretariat counts: what has been handed in, whatever became of it.
const HANDED_IN: &[State] =
    &[State::Submitted, State::UnderReview, State::Returned, State::Accepted, State::NotRetained];

/// What the page of the figures needs.
#[derive(Debug, Clone)]
pub struct Figures {
    /// The session.
    pub session: Session,
    /// What is counted.
    pub counts: Counts,
    /// The delegations.
    pub delegations: Vec<Delegation>,
    /// Whether this is what the secretariat counts, with everything that was handed in.
    pub is_whole: bool,
    /// Whether the actor may see that.
    pub sees_whole: bool,
}

/// Returns the figures of a session: what everybody may see, or where it is wanted and allowed everything handed in.
pub fn figures(
    conn: &mut AnyConnection,
    actor: &Actor,
    number: i32,
    is_public_wanted: bool,
) -> Result<Figures, OperationError> {
    let session = sessions::store::by_number(conn, number)?;
    let target = Target::of_session(session.id.clone());
    decide(actor, Action::ViewFigures, &target).map_err(|denial| OperationError::from(denial).hidden())?;
    let sees_whole = may(actor, Action::ViewDesk, &target);
    let is_whole = sees_whole && !is_public_wanted;
    let found = if is_whole {
        submissions::store::of_session(conn, &session.id, None, HANDED_IN)?
    } else {
        published(conn, &session)?
    };
    let mut tags: BTreeMap<SubmissionId, BTreeSet<(List, String)>> = BTreeMap::new();
    for (id, list, code) in submissions::store::tags_of_session(conn, &session.id)? {
        tags.entry(id).or_default().insert((list, code));
    }
    let offers = links::store::offers(conn)?;
    let clearance = if is_whole {
        let cleared = store::cleared_at(conn, &session.id)?;
        Some(found.iter().filter_map(|one| Some((one.id.clone(), *cleared.get(&one.id)? - one.created_at))).collect())
    } else {
        None
    };
    let counted = |submission: Submission| Counted {
        tags: tags.remove(&submission.id).unwrap_or_default(),
        offers: offers.contains_key(&submission.id),
        submission,
    };
    let counts = Counts { all: found.into_iter().map(counted).collect(), clearance };
    Ok(Figures { session, counts, delegations: delegations::store::all(conn)?, is_whole, sees_whole })
}

/// Returns what everybody may see: the practices in the library and the actions of the programme in force.
fn published(conn: &mut AnyConnection, session: &Session) -> Result<Vec<Submission>, OperationError> {
    let mut found = submissions::store::of_session(conn, &session.id, Some(Kind::Practice), &[State::Accepted])?;
    found.retain(|one| one.published_at.is_some());
    if let Some(programme) = programmes::store::in_force(conn, &session.id)? {
        for item in programmes::store::items_of(conn, &programme.id)?.into_iter().filter(|item| item.included) {
            found.push(submissions::store::by_id(conn, &item.submission)?);
        }
    }
    Ok(found)
}
