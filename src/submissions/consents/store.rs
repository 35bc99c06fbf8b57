//! Queries about consents.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::model::Consent;
use super::workflow::State;
use crate::classification::List;
use crate::db::schema::{
    ballot_options, ballots, compiled_sources, consents, delegations, submission_tags, submissions,
};
use crate::db::{AnyConnection, StoreError, Tx, expect_one};
use crate::kernel::ids::{AccountId, DelegationId, SessionId, SubmissionId};
use crate::kernel::reference::Kind;
use crate::submissions::State as Standing;
use crate::submissions::store::Waiting;
use crate::text_column;

text_column!(State);

/// A ballot that was called off, as the column `state` spells it.
const CANCELLED: &str = "cancelled";

/// A row of `consents`.
#[derive(Queryable, Selectable)]
#[diesel(table_name = consents)]
struct Row {
    delegation_id: DelegationId,
    state: State,
    revision: i32,
    note: String,
    account_id: Option<AccountId>,
    asked_at: NaiveDateTime,
    answered_at: Option<NaiveDateTime>,
}

/// Returns the consents of a submission.
pub fn of(conn: &mut AnyConnection, id: &SubmissionId) -> Result<Vec<Consent>, StoreError> {
    let rows: Vec<Row> = consents::table
        .filter(consents::submission_id.eq(id))
        .order(consents::delegation_id.asc())
        .select(Row::as_select())
        .load(conn)?;
    let consent = |row: Row| Consent {
        delegation: row.delegation_id,
        state: row.state,
        revision: row.revision,
        note: row.note,
        account: row.account_id,
        asked_at: row.asked_at,
        answered_at: row.answered_at,
    };
    Ok(rows.into_iter().map(consent).collect())
}

/// Asks a delegation for the first time.
pub fn insert(
    tx: &mut Tx<'_>,
    id: &SubmissionId,
    delegation: &DelegationId,
    revision: i32,
    now: NaiveDateTime,
) -> Result<(), StoreError> {
    diesel::insert_into(consents::table)
        .values((
            consents::submission_id.eq(id),
            consents::delegation_id.eq(delegation),
            consents::state.eq(State::Asked),
            consents::revision.eq(revision),
            consents::note.eq(""),
            consents::asked_at.eq(now),
        ))
        .execute(&mut **tx)?;
    Ok(())
}

/// Asks a delegation again, about another revision.
pub fn ask_again(
    tx: &mut Tx<'_>,
    id: &SubmissionId,
    consent: &Consent,
    (to, revision): (State, i32),
    now: NaiveDateTime,
) -> Result<(), StoreError> {
    let row = consents::table.find((id, &consent.delegation)).filter(consents::state.eq(consent.state));
    let changed = diesel::update(row)
        .set((
            consents::state.eq(to),
            consents::revision.eq(revision),
            consents::note.eq(""),
            consents::account_id.eq(None::<AccountId>),
            consents::asked_at.eq(now),
            consents::answered_at.eq(None::<NaiveDateTime>),
        ))
        .execute(&mut **tx)?;
    expect_one(changed)
}

/// Writes down an answer to a consent as it was read.
pub fn answer(
    tx: &mut Tx<'_>,
    id: &SubmissionId,
    consent: &Consent,
    (to, note): (State, &str),
    (account, now): (&AccountId, NaiveDateTime),
) -> Result<(), StoreError> {
    let row = consents::table
        .find((id, &consent.delegation))
        .filter(consents::state.eq(consent.state))
        .filter(consents::revision.eq(consent.revision));
    let changed = diesel::update(row)
        .set((
            consents::state.eq(to),
            consents::note.eq(note),
            consents::account_id.eq(account),
            consents::answered_at.eq(now),
        ))
        .execute(&mut **tx)?;
    expect_one(changed)
}

/// Takes out the consent of a delegation that is no longer named.
pub fn remove(tx: &mut Tx<'_>, id: &SubmissionId, delegation: &DelegationId) -> Result<(), StoreError> {
    expect_one(diesel::delete(consents::table.find((id, delegation))).execute(&mut **tx)?)
}

/// Returns whether a submission is an option of a ballot that has opened and was not called off.
pub fn is_voted_on(conn: &mut AnyConnection, id: &SubmissionId) -> Result<bool, StoreError> {
    let found: i64 = ballot_options::table
        .inner_join(ballots::table)
        .filter(ballot_options::submission_id.eq(id))
        .filter(ballots::opened_at.is_not_null())
        .filter(ballots::state.ne(CANCELLED))
        .count()
        .get_result(conn)?;
    Ok(found > 0)
}

/// Returns who has been asked in a session and can answer, but has not: delegation, submission, and when it was asked.
pub fn open(conn: &mut AnyConnection, session: &SessionId) -> Result<Vec<Waiting>, StoreError> {
    Ok(consents::table
        .inner_join(submissions::table)
        .filter(submissions::session_id.eq(session))
        .filter(submissions::state.eq_any(Standing::HANDED_OVER))
        .filter(consents::state.eq(State::Asked))
        .order((consents::asked_at.asc(), submissions::reference.asc()))
        .select((consents::delegation_id, submissions::reference, consents::asked_at))
        .load(conn)?)
}

/// The consents of a session: of each submission, where each delegation's stands.
pub type BySubmission = BTreeMap<SubmissionId, BTreeMap<DelegationId, State>>;

/// Returns every consent of a session.
pub fn of_session(conn: &mut AnyConnection, session: &SessionId) -> Result<BySubmission, StoreError> {
    let rows: Vec<(SubmissionId, DelegationId, State)> = consents::table
        .inner_join(submissions::table)
        .filter(submissions::session_id.eq(session))
        .select((consents::submission_id, consents::delegation_id, consents::state))
        .load(conn)?;
    let mut all = BySubmission::new();
    for (submission, delegation, state) in rows {
        all.entry(submission).or_default().insert(delegation, state);
    }
    Ok(all)
}

/// A country that an accepted action names: the action, its delegation's code, the country's.
pub type Named = (SubmissionId, String, String);

/// Returns the countries that the accepted actions of a session name; entries compiled from public sources and not taken
/// over are left out.
pub fn named_by_actions(conn: &mut AnyConnection, session: &SessionId) -> Result<Vec<Named>, StoreError> {
    let rows: Vec<Named> = submission_tags::table
        .inner_join(submissions::table.inner_join(delegations::table))
        .filter(submissions::session_id.eq(session))
        .filter(submissions::kind.eq(Kind::Action))
        .filter(submissions::state.eq(Standing::Accepted))
        .filter(submission_tags::list.eq(List::Country))
        .order((submissions::reference.asc(), submission_tags::code.asc()))
        .select((submissions::id, delegations::code, submission_tags::code))
        .load(conn)?;
    let compiled: Vec<SubmissionId> = compiled_sources::table
        .inner_join(submissions::table)
        .filter(submissions::session_id.eq(session))
        .filter(compiled_sources::taken_over_at.is_null())
        .select(compiled_sources::submission_id)
        .load(conn)?;
    let compiled: BTreeSet<SubmissionId> = compiled.into_iter().collect();
    Ok(rows.into_iter().filter(|(submission, ..)| !compiled.contains(submission)).collect())
}
