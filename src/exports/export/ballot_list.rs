//! The certified ballots of a session: one ballot a row.

use super::ballots::{Certified, certified_only, each_certified};
use super::{Export, ExportError, Words, Writing, day, yes_or_no};
use crate::tally::turnout::RollKind;

pub(super) const EXPORT: Export = Export { is_of_session: true, reach: certified_only, columns: &COLUMNS, write };

/// Names of the columns, in order.
const COLUMNS: [&str; 22] = [
    "ballot",
    "title",
    "secret",
    "method",
    "method_title",
    "tie_rule",
    "tie_rule_title",
    "base",
    "base_title",
    "quorum",
    "opened_on",
    "closed_on",
    "certified_on",
    "electorate",
    "present",
    "needed",
    "quorum_met",
    "cast",
    "abstained",
    "not_voting",
    "absent",
    "fingerprint",
];

/// Writes the certified ballots. What is sealed is left out as if it did not exist.
fn write(to: &mut Writing<'_>) -> Result<(), ExportError> {
    each_certified(to.conn, to.order, |certified| to.sheet.row(&row(certified, to.said)))
}

/// Returns the cells of a ballot on the list. Where only the order of a secret one is published, nobody learns how many
/// abstained.
fn row(certified: Certified<'_>, said: Words<'_>) -> [String; COLUMNS.len()] {
    let Certified { session, ballot, counted, fingerprint, .. } = certified;
    let (rules, roll, check) = (&ballot.rules, &counted.roll, &counted.quorum);
    let number = |kind: RollKind| roll.number(kind).to_string();
    [
        ballot.name(session),
        said.either(&ballot.title),
        yes_or_no(rules.is_secret()),
        rules.method.code().to_owned(),
        (said.code)("method", rules.method.code()),
        rules.tie_rule.clone(),
        (said.code)("tie-rule", &rules.tie_rule),
        rules.base.code().to_owned(),
        (said.code)("ballot-base", rules.base.code()),
        rules.quorum.to_string(),
        day(ballot.opened_at),
        day(ballot.closed_at),
        day(ballot.certified_at),
        check.electorate.to_string(),
        check.present.to_string(),
        check.needed.to_string(),
        yes_or_no(check.is_met()),
        number(RollKind::Cast),
        if counted.ranks_only { String::new() } else { number(RollKind::Abstained) },
        number(RollKind::NotVoting),
        number(RollKind::Absent),
        fingerprint.to_owned(),
    ]
}
