//! Queries about accounts and accreditations: who is signed in, in which capacities, and who may be.

pub mod factors;
pub mod invitations;
pub mod personal;
pub mod recipients;
pub mod sign_ins;

use std::collections::BTreeMap;

use chrono::{NaiveDate, NaiveDateTime};
use chrono_tz::Tz;
use diesel::prelude::*;

use super::model::{Account, Accreditation, Grant, Office};
use crate::db::schema::{self, accounts, accreditations, delegations, reviewers};
use crate::db::{AnyConnection, StoreError, Tx, expect_one};
use crate::delegations::model::GROUP_CODE;
use crate::kernel::ids::{AccountId, AccreditationId, DelegationId, SessionId, SignInId};
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
    erased_at: Option<NaiveDateTime>,
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
            erased_at: row.erased_at,
        }
    }
}

/// A web login that holds, with everything that decides what its account may do.
#[derive(Debug, Clone)]
pub struct SignedIn {
    /// The sign-in.
    pub sign_in: SignInId,
    /// When it began.
    pub signed_in_at: NaiveDateTime,
    /// When it was last seen.
    pub last_seen_at: NaiveDateTime,
    /// When it ends unless it is seen again.
    pub expires_at: NaiveDateTime,
    /// The account.
    pub account: Account,
    /// Its accreditations that hold today.
    pub accreditations: Vec<Accreditation>,
    /// The sessions for which it is a reviewer.
    pub reviewer_of: Vec<SessionId>,
    /// The delegation that stands for the group as a whole, if the office of the account acts for it.
    pub group: Option<DelegationId>,
}

/// Returns the sign-in of a token, unless it has expired, was revoked, or its account is disabled.
pub fn signed_in(
    conn: &mut AnyConnection,
    token_digest: &str,
    now: NaiveDateTime,
) -> Result<Option<SignedIn>, StoreError> {
    type Row = (SignInId, NaiveDateTime, NaiveDateTime, NaiveDateTime, AccountRow);
    let found: Option<Row> = schema::sign_ins::table
        .inner_join(accounts::table)
        .filter(schema::sign_ins::token_digest.eq(token_digest))
        .filter(schema::sign_ins::revoked_at.is_null())
        .filter(schema::sign_ins::expires_at.gt(now))
        .filter(accounts::disabled_at.is_null())
        .select((
            schema::sign_ins::id,
            schema::sign_ins::created_at,
            schema::sign_ins::last_seen_at,
            schema::sign_ins::expires_at,
            AccountRow::as_select(),
        ))
        .first(conn)
        .optional()?;
    let Some((sign_in, signed_in_at, last_seen_at, expires_at, row)) = found else { return Ok(None) };
    let account = Account::from(row);
    let Standing { accreditations, reviewer_of, group } = standing(conn, &account, now.date())?;
    Ok(Some(SignedIn { sign_in, signed_in_at, last_seen_at, expires_at, account, accreditations, reviewer_of, group }))
}

/// What decides, beside its office, what an account may do.
#[derive(Debug, Clone)]
pub struct Standing {
    /// Its accreditations that hold on the day.
    pub accreditations: Vec<Accreditation>,
    /// The sessions for which it is a reviewer.
    pub reviewer_of: Vec<SessionId>,
    /// The delegation that stands for the group as a whole, if the office of the account acts for it.
    pub group: Option<DelegationId>,
}

/// Returns what decides on a day what an account may do.
pub fn standing(conn: &mut AnyConnection, account: &Account, today: NaiveDate) -> Result<Standing, StoreError> {
    let accreditations = accreditations_of(conn, &account.id, today)?;
    let reviewer_of =
        reviewers::table.filter(reviewers::account_id.eq(&account.id)).select(reviewers::session_id).load(conn)?;
    let group = if account.office == Office::Secretariat { group(conn)? } else { None };
    Ok(Standing { accreditations, reviewer_of, group })
}

