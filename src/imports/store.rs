//! Queries of the imports.

use diesel::prelude::*;

use crate::accounts::Office;
use crate::db::schema::{accounts, compiled_sources, revisions, submissions};
use crate::db::{AnyConnection, StoreError};
use crate::kernel::ids::{AccountId, SessionId, SubmissionId};
use crate::kernel::reference::Kind;
use crate::submissions::{self as entries, Event, Submission};

/// Returns the compiled entry of a session with a key, if there is one.
pub fn by_source_key(
    conn: &mut AnyConnection,
    session: &SessionId,
    kind: Kind,
    key: &str,
) -> Result<Option<Submission>, StoreError> {
    let id: Option<SubmissionId> = compiled_sources::table
        .inner_join(submissions::table)
        .filter(submissions::session_id.eq(session))
        .filter(submissions::kind.eq(kind))
        .filter(compiled_sources::source_key.eq(key))
        .order(submissions::reference.asc())
        .select(submissions::id)
        .first(conn)
        .optional()?;
    id.map(|id| entries::store::by_id(conn, &id)).transpose()
}

/// Returns whether the newest revision of an entry was written by the secretariat.
pub fn is_by_secretariat(conn: &mut AnyConnection, entry: &Submission) -> Result<bool, StoreError> {
    let office: Office = revisions::table
        .inner_join(accounts::table)
        .filter(revisions::submission_id.eq(&entry.id))
        .filter(revisions::number.eq(entry.revision))
        .select(accounts::office)
        .first(conn)?;
    Ok(office == Office::Secretariat)
}

/// Returns whether nothing was done with an entry since the secretariat has entered it.
pub fn is_untouched(conn: &mut AnyConnection, entry: &Submission) -> Result<bool, StoreError> {
    let last = entries::store::acts_of(conn, &entry.id)?.pop();
    Ok(last.is_none_or(|act| act.event == Event::AskConfirmation))
}

/// Returns the first account of the secretariat that is not disabled.
pub fn secretariat(conn: &mut AnyConnection) -> Result<AccountId, StoreError> {
    Ok(accounts::table
        .filter(accounts::office.eq(Office::Secretariat))
        .filter(accounts::disabled_at.is_null())
        .order(accounts::created_at.asc())
        .select(accounts::id)
        .first(conn)?)
}
