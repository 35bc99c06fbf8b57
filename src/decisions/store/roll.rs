//! Queries about the roll of a recorded vote and about explanations of position.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use crate::db::schema::{decision_votes, positions};
use crate::db::{AnyConnection, StoreError, Tx, expect_one};
use crate::decisions::model::{Position, Vote};
use crate::kernel::ids::{AccountId, DecisionId, DelegationId};
use crate::kernel::lang::Bilingual;
use crate::programmes::VoteAnswer;

/// Returns the roll of a decision in the order of the call.
pub fn votes_of(conn: &mut AnyConnection, id: &DecisionId) -> Result<Vec<Vote>, StoreError> {
    let rows: Vec<(DelegationId, bool, Option<VoteAnswer>)> = decision_votes::table
        .filter(decision_votes::decision_id.eq(id))
        .order(decision_votes::position.asc())
        .select((decision_votes::delegation_id, decision_votes::has_passed, decision_votes::answer))
        .load(conn)?;
    Ok(rows.into_iter().map(|(delegation, has_passed, answer)| Vote { delegation, has_passed, answer }).collect())
}

/// Puts a delegation on the roll.
pub fn insert_place(
    tx: &mut Tx<'_>,
    id: &DecisionId,
    delegation: &DelegationId,
    position: i32,
) -> Result<(), StoreError> {
    diesel::insert_into(decision_votes::table)
        .values((
            decision_votes::decision_id.eq(id),
            decision_votes::delegation_id.eq(delegation),
            decision_votes::position.eq(position),
            decision_votes::has_passed.eq(false),
        ))
        .execute(&mut **tx)?;
    Ok(())
}

/// Enters what a delegation on the roll answered; nothing is that it passed.
pub fn set_answer(tx: &mut Tx<'_>, id: &DecisionId, vote: &Vote) -> Result<(), StoreError> {
    expect_one(
        diesel::update(decision_votes::table.find((id, &vote.delegation)))
            .set((decision_votes::has_passed.eq(vote.has_passed), decision_votes::answer.eq(vote.answer)))
            .execute(&mut **tx)?,
    )
}

/// Returns the explanations of position about a decision.
pub fn positions_of(conn: &mut AnyConnection, id: &DecisionId) -> Result<Vec<Position>, StoreError> {
    let rows: Vec<(DelegationId, String, String, NaiveDateTime)> = positions::table
        .filter(positions::decision_id.eq(id))
        .order((positions::given_at.asc(), positions::delegation_id.asc()))
        .select((positions::delegation_id, positions::text_en, positions::text_ru, positions::given_at))
        .load(conn)?;
    let position = |(delegation, en, ru, given_at)| Position { delegation, text: Bilingual::new(en, ru), given_at };
    Ok(rows.into_iter().map(position).collect())
}

/// Sets the explanation of position of a delegation.
pub fn set_position(tx: &mut Tx<'_>, id: &DecisionId, position: &Position, by: &AccountId) -> Result<(), StoreError> {
    let changed = diesel::update(positions::table.find((id, &position.delegation)))
        .set((
            positions::text_en.eq(&position.text.en),
            positions::text_ru.eq(&position.text.ru),
            positions::given_by.eq(by),
            positions::given_at.eq(position.given_at),
        ))
        .execute(&mut **tx)?;
    if changed == 0 {
        diesel::insert_into(positions::table)
            .values((
                positions::decision_id.eq(id),
                positions::delegation_id.eq(&position.delegation),
                positions::text_en.eq(&position.text.en),
                positions::text_ru.eq(&position.text.ru),
                positions::given_by.eq(by),
                positions::given_at.eq(position.given_at),
            ))
            .execute(&mut **tx)?;
    }
    Ok(())
}
