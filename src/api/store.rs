//! Queries about tokens, and about requests that must not be done twice.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use super::model::{self, Token};
use crate::db::schema::{accounts, api_requests, api_tokens};
use crate::db::{AnyConnection, StoreError, Tx, expect_one};
use crate::kernel::ids::{AccountId, ApiTokenId};

/// A row of `api_tokens` as its owner sees it.
type Row = (ApiTokenId, String, String, NaiveDateTime, NaiveDateTime, Option<NaiveDate>);

fn token((id, name, scopes, created_at, expires_at, last_used_on): Row) -> Token {
    Token { id, name, scopes: model::read(&scopes), created_at, expires_at, last_used_on }
}

/// Adds a token.
pub fn insert(tx: &mut Tx<'_>, account: &AccountId, token: &Token, digest: &str) -> Result<(), StoreError> {
    diesel::insert_into(api_tokens::table)
        .values((
            api_tokens::id.eq(&token.id),
            api_tokens::account_id.eq(account),
            api_tokens::name.eq(&token.name),
            api_tokens::scopes.eq(model::written(&token.scopes)),
            api_tokens::token_digest.eq(digest),
            api_tokens::created_at.eq(token.created_at),
            api_tokens::expires_at.eq(token.expires_at),
        ))
        .execute(&mut **tx)?;
    Ok(())
}

/// Returns the tokens of an account that hold, the newest first.
pub fn of_account(conn: &mut AnyConnection, account: &AccountId, now: NaiveDateTime) -> Result<Vec<Token>, StoreError> {
    let rows: Vec<Row> = api_tokens::table
        .filter(api_tokens::account_id.eq(account))
        .filter(api_tokens::revoked_at.is_null())
        .filter(api_tokens::expires_at.gt(now))
        .order((api_tokens::created_at.desc(), api_tokens::id.desc()))
        .select((
            api_tokens::id,
            api_tokens::name,
            api_tokens::scopes,
            api_tokens::created_at,
            api_tokens::expires_at,
            api_tokens::last_used_on,
        ))
        .load(conn)?;
    Ok(rows.into_iter().map(token).collect())
}

/// Revokes a token of an account that has not been revoked, and returns its name.
pub fn revoke(tx: &mut Tx<'_>, account: &AccountId, id: &ApiTokenId, now: NaiveDateTime) -> Result<String, StoreError> {
    let own = api_tokens::table
        .filter(api_tokens::id.eq(id))
        .filter(api_tokens::account_id.eq(account))
        .filter(api_tokens::revoked_at.is_null());
    let name = own.select(api_tokens::name).first(&mut **tx)?;
    let row = api_tokens::table.find(id).filter(api_tokens::revoked_at.is_null());
    expect_one(diesel::update(row).set(api_tokens::revoked_at.eq(now)).execute(&mut **tx)?)?;
    Ok(name)
}

/// Returns the token of a digest with its account, unless it has expired, was revoked, or the account is disabled.
pub fn by_digest(
    conn: &mut AnyConnection,
    digest: &str,
    now: NaiveDateTime,
) -> Result<Option<(Token, AccountId)>, StoreError> {
    let found: Option<(Row, AccountId)> = api_tokens::table
        .inner_join(accounts::table.on(accounts::id.eq(api_tokens::account_id)))
        .filter(api_tokens::token_digest.eq(digest))
        .filter(api_tokens::revoked_at.is_null())
        .filter(api_tokens::expires_at.gt(now))
        .filter(accounts::disabled_at.is_null())
        .select((
            (
                api_tokens::id,
                api_tokens::name,
                api_tokens::scopes,
                api_tokens::created_at,
                api_tokens::expires_at,
                api_tokens::last_used_on,
            ),
            api_tokens::account_id,
        ))
        .first(conn)
        .optional()?;
    Ok(found.map(|(row, account)| (token(row), account)))
}

/// Records on which day a token was used.
pub fn mark_used(tx: &mut Tx<'_>, id: &ApiTokenId, day: NaiveDate) -> Result<(), StoreError> {
    diesel::update(api_tokens::table.find(id)).set(api_tokens::last_used_on.eq(day)).execute(&mut **tx)?;
    Ok(())
}

/// Returns what a request of a token with a key made, and the digest of that request.
pub fn request(
    conn: &mut AnyConnection,
    token: &ApiTokenId,
    key: &str,
) -> Result<Option<(String, String)>, StoreError> {
    Ok(api_requests::table
        .find((token, key))
        .select((api_requests::request_digest, api_requests::reference))
        .first(conn)
        .optional()?)
}

/// Keeps what a request of a token with a key made.
pub fn insert_request(
    tx: &mut Tx<'_>,
    token: &ApiTokenId,
    key: &str,
    (digest, reference): (&str, &str),
    now: NaiveDateTime,
) -> Result<(), StoreError> {
    diesel::insert_into(api_requests::table)
        .values((
            api_requests::token_id.eq(token),
            api_requests::request_key.eq(key),
            api_requests::request_digest.eq(digest),
            api_requests::reference.eq(reference),
            api_requests::created_at.eq(now),
        ))
        .execute(&mut **tx)?;
    Ok(())
}

/// Forgets requests made before a time.
pub fn forget_requests(tx: &mut Tx<'_>, before: NaiveDateTime) -> Result<(), StoreError> {
    diesel::delete(api_requests::table.filter(api_requests::created_at.lt(before))).execute(&mut **tx)?;
    Ok(())
}

/// Deletes the tokens of an account with what they asked for: their names say what a person worked with.
pub fn delete_of(tx: &mut Tx<'_>, account: &AccountId) -> Result<(), StoreError> {
    let own = api_tokens::table.filter(api_tokens::account_id.eq(account));
    let ids: Vec<ApiTokenId> = own.select(api_tokens::id).load(&mut **tx)?;
    diesel::delete(api_requests::table.filter(api_requests::token_id.eq_any(ids))).execute(&mut **tx)?;
    diesel::delete(api_tokens::table.filter(api_tokens::account_id.eq(account))).execute(&mut **tx)?;
    Ok(())
}
