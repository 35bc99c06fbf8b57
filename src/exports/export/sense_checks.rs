//! The answers of the sense checks that are closed: one delegation at one decision a row, also where it gave none.

use super::decisions::concluded;
use super::{Export, ExportError, Words, Writing};
use crate::decisions::model::Support;
use crate::decisions::operations::target;
use crate::decisions::{self, Decision, State};
use crate::delegations::{self, Delegation};
use crate::exports::model::Reach;
use crate::policy::{Action, Actor, may};

// Why: the answers of a check that is closed are read by the same people however far the decision has come since.
pub(super) const EXPORT: Export = Export {
    is_of_session: true,
    reach: |actor| concluded(actor, Action::ViewSupport, Reach::Reader),
    columns: &COLUMNS,
    write,
};

/// Names of the columns, in order.
const COLUMNS: [&str; 7] =
    ["decision", "decision_title", "delegation", "delegation_title", "support", "support_title", "note"];

/// Writes the answers that the reader may see. What is sealed is left out as if no check had been held.
fn write(to: &mut Writing<'_>) -> Result<(), ExportError> {
    let delegations = delegations::store::all(to.conn)?;
    for decision in decisions::store::of_session(to.conn, &to.order.session()?.id)? {
        if !is_seen(&decision, to.order.asked_of()) {
            continue;
        }
        let given = decisions::store::grades_of(to.conn, &decision.id)?;
        for delegation in delegations.iter().filter(|_| !given.is_empty()) {
            let answer = given.iter().find(|answer| answer.delegation == delegation.id);
            if delegation.votes || answer.is_some() {
                to.sheet.row(&row(&decision, delegation, answer, to.said))?;
            }
        }
    }
    Ok(())
}

/// Returns whether a reader sees the answers about a decision; without a reader, whether anybody does.
fn is_seen(decision: &Decision, reader: Option<&Actor>) -> bool {
    let is_sealed = matches!(decision.state, State::Draft | State::Sensing | State::Withdrawn);
    reader.map_or(!is_sealed, |actor| may(actor, Action::ViewSupport, &target(decision)))
}

/// Returns the cells of a delegation.
fn row(
    decision: &Decision,
    delegation: &Delegation,
    answer: Option<&Support>,
    said: Words<'_>,
) -> [String; COLUMNS.len()] {
    let support = answer.map_or("none", |answer| answer.grade.code());
    [
        decision.number.to_string(),
        said.either(&decision.title),
        delegation.code.clone(),
        said.either(&delegation.name),
        support.to_owned(),
        said.code("decision-grade", support),
        answer.map_or_else(String::new, |answer| answer.note.clone()),
    ]
}
