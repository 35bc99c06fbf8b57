//! Queries about sign-ins and about attempts that failed.

use chrono::NaiveDateTime;
use diesel::dsl::exists;
use diesel::prelude::*;
use diesel::select;

use crate::accounts::model::sign_ins::{Scope, SignIn};
use crate::db::schema::{sign_in_failures, sign_in_steps, sign_ins};
use crate::db::{AnyConnection, StoreError, Tx, expect_one};
use crate::kernel::ids::{AccountId, SignInId};
use crate::text_column;

text_column!(Scope);

/// A sign-in, as `sign_ins` stores what its owner sees.
#[derive(Queryable, Selectable)]
#[diesel(table_name = sign_ins)]
struct SignInRow {
    id: SignInId,
    machine: String,
    created_at: NaiveDateTime,
    last_seen_at: NaiveDateTime,
}

impl SignInRow {
    fn into_sign_in(self) -> SignIn {
        SignIn { id: self.id, machine: self.machine, created_at: self.created_at, last_seen_at: self.last_seen_at }
    }
}

/// Adds a sign-in.
pub fn insert(
    tx: &mut Tx<'_>,
    account: &AccountId,
    sign_in: &SignIn,
    token_digest: &str,
    expires_at: NaiveDateTime,
) -> Result<(), StoreError> {
    diesel::insert_into(sign_ins::table)
        .values((
            sign_ins::id.eq(&sign_in.id),
            sign_ins::account_id.eq(account),
            sign_ins::token_digest.eq(token_digest),
            sign_ins::machine.eq(&sign_in.machine),
            sign_ins::created_at.eq(sign_in.created_at),
            sign_ins::last_seen_at.eq(sign_in.last_seen_at),
            sign_ins::expires_at.eq(expires_at),
        ))
        .execute(&mut **tx)?;
    Ok(())
}

/// Returns the sign-ins of an account that hold, the last used first.
pub fn of_account(
    conn: &mut AnyConnection,
    account: &AccountId,
    now: NaiveDateTime,
) -> Result<Vec<SignIn>, StoreError> {
    let rows: Vec<SignInRow> = sign_ins::table
        .filter(sign_ins::account_id.eq(account))
        .filter(sign_ins::revoked_at.is_null())
        .filter(sign_ins::expires_at.gt(now))
        .order((sign_ins::last_seen_at.desc(), sign_ins::id.desc()))
        .select(SignInRow::as_select())
        .load(conn)?;
    Ok(rows.into_iter().map(SignInRow::into_sign_in).collect())
}

/// Returns every sign-in of an account that is still kept, ended or not, the newest first.
pub fn kept(conn: &mut AnyConnection, account: &AccountId) -> Result<Vec<SignIn>, StoreError> {
    let rows: Vec<SignInRow> = sign_ins::table
        .filter(sign_ins::account_id.eq(account))
        .order((sign_ins::created_at.desc(), sign_ins::id.desc()))
        .select(SignInRow::as_select())
        .load(conn)?;
    Ok(rows.into_iter().map(SignInRow::into_sign_in).collect())
}

/// Returns whether an account has lately been signed in to from such a browser and system.
pub fn is_known_machine(conn: &mut AnyConnection, account: &AccountId, machine: &str) -> Result<bool, StoreError> {
    let known = sign_ins::table.filter(sign_ins::account_id.eq(account)).filter(sign_ins::machine.eq(machine));
    Ok(select(exists(known)).get_result(conn)?)
}

/// Ends one sign-in of an account.
pub fn revoke(tx: &mut Tx<'_>, account: &AccountId, id: &SignInId, now: NaiveDateTime) -> Result<(), StoreError> {
    let changed = diesel::update(sign_ins::table.find(id))
        .filter(sign_ins::account_id.eq(account))
        .filter(sign_ins::revoked_at.is_null())
        .set(sign_ins::revoked_at.eq(now))
        .execute(&mut **tx)?;
    expect_one(changed)
}

/// Ends every sign-in of an account, but one that may be kept, and those that wait for their code.
pub fn revoke_all(
    tx: &mut Tx<'_>,
    account: &AccountId,
    keep: Option<&SignInId>,
    now: NaiveDateTime,
) -> Result<(), StoreError> {
    let kept = keep.map_or("", SignInId::as_str).to_owned();
    diesel::delete(sign_in_steps::table.filter(sign_in_steps::account_id.eq(account))).execute(&mut **tx)?;
    diesel::update(sign_ins::table)
        .filter(sign_ins::account_id.eq(account))
        .filter(sign_ins::revoked_at.is_null())
        .filter(sign_ins::id.ne(SignInId::from(kept.as_str())))
        .set(sign_ins::revoked_at.eq(now))
        .execute(&mut **tx)?;
    Ok(())
}

/// Forgets the sign-ins of an account that ended long ago: where somebody once sat is nobody's business for ever.
pub fn forget_old(tx: &mut Tx<'_>, account: &AccountId, before: NaiveDateTime) -> Result<(), StoreError> {
    diesel::delete(sign_ins::table.filter(sign_ins::account_id.eq(account)).filter(sign_ins::expires_at.lt(before)))
        .execute(&mut **tx)?;
    Ok(())
}

/// Forgets failures that no longer count.
pub fn prune_failures(tx: &mut Tx<'_>, until: NaiveDateTime) -> Result<(), StoreError> {
    diesel::delete(sign_in_failures::table.filter(sign_in_failures::failed_at.le(until))).execute(&mut **tx)?;
    Ok(())
}

/// Returns when attempts failed, in ascending order.
pub fn failures(conn: &mut AnyConnection, scope: Scope, digest: &str) -> Result<Vec<NaiveDateTime>, StoreError> {
    Ok(sign_in_failures::table
        .filter(sign_in_failures::scope.eq(scope))
        .filter(sign_in_failures::digest.eq(digest))
        .order(sign_in_failures::failed_at.asc())
        .select(sign_in_failures::failed_at)
        .load(conn)?)
}

/// Counts a failure.
pub fn insert_failure(
    tx: &mut Tx<'_>,
    id: &str,
    scope: Scope,
    digest: &str,
    now: NaiveDateTime,
) -> Result<(), StoreError> {
    diesel::insert_into(sign_in_failures::table)
        .values((
            sign_in_failures::id.eq(id),
            sign_in_failures::scope.eq(scope),
            sign_in_failures::digest.eq(digest),
            sign_in_failures::failed_at.eq(now),
        ))
        .execute(&mut **tx)?;
    Ok(())
}

/// Forgets every failure of an account.
pub fn clear_account(tx: &mut Tx<'_>, digest: &str) -> Result<(), StoreError> {
    diesel::delete(
        sign_in_failures::table
            .filter(sign_in_failures::scope.eq(Scope::Account))
            .filter(sign_in_failures::digest.eq(digest)),
    )
    .execute(&mut **tx)?;
    Ok(())
}

/// Forgets one failure.
pub fn forget_failure(tx: &mut Tx<'_>, id: &str) -> Result<(), StoreError> {
    diesel::delete(sign_in_failures::table.find(id)).execute(&mut **tx)?;
    Ok(())
}
