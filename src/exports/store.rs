//! Queries of the exports: entries page by page, in the order of an index, so that memory stays flat however many.

use std::collections::BTreeMap;

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::model::Reach;
use crate::db::schema::{answers, attachments, submission_acts, submissions};
use crate::db::{AnyConnection, StoreError};
use crate::kernel::code::Code as _;
use crate::kernel::ids::{DelegationId, QuestionnaireId, SessionId, SubmissionId};
use crate::kernel::lang::Lang;
use crate::kernel::reference::Kind;
use crate::questionnaires::{AnswerKey, AnswerLang, Answers};
use crate::submissions::attachments::workflow::State as FileState;
use crate::submissions::{self as entries, State};

/// Entries read at once.
pub const PAGE_ROWS: i64 = 200;

/// States before clearance: entries in them never leave.
pub const NOT_CLEARED: [State; 2] = [State::Draft, State::AwaitingClearance];

/// An entry without its answers.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = submissions)]
pub struct Head {
    /// Its id.
    pub id: SubmissionId,
    /// Its reference.
    pub reference: String,
    /// Its number within session, kind and delegation.
    pub number: i32,
    /// Its newest revision that others than its delegation may see.
    pub revision: i32,
    /// Where it stands.
    pub state: State,
    /// The questionnaire it answers.
    pub questionnaire_id: QuestionnaireId,
    /// The language it was written in.
    pub original_language: Lang,
    /// When it was accepted.
    pub accepted_at: Option<NaiveDateTime>,
}

/// Which entries.
#[derive(Debug, Clone, Copy)]
pub struct Filter<'a> {
    /// Of this session.
    pub session: &'a SessionId,
    /// Of this kind.
    pub kind: Kind,
    /// Of this delegation.
    pub delegation: &'a DelegationId,
    /// As far as this.
    pub reach: Reach,
}

/// Returns the next entries of a delegation after a number, by number, and the last number read; no number at the end.
pub fn page(conn: &mut AnyConnection, filter: Filter<'_>, after: i32) -> Result<(Vec<Head>, Option<i32>), StoreError> {
    // Why: session, kind, delegation and number are the columns of one index, so no page sorts or skips anything.
    let mut query = submissions::table
        .filter(submissions::session_id.eq(filter.session))
        .filter(submissions::kind.eq(filter.kind))
        .filter(submissions::delegation_id.eq(filter.delegation))
        .filter(submissions::number.gt(after))
        .filter(submissions::state.ne_all(NOT_CLEARED.iter().copied().map(State::code)))
        .order(submissions::number.asc())
        .limit(PAGE_ROWS)
        .select(Head::as_select())
        .into_boxed();
    if filter.reach == Reach::Public {
        query = query.filter(submissions::published_at.is_not_null()).filter(submissions::state.eq(State::Accepted));
    }
    let heads: Vec<Head> = query.load(conn)?;
    let last = heads.last().map(|head| head.number);
    Ok((as_cleared(conn, heads)?, last))
}

/// Whether the delegation may have written on since it last cleared the text.
pub const fn is_at_home(state: State) -> bool {
    matches!(state, State::Returned | State::Withdrawn)
}

/// Shows entries that are back with their delegation as they were last cleared; what never was is left out.
fn as_cleared(conn: &mut AnyConnection, heads: Vec<Head>) -> Result<Vec<Head>, StoreError> {
    let mut shown = Vec::with_capacity(heads.len());
    for mut head in heads {
        if is_at_home(head.state) {
            match cleared_revision(conn, &head.id)? {
                Some(revision) => head.revision = revision,
                None if head.state == State::Withdrawn => continue,
                None => {}
            }
        }
        shown.push(head);
    }
    Ok(shown)
}

/// Returns the revision that was handed in last, if one ever was.
pub fn cleared_revision(conn: &mut AnyConnection, id: &SubmissionId) -> Result<Option<i32>, StoreError> {
    Ok(submission_acts::table
        .filter(submission_acts::submission_id.eq(id))
        .filter(submission_acts::to_state.eq_any(State::HANDED_IN))
        .order((submission_acts::acted_at.desc(), submission_acts::id.desc()))
        .select(submission_acts::revision)
        .first(conn)
        .optional()?)
}

/// Returns the answers of entries at the revisions shown, by entry.
pub fn answers_of(conn: &mut AnyConnection, heads: &[Head]) -> Result<BTreeMap<SubmissionId, Answers>, StoreError> {
    type Row = (SubmissionId, String, AnswerLang, String);
    let newest = heads.iter().filter(|head| !is_at_home(head.state));
    let rows: Vec<Row> = answers::table
        .filter(answers::submission_id.eq_any(newest.map(|head| head.id.code())))
        .filter(entries::store::standing())
        .select((answers::submission_id, answers::question, answers::language, answers::text))
        .load(conn)?;
    let mut all: BTreeMap<SubmissionId, Answers> = BTreeMap::new();
    for (id, question, lang, text) in rows {
        all.entry(id).or_default().set(AnswerKey::new(question, lang), text);
    }
    for head in heads.iter().filter(|head| is_at_home(head.state)) {
        all.insert(head.id.clone(), entries::store::answers_at(conn, &head.id, head.revision)?);
    }
    Ok(all)
}

/// Returns the names of the files that go with entries, by entry: those that were there when an entry that is back with its
/// delegation was cleared; for the public, those that the delegation shows.
pub fn files_of(
    conn: &mut AnyConnection,
    heads: &[Head],
    reach: Reach,
) -> Result<BTreeMap<SubmissionId, Vec<String>>, StoreError> {
    let mut query = attachments::table
        .filter(attachments::submission_id.eq_any(heads.iter().map(|head| head.id.code())))
        .filter(attachments::state.eq(FileState::Whole))
        .order((attachments::finished_at.asc(), attachments::id.asc()))
        .select((attachments::submission_id, attachments::name, attachments::finished_at))
        .into_boxed();
    if reach == Reach::Public {
        query = query.filter(attachments::is_public.eq(true));
    }
    let rows: Vec<(SubmissionId, String, Option<NaiveDateTime>)> = query.load(conn)?;
    let mut cleared = BTreeMap::new();
    for head in heads.iter().filter(|head| is_at_home(head.state)) {
        cleared.insert(&head.id, cleared_at(conn, &head.id)?);
    }
    let mut all: BTreeMap<SubmissionId, Vec<String>> = BTreeMap::new();
    for (id, name, finished_at) in rows {
        if cleared.get(&id).is_none_or(|at| finished_at <= *at) {
            all.entry(id).or_default().push(name);
        }
    }
    Ok(all)
}

/// Returns when an entry was handed in last, if it ever was.
fn cleared_at(conn: &mut AnyConnection, id: &SubmissionId) -> Result<Option<NaiveDateTime>, StoreError> {
    Ok(submission_acts::table
        .filter(submission_acts::submission_id.eq(id))
        .filter(submission_acts::to_state.eq_any(State::HANDED_IN))
        .select(diesel::dsl::max(submission_acts::acted_at))
        .first(conn)?)
}
