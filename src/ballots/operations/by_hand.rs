//! Votes taken by hand in the room: the secretariat enters them from the record, each delegation confirms or contests its
//! own. They count as entered; a result cannot be certified while one is contested.

use serde_json::json;

use super::papers::{PaperPlace, account, new_paper};
use super::running::{letter, recount};
use super::{By, Place, load, paper_target, target};
use crate::accounts::Office;
use crate::ballots::model::{Ballot, HandPaper, HandState, SOURCE_CHARS_MAX, Vote};
use crate::ballots::{State, store};
use crate::db::{AnyConnection, Tx};
use crate::kernel::fields::{FieldErrors, Message};
use crate::kernel::ids::DelegationId;
use crate::outbox::{self, Fact, HEADS, Kind, To};
use crate::policy::{Action, Actor, decide};
use crate::refusals::OperationError;
use crate::sessions::Session;

/// What a delegation says of a paper that was entered for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Says {
    /// That is how it voted.
    Confirms,
    /// That is not how it voted, and why.
    Contests(String),
}

/// A vote as the record of the room has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Code of the delegation.
    pub code: String,
    /// What it voted.
    pub vote: Vote,
    /// Which record says so.
    pub source: String,
}

/// Returns the papers that were entered by hand and count, to those who enter them.
pub fn entered(conn: &mut AnyConnection, actor: &Actor, place: Place) -> Result<Vec<HandPaper>, OperationError> {
    let (_, ballot) = load(conn, place)?;
    decide(actor, Action::EnterPaper, &target(&ballot)).map_err(|denial| OperationError::Denied(denial).hidden())?;
    Ok(store::hand_papers_of(conn, &ballot.id)?)
}

fn hand_paper(
    conn: &mut AnyConnection,
    ballot: &Ballot,
    delegation: &DelegationId,
) -> Result<Option<HandPaper>, OperationError> {
    let all = store::hand_papers_of(conn, &ballot.id)?;
    Ok(all.into_iter().find(|paper| paper.delegation == *delegation))
}

/// Refuses what cannot be entered: a secret vote, a vote of a delegation that has confirmed its own paper, and once the
/// ballot is closed whatever does not correct a contested paper.
fn check(conn: &mut AnyConnection, ballot: &Ballot, delegation: &DelegationId) -> Result<(), OperationError> {
    if ballot.rules.is_secret() {
        return Err(OperationError::refused("ballot-hand-secret"));
    }
    let counts = store::newest_confirmed(conn, &ballot.id, delegation)?;
    let by_hand = hand_paper(conn, ballot, delegation)?;
    if counts.is_some() && by_hand.is_none() {
        return Err(OperationError::refused("ballot-hand-own"));
    }
    let is_contested = by_hand.is_some_and(|paper| paper.state == HandState::Contested);
    if ballot.state == State::Closed && !is_contested {
        return Err(OperationError::refused("ballot-hand-closed"));
    }
    Ok(())
}

fn check_source(source: &str, field: &str) -> Result<(), FieldErrors> {
    let mut errors = FieldErrors::none();
    if source.is_empty() {
        errors.add(field, Message::new("required"));
    } else if source.chars().count() > SOURCE_CHARS_MAX {
        let most = i64::try_from(SOURCE_CHARS_MAX).unwrap_or(i64::MAX);
        errors.add(field, Message::new("ballot-objection-long").number("most", most));
    }
    errors.into_result()
}

