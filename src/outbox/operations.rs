//! Acts on the outbox: looking, sending again, choosing how one's own mails come, gathering daily mails.
//!
//! Who may see that a message exists may not always read it: what a delegation does at home and what concerns a sign-in
//! is for its recipient alone.

use chrono::NaiveDateTime;
use serde_json::json;

use super::model::{Message, Pace, State, Wording};
use super::store::SetWording;
use super::{Fact, Kind, Letter, To, store};
use crate::audit;
use crate::db::{AnyConnection, Tx};
use crate::kernel::ids::{AccountId, MessageId};
use crate::kernel::lang::Lang;
use crate::policy::{Action, Actor, Target, decide, may};
use crate::refusals::OperationError;

/// A part of the outbox as its page shows it.
#[derive(Debug)]
pub struct Listing {
    /// The messages, newest first.
    pub messages: Vec<Message>,
    /// How many there are of the state that was asked for.
    pub count: i64,
    /// How many there are in each state that occurs.
    pub counts: Vec<(State, i64)>,
    /// The words that the secretariat set.
    pub wordings: Vec<SetWording>,
}

/// A message opened, with those that it holds if it is a daily mail.
#[derive(Debug)]
pub struct Opened {
    /// The message.
    pub message: Message,
    /// What it holds.
    pub items: Vec<Message>,
    /// The words that the secretariat set.
    pub wordings: Vec<SetWording>,
}

/// Returns whether an actor may read a message: its recipient, and whom the policy lets read mails, unless it is private.
pub fn may_read(actor: &Actor, message: &Message) -> bool {
    let is_own = actor.account.is_some() && actor.account == message.account;
    is_own || (!message.kind.is_private() && may(actor, Action::ReadMail, &Target::none()))
}

/// Returns a part of the outbox.
pub fn list(
    conn: &mut AnyConnection,
    actor: &Actor,
    state: Option<State>,
    skip: i64,
    limit: i64,
) -> Result<Listing, OperationError> {
    decide(actor, Action::ViewOutbox, &Target::none())?;
    let (messages, count) = store::newest(conn, state, skip, limit)?;
    let counts = store::counts(conn)?;
    Ok(Listing { messages, count, counts, wordings: store::wordings(conn)? })
}

/// Returns one's own newest messages, those inside daily mails as well.
pub fn own_messages(conn: &mut AnyConnection, actor: &Actor, limit: i64) -> Result<Listing, OperationError> {
    let account = own(actor)?;
    let messages = store::newest_of(conn, &account, limit)?;
    let count = i64::try_from(messages.len()).unwrap_or(i64::MAX);
    Ok(Listing { messages, count, counts: Vec::new(), wordings: store::wordings(conn)? })
}

/// Opens a message.
pub fn open(conn: &mut AnyConnection, actor: &Actor, id: &MessageId) -> Result<Opened, OperationError> {
    let message = store::by_id(conn, id)?;
    if actor.account.is_none() || actor.account != message.account {
        decide(actor, Action::ViewOutbox, &Target::none()).map_err(|denial| OperationError::from(denial).hidden())?;
    }
    let items = store::gathered_in(conn, id)?;
    Ok(Opened { message, items, wordings: store::wordings(conn)? })
}

/// Lets a message that was not sent be tried anew.
pub fn send_again(tx: &mut Tx<'_>, actor: &Actor, id: &MessageId, now: NaiveDateTime) -> Result<(), OperationError> {
    decide(actor, Action::SendMailAgain, &Target::none()).map_err(|denial| OperationError::from(denial).hidden())?;
    let message = store::by_id(tx, id)?;
    store::send_again(tx, id, now)?;
    let detail = json!({ "account": message.account });
    Ok(audit::record(tx, now, actor.account.as_ref(), "outbox.sent-again", id.as_str(), &detail)?)
}

/// Returns how the actor wants mails.
pub fn pace(conn: &mut AnyConnection, actor: &Actor) -> Result<Pace, OperationError> {
    let account = own(actor)?;
    Ok(store::pace_of(conn, &account)?)
}

/// Sets how the actor wants mails.
pub fn set_pace(tx: &mut Tx<'_>, actor: &Actor, pace: Pace) -> Result<(), OperationError> {
    let account = own(actor)?;
    Ok(store::set_pace(tx, &account, pace)?)
}

/// Returns the words that the secretariat set, for those who may set them.
pub fn to_edit(conn: &mut AnyConnection, actor: &Actor) -> Result<Vec<SetWording>, OperationError> {
    decide(actor, Action::EditMailTexts, &Target::none())?;
    Ok(store::wordings(conn)?)
}

/// Sets the words of a kind in a language; nothing brings the standard text back.
pub fn set_wording(
    tx: &mut Tx<'_>,
    actor: &Actor,
    (kind, lang): (Kind, Lang),
    (wording, seen): (Option<&Wording>, i32),
    now: NaiveDateTime,
) -> Result<(), OperationError> {
    decide(actor, Action::EditMailTexts, &Target::none())?;
    let account = actor.account.as_ref().ok_or(OperationError::NotFound)?;
    match wording {
        Some(wording) => {
            wording.check(kind).into_result()?;
            store::set_wording(tx, (kind, lang), wording, seen, (account, now))?;
        }
        None => store::delete_wording(tx, kind, lang)?,
    }
    let detail = json!({ "mail-kind": kind, "account-language": lang });
    Ok(audit::record(tx, now, Some(account), "outbox.text-set", kind.code(), &detail)?)
}

/// Puts what waits for the daily mail of an account into one message; a single one goes out as it is.
pub fn gather(tx: &mut Tx<'_>, account: &AccountId, now: NaiveDateTime) -> Result<(), OperationError> {
    let waiting = store::for_digest(tx, account, now)?;
    let [first, _, ..] = waiting.as_slice() else {
        for message in &waiting {
            store::take_out_of_digest(tx, &message.id)?;
        }
        return Ok(());
    };
    let key = format!("digest {}", first.id);
    let count = i64::try_from(waiting.len()).unwrap_or(i64::MAX);
    let letter = Letter::new(Kind::Digest, "/").with("count", Fact::Number(count)).once(key.clone());
    super::write(tx, &letter, To::Account(account), None, now)?;
    let Some(digest) = store::by_key(tx, &format!("{key} {account}"))? else {
        // The account was disabled meanwhile: it is told nothing.
        return waiting.iter().try_for_each(|message| Ok(store::drop_waiting(tx, &message.id)?));
    };
    for message in &waiting {
        store::gather(tx, &message.id, &digest)?;
    }
    Ok(())
}

fn own(actor: &Actor) -> Result<AccountId, OperationError> {
    let account = actor.account.clone().ok_or(OperationError::NotFound)?;
    decide(actor, Action::ManageOwnAccount, &Target::of_account(account.clone()))?;
    Ok(account)
}
