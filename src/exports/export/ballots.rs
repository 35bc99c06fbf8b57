//! The order that a certified ballot came to, as rows. Its papers are rows of the room of ballots.

use super::Words;
use crate::ballots::model::BallotOption;
use crate::ballots::{Ballot, Counted};
use crate::sessions::Session;
use crate::tally::Tiers;

/// Names of the columns of a result, in order.
pub const RESULT_COLUMNS: [&str; 13] = [
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

/// A certified ballot with what it came to.
#[derive(Debug, Clone, Copy)]
pub struct Certified<'a> {
    /// Its session.
    pub session: &'a Session,
    /// The ballot.
    pub ballot: &'a Ballot,
    /// Its options.
    pub options: &'a [BallotOption],
    /// What was counted.
    pub counted: &'a Counted,
    /// The fingerprint of the papers.
    pub fingerprint: &'a str,
}

/// Returns the rows of a result, from the first place.
pub fn result(certified: Certified<'_>, said: Words<'_>) -> Vec<[String; RESULT_COLUMNS.len()]> {
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
            if counted.quorum.is_met() { "yes" } else { "no" }.to_owned(),
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ballots::export;
    use crate::exports::Name;

    #[test]
    fn the_columns_are_those_of_the_contract() {
        assert_eq!(Name::Result.description().names().collect::<Vec<_>>(), RESULT_COLUMNS);
        assert_eq!(Name::Ballots.description().names().collect::<Vec<_>>(), export::COLUMNS);
        let columns = &Name::Ballots.description().columns;
        assert!(columns.iter().all(|column| column.title.en == column.name && column.title.ru == column.name));
    }
}
