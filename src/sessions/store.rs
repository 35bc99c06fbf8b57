//! Queries about sessions: rows, windows, criteria. `reviewers` has those about who was appointed.

pub mod reviewers;

pub use reviewers::{insert_reviewer, reviewers_of};

use chrono::{NaiveDate, NaiveDateTime};
use chrono_tz::Tz;
use diesel::dsl::exists;
use diesel::prelude::*;
use diesel::select;

use super::model::{Calendar, Criterion, Session, Step, VotingRules, Window};
use crate::db::schema::{ballots, criteria, decisions, programmes, reviews, sessions, submissions, windows};
use crate::db::{AnyConnection, StoreError, Tx, expect_one};
use crate::kernel::ids::{CriterionId, SessionId};
use crate::kernel::lang::Bilingual;
use crate::tally::Method;
use crate::tally::turnout::Base;
use crate::text_column;

text_column!(Step, Method, Base);

/// A ballot whose result is public, as the column `state` spells it.
const CERTIFIED: &str = "certified";
/// The draft of a programme that is before the group, as the column `state` spells it.
const TABLED: &str = "tabled";

/// A row of `sessions`.
#[derive(Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = sessions)]
struct Row {
    id: SessionId,
    number: i32,
    title_en: String,
    title_ru: String,
    place_en: String,
    place_ru: String,
    starts_on: NaiveDate,
    ends_on: NaiveDate,
    time_zone: String,
    programme_first_year: i32,
    programme_last_year: i32,
    default_method: Method,
    default_tie_rule: String,
    default_base: Base,
    default_quorum: String,
    is_demonstration: bool,
    edition: i32,
    takes_late: bool,
}

impl From<&Session> for Row {
    fn from(session: &Session) -> Self {
        Self {
            id: session.id.clone(),
            number: session.number,
            title_en: session.title.en.clone(),
            title_ru: session.title.ru.clone(),
            place_en: session.place.en.clone(),
            place_ru: session.place.ru.clone(),
            starts_on: session.starts_on,
            ends_on: session.ends_on,
            time_zone: session.time_zone.name().to_owned(),
            programme_first_year: session.programme_years.0,
            programme_last_year: session.programme_years.1,
            default_method: session.rules.method,
            default_tie_rule: session.rules.tie_rule.clone(),
            default_base: session.rules.base,
            default_quorum: session.rules.quorum.to_string(),
            is_demonstration: session.is_demonstration,
            edition: session.edition,
            takes_late: session.takes_late,
        }
    }
}

impl TryFrom<Row> for Session {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        let time_zone: Tz =
            row.time_zone.parse().map_err(|_| StoreError::Unreadable(format!("time zone {}", row.time_zone)))?;
        let quorum = row.default_quorum.parse().map_err(|error| StoreError::Unreadable(format!("{error}")))?;
        Ok(Self {
            id: row.id,
            number: row.number,
            title: Bilingual::new(row.title_en, row.title_ru),
            place: Bilingual::new(row.place_en, row.place_ru),
            starts_on: row.starts_on,
            ends_on: row.ends_on,
            time_zone,
            programme_years: (row.programme_first_year, row.programme_last_year),
            rules: VotingRules {
                method: row.default_method,
                tie_rule: row.default_tie_rule,
                base: row.default_base,
                quorum,
            },
            is_demonstration: row.is_demonstration,
            takes_late: row.takes_late,
            edition: row.edition,
        })
    }
}

/// Returns every session, the newest first.
pub fn all(conn: &mut AnyConnection) -> Result<Vec<Session>, StoreError> {
    let rows: Vec<Row> = sessions::table.order(sessions::number.desc()).select(Row::as_select()).load(conn)?;
    rows.into_iter().map(Session::try_from).collect()
}

