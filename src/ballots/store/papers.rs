//! Queries about papers. Only [`turnout_of`] may be shown to others than the delegation before certification.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDateTime;
use diesel::prelude::*;

use crate::ballots::model::{Line, Paper, PaperKind};
use crate::db::schema::{ballot_papers, delegations, electorate, priorities, submissions};
use crate::db::{AnyConnection, StoreError, Tx, expect_one};
use crate::kernel::ids::{AccountId, BallotId, BallotPaperId, DelegationId, SubmissionId};
use crate::text_column;

text_column!(PaperKind);

/// A row of `ballot_papers`.
#[derive(Queryable, Selectable)]
#[diesel(table_name = ballot_papers)]
struct Row {
    id: BallotPaperId,
    delegation_id: DelegationId,
    number: i32,
    kind: PaperKind,
    prepared_by: AccountId,
    prepared_at: NaiveDateTime,
    confirmed_by: Option<AccountId>,
    confirmed_at: Option<NaiveDateTime>,
    receipt: Option<String>,
}

/// Returns the codes of the delegations that have confirmed a paper, and nothing of what the papers say.
pub fn turnout_of(conn: &mut AnyConnection, ballot: &BallotId) -> Result<BTreeSet<String>, StoreError> {
    let codes: Vec<String> = electorate::table
        .inner_join(delegations::table)
        .filter(electorate::ballot_id.eq(ballot))
        .filter(electorate::has_voted.eq(true))
        .select(delegations::code)
        .load(conn)?;
    Ok(codes.into_iter().collect())
}

/// Returns the papers that count in a recorded ballot, one a delegation, by code: the last confirmed ones. Sealed until
/// the ballot is certified: whoever calls this before may only count them.
pub(super) fn counted_papers(conn: &mut AnyConnection, ballot: &BallotId) -> Result<Vec<Paper>, StoreError> {
    let rows: Vec<(Row, String)> = ballot_papers::table
        .inner_join(delegations::table)
        .filter(ballot_papers::ballot_id.eq(ballot))
        .filter(ballot_papers::confirmed_at.is_not_null())
        .order((delegations::code.asc(), ballot_papers::number.asc()))
        .select((Row::as_select(), delegations::code))
        .load(conn)?;
    let last: BTreeMap<String, Row> = rows.into_iter().map(|(row, code)| (code, row)).collect();
    last.into_iter().map(|(code, row)| with_lines(conn, row, code)).collect()
}

/// Returns the papers that counted in a certified ballot, by code of the delegation; none before it is certified, and none
/// ever of a secret one.
pub fn papers_of(conn: &mut AnyConnection, ballot: &BallotId) -> Result<Vec<Paper>, StoreError> {
    let is_public = super::by_id(conn, ballot)?.state == crate::ballots::State::Certified;
    if is_public { counted_papers(conn, ballot) } else { Ok(Vec::new()) }
}

/// Returns the newest paper of a delegation, confirmed or not.
pub fn latest_paper(
    conn: &mut AnyConnection,
    ballot: &BallotId,
    delegation: &DelegationId,
) -> Result<Option<Paper>, StoreError> {
    let row: Option<(Row, String)> = ballot_papers::table
        .inner_join(delegations::table)
        .filter(ballot_papers::ballot_id.eq(ballot))
        .filter(ballot_papers::delegation_id.eq(delegation))
        .order(ballot_papers::number.desc())
        .select((Row::as_select(), delegations::code))
        .first(conn)
        .optional()?;
    row.map(|(row, code)| with_lines(conn, row, code)).transpose()
}

/// Returns the paper of a delegation that counts as things stand: the last confirmed one.
pub fn newest_confirmed(
    conn: &mut AnyConnection,
    ballot: &BallotId,
    delegation: &DelegationId,
) -> Result<Option<Paper>, StoreError> {
    let row: Option<(Row, String)> = ballot_papers::table
        .inner_join(delegations::table)
        .filter(ballot_papers::ballot_id.eq(ballot))
        .filter(ballot_papers::delegation_id.eq(delegation))
        .filter(ballot_papers::confirmed_at.is_not_null())
        .order(ballot_papers::number.desc())
        .select((Row::as_select(), delegations::code))
        .first(conn)
        .optional()?;
    row.map(|(row, code)| with_lines(conn, row, code)).transpose()
}

