//! The outbox: what people are told by mail, written in the transaction of the act that it tells of.
//!
//! Operations call `write` beside `audit::record`: an act that does not happen tells nobody. `letters` finds the words,
//! `delivery` hands them to the mail server, `reminders` writes to those who have not acted while there is time.
//! Results of ballots and scores never go in here, nor does the token of a link.

pub mod delivery;
pub mod letters;
pub mod model;
pub mod operations;
pub mod pages;
pub mod post;
pub mod reminders;
pub mod routes;
pub mod store;

use std::collections::BTreeSet;

use chrono::NaiveDateTime;
use chrono_tz::Tz;

use crate::accounts::store::recipients;
use crate::accounts::{self, Account, Office};
use crate::db::{AnyConnection, StoreError, Tx};
use crate::delegations;
use crate::kernel::ids::{AccountId, DelegationId, MessageId};
use crate::kernel::lang::Lang;
use crate::policy::Capacity;

pub use model::{Fact, Kind, Letter, Message, Pace, State};

/// Those who speak for a delegation.
pub const HEADS: &[Capacity] = &[Capacity::Head, Capacity::Alternate];
/// Those who write for a delegation.
pub const WRITERS: &[Capacity] = &[Capacity::Head, Capacity::Alternate, Capacity::Delegate];
/// Everybody of a delegation.
pub const ALL: &[Capacity] = Capacity::IN_DELEGATION;

/// Who is told.
#[derive(Debug, Clone, Copy)]
pub enum To<'a> {
    /// Those accredited to a delegation in some capacities.
    Delegation(&'a DelegationId, &'a [Capacity]),
    /// Those accredited to any delegation in some capacities.
    Delegations(&'a [Capacity]),
    /// The holders of an office.
    Office(Office),
    /// One account, addressed as a person.
    Account(&'a AccountId),
    /// One account, addressed in a capacity, for a delegation if it is one's capacity there.
    Holder(&'a AccountId, Capacity, Option<&'a DelegationId>),
    /// An address that may have no account: e-mail address, name, language.
    Address(&'a str, &'a str, Lang),
}

/// A recipient.
struct Recipient {
    account: Option<AccountId>,
    email: String,
    name: String,
    language: Lang,
    zone: Tz,
    capacity: Option<Capacity>,
    delegation: Option<DelegationId>,
}

impl Recipient {
    fn of(account: Account, capacity: Option<Capacity>, delegation: Option<DelegationId>) -> Self {
        Self {
            account: Some(account.id),
            email: account.email,
            name: account.name,
            language: account.language,
            zone: account.time_zone,
            capacity,
            delegation,
        }
    }
}

/// Writes a letter to everybody concerned but the one who acts, once to each; returns how many messages there are.
pub fn write(
    tx: &mut Tx<'_>,
    letter: &Letter,
    to: To<'_>,
    by: Option<&AccountId>,
    now: NaiveDateTime,
) -> Result<usize, StoreError> {
    let mut told: BTreeSet<AccountId> = by.cloned().into_iter().collect();
    let mut written = 0;
    for recipient in recipients_of(tx, to, now)? {
        let is_new = recipient.account.as_ref().is_none_or(|account| told.insert(account.clone()));
        if is_new {
            let message = message(tx, letter, recipient, now)?;
            written += usize::from(store::insert(tx, &message)?);
        }
    }
    Ok(written)
}

fn recipients_of(conn: &mut AnyConnection, to: To<'_>, now: NaiveDateTime) -> Result<Vec<Recipient>, StoreError> {
    Ok(match to {
        To::Delegation(delegation, capacities) => {
            holders(recipients::accredited_to(conn, delegation, capacities, now.date())?)
        }
        To::Delegations(capacities) => holders(recipients::accredited(conn, capacities, now.date())?),
        To::Office(office) => recipients::in_office(conn, office)?
            .into_iter()
            .map(|account| Recipient::of(account, office.capacity(), None))
            .collect(),
        To::Account(id) => enabled(conn, id, None, None)?,
        To::Holder(id, capacity, delegation) => enabled(conn, id, Some(capacity), delegation.cloned())?,
        To::Address(email, name, language) => vec![Recipient {
            account: None,
            email: email.to_owned(),
            name: name.to_owned(),
            language,
            zone: Tz::UTC,
            capacity: None,
            delegation: None,
        }],
    })
}

fn enabled(
    conn: &mut AnyConnection,
    id: &AccountId,
    capacity: Option<Capacity>,
    delegation: Option<DelegationId>,
) -> Result<Vec<Recipient>, StoreError> {
    let account = accounts::store::account(conn, id)?;
    let is_enabled = account.disabled_at.is_none();
    Ok(is_enabled.then(|| Recipient::of(account, capacity, delegation)).into_iter().collect())
}

fn holders(found: Vec<recipients::Addressed>) -> Vec<Recipient> {
    found
        .into_iter()
        .map(|(account, capacity, delegation)| Recipient::of(account, Some(capacity), Some(delegation)))
        .collect()
}

fn message(
    conn: &mut AnyConnection,
    letter: &Letter,
    recipient: Recipient,
    now: NaiveDateTime,
) -> Result<Message, StoreError> {
    let id = MessageId::new();
    let capacity = recipient.capacity.map_or("", Capacity::code);
    let asks = letter.kind.asks(capacity);
    let may_wait = letter.kind.can_wait() && !asks;
    let in_digest = match &recipient.account {
        Some(account) if may_wait => store::pace_of(conn, account)? == Pace::Daily,
        _ => false,
    };
    let whom = recipient.account.as_ref().map_or(recipient.email.as_str(), AccountId::as_str);
    let unique_key = letter.once.as_ref().map_or_else(|| id.to_string(), |key| format!("{key} {whom}"));
    let mut facts = letter.facts.clone();
    if let Some(delegation) = &recipient.delegation {
        let name = delegations::store::by_id(conn, delegation)?.name;
        facts.insert(model::PLACE.to_owned(), Fact::Both(name));
    }
    Ok(Message {
        unique_key,
        id,
        kind: letter.kind,
        facts,
        account: recipient.account,
        email: recipient.email,
        name: recipient.name,
        capacity: capacity.to_owned(),
        delegation: recipient.delegation,
        language: recipient.language,
        link: letter.link.clone(),
        secret_seed: letter.secret_seed.clone(),
        asks,
        in_digest,
        subject: String::new(),
        body: String::new(),
        created_at: now,
        due_at: if in_digest { model::next_digest(now, recipient.zone) } else { now },
        state: State::Waiting,
        attempts: 0,
        last_error: String::new(),
        sent_at: None,
    })
}