/// Returns the delegation that stands for the group as a whole, if it exists.
fn group(conn: &mut AnyConnection) -> Result<Option<DelegationId>, StoreError> {
    let group = delegations::table.filter(delegations::code.eq(GROUP_CODE)).select(delegations::id);
    Ok(group.first(conn).optional()?)
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

/// Records that a sign-in was used, and until when it now holds.
pub fn mark_seen(tx: &mut Tx<'_>, id: &SignInId, now: NaiveDateTime, until: NaiveDateTime) -> Result<(), StoreError> {
    diesel::update(schema::sign_ins::table.find(id))
        .set((schema::sign_ins::last_seen_at.eq(now), schema::sign_ins::expires_at.eq(until)))
        .execute(&mut **tx)?;
    Ok(())
}

/// Sets the language of an account.
pub fn set_language(tx: &mut Tx<'_>, id: &AccountId, lang: Lang) -> Result<(), StoreError> {
    diesel::update(accounts::table.find(id)).set(accounts::language.eq(lang)).execute(&mut **tx)?;
    Ok(())
}

/// Sets what a person decides about their own account.
pub fn set_profile(tx: &mut Tx<'_>, id: &AccountId, name: &str, lang: Lang, zone: Tz) -> Result<(), StoreError> {
    let changed = diesel::update(accounts::table.find(id))
        .set((accounts::name.eq(name), accounts::language.eq(lang), accounts::time_zone.eq(zone.name())))
        .execute(&mut **tx)?;
    expect_one(changed)
}

/// Replaces a password hash, unless another has taken its place meanwhile.
pub fn replace_password(tx: &mut Tx<'_>, id: &AccountId, old: &str, new: &str) -> Result<(), StoreError> {
    let changed = diesel::update(accounts::table.find(id))
        .filter(accounts::password_hash.eq(old))
        .set(accounts::password_hash.eq(new))
        .execute(&mut **tx)?;
    expect_one(changed)
}

/// Gives an office to an account that has none.
pub fn give_office(tx: &mut Tx<'_>, id: &AccountId, office: Office) -> Result<(), StoreError> {
    let changed = diesel::update(accounts::table.find(id))
        .filter(accounts::office.eq(Office::None))
        .set(accounts::office.eq(office))
        .execute(&mut **tx)?;
    expect_one(changed)
}

/// Disables an account that is enabled.
pub fn disable(tx: &mut Tx<'_>, id: &AccountId, now: NaiveDateTime) -> Result<(), StoreError> {
    let changed = diesel::update(accounts::table.find(id))
        .filter(accounts::disabled_at.is_null())
        .set(accounts::disabled_at.eq(now))
        .execute(&mut **tx)?;
    expect_one(changed)
}

/// Enables an account that is disabled and not erased.
pub fn enable(tx: &mut Tx<'_>, id: &AccountId) -> Result<(), StoreError> {
    let changed = diesel::update(accounts::table.find(id))
        .filter(accounts::disabled_at.is_not_null())
        .filter(accounts::erased_at.is_null())
        .set(accounts::disabled_at.eq(None::<NaiveDateTime>))
        .execute(&mut **tx)?;
    expect_one(changed)
}

/// Returns how many administrators can sign in.
pub fn administrators(conn: &mut AnyConnection) -> Result<i64, StoreError> {
    Ok(accounts::table
        .filter(accounts::office.eq(Office::Administrator))
        .filter(accounts::disabled_at.is_null())
        .count()
        .get_result(conn)?)
}

/// Returns every account, in the order in which they were made.
pub fn accounts(conn: &mut AnyConnection) -> Result<Vec<Account>, StoreError> {
    let rows: Vec<AccountRow> = accounts::table.order(accounts::id.asc()).select(AccountRow::as_select()).load(conn)?;
    Ok(rows.into_iter().map(Account::from).collect())
}

/// Returns the name of every account.
pub fn names(conn: &mut AnyConnection) -> Result<BTreeMap<AccountId, String>, StoreError> {
    let rows: Vec<(AccountId, String)> = accounts::table.select((accounts::id, accounts::name)).load(conn)?;
    Ok(rows.into_iter().collect())
}

/// A row of `accreditations`.
#[derive(Queryable, Selectable)]
#[diesel(table_name = accreditations)]
struct GrantRow {
    id: AccreditationId,
    account_id: AccountId,
    delegation_id: DelegationId,
    capacity: Capacity,
    valid_from_on: NaiveDate,
    valid_until_on: Option<NaiveDate>,
}

impl From<GrantRow> for Grant {
    fn from(row: GrantRow) -> Self {
        Self {
            id: row.id,
            account: row.account_id,
            delegation: row.delegation_id,
            capacity: row.capacity,
            valid_from_on: row.valid_from_on,
            valid_until_on: row.valid_until_on,
        }
    }
}

/// Returns the accreditations that nobody has ended, whether or not they hold today.
pub fn grants(conn: &mut AnyConnection) -> Result<Vec<Grant>, StoreError> {
    let rows: Vec<GrantRow> = accreditations::table
        .filter(accreditations::revoked_at.is_null())
        .order(accreditations::id.asc())
        .select(GrantRow::as_select())
        .load(conn)?;
    Ok(rows.into_iter().map(Grant::from).collect())
}

/// Returns the accreditations of one account that nobody has ended.
pub fn grants_of(conn: &mut AnyConnection, account: &AccountId) -> Result<Vec<Grant>, StoreError> {
    let rows: Vec<GrantRow> = accreditations::table
        .filter(accreditations::account_id.eq(account))
        .filter(accreditations::revoked_at.is_null())
        .select(GrantRow::as_select())
        .load(conn)?;
    Ok(rows.into_iter().map(Grant::from).collect())
}

/// Returns an accreditation that nobody has ended.
pub fn grant(conn: &mut AnyConnection, id: &AccreditationId) -> Result<Grant, StoreError> {
    let row: GrantRow = accreditations::table
        .find(id)
        .filter(accreditations::revoked_at.is_null())
        .select(GrantRow::as_select())
        .first(conn)?;
    Ok(row.into())
}

/// Adds an accreditation.
pub fn insert_grant(tx: &mut Tx<'_>, grant: &Grant, now: NaiveDateTime) -> Result<(), StoreError> {
    diesel::insert_into(accreditations::table)
        .values((
            accreditations::id.eq(&grant.id),
            accreditations::account_id.eq(&grant.account),
            accreditations::delegation_id.eq(&grant.delegation),
            accreditations::capacity.eq(grant.capacity),
            accreditations::valid_from_on.eq(grant.valid_from_on),
            accreditations::valid_until_on.eq(grant.valid_until_on),
            accreditations::created_at.eq(now),
        ))
        .execute(&mut **tx)?;
    Ok(())
}

/// Gives an accreditation another capacity than the one that it was read with.
pub fn set_capacity(tx: &mut Tx<'_>, grant: &Grant, to: Capacity) -> Result<(), StoreError> {
    let changed = diesel::update(accreditations::table.find(&grant.id))
        .filter(accreditations::revoked_at.is_null())
        .filter(accreditations::capacity.eq(grant.capacity))
        .set(accreditations::capacity.eq(to))
        .execute(&mut **tx)?;
    expect_one(changed)
}

/// Ends an accreditation at once.
pub fn end_grant(tx: &mut Tx<'_>, id: &AccreditationId, now: NaiveDateTime) -> Result<(), StoreError> {
    let changed = diesel::update(accreditations::table.find(id))
        .filter(accreditations::revoked_at.is_null())
        .set(accreditations::revoked_at.eq(now))
        .execute(&mut **tx)?;
    expect_one(changed)
}
