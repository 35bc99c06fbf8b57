//! Who is asked to review what: one reviewer of one action a row.

use chrono::NaiveDateTime;

use super::{Export, ExportError, Words, Writing, day, whole};
use crate::accounts;
use crate::policy::Action;
use crate::reviews::{self, State, assignments};
use crate::submissions::Submission;

pub(super) const EXPORT: Export =
    Export { is_of_session: true, reach: |actor| whole(actor, Action::ManageSessions), columns: &COLUMNS, write };

/// Names of the columns, in order.
const COLUMNS: [&str; 7] = ["reference", "title", "reviewer", "standing", "standing_title", "assigned_on", "given_on"];

/// A reviewer who is asked for an action.
#[derive(Debug, Clone, Copy)]
struct Assigned<'a> {
    /// Name of the reviewer.
    name: &'a str,
    /// When the reviewer was asked.
    at: NaiveDateTime,
    /// Where the review stands, if it was begun.
    state: Option<State>,
    /// When the review was given, if it was.
    given_at: Option<NaiveDateTime>,
    /// Whether the reviewer stated not to be free to judge it.
    is_recused: bool,
}

/// Writes who is asked to review what.
fn write(to: &mut Writing<'_>) -> Result<(), ExportError> {
    let session = &to.order.session()?.id;
    let held = reviews::store::all_in(to.conn, session)?;
    let recused = reviews::store::recusals_in(to.conn, session)?;
    let names = accounts::store::names(to.conn)?;
    let actions = reviews::store::accepted_actions(to.conn, session)?;
    for (submission, account, assigned_at) in assignments::store::dated(to.conn, session)? {
        let Some(action) = actions.iter().find(|action| action.id == submission) else { continue };
        let review = held.iter().find(|review| review.submission == submission && review.account == account);
        let assigned = Assigned {
            name: names.get(&account).map_or("", String::as_str),
            at: assigned_at,
            state: review.map(|review| review.state),
            given_at: review.and_then(|review| review.given_at),
            is_recused: recused.iter().any(|one| one.submission == submission && one.account == account),
        };
        to.sheet.row(&row(action, assigned, to.said))?;
    }
    Ok(())
}

/// Returns the cells of an assignment.
fn row(action: &Submission, assigned: Assigned<'_>, said: Words<'_>) -> [String; COLUMNS.len()] {
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
        day(Some(assigned.at)),
        day(assigned.given_at),
    ]
}