/// Returns a session by its number.
pub fn by_number(conn: &mut AnyConnection, number: i32) -> Result<Session, StoreError> {
    let row: Row = sessions::table.filter(sessions::number.eq(number)).select(Row::as_select()).first(conn)?;
    row.try_into()
}

/// Returns a session by its id.
pub fn by_id(conn: &mut AnyConnection, id: &SessionId) -> Result<Session, StoreError> {
    let row: Row = sessions::table.find(id).select(Row::as_select()).first(conn)?;
    row.try_into()
}

/// Returns the windows of a session, in the order of the steps.
pub fn windows_of(conn: &mut AnyConnection, session: &SessionId) -> Result<Vec<Window>, StoreError> {
    let rows: Vec<(Step, NaiveDateTime, NaiveDateTime)> = windows::table
        .filter(windows::session_id.eq(session))
        .select((windows::step, windows::opens_at, windows::closes_at))
        .load(conn)?;
    let mut all: Vec<Window> =
        rows.into_iter().map(|(step, opens_at, closes_at)| Window { step, opens_at, closes_at }).collect();
    all.sort_by_key(|window| window.step);
    Ok(all)
}

/// Returns a session with its windows.
pub fn calendar(conn: &mut AnyConnection, id: &SessionId) -> Result<Calendar, StoreError> {
    let session = by_id(conn, id)?;
    let windows = windows_of(conn, id)?;
    Ok(Calendar { session, windows })
}

/// Returns the criteria of a session, in their order.
pub fn criteria_of(conn: &mut AnyConnection, session: &SessionId) -> Result<Vec<Criterion>, StoreError> {
    let rows: Vec<(CriterionId, String, String, String, String, i32)> = criteria::table
        .filter(criteria::session_id.eq(session))
        .order(criteria::position.asc())
        .select((
            criteria::id,
            criteria::name_en,
            criteria::name_ru,
            criteria::help_en,
            criteria::help_ru,
            criteria::weight,
        ))
        .load(conn)?;
    Ok(rows
        .into_iter()
        .map(|(id, name_en, name_ru, help_en, help_ru, weight)| Criterion {
            id,
            name: Bilingual::new(name_en, name_ru),
            help: Bilingual::new(help_en, help_ru),
            weight,
        })
        .collect())
}

/// Returns every session with its windows, the newest first.
pub fn calendars(conn: &mut AnyConnection) -> Result<Vec<Calendar>, StoreError> {
    let rows: Vec<(SessionId, Step, NaiveDateTime, NaiveDateTime)> = windows::table
        .select((windows::session_id, windows::step, windows::opens_at, windows::closes_at))
        .load(conn)?;
    let calendar = |session: Session| {
        let own = rows.iter().filter(|(of, ..)| *of == session.id);
        let mut windows: Vec<Window> = own
            .map(|(_, step, opens_at, closes_at)| Window { step: *step, opens_at: *opens_at, closes_at: *closes_at })
            .collect();
        windows.sort_by_key(|window| window.step);
        Calendar { session, windows }
    };
    Ok(all(conn)?.into_iter().map(calendar).collect())
}

/// Returns whether any review of the session exists, begun or given.
pub fn has_reviews(conn: &mut AnyConnection, session: &SessionId) -> Result<bool, StoreError> {
    let of_session = reviews::table.inner_join(submissions::table).filter(submissions::session_id.eq(session));
    Ok(select(exists(of_session)).get_result(conn)?)
}

/// Returns whether the session has a certified ballot, and whether it has a programme that was adopted.
pub fn has_published(conn: &mut AnyConnection, session: &SessionId) -> Result<(bool, bool), StoreError> {
    let certified = ballots::table.filter(ballots::session_id.eq(session)).filter(ballots::state.eq(CERTIFIED));
    let adopted =
        programmes::table.filter(programmes::session_id.eq(session)).filter(programmes::adopted_at.is_not_null());
    Ok((select(exists(certified)).get_result(conn)?, select(exists(adopted)).get_result(conn)?))
}