fn with_lines(conn: &mut AnyConnection, row: Row, code: String) -> Result<Paper, StoreError> {
    let stored: Vec<(String, Option<i32>, String)> = priorities::table
        .inner_join(submissions::table)
        .filter(priorities::paper_id.eq(&row.id))
        .order(submissions::reference.asc())
        .select((submissions::reference, priorities::priority, priorities::objection))
        .load(conn)?;
    let line = |(reference, priority, objection): (String, Option<i32>, String)| Line {
        reference,
        priority: priority.and_then(|priority| u32::try_from(priority).ok()),
        objection,
    };
    Ok(Paper {
        id: row.id,
        delegation: row.delegation_id,
        code,
        number: row.number,
        kind: row.kind,
        prepared_by: row.prepared_by,
        prepared_at: row.prepared_at,
        confirmed_by: row.confirmed_by,
        confirmed_at: row.confirmed_at,
        receipt: row.receipt,
        lines: stored.into_iter().map(line).collect(),
    })
}

/// Adds a paper with its lines; `options` lead from references to submissions.
pub fn insert_paper(
    tx: &mut Tx<'_>,
    ballot: &BallotId,
    paper: &Paper,
    options: &BTreeMap<String, SubmissionId>,
) -> Result<(), StoreError> {
    diesel::insert_into(ballot_papers::table)
        .values((
            ballot_papers::id.eq(&paper.id),
            ballot_papers::ballot_id.eq(ballot),
            ballot_papers::delegation_id.eq(&paper.delegation),
            ballot_papers::number.eq(paper.number),
            ballot_papers::kind.eq(paper.kind),
            ballot_papers::prepared_by.eq(&paper.prepared_by),
            ballot_papers::prepared_at.eq(paper.prepared_at),
        ))
        .execute(&mut **tx)?;
    for line in &paper.lines {
        let submission = options.get(&line.reference).ok_or(StoreError::NotFound)?;
        diesel::insert_into(priorities::table)
            .values((
                priorities::paper_id.eq(&paper.id),
                priorities::submission_id.eq(submission),
                priorities::priority.eq(line.priority.and_then(|priority| i32::try_from(priority).ok())),
                priorities::objection.eq(&line.objection),
            ))
            .execute(&mut **tx)?;
    }
    Ok(())
}

/// Takes out what a delegation prepared, with all that it says.
pub fn delete_papers(tx: &mut Tx<'_>, ballot: &BallotId, delegation: Option<&DelegationId>) -> Result<(), StoreError> {
    let mut papers = ballot_papers::table.filter(ballot_papers::ballot_id.eq(ballot)).into_boxed();
    if let Some(delegation) = delegation {
        papers = papers.filter(ballot_papers::delegation_id.eq(delegation));
    }
    let ids: Vec<BallotPaperId> = papers.select(ballot_papers::id).load(&mut **tx)?;
    for id in ids {
        diesel::delete(priorities::table.filter(priorities::paper_id.eq(&id))).execute(&mut **tx)?;
        diesel::delete(ballot_papers::table.find(&id)).execute(&mut **tx)?;
    }
    Ok(())
}

/// Notes that a delegation has confirmed a paper, and nothing of when or what.
pub fn set_voted(tx: &mut Tx<'_>, ballot: &BallotId, delegation: &DelegationId) -> Result<(), StoreError> {
    let row = electorate::table.find((ballot, delegation));
    expect_one(diesel::update(row).set(electorate::has_voted.eq(true)).execute(&mut **tx)?)
}

/// Confirms a paper that is not confirmed yet.
pub fn confirm_paper(
    tx: &mut Tx<'_>,
    id: &BallotPaperId,
    by: &AccountId,
    receipt: &str,
    now: NaiveDateTime,
) -> Result<(), StoreError> {
    let row = ballot_papers::table.find(id).filter(ballot_papers::confirmed_at.is_null());
    expect_one(
        diesel::update(row)
            .set((
                ballot_papers::confirmed_by.eq(Some(by)),
                ballot_papers::confirmed_at.eq(Some(now)),
                ballot_papers::receipt.eq(Some(receipt)),
            ))
            .execute(&mut **tx)?,
    )
}
