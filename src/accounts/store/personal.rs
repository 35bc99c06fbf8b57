//! Queries about what the platform holds about a person, and what takes it out again.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::factors;
use crate::accounts::Account;
use crate::db::schema::{accounts, invitations, sign_ins};
use crate::db::{AnyConnection, StoreError, Tx, expect_one};
use crate::kernel::ids::AccountId;
use crate::kernel::lang::Lang;

/// What stands in the place of a name that was erased.
const NO_NAME: &str = "—";

/// Returns when an account was made.
pub fn made_at(conn: &mut AnyConnection, id: &AccountId) -> Result<NaiveDateTime, StoreError> {
    Ok(accounts::table.find(id).select(accounts::created_at).first(conn)?)
}

/// Returns when an address was invited, the newest first.
pub fn invited_at(conn: &mut AnyConnection, email: &str) -> Result<Vec<NaiveDateTime>, StoreError> {
    Ok(invitations::table
        .filter(invitations::email.eq(email))
        .order(invitations::created_at.desc())
        .select(invitations::created_at)
        .load(conn)?)
}

/// Takes out of a disabled account, its invitations and sign-ins everything that tells who the person was. The row stays: the
/// trail and the revisions name its id.
pub fn erase(tx: &mut Tx<'_>, account: &Account, now: NaiveDateTime) -> Result<(), StoreError> {
    let no_email = format!("erased-{}", account.id);
    factors::remove(tx, &account.id)?;
    diesel::delete(sign_ins::table.filter(sign_ins::account_id.eq(&account.id))).execute(&mut **tx)?;
    diesel::update(invitations::table.filter(invitations::email.eq(&account.email)))
        .set((invitations::email.eq(&no_email), invitations::name.eq(NO_NAME)))
        .execute(&mut **tx)?;
    let changed = diesel::update(accounts::table.find(&account.id))
        .filter(accounts::disabled_at.is_not_null())
        .filter(accounts::erased_at.is_null())
        .set((
            accounts::email.eq(&no_email),
            accounts::name.eq(NO_NAME),
            accounts::language.eq(Lang::En),
            accounts::time_zone.eq("UTC"),
            accounts::password_hash.eq(""),
            accounts::erased_at.eq(now),
        ))
        .execute(&mut **tx)?;
    expect_one(changed)
}