/// Returns whether the draft of a programme is before the group in the session.
pub fn has_tabled_programme(conn: &mut AnyConnection, session: &SessionId) -> Result<bool, StoreError> {
    let tabled = programmes::table.filter(programmes::session_id.eq(session)).filter(programmes::state.eq(TABLED));
    Ok(select(exists(tabled)).get_result(conn)?)
}

/// Returns whether the group has concluded a decision in the session.
pub fn has_decision(conn: &mut AnyConnection, session: &SessionId) -> Result<bool, StoreError> {
    let concluded =
        decisions::table.filter(decisions::session_id.eq(session)).filter(decisions::decided_at.is_not_null());
    Ok(select(exists(concluded)).get_result(conn)?)
}

/// Adds a session.
pub fn insert(tx: &mut Tx<'_>, session: &Session, now: NaiveDateTime) -> Result<(), StoreError> {
    diesel::insert_into(sessions::table)
        .values((Row::from(session), sessions::created_at.eq(now), sessions::updated_at.eq(now)))
        .execute(&mut **tx)?;
    Ok(())
}

/// Stores a session over the edition that was read, with the next edition; otherwise somebody was first.
pub fn update(tx: &mut Tx<'_>, session: &Session, now: NaiveDateTime) -> Result<(), StoreError> {
    let next = Session { edition: session.edition + 1, ..session.clone() };
    let row = sessions::table.find(&session.id).filter(sessions::edition.eq(session.edition));
    expect_one(diesel::update(row).set((Row::from(&next), sessions::updated_at.eq(now))).execute(&mut **tx)?)
}

/// Sets the window of a step.
pub fn set_window(tx: &mut Tx<'_>, session: &SessionId, window: &Window) -> Result<(), StoreError> {
    let changed = diesel::update(windows::table.find((session, window.step)))
        .set((windows::opens_at.eq(window.opens_at), windows::closes_at.eq(window.closes_at)))
        .execute(&mut **tx)?;
    if changed == 0 {
        diesel::insert_into(windows::table)
            .values((
                windows::session_id.eq(session),
                windows::step.eq(window.step),
                windows::opens_at.eq(window.opens_at),
                windows::closes_at.eq(window.closes_at),
            ))
            .execute(&mut **tx)?;
    }
    Ok(())
}

/// Adds a criterion at a place, from 1.
pub fn insert_criterion(
    tx: &mut Tx<'_>,
    session: &SessionId,
    position: i32,
    criterion: &Criterion,
) -> Result<(), StoreError> {
    diesel::insert_into(criteria::table)
        .values((
            criteria::id.eq(&criterion.id),
            criteria::session_id.eq(session),
            criteria::position.eq(position),
            criteria::name_en.eq(&criterion.name.en),
            criteria::name_ru.eq(&criterion.name.ru),
            criteria::help_en.eq(&criterion.help.en),
            criteria::help_ru.eq(&criterion.help.ru),
            criteria::weight.eq(criterion.weight),
        ))
        .execute(&mut **tx)?;
    Ok(())
}

/// Takes all criteria of a session away.
pub fn delete_criteria(tx: &mut Tx<'_>, session: &SessionId) -> Result<(), StoreError> {
    diesel::delete(criteria::table.filter(criteria::session_id.eq(session))).execute(&mut **tx)?;
    Ok(())
}

/// Takes the window of a step away: the step is closed.
pub fn delete_window(tx: &mut Tx<'_>, session: &SessionId, step: Step) -> Result<(), StoreError> {
    diesel::delete(windows::table.find((session, step))).execute(&mut **tx)?;
    Ok(())
}

/// Returns whether the database holds a session that only demonstrates.
pub fn has_demonstration(conn: &mut AnyConnection) -> Result<bool, StoreError> {
    Ok(select(exists(sessions::table.filter(sessions::is_demonstration.eq(true)))).get_result(conn)?)
}
