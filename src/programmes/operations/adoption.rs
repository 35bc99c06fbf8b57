//! The adoption as the secretariat enters it: by consensus, after a silence procedure, by a recorded vote that carries. Where a
//! decision of the group is about the draft, `tabling` adopts it.

use chrono::{NaiveDate, NaiveDateTime};
use serde_json::json;

use super::{draft_of, long, open_session, record, tabling};
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
use crate::programmes::workflow::{Event, next};
use crate::refusals::OperationError;
use crate::sessions::Session;
use crate::submissions::{self, State as SubmissionState};

/// How the group adopted the draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Adoption {
    /// On which rung.
    pub by: AdoptedBy,
    /// On which day.
    pub on: NaiveDate,
    /// The sentence of the report; empty in both languages where it is made of the data.
    pub record: Bilingual<String>,
    /// The answers of the roll call.
    pub votes: Votes,
}

/// Enters that the group adopted the draft, which was before it in an edition.
pub fn adopt(
    tx: &mut Tx<'_>,
    actor: &Actor,
    number: i32,
    (adoption, edition): (&Adoption, i32),
    now: NaiveDateTime,
) -> Result<(), OperationError> {
    let session = open_session(tx, actor, number, now)?.session;
    let held = draft_of(tx, &session, Event::Adopt)?;
    if held.edition != edition {
        return Err(OperationError::Stale);
    }
    if let Some(message) = tabling::decided_by(tx, &held)? {
        return Err(OperationError::Refused(message));
    }
    expect_whole(tx, &held)?;
    let votes = votes_checked(tx, &session, adoption)?;
    record_checked(&adoption.record)?;
    bring_into_force(tx, actor, (&session, held), Adoption { votes, ..adoption.clone() }, now)
}

/// Adopts a draft and supersedes the programme in force until then.
pub(super) fn bring_into_force(
    tx: &mut Tx<'_>,
    actor: &Actor,
    (session, held): (&Session, Programme),
    adoption: Adoption,
    now: NaiveDateTime,
) -> Result<(), OperationError> {
    let from = held.state;
    let state = next(from, Event::Adopt)?;
    if let Some(old) = store::in_force(tx, &session.id)? {
        let superseded =
            Programme { state: next(old.state, Event::Supersede)?, edition: old.edition + 1, ..old.clone() };
        store::save(tx, &superseded, old.state)?;
        record(tx, actor, now, "programme.superseded", &superseded, &json!({}))?;
    }
    let adopted = Programme {
        state,
        adoption: Some((adoption.by, adoption.on)),
        record: adoption.record,
        edition: held.edition + 1,
        updated_at: now,
        adopted_at: Some(now),
        ..held
    };
    store::save(tx, &adopted, from)?;
    for (delegation, answer) in &adoption.votes {
        store::insert_vote(tx, &adopted.id, delegation, *answer)?;
    }
    let detail = json!({ "by": adoption.by.code(), "on": adoption.on.to_string() });
    record(tx, actor, now, "programme.adopted", &adopted, &detail)?;
    tell_adopted(tx, actor, session, &adopted, now)
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

/// Checks a sentence of the report that somebody wrote: it is there in both languages, or in neither.
fn record_checked(typed: &Bilingual<String>) -> Result<(), FieldErrors> {
    let mut errors = FieldErrors::none();
    for (side, other, field) in [(&typed.en, &typed.ru, "record_en"), (&typed.ru, &typed.en, "record_ru")] {
        if side.is_empty() && !other.is_empty() {
            errors.add(field, Message::new("required"));
        }
    }
    long(&mut errors, "record", typed, RECORD_CHARS_MAX);
    errors.into_result()
}

/// Refuses while something is missing that the group must have before it.
pub(super) fn expect_whole(conn: &mut AnyConnection, held: &Programme) -> Result<(), OperationError> {
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

/// Returns the answers of a recorded vote that carried; none where there was no vote. Abstentions are not votes.
fn votes_checked(conn: &mut AnyConnection, session: &Session, adoption: &Adoption) -> Result<Votes, OperationError> {
    if adoption.by != AdoptedBy::RecordedVote {
        return Ok(Votes::new());
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
    Ok(votes)
}
