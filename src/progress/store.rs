//! Queries about reports, what countries say to them, and the programmes that hold an action.

use std::collections::BTreeMap;

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use super::model::{Answer, Confirmation, Followed, OutputState, Report};
use super::workflow::State;
use crate::db::schema::{
    programme_items, programmes, progress_confirmations, progress_indicators, progress_outputs, progress_reports,
    submissions,
};
use crate::db::{AnyConnection, StoreError, Tx, expect_one};
use crate::kernel::ids::{AccountId, DelegationId, ProgrammeId, ProgressReportId, SessionId, SubmissionId};
use crate::kernel::lang::Bilingual;
use crate::programmes::State as ProgrammeState;
use crate::text_column;

text_column!(State, Answer, OutputState);

/// A row of `progress_reports`.
#[derive(Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = progress_reports, treat_none_as_null = true)]
struct Row {
    id: ProgressReportId,
    submission_id: SubmissionId,
    programme_id: ProgrammeId,
    number: i32,
    state: State,
    plan_revision: i32,
    is_last: bool,
    text_en: String,
    text_ru: String,
    edition: i32,
    created_at: NaiveDateTime,
    updated_at: NaiveDateTime,
    given_at: Option<NaiveDateTime>,
    confirmed_at: Option<NaiveDateTime>,
}

impl From<&Report> for Row {
    fn from(report: &Report) -> Self {
        Self {
            id: report.id.clone(),
            submission_id: report.submission.clone(),
            programme_id: report.programme.clone(),
            number: report.number,
            state: report.state,
            plan_revision: report.plan_revision,
            is_last: report.is_last,
            text_en: report.text.en.clone(),
            text_ru: report.text.ru.clone(),
            edition: report.edition,
            created_at: report.created_at,
            updated_at: report.updated_at,
            given_at: report.given_at,
            confirmed_at: report.confirmed_at,
        }
    }
}

/// A row of `progress_confirmations`.
#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = progress_confirmations)]
struct ConfirmationRow {
    report_id: ProgressReportId,
    delegation_id: DelegationId,
    answer: Answer,
    note: String,
    account_id: Option<AccountId>,
    asked_at: NaiveDateTime,
    answered_at: Option<NaiveDateTime>,
}

fn confirmations_of(conn: &mut AnyConnection, ids: &[ProgressReportId]) -> Result<Vec<ConfirmationRow>, StoreError> {
    Ok(progress_confirmations::table
        .filter(progress_confirmations::report_id.eq_any(ids))
        .order((progress_confirmations::report_id.asc(), progress_confirmations::delegation_id.asc()))
        .select(ConfirmationRow::as_select())
        .load(conn)?)
}

/// Puts rows together with what belongs to them.
fn whole(conn: &mut AnyConnection, rows: Vec<Row>) -> Result<Vec<Report>, StoreError> {
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let ids: Vec<ProgressReportId> = rows.iter().map(|row| row.id.clone()).collect();
    let outputs: Vec<(ProgressReportId, OutputState)> = progress_outputs::table
        .filter(progress_outputs::report_id.eq_any(&ids))
        .order((progress_outputs::report_id.asc(), progress_outputs::position.asc()))
        .select((progress_outputs::report_id, progress_outputs::state))
        .load(conn)?;
    let values: Vec<(ProgressReportId, String, String)> = progress_indicators::table
        .filter(progress_indicators::report_id.eq_any(&ids))
        .order((progress_indicators::report_id.asc(), progress_indicators::position.asc()))
        .select((progress_indicators::report_id, progress_indicators::value_en, progress_indicators::value_ru))
        .load(conn)?;
    let mut asked: BTreeMap<ProgressReportId, Vec<Confirmation>> = BTreeMap::new();
    for row in confirmations_of(conn, &ids)? {
        asked.entry(row.report_id).or_default().push(Confirmation {
            delegation: row.delegation_id,
            answer: row.answer,
            note: row.note,
            account: row.account_id,
            asked_at: row.asked_at,
            answered_at: row.answered_at,
        });
    }
    let report = |row: Row| Report {
        outputs: outputs.iter().filter(|(id, _)| *id == row.id).map(|(_, state)| *state).collect(),
        values: values
            .iter()
            .filter(|(id, ..)| *id == row.id)
            .map(|(_, en, ru)| Bilingual::new(en.clone(), ru.clone()))
            .collect(),
        confirmations: asked.remove(&row.id).unwrap_or_default(),
        id: row.id,
        submission: row.submission_id,
        programme: row.programme_id,
        number: row.number,
        state: row.state,
        plan_revision: row.plan_revision,
        is_last: row.is_last,
        text: Bilingual::new(row.text_en, row.text_ru),
        edition: row.edition,
        created_at: row.created_at,
        updated_at: row.updated_at,
        given_at: row.given_at,
        confirmed_at: row.confirmed_at,
    };
    Ok(rows.into_iter().map(report).collect())
}

