//! Queries about invitations.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use crate::accounts::Office;
use crate::accounts::model::Place;
use crate::accounts::model::invitations::Invitation;
use crate::db::schema::invitations;
use crate::db::{AnyConnection, StoreError, Tx, expect_one};
use crate::kernel::ids::{AccountId, DelegationId, InvitationId};
use crate::kernel::lang::Lang;
use crate::policy::Capacity;

/// A row of `invitations` without its token.
#[derive(Queryable, Selectable)]
#[diesel(table_name = invitations)]
struct Row {
    id: InvitationId,
    email: String,
    name: String,
    office: Office,
    delegation_id: Option<DelegationId>,
    capacity: Option<Capacity>,
    language: Lang,
    created_by: AccountId,
    expires_at: NaiveDateTime,
    used_at: Option<NaiveDateTime>,
    revoked_at: Option<NaiveDateTime>,
}

impl From<Row> for Invitation {
    fn from(row: Row) -> Self {
        let place = match (row.delegation_id, row.capacity) {
            (Some(delegation), Some(capacity)) => Place::Delegation(delegation, capacity),
            _ if row.office == Office::None => Place::Return,
            _ => Place::Office(row.office),
        };
        Self {
            id: row.id,
            email: row.email,
            name: row.name,
            place,
            language: row.language,
            created_by: row.created_by,
            expires_at: row.expires_at,
            used_at: row.used_at,
            revoked_at: row.revoked_at,
        }
    }
}

/// Adds an invitation.
pub fn insert(
    tx: &mut Tx<'_>,
    invitation: &Invitation,
    token_digest: &str,
    now: NaiveDateTime,
) -> Result<(), StoreError> {
    let (office, delegation, capacity) = match &invitation.place {
        Place::Office(office) => (*office, None, None),
        Place::Delegation(delegation, capacity) => (Office::None, Some(delegation), Some(*capacity)),
        Place::Return => (Office::None, None, None),
    };
    diesel::insert_into(invitations::table)
        .values((
            invitations::id.eq(&invitation.id),
            invitations::token_digest.eq(token_digest),
            invitations::email.eq(&invitation.email),
            invitations::name.eq(&invitation.name),
            invitations::office.eq(office),
            invitations::delegation_id.eq(delegation),
            invitations::capacity.eq(capacity),
            invitations::language.eq(invitation.language),
            invitations::created_by.eq(&invitation.created_by),
            invitations::created_at.eq(now),
            invitations::expires_at.eq(invitation.expires_at),
        ))
        .execute(&mut **tx)?;
    Ok(())
}

/// Returns the invitation of a token.
pub fn by_token(conn: &mut AnyConnection, token_digest: &str) -> Result<Invitation, StoreError> {
    let row: Row =
        invitations::table.filter(invitations::token_digest.eq(token_digest)).select(Row::as_select()).first(conn)?;
    Ok(row.into())
}

/// Returns an invitation by its id.
pub fn by_id(conn: &mut AnyConnection, id: &InvitationId) -> Result<Invitation, StoreError> {
    let row: Row = invitations::table.find(id).select(Row::as_select()).first(conn)?;
    Ok(row.into())
}

/// Returns the invitations that can be accepted now, oldest first.
pub fn open(conn: &mut AnyConnection, now: NaiveDateTime) -> Result<Vec<Invitation>, StoreError> {
    let rows: Vec<Row> = invitations::table
        .filter(invitations::used_at.is_null())
        .filter(invitations::revoked_at.is_null())
        .filter(invitations::expires_at.gt(now))
        .order(invitations::id.asc())
        .select(Row::as_select())
        .load(conn)?;
    Ok(rows.into_iter().map(Invitation::from).collect())
}

/// Marks an invitation as accepted, unless somebody was first.
pub fn mark_used(tx: &mut Tx<'_>, id: &InvitationId, now: NaiveDateTime) -> Result<(), StoreError> {
    let changed = diesel::update(invitations::table.find(id))
        .filter(invitations::used_at.is_null())
        .filter(invitations::revoked_at.is_null())
        .set(invitations::used_at.eq(now))
        .execute(&mut **tx)?;
    expect_one(changed)
}

/// Withdraws an invitation that is open.
pub fn withdraw(tx: &mut Tx<'_>, id: &InvitationId, now: NaiveDateTime) -> Result<(), StoreError> {
    let changed = diesel::update(invitations::table.find(id))
        .filter(invitations::used_at.is_null())
        .filter(invitations::revoked_at.is_null())
        .set(invitations::revoked_at.eq(now))
        .execute(&mut **tx)?;
    expect_one(changed)
}