/// Enters the vote of a delegation from a record, asks the delegation, and counts again when the ballot was counted before.
/// `nonce` is fresh randomness for the receipt.
pub fn enter(tx: &mut Tx<'_>, by: &By, place: Place, entry: &Entry, nonce: &str) -> Result<(), OperationError> {
    let (session, ballot) = load(tx, place)?;
    by.decide(Action::EnterPaper, &target(&ballot))?;
    let electorate = store::electorate_of(tx, &ballot.id)?;
    let elector = electorate.into_iter().find(|elector| elector.code == entry.code);
    let Some(elector) = elector else {
        return Err(FieldErrors::one("delegation", Message::new("ballot-asked-by")).into());
    };
    check(tx, &ballot, &elector.delegation)?;
    check_source(&entry.source, "source")?;
    let after = store::latest_paper(tx, &ballot.id, &elector.delegation)?.map_or(0, |paper| paper.number);
    let at = PaperPlace { ballot: place, delegation: elector.delegation.clone(), after };
    let paper = new_paper(tx, by, (&ballot, &elector.code), &at, &entry.vote)?;
    let receipt = paper.receipt_with(nonce, &ballot.name(&session));
    store::replace_hand_papers(tx, &ballot.id, &elector.delegation)?;
    store::confirm_paper(tx, &paper.id, &account(by)?, &receipt, by.now)?;
    store::set_voted(tx, &ballot.id, &elector.delegation)?;
    store::insert_hand_paper(tx, &paper.id, &entry.source)?;
    let detail = json!({ "delegation": elector.code, "paper": paper.number, "source": entry.source });
    by.record(tx, "ballot.paper-entered", &ballot.name(&session), &detail)?;
    let asks = letter(Kind::PaperEntered, &session, &ballot, "/paper");
    outbox::write(tx, &asks, To::Delegation(&elector.delegation, HEADS), by.actor.account.as_ref(), by.now)?;
    recount_if_closed(tx, by, &session, &ballot)
}

fn recount_if_closed(tx: &mut Tx<'_>, by: &By, session: &Session, ballot: &Ballot) -> Result<(), OperationError> {
    if ballot.state != State::Closed {
        return Ok(());
    }
    recount(tx, ballot)?;
    by.record(tx, "ballot.recounted", &ballot.name(session), &json!({}))
}

/// Keeps what a delegation says of the paper that was entered for it. A contested paper can be confirmed after all.
pub fn answer(
    tx: &mut Tx<'_>,
    by: &By,
    place: Place,
    delegation: &DelegationId,
    says: &Says,
) -> Result<(), OperationError> {
    let (session, ballot) = load(tx, place)?;
    by.decide(Action::AnswerEnteredPaper, &paper_target(&ballot, delegation))?;
    let paper = hand_paper(tx, &ballot, delegation)?.ok_or(OperationError::Stale)?;
    let (to, act, reason) = match says {
        Says::Confirms => (HandState::Confirmed, "ballot.entry-confirmed", ""),
        Says::Contests(reason) => {
            check_source(reason, "reason")?;
            (HandState::Contested, "ballot.entry-contested", reason.as_str())
        }
    };
    if paper.state == to || paper.state == HandState::Confirmed {
        return Err(OperationError::Stale);
    }
    store::answer_hand_paper(tx, &paper, to, reason, (&account(by)?, by.now))?;
    // Why: the reason may say how the delegation voted, so it goes neither into the trail nor into the mail.
    by.record(tx, act, &ballot.name(&session), &json!({ "delegation": paper.code }))?;
    if to == HandState::Contested {
        let name = crate::delegations::store::by_id(tx, delegation)?.name;
        let tells = letter(Kind::PaperContested, &session, &ballot, "/by-hand").with("delegation", Fact::Both(name));
        outbox::write(tx, &tells, To::Office(Office::Secretariat), by.actor.account.as_ref(), by.now)?;
    }
    Ok(())
}

/// Takes out a paper that its delegation contests, and counts again when the ballot was counted before.
pub fn take_out(tx: &mut Tx<'_>, by: &By, place: Place, code: &str) -> Result<(), OperationError> {
    let (session, ballot) = load(tx, place)?;
    by.decide(Action::EnterPaper, &target(&ballot))?;
    let all = store::hand_papers_of(tx, &ballot.id)?;
    let paper = all.into_iter().find(|paper| paper.code == code && paper.state == HandState::Contested);
    let paper = paper.ok_or(OperationError::Stale)?;
    store::take_out(tx, &ballot.id, &paper)?;
    by.record(tx, "ballot.entry-taken-out", &ballot.name(&session), &json!({ "delegation": code }))?;
    recount_if_closed(tx, by, &session, &ballot)
}

/// Refuses to certify while a delegation contests the paper that was entered for it.
pub fn check_settled(conn: &mut AnyConnection, ballot: &Ballot) -> Result<(), OperationError> {
    let all = store::hand_papers_of(conn, &ballot.id)?;
    let contested: Vec<String> =
        all.into_iter().filter(|paper| paper.state == HandState::Contested).map(|paper| paper.code).collect();
    if contested.is_empty() {
        return Ok(());
    }
    let message = Message::new("ballot-contested").text("delegations", contested.join(", "));
    Err(OperationError::Refused(message))
}
