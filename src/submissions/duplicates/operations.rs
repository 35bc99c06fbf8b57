//! Finding duplicates among what has been handed in.

use std::collections::BTreeMap;

use super::model::{Likeness, Print, compare};
use crate::classification::List;
use crate::db::AnyConnection;
use crate::delegations::{self, Delegation};
use crate::kernel::ids::SubmissionId;
use crate::policy::{Action, Actor, Target, decide};
use crate::refusals::OperationError;
use crate::sessions::{self, Session};
use crate::submissions::{State, Submission, store};

/// Most pairs that are shown.
const SHOWN_MAX: usize = 100;

/// Two submissions that are alike.
#[derive(Debug, Clone)]
pub struct Pair {
    /// The earlier one by reference.
    pub one: Submission,
    /// The other.
    pub other: Submission,
    /// What they share.
    pub likeness: Likeness,
}

/// The duplicates of a session.
#[derive(Debug, Clone)]
pub struct Duplicates {
    /// The session.
    pub session: Session,
    /// The pairs, the most alike first.
    pub pairs: Vec<Pair>,
    /// Every delegation.
    pub delegations: Vec<Delegation>,
}

/// Returns the submissions of a session that are alike, as they were handed in: what a delegation is writing anew is not read.
pub fn duplicates(conn: &mut AnyConnection, actor: &Actor, number: i32) -> Result<Duplicates, OperationError> {
    decide(actor, Action::ViewDesk, &Target::none()).map_err(|denial| OperationError::from(denial).hidden())?;
    let session = sessions::store::by_number(conn, number)?;
    let all = store::of_session(conn, &session.id, None, &[State::Submitted, State::UnderReview, State::Accepted])?;
    let mut tags: BTreeMap<SubmissionId, Vec<(List, String)>> = BTreeMap::new();
    for (id, list, code) in store::tags_of_session(conn, &session.id)? {
        tags.entry(id).or_default().push((list, code));
    }
    let none = Vec::new();
    let prints: Vec<Print> = all.iter().map(|one| Print::of(one, tags.get(&one.id).unwrap_or(&none))).collect();
    let mut pairs = Vec::new();
    for (at, one) in all.iter().enumerate() {
        for (behind, other) in all.iter().enumerate().skip(at + 1).filter(|(_, other)| other.kind == one.kind) {
            if let Some(likeness) = compare(&prints[at], &prints[behind]) {
                pairs.push(Pair { one: one.clone(), other: other.clone(), likeness });
            }
        }
    }
    // Why: a stable order, so that the same session looks the same each time.
    pairs.sort_by_key(|pair| std::cmp::Reverse(pair.likeness.points));
    pairs.truncate(SHOWN_MAX);
    Ok(Duplicates { session, pairs, delegations: delegations::store::all(conn)? })
}
