//! Acts on what is held about a person: give a copy, erase.

use chrono::NaiveDateTime;
use serde_json::json;

use super::model::{Act, Held, HeldToken, Mail, Profile, Record, SignedInFrom};
use crate::accounts::store::{self, factors, personal};
use crate::accounts::{Account, Office};
use crate::api;
use crate::audit;
use crate::db::{AnyConnection, StoreError, Tx};
use crate::delegations;
use crate::kernel::ids::AccountId;
use crate::meetings;
use crate::outbox;
use crate::policy::{Action, Actor, Target, decide};
use crate::refusals::OperationError;
use crate::submissions::presences;

/// Most mails in a copy: more than anybody is sent within the time for which they are kept.
const MAILS_MAX: i64 = 10_000;

/// Returns a copy of what is held about the actor.
pub fn copy(conn: &mut AnyConnection, actor: &Actor, now: NaiveDateTime) -> Result<Record, OperationError> {
    let id = actor.account.clone().ok_or(OperationError::NotFound)?;
    decide(actor, Action::ManageOwnAccount, &Target::of_account(id.clone()))?;
    let account = store::account(conn, &id)?;
    Ok(Record {
        accreditations: held(conn, &id)?,
        invited_at: personal::invited_at(conn, &account.email)?,
        has_second_factor: factors::is_set(conn, &id)?,
        mail_pace: outbox::store::pace_of(conn, &id)?.code(),
        sign_ins: sign_ins(conn, &id)?,
        tokens: tokens(conn, &id, now)?,
        mails: mails(conn, &id)?,
        named_in_credentials_at: meetings::store::named_at(conn, &id)?,
        acts: acts(conn, &id)?,
        account: Profile {
            created_at: personal::made_at(conn, &id)?,
            email: account.email,
            name: account.name,
            office: account.office.code(),
            language: account.language.code(),
            time_zone: account.time_zone.name(),
        },
    })
}

fn held(conn: &mut AnyConnection, id: &AccountId) -> Result<Vec<Held>, StoreError> {
    let grants = store::grants_of(conn, id)?;
    let one = |grant: crate::accounts::model::Grant| {
        Ok(Held {
            delegation: delegations::store::by_id(conn, &grant.delegation)?.code,
            capacity: grant.capacity.code(),
            valid_from_on: grant.valid_from_on,
            valid_until_on: grant.valid_until_on,
        })
    };
    grants.into_iter().map(one).collect()
}

fn sign_ins(conn: &mut AnyConnection, id: &AccountId) -> Result<Vec<SignedInFrom>, StoreError> {
    let rows = store::sign_ins::kept(conn, id)?.into_iter();
    let one = |row: crate::accounts::model::sign_ins::SignIn| SignedInFrom {
        machine: row.machine,
        created_at: row.created_at,
        last_seen_at: row.last_seen_at,
    };
    Ok(rows.map(one).collect())
}

fn tokens(conn: &mut AnyConnection, id: &AccountId, now: NaiveDateTime) -> Result<Vec<HeldToken>, StoreError> {
    let rows = api::store::of_account(conn, id, now)?.into_iter();
    Ok(rows.map(|row| HeldToken { name: row.name, created_at: row.created_at, expires_at: row.expires_at }).collect())
}

fn mails(conn: &mut AnyConnection, id: &AccountId) -> Result<Vec<Mail>, StoreError> {
    let rows = outbox::store::newest_of(conn, id, MAILS_MAX)?.into_iter();
    Ok(rows.map(|row| Mail { kind: row.kind.code(), created_at: row.created_at, state: row.state.code() }).collect())
}

fn acts(conn: &mut AnyConnection, id: &AccountId) -> Result<Vec<Act>, StoreError> {
    let rows = audit::acts_of(conn, id)?.into_iter();
    Ok(rows.map(|(acted_at, act, subject)| Act { acted_at, act, subject }).collect())
}

/// Returns an account that the actor may erase once it is disabled; one that was erased already is refused.
pub fn asked_about(conn: &mut AnyConnection, actor: &Actor, id: &AccountId) -> Result<Account, OperationError> {
    decide(actor, Action::EraseAccount, &Target::none()).map_err(|denial| OperationError::from(denial).hidden())?;
    let account = store::account(conn, id)?;
    if account.erased_at.is_some() { Err(OperationError::refused("account-erased")) } else { Ok(account) }
}

/// Erases who the person behind a disabled account was. What the delegation handed in, and the trail of acts, stay: they are
/// the group's, and name the account by its id.
pub fn erase(tx: &mut Tx<'_>, actor: &Actor, id: &AccountId, now: NaiveDateTime) -> Result<(), OperationError> {
    let account = asked_about(tx, actor, id)?;
    if account.disabled_at.is_none() {
        return Err(OperationError::refused("account-not-disabled"));
    }
    outbox::store::delete_of(tx, id, &account.email)?;
    api::store::delete_of(tx, id)?;
    presences::store::delete_of(tx, id)?;
    meetings::store::erase_letters(tx, id)?;
    personal::erase(tx, &account, now)?;
    let detail = if account.office == Office::None { json!({}) } else { json!({ "capacity": account.office }) };
    Ok(audit::record(tx, now, actor.account.as_ref(), "account.erased", id.as_str(), &detail)?)
}
