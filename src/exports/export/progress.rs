//! The confirmed reports on the actions of the programme in force as rows: one report a row.

use super::{Words, day};
use crate::delegations::Delegation;
use crate::kernel::lang::Bilingual;
use crate::progress::{OutputState, Report};

/// Names of the columns, in order.
pub const COLUMNS: [&str; 13] = [
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

/// Returns the cells of a report.
pub fn row(action: Reported<'_>, report: &Report, said: Words<'_>) -> [String; COLUMNS.len()] {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exports::Name;

    #[test]
    fn the_columns_are_those_of_the_contract() {
        assert_eq!(Name::Progress.description().names().collect::<Vec<_>>(), COLUMNS);
    }
}
