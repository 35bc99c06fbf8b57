//! Handing in a letter of credentials, examining it, reading it.

use std::io::Cursor;

use chrono::NaiveDateTime;
use serde_json::{Value, json};

use crate::accounts::{self, Account};
use crate::audit;
use crate::db::{AnyConnection, Tx};
use crate::delegations::{self, Delegation};
use crate::kernel::fields::{FieldErrors, Message};
use crate::kernel::ids::{AccountId, CredentialsId};
use crate::meetings::model::{COMMENT_CHARS_MAX, CONTENTS, Credentials, NewLetter};
use crate::meetings::store;
use crate::meetings::workflow::{self, Event, State};
use crate::outbox::{self, Kind, Letter, To, WRITERS};
use crate::policy::{Action, Actor, Capacity, Target, decide, may};
use crate::refusals::OperationError;
use crate::sessions::{self, Session};
use crate::submissions::attachments::model::content::examine;
use crate::submissions::attachments::model::name;

/// The letters of one delegation.
#[derive(Debug, Clone)]
pub struct Dossier {
    /// The session.
    pub session: Session,
    /// The delegation.
    pub delegation: Delegation,
    /// Its letters, the newest first.
    pub letters: Vec<Credentials>,
    /// Those whom a letter can name as head: accredited to the delegation, by name.
    pub people: Vec<Account>,
    /// The accounts that are accredited as its head.
    pub heads: Vec<AccountId>,
}

/// A delegation with its newest letter, if it has handed in any.
pub type Standing = (Delegation, Option<Credentials>);

/// Returns what the policy asks about the credentials of a delegation.
pub fn target(session: &Session, delegation: &Delegation) -> Target {
    Target { delegation: Some(delegation.id.clone()), ..Target::of_session(session.id.clone()) }
}

/// Returns the delegations whose credentials the actor may see, each with its newest letter.
pub fn list(conn: &mut AnyConnection, actor: &Actor, number: i32) -> Result<(Session, Vec<Standing>), OperationError> {
    let session = sessions::store::by_number(conn, number)?;
    let mut delegations = delegations::store::seated(conn)?;
    delegations.retain(|one| may(actor, Action::ViewCredentials, &target(&session, one)));
    let mut newest = store::newest_of(conn, &session.id)?;
    let standing = |one: Delegation| {
        let letter = newest.remove(&one.id);
        (one, letter)
    };
    let rows: Vec<Standing> = delegations.into_iter().map(standing).collect();
    // Why: who may see nobody's credentials does not see that there are any.
    if rows.is_empty() { Err(OperationError::NotFound) } else { Ok((session, rows)) }
}

/// Returns the letters of a delegation, the newest first, to those who may see them.
fn letters_of(
    conn: &mut AnyConnection,
    actor: &Actor,
    (number, code): (i32, &str),
) -> Result<(Session, Delegation, Vec<Credentials>), OperationError> {
    let session = sessions::store::by_number(conn, number)?;
    let delegation = delegations::store::by_code(conn, code)?;
    decide(actor, Action::ViewCredentials, &target(&session, &delegation))
        .map_err(|denial| OperationError::from(denial).hidden())?;
    let mut letters = store::credentials_of(conn, &session.id)?;
    letters.retain(|one| one.delegation == delegation.id);
    Ok((session, delegation, letters))
}

/// Returns the letters of a delegation with those whom a letter can name, to those who may see them.
pub fn dossier(conn: &mut AnyConnection, actor: &Actor, number: i32, code: &str) -> Result<Dossier, OperationError> {
    let (session, delegation, letters) = letters_of(conn, actor, (number, code))?;
    let grants: Vec<_> =
        accounts::store::grants(conn)?.into_iter().filter(|grant| grant.delegation == delegation.id).collect();
    let is_held = |account: &Account| grants.iter().any(|grant| grant.account == account.id);
    let mut people = accounts::store::accounts(conn)?;
    people.retain(|account| is_held(account) && account.disabled_at.is_none());
    let heads =
        grants.into_iter().filter(|grant| grant.capacity == Capacity::Head).map(|grant| grant.account).collect();
    Ok(Dossier { session, delegation, letters, people, heads })
}

/// Refuses unless the actor may do something about the credentials of a delegation; before anything typed is looked at.
pub fn expect(actor: &Actor, action: Action, dossier: &Dossier) -> Result<(), OperationError> {
    Ok(decide(actor, action, &target(&dossier.session, &dossier.delegation))?)
}

