//! Queries about the parts of a text that are voted separately.

use diesel::prelude::*;

use crate::db::schema::{decision_part_votes, decision_parts};
use crate::db::{AnyConnection, StoreError, Tx, expect_one};
use crate::decisions::model::separate::Part;
use crate::kernel::ids::{DecisionId, DelegationId};
use crate::kernel::lang::Bilingual;
use crate::programmes::VoteAnswer;

/// Returns the parts of a decision by letter, with what was answered.
pub fn separate_parts(conn: &mut AnyConnection, id: &DecisionId) -> Result<Vec<Part>, StoreError> {
    type Row = (String, i32, String, String, DelegationId, Option<bool>);
    let rows: Vec<Row> = decision_parts::table
        .filter(decision_parts::decision_id.eq(id))
        .order(decision_parts::letter.asc())
        .select((
            decision_parts::letter,
            decision_parts::paragraph,
            decision_parts::text_en,
            decision_parts::text_ru,
            decision_parts::asked_by,
            decision_parts::is_kept,
        ))
        .load(conn)?;
    let votes: Vec<(String, DelegationId, VoteAnswer)> = decision_part_votes::table
        .filter(decision_part_votes::decision_id.eq(id))
        .order(decision_part_votes::delegation_id.asc())
        .select((decision_part_votes::letter, decision_part_votes::delegation_id, decision_part_votes::answer))
        .load(conn)?;
    let part = |(letter, paragraph, en, ru, asked_by, is_kept): Row| {
        let own = votes.iter().filter(|(of, ..)| *of == letter);
        let votes = own.map(|(_, delegation, answer)| (delegation.clone(), *answer)).collect();
        let paragraph = usize::try_from(paragraph).unwrap_or_default();
        Part { letter, paragraph, text: Bilingual::new(en, ru), asked_by, is_kept, votes }
    };
    Ok(rows.into_iter().map(part).collect())
}

/// Adds a part that is to be voted separately.
pub fn insert_separate_part(tx: &mut Tx<'_>, id: &DecisionId, part: &Part) -> Result<(), StoreError> {
    diesel::insert_into(decision_parts::table)
        .values((
            decision_parts::decision_id.eq(id),
            decision_parts::letter.eq(&part.letter),
            decision_parts::paragraph.eq(i32::try_from(part.paragraph).unwrap_or(i32::MAX)),
            decision_parts::text_en.eq(&part.text.en),
            decision_parts::text_ru.eq(&part.text.ru),
            decision_parts::asked_by.eq(&part.asked_by),
        ))
        .execute(&mut **tx)?;
    Ok(())
}

/// Keeps what was answered about a part that was not voted yet, and what came out.
pub fn conclude_separate_part(tx: &mut Tx<'_>, id: &DecisionId, part: &Part) -> Result<(), StoreError> {
    let row = decision_parts::table.find((id, &part.letter)).filter(decision_parts::is_kept.is_null());
    expect_one(diesel::update(row).set(decision_parts::is_kept.eq(part.is_kept)).execute(&mut **tx)?)?;
    for (delegation, answer) in &part.votes {
        diesel::insert_into(decision_part_votes::table)
            .values((
                decision_part_votes::decision_id.eq(id),
                decision_part_votes::letter.eq(&part.letter),
                decision_part_votes::delegation_id.eq(delegation),
                decision_part_votes::answer.eq(*answer),
            ))
            .execute(&mut **tx)?;
    }
    Ok(())
}
