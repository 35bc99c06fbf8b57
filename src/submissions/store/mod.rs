//! Queries about submissions: rows, tags, revisions and answers.
//!
//! A revision stores only the answers that changed, one taken away as an empty text. Each answer holds the revision that replaced
//! it: reading one revision never reads the history. `acts` keeps what was done, by whom, and the comments that went with it, `sources` where
//! compiled entries come from, `keys` what lists go through.

mod acts;
mod keys;
mod sources;

pub use acts::{
    Act, Comment, Revision, Waiting, acts_of, comments_of, insert_act, insert_comment, revisions_of, were_handed_in,
};
pub use keys::{Key, keys_of_session, of_keys};
pub use sources::{insert_source, mark_taken_over, source_of, sources_of, update_source};

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::model::{self, Columns, Submission};
use super::search::search_text;
use super::workflow::{Event, State};
use crate::classification::List;
use crate::db::schema::{answers, library_editions, revisions, submission_tags, submissions};
use crate::db::{AnyConnection, StoreError, Tx, expect_one};
use crate::kernel::ids::{AccountId, DelegationId, QuestionnaireId, SessionId, SubmissionId};
use crate::kernel::lang::{Bilingual, Lang};
use crate::kernel::reference::Kind;
use crate::questionnaires::{self, AnswerKey, AnswerLang, Answers, Questionnaire};
use crate::text_column;

text_column!(State, Event, List);

/// What `replaced_in` holds while nothing has replaced an answer: more than any revision.
const STANDS: i32 = i32::MAX;

/// A row of `submissions` without its search column.
#[derive(Queryable, Selectable)]
#[diesel(table_name = submissions)]
pub(in crate::submissions) struct Row {
    id: SubmissionId,
    kind: Kind,
    session_id: SessionId,
    delegation_id: DelegationId,
    number: i32,
    reference: String,
    state: State,
    questionnaire_id: QuestionnaireId,
    original_language: Lang,
    revision: i32,
    title_en: String,
    title_ru: String,
    summary_en: String,
    summary_ru: String,
    theme: Option<String>,
    main_target: Option<String>,
    first_year: Option<i32>,
    last_year: Option<i32>,
    cost_total: Option<i64>,
    currency: Option<String>,
    staff_weeks: Option<i64>,
    created_at: NaiveDateTime,
    updated_at: NaiveDateTime,
    accepted_at: Option<NaiveDateTime>,
    published_at: Option<NaiveDateTime>,
}

impl From<Row> for Submission {
    fn from(row: Row) -> Self {
        Self {
            id: row.id,
            kind: row.kind,
            session: row.session_id,
            delegation: row.delegation_id,
            reference: row.reference,
            number: row.number,
            state: row.state,
            questionnaire: row.questionnaire_id,
            original: row.original_language,
            revision: row.revision,
            columns: Columns {
                title: Bilingual::new(row.title_en, row.title_ru),
                summary: Bilingual::new(row.summary_en, row.summary_ru),
                theme: row.theme,
                main_target: row.main_target,
                first_year: row.first_year,
                last_year: row.last_year,
                cost_total: row.cost_total,
                currency: row.currency,
                staff_weeks: row.staff_weeks,
            },
            created_at: row.created_at,
            updated_at: row.updated_at,
            accepted_at: row.accepted_at,
            published_at: row.published_at,
        }
    }
}

/// What is taken from the answers at each save, as `submissions` stores it.
#[derive(Insertable, AsChangeset)]
#[diesel(table_name = submissions, treat_none_as_null = true)]
struct Taken<'a> {
    title_en: &'a str,
    title_ru: &'a str,
    summary_en: &'a str,
    summary_ru: &'a str,
    theme: Option<String>,
    main_target: Option<String>,
    first_year: Option<i32>,
    last_year: Option<i32>,
    cost_total: Option<i64>,
    currency: Option<String>,
    staff_weeks: Option<i64>,
}

