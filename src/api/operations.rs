//! Acts on tokens, and the acts of other rooms as a program asks for them: with the state that it has seen.

use chrono::{NaiveDateTime, TimeDelta};
use serde_json::json;

use super::model::{self, NewToken, TOKENS_MAX, Token};
use super::store;
use crate::accounts::operations::factors::is_missing;
use crate::accounts::{self, Account, store::Standing};
use crate::audit;
use crate::db::{AnyConnection, StoreError, Tx};
use crate::kernel::fields::{FieldErrors, Message};
use crate::kernel::ids::{AccountId, ApiTokenId};
use crate::kernel::token::digest;
use crate::policy::{Action, Actor, Target, decide};
use crate::refusals::OperationError;

/// Returns the actor's own account, if the policy lets them manage it.
fn own(actor: &Actor) -> Result<AccountId, OperationError> {
    let account = actor.account.clone().ok_or(OperationError::NotFound)?;
    decide(actor, Action::ManageOwnAccount, &Target::of_account(account.clone()))?;
    Ok(account)
}

/// Returns one's own tokens that hold, the newest first.
pub fn list(conn: &mut AnyConnection, actor: &Actor, now: NaiveDateTime) -> Result<Vec<Token>, OperationError> {
    Ok(store::of_account(conn, &own(actor)?, now)?)
}

/// Makes a token of one's own account; its text stays with the caller.
pub fn make(
    tx: &mut Tx<'_>,
    actor: &Actor,
    new: &NewToken,
    token_digest: &str,
    now: NaiveDateTime,
) -> Result<Token, OperationError> {
    let account = own(actor)?;
    if store::of_account(tx, &account, now)?.len() >= TOKENS_MAX {
        let most = i64::try_from(TOKENS_MAX).unwrap_or(i64::MAX);
        return Err(FieldErrors::one("name", Message::new("tokens-many").number("most", most)).into());
    }
    let token = Token {
        id: ApiTokenId::new(),
        name: new.name.trim().to_owned(),
        scopes: new.scopes.clone(),
        created_at: now,
        expires_at: now + new.life,
        last_used_on: None,
    };
    store::insert(tx, &account, &token, token_digest)?;
    let detail = json!({ "name": token.name, "scopes": model::written(&token.scopes), "expires_at": token.expires_at });
    audit::record(tx, now, Some(&account), "token.made", token.id.as_str(), &detail)?;
    Ok(token)
}

/// Revokes one of one's own tokens.
pub fn revoke(tx: &mut Tx<'_>, actor: &Actor, id: &ApiTokenId, now: NaiveDateTime) -> Result<(), OperationError> {
    let account = own(actor)?;
    let name = match store::revoke(tx, &account, id, now) {
        Err(StoreError::Stale) => return Err(OperationError::NotFound),
        other => other?,
    };
    Ok(audit::record(tx, now, Some(&account), "token.revoked", id.as_str(), &json!({ "name": name }))?)
}

/// A token with everything that decides what its account may do.
#[derive(Debug, Clone)]
pub struct Entered {
    /// The token.
    pub token: Token,
    /// Its account.
    pub account: Account,
    /// What the account may do, beside its office.
    pub standing: Standing,
    /// Whether it may do nothing before it has a second factor.
    pub needs_factor: bool,
}

/// Returns what a token opens, unless it is unknown, expired or revoked, or its account is disabled.
pub fn enter(
    conn: &mut AnyConnection,
    token_digest: &str,
    offices_need_factor: bool,
    now: NaiveDateTime,
) -> Result<Option<Entered>, StoreError> {
    let Some((token, account)) = store::by_digest(conn, token_digest, now)? else { return Ok(None) };
    let account = accounts::store::account(conn, &account)?;
    let standing = accounts::store::standing(conn, &account, now.date())?;
    let needs_factor = is_missing(conn, &account, &standing.accreditations, offices_need_factor, now)?;
    Ok(Some(Entered { token, account, standing, needs_factor }))
}

/// Records that a token is in use today, once a day.
pub fn mark_used(tx: &mut Tx<'_>, token: &ApiTokenId, now: NaiveDateTime) -> Result<(), StoreError> {
    store::forget_requests(tx, now - TimeDelta::days(1))?;
    store::mark_used(tx, token, now.date())
}

/// What is known of a request that must not be done twice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Doing {
    /// It has not been done.
    New,
    /// It was done, and made this.
    Done(String),
    /// Its key was used for another request.
    Otherwise,
}

/// Returns what is known of a request of a token; without a key nothing is.
pub fn once(tx: &mut Tx<'_>, token: &ApiTokenId, key: Option<&str>, request: &str) -> Result<Doing, StoreError> {
    let Some(key) = key else { return Ok(Doing::New) };
    Ok(match store::request(tx, token, key)? {
        None => Doing::New,
        Some((held, reference)) if held == digest(request) => Doing::Done(reference),
        Some(_) => Doing::Otherwise,
    })
}

/// Keeps what a request of a token made, if it has a key.
pub fn keep_once(
    tx: &mut Tx<'_>,
    token: &ApiTokenId,
    key: Option<&str>,
    (request, reference): (&str, &str),
    now: NaiveDateTime,
) -> Result<(), StoreError> {
    let Some(key) = key else { return Ok(()) };
    match store::insert_request(tx, token, key, (&digest(request), reference), now) {
        // Why: the same request came at the same moment; tried again, this one finds what the other made.
        Err(StoreError::Conflict(_)) => Err(StoreError::Busy("the same request at the same moment".to_owned())),
        other => other,
    }
}
