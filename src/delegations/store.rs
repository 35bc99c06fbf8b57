//! Queries about delegations. Lists come by code; pages sort names in the reader's language.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::model::{Delegation, DelegationKind};
use crate::db::schema::delegations;
use crate::db::{AnyConnection, StoreError, Tx, expect_one};
use crate::kernel::ids::DelegationId;
use crate::kernel::lang::Bilingual;
use crate::text_column;

text_column!(DelegationKind);

/// A row of `delegations`.
#[derive(Queryable, Selectable)]
#[diesel(table_name = delegations)]
struct Row {
    id: DelegationId,
    code: String,
    kind: DelegationKind,
    name_en: String,
    name_ru: String,
    formal_name_en: String,
    formal_name_ru: String,
    votes: bool,
}

impl From<Row> for Delegation {
    fn from(row: Row) -> Self {
        Self {
            id: row.id,
            code: row.code,
            kind: row.kind,
            name: Bilingual::new(row.name_en, row.name_ru),
            formal_name: Bilingual::new(row.formal_name_en, row.formal_name_ru),
            votes: row.votes,
        }
    }
}

/// Returns every delegation, by code.
pub fn all(conn: &mut AnyConnection) -> Result<Vec<Delegation>, StoreError> {
    let rows: Vec<Row> = delegations::table.order(delegations::code.asc()).select(Row::as_select()).load(conn)?;
    Ok(rows.into_iter().map(Delegation::from).collect())
}

/// Returns every delegation that sits in the room, which the group as a whole does not, by code.
pub fn seated(conn: &mut AnyConnection) -> Result<Vec<Delegation>, StoreError> {
    let rows: Vec<Row> = delegations::table
        .filter(delegations::kind.ne(DelegationKind::Group))
        .order(delegations::code.asc())
        .select(Row::as_select())
        .load(conn)?;
    Ok(rows.into_iter().map(Delegation::from).collect())
}

/// Returns a delegation by its id.
pub fn by_id(conn: &mut AnyConnection, id: &DelegationId) -> Result<Delegation, StoreError> {
    let row: Row = delegations::table.find(id).select(Row::as_select()).first(conn)?;
    Ok(row.into())
}

/// Returns a delegation by its code.
pub fn by_code(conn: &mut AnyConnection, code: &str) -> Result<Delegation, StoreError> {
    let row: Row = delegations::table.filter(delegations::code.eq(code)).select(Row::as_select()).first(conn)?;
    Ok(row.into())
}

/// Adds a delegation.
pub fn insert(tx: &mut Tx<'_>, delegation: &Delegation, now: NaiveDateTime) -> Result<(), StoreError> {
    diesel::insert_into(delegations::table)
        .values((
            delegations::id.eq(&delegation.id),
            delegations::code.eq(&delegation.code),
            delegations::kind.eq(delegation.kind),
            delegations::name_en.eq(&delegation.name.en),
            delegations::name_ru.eq(&delegation.name.ru),
            delegations::formal_name_en.eq(&delegation.formal_name.en),
            delegations::formal_name_ru.eq(&delegation.formal_name.ru),
            delegations::votes.eq(delegation.votes),
            delegations::created_at.eq(now),
        ))
        .execute(&mut **tx)?;
    Ok(())
}

/// Changes the names of a delegation and whether it has a ballot.
pub fn update(tx: &mut Tx<'_>, delegation: &Delegation) -> Result<(), StoreError> {
    let changed = diesel::update(delegations::table.find(&delegation.id))
        .set((
            delegations::name_en.eq(&delegation.name.en),
            delegations::name_ru.eq(&delegation.name.ru),
            delegations::formal_name_en.eq(&delegation.formal_name.en),
            delegations::formal_name_ru.eq(&delegation.formal_name.ru),
            delegations::votes.eq(delegation.votes),
        ))
        .execute(&mut **tx)?;
    expect_one(changed)
}
