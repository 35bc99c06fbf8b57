//! Queries about saved filters.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::model::SavedFilter;
use crate::db::schema::saved_filters;
use crate::db::{AnyConnection, StoreError, Tx};
use crate::kernel::ids::{AccountId, SavedFilterId, SessionId};

/// Returns the filters of an account in a session and, where asked for, those that others share; by name.
pub fn of(
    conn: &mut AnyConnection,
    session: &SessionId,
    account: &AccountId,
    with_shared: bool,
) -> Result<Vec<SavedFilter>, StoreError> {
    type Row = (SavedFilterId, AccountId, String, String, bool);
    let is_offered = saved_filters::is_shared.eq(true).and(saved_filters::is_shared.eq(with_shared));
    let rows: Vec<Row> = saved_filters::table
        .filter(saved_filters::session_id.eq(session))
        .filter(saved_filters::account_id.eq(account).or(is_offered))
        .order((saved_filters::name.asc(), saved_filters::id.asc()))
        .select((
            saved_filters::id,
            saved_filters::account_id,
            saved_filters::name,
            saved_filters::query,
            saved_filters::is_shared,
        ))
        .load(conn)?;
    Ok(rows
        .into_iter()
        .map(|(id, account, name, query, is_shared)| SavedFilter { id, account, name, query, is_shared })
        .collect())
}

/// Adds a filter.
pub fn insert(tx: &mut Tx<'_>, session: &SessionId, new: &SavedFilter, now: NaiveDateTime) -> Result<(), StoreError> {
    diesel::insert_into(saved_filters::table)
        .values((
            saved_filters::id.eq(&new.id),
            saved_filters::account_id.eq(&new.account),
            saved_filters::session_id.eq(session),
            saved_filters::name.eq(&new.name),
            saved_filters::query.eq(&new.query),
            saved_filters::is_shared.eq(new.is_shared),
            saved_filters::created_at.eq(now),
        ))
        .execute(&mut **tx)?;
    Ok(())
}

/// Takes a filter of an account away, if it is there.
pub fn remove(tx: &mut Tx<'_>, id: &SavedFilterId, account: &AccountId) -> Result<(), StoreError> {
    let row = saved_filters::table.find(id).filter(saved_filters::account_id.eq(account));
    diesel::delete(row).execute(&mut **tx)?;
    Ok(())
}
