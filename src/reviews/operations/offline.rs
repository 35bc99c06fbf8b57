//! A reviewer's work of a session as a whole: what goes off line, and what is saved together when it comes back.

use std::collections::BTreeSet;

use chrono::NaiveDateTime;

use super::{own_delegation, save};
use crate::db::{AnyConnection, Tx};
use crate::delegations::{self, Delegation};
use crate::kernel::ids::AccountId;
use crate::policy::{Action, Actor, Denial, Target, decide};
use crate::refusals::OperationError;
use crate::reviews::model::{Judgement, Review};
use crate::reviews::remarks::{self, Kept};
use crate::reviews::store;
use crate::sessions::{self, Calendar, Criterion, Step};
use crate::submissions::Submission;

/// An action that the reviewer reviews, with the review held of it.
#[derive(Debug, Clone)]
pub struct Assigned {
    /// The action.
    pub action: Submission,
    /// The delegation that leads it.
    pub delegation: Delegation,
    /// The reviewer's own review, if it is begun.
    pub held: Option<Review>,
    /// What that review says beside its marks.
    pub kept: Option<Kept>,
}

/// A reviewer's work of a session; actions from which the reviewer is recused are left out.
#[derive(Debug, Clone)]
pub struct Desk {
    /// The session.
    pub calendar: Calendar,
    /// Its criteria.
    pub criteria: Vec<Criterion>,
    /// The reviewer.
    pub account: AccountId,
    /// The actions, by reference.
    pub assigned: Vec<Assigned>,
}

/// Returns the actor's work as reviewer while reviews can be given.
pub fn desk(conn: &mut AnyConnection, actor: &Actor, number: i32, now: NaiveDateTime) -> Result<Desk, OperationError> {
    let session = sessions::store::by_number(conn, number)?;
    decide(actor, Action::ViewOwnReviews, &Target::of_session(session.id.clone()))
        .map_err(|denial| OperationError::from(denial).hidden())?;
    let account = actor.account.clone().ok_or(Denial::NotSignedIn)?;
    let calendar = sessions::store::calendar(conn, &session.id)?;
    calendar.expect_open(Step::Reviews, now).map_err(OperationError::Refused)?;
    let criteria = sessions::store::criteria_of(conn, &session.id)?;
    let recused: BTreeSet<_> = store::recusals_in(conn, &session.id)?
        .into_iter()
        .filter(|recusal| recusal.account == account)
        .map(|recusal| recusal.submission)
        .collect();
    let own = actor.delegations().cloned().collect();
    let delegations = delegations::store::all(conn)?;
    let held = store::all_in(conn, &session.id)?;
    let mut remarks = remarks::store::of_session(conn, &session.id)?;
    let mut assigned = Vec::new();
    for action in store::accepted_actions(conn, &session.id)? {
        let lead = delegations.iter().find(|one| one.id == action.delegation).ok_or(OperationError::NotFound)?;
        if recused.contains(&action.id) || own_delegation(lead, &own).is_some() {
            continue;
        }
        let held = held.iter().find(|one| one.submission == action.id && one.account == account).cloned();
        let kept = held.as_ref().and_then(|review| remarks.remove(&review.id));
        assigned.push(Assigned { action, delegation: lead.clone(), held, kept });
    }
    Ok(Desk { calendar, criteria, account, assigned })
}

/// What a reviewer hands in about one action.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Handed {
    /// Reference of the action.
    pub reference: String,
    /// Marks and reason.
    pub judgement: Judgement,
    /// Whether it is given; a draft otherwise.
    pub gives: bool,
    /// The edition that it takes the place of; 0 for none.
    pub edition: i32,
}

/// Saves several reviews, all or none.
pub fn save_all(tx: &mut Tx<'_>, actor: &Actor, handed: &[Handed], now: NaiveDateTime) -> Result<(), OperationError> {
    for one in handed {
        save(tx, actor, &one.reference, one.judgement.clone(), (one.gives, one.edition), now)?;
    }
    Ok(())
}
