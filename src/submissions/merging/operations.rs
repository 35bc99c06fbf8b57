//! Merging and taking a merge back, and what either would do.

use serde_json::json;

use super::model::{Links, Merge};
use super::store;
use crate::audit;
use crate::db::{AnyConnection, StoreError, Tx};
use crate::delegations::{self, Delegation};
use crate::kernel::fields::{FieldErrors, Message};
use crate::kernel::ids::DelegationId;
use crate::outbox::{self, Fact, Letter, To, WRITERS};
use crate::policy::{Action, Actor};
use crate::refusals::OperationError;
use crate::submissions::co_sponsors::{self, workflow::is_concerned};
use crate::submissions::operations::{Asked, Dossier, Words, account_of, check_note};
use crate::submissions::workflow::Event;
use crate::submissions::{State, consents};

/// What a merge would do.
#[derive(Debug, Clone)]
pub struct Proposed {
    /// The submission to be joined.
    pub from: Dossier,
    /// The one that would stand.
    pub into: Dossier,
    /// Why it cannot be done.
    pub obstacle: Option<Message>,
    /// Who would be asked again, or for the first time, about the one that stands.
    pub asked: Vec<DelegationId>,
    /// Every delegation.
    pub delegations: Vec<Delegation>,
}

/// Returns what merging a submission into another would do.
pub fn propose(
    conn: &mut AnyConnection,
    actor: &Actor,
    reference: &str,
    into: &str,
) -> Result<Proposed, OperationError> {
    let from = Dossier::load(conn, reference)?;
    from.permit(actor, Action::MergeSubmissions)?;
    let into = Dossier::load(conn, into)?;
    into.permit(actor, Action::MergeSubmissions)?;
    let obstacle = obstacle(conn, &from, &into)?;
    let asked = asked(&from, &into);
    Ok(Proposed { from, into, obstacle, asked, delegations: delegations::store::all(conn)? })
}

/// Says why two submissions cannot be merged.
fn obstacle(conn: &mut AnyConnection, from: &Dossier, into: &Dossier) -> Result<Option<Message>, StoreError> {
    let (one, other) = (&from.submission, &into.submission);
    if one.id == other.id || one.kind != other.kind || one.session != other.session {
        return Ok(Some(Message::new("merge-unlike")));
    }
    for id in [&one.id, &other.id] {
        if store::is_on_ballot(conn, id)? {
            return Ok(Some(Message::new("merge-on-ballot")));
        }
        if co_sponsors::store::is_in_programme(conn, id)? {
            return Ok(Some(Message::new("merge-in-programme")));
        }
    }
    Ok(None)
}

/// Returns the delegations that have a part in either: each is asked about the one that stands, but for its own.
fn asked(from: &Dossier, into: &Dossier) -> Vec<DelegationId> {
    let partners = |dossier: &Dossier| {
        let joined = dossier.co_sponsors.iter().filter(|one| is_concerned(one.state));
        joined.map(|one| one.delegation.clone()).collect::<Vec<_>>()
    };
    let mut all = partners(from);
    all.push(from.submission.delegation.clone());
    all.extend(partners(into));
    all.extend(into.consents.iter().map(|consent| consent.delegation.clone()));
    all.sort();
    all.dedup();
    all.retain(|one| *one != into.submission.delegation);
    all
}

/// Merges a submission into another, having seen both at a revision, and says why.
pub fn merge(tx: &mut Tx<'_>, asked: &Asked<'_>, (into, seen): (&str, i32), note: &str) -> Result<(), OperationError> {
    let proposed = propose(tx, asked.actor, asked.reference, into)?;
    let (from, into) = (&proposed.from, &proposed.into);
    if asked.seen != Some(from.submission.revision) || into.submission.revision != seen {
        return Err(OperationError::Stale);
    }
    if let Some(message) = proposed.obstacle {
        return Err(OperationError::Refused(message));
    }
    if note.trim().is_empty() {
        return Err(FieldErrors::one("note", Message::new("required")).into());
    }
    check_note(note)?;
    asked.go(tx, from, Event::Merge, &Words::note(note))?;
    let account = account_of(asked.actor)?;
    let merge = Merge {
        id: uuid::Uuid::now_v7().to_string(),
        submission: from.submission.id.clone(),
        reference: from.submission.reference.clone(),
        into: into.submission.id.clone(),
        into_reference: into.submission.reference.clone(),
        into_revision: into.submission.revision,
        note: note.trim().to_owned(),
        account: account.clone(),
        merged_at: asked.now,
    };
    store::insert(tx, &merge)?;
    let detail = json!({ "into": merge.into_reference });
    audit::record(tx, asked.now, Some(account), "merge.join", asked.reference, &detail)?;
    co_sponsors::operations::ask_after_merge(tx, from, into, account, asked.now)?;
    consents::operations::ask_after_merge(tx, into, account, asked.now)?;
    tell(tx, asked, from, into, note)
}

/// Tells both delegations.
fn tell(tx: &mut Tx<'_>, asked: &Asked<'_>, from: &Dossier, into: &Dossier, note: &str) -> Result<(), OperationError> {
    let letter = Letter::new(outbox::Kind::Merged, format!("/submissions/{}", into.submission.reference))
        .text("reference", from.submission.reference.clone())
        .with("title", Fact::Both(from.submission.columns.title.clone()))
        .text("other", into.submission.reference.clone())
        .with("session", Fact::Both(into.calendar.session.title.clone()))
        .text("note", note.trim());
    let mut told = vec![&from.submission.delegation, &into.submission.delegation];
    told.dedup();
    for delegation in told {
        outbox::write(tx, &letter, To::Delegation(delegation, WRITERS), asked.actor.account.as_ref(), asked.now)?;
    }
    Ok(())
}

/// Takes a merge back: the submission comes back for screening, while nothing is built on the one that stands.
pub fn unmerge(tx: &mut Tx<'_>, asked: &Asked<'_>) -> Result<(), OperationError> {
    let dossier = Dossier::load(tx, asked.reference)?;
    dossier.permit(asked.actor, Action::UnmergeSubmission)?;
    let links = store::links(tx, &dossier.submission.id)?;
    let merge = links.into.ok_or_else(|| OperationError::refused("merge-none"))?;
    if let Some(message) = built_on(tx, &merge)? {
        return Err(OperationError::Refused(message));
    }
    asked.go(tx, &dossier, Event::Unmerge, &Words::default())?;
    store::take_back(tx, &merge.id, asked.now)?;
    let detail = json!({ "into": merge.into_reference });
    audit::record(tx, asked.now, asked.actor.account.as_ref(), "merge.take-back", asked.reference, &detail)?;
    Ok(())
}

/// Says what is built on the one that stands, so that the merge stays.
pub fn built_on(conn: &mut AnyConnection, merge: &Merge) -> Result<Option<Message>, StoreError> {
    let into = crate::submissions::store::by_id(conn, &merge.into)?;
    let is_settled = store::is_on_ballot(conn, &into.id)? || co_sponsors::store::is_in_programme(conn, &into.id)?;
    let is_changed = into.revision != merge.into_revision || into.state == State::Merged;
    Ok((is_settled || is_changed)
        .then(|| Message::new("merge-built-on").text("reference", merge.into_reference.clone())))
}

/// Returns the merges around a submission that has been opened.
pub fn links(conn: &mut AnyConnection, dossier: &Dossier) -> Result<Links, StoreError> {
    store::links(conn, &dossier.submission.id)
}
