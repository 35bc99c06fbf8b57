//! Queries about the reviewers of a session.

use chrono::NaiveDateTime;
use diesel::dsl::{count_star, exists};
use diesel::prelude::*;
use diesel::select;

use crate::db::schema::{accounts, reviewers, reviews, submissions};
use crate::db::{AnyConnection, StoreError, Tx};
use crate::kernel::ids::{AccountId, SessionId};

/// A review that its reviewer has given, as the column `state` spells it.
const GIVEN: &str = "given";

/// A reviewer with what the secretariat needs to know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reviewer {
    /// The account.
    pub account: AccountId,
    /// Name of the account.
    pub name: String,
    /// E-mail address.
    pub email: String,
    /// When appointed.
    pub appointed_at: NaiveDateTime,
    /// How many reviews were given in the session.
    pub given: i64,
}

/// Returns the reviewers of a session.
pub fn reviewers_of(conn: &mut AnyConnection, session: &SessionId) -> Result<Vec<AccountId>, StoreError> {
    Ok(reviewers::table
        .filter(reviewers::session_id.eq(session))
        .order(reviewers::appointed_at.asc())
        .select(reviewers::account_id)
        .load(conn)?)
}

/// Returns the reviewers of a session with their names and how many reviews they gave, in the order of appointment.
pub fn named(conn: &mut AnyConnection, session: &SessionId) -> Result<Vec<Reviewer>, StoreError> {
    let rows: Vec<(AccountId, String, String, NaiveDateTime)> = reviewers::table
        .inner_join(accounts::table)
        .filter(reviewers::session_id.eq(session))
        .order((reviewers::appointed_at.asc(), accounts::name.asc()))
        .select((accounts::id, accounts::name, accounts::email, reviewers::appointed_at))
        .load(conn)?;
    let counts: Vec<(AccountId, i64)> = reviews::table
        .inner_join(submissions::table)
        .filter(submissions::session_id.eq(session))
        .filter(reviews::state.eq(GIVEN))
        .group_by(reviews::account_id)
        .select((reviews::account_id, count_star()))
        .load(conn)?;
    let given = |account: &AccountId| counts.iter().find(|(of, _)| of == account).map_or(0, |(_, count)| *count);
    Ok(rows
        .into_iter()
        .map(|(account, name, email, appointed_at)| {
            let given = given(&account);
            Reviewer { account, name, email, appointed_at, given }
        })
        .collect())
}

/// Returns the accounts that can be appointed: not disabled, not appointed already; id, name and e-mail address.
pub fn to_appoint(
    conn: &mut AnyConnection,
    session: &SessionId,
) -> Result<Vec<(AccountId, String, String)>, StoreError> {
    let appointed = reviewers::table.filter(reviewers::session_id.eq(session)).select(reviewers::account_id);
    Ok(accounts::table
        .filter(accounts::disabled_at.is_null())
        .filter(accounts::id.ne_all(appointed))
        .order((accounts::name.asc(), accounts::email.asc()))
        .select((accounts::id, accounts::name, accounts::email))
        .load(conn)?)
}

/// Returns whether an account gave a review in a session.
pub fn has_given(conn: &mut AnyConnection, session: &SessionId, account: &AccountId) -> Result<bool, StoreError> {
    let given = reviews::table
        .inner_join(submissions::table)
        .filter(submissions::session_id.eq(session))
        .filter(reviews::account_id.eq(account))
        .filter(reviews::state.eq(GIVEN));
    Ok(select(exists(given)).get_result(conn)?)
}

/// Appoints a reviewer.
pub fn insert_reviewer(
    tx: &mut Tx<'_>,
    session: &SessionId,
    account: &AccountId,
    now: NaiveDateTime,
) -> Result<(), StoreError> {
    diesel::insert_into(reviewers::table)
        .values((reviewers::session_id.eq(session), reviewers::account_id.eq(account), reviewers::appointed_at.eq(now)))
        .execute(&mut **tx)?;
    Ok(())
}

/// Ends an appointment and returns whether there was one.
pub fn delete_reviewer(tx: &mut Tx<'_>, session: &SessionId, account: &AccountId) -> Result<bool, StoreError> {
    Ok(diesel::delete(reviewers::table.find((session, account))).execute(&mut **tx)? > 0)
}
