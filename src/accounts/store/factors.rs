//! Queries about second factors, recovery codes, the step between password and code, and who asks for a second factor.

use std::collections::BTreeSet;

use chrono::NaiveDateTime;
use diesel::dsl::exists;
use diesel::prelude::*;
use diesel::select;

use crate::accounts::model::factors::Factor;
use crate::db::schema::{
    accounts, factor_requirements, recovery_codes, second_factors, sessions, sign_in_steps, windows,
};
use crate::db::{AnyConnection, StoreError, Tx};
use crate::kernel::ids::{AccountId, SessionId};

/// Returns the second factor of an account.
pub fn of(conn: &mut AnyConnection, account: &AccountId) -> Result<Option<Factor>, StoreError> {
    let found: Option<(String, i64, NaiveDateTime)> = second_factors::table
        .find(account)
        .select((second_factors::seed, second_factors::last_step, second_factors::confirmed_at))
        .first(conn)
        .optional()?;
    let factor = |(seed, last_step, confirmed_at)| Factor { account: account.clone(), seed, last_step, confirmed_at };
    Ok(found.map(factor))
}

/// Returns whether an account has a second factor.
pub fn is_set(conn: &mut AnyConnection, account: &AccountId) -> Result<bool, StoreError> {
    Ok(select(exists(second_factors::table.find(account))).get_result(conn)?)
}

/// Returns the accounts that have a second factor.
pub fn holders(conn: &mut AnyConnection) -> Result<BTreeSet<AccountId>, StoreError> {
    let all: Vec<AccountId> = second_factors::table.select(second_factors::account_id).load(conn)?;
    Ok(all.into_iter().collect())
}

/// Adds a second factor.
pub fn insert(tx: &mut Tx<'_>, factor: &Factor) -> Result<(), StoreError> {
    diesel::insert_into(second_factors::table)
        .values((
            second_factors::account_id.eq(&factor.account),
            second_factors::seed.eq(&factor.seed),
            second_factors::last_step.eq(factor.last_step),
            second_factors::confirmed_at.eq(factor.confirmed_at),
        ))
        .execute(&mut **tx)?;
    Ok(())
}

/// Marks a step as used, and returns whether it still could be: of several who try, one succeeds.
pub fn use_step(tx: &mut Tx<'_>, factor: &Factor, step: i64) -> Result<bool, StoreError> {
    let changed = diesel::update(second_factors::table.find(&factor.account))
        .filter(second_factors::seed.eq(&factor.seed))
        .filter(second_factors::last_step.lt(step))
        .set(second_factors::last_step.eq(step))
        .execute(&mut **tx)?;
    Ok(changed == 1)
}

/// Takes a second factor away with its recovery codes and the steps that wait for it; returns whether there was one.
pub fn remove(tx: &mut Tx<'_>, account: &AccountId) -> Result<bool, StoreError> {
    diesel::delete(recovery_codes::table.filter(recovery_codes::account_id.eq(account))).execute(&mut **tx)?;
    diesel::delete(sign_in_steps::table.filter(sign_in_steps::account_id.eq(account))).execute(&mut **tx)?;
    Ok(diesel::delete(second_factors::table.find(account)).execute(&mut **tx)? == 1)
}

/// Sets the recovery codes of an account in place of earlier ones.
pub fn set_codes(tx: &mut Tx<'_>, account: &AccountId, digests: &[String]) -> Result<(), StoreError> {
    diesel::delete(recovery_codes::table.filter(recovery_codes::account_id.eq(account))).execute(&mut **tx)?;
    for digest in digests {
        diesel::insert_into(recovery_codes::table)
            .values((recovery_codes::account_id.eq(account), recovery_codes::digest.eq(digest)))
            .execute(&mut **tx)?;
    }
    Ok(())
}