/// Returns the reports on an action, the newest first, whatever their state: ask the policy which of them may be seen.
pub fn of_action(conn: &mut AnyConnection, action: &SubmissionId) -> Result<Vec<Report>, StoreError> {
    let rows: Vec<Row> = progress_reports::table
        .filter(progress_reports::submission_id.eq(action))
        .order(progress_reports::number.desc())
        .select(Row::as_select())
        .load(conn)?;
    whole(conn, rows)
}

/// Returns the reports on several actions, by action and the newest first.
pub fn of_actions(
    conn: &mut AnyConnection,
    actions: &[SubmissionId],
) -> Result<BTreeMap<SubmissionId, Vec<Report>>, StoreError> {
    if actions.is_empty() {
        return Ok(BTreeMap::new());
    }
    let rows: Vec<Row> = progress_reports::table
        .filter(progress_reports::submission_id.eq_any(actions))
        .order((progress_reports::submission_id.asc(), progress_reports::number.desc()))
        .select(Row::as_select())
        .load(conn)?;
    let mut all: BTreeMap<SubmissionId, Vec<Report>> = BTreeMap::new();
    for report in whole(conn, rows)? {
        all.entry(report.submission.clone()).or_default().push(report);
    }
    Ok(all)
}

/// Returns the actions of the programmes in force with their reports, in the order of each programme; in as many queries
/// however many there are.
pub fn followed(conn: &mut AnyConnection) -> Result<Vec<Followed>, StoreError> {
    type Row = (SubmissionId, String, String, String, DelegationId, SessionId, Option<NaiveDate>, NaiveDateTime);
    let rows: Vec<Row> = programme_items::table
        .inner_join(programmes::table)
        .inner_join(submissions::table)
        .filter(programmes::state.eq(ProgrammeState::Adopted))
        .filter(programme_items::included.eq(true))
        .order((programmes::id.asc(), programme_items::position.asc(), programme_items::id.asc()))
        .select((
            submissions::id,
            submissions::reference,
            submissions::title_en,
            submissions::title_ru,
            submissions::delegation_id,
            programmes::session_id,
            programmes::adopted_on,
            programmes::updated_at,
        ))
        .load(conn)?;
    let ids: Vec<SubmissionId> = rows.iter().map(|(id, ..)| id.clone()).collect();
    let mut reports = of_actions(conn, &ids)?;
    Ok(rows
        .into_iter()
        .map(|(id, reference, en, ru, delegation, session, adopted_on, updated_at)| Followed {
            reports: reports.remove(&id).unwrap_or_default(),
            submission: id,
            reference,
            title: Bilingual::new(en, ru),
            delegation,
            session,
            adopted_on: adopted_on.unwrap_or_else(|| updated_at.date()),
        })
        .collect())
}

