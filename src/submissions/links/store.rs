//! Queries about answers to one question across submissions, and what ties submissions together.

use std::collections::BTreeMap;

use diesel::prelude::*;

use super::model::{OFFERS, built_on_rows};
use crate::classification::List;
use crate::db::schema::{answers, practice_origins, submission_tags, submissions};
use crate::db::{AnyConnection, StoreError, Tx};
use crate::kernel::ids::{SessionId, SubmissionId};
use crate::kernel::reference::Kind;
use crate::submissions::model::Submission;
use crate::submissions::store::{Row, standing};
use crate::submissions::workflow::State;

/// Returns the actions that say now that they build on a practice, by reference.
pub fn building_on(conn: &mut AnyConnection, reference: &str) -> Result<Vec<Submission>, StoreError> {
    let ids: Vec<SubmissionId> = answers::table
        .filter(answers::question.eq_any(built_on_rows()))
        .filter(standing())
        .filter(answers::text.eq(reference))
        .select(answers::submission_id)
        .distinct()
        .load(conn)?;
    Ok(named(conn, ids)?.into_iter().filter(|one| one.kind == Kind::Action).collect())
}

/// Returns every practice that is published or belongs to a session, by reference.
pub fn practices(conn: &mut AnyConnection, session: &SessionId) -> Result<Vec<Submission>, StoreError> {
    let rows: Vec<Row> = submissions::table
        .filter(submissions::kind.eq(Kind::Practice))
        .filter(submissions::session_id.eq(session).or(submissions::published_at.is_not_null()))
        .order(submissions::reference.asc())
        .select(Row::as_select())
        .load(conn)?;
    Ok(rows.into_iter().map(Submission::from).collect())
}

/// Returns the actions of a session, whatever their state, by reference.
pub fn actions(conn: &mut AnyConnection, session: &SessionId) -> Result<Vec<Submission>, StoreError> {
    crate::submissions::store::of_session(conn, session, Some(Kind::Action), State::ALL)
}

/// Returns what practices say now that they offer, by practice.
pub fn offers(conn: &mut AnyConnection) -> Result<BTreeMap<SubmissionId, String>, StoreError> {
    let rows: Vec<(SubmissionId, String)> = answers::table
        .filter(answers::question.eq(OFFERS))
        .filter(standing())
        .filter(answers::text.ne(""))
        .select((answers::submission_id, answers::text))
        .load(conn)?;
    Ok(rows.into_iter().collect())
}

/// Returns targets, themes and countries of the published practices and of the submissions of a session.
pub fn tags(
    conn: &mut AnyConnection,
    session: &SessionId,
) -> Result<BTreeMap<SubmissionId, Vec<(List, String)>>, StoreError> {
    let rows: Vec<(SubmissionId, List, String)> = submission_tags::table
        .inner_join(submissions::table)
        .filter(submissions::session_id.eq(session).or(submissions::published_at.is_not_null()))
        .filter(submission_tags::list.eq_any([List::Target, List::Theme, List::Country].map(List::code)))
        .select((submission_tags::submission_id, submission_tags::list, submission_tags::code))
        .load(conn)?;
    let mut all: BTreeMap<SubmissionId, Vec<(List, String)>> = BTreeMap::new();
    for (id, list, code) in rows {
        all.entry(id).or_default().push((list, code));
    }
    Ok(all)
}

/// Notes that a practice grew out of an action.
pub fn insert_origin(tx: &mut Tx<'_>, practice: &SubmissionId, action: &SubmissionId) -> Result<(), StoreError> {
    diesel::insert_into(practice_origins::table)
        .values((practice_origins::practice_id.eq(practice), practice_origins::action_id.eq(action)))
        .execute(&mut **tx)?;
    Ok(())
}

/// Returns the practices that grew out of an action, by reference.
pub fn grown_from(conn: &mut AnyConnection, action: &SubmissionId) -> Result<Vec<Submission>, StoreError> {
    let ids: Vec<SubmissionId> = practice_origins::table
        .filter(practice_origins::action_id.eq(action))
        .select(practice_origins::practice_id)
        .load(conn)?;
    named(conn, ids)
}

/// Returns the action that a practice grew out of.
pub fn origin_of(conn: &mut AnyConnection, practice: &SubmissionId) -> Result<Option<Submission>, StoreError> {
    let ids: Vec<SubmissionId> = practice_origins::table
        .filter(practice_origins::practice_id.eq(practice))
        .select(practice_origins::action_id)
        .load(conn)?;
    Ok(named(conn, ids)?.into_iter().next())
}

fn named(conn: &mut AnyConnection, ids: Vec<SubmissionId>) -> Result<Vec<Submission>, StoreError> {
    let rows: Vec<Row> = submissions::table
        .filter(submissions::id.eq_any(ids))
        .order(submissions::reference.asc())
        .select(Row::as_select())
        .load(conn)?;
    Ok(rows.into_iter().map(Submission::from).collect())
}
