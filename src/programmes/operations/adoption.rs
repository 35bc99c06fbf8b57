//! The adoption: by consensus, or by a recorded vote that carries.

use chrono::{NaiveDate, NaiveDateTime};
use serde_json::json;

use super::{WordRecord, draft_of, long, open_session, record};
use crate::accounts::Office;
use crate::db::{AnyConnection, Tx};
use crate::delegations;
use crate::kernel::fields::{FieldErrors, Message};
use crate::kernel::lang::Bilingual;
use crate::outbox::{self, Fact, Letter, To};
use crate::policy::Actor;
use crate::programmes::model::{
    AdoptedBy, Item, Programme, RECORD_CHARS_MAX, VoteAnswer, Votes, number_of, roll, vote_field,
};
use crate::programmes::store;
use crate::programmes::workflow::{Event, State, next};
use crate::refusals::OperationError;
use crate::sessions::Session;
use crate::submissions::{self, State as SubmissionState};

/// How the group adopted the draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Adoption {
    /// By consensus or by recorded vote.
    pub by: AdoptedBy,
    /// On which day.
    pub on: NaiveDate,
    /// The sentence of the report; where it is empty or that of a consensus, a recorded vote writes its own.
    pub record: Bilingual<String>,
    /// The answers of the roll call.
    pub votes: Votes,
    /// The edition of the draft that was before the group.
    pub edition: i32,
}

/// Enters that the group adopted the draft. The programme in force until then is superseded.
pub fn adopt(
    tx: &mut Tx<'_>,
    actor: &Actor,
    number: i32,
    adoption: &Adoption,
    word: WordRecord,
    now: NaiveDateTime,
) -> Result<(), OperationError> {
    let calendar = open_session(tx, actor, number, now)?;
    let held = draft_of(tx, &calendar.session, Event::Adopt)?;
    if held.edition != adoption.edition {
        return Err(OperationError::Stale);
    }
    let state = next(held.state, Event::Adopt)?;
    expect_adoptable(tx, &held)?;
    let votes = votes_checked(tx, &calendar.session, adoption)?;
    let text = record_text(&held, &calendar.session, adoption, votes.as_ref(), word)?;
    for old in store::of_session(tx, &calendar.session.id)?.iter().filter(|old| old.state == State::Adopted) {
        let superseded =
            Programme { state: next(old.state, Event::Supersede)?, edition: old.edition + 1, ..old.clone() };
        store::save(tx, &superseded, old.state)?;
        record(tx, actor, now, "programme.superseded", &superseded, &json!({}))?;
    }
    let adopted = Programme {
        state,
        adoption: Some((adoption.by, adoption.on)),
        record: text,
        edition: held.edition + 1,
        updated_at: now,
        adopted_at: Some(now),
        ..held
    };
    store::save(tx, &adopted, State::Draft)?;
    for (delegation, answer) in votes.iter().flatten() {
        store::insert_vote(tx, &adopted.id, delegation, *answer)?;
    }
    let detail = json!({ "by": adoption.by.code(), "on": adoption.on.to_string() });
    record(tx, actor, now, "programme.adopted", &adopted, &detail)?;
    tell_adopted(tx, actor, &calendar.session, &adopted, now)
}

/// Tells everybody that there is a programme.
fn tell_adopted(
    tx: &mut Tx<'_>,
    actor: &Actor,
    session: &Session,
    adopted: &Programme,
    now: NaiveDateTime,
) -> Result<(), OperationError> {
    let letter = Letter::new(outbox::Kind::ProgrammeAdopted, format!("/sessions/{}/programme", session.number))
        .with("session", Fact::Both(session.title.clone()))
        .text("programme", adopted.reference.clone());
    outbox::write(tx, &letter, To::Delegations(outbox::ALL), actor.account.as_ref(), now)?;
    outbox::write(tx, &letter, To::Office(Office::Chair), actor.account.as_ref(), now)?;
    Ok(())
}

/// Returns the sentence of the report: what was typed, or the program's where nothing else was.
fn record_text(
    held: &Programme,
    session: &Session,
    adoption: &Adoption,
    votes: Option<&Votes>,
    word: WordRecord,
) -> Result<Bilingual<String>, FieldErrors> {
    let (typed, by_consensus) = (&adoption.record, word(held, session, None));
    let is_ours = |side: &String, consensus: &String| side.is_empty() || side == consensus;
    if is_ours(&typed.en, &by_consensus.en) && is_ours(&typed.ru, &by_consensus.ru) {
        return Ok(word(held, session, votes));
    }
    let mut errors = FieldErrors::none();
    for (side, field) in [(&typed.en, "record_en"), (&typed.ru, "record_ru")] {
        if side.is_empty() {
            errors.add(field, Message::new("required"));
        }
    }
    long(&mut errors, "record", typed, RECORD_CHARS_MAX);
    errors.into_result()?;
    Ok(typed.clone())
}

/// Refuses while something is missing that the group must have before it.
fn expect_adoptable(conn: &mut AnyConnection, held: &Programme) -> Result<(), OperationError> {
    let included: Vec<Item> = store::items_of(conn, &held.id)?.into_iter().filter(|item| item.included).collect();
    if included.is_empty() {
        return Err(OperationError::refused("programme-empty"));
    }
    if held.introduction.en.is_empty() != held.introduction.ru.is_empty() {
        return Err(OperationError::refused("programme-one-language"));
    }
    for item in included {
        let submission = submissions::store::by_id(conn, &item.submission)?;
        if submission.state != SubmissionState::Accepted {
            let message = Message::new("programme-not-accepted").text("reference", submission.reference);
            return Err(OperationError::Refused(message));
        }
    }
    Ok(())
}

/// Returns the answers of a recorded vote that carried; nothing for a consensus. Abstentions are not votes.
fn votes_checked(
    conn: &mut AnyConnection,
    session: &Session,
    adoption: &Adoption,
) -> Result<Option<Votes>, OperationError> {
    if adoption.by == AdoptedBy::Consensus {
        return Ok(None);
    }
    let mut errors = FieldErrors::none();
    let mut votes = Votes::new();
    for delegation in delegations::store::all(conn)?.into_iter().filter(|delegation| delegation.votes) {
        match adoption.votes.iter().find(|(id, _)| *id == delegation.id) {
            Some((_, answer)) => votes.push((delegation.id, *answer)),
            None => errors.add(vote_field(&delegation.code), Message::new("programme-vote-missing")),
        }
    }
    errors.into_result()?;
    let roll = roll(&votes);
    let number = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
    let quorum = roll.check_quorum(session.rules.quorum);
    if !quorum.is_met() {
        let message = Message::new("programme-no-quorum");
        let (present, needed) = (number(quorum.present), number(quorum.needed));
        return Err(OperationError::Refused(message.number("present", present).number("needed", needed)));
    }
    let (yes, needed) = (number_of(&votes, VoteAnswer::Yes), roll.majority(session.rules.base));
    if yes < needed {
        let message = Message::new("programme-no-majority");
        return Err(OperationError::Refused(message.number("yes", number(yes)).number("needed", number(needed))));
    }
    Ok(Some(votes))
}
