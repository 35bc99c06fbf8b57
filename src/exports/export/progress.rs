//! The confirmed reports on the actions of the programme in force as rows: one report a row.

use super::{Export, ExportError, Words, Writing, day};
use crate::delegations::{self, Delegation};
use crate::exports::model::Reach;
use crate::kernel::lang::Bilingual;
use crate::policy::{Action, Actor, Denial, Target, decide};
use crate::programmes;
use crate::progress::{self, OutputState, Report, State};

pub(super) const EXPORT: Export = Export { is_of_session: true, reach: confirmed, columns: &COLUMNS, write };

/// Names of the columns, in order.
const COLUMNS: [&str; 13] = [
    "programme",
    "reference",
    "title",
    "delegation",
    "delegation_title",
    "report",
    "given_on",
    "confirmed_on",
    "standing",
    "outputs",
    "outputs_done",
    "outputs_under_way",
    "text",
];

/// An action with everything that the rows of its reports show.
#[derive(Debug, Clone, Copy)]
pub struct Reported<'a> {
    /// Reference of the programme in force.
    pub programme: &'a str,
    /// Reference of the action.
    pub reference: &'a str,
    /// Its title.
    pub title: &'a Bilingual<String>,
    /// The delegation that leads it.
    pub delegation: &'a Delegation,
}

// Why: only confirmed reports are written.
fn confirmed(actor: &Actor) -> Result<Reach, Denial> {
    let confirmed = Target { report: Some(State::Confirmed), ..Target::none() };
    decide(actor, Action::ViewReport, &confirmed).map(|()| Reach::Public)
}

/// Writes the confirmed reports.
fn write(to: &mut Writing<'_>) -> Result<(), ExportError> {
    let session = &to.order.session()?.id;
    let Some(programme) = programmes::store::in_force(to.conn, session)? else { return Ok(()) };
    for one in progress::store::followed(to.conn)?.iter().filter(|one| one.session == *session) {
        let delegation = delegations::store::by_id(to.conn, &one.delegation)?;
        let action = Reported {
            programme: &programme.reference,
            reference: &one.reference,
            title: &one.title,
            delegation: &delegation,
        };
        for report in one.reports.iter().rev().filter(|report| report.state == State::Confirmed) {
            to.sheet.row(&row(action, report, to.said))?;
        }
    }
    Ok(())
}

/// Returns the cells of a report.
fn row(action: Reported<'_>, report: &Report, said: Words<'_>) -> [String; COLUMNS.len()] {
    let number = |state| report.outputs.iter().filter(|held| **held == state).count().to_string();
    [
        action.programme.to_owned(),
        action.reference.to_owned(),
        said.either(action.title),
        action.delegation.code.clone(),
        action.delegation.name.get(said.lang).clone(),
        report.number.to_string(),
        day(report.given_at),
        day(report.confirmed_at),
        if report.is_last { "finished" } else { "under-way" }.to_owned(),
        report.outputs.len().to_string(),
        number(OutputState::Done),
        number(OutputState::UnderWay),
        said.either(&report.text),
    ]
}
