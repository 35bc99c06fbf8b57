//! Queries about letters of credentials, meetings and who was present. The file of a letter is read alone.

use std::collections::BTreeMap;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use super::model::{Credentials, Meeting, Part, When};
use super::workflow::State;
use crate::db::schema::{attendances, credentials, meetings};
use crate::db::{AnyConnection, StoreError, Tx, expect_one};
use crate::kernel::ids::{AccountId, CredentialsId, DelegationId, SessionId};
use crate::submissions::attachments::Content;
use crate::text_column;

text_column!(State, Part);

/// A row of `credentials` without its file.
#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = credentials)]
struct Row {
    id: CredentialsId,
    session_id: SessionId,
    delegation_id: DelegationId,
    state: State,
    head_id: AccountId,
    valid_from_on: NaiveDate,
    valid_until_on: Option<NaiveDate>,
    file_name: String,
    content: Content,
    size_bytes: i64,
    comment: String,
    handed_in_by: AccountId,
    handed_in_at: NaiveDateTime,
    examined_at: Option<NaiveDateTime>,
}

impl From<Row> for Credentials {
    fn from(row: Row) -> Self {
        Self {
            id: row.id,
            session: row.session_id,
            delegation: row.delegation_id,
            state: row.state,
            head: row.head_id,
            valid_from_on: row.valid_from_on,
            valid_until_on: row.valid_until_on,
            file_name: row.file_name,
            content: row.content,
            size_bytes: row.size_bytes,
            comment: row.comment,
            handed_in_by: row.handed_in_by,
            handed_in_at: row.handed_in_at,
            examined_at: row.examined_at,
        }
    }
}

impl From<Credentials> for Row {
    fn from(one: Credentials) -> Self {
        Self {
            id: one.id,
            session_id: one.session,
            delegation_id: one.delegation,
            state: one.state,
            head_id: one.head,
            valid_from_on: one.valid_from_on,
            valid_until_on: one.valid_until_on,
            file_name: one.file_name,
            content: one.content,
            size_bytes: one.size_bytes,
            comment: one.comment,
            handed_in_by: one.handed_in_by,
            handed_in_at: one.handed_in_at,
            examined_at: one.examined_at,
        }
    }
}

/// Returns the letters of a session, the newest first.
pub fn credentials_of(conn: &mut AnyConnection, session: &SessionId) -> Result<Vec<Credentials>, StoreError> {
    let rows: Vec<Row> = credentials::table
        .filter(credentials::session_id.eq(session))
        .order(credentials::id.desc())
        .select(Row::as_select())
        .load(conn)?;
    Ok(rows.into_iter().map(Credentials::from).collect())
}

/// Returns the newest letter of each delegation in a session.
pub fn newest_of(
    conn: &mut AnyConnection,
    session: &SessionId,
) -> Result<BTreeMap<DelegationId, Credentials>, StoreError> {
    let mut newest = BTreeMap::new();
    for one in credentials_of(conn, session)? {
        newest.entry(one.delegation.clone()).or_insert(one);
    }
    Ok(newest)
}

/// Returns the file of a letter; nothing once it was erased.
pub fn letter(conn: &mut AnyConnection, id: &CredentialsId) -> Result<Vec<u8>, StoreError> {
    let text: String = credentials::table.find(id).select(credentials::letter).first(conn)?;
    // Why: what cannot be read is as lost as what is not there.
    STANDARD.decode(text).map_err(|_| StoreError::NotFound)
}

/// Adds a letter with its file.
pub fn insert_credentials(tx: &mut Tx<'_>, one: Credentials, letter: &[u8]) -> Result<(), StoreError> {
    let file = (Row::from(one), credentials::letter.eq(STANDARD.encode(letter)));
    diesel::insert_into(credentials::table).values(file).execute(&mut **tx)?;
    Ok(())
}

/// Moves a letter on, unless somebody else did.
pub fn examine(
    tx: &mut Tx<'_>,
    one: &Credentials,
    (to, comment): (State, &str),
    (by, now): (&AccountId, NaiveDateTime),
) -> Result<(), StoreError> {
    let row = credentials::table.find(&one.id).filter(credentials::state.eq(one.state));
    let changed = diesel::update(row)
        .set((
            credentials::state.eq(to),
            credentials::comment.eq(comment),
            credentials::examined_by.eq(by),
            credentials::examined_at.eq(now),
        ))
        .execute(&mut **tx)?;
    expect_one(changed)
}

