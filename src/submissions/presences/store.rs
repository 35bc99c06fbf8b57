//! Queries about presences.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::model::Presence;
use crate::db::schema::{accounts, editing_presences};
use crate::db::{AnyConnection, StoreError, Tx};
use crate::kernel::ids::{AccountId, SubmissionId};

/// Returns everybody seen at a submission, the last seen first.
pub fn of(conn: &mut AnyConnection, id: &SubmissionId) -> Result<Vec<Presence>, StoreError> {
    let rows: Vec<(AccountId, String, String, NaiveDateTime)> = editing_presences::table
        .inner_join(accounts::table)
        .filter(editing_presences::submission_id.eq(id))
        .filter(accounts::disabled_at.is_null())
        .order((editing_presences::seen_at.desc(), editing_presences::account_id.asc()))
        .select((
            editing_presences::account_id,
            accounts::name,
            editing_presences::question,
            editing_presences::seen_at,
        ))
        .load(conn)?;
    let presence = |(account, name, question, seen_at)| Presence { account, name, question, seen_at };
    Ok(rows.into_iter().map(presence).collect())
}

/// Writes down that an account was seen; without a question the one touched last stays.
pub fn touch(
    tx: &mut Tx<'_>,
    id: &SubmissionId,
    (account, question): (&AccountId, &str),
    now: NaiveDateTime,
) -> Result<(), StoreError> {
    let row = editing_presences::table.find((id, account));
    let changed = if question.is_empty() {
        diesel::update(row).set(editing_presences::seen_at.eq(now)).execute(&mut **tx)?
    } else {
        diesel::update(row)
            .set((editing_presences::question.eq(question), editing_presences::seen_at.eq(now)))
            .execute(&mut **tx)?
    };
    if changed == 0 {
        diesel::insert_into(editing_presences::table)
            .values((
                editing_presences::submission_id.eq(id),
                editing_presences::account_id.eq(account),
                editing_presences::question.eq(question),
                editing_presences::seen_at.eq(now),
            ))
            .execute(&mut **tx)?;
    }
    Ok(())
}

/// Sweeps what has run out, of any submission.
pub fn sweep(tx: &mut Tx<'_>, until: NaiveDateTime) -> Result<(), StoreError> {
    diesel::delete(editing_presences::table.filter(editing_presences::seen_at.le(until))).execute(&mut **tx)?;
    Ok(())
}

/// Deletes the traces of an account.
pub fn delete_of(tx: &mut Tx<'_>, account: &AccountId) -> Result<(), StoreError> {
    diesel::delete(editing_presences::table.filter(editing_presences::account_id.eq(account))).execute(&mut **tx)?;
    Ok(())
}
