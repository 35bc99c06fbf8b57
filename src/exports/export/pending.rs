//! Outcomes that the secretariat has prepared as rows: one submission a row.

use super::{Words, moment, yes_or_no};
use crate::delegations::Delegation;
use crate::exports::cell::joined;
use crate::submissions::pending::Outcome;
use crate::submissions::{State, Submission};

/// Names of the columns, in order.
pub const COLUMNS: [&str; 11] = [
    "reference",
    "title",
    "delegation",
    "delegation_title",
    "revision",
    "outcome",
    "outcome_title",
    "note",
    "comments",
    "prepared_at",
    "is_unchanged",
];

/// Returns the cells of what is prepared for a submission of a delegation.
pub fn row(
    outcome: &Outcome,
    submission: &Submission,
    delegation: Option<&Delegation>,
    said: Words<'_>,
) -> [String; COLUMNS.len()] {
    let is_unchanged = submission.state == State::UnderReview && submission.revision == outcome.revision;
    // Why: what changed may be what a delegation writes at home, and how far it is concerns nobody else.
    let title = if is_unchanged { submission.title_or_reference(said.lang) } else { "" };
    let comments: Vec<String> = outcome.comments.iter().map(|(question, text)| format!("{question}: {text}")).collect();
    [
        submission.reference.clone(),
        title.to_owned(),
        delegation.map_or_else(String::new, |delegation| delegation.code.clone()),
        delegation.map_or_else(String::new, |delegation| said.either(&delegation.name)),
        outcome.revision.to_string(),
        outcome.event.code().to_owned(),
        (said.code)("submission-act", outcome.event.code()),
        outcome.note.clone(),
        joined(comments.iter().map(String::as_str)),
        moment(Some(outcome.changed_at)),
        yes_or_no(is_unchanged),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exports::Name;

    #[test]
    fn the_columns_are_those_of_the_contract() {
        assert_eq!(Name::Pending.description().names().collect::<Vec<_>>(), COLUMNS);
    }
}
