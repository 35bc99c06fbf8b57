//! Queries about merges.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::model::{Links, Merge};
use crate::db::schema::{ballot_options, ballots, merges, submissions};
use crate::db::{AnyConnection, StoreError, Tx, expect_one};
use crate::kernel::ids::{AccountId, DelegationId, SessionId, SubmissionId};

/// A ballot that was called off, as the column `state` spells it.
const CANCELLED: &str = "cancelled";

/// A row of `merges`.
#[derive(Queryable, Selectable)]
#[diesel(table_name = merges)]
struct Row {
    id: String,
    submission_id: SubmissionId,
    into_id: SubmissionId,
    into_revision: i32,
    note: String,
    account_id: AccountId,
    merged_at: NaiveDateTime,
}

/// Returns the merges that stand around a submission.
pub fn links(conn: &mut AnyConnection, id: &SubmissionId) -> Result<Links, StoreError> {
    let rows: Vec<Row> = merges::table
        .filter(merges::submission_id.eq(id).or(merges::into_id.eq(id)))
        .filter(merges::unmerged_at.is_null())
        .order(merges::merged_at.asc())
        .select(Row::as_select())
        .load(conn)?;
    let mut links = Links::default();
    for row in rows {
        let merge = merge(conn, row)?;
        if merge.into == *id {
            links.from.push(merge);
        } else {
            links.into = Some(merge);
        }
    }
    Ok(links)
}

fn merge(conn: &mut AnyConnection, row: Row) -> Result<Merge, StoreError> {
    let Row { id, submission_id: submission, into_id: into, into_revision, note, account_id: account, merged_at } = row;
    let (reference, into_reference) = (reference_of(conn, &submission)?, reference_of(conn, &into)?);
    Ok(Merge { id, submission, reference, into, into_reference, into_revision, note, account, merged_at })
}

/// Returns the merges of a session, the oldest first, each with when it was taken back.
pub fn of_session(
    conn: &mut AnyConnection,
    session: &SessionId,
) -> Result<Vec<(Merge, Option<NaiveDateTime>)>, StoreError> {
    let rows: Vec<(Row, Option<NaiveDateTime>)> = merges::table
        .inner_join(submissions::table.on(submissions::id.eq(merges::submission_id)))
        .filter(submissions::session_id.eq(session))
        .order((merges::merged_at.asc(), merges::id.asc()))
        .select((Row::as_select(), merges::unmerged_at))
        .load(conn)?;
    rows.into_iter().map(|(row, taken_back_at)| Ok((merge(conn, row)?, taken_back_at))).collect()
}

/// Returns the delegations of what a submission was joined to, and of what was joined to it.
pub fn delegations(conn: &mut AnyConnection, id: &SubmissionId) -> Result<Vec<DelegationId>, StoreError> {
    let pairs: Vec<(SubmissionId, SubmissionId)> = merges::table
        .filter(merges::submission_id.eq(id).or(merges::into_id.eq(id)))
        .filter(merges::unmerged_at.is_null())
        .select((merges::submission_id, merges::into_id))
        .load(conn)?;
    if pairs.is_empty() {
        return Ok(Vec::new());
    }
    let others = pairs.into_iter().map(|(one, into)| if one == *id { into } else { one });
    let others: Vec<String> = others.map(|id| id.as_str().to_owned()).collect();
    Ok(submissions::table
        .filter(submissions::id.eq_any(others))
        .select(submissions::delegation_id)
        .distinct()
        .load(conn)?)
}

fn reference_of(conn: &mut AnyConnection, id: &SubmissionId) -> Result<String, StoreError> {
    Ok(submissions::table.find(id).select(submissions::reference).first(conn)?)
}

/// Adds a merge.
pub fn insert(tx: &mut Tx<'_>, merge: &Merge) -> Result<(), StoreError> {
    diesel::insert_into(merges::table)
        .values((
            merges::id.eq(&merge.id),
            merges::submission_id.eq(&merge.submission),
            merges::into_id.eq(&merge.into),
            merges::into_revision.eq(merge.into_revision),
            merges::note.eq(&merge.note),
            merges::account_id.eq(&merge.account),
            merges::merged_at.eq(merge.merged_at),
        ))
        .execute(&mut **tx)?;
    Ok(())
}

/// Marks a merge as taken back, unless it was before.
pub fn take_back(tx: &mut Tx<'_>, id: &str, now: NaiveDateTime) -> Result<(), StoreError> {
    let row = merges::table.find(id).filter(merges::unmerged_at.is_null());
    expect_one(diesel::update(row).set(merges::unmerged_at.eq(now)).execute(&mut **tx)?)
}

/// Returns whether a submission is an option of a ballot, in preparation or later, that was not called off.
pub fn is_on_ballot(conn: &mut AnyConnection, id: &SubmissionId) -> Result<bool, StoreError> {
    let found: i64 = ballot_options::table
        .inner_join(ballots::table)
        .filter(ballot_options::submission_id.eq(id))
        .filter(ballots::state.ne(CANCELLED))
        .count()
        .get_result(conn)?;
    Ok(found > 0)
}
