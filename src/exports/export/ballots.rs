//! Certified ballots as rows: which there are, who took part, the order that each came to. Their papers are rows of the room
//! of ballots.

use super::{Words, day, yes_or_no};
use crate::ballots::model::BallotOption;
use crate::ballots::{Ballot, Counted};
use crate::delegations::Delegation;
use crate::sessions::Session;
use crate::tally::Tiers;
use crate::tally::turnout::{RollEntry, RollKind};

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

/// Names of the columns of the list of ballots, in order.
pub const LIST_COLUMNS: [&str; 22] = [
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

/// Names of the columns of the turnout, in order.
pub const TURNOUT_COLUMNS: [&str; 7] =
    ["ballot", "ballot_title", "delegation", "delegation_title", "present", "part", "part_title"];

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

/// Returns the cells of a ballot on the list. Where only the order of a secret one is published, nobody learns how many
/// abstained.
pub fn listed(certified: Certified<'_>, said: Words<'_>) -> [String; LIST_COLUMNS.len()] {
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

/// Returns the cells of a delegation of the electorate. Who handed in a paper of a secret ballot is known, not whether it
/// abstains.
pub fn took_part(
    certified: Certified<'_>,
    entry: &RollEntry,
    delegation: Option<&Delegation>,
    said: Words<'_>,
) -> [String; TURNOUT_COLUMNS.len()] {
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
        assert_eq!(Name::BallotList.description().names().collect::<Vec<_>>(), LIST_COLUMNS);
        assert_eq!(Name::Turnout.description().names().collect::<Vec<_>>(), TURNOUT_COLUMNS);
        assert_eq!(Name::Ballots.description().names().collect::<Vec<_>>(), export::COLUMNS);
        let columns = &Name::Ballots.description().columns;
        assert!(columns.iter().all(|column| column.title.en == column.name && column.title.ru == column.name));
    }
}