/// Hands in a letter for a delegation: its head or alternate, or the secretariat for one that came by mail.
pub fn hand_in(
    tx: &mut Tx<'_>,
    actor: &Actor,
    (number, code): (i32, &str),
    new: &NewLetter,
    now: NaiveDateTime,
) -> Result<(), OperationError> {
    let dossier = dossier(tx, actor, number, code)?;
    expect(actor, Action::HandInCredentials, &dossier)?;
    let by = actor.account.clone().ok_or(OperationError::NotFound)?;
    let mut errors = new.check();
    if !dossier.people.iter().any(|account| account.id == new.head) {
        errors.add("head", Message::new("required"));
    }
    let content = examine(Cursor::new(&new.bytes), &new.file_name)
        .ok()
        .and_then(Result::ok)
        .filter(|content| CONTENTS.contains(content));
    if content.is_none() && errors.of("file").is_empty() {
        errors.add("file", Message::new("credentials-content"));
    }
    let Some(content) = content.filter(|_| errors.is_empty()) else { return Err(errors.into()) };
    let one = Credentials {
        id: CredentialsId::new(),
        session: dossier.session.id.clone(),
        delegation: dossier.delegation.id.clone(),
        state: State::HandedIn,
        head: new.head.clone(),
        valid_from_on: new.valid_from_on,
        valid_until_on: new.valid_until_on,
        file_name: name::fitting(&name::clean(&new.file_name), content),
        content,
        size_bytes: i64::try_from(new.bytes.len()).unwrap_or(i64::MAX),
        comment: String::new(),
        handed_in_by: by,
        handed_in_at: now,
        examined_at: None,
    };
    let detail = json!({ "from": one.valid_from_on, "until": one.valid_until_on });
    store::insert_credentials(tx, one, &new.bytes)?;
    record(tx, actor, "credentials.handed-in", &dossier, &detail, now)
}

/// What the secretariat finds when it examines a letter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The letter that the page showed.
    pub letter: CredentialsId,
    /// In order, or back.
    pub event: Event,
    /// Why it goes back.
    pub comment: String,
}

/// Examines the newest letter of a delegation and tells the delegation.
pub fn examine_letter(
    tx: &mut Tx<'_>,
    actor: &Actor,
    (number, code): (i32, &str),
    finding: &Finding,
    now: NaiveDateTime,
) -> Result<(), OperationError> {
    let dossier = dossier(tx, actor, number, code)?;
    expect(actor, Action::ExamineCredentials, &dossier)?;
    let by = actor.account.as_ref().ok_or(OperationError::NotFound)?;
    let Some(newest) = dossier.letters.first() else { return Err(OperationError::NotFound) };
    if newest.id != finding.letter {
        return Err(OperationError::Stale);
    }
    let to = workflow::next(newest.state, finding.event)?;
    let comment = if finding.event == Event::Return { finding.comment.as_str() } else { "" };
    check_comment(finding.event, comment)?;
    store::examine(tx, newest, (to, comment), (by, now))?;
    record(tx, actor, &format!("credentials.{to}"), &dossier, &json!({}), now)?;
    let kind = if to == State::Accepted { Kind::CredentialsAccepted } else { Kind::CredentialsReturned };
    let letter = Letter::new(kind, format!("/sessions/{number}/credentials/{code}"))
        .with("session", outbox::Fact::Both(dossier.session.title.clone()));
    outbox::write(tx, &letter, To::Delegation(&dossier.delegation.id, WRITERS), Some(by), now)?;
    Ok(())
}

fn check_comment(event: Event, comment: &str) -> Result<(), FieldErrors> {
    if event == Event::Return && comment.is_empty() {
        return Err(FieldErrors::one("comment", Message::new("required")));
    }
    if comment.chars().count() > COMMENT_CHARS_MAX {
        let max = i64::try_from(COMMENT_CHARS_MAX).unwrap_or(i64::MAX);
        return Err(FieldErrors::one("comment", Message::new("too-long-text").number("max", max)));
    }
    Ok(())
}

/// Returns a letter with its file, to those who may see it.
pub fn letter(
    conn: &mut AnyConnection,
    actor: &Actor,
    place: (i32, &str),
    id: &CredentialsId,
) -> Result<(Credentials, Vec<u8>), OperationError> {
    let (_, _, letters) = letters_of(conn, actor, place)?;
    let found = letters.into_iter().find(|one| one.id == *id && !one.file_name.is_empty());
    let one = found.ok_or(OperationError::NotFound)?;
    let bytes = store::letter(conn, id)?;
    Ok((one, bytes))
}

fn record(
    tx: &mut Tx<'_>,
    actor: &Actor,
    act: &str,
    dossier: &Dossier,
    detail: &Value,
    now: NaiveDateTime,
) -> Result<(), OperationError> {
    let subject = format!("{}/credentials/{}", dossier.session.number, dossier.delegation.code);
    Ok(audit::record(tx, now, actor.account.as_ref(), act, &subject, detail)?)
}
