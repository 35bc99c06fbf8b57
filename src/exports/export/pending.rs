//! Outcomes that the secretariat has prepared as rows: one submission a row.

use super::{Export, ExportError, Words, Writing, by_id, moment, whole, yes_or_no};
use crate::delegations::Delegation;
use crate::exports::cell::joined;
use crate::policy::Action;
use crate::submissions::pending::{self, Outcome};
use crate::submissions::{self, State, Submission};

pub(super) const EXPORT: Export =
    Export { is_of_session: true, reach: |actor| whole(actor, Action::ViewDesk), columns: &COLUMNS, write };

/// Names of the columns, in order.
const COLUMNS: [&str; 11] = [
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

/// Writes the outcomes that are prepared.
fn write(to: &mut Writing<'_>) -> Result<(), ExportError> {
    let delegations = by_id(to.conn)?;
    for outcome in pending::store::of_session(to.conn, &to.order.session()?.id)? {
        let submission = submissions::store::by_id(to.conn, &outcome.submission)?;
        to.sheet.row(&row(&outcome, &submission, delegations.get(&submission.delegation), to.said))?;
    }
    Ok(())
}

/// Returns the cells of what is prepared for a submission of a delegation.
fn row(
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
