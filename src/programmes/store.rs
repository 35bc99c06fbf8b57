//! Queries about programmes, their items and the answers of their roll calls.

pub mod capacities;

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use super::model::{AdoptedBy, Item, Programme, VoteAnswer, Votes};
use super::workflow::State;
use crate::db::schema::{adoption_votes, decisions, programme_items, programmes, revisions};
use crate::db::{AnyConnection, StoreError, Tx, expect_one};
use crate::kernel::ids::{BallotId, DelegationId, ItemId, ProgrammeId, SessionId, SubmissionId};
use crate::kernel::lang::Bilingual;
use crate::text_column;

text_column!(State, AdoptedBy, VoteAnswer);

/// A decision that the group has taken, as the column `state` spells it.
const DECIDED: &str = "decided";
/// A decision whose register of objections is open.
const DISCUSSING: &str = "discussing";
/// A decision that is before the group.
const UNDER_WAY: [&str; 4] = ["sensing", DISCUSSING, "silence", "voting"];

/// A row of `programmes`.
#[derive(Queryable, Selectable)]
#[diesel(table_name = programmes)]
struct Row {
    id: ProgrammeId,
    session_id: SessionId,
    reference: String,
    revision: i32,
    state: State,
    ballot_id: Option<BallotId>,
    places: i32,
    introduction_en: String,
    introduction_ru: String,
    adopted_by: Option<AdoptedBy>,
    adopted_on: Option<NaiveDate>,
    adoption_record_en: String,
    adoption_record_ru: String,
    edition: i32,
    created_at: NaiveDateTime,
    updated_at: NaiveDateTime,
    adopted_at: Option<NaiveDateTime>,
}

impl From<Row> for Programme {
    fn from(row: Row) -> Self {
        Self {
            id: row.id,
            session: row.session_id,
            reference: row.reference,
            revision: row.revision,
            state: row.state,
            ballot: row.ballot_id,
            places: row.places,
            introduction: Bilingual::new(row.introduction_en, row.introduction_ru),
            adoption: row.adopted_by.zip(row.adopted_on),
            record: Bilingual::new(row.adoption_record_en, row.adoption_record_ru),
            edition: row.edition,
            created_at: row.created_at,
            updated_at: row.updated_at,
            adopted_at: row.adopted_at,
        }
    }
}

/// Returns the programmes of a session, the newest revision first, whatever their state: ask the policy which of them may
/// be seen.
pub fn of_session(conn: &mut AnyConnection, session: &SessionId) -> Result<Vec<Programme>, StoreError> {
    let rows: Vec<Row> = programmes::table
        .filter(programmes::session_id.eq(session))
        .order(programmes::revision.desc())
        .select(Row::as_select())
        .load(conn)?;
    Ok(rows.into_iter().map(Programme::from).collect())
}

/// Returns a programme by its id.
pub fn by_id(conn: &mut AnyConnection, id: &ProgrammeId) -> Result<Programme, StoreError> {
    let row: Row = programmes::table.find(id).select(Row::as_select()).first(conn)?;
    Ok(row.into())
}

/// Returns the programme of a session that is in force, if there is one.
pub fn in_force(conn: &mut AnyConnection, session: &SessionId) -> Result<Option<Programme>, StoreError> {
    Ok(of_session(conn, session)?.into_iter().find(|programme| programme.state == State::Adopted))
}

/// Returns the items of a programme in their order, included ones first.
pub fn items_of(conn: &mut AnyConnection, programme: &ProgrammeId) -> Result<Vec<Item>, StoreError> {
    type Row = (ItemId, SubmissionId, i32, bool, bool, String, String, String);
    let rows: Vec<Row> = programme_items::table
        .filter(programme_items::programme_id.eq(programme))
        .order((programme_items::included.desc(), programme_items::position.asc(), programme_items::id.asc()))
        .select((
            programme_items::id,
            programme_items::submission_id,
            programme_items::position,
            programme_items::proposed,
            programme_items::included,
            programme_items::reason_en,
            programme_items::reason_ru,
            programme_items::override_reason,
        ))
        .load(conn)?;
    Ok(rows
        .into_iter()
        .map(|(id, submission, position, proposed, included, en, ru, override_reason)| Item {
            id,
            submission,
            position,
            proposed,
            included,
            reason: Bilingual::new(en, ru),
            override_reason,
        })
        .collect())
}

/// Returns the number of the decision by which the group decided on a programme, and the code of the rung on which it did.
pub fn decision_on(conn: &mut AnyConnection, programme: &ProgrammeId) -> Result<Option<(i32, String)>, StoreError> {
    let found: Option<(i32, Option<String>)> = decisions::table
        .filter(decisions::programme_id.eq(programme))
        .filter(decisions::state.eq(DECIDED))
        .order(decisions::number.desc())
        .select((decisions::number, decisions::rung))
        .first(conn)
        .optional()?;
    Ok(found.and_then(|(number, rung)| Some((number, rung?))))
}

/// Returns the number of the decision about a programme that is under way, and whether its register of objections is open.
pub fn decision_under_way(
    conn: &mut AnyConnection,
    programme: &ProgrammeId,
) -> Result<Option<(i32, bool)>, StoreError> {
    let found: Vec<(i32, String)> = decisions::table
        .filter(decisions::programme_id.eq(programme))
        .filter(decisions::state.eq_any(UNDER_WAY))
        .order(decisions::number.asc())
        .select((decisions::number, decisions::state))
        .load(conn)?;
    Ok(found.into_iter().map(|(number, state)| (number, state == DISCUSSING)).min_by_key(|(_, is_open)| *is_open))
}