/// Takes out the files of letters that name an account as head.
pub fn erase_letters(tx: &mut Tx<'_>, account: &AccountId) -> Result<(), StoreError> {
    diesel::update(credentials::table.filter(credentials::head_id.eq(account)))
        .set((credentials::letter.eq(""), credentials::file_name.eq(""), credentials::comment.eq("")))
        .execute(&mut **tx)?;
    Ok(())
}

/// Returns when letters that name an account as head were handed in.
pub fn named_at(conn: &mut AnyConnection, account: &AccountId) -> Result<Vec<NaiveDateTime>, StoreError> {
    Ok(credentials::table
        .filter(credentials::head_id.eq(account))
        .order(credentials::id.asc())
        .select(credentials::handed_in_at)
        .load(conn)?)
}

/// Returns the meetings of a session in the order in which they were held.
pub fn meetings_of(conn: &mut AnyConnection, session: &SessionId) -> Result<Vec<Meeting>, StoreError> {
    let rows: Vec<(NaiveDate, Part)> = meetings::table
        .filter(meetings::session_id.eq(session))
        .select((meetings::held_on, meetings::part))
        .load(conn)?;
    let mut held: BTreeMap<When, Meeting> = rows
        .into_iter()
        .map(|(held_on, part)| When { held_on, part })
        .map(|when| (when, Meeting { when, present: std::collections::BTreeSet::new() }))
        .collect();
    let present: Vec<(NaiveDate, Part, DelegationId)> = attendances::table
        .filter(attendances::session_id.eq(session))
        .select((attendances::held_on, attendances::part, attendances::delegation_id))
        .load(conn)?;
    for (held_on, part, delegation) in present {
        if let Some(meeting) = held.get_mut(&When { held_on, part }) {
            meeting.present.insert(delegation);
        }
    }
    Ok(held.into_values().collect())
}

/// Adds a meeting with who is present.
pub fn insert_meeting(
    tx: &mut Tx<'_>,
    session: &SessionId,
    meeting: &Meeting,
    now: NaiveDateTime,
) -> Result<(), StoreError> {
    diesel::insert_into(meetings::table)
        .values((
            meetings::session_id.eq(session),
            meetings::held_on.eq(meeting.when.held_on),
            meetings::part.eq(meeting.when.part),
            meetings::noted_at.eq(now),
        ))
        .execute(&mut **tx)?;
    insert_present(tx, session, meeting)
}

/// Puts who is present in the place of who was noted.
pub fn replace_present(tx: &mut Tx<'_>, session: &SessionId, meeting: &Meeting) -> Result<(), StoreError> {
    delete_present(tx, session, meeting.when)?;
    insert_present(tx, session, meeting)
}

/// Takes out a meeting with who was present.
pub fn delete_meeting(tx: &mut Tx<'_>, session: &SessionId, when: When) -> Result<(), StoreError> {
    delete_present(tx, session, when)?;
    let row = meetings::table.find((session, when.held_on, when.part));
    expect_one(diesel::delete(row).execute(&mut **tx)?)
}

fn delete_present(tx: &mut Tx<'_>, session: &SessionId, when: When) -> Result<(), StoreError> {
    let rows = attendances::table
        .filter(attendances::session_id.eq(session))
        .filter(attendances::held_on.eq(when.held_on))
        .filter(attendances::part.eq(when.part));
    diesel::delete(rows).execute(&mut **tx)?;
    Ok(())
}

fn insert_present(tx: &mut Tx<'_>, session: &SessionId, meeting: &Meeting) -> Result<(), StoreError> {
    for delegation in &meeting.present {
        diesel::insert_into(attendances::table)
            .values((
                attendances::session_id.eq(session),
                attendances::held_on.eq(meeting.when.held_on),
                attendances::part.eq(meeting.when.part),
                attendances::delegation_id.eq(delegation),
            ))
            .execute(&mut **tx)?;
    }
    Ok(())
}
