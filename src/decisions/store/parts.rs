//! Queries about what belongs to a decision: texts, acts, grades of support, objections, amendments.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use crate::db::schema::{amendments, decision_acts, decision_grades, decision_texts, objections};
use crate::db::{AnyConnection, StoreError, Tx, expect_one};
use crate::decisions::model::{Act, Amendment, AmendmentState, Grade, Objection, ObjectionState, Support, Text};
use crate::decisions::workflow::Event;
use crate::kernel::ids::{AccountId, AmendmentId, DecisionId, DelegationId, ObjectionId};
use crate::kernel::lang::Bilingual;

/// Returns the texts of a decision, the newest first.
pub fn texts_of(conn: &mut AnyConnection, id: &DecisionId) -> Result<Vec<Text>, StoreError> {
    type Row = (i32, String, String, bool, AccountId, NaiveDateTime);
    let rows: Vec<Row> = decision_texts::table
        .filter(decision_texts::decision_id.eq(id))
        .order(decision_texts::revision.desc())
        .select((
            decision_texts::revision,
            decision_texts::text_en,
            decision_texts::text_ru,
            decision_texts::is_checked,
            decision_texts::entered_by,
            decision_texts::entered_at,
        ))
        .load(conn)?;
    let text = |(revision, en, ru, is_checked, entered_by, entered_at)| Text {
        revision,
        text: Bilingual::new(en, ru),
        is_checked,
        entered_by,
        entered_at,
    };
    Ok(rows.into_iter().map(text).collect())
}

/// Adds a text.
pub fn insert_text(tx: &mut Tx<'_>, id: &DecisionId, text: &Text) -> Result<(), StoreError> {
    diesel::insert_into(decision_texts::table)
        .values((
            decision_texts::decision_id.eq(id),
            decision_texts::revision.eq(text.revision),
            decision_texts::text_en.eq(&text.text.en),
            decision_texts::text_ru.eq(&text.text.ru),
            decision_texts::is_checked.eq(text.is_checked),
            decision_texts::entered_by.eq(&text.entered_by),
            decision_texts::entered_at.eq(text.entered_at),
        ))
        .execute(&mut **tx)?;
    Ok(())
}

/// Replaces a text that was not before the group yet.
pub fn replace_text(tx: &mut Tx<'_>, id: &DecisionId, text: &Text) -> Result<(), StoreError> {
    expect_one(
        diesel::update(decision_texts::table.find((id, text.revision)))
            .set((
                decision_texts::text_en.eq(&text.text.en),
                decision_texts::text_ru.eq(&text.text.ru),
                decision_texts::is_checked.eq(text.is_checked),
                decision_texts::entered_by.eq(&text.entered_by),
                decision_texts::entered_at.eq(text.entered_at),
            ))
            .execute(&mut **tx)?,
    )
}

/// Returns what happened to a decision, in order.
pub fn acts_of(conn: &mut AnyConnection, id: &DecisionId) -> Result<Vec<Act>, StoreError> {
    type Row = (Event, i32, Option<AccountId>, Option<DelegationId>, String, Option<NaiveDateTime>, NaiveDateTime);
    let rows: Vec<Row> = decision_acts::table
        .filter(decision_acts::decision_id.eq(id))
        .order(decision_acts::position.asc())
        .select((
            decision_acts::event,
            decision_acts::revision,
            decision_acts::account_id,
            decision_acts::delegation_id,
            decision_acts::note,
            decision_acts::until,
            decision_acts::at,
        ))
        .load(conn)?;
    let act = |(event, revision, account, delegation, note, until, at)| Act {
        event,
        revision,
        account,
        delegation,
        note,
        until,
        at,
    };
    Ok(rows.into_iter().map(act).collect())
}