/// Returns the programmes that were adopted with an action in them, the newest revision of each session first.
pub fn programmes_with(conn: &mut AnyConnection, action: &SubmissionId) -> Result<Vec<ProgrammeId>, StoreError> {
    Ok(programme_items::table
        .inner_join(programmes::table)
        .filter(programme_items::submission_id.eq(action))
        .filter(programme_items::included.eq(true))
        .filter(programmes::adopted_at.is_not_null())
        .order((programmes::adopted_at.desc(), programmes::id.desc()))
        .select(programmes::id)
        .load(conn)?)
}

/// Returns the programmes in force of every session, oldest first.
pub fn programmes_in_force(conn: &mut AnyConnection) -> Result<Vec<ProgrammeId>, StoreError> {
    Ok(programmes::table
        .filter(programmes::state.eq(ProgrammeState::Adopted))
        .order((programmes::adopted_at.asc(), programmes::id.asc()))
        .select(programmes::id)
        .load(conn)?)
}

/// Adds a report.
pub fn insert(tx: &mut Tx<'_>, report: &Report) -> Result<(), StoreError> {
    diesel::insert_into(progress_reports::table).values(Row::from(report)).execute(&mut **tx)?;
    insert_parts(tx, report)
}

/// Saves a report from the state it was read in over the edition before it, or somebody was first.
pub fn save(tx: &mut Tx<'_>, report: &Report, from: State) -> Result<(), StoreError> {
    let row = progress_reports::table
        .find(&report.id)
        .filter(progress_reports::state.eq(from))
        .filter(progress_reports::edition.eq(report.edition - 1));
    expect_one(diesel::update(row).set(Row::from(report)).execute(&mut **tx)?)?;
    diesel::delete(progress_outputs::table.filter(progress_outputs::report_id.eq(&report.id))).execute(&mut **tx)?;
    diesel::delete(progress_indicators::table.filter(progress_indicators::report_id.eq(&report.id)))
        .execute(&mut **tx)?;
    let asked = progress_confirmations::table.filter(progress_confirmations::report_id.eq(&report.id));
    diesel::delete(asked).execute(&mut **tx)?;
    insert_parts(tx, report)
}

fn insert_parts(tx: &mut Tx<'_>, report: &Report) -> Result<(), StoreError> {
    for (position, state) in (0_i32..).zip(&report.outputs) {
        let values = (
            progress_outputs::report_id.eq(&report.id),
            progress_outputs::position.eq(position),
            progress_outputs::state.eq(*state),
        );
        diesel::insert_into(progress_outputs::table).values(values).execute(&mut **tx)?;
    }
    for (position, value) in (0_i32..).zip(&report.values) {
        let values = (
            progress_indicators::report_id.eq(&report.id),
            progress_indicators::position.eq(position),
            progress_indicators::value_en.eq(&value.en),
            progress_indicators::value_ru.eq(&value.ru),
        );
        diesel::insert_into(progress_indicators::table).values(values).execute(&mut **tx)?;
    }
    for one in &report.confirmations {
        let row = ConfirmationRow {
            report_id: report.id.clone(),
            delegation_id: one.delegation.clone(),
            answer: one.answer,
            note: one.note.clone(),
            account_id: one.account.clone(),
            asked_at: one.asked_at,
            answered_at: one.answered_at,
        };
        diesel::insert_into(progress_confirmations::table).values(row).execute(&mut **tx)?;
    }
    Ok(())
}

/// Writes down what a delegation says to a report that is before the group, over what it said before.
pub fn set_answer(
    tx: &mut Tx<'_>,
    report: &ProgressReportId,
    (before, after): (Answer, &Confirmation),
) -> Result<(), StoreError> {
    let row = progress_confirmations::table
        .find((report, &after.delegation))
        .filter(progress_confirmations::answer.eq(before));
    expect_one(
        diesel::update(row)
            .set((
                progress_confirmations::answer.eq(after.answer),
                progress_confirmations::note.eq(&after.note),
                progress_confirmations::account_id.eq(after.account.as_ref()),
                progress_confirmations::answered_at.eq(after.answered_at),
            ))
            .execute(&mut **tx)?,
    )
}
