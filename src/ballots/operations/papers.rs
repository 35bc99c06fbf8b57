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

/// What a delegation is handed for a confirmed paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Receipt {
    /// By which it finds its paper among the published ones.
    Recorded(String),
    /// By which it finds that its secret paper was counted, and nobody what it says; kept beside no delegation.
    Secret(String),
}

/// Adds a new paper of a delegation and returns its number. It counts only when it is confirmed.
pub fn prepare_paper(tx: &mut Tx<'_>, by: &By, place: &PaperPlace, vote: &Vote) -> Result<i32, OperationError> {
    let (session, ballot) = load(tx, place.ballot)?;
    by.decide(Action::PreparePaper, &paper_target(&ballot, &place.delegation))?;
    let code = check_voting(tx, by, &session, &ballot, &place.delegation)?;
    let paper = new_paper(tx, by, (&ballot, &code), place, vote)?;
    record(tx, by, "ballot.paper-prepared", &ballot.name(&session), &paper)?;
    Ok(paper.number)
}

/// Adds a paper of a delegation of a code.
pub(super) fn new_paper(
    tx: &mut Tx<'_>,
    by: &By,
    (ballot, code): (&Ballot, &str),
    place: &PaperPlace,
    vote: &Vote,
) -> Result<Paper, OperationError> {
    let (latest, options) = check_new(tx, ballot, place, vote)?;
    let paper = Paper {
        id: BallotPaperId::new(),
        delegation: place.delegation.clone(),
        code: code.to_owned(),
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
    Ok(paper)
}

/// Checks a new paper, and returns the number of the one before it and the options of the ballot.
fn check_new(
    conn: &mut AnyConnection,
    ballot: &Ballot,
    place: &PaperPlace,
    vote: &Vote,
) -> Result<(i32, BTreeMap<String, SubmissionId>), OperationError> {
    let latest = store::latest_paper(conn, &ballot.id, &place.delegation)?.map_or(0, |paper| paper.number);
    if latest != place.after {
        return Err(OperationError::Stale);
    }
    let options: BTreeMap<String, SubmissionId> =
        store::options_of(conn, &ballot.id)?.into_iter().map(|option| (option.reference, option.submission)).collect();
    check_vote(ballot, &options, vote)?;
    Ok((latest, options))
}

/// Confirms the newest paper of a delegation and returns its receipt; a secret one goes into the urn for good, and the
/// receipt is its code. `nonce` is fresh randomness made by the caller.
pub fn confirm_paper(tx: &mut Tx<'_>, by: &By, place: &PaperPlace, nonce: &str) -> Result<Receipt, OperationError> {
    let (session, ballot) = load(tx, place.ballot)?;
    by.decide(Action::ConfirmPaper, &paper_target(&ballot, &place.delegation))?;
    let code = check_voting(tx, by, &session, &ballot, &place.delegation)?;
    let paper = store::latest_paper(tx, &ballot.id, &place.delegation)?.ok_or(OperationError::Stale)?;
    if paper.number != place.after || paper.confirmed_at.is_some() {
        return Err(OperationError::Stale);
    }
    if ballot.rules.is_secret() {
        put_into_urn(tx, &ballot, &place.delegation, paper.vote(), nonce)?;
        by.record(tx, "ballot.secret-cast", &ballot.name(&session), &json!({ "delegation": code }))?;
        return Ok(Receipt::Secret(nonce.to_owned()));
    }
    let receipt = paper.receipt_with(nonce, &ballot.name(&session));
    store::replace_hand_papers(tx, &ballot.id, &place.delegation)?;
    store::confirm_paper(tx, &paper.id, &account(by)?, &receipt, by.now)?;
    store::set_voted(tx, &ballot.id, &place.delegation)?;
    record(tx, by, "ballot.paper-confirmed", &ballot.name(&session), &paper)?;
    Ok(Receipt::Recorded(receipt))
}

/// Adds a new paper and confirms it at once: for heads and alternates.
pub fn cast_paper(
    tx: &mut Tx<'_>,
    by: &By,
    place: &PaperPlace,
    vote: &Vote,
    nonce: &str,
) -> Result<Receipt, OperationError> {
    let (session, ballot) = load(tx, place.ballot)?;
    by.decide(Action::ConfirmPaper, &paper_target(&ballot, &place.delegation))?;
    if ballot.rules.is_secret() {
        // Why: a secret paper that is cast at once never stands beside its delegation, not even until the commit.
        let code = check_voting(tx, by, &session, &ballot, &place.delegation)?;
        check_new(tx, &ballot, place, vote)?;
        put_into_urn(tx, &ballot, &place.delegation, vote.clone(), nonce)?;
        by.record(tx, "ballot.secret-cast", &ballot.name(&session), &json!({ "delegation": code }))?;
        return Ok(Receipt::Secret(nonce.to_owned()));
    }
    let number = prepare_paper(tx, by, place, vote)?;
    confirm_paper(tx, by, &PaperPlace { after: number, ..place.clone() }, nonce)
}

/// Puts a paper into the urn, takes out all that its delegation prepared, and notes that it has voted.
fn put_into_urn(
    tx: &mut Tx<'_>,
    ballot: &Ballot,
    delegation: &DelegationId,
    vote: Vote,
    code: &str,
) -> Result<(), OperationError> {
    let mut urn = store::urn_of(tx, &ballot.id)?;
    urn.put(vote, code);
    store::set_urn(tx, &ballot.id, &urn)?;
    store::delete_papers(tx, &ballot.id, Some(delegation))?;
    Ok(store::set_voted(tx, &ballot.id, delegation)?)
}

pub(super) fn account(by: &By) -> Result<AccountId, OperationError> {
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

/// Refuses after the closing time, outside the electorate, and a second secret paper; returns the code of the delegation.
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
    let elector = elector.ok_or_else(|| OperationError::refused("ballot-not-in-electorate"))?;
    if ballot.rules.is_secret() && elector.has_voted {
        return Err(OperationError::refused("ballot-secret-voted"));
    }
    Ok(elector.code)
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