impl<'a> From<&'a Columns> for Taken<'a> {
    fn from(columns: &'a Columns) -> Self {
        Self {
            title_en: &columns.title.en,
            title_ru: &columns.title.ru,
            summary_en: &columns.summary.en,
            summary_ru: &columns.summary.ru,
            theme: columns.theme.clone(),
            main_target: columns.main_target.clone(),
            first_year: columns.first_year,
            last_year: columns.last_year,
            cost_total: columns.cost_total,
            currency: columns.currency.clone(),
            staff_weeks: columns.staff_weeks,
        }
    }
}

/// Returns a submission by its reference.
pub fn by_reference(conn: &mut AnyConnection, reference: &str) -> Result<Submission, StoreError> {
    let row: Row =
        submissions::table.filter(submissions::reference.eq(reference)).select(Row::as_select()).first(conn)?;
    Ok(row.into())
}

/// Returns a submission by its id.
pub fn by_id(conn: &mut AnyConnection, id: &SubmissionId) -> Result<Submission, StoreError> {
    let row: Row = submissions::table.find(id).select(Row::as_select()).first(conn)?;
    Ok(row.into())
}

/// Returns the submissions of a session in some states, by reference; of one kind or both.
pub fn of_session(
    conn: &mut AnyConnection,
    session: &SessionId,
    kind: Option<Kind>,
    states: &[State],
) -> Result<Vec<Submission>, StoreError> {
    let mut query = submissions::table
        .filter(submissions::session_id.eq(session))
        .filter(submissions::state.eq_any(states.iter().map(|state| state.code())))
        .order(submissions::reference.asc())
        .select(Row::as_select())
        .into_boxed();
    if let Some(kind) = kind {
        query = query.filter(submissions::kind.eq(kind));
    }
    let rows: Vec<Row> = query.load(conn)?;
    Ok(rows.into_iter().map(Submission::from).collect())
}

/// Returns every submission of a delegation in a session, by reference.
pub fn of_delegation(
    conn: &mut AnyConnection,
    session: &SessionId,
    delegation: &DelegationId,
) -> Result<Vec<Submission>, StoreError> {
    let rows: Vec<Row> = submissions::table
        .filter(submissions::session_id.eq(session))
        .filter(submissions::delegation_id.eq(delegation))
        .order(submissions::reference.asc())
        .select(Row::as_select())
        .load(conn)?;
    Ok(rows.into_iter().map(Submission::from).collect())
}

/// Returns the number that the next submission of a delegation gets.
pub fn next_number(
    conn: &mut AnyConnection,
    session: &SessionId,
    kind: Kind,
    delegation: &DelegationId,
) -> Result<i32, StoreError> {
    let last: Option<i32> = submissions::table
        .filter(submissions::session_id.eq(session))
        .filter(submissions::kind.eq(kind))
        .filter(submissions::delegation_id.eq(delegation))
        .select(diesel::dsl::max(submissions::number))
        .first(conn)?;
    Ok(last.unwrap_or(0) + 1)
}

/// Returns the codes of a submission, list by list.
pub fn tags_of(conn: &mut AnyConnection, id: &SubmissionId) -> Result<Vec<(List, String)>, StoreError> {
    Ok(submission_tags::table
        .filter(submission_tags::submission_id.eq(id))
        .order((submission_tags::list.asc(), submission_tags::code.asc()))
        .select((submission_tags::list, submission_tags::code))
        .load(conn)?)
}

/// Returns the codes of every submission of a session.
pub fn tags_of_session(
    conn: &mut AnyConnection,
    session: &SessionId,
) -> Result<Vec<(SubmissionId, List, String)>, StoreError> {
    Ok(submission_tags::table
        .inner_join(submissions::table)
        .filter(submissions::session_id.eq(session))
        .select((submission_tags::submission_id, submission_tags::list, submission_tags::code))
        .load(conn)?)
}

