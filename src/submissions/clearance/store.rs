//! Queries about the steps that delegations set, and the steps of texts on their way.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use super::model::{Chain, Setting, Step, TAKERS, Taker};
use super::workflow::State;
use crate::db::schema::{
    accounts, accreditations, clearance_people, clearance_step_people, clearance_steps, clearances, submission_acts,
};
use crate::db::{AnyConnection, StoreError, Tx, expect_one};
use crate::kernel::ids::{AccountId, DelegationId, SubmissionId};
use crate::kernel::lang::Bilingual;
use crate::policy::Capacity;
use crate::submissions::workflow::Event as Act;
use crate::text_column;

text_column!(State);

/// Returns the steps that a delegation has set, in order.
pub fn steps_of(conn: &mut AnyConnection, delegation: &DelegationId) -> Result<Vec<Setting>, StoreError> {
    let rows: Vec<(i32, String, String, Capacity)> = clearance_steps::table
        .filter(clearance_steps::delegation_id.eq(delegation))
        .order(clearance_steps::position.asc())
        .select((
            clearance_steps::position,
            clearance_steps::name_en,
            clearance_steps::name_ru,
            clearance_steps::capacity,
        ))
        .load(conn)?;
    let people: Vec<(i32, AccountId)> = clearance_step_people::table
        .filter(clearance_step_people::delegation_id.eq(delegation))
        .select((clearance_step_people::position, clearance_step_people::account_id))
        .load(conn)?;
    let setting = |(position, en, ru, capacity)| {
        let own = people.iter().filter(|(of, _)| *of == position).map(|(_, account)| account.clone());
        Setting { name: Bilingual::new(en, ru), capacity, people: own.collect() }
    };
    Ok(rows.into_iter().map(setting).collect())
}

/// Returns whether a delegation has set steps.
pub fn has_steps(conn: &mut AnyConnection, delegation: &DelegationId) -> Result<bool, StoreError> {
    let own = clearance_steps::table.filter(clearance_steps::delegation_id.eq(delegation));
    Ok(own.count().get_result::<i64>(conn)? > 0)
}

fn place(index: usize) -> i32 {
    i32::try_from(index).unwrap_or(i32::MAX).saturating_add(1)
}

/// Sets the steps of a delegation in place of those that it had.
pub fn set_steps(tx: &mut Tx<'_>, delegation: &DelegationId, steps: &[Setting]) -> Result<(), StoreError> {
    let people = clearance_step_people::table.filter(clearance_step_people::delegation_id.eq(delegation));
    diesel::delete(people).execute(&mut **tx)?;
    diesel::delete(clearance_steps::table.filter(clearance_steps::delegation_id.eq(delegation))).execute(&mut **tx)?;
    for (index, step) in steps.iter().enumerate() {
        diesel::insert_into(clearance_steps::table)
            .values((
                clearance_steps::delegation_id.eq(delegation),
                clearance_steps::position.eq(place(index)),
                clearance_steps::name_en.eq(&step.name.en),
                clearance_steps::name_ru.eq(&step.name.ru),
                clearance_steps::capacity.eq(step.capacity),
            ))
            .execute(&mut **tx)?;
        for account in &step.people {
            diesel::insert_into(clearance_step_people::table)
                .values((
                    clearance_step_people::delegation_id.eq(delegation),
                    clearance_step_people::position.eq(place(index)),
                    clearance_step_people::account_id.eq(account),
                ))
                .execute(&mut **tx)?;
        }
    }
    Ok(())
}

/// Begins a round of steps for a text.
pub fn begin(
    tx: &mut Tx<'_>,
    id: &SubmissionId,
    request: &str,
    steps: &[Setting],
    now: NaiveDateTime,
) -> Result<(), StoreError> {
    let rounds = clearances::table.filter(clearances::submission_id.eq(id));
    let last: Option<i32> = rounds.select(diesel::dsl::max(clearances::round)).first(&mut **tx)?;
    let round = last.unwrap_or(0) + 1;
    for (index, step) in steps.iter().enumerate() {
        diesel::insert_into(clearances::table)
            .values((
                clearances::submission_id.eq(id),
                clearances::round.eq(round),
                clearances::position.eq(place(index)),
                clearances::request_id.eq(request),
                clearances::name_en.eq(&step.name.en),
                clearances::name_ru.eq(&step.name.ru),
                clearances::capacity.eq(step.capacity),
                clearances::state.eq(State::Waiting),
                clearances::note.eq(""),
                clearances::began_at.eq(now),
            ))
            .execute(&mut **tx)?;
        for account in &step.people {
            diesel::insert_into(clearance_people::table)
                .values((
                    clearance_people::submission_id.eq(id),
                    clearance_people::round.eq(round),
                    clearance_people::position.eq(place(index)),
                    clearance_people::account_id.eq(account),
                ))
                .execute(&mut **tx)?;
        }
    }
    Ok(())
}

/// Writes down what was done at a step, as it was read.
pub fn settle(
    tx: &mut Tx<'_>,
    id: &SubmissionId,
    (round, step): (i32, &Step),
    (to, note): (State, &str),
    (account, now): (&AccountId, NaiveDateTime),
) -> Result<(), StoreError> {
    let row = clearances::table.find((id, round, step.position)).filter(clearances::state.eq(step.state));
    let changed = diesel::update(row)
        .set((
            clearances::state.eq(to),
            clearances::note.eq(note),
            clearances::account_id.eq(account),
            clearances::acted_at.eq(now),
        ))
        .execute(&mut **tx)?;
    expect_one(changed)
}

