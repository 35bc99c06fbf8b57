//! What delegations do: fill in a paper, confirm it. Time decides, whether or not anybody closed the ballot.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::json;

use super::{By, Place, load, paper_target};
use crate::ballots::model::{Ballot, Paper, Vote};
use crate::ballots::store;
use crate::db::{AnyConnection, Tx};
use crate::kernel::fields::{FieldErrors, Message, Value};
use crate::kernel::ids::{AccountId, BallotPaperId, DelegationId, SubmissionId};
use crate::policy::{Action, Denial};
use crate::refusals::OperationError;
use crate::sessions::Session;

/// Whose paper, and after which: `after` is the number of the newest paper that the person has seen, 0 for none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaperPlace {
    /// The ballot.
    pub ballot: Place,
    /// The delegation.
    pub delegation: DelegationId,
    /// The newest paper seen.
    pub after: i32,
}

/// Adds a new paper of a delegation and returns its number. It counts only when it is confirmed.
pub fn prepare_paper(tx: &mut Tx<'_>, by: &By, place: &PaperPlace, vote: &Vote) -> Result<i32, OperationError> {
    let (session, ballot) = load(tx, place.ballot)?;
    by.decide(Action::PreparePaper, &paper_target(&ballot, &place.delegation))?;
    let code = check_voting(tx, by, &session, &ballot, &place.delegation)?;
    let latest = store::latest_paper(tx, &ballot.id, &place.delegation)?.map_or(0, |paper| paper.number);
    if latest != place.after {
        return Err(OperationError::Stale);
    }
    let options: BTreeMap<String, SubmissionId> =
        store::options_of(tx, &ballot.id)?.into_iter().map(|option| (option.reference, option.submission)).collect();
    check_vote(&ballot, &options, vote)?;
    let paper = Paper {
        id: BallotPaperId::new(),
        delegation: place.delegation.clone(),
        code,
        number: latest + 1,
        kind: vote.kind(),
        prepared_by: account(by)?,
        prepared_at: by.now,
        confirmed_by: None,
        confirmed_at: None,
        receipt: None,
        lines: vote.lines().to_vec(),
    };
    store::insert_paper(tx, &ballot.id, &paper, &options)?;
    record(tx, by, "ballot.paper-prepared", &ballot.name(&session), &paper)?;
    Ok(paper.number)
}

/// Confirms the newest paper of a delegation and returns its receipt. `nonce` is fresh randomness made by the caller.
pub fn confirm_paper(tx: &mut Tx<'_>, by: &By, place: &PaperPlace, nonce: &str) -> Result<String, OperationError> {
    let (session, ballot) = load(tx, place.ballot)?;
    by.decide(Action::ConfirmPaper, &paper_target(&ballot, &place.delegation))?;
    check_voting(tx, by, &session, &ballot, &place.delegation)?;
    let paper = store::latest_paper(tx, &ballot.id, &place.delegation)?.ok_or(OperationError::Stale)?;
    if paper.number != place.after || paper.confirmed_at.is_some() {
        return Err(OperationError::Stale);
    }
    let receipt = paper.receipt_with(nonce, &ballot.name(&session));
    store::confirm_paper(tx, &paper.id, &account(by)?, &receipt, by.now)?;
    record(tx, by, "ballot.paper-confirmed", &ballot.name(&session), &paper)?;
    Ok(receipt)
}

/// Adds a new paper and confirms it at once: for heads and alternates.
pub fn cast_paper(
    tx: &mut Tx<'_>,
    by: &By,
    place: &PaperPlace,
    vote: &Vote,
    nonce: &str,
) -> Result<String, OperationError> {
    let (_, ballot) = load(tx, place.ballot)?;
    by.decide(Action::ConfirmPaper, &paper_target(&ballot, &place.delegation))?;
    let number = prepare_paper(tx, by, place, vote)?;
    confirm_paper(tx, by, &PaperPlace { after: number, ..place.clone() }, nonce)
}

fn account(by: &By) -> Result<AccountId, OperationError> {
    by.actor.account.clone().ok_or(OperationError::Denied(Denial::NotSignedIn))
}

fn record(tx: &mut Tx<'_>, by: &By, act: &str, subject: &str, paper: &Paper) -> Result<(), OperationError> {
    by.record(tx, act, subject, &json!({ "delegation": paper.code, "paper": paper.number }))
}

/// Refuses unless a paper of a delegation can be filled in now: for a file that goes off line and comes back.
pub fn fillable(conn: &mut AnyConnection, by: &By, place: &PaperPlace) -> Result<(), OperationError> {
    let (session, ballot) = load(conn, place.ballot)?;
    by.decide(Action::PreparePaper, &paper_target(&ballot, &place.delegation))?;
    check_voting(conn, by, &session, &ballot, &place.delegation).map(drop)
}

/// Refuses after the closing time and outside the electorate; returns the code of the delegation.
fn check_voting(
    conn: &mut AnyConnection,
    by: &By,
    session: &Session,
    ballot: &Ballot,
    delegation: &DelegationId,
) -> Result<String, OperationError> {
    if ballot.is_over(by.now) {
        let closes = Value::Moment(ballot.closes_at, session.time_zone);
        return Err(OperationError::Refused(Message::new("ballot-over").with("closes", closes)));
    }
    let electorate = store::electorate_of(conn, &ballot.id)?;
    let elector = electorate.into_iter().find(|elector| elector.delegation == *delegation);
    elector.map(|elector| elector.code).ok_or_else(|| OperationError::refused("ballot-not-in-electorate"))
}

/// Refuses a paper that does not fit the ballot. No message repeats what the paper says.
fn check_vote(ballot: &Ballot, options: &BTreeMap<String, SubmissionId>, vote: &Vote) -> Result<(), OperationError> {
    let Vote::Ranked(lines) = vote else { return Ok(()) };
    let mut errors = FieldErrors::none();
    let named: BTreeSet<&String> = lines.iter().map(|line| &line.reference).collect();
    if named.len() < lines.len() || !options.keys().eq(named) {
        errors.add("abstain", Message::new("ballot-paper-options"));
    }
    for line in lines {
        if line.priority.is_some_and(|priority| !(1..=ballot.rules.levels).contains(&priority)) {
            let message = Message::new("ballot-priority").number("levels", i64::from(ballot.rules.levels));
            errors.add(format!("priority|{}", line.reference), message);
        }
    }
    errors.into_result()?;
    Ok(())
}