/// Returns the answers as they stood at a revision.
pub fn answers_at(conn: &mut AnyConnection, id: &SubmissionId, revision: i32) -> Result<Answers, StoreError> {
    let rows: Vec<(String, AnswerLang, String)> = answers::table
        .filter(answers::submission_id.eq(id))
        .filter(answers::replaced_in.gt(revision))
        .filter(answers::revision.le(revision))
        .select((answers::question, answers::language, answers::text))
        .load(conn)?;
    let mut all = Answers::none();
    for (question, lang, text) in rows {
        all.set(AnswerKey::new(question, lang), text);
    }
    Ok(all)
}

/// The predicate of the answers that nothing has replaced.
pub fn standing() -> diesel::dsl::Eq<answers::replaced_in, i32> {
    answers::replaced_in.eq(STANDS)
}

/// Adds a submission with its first revision.
pub fn insert(
    tx: &mut Tx<'_>,
    submission: &Submission,
    questionnaire: &Questionnaire,
    given: &Answers,
    account: &AccountId,
) -> Result<(), StoreError> {
    let columns = Columns::of(given);
    diesel::insert_into(submissions::table)
        .values((
            submissions::id.eq(&submission.id),
            submissions::kind.eq(submission.kind),
            submissions::session_id.eq(&submission.session),
            submissions::delegation_id.eq(&submission.delegation),
            submissions::number.eq(submission.number),
            submissions::reference.eq(&submission.reference),
            submissions::state.eq(submission.state),
            submissions::questionnaire_id.eq(&submission.questionnaire),
            submissions::original_language.eq(submission.original),
            submissions::revision.eq(submission.revision),
            submissions::search_text.eq(""),
            submissions::created_at.eq(submission.created_at),
            submissions::updated_at.eq(submission.updated_at),
            submissions::accepted_at.eq(submission.accepted_at),
            submissions::published_at.eq(submission.published_at),
            Taken::from(&columns),
        ))
        .execute(&mut **tx)?;
    insert_revision(tx, &submission.id, submission.revision, account, submission.created_at)?;
    for (key, text) in given.iter() {
        insert_answer(tx, &submission.id, submission.revision, key, text)?;
    }
    set_tags(tx, &submission.id, given)?;
    if submission.published_at.is_some() {
        publish(tx, submission, questionnaire, given)?;
    }
    Ok(())
}

/// Gives the public library the words to find a practice by.
fn publish(
    tx: &mut Tx<'_>,
    submission: &Submission,
    questionnaire: &Questionnaire,
    given: &Answers,
) -> Result<(), StoreError> {
    let words = search_text(&submission.reference, questionnaire, given);
    diesel::update(submissions::table.find(&submission.id))
        .set(submissions::search_text.eq(words))
        .execute(&mut **tx)?;
    renew_library(tx)
}

/// Gives the public library a new edition, in every transaction that changes what it shows: it is read into memory again.
fn renew_library(tx: &mut Tx<'_>) -> Result<(), StoreError> {
    let edition = uuid::Uuid::now_v7().to_string();
    expect_one(diesel::update(library_editions::table).set(library_editions::edition.eq(edition)).execute(&mut **tx)?)
}

/// Adds a revision with the answers that changed. The revision expected is the newest one, or somebody was first.
#[expect(
    clippy::too_many_arguments,
    reason = "what was, what is, who and when: each is needed and none belongs to another"
)]
pub fn save_revision(
    tx: &mut Tx<'_>,
    submission: &Submission,
    questionnaire: &Questionnaire,
    before: &Answers,
    after: &Answers,
    account: &AccountId,
    now: NaiveDateTime,
) -> Result<i32, StoreError> {
    let next = submission.revision + 1;
    let columns = Columns::of(after);
    let row = submissions::table.find(&submission.id).filter(submissions::revision.eq(submission.revision));
    expect_one(
        diesel::update(row)
            .set((submissions::revision.eq(next), submissions::updated_at.eq(now), Taken::from(&columns)))
            .execute(&mut **tx)?,
    )?;
    insert_revision(tx, &submission.id, next, account, now)?;
    for key in before.changed(after) {
        replace_answer(tx, &submission.id, next, &key)?;
        insert_answer(tx, &submission.id, next, &key, after.of(&key))?;
    }
    set_tags(tx, &submission.id, after)?;
    if submission.published_at.is_some() {
        publish(tx, submission, questionnaire, after)?;
    }
    Ok(next)
}

