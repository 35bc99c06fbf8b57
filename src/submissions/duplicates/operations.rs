//! Finding duplicates among what has been handed in.

use std::collections::BTreeMap;

use chrono::NaiveDateTime;

use super::model::{Likeness, Print, compare};
use crate::classification::List;
use crate::db::{AnyConnection, StoreError};
use crate::delegations::{self, Delegation};
use crate::kernel::ids::{SessionId, SubmissionId};
use crate::policy::{Action, Actor, Target, decide};
use crate::refusals::OperationError;
use crate::sessions::{self, Session};
use crate::submissions::merging::{self, Merge};
use crate::submissions::{State, Submission, store};

/// Most pairs that are shown.
const SHOWN_MAX: usize = 100;
/// Where submissions stand that can be alike, or were joined once.
const CLEARED: &[State] = &[
    State::Submitted,
    State::UnderReview,
    State::Returned,
    State::Accepted,
    State::NotRetained,
    State::Withdrawn,
    State::Merged,
];

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

/// Returns the submissions of a session that are alike and on which nothing is decided, the most alike first.
pub fn duplicates(conn: &mut AnyConnection, actor: &Actor, number: i32) -> Result<Duplicates, OperationError> {
    decide(actor, Action::ViewDesk, &Target::none()).map_err(|denial| OperationError::from(denial).hidden())?;
    let session = sessions::store::by_number(conn, number)?;
    let open =
        register(conn, &session.id)?.into_iter().filter(|each| is_open(each.one.state) && is_open(each.other.state));
    let pair = |each: Weighed| Some(Pair { one: each.one, other: each.other, likeness: each.likeness? });
    let pairs = open.filter_map(pair).take(SHOWN_MAX).collect();
    Ok(Duplicates { session, pairs, delegations: delegations::store::all(conn)? })
}

/// Two submissions that are alike or were joined, with what the secretariat decided.
#[derive(Debug, Clone)]
pub struct Weighed {
    /// The earlier one by reference.
    pub one: Submission,
    /// The other.
    pub other: Submission,
    /// What they share; nothing where they are not alike, or one is back with its delegation.
    pub likeness: Option<Likeness>,
    /// The last merge of the two, and when it was taken back.
    pub merge: Option<(Merge, Option<NaiveDateTime>)>,
}

/// Whether a submission stands to be compared and joined.
const fn is_open(state: State) -> bool {
    matches!(state, State::Submitted | State::UnderReview | State::Accepted)
}

/// Returns the pairs of a session that are alike, and those that were joined, the most alike first. They are compared as they
/// were handed in: what a delegation is writing anew is not read.
pub fn register(conn: &mut AnyConnection, session: &SessionId) -> Result<Vec<Weighed>, StoreError> {
    let merges = merging::store::of_session(conn, session)?;
    let all = store::of_session(conn, session, None, CLEARED)?;
    let mut tags: BTreeMap<SubmissionId, Vec<(List, String)>> = BTreeMap::new();
    for (id, list, code) in store::tags_of_session(conn, session)? {
        tags.entry(id).or_default().push((list, code));
    }
    let none = Vec::new();
    let prints: Vec<Print> = all.iter().map(|one| Print::of(one, tags.get(&one.id).unwrap_or(&none))).collect();
    let is_comparable = |one: &Submission| is_open(one.state) || one.state == State::Merged;
    let mut found = Vec::new();
    for (at, one) in all.iter().enumerate() {
        for (behind, other) in all.iter().enumerate().skip(at + 1).filter(|(_, other)| other.kind == one.kind) {
            let merge = merges.iter().rfind(|(merge, _)| {
                let joined = (&merge.submission, &merge.into);
                joined == (&one.id, &other.id) || joined == (&other.id, &one.id)
            });
            let is_pair = merge.is_some() || is_open(one.state) && is_open(other.state);
            let may_compare = is_pair && is_comparable(one) && is_comparable(other);
            let likeness = if may_compare { compare(&prints[at], &prints[behind]) } else { None };
            if merge.is_some() || likeness.is_some() {
                found.push(Weighed { one: one.clone(), other: other.clone(), likeness, merge: merge.cloned() });
            }
        }
    }
    // Why: a stable order, so that the same session looks the same each time.
    found.sort_by_key(|each| std::cmp::Reverse(each.likeness.as_ref().map_or(0, |likeness| likeness.points)));
    Ok(found)
}
