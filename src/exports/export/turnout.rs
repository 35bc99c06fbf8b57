//! Who took part in the certified ballots: one delegation at one ballot a row.

use super::ballots::{Certified, certified_only, each_certified};
use super::{Export, ExportError, Words, Writing, yes_or_no};
use crate::delegations::{self, Delegation};
use crate::tally::turnout::{RollEntry, RollKind};

pub(super) const EXPORT: Export = Export { is_of_session: true, reach: certified_only, columns: &COLUMNS, write };

/// Names of the columns, in order.
const COLUMNS: [&str; 7] =
    ["ballot", "ballot_title", "delegation", "delegation_title", "present", "part", "part_title"];

/// Writes who took part in the certified ballots.
fn write(to: &mut Writing<'_>) -> Result<(), ExportError> {
    let delegations = delegations::store::all(to.conn)?;
    each_certified(to.conn, to.order, |certified| {
        for entry in &certified.counted.roll.entries {
            let delegation = delegations.iter().find(|delegation| delegation.code == entry.delegation);
            to.sheet.row(&row(certified, entry, delegation, to.said))?;
        }
        Ok(())
    })
}

/// Returns the cells of a delegation of the electorate. Who handed in a paper of a secret ballot is known, not whether it
/// abstains.
fn row(
    certified: Certified<'_>,
    entry: &RollEntry,
    delegation: Option<&Delegation>,
    said: Words<'_>,
) -> [String; COLUMNS.len()] {
    let Certified { session, ballot, .. } = certified;
    let part = if ballot.rules.is_secret() && entry.kind == RollKind::Cast { "secret" } else { entry.kind.code() };
    [
        ballot.name(session),
        said.either(&ballot.title),
        entry.delegation.clone(),
        delegation.map_or_else(String::new, |delegation| delegation.name.get(said.lang).clone()),
        yes_or_no(entry.kind != RollKind::Absent),
        part.to_owned(),
        (said.code)("ballot-roll", part),
    ]
}
