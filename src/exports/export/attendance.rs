//! The meetings and who was present: one delegation at one meeting a row.

use super::{Export, ExportError, Words, Writing, whole, yes_or_no};
use crate::delegations::{self, Delegation};
use crate::meetings::{self, Meeting};
use crate::policy::Action;

pub(super) const EXPORT: Export =
    Export { is_of_session: true, reach: |actor| whole(actor, Action::KeepAttendance), columns: &COLUMNS, write };

/// Names of the columns, in order.
const COLUMNS: [&str; 7] = ["held_on", "part", "part_title", "delegation", "delegation_title", "has_ballot", "present"];

/// Writes who was present at each meeting.
fn write(to: &mut Writing<'_>) -> Result<(), ExportError> {
    let delegations = delegations::store::seated(to.conn)?;
    for meeting in meetings::store::meetings_of(to.conn, &to.order.session()?.id)? {
        for delegation in &delegations {
            to.sheet.row(&row(&meeting, delegation, to.said))?;
        }
    }
    Ok(())
}

/// Returns the cells of a delegation at a meeting.
fn row(meeting: &Meeting, delegation: &Delegation, said: Words<'_>) -> [String; COLUMNS.len()] {
    let part = meeting.when.part.code();
    [
        meeting.when.held_on.to_string(),
        part.to_owned(),
        (said.code)("meeting-part", part),
        delegation.code.clone(),
        said.either(&delegation.name),
        yes_or_no(delegation.votes),
        yes_or_no(meeting.present.contains(&delegation.id)),
    ]
}
