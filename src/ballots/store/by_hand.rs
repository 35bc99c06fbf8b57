//! Queries about papers that the secretariat entered from a record made in the room, without what they say.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use crate::ballots::model::{HandPaper, HandState};
use crate::db::schema::{ballot_papers, delegations, electorate, hand_papers};
use crate::db::{AnyConnection, StoreError, Tx, expect_one};
use crate::kernel::ids::{AccountId, BallotId, BallotPaperId, DelegationId};
use crate::text_column;

text_column!(HandState);

/// A confirmed paper: its id, delegation and code, and, when it was entered by hand, source, state, reason and answer.
type Row = (BallotPaperId, DelegationId, String, Option<(String, HandState, String, Option<NaiveDateTime>)>);

/// Returns the papers of a ballot that count and were entered by hand, by code of the delegation.
pub fn hand_papers_of(conn: &mut AnyConnection, ballot: &BallotId) -> Result<Vec<HandPaper>, StoreError> {
    let rows: Vec<Row> = ballot_papers::table
        .inner_join(delegations::table)
        .left_join(hand_papers::table)
        .filter(ballot_papers::ballot_id.eq(ballot))
        .filter(ballot_papers::confirmed_at.is_not_null())
        .order((delegations::code.asc(), ballot_papers::number.asc()))
        .select((
            ballot_papers::id,
            ballot_papers::delegation_id,
            delegations::code,
            (hand_papers::source, hand_papers::state, hand_papers::reason, hand_papers::answered_at).nullable(),
        ))
        .load(conn)?;
    let last: std::collections::BTreeMap<String, Row> = rows.into_iter().map(|row| (row.2.clone(), row)).collect();
    let entered = |(paper, delegation, code, hand): Row| {
        let (source, state, reason, answered_at) = hand?;
        Some(HandPaper { paper, delegation, code, source, state, reason, answered_at })
    };
    Ok(last.into_values().filter_map(entered).collect())
}

/// Notes that a paper was entered by hand.
pub fn insert_hand_paper(tx: &mut Tx<'_>, paper: &BallotPaperId, source: &str) -> Result<(), StoreError> {
    diesel::insert_into(hand_papers::table)
        .values((
            hand_papers::paper_id.eq(paper),
            hand_papers::source.eq(source),
            hand_papers::state.eq(HandState::Entered),
            hand_papers::reason.eq(""),
        ))
        .execute(&mut **tx)?;
    Ok(())
}

/// Keeps what the delegation says of a paper that stands as it was read.
pub fn answer_hand_paper(
    tx: &mut Tx<'_>,
    read: &HandPaper,
    to: HandState,
    reason: &str,
    (by, now): (&AccountId, NaiveDateTime),
) -> Result<(), StoreError> {
    let row = hand_papers::table.find(&read.paper).filter(hand_papers::state.eq(read.state));
    expect_one(
        diesel::update(row)
            .set((
                hand_papers::state.eq(to),
                hand_papers::reason.eq(reason),
                hand_papers::answered_by.eq(Some(by)),
                hand_papers::answered_at.eq(Some(now)),
            ))
            .execute(&mut **tx)?,
    )
}

/// Notes that what was entered for a delegation no longer counts, as another paper takes its place.
pub fn replace_hand_papers(tx: &mut Tx<'_>, ballot: &BallotId, delegation: &DelegationId) -> Result<(), StoreError> {
    let own = ballot_papers::table
        .filter(ballot_papers::ballot_id.eq(ballot))
        .filter(ballot_papers::delegation_id.eq(delegation))
        .select(ballot_papers::id);
    diesel::update(hand_papers::table.filter(hand_papers::paper_id.eq_any(own)))
        .set(hand_papers::state.eq(HandState::TakenOut))
        .execute(&mut **tx)?;
    Ok(())
}

/// Takes out a paper that its delegation contests: it no longer counts, and the one before it does if there is one.
pub fn take_out(tx: &mut Tx<'_>, ballot: &BallotId, read: &HandPaper) -> Result<(), StoreError> {
    let row = hand_papers::table.find(&read.paper).filter(hand_papers::state.eq(HandState::Contested));
    expect_one(diesel::update(row).set(hand_papers::state.eq(HandState::TakenOut)).execute(&mut **tx)?)?;
    let paper = ballot_papers::table.find(&read.paper);
    expect_one(diesel::update(paper).set(ballot_papers::confirmed_at.eq(None::<NaiveDateTime>)).execute(&mut **tx)?)?;
    let others: i64 = ballot_papers::table
        .filter(ballot_papers::ballot_id.eq(ballot))
        .filter(ballot_papers::delegation_id.eq(&read.delegation))
        .filter(ballot_papers::confirmed_at.is_not_null())
        .count()
        .get_result(&mut **tx)?;
    let elector = electorate::table.find((ballot, &read.delegation));
    expect_one(diesel::update(elector).set(electorate::has_voted.eq(others > 0)).execute(&mut **tx)?)
}
