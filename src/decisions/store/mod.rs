//! Queries of the room: decisions here, what belongs to them in `parts`, the roll and explanations in `roll`,
//! parts voted separately in `separate`.

mod parts;
mod roll;
mod separate;

pub use parts::{
    acts_of, amendment, amendments_of, grades_of, insert_act, insert_amendment, insert_objection, insert_text,
    objection, objections_of, replace_text, set_grade, settle_amendment, settle_objection, texts_of,
};
pub use roll::{insert_place, positions_of, set_answer, set_position, votes_of};
pub use separate::{conclude_separate_part, insert_separate_part, separate_parts};

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::model::silence::Silence;
use super::model::{AmendmentState, Decision, Grade, ObjectionState, Rung, Subject};
use super::workflow::{Event, State};
use crate::db::schema::decisions;
use crate::db::{AnyConnection, StoreError, Tx, expect_one};
use crate::kernel::ids::{DecisionId, DelegationId, ProgrammeId, SessionId, SubmissionId};
use crate::kernel::lang::Bilingual;
use crate::tally::turnout::{Base, Quorum};
use crate::text_column;

text_column!(State, Event, Rung, Grade, ObjectionState, AmendmentState);

/// A row of `decisions`.
#[derive(Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = decisions, treat_none_as_null = true)]
struct Row {
    id: DecisionId,
    session_id: SessionId,
    number: i32,
    title_en: String,
    title_ru: String,
    programme_id: Option<ProgrammeId>,
    submission_id: Option<SubmissionId>,
    state: State,
    revision: i32,
    silence_from: Option<NaiveDateTime>,
    silence_until: Option<NaiveDateTime>,
    asked_by: Option<DelegationId>,
    seed: String,
    base: Option<Base>,
    quorum: Option<String>,
    rung: Option<Rung>,
    decided_at: Option<NaiveDateTime>,
    is_made_up: bool,
    edition: i32,
    created_at: NaiveDateTime,
    updated_at: NaiveDateTime,
}

impl From<&Decision> for Row {
    fn from(decision: &Decision) -> Self {
        let (programme_id, submission_id) = match &decision.subject {
            Subject::Programme(id) => (Some(id.clone()), None),
            Subject::Action(id) => (None, Some(id.clone())),
            Subject::Text => (None, None),
        };
        Self {
            id: decision.id.clone(),
            session_id: decision.session.clone(),
            number: decision.number,
            title_en: decision.title.en.clone(),
            title_ru: decision.title.ru.clone(),
            programme_id,
            submission_id,
            state: decision.state,
            revision: decision.revision,
            silence_from: decision.silence.map(|silence| silence.from),
            silence_until: decision.silence.map(|silence| silence.until),
            asked_by: decision.asked_by.clone(),
            seed: decision.seed.clone(),
            base: decision.rules.map(|(base, _)| base),
            quorum: decision.rules.map(|(_, quorum)| quorum.to_string()),
            rung: decision.decided.map(|(rung, _)| rung),
            decided_at: decision.decided.map(|(_, at)| at),
            is_made_up: decision.is_made_up,
            edition: decision.edition,
            created_at: decision.created_at,
            updated_at: decision.updated_at,
        }
    }
}

impl TryFrom<Row> for Decision {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        let quorum = row.quorum.map(|text| text.parse::<Quorum>()).transpose();
        let quorum = quorum.map_err(|error| StoreError::Unreadable(error.to_string()))?;
        Ok(Self {
            id: row.id,
            session: row.session_id,
            number: row.number,
            title: Bilingual::new(row.title_en, row.title_ru),
            subject: match (row.programme_id, row.submission_id) {
                (Some(programme), _) => Subject::Programme(programme),
                (None, Some(submission)) => Subject::Action(submission),
                (None, None) => Subject::Text,
            },
            state: row.state,
            revision: row.revision,
            silence: row.silence_from.zip(row.silence_until).map(|(from, until)| Silence { from, until }),
            asked_by: row.asked_by,
            seed: row.seed,
            rules: row.base.zip(quorum),
            decided: row.rung.zip(row.decided_at),
            is_made_up: row.is_made_up,
            edition: row.edition,
            created_at: row.created_at,
            updated_at: row.updated_at,
        })
    }
}

/// Returns the decisions of a session by number, as they are stored: ask `Decision::at` how they stand, and the policy
/// which of them may be seen.
pub fn of_session(conn: &mut AnyConnection, session: &SessionId) -> Result<Vec<Decision>, StoreError> {
    let rows: Vec<Row> = decisions::table
        .filter(decisions::session_id.eq(session))
        .order(decisions::number.asc())
        .select(Row::as_select())
        .load(conn)?;
    rows.into_iter().map(Decision::try_from).collect()
}

/// Returns a decision of a session by its number, as it is stored.
pub fn by_number(conn: &mut AnyConnection, session: &SessionId, number: i32) -> Result<Decision, StoreError> {
    let row: Row = decisions::table
        .filter(decisions::session_id.eq(session))
        .filter(decisions::number.eq(number))
        .select(Row::as_select())
        .first(conn)?;
    row.try_into()
}

/// Returns a decision by its id, as it is stored.
pub fn by_id(conn: &mut AnyConnection, id: &DecisionId) -> Result<Decision, StoreError> {
    let row: Row = decisions::table.find(id).select(Row::as_select()).first(conn)?;
    row.try_into()
}

/// Returns the decisions whose silence procedure has ended and is not written down yet.
pub fn overdue(conn: &mut AnyConnection, now: NaiveDateTime) -> Result<Vec<DecisionId>, StoreError> {
    Ok(decisions::table
        .filter(decisions::state.eq(State::Silence))
        .filter(decisions::silence_until.le(now))
        .order(decisions::id.asc())
        .select(decisions::id)
        .load(conn)?)
}

/// Returns the number that the next decision of a session gets.
pub fn next_number(conn: &mut AnyConnection, session: &SessionId) -> Result<i32, StoreError> {
    let last: Option<i32> = decisions::table
        .filter(decisions::session_id.eq(session))
        .select(diesel::dsl::max(decisions::number))
        .first(conn)?;
    Ok(last.unwrap_or(0) + 1)
}

/// Adds a decision.
pub fn insert(tx: &mut Tx<'_>, decision: &Decision) -> Result<(), StoreError> {
    diesel::insert_into(decisions::table).values(Row::from(decision)).execute(&mut **tx)?;
    Ok(())
}

/// Saves a decision over the state and the edition that it was read in, or somebody was first.
pub fn save(tx: &mut Tx<'_>, decision: &Decision, from: State) -> Result<(), StoreError> {
    let row = decisions::table
        .find(&decision.id)
        .filter(decisions::state.eq(from))
        .filter(decisions::edition.eq(decision.edition - 1));
    expect_one(diesel::update(row).set(Row::from(decision)).execute(&mut **tx)?)
}
