//! What a list of submissions goes through: a few columns of each, and the whole of those that are shown.

use std::collections::BTreeMap;

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::Row;
use crate::db::schema::submissions;
use crate::db::{AnyConnection, StoreError};
use crate::kernel::ids::{DelegationId, SessionId, SubmissionId};
use crate::kernel::reference::Kind;
use crate::submissions::model::Submission;
use crate::submissions::workflow::State;

/// Submissions that one query names: SQLite and PostgreSQL bound the number of parameters.
const KEYS_A_QUERY: usize = 1_000;

/// What the policy and the filters ask of a submission.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = submissions)]
pub struct Key {
    /// Its id.
    pub id: SubmissionId,
    /// Its reference.
    pub reference: String,
    /// Good practice or priority action.
    pub kind: Kind,
    /// Where it stands.
    pub state: State,
    /// Its session.
    #[diesel(column_name = session_id)]
    pub session: SessionId,
    /// The delegation that owns it.
    #[diesel(column_name = delegation_id)]
    pub delegation: DelegationId,
    /// Main SDG target.
    pub main_target: Option<String>,
    /// When it was published in the library.
    pub published_at: Option<NaiveDateTime>,
}

/// Returns the keys of a session's submissions, by reference.
pub fn keys_of_session(conn: &mut AnyConnection, session: &SessionId) -> Result<Vec<Key>, StoreError> {
    Ok(submissions::table
        .filter(submissions::session_id.eq(session))
        .order(submissions::reference.asc())
        .select(Key::as_select())
        .load(conn)?)
}

/// Returns the submissions of some keys, in their order.
pub fn of_keys(conn: &mut AnyConnection, keys: &[Key]) -> Result<Vec<Submission>, StoreError> {
    let mut found = Vec::with_capacity(keys.len());
    for part in keys.chunks(KEYS_A_QUERY) {
        let rows: Vec<Row> = submissions::table
            .filter(submissions::id.eq_any(part.iter().map(|key| &key.id)))
            .select(Row::as_select())
            .load(conn)?;
        let mut rows: BTreeMap<SubmissionId, Row> = rows.into_iter().map(|row| (row.id.clone(), row)).collect();
        found.extend(part.iter().filter_map(|key| rows.remove(&key.id)).map(Submission::from));
    }
    Ok(found)
}