/// Uses a recovery code, and returns whether there was one that had not been used.
pub fn use_code(tx: &mut Tx<'_>, account: &AccountId, digest: &str, now: NaiveDateTime) -> Result<bool, StoreError> {
    let changed = diesel::update(recovery_codes::table.find((account, digest)))
        .filter(recovery_codes::used_at.is_null())
        .set(recovery_codes::used_at.eq(now))
        .execute(&mut **tx)?;
    Ok(changed == 1)
}

/// Returns how many recovery codes can still be used.
pub fn codes_left(conn: &mut AnyConnection, account: &AccountId) -> Result<i64, StoreError> {
    Ok(recovery_codes::table
        .filter(recovery_codes::account_id.eq(account))
        .filter(recovery_codes::used_at.is_null())
        .count()
        .get_result(conn)?)
}

/// Adds a step between password and code, and forgets those that have run out.
pub fn insert_step(
    tx: &mut Tx<'_>,
    token_digest: &str,
    account: &AccountId,
    (now, until): (NaiveDateTime, NaiveDateTime),
) -> Result<(), StoreError> {
    diesel::delete(sign_in_steps::table.filter(sign_in_steps::expires_at.le(now))).execute(&mut **tx)?;
    diesel::insert_into(sign_in_steps::table)
        .values((
            sign_in_steps::token_digest.eq(token_digest),
            sign_in_steps::account_id.eq(account),
            sign_in_steps::created_at.eq(now),
            sign_in_steps::expires_at.eq(until),
        ))
        .execute(&mut **tx)?;
    Ok(())
}

/// Returns the account of a step that has not run out, unless it was disabled.
pub fn step(conn: &mut AnyConnection, token_digest: &str, now: NaiveDateTime) -> Result<Option<AccountId>, StoreError> {
    Ok(sign_in_steps::table
        .inner_join(accounts::table)
        .filter(sign_in_steps::token_digest.eq(token_digest))
        .filter(sign_in_steps::expires_at.gt(now))
        .filter(accounts::disabled_at.is_null())
        .select(sign_in_steps::account_id)
        .first(conn)
        .optional()?)
}

/// Ends a step, and returns whether it was still there.
pub fn end_step(tx: &mut Tx<'_>, token_digest: &str) -> Result<bool, StoreError> {
    Ok(diesel::delete(sign_in_steps::table.find(token_digest)).execute(&mut **tx)? == 1)
}

/// Returns whether a session that is not over asks heads and alternates for a second factor.
pub fn is_asked_now(conn: &mut AnyConnection, now: NaiveDateTime) -> Result<bool, StoreError> {
    let asking: Vec<SessionId> = factor_requirements::table.select(factor_requirements::session_id).load(conn)?;
    if asking.is_empty() {
        return Ok(false);
    }
    let ids: Vec<String> = asking.iter().map(|id| id.as_str().to_owned()).collect();
    let meets = sessions::table.filter(sessions::id.eq_any(&ids)).filter(sessions::ends_on.ge(now.date()));
    let works = windows::table.filter(windows::session_id.eq_any(&ids)).filter(windows::closes_at.gt(now));
    Ok(select(exists(meets)).get_result(conn)? || select(exists(works)).get_result(conn)?)
}

/// Returns whether a session asks heads and alternates for a second factor.
pub fn is_asked_by(conn: &mut AnyConnection, session: &SessionId) -> Result<bool, StoreError> {
    Ok(select(exists(factor_requirements::table.find(session))).get_result(conn)?)
}

/// Sets whether a session asks for it.
pub fn set_asked_by(
    tx: &mut Tx<'_>,
    session: &SessionId,
    is_asked: bool,
    (by, now): (&AccountId, NaiveDateTime),
) -> Result<(), StoreError> {
    if is_asked == is_asked_by(tx, session)? {
        return Ok(());
    }
    if !is_asked {
        diesel::delete(factor_requirements::table.find(session)).execute(&mut **tx)?;
        return Ok(());
    }
    diesel::insert_into(factor_requirements::table)
        .values((
            factor_requirements::session_id.eq(session),
            factor_requirements::set_by.eq(by),
            factor_requirements::set_at.eq(now),
        ))
        .execute(&mut **tx)?;
    Ok(())
}
