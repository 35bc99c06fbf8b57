//! Who is asked for what, as rows: reviewers for their reviews, countries named by an action for their consent.

use chrono::NaiveDateTime;

use super::{Words, day};
use crate::delegations::Delegation;
use crate::reviews::State;
use crate::submissions::Submission;
use crate::submissions::consents::model::Consent;

/// Names of the columns of assignments, in order.
pub const ASSIGNMENT_COLUMNS: [&str; 7] =
    ["reference", "title", "reviewer", "standing", "standing_title", "assigned_on", "given_on"];

/// Names of the columns of consents, in order.
pub const CONSENT_COLUMNS: [&str; 10] = [
    "reference",
    "title",
    "delegation",
    "country",
    "country_title",
    "state",
    "state_title",
    "revision",
    "asked_on",
    "answered_on",
];

/// A reviewer who is asked for an action.
#[derive(Debug, Clone, Copy)]
pub struct Assigned<'a> {
    /// Name of the reviewer.
    pub name: &'a str,
    /// When the reviewer was asked.
    pub assigned_at: NaiveDateTime,
    /// Where the review stands, if it was begun.
    pub state: Option<State>,
    /// When the review was given, if it was.
    pub given_at: Option<NaiveDateTime>,
    /// Whether the reviewer stated not to be free to judge it.
    pub is_recused: bool,
}

/// Returns the cells of an assignment.
pub fn assignment(action: &Submission, assigned: Assigned<'_>, said: Words<'_>) -> [String; ASSIGNMENT_COLUMNS.len()] {
    let standing = match assigned.state {
        _ if assigned.is_recused => "recused",
        Some(state) => state.code(),
        None => "not-begun",
    };
    [
        action.reference.clone(),
        action.title_or_reference(said.lang).to_owned(),
        assigned.name.to_owned(),
        standing.to_owned(),
        (said.code)("review-state", standing),
        day(Some(assigned.assigned_at)),
        day(assigned.given_at),
    ]
}

/// Returns the cells of a consent: an action with its title as it may be read, the delegation that leads it, the country that is
/// asked.
pub fn consent(
    (action, title): (&Submission, &str),
    lead: &Delegation,
    country: &Delegation,
    consent: &Consent,
    said: Words<'_>,
) -> [String; CONSENT_COLUMNS.len()] {
    [
        action.reference.clone(),
        title.to_owned(),
        lead.code.clone(),
        country.code.clone(),
        country.name.get(said.lang).clone(),
        consent.state.code().to_owned(),
        (said.code)("consent-state", consent.state.code()),
        consent.revision.to_string(),
        day(Some(consent.asked_at)),
        day(consent.answered_at),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exports::Name;

    #[test]
    fn the_columns_are_those_of_the_contract() {
        assert_eq!(Name::Assignments.description().names().collect::<Vec<_>>(), ASSIGNMENT_COLUMNS);
        assert_eq!(Name::Consents.description().names().collect::<Vec<_>>(), CONSENT_COLUMNS);
    }
}
