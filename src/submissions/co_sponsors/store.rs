//! Queries about co-sponsors.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::model::{CoSponsor, Partner, Partners};
use super::workflow::{State, is_concerned};
use crate::db::schema::{co_sponsors, delegations, programme_items, programmes, submissions};
use crate::db::{AnyConnection, StoreError, Tx, expect_one};
use crate::kernel::ids::{AccountId, DelegationId, SessionId, SubmissionId};
use crate::kernel::lang::Bilingual;
use crate::submissions::State as Standing;
use crate::submissions::store::Waiting;
use crate::text_column;

text_column!(State);

/// Returns the co-sponsors of a submission, in whatever state.
pub fn of(conn: &mut AnyConnection, id: &SubmissionId) -> Result<Vec<CoSponsor>, StoreError> {
    type Row = (DelegationId, State, i32, Option<AccountId>, NaiveDateTime, Option<NaiveDateTime>);
    let rows: Vec<Row> = co_sponsors::table
        .filter(co_sponsors::submission_id.eq(id))
        .order(co_sponsors::delegation_id.asc())
        .select((
            co_sponsors::delegation_id,
            co_sponsors::state,
            co_sponsors::revision,
            co_sponsors::account_id,
            co_sponsors::asked_at,
            co_sponsors::answered_at,
        ))
        .load(conn)?;
    Ok(rows
        .into_iter()
        .map(|(delegation, state, revision, account, asked_at, answered_at)| CoSponsor {
            delegation,
            state,
            revision,
            account,
            asked_at,
            answered_at,
        })
        .collect())
}

/// Adds a co-sponsor: invited, or joined by itself.
pub fn insert(tx: &mut Tx<'_>, id: &SubmissionId, new: &CoSponsor) -> Result<(), StoreError> {
    diesel::insert_into(co_sponsors::table)
        .values((
            co_sponsors::submission_id.eq(id),
            co_sponsors::delegation_id.eq(&new.delegation),
            co_sponsors::state.eq(new.state),
            co_sponsors::revision.eq(new.revision),
            co_sponsors::account_id.eq(&new.account),
            co_sponsors::asked_at.eq(new.asked_at),
            co_sponsors::answered_at.eq(new.answered_at),
        ))
        .execute(&mut **tx)?;
    Ok(())
}

/// Moves a co-sponsor from the state in which it was read.
pub fn update(tx: &mut Tx<'_>, id: &SubmissionId, from: State, to: &CoSponsor) -> Result<(), StoreError> {
    let row = co_sponsors::table.find((id, &to.delegation)).filter(co_sponsors::state.eq(from));
    let changed = diesel::update(row)
        .set((
            co_sponsors::state.eq(to.state),
            co_sponsors::revision.eq(to.revision),
            co_sponsors::account_id.eq(&to.account),
            co_sponsors::asked_at.eq(to.asked_at),
            co_sponsors::answered_at.eq(to.answered_at),
        ))
        .execute(&mut **tx)?;
    expect_one(changed)
}

/// Returns who was invited in a session, or asked again, and has not answered: delegation, submission, when it was asked.
pub fn open(conn: &mut AnyConnection, session: &SessionId) -> Result<Vec<Waiting>, StoreError> {
    Ok(co_sponsors::table
        .inner_join(submissions::table)
        .filter(submissions::session_id.eq(session))
        .filter(submissions::state.eq_any(Standing::HANDED_OVER))
        .filter(co_sponsors::state.eq_any([State::Invited, State::AskedAgain]))
        .order((co_sponsors::asked_at.asc(), submissions::reference.asc()))
        .select((co_sponsors::delegation_id, submissions::reference, co_sponsors::asked_at))
        .load(conn)?)
}

/// Returns the delegations of a session that are concerned by actions that they were invited to, or joined.
pub fn concerned(
    conn: &mut AnyConnection,
    session: &SessionId,
) -> Result<BTreeMap<SubmissionId, BTreeSet<DelegationId>>, StoreError> {
    let rows: Vec<(SubmissionId, DelegationId, State)> = co_sponsors::table
        .inner_join(submissions::table)
        .filter(submissions::session_id.eq(session))
        .select((co_sponsors::submission_id, co_sponsors::delegation_id, co_sponsors::state))
        .load(conn)?;
    let mut all: BTreeMap<SubmissionId, BTreeSet<DelegationId>> = BTreeMap::new();
    for (submission, delegation, _) in rows.into_iter().filter(|(.., state)| is_concerned(*state)) {
        all.entry(submission).or_default().insert(delegation);
    }
    Ok(all)
}

/// Returns who co-sponsors the submissions named: those who have joined, by code.
pub fn joined<'a>(
    conn: &mut AnyConnection,
    ids: impl IntoIterator<Item = &'a SubmissionId>,
) -> Result<Partners, StoreError> {
    let ids: Vec<String> = ids.into_iter().map(|id| id.as_str().to_owned()).collect();
    let rows: Vec<(SubmissionId, String, String, String)> = co_sponsors::table
        .inner_join(delegations::table)
        .filter(co_sponsors::submission_id.eq_any(ids))
        .filter(co_sponsors::state.eq(State::Joined))
        .order(delegations::code.asc())
        .select((co_sponsors::submission_id, delegations::code, delegations::name_en, delegations::name_ru))
        .load(conn)?;
    let mut all = Partners::new();
    for (submission, code, en, ru) in rows {
        all.entry(submission).or_default().push(Partner { code, name: Bilingual::new(en, ru) });
    }
    Ok(all)
}

/// Returns whether an action is an item of a programme that was adopted.
pub fn is_in_programme(conn: &mut AnyConnection, id: &SubmissionId) -> Result<bool, StoreError> {
    let found: i64 = programme_items::table
        .inner_join(programmes::table)
        .filter(programme_items::submission_id.eq(id))
        .filter(programme_items::included.eq(true))
        .filter(programmes::adopted_at.is_not_null())
        .count()
        .get_result(conn)?;
    Ok(found > 0)
}