/// Appends an act.
pub fn insert_act(tx: &mut Tx<'_>, id: &DecisionId, act: &Act) -> Result<(), StoreError> {
    let last: Option<i32> = decision_acts::table
        .filter(decision_acts::decision_id.eq(id))
        .select(diesel::dsl::max(decision_acts::position))
        .first(&mut **tx)?;
    diesel::insert_into(decision_acts::table)
        .values((
            decision_acts::decision_id.eq(id),
            decision_acts::position.eq(last.unwrap_or(0) + 1),
            decision_acts::event.eq(act.event),
            decision_acts::revision.eq(act.revision),
            decision_acts::account_id.eq(act.account.as_ref()),
            decision_acts::delegation_id.eq(act.delegation.as_ref()),
            decision_acts::note.eq(&act.note),
            decision_acts::until.eq(act.until),
            decision_acts::at.eq(act.at),
        ))
        .execute(&mut **tx)?;
    Ok(())
}

/// Returns the grades of support given in a sense check. Sealed while it is open: whoever calls this then shows each
/// delegation its own alone.
pub fn grades_of(conn: &mut AnyConnection, id: &DecisionId) -> Result<Vec<Support>, StoreError> {
    let rows: Vec<(DelegationId, Grade, String)> = decision_grades::table
        .filter(decision_grades::decision_id.eq(id))
        .order(decision_grades::delegation_id.asc())
        .select((decision_grades::delegation_id, decision_grades::grade, decision_grades::note))
        .load(conn)?;
    Ok(rows.into_iter().map(|(delegation, grade, note)| Support { delegation, grade, note }).collect())
}

/// Sets the grade of a delegation.
pub fn set_grade(
    tx: &mut Tx<'_>,
    id: &DecisionId,
    support: &Support,
    (by, now): (&AccountId, NaiveDateTime),
) -> Result<(), StoreError> {
    let changed = diesel::update(decision_grades::table.find((id, &support.delegation)))
        .set((
            decision_grades::grade.eq(support.grade),
            decision_grades::note.eq(&support.note),
            decision_grades::given_by.eq(by),
            decision_grades::given_at.eq(now),
        ))
        .execute(&mut **tx)?;
    if changed == 0 {
        diesel::insert_into(decision_grades::table)
            .values((
                decision_grades::decision_id.eq(id),
                decision_grades::delegation_id.eq(&support.delegation),
                decision_grades::grade.eq(support.grade),
                decision_grades::note.eq(&support.note),
                decision_grades::given_by.eq(by),
                decision_grades::given_at.eq(now),
            ))
            .execute(&mut **tx)?;
    }
    Ok(())
}

/// A row of `objections`.
#[derive(Queryable, Selectable)]
#[diesel(table_name = objections)]
struct ObjectionRow {
    id: ObjectionId,
    delegation_id: DelegationId,
    revision: i32,
    passage: String,
    reason: String,
    broke_silence: bool,
    state: ObjectionState,
    raised_at: NaiveDateTime,
    settled_at: Option<NaiveDateTime>,
}

impl From<ObjectionRow> for Objection {
    fn from(row: ObjectionRow) -> Self {
        Self {
            id: row.id,
            delegation: row.delegation_id,
            revision: row.revision,
            passage: row.passage,
            reason: row.reason,
            broke_silence: row.broke_silence,
            state: row.state,
            raised_at: row.raised_at,
            settled_at: row.settled_at,
        }
    }
}

/// Returns the objections to a decision in the order in which they were raised.
pub fn objections_of(conn: &mut AnyConnection, id: &DecisionId) -> Result<Vec<Objection>, StoreError> {
    let rows: Vec<ObjectionRow> = objections::table
        .filter(objections::decision_id.eq(id))
        .order((objections::raised_at.asc(), objections::id.asc()))
        .select(ObjectionRow::as_select())
        .load(conn)?;
    Ok(rows.into_iter().map(Objection::from).collect())
}

/// Returns an objection to a decision.
pub fn objection(conn: &mut AnyConnection, id: &DecisionId, wanted: &ObjectionId) -> Result<Objection, StoreError> {
    let row: ObjectionRow = objections::table
        .find(wanted)
        .filter(objections::decision_id.eq(id))
        .select(ObjectionRow::as_select())
        .first(conn)?;
    Ok(row.into())
}

