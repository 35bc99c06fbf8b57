//! Questions about submissions and their answers as rows: one question a row.

use super::{Words, moment};
use crate::delegations::Delegation;
use crate::submissions::clarifications::{Clarification, Side};

/// Names of the columns, in order.
pub const COLUMNS: [&str; 14] = [
    "reference",
    "title",
    "delegation",
    "delegation_title",
    "number",
    "asked_as",
    "asked_by",
    "asked_by_title",
    "reach",
    "reach_title",
    "asked_at",
    "question",
    "answered_at",
    "answer",
];

/// The submission that is asked about.
#[derive(Debug, Clone, Copy)]
pub struct About<'a> {
    /// Its reference.
    pub reference: &'a str,
    /// Its title; empty where that may not be read.
    pub title: &'a str,
    /// The delegation that leads it.
    pub delegation: Option<&'a Delegation>,
}

/// Returns the cells of a question, which is the number-th of its submission that the reader reads, with the delegation that
/// asked.
pub fn row(
    about: About<'_>,
    (number, one): (usize, &Clarification),
    asker: Option<&Delegation>,
    said: Words<'_>,
) -> [String; COLUMNS.len()] {
    let code = |delegation: Option<&Delegation>| delegation.map_or_else(String::new, |found| found.code.clone());
    let name = |delegation: Option<&Delegation>| delegation.map_or_else(String::new, |found| said.either(&found.name));
    let asker = asker.filter(|_| one.asked_as == Side::Delegation);
    let asked_by_title = match one.asked_as {
        Side::Delegation => name(asker),
        side => (said.code)("clarification-by", side.code()),
    };
    [
        about.reference.to_owned(),
        about.title.to_owned(),
        code(about.delegation),
        name(about.delegation),
        number.to_string(),
        one.asked_as.code().to_owned(),
        code(asker),
        asked_by_title,
        one.reach.code().to_owned(),
        said.code("exports-clarification-reach", one.reach.code()),
        moment(Some(one.asked_at)),
        one.question.clone(),
        moment(one.answered_at),
        one.answer.clone(),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exports::Name;

    #[test]
    fn the_columns_are_those_of_the_contract() {
        assert_eq!(Name::Clarifications.description().names().collect::<Vec<_>>(), COLUMNS);
    }
}