fn insert_revision(
    tx: &mut Tx<'_>,
    id: &SubmissionId,
    number: i32,
    account: &AccountId,
    now: NaiveDateTime,
) -> Result<(), StoreError> {
    diesel::insert_into(revisions::table)
        .values((
            revisions::submission_id.eq(id),
            revisions::number.eq(number),
            revisions::account_id.eq(account),
            revisions::created_at.eq(now),
        ))
        .execute(&mut **tx)?;
    Ok(())
}

/// Marks the answer that stands as replaced, if there is one.
fn replace_answer(tx: &mut Tx<'_>, id: &SubmissionId, revision: i32, key: &AnswerKey) -> Result<(), StoreError> {
    let held = answers::table
        .filter(answers::submission_id.eq(id))
        .filter(answers::question.eq(&key.question))
        .filter(answers::language.eq(key.lang))
        .filter(standing());
    diesel::update(held).set(answers::replaced_in.eq(revision)).execute(&mut **tx)?;
    Ok(())
}

fn insert_answer(
    tx: &mut Tx<'_>,
    id: &SubmissionId,
    revision: i32,
    key: &AnswerKey,
    text: &str,
) -> Result<(), StoreError> {
    diesel::insert_into(answers::table)
        .values((
            answers::submission_id.eq(id),
            answers::question.eq(&key.question),
            answers::language.eq(key.lang),
            answers::revision.eq(revision),
            standing(),
            answers::text.eq(text),
        ))
        .execute(&mut **tx)?;
    Ok(())
}

/// Stores the codes of the answers, list by list.
fn set_tags(tx: &mut Tx<'_>, id: &SubmissionId, given: &Answers) -> Result<(), StoreError> {
    let wanted = model::tags(given);
    let held: Vec<(List, String)> = tags_of(tx, id)?;
    for (list, code) in held.iter().filter(|tag| !wanted.contains(tag)) {
        diesel::delete(submission_tags::table.find((id, *list, code))).execute(&mut **tx)?;
    }
    for (list, code) in wanted.iter().filter(|tag| !held.contains(tag)) {
        diesel::insert_into(submission_tags::table)
            .values((
                submission_tags::submission_id.eq(id),
                submission_tags::list.eq(*list),
                submission_tags::code.eq(code),
            ))
            .execute(&mut **tx)?;
    }
    Ok(())
}

/// Moves a submission from the state it was read in, and records the act. Acceptance and publication take their time
/// from `now`; leaving `accepted` takes them back.
pub fn set_state(tx: &mut Tx<'_>, submission: &Submission, to: State, now: NaiveDateTime) -> Result<(), StoreError> {
    let accepted_at = (to == State::Accepted).then_some(now);
    let published_at = accepted_at.filter(|_| submission.kind == Kind::Practice);
    let row = submissions::table
        .find(&submission.id)
        .filter(submissions::state.eq(submission.state))
        .filter(submissions::revision.eq(submission.revision));
    if published_at.is_some() {
        let questionnaire = questionnaires::store::by_id(tx, &submission.questionnaire)?;
        let given = answers_at(tx, &submission.id, submission.revision)?;
        publish(tx, submission, &questionnaire, &given)?;
    } else if submission.published_at.is_some() {
        renew_library(tx)?;
    }
    expect_one(
        diesel::update(row)
            .set((
                submissions::state.eq(to),
                submissions::updated_at.eq(now),
                submissions::accepted_at.eq(accepted_at),
                submissions::published_at.eq(published_at),
            ))
            .execute(&mut **tx)?,
    )
}

/// Names the language that a submission is written in.
pub fn set_original(tx: &mut Tx<'_>, id: &SubmissionId, original: Lang) -> Result<(), StoreError> {
    diesel::update(submissions::table.find(id)).set(submissions::original_language.eq(original)).execute(&mut **tx)?;
    Ok(())
}