/// Adds an objection.
pub fn insert_objection(
    tx: &mut Tx<'_>,
    id: &DecisionId,
    objection: &Objection,
    by: &AccountId,
) -> Result<(), StoreError> {
    diesel::insert_into(objections::table)
        .values((
            objections::id.eq(&objection.id),
            objections::decision_id.eq(id),
            objections::delegation_id.eq(&objection.delegation),
            objections::revision.eq(objection.revision),
            objections::passage.eq(&objection.passage),
            objections::reason.eq(&objection.reason),
            objections::broke_silence.eq(objection.broke_silence),
            objections::state.eq(objection.state),
            objections::raised_by.eq(by),
            objections::raised_at.eq(objection.raised_at),
        ))
        .execute(&mut **tx)?;
    Ok(())
}

/// Settles an objection that is open.
pub fn settle_objection(
    tx: &mut Tx<'_>,
    id: &ObjectionId,
    to: ObjectionState,
    now: NaiveDateTime,
) -> Result<(), StoreError> {
    let row = objections::table.find(id).filter(objections::state.eq(ObjectionState::Open));
    expect_one(
        diesel::update(row).set((objections::state.eq(to), objections::settled_at.eq(Some(now)))).execute(&mut **tx)?,
    )
}

/// A row of `amendments`.
#[derive(Queryable, Selectable)]
#[diesel(table_name = amendments)]
struct AmendmentRow {
    id: AmendmentId,
    objection_id: ObjectionId,
    delegation_id: Option<DelegationId>,
    revision: i32,
    text_en: String,
    text_ru: String,
    state: AmendmentState,
    proposed_at: NaiveDateTime,
}

impl From<AmendmentRow> for Amendment {
    fn from(row: AmendmentRow) -> Self {
        Self {
            id: row.id,
            objection: row.objection_id,
            delegation: row.delegation_id,
            revision: row.revision,
            text: Bilingual::new(row.text_en, row.text_ru),
            state: row.state,
            proposed_at: row.proposed_at,
        }
    }
}

/// Returns the amendments to a decision in the order in which they were proposed.
pub fn amendments_of(conn: &mut AnyConnection, id: &DecisionId) -> Result<Vec<Amendment>, StoreError> {
    let rows: Vec<AmendmentRow> = amendments::table
        .filter(amendments::decision_id.eq(id))
        .order((amendments::proposed_at.asc(), amendments::id.asc()))
        .select(AmendmentRow::as_select())
        .load(conn)?;
    Ok(rows.into_iter().map(Amendment::from).collect())
}

/// Returns an amendment to a decision.
pub fn amendment(conn: &mut AnyConnection, id: &DecisionId, wanted: &AmendmentId) -> Result<Amendment, StoreError> {
    let row: AmendmentRow = amendments::table
        .find(wanted)
        .filter(amendments::decision_id.eq(id))
        .select(AmendmentRow::as_select())
        .first(conn)?;
    Ok(row.into())
}

/// Adds an amendment.
pub fn insert_amendment(
    tx: &mut Tx<'_>,
    id: &DecisionId,
    amendment: &Amendment,
    by: &AccountId,
) -> Result<(), StoreError> {
    diesel::insert_into(amendments::table)
        .values((
            amendments::id.eq(&amendment.id),
            amendments::decision_id.eq(id),
            amendments::objection_id.eq(&amendment.objection),
            amendments::delegation_id.eq(amendment.delegation.as_ref()),
            amendments::revision.eq(amendment.revision),
            amendments::text_en.eq(&amendment.text.en),
            amendments::text_ru.eq(&amendment.text.ru),
            amendments::state.eq(amendment.state),
            amendments::proposed_by.eq(by),
            amendments::proposed_at.eq(amendment.proposed_at),
        ))
        .execute(&mut **tx)?;
    Ok(())
}

/// Settles an amendment that waits.
pub fn settle_amendment(
    tx: &mut Tx<'_>,
    id: &AmendmentId,
    to: AmendmentState,
    now: NaiveDateTime,
) -> Result<(), StoreError> {
    let row = amendments::table.find(id).filter(amendments::state.eq(AmendmentState::Proposed));
    expect_one(
        diesel::update(row).set((amendments::state.eq(to), amendments::settled_at.eq(Some(now)))).execute(&mut **tx)?,
    )
}
