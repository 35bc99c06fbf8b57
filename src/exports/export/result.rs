//! The order that a certified ballot came to: one option a row.

use super::ballots::{Certified, certified, certified_only, with_count};
use super::{Export, ExportError, Words, Writing, yes_or_no};
use crate::tally::Tiers;

pub(super) const EXPORT: Export = Export { is_of_session: true, reach: certified_only, columns: &COLUMNS, write };

/// Names of the columns, in order.
const COLUMNS: [&str; 13] = [
    "ballot",
    "ballot_title",
    "method",
    "method_title",
    "tie_rule",
    "tie_rule_title",
    "quorum_met",
    "place",
    "reference",
    "title",
    "score",
    "place_before_tie_rule",
    "fingerprint",
];

/// Writes the result.
fn write(to: &mut Writing<'_>) -> Result<(), ExportError> {
    let ballot = certified(to.conn, to.order)?;
    with_count(to.conn, to.order.session()?, &ballot, |certified| to.sheet.rows(&rows(certified, to.said)))
}

/// Returns the rows of a result, from the first place.
fn rows(certified: Certified<'_>, said: Words<'_>) -> Vec<[String; COLUMNS.len()]> {
    let Certified { session, ballot, options, counted, fingerprint } = certified;
    let outcome = &counted.outcome;
    let mut rows = Vec::new();
    for (place, id) in placed(&outcome.order) {
        let option = options.iter().find(|option| option.reference == id);
        let before = placed(&outcome.ranking).into_iter().find(|(_, other)| *other == id).map_or(place, |(at, _)| at);
        let score = outcome.scores.iter().find(|(option, _)| option.as_str() == id);
        rows.push([
            ballot.name(session),
            ballot.title.get(said.lang).clone(),
            ballot.rules.method.code().to_owned(),
            (said.code)("method", ballot.rules.method.code()),
            ballot.rules.tie_rule.clone(),
            (said.code)("tie-rule", &ballot.rules.tie_rule),
            yes_or_no(counted.quorum.is_met()),
            place.to_string(),
            id.to_owned(),
            option.map_or_else(String::new, |option| option.title(said.lang).0.to_owned()),
            score.map_or_else(String::new, |(_, score)| score.clone()),
            before.to_string(),
            fingerprint.to_owned(),
        ]);
    }
    rows
}

/// Returns every option with its place; those in one tier share it.
fn placed(tiers: &Tiers) -> Vec<(usize, &str)> {
    let mut all = Vec::new();
    for tier in tiers {
        let place = all.len() + 1;
        all.extend(tier.iter().map(|option| (place, option.as_str())));
    }
    all
}
