//! Queries about explanations of position. Sealed until the ballot is certified, but for the delegation itself.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use crate::ballots::model::Position;
use crate::db::schema::{ballot_positions, delegations};
use crate::db::{AnyConnection, StoreError, Tx};
use crate::kernel::ids::{AccountId, BallotId, DelegationId};
use crate::kernel::lang::{Bilingual, Lang};

/// Returns the explanations of position on a ballot, by code of the delegation.
pub fn positions_of(conn: &mut AnyConnection, ballot: &BallotId) -> Result<Vec<Position>, StoreError> {
    let rows: Vec<(DelegationId, Lang, String, String, NaiveDateTime)> = ballot_positions::table
        .inner_join(delegations::table)
        .filter(ballot_positions::ballot_id.eq(ballot))
        .order(delegations::code.asc())
        .select((
            ballot_positions::delegation_id,
            ballot_positions::original_language,
            ballot_positions::text_en,
            ballot_positions::text_ru,
            ballot_positions::given_at,
        ))
        .load(conn)?;
    let position = |(delegation, original, en, ru, given_at)| Position {
        delegation,
        original,
        text: Bilingual::new(en, ru),
        given_at,
    };
    Ok(rows.into_iter().map(position).collect())
}

/// Returns the explanation of one delegation, for that delegation.
pub fn position_of(
    conn: &mut AnyConnection,
    ballot: &BallotId,
    delegation: &DelegationId,
) -> Result<Option<Position>, StoreError> {
    Ok(positions_of(conn, ballot)?.into_iter().find(|position| position.delegation == *delegation))
}

/// Sets the explanation of position of a delegation.
pub fn set_position(tx: &mut Tx<'_>, ballot: &BallotId, position: &Position, by: &AccountId) -> Result<(), StoreError> {
    diesel::delete(ballot_positions::table.find((ballot, &position.delegation))).execute(&mut **tx)?;
    diesel::insert_into(ballot_positions::table)
        .values((
            ballot_positions::ballot_id.eq(ballot),
            ballot_positions::delegation_id.eq(&position.delegation),
            ballot_positions::original_language.eq(position.original),
            ballot_positions::text_en.eq(&position.text.en),
            ballot_positions::text_ru.eq(&position.text.ru),
            ballot_positions::given_by.eq(by),
            ballot_positions::given_at.eq(position.given_at),
        ))
        .execute(&mut **tx)?;
    Ok(())
}
