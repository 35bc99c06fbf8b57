//! Queries about who is signed in, in which capacities.

use chrono::{NaiveDate, NaiveDateTime};
use chrono_tz::Tz;
use diesel::prelude::*;

use super::model::{Account, Accreditation, Office};
use crate::db::schema::{accounts, accreditations, delegations, reviewers, sign_ins};
use crate::db::{AnyConnection, StoreError, Tx};
use crate::kernel::ids::{AccountId, DelegationId, SessionId, SignInId};
use crate::kernel::lang::{Bilingual, Lang};
use crate::policy::Capacity;
use crate::text_column;

text_column!(Office, Capacity);

/// A row of `accounts` without its password.
#[derive(Queryable, Selectable)]
#[diesel(table_name = accounts)]
struct AccountRow {
    id: AccountId,
    email: String,
    name: String,
    office: Office,
    language: Lang,
    time_zone: String,
    disabled_at: Option<NaiveDateTime>,
}

impl From<AccountRow> for Account {
    fn from(row: AccountRow) -> Self {
        Self {
            id: row.id,
            email: row.email,
            name: row.name,
            office: row.office,
            language: row.language,
            time_zone: row.time_zone.parse().unwrap_or(Tz::UTC),
            disabled_at: row.disabled_at,
        }
    }
}

/// A web login that holds, with everything that decides what its account may do.
#[derive(Debug, Clone)]
pub struct SignedIn {
    /// The sign-in.
    pub sign_in: SignInId,
    /// When it was last seen.
    pub last_seen_at: NaiveDateTime,
    /// The account.
    pub account: Account,
    /// Its accreditations that hold today.
    pub accreditations: Vec<Accreditation>,
    /// The sessions for which it is a reviewer.
    pub reviewer_of: Vec<SessionId>,
}

/// Returns the sign-in of a token, unless it has expired, was revoked, or its account is disabled.
pub fn signed_in(
    conn: &mut AnyConnection,
    token_digest: &str,
    now: NaiveDateTime,
) -> Result<Option<SignedIn>, StoreError> {
    let found: Option<(SignInId, NaiveDateTime, AccountRow)> = sign_ins::table
        .inner_join(accounts::table)
        .filter(sign_ins::token_digest.eq(token_digest))
        .filter(sign_ins::revoked_at.is_null())
        .filter(sign_ins::expires_at.gt(now))
        .filter(accounts::disabled_at.is_null())
        .select((sign_ins::id, sign_ins::last_seen_at, AccountRow::as_select()))
        .first(conn)
        .optional()?;
    let Some((sign_in, last_seen_at, row)) = found else { return Ok(None) };
    let account = Account::from(row);
    let accreditations = accreditations_of(conn, &account.id, now.date())?;
    let reviewer_of =
        reviewers::table.filter(reviewers::account_id.eq(&account.id)).select(reviewers::session_id).load(conn)?;
    Ok(Some(SignedIn { sign_in, last_seen_at, account, accreditations, reviewer_of }))
}

/// Returns the accreditations of an account that hold on a day.
pub fn accreditations_of(
    conn: &mut AnyConnection,
    account: &AccountId,
    today: NaiveDate,
) -> Result<Vec<Accreditation>, StoreError> {
    type Row = (DelegationId, String, String, String, Capacity, Option<NaiveDate>);
    let rows: Vec<Row> = accreditations::table
        .inner_join(delegations::table)
        .filter(accreditations::account_id.eq(account))
        .filter(accreditations::revoked_at.is_null())
        .filter(accreditations::valid_from_on.le(today))
        .filter(accreditations::valid_until_on.is_null().or(accreditations::valid_until_on.ge(today)))
        .order(delegations::code.asc())
        .select((
            delegations::id,
            delegations::code,
            delegations::name_en,
            delegations::name_ru,
            accreditations::capacity,
            accreditations::valid_until_on,
        ))
        .load(conn)?;
    Ok(rows
        .into_iter()
        .map(|(delegation, delegation_code, en, ru, capacity, valid_until_on)| Accreditation {
            delegation,
            delegation_code,
            delegation_name: Bilingual::new(en, ru),
            capacity,
            valid_until_on,
        })
        .collect())
}

/// Returns an account by its id.
pub fn account(conn: &mut AnyConnection, id: &AccountId) -> Result<Account, StoreError> {
    let row: AccountRow = accounts::table.find(id).select(AccountRow::as_select()).first(conn)?;
    Ok(row.into())
}

/// Returns an account and its password hash by its folded e-mail address.
pub fn account_by_email(conn: &mut AnyConnection, email: &str) -> Result<Option<(Account, String)>, StoreError> {
    let found: Option<(AccountRow, String)> = accounts::table
        .filter(accounts::email.eq(email))
        .select((AccountRow::as_select(), accounts::password_hash))
        .first(conn)
        .optional()?;
    Ok(found.map(|(row, hash)| (row.into(), hash)))
}

/// Adds an account.
pub fn insert_account(
    tx: &mut Tx<'_>,
    account: &Account,
    password_hash: &str,
    now: NaiveDateTime,
) -> Result<(), StoreError> {
    diesel::insert_into(accounts::table)
        .values((
            accounts::id.eq(&account.id),
            accounts::email.eq(&account.email),
            accounts::name.eq(&account.name),
            accounts::office.eq(account.office),
            accounts::language.eq(account.language),
            accounts::time_zone.eq(account.time_zone.name()),
            accounts::password_hash.eq(password_hash),
            accounts::created_at.eq(now),
        ))
        .execute(&mut **tx)?;
    Ok(())
}

/// Records that a sign-in was used.
pub fn mark_seen(tx: &mut Tx<'_>, id: &SignInId, now: NaiveDateTime) -> Result<(), StoreError> {
    diesel::update(sign_ins::table.find(id)).set(sign_ins::last_seen_at.eq(now)).execute(&mut **tx)?;
    Ok(())
}