/// Returns the answers of the roll call of a programme, by delegation.
pub fn votes_of(conn: &mut AnyConnection, programme: &ProgrammeId) -> Result<Votes, StoreError> {
    Ok(adoption_votes::table
        .filter(adoption_votes::programme_id.eq(programme))
        .order(adoption_votes::delegation_id.asc())
        .select((adoption_votes::delegation_id, adoption_votes::answer))
        .load(conn)?)
}

/// Returns the number of the revision of a submission that was the newest at a moment.
pub fn revision_at(conn: &mut AnyConnection, id: &SubmissionId, at: NaiveDateTime) -> Result<Option<i32>, StoreError> {
    Ok(revisions::table
        .filter(revisions::submission_id.eq(id))
        .filter(revisions::created_at.le(at))
        .select(diesel::dsl::max(revisions::number))
        .first(conn)?)
}

/// Adds a programme.
pub fn insert(tx: &mut Tx<'_>, programme: &Programme) -> Result<(), StoreError> {
    diesel::insert_into(programmes::table)
        .values((
            programmes::id.eq(&programme.id),
            programmes::session_id.eq(&programme.session),
            programmes::reference.eq(&programme.reference),
            programmes::revision.eq(programme.revision),
            programmes::state.eq(programme.state),
            programmes::ballot_id.eq(programme.ballot.as_ref()),
            programmes::places.eq(programme.places),
            programmes::introduction_en.eq(&programme.introduction.en),
            programmes::introduction_ru.eq(&programme.introduction.ru),
            programmes::adoption_record_en.eq(&programme.record.en),
            programmes::adoption_record_ru.eq(&programme.record.ru),
            programmes::edition.eq(programme.edition),
            programmes::created_at.eq(programme.created_at),
            programmes::updated_at.eq(programme.updated_at),
        ))
        .execute(&mut **tx)?;
    Ok(())
}

/// Saves a programme from the state it was read in over the edition before it, or somebody was first.
pub fn save(tx: &mut Tx<'_>, programme: &Programme, from: State) -> Result<(), StoreError> {
    let row = programmes::table
        .find(&programme.id)
        .filter(programmes::state.eq(from))
        .filter(programmes::edition.eq(programme.edition - 1));
    expect_one(
        diesel::update(row)
            .set((
                programmes::state.eq(programme.state),
                programmes::ballot_id.eq(programme.ballot.as_ref()),
                programmes::places.eq(programme.places),
                programmes::introduction_en.eq(&programme.introduction.en),
                programmes::introduction_ru.eq(&programme.introduction.ru),
                programmes::adopted_by.eq(programme.adoption.map(|(by, _)| by)),
                programmes::adopted_on.eq(programme.adoption.map(|(_, on)| on)),
                programmes::adoption_record_en.eq(&programme.record.en),
                programmes::adoption_record_ru.eq(&programme.record.ru),
                programmes::edition.eq(programme.edition),
                programmes::updated_at.eq(programme.updated_at),
                programmes::adopted_at.eq(programme.adopted_at),
            ))
            .execute(&mut **tx)?,
    )
}

/// Adds an item.
pub fn insert_item(tx: &mut Tx<'_>, programme: &ProgrammeId, item: &Item) -> Result<(), StoreError> {
    diesel::insert_into(programme_items::table)
        .values((
            programme_items::id.eq(&item.id),
            programme_items::programme_id.eq(programme),
            programme_items::submission_id.eq(&item.submission),
            programme_items::position.eq(item.position),
            programme_items::proposed.eq(item.proposed),
            programme_items::included.eq(item.included),
            programme_items::reason_en.eq(&item.reason.en),
            programme_items::reason_ru.eq(&item.reason.ru),
            programme_items::override_reason.eq(&item.override_reason),
        ))
        .execute(&mut **tx)?;
    Ok(())
}

/// Saves an item of a programme that is being saved.
pub fn save_item(tx: &mut Tx<'_>, item: &Item) -> Result<(), StoreError> {
    expect_one(
        diesel::update(programme_items::table.find(&item.id))
            .set((
                programme_items::position.eq(item.position),
                programme_items::proposed.eq(item.proposed),
                programme_items::included.eq(item.included),
                programme_items::reason_en.eq(&item.reason.en),
                programme_items::reason_ru.eq(&item.reason.ru),
                programme_items::override_reason.eq(&item.override_reason),
            ))
            .execute(&mut **tx)?,
    )
}

/// Adds the answer of a delegation when the roll was called.
pub fn insert_vote(
    tx: &mut Tx<'_>,
    programme: &ProgrammeId,
    delegation: &DelegationId,
    answer: VoteAnswer,
) -> Result<(), StoreError> {
    diesel::insert_into(adoption_votes::table)
        .values((
            adoption_votes::programme_id.eq(programme),
            adoption_votes::delegation_id.eq(delegation),
            adoption_votes::answer.eq(answer),
        ))
        .execute(&mut **tx)?;
    Ok(())
}