/// A row of `clearances`.
#[derive(Queryable, Selectable)]
#[diesel(table_name = clearances)]
struct Row {
    submission_id: SubmissionId,
    round: i32,
    position: i32,
    request_id: String,
    name_en: String,
    name_ru: String,
    capacity: Capacity,
    state: State,
    account_id: Option<AccountId>,
    note: String,
    began_at: NaiveDateTime,
    acted_at: Option<NaiveDateTime>,
}

impl From<Row> for Step {
    fn from(row: Row) -> Self {
        Self {
            position: row.position,
            name: Bilingual::new(row.name_en, row.name_ru),
            capacity: row.capacity,
            named: BTreeSet::new(),
            takers: Vec::new(),
            state: row.state,
            account: row.account_id,
            note: row.note,
            acted_at: row.acted_at,
        }
    }
}

/// Returns the steps of one text since its clearance was asked for the last time; nothing when there were none.
pub fn chain_of(
    conn: &mut AnyConnection,
    id: &SubmissionId,
    delegation: &DelegationId,
) -> Result<Option<Chain>, StoreError> {
    Ok(chains(conn, &BTreeMap::from([(id.clone(), delegation.clone())]))?.remove(id))
}

/// Returns the same of several texts, each with its delegation. How many queries run does not depend on how many.
pub fn chains(
    conn: &mut AnyConnection,
    texts: &BTreeMap<SubmissionId, DelegationId>,
) -> Result<BTreeMap<SubmissionId, Chain>, StoreError> {
    if texts.is_empty() {
        return Ok(BTreeMap::new());
    }
    let requests: Vec<(SubmissionId, String)> = submission_acts::table
        .filter(submission_acts::submission_id.eq_any(texts.keys()))
        .filter(submission_acts::event.eq(Act::RequestClearance))
        .order((submission_acts::acted_at.asc(), submission_acts::id.asc()))
        .select((submission_acts::submission_id, submission_acts::id))
        .load(conn)?;
    if requests.is_empty() {
        return Ok(BTreeMap::new());
    }
    let last: BTreeMap<SubmissionId, String> = requests.into_iter().collect();
    let rows: Vec<Row> = clearances::table
        .filter(clearances::request_id.eq_any(last.values()))
        .order((clearances::round.asc(), clearances::position.asc()))
        .select(Row::as_select())
        .load(conn)?;
    let mut found: BTreeMap<SubmissionId, Chain> = BTreeMap::new();
    for row in rows {
        let (round, began_at) = (row.round, row.began_at);
        let fresh = |is_again, request| Chain { request, round, is_again, began_at, steps: Vec::new() };
        let request = row.request_id.clone();
        let chain = found.entry(row.submission_id.clone()).or_insert_with(|| fresh(false, request.clone()));
        if chain.round != round {
            *chain = fresh(true, request);
        }
        chain.steps.push(row.into());
    }
    if !found.is_empty() {
        add_people(conn, texts, &mut found)?;
    }
    Ok(found)
}

/// Adds who is named for the steps, and who of these is accredited to the delegation.
fn add_people(
    conn: &mut AnyConnection,
    texts: &BTreeMap<SubmissionId, DelegationId>,
    found: &mut BTreeMap<SubmissionId, Chain>,
) -> Result<(), StoreError> {
    type Held = (AccountId, String, DelegationId, Capacity, NaiveDate, Option<NaiveDate>);
    let named: Vec<(SubmissionId, i32, i32, AccountId)> = clearance_people::table
        .filter(clearance_people::submission_id.eq_any(found.keys()))
        .order(clearance_people::account_id.asc())
        .select((
            clearance_people::submission_id,
            clearance_people::round,
            clearance_people::position,
            clearance_people::account_id,
        ))
        .load(conn)?;
    let held: Vec<Held> = accreditations::table
        .inner_join(accounts::table)
        .filter(accreditations::account_id.eq_any(named.iter().map(|(.., account)| account)))
        .filter(accreditations::revoked_at.is_null())
        .filter(accreditations::capacity.eq_any(TAKERS))
        .filter(accounts::disabled_at.is_null())
        .order(accreditations::id.asc())
        .select((
            accounts::id,
            accounts::name,
            accreditations::delegation_id,
            accreditations::capacity,
            accreditations::valid_from_on,
            accreditations::valid_until_on,
        ))
        .load(conn)?;
    for (submission, round, position, account) in named {
        let Some(chain) = found.get_mut(&submission).filter(|chain| chain.round == round) else { continue };
        let Some(step) = chain.steps.iter_mut().find(|step| step.position == position) else { continue };
        let own = held.iter().filter(|(id, _, of, ..)| *id == account && texts.get(&submission) == Some(of));
        step.takers.extend(own.map(|(id, name, _, capacity, from, until)| Taker {
            account: id.clone(),
            name: name.clone(),
            capacity: *capacity,
            valid_from_on: *from,
            valid_until_on: *until,
        }));
        step.named.insert(account);
    }
    Ok(())
}
