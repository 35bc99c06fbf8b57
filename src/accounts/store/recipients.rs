//! Queries about who is to be told: those accredited to delegations, the holders of an office.

use chrono::NaiveDate;
use diesel::prelude::*;

use super::AccountRow;
use crate::accounts::{Account, Office};
use crate::db::schema::{accounts, accreditations};
use crate::db::{AnyConnection, StoreError};
use crate::kernel::ids::DelegationId;
use crate::policy::Capacity;

/// Somebody in the capacity in which they are told.
pub type Addressed = (Account, Capacity, DelegationId);

/// Returns the enabled accounts accredited on a day in one of some capacities, strongest capacity first.
pub fn accredited(
    conn: &mut AnyConnection,
    capacities: &[Capacity],
    today: NaiveDate,
) -> Result<Vec<Addressed>, StoreError> {
    let rows: Vec<(AccountRow, Capacity, DelegationId)> = accreditations::table
        .inner_join(accounts::table)
        .filter(accounts::disabled_at.is_null())
        .filter(accreditations::revoked_at.is_null())
        .filter(accreditations::valid_from_on.le(today))
        .filter(accreditations::valid_until_on.is_null().or(accreditations::valid_until_on.ge(today)))
        .filter(accreditations::capacity.eq_any(capacities))
        .order(accreditations::id.asc())
        .select((AccountRow::as_select(), accreditations::capacity, accreditations::delegation_id))
        .load(conn)?;
    let found = rows.into_iter().map(|(row, capacity, delegation)| (row.into(), capacity, delegation));
    Ok(ordered(found.collect(), capacities))
}

/// Returns those of one delegation, strongest capacity first.
pub fn accredited_to(
    conn: &mut AnyConnection,
    delegation: &DelegationId,
    capacities: &[Capacity],
    today: NaiveDate,
) -> Result<Vec<Addressed>, StoreError> {
    let rows: Vec<(AccountRow, Capacity)> = accreditations::table
        .inner_join(accounts::table)
        .filter(accreditations::delegation_id.eq(delegation))
        .filter(accounts::disabled_at.is_null())
        .filter(accreditations::revoked_at.is_null())
        .filter(accreditations::valid_from_on.le(today))
        .filter(accreditations::valid_until_on.is_null().or(accreditations::valid_until_on.ge(today)))
        .filter(accreditations::capacity.eq_any(capacities))
        .order(accreditations::id.asc())
        .select((AccountRow::as_select(), accreditations::capacity))
        .load(conn)?;
    Ok(ordered(
        rows.into_iter().map(|(row, capacity)| (row.into(), capacity, delegation.clone())).collect(),
        capacities,
    ))
}

fn ordered(mut found: Vec<Addressed>, capacities: &[Capacity]) -> Vec<Addressed> {
    found.sort_by_key(|(_, capacity, _)| capacities.iter().position(|known| known == capacity));
    found
}

/// Returns the enabled accounts that hold an office.
pub fn in_office(conn: &mut AnyConnection, office: Office) -> Result<Vec<Account>, StoreError> {
    let rows: Vec<AccountRow> = accounts::table
        .filter(accounts::office.eq(office))
        .filter(accounts::disabled_at.is_null())
        .order(accounts::id.asc())
        .select(AccountRow::as_select())
        .load(conn)?;
    Ok(rows.into_iter().map(Account::from).collect())
}
