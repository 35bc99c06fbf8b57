//! How sure an outcome is: the same ballots under all methods that rank, each delegation left out, criterion weights varied,
//! reviewers compared. Pure functions that return data; pages word it.

mod reviewers;
mod weights;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::methods::Method;
use super::outcome::{Outcome, places};
use super::pairwise::Pairwise;
use super::profile::{OptionId, Profile};
use super::tie_rules::TieRule;
use super::{CountOptions, TallyError, count_compared, count_with};

pub use reviewers::{Marks, agreement, offsets, shared};
pub use weights::{Acceptability, SAMPLES_DEFAULT, WeightChange, acceptability, smallest_change};

/// Returns the methods that are compared: all but the one that fills several seats, as it elects a group.
pub fn methods() -> impl Iterator<Item = Method> {
    Method::ALL.iter().copied().filter(|method| *method != Method::Stv)
}

/// The places of each option under all methods.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AcrossMethods {
    /// By option and method.
    pub places: BTreeMap<OptionId, BTreeMap<Method, usize>>,
    /// Options whose place is the same under every method, with that place.
    pub firm: BTreeMap<OptionId, usize>,
}

/// What an outcome would be without one delegation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WithoutOne {
    /// Label of the ballot left out.
    pub label: String,
    /// Options whose place would change: place with all ballots, place without this one.
    pub changed: BTreeMap<OptionId, (usize, usize)>,
    /// Whether the options at the first place would be others.
    pub changes_winner: bool,
}

/// What an outcome hinges on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hinges {
    /// The places under all methods.
    pub across: AcrossMethods,
    /// The places without each ballot.
    pub without: Vec<WithoutOne>,
}

/// Counts with all methods, and without each ballot in turn by one method.
pub fn hinges(profile: &Profile, method: Method, tie_rule: &TieRule) -> Result<Hinges, TallyError> {
    let across = across_methods(profile, tie_rule)?;
    Ok(Hinges { across, without: without_each(profile, method, tie_rule, &CountOptions::default())? })
}

/// Counts the same ballots with all methods that rank options.
pub fn across_methods(profile: &Profile, tie_rule: &TieRule) -> Result<AcrossMethods, TallyError> {
    let pairwise = Pairwise::of(profile);
    let mut found: BTreeMap<OptionId, BTreeMap<Method, usize>> = BTreeMap::new();
    for method in methods() {
        let outcome = count_compared(profile, &pairwise, method, tie_rule, &CountOptions::default())?;
        for (id, place) in place_of(&outcome) {
            found.entry(id).or_default().insert(method, place);
        }
    }
    let only = |by_method: &BTreeMap<Method, usize>| {
        let first = *by_method.values().next()?;
        by_method.values().all(|place| *place == first).then_some(first)
    };
    let firm = found.iter().filter_map(|(id, by_method)| Some((id.clone(), only(by_method)?))).collect();
    Ok(AcrossMethods { places: found, firm })
}

/// Counts without each ballot in turn.
pub fn without_each(
    profile: &Profile,
    method: Method,
    tie_rule: &TieRule,
    options: &CountOptions,
) -> Result<Vec<WithoutOne>, TallyError> {
    let all = count_with(profile, method, tie_rule, options)?;
    let before = place_of(&all);
    let labels = profile.ballots().iter().map(|ballot| ballot.label.clone());
    let without = |label: String| {
        let outcome = count_with(&profile.without(&label), method, tie_rule, options)?;
        let after = place_of(&outcome);
        let places = before.iter().map(|(id, place)| (id.clone(), (*place, after[id])));
        let changed = places.filter(|(_, (before, after))| before != after).collect();
        let changes_winner = outcome.winners() != all.winners();
        Ok(WithoutOne { label, changed, changes_winner })
    };
    labels.map(without).collect()
}

fn place_of(outcome: &Outcome) -> BTreeMap<OptionId, usize> {
    let tiers = places(&outcome.order).into_iter();
    tiers.flat_map(|(place, tier)| tier.iter().map(move |id| (id.clone(), place))).collect()
}

#[cfg(test)]
mod tests {
    use super::super::profile::tests::profile;
    use super::*;

    #[test]
    fn what_hinges_on_the_method_or_on_one_delegation_is_seen() {
        let ballots = [("KAZ", 2, "1 2 3"), ("KGZ", 2, "2 1 3"), ("UZB", 1, "1 2 3")];
        let profile = profile("a b c", &ballots);
        let across = across_methods(&profile, &TieRule::Refuse).unwrap();
        assert_eq!(across.firm, [(OptionId::new("a"), 1)].into());
        assert_eq!(across.places[&OptionId::new("a")][&Method::Borda], 1);
        let left = without_each(&profile, Method::Borda, &TieRule::Refuse, &CountOptions::default()).unwrap();
        let winner: Vec<(&str, bool)> = left.iter().map(|one| (one.label.as_str(), one.changes_winner)).collect();
        assert_eq!(winner, [("KAZ", true), ("KGZ", false), ("UZB", true)]);
        assert_eq!(left[0].changed[&OptionId::new("a")], (1, 2));
    }

    #[test]
    fn both_questions_are_answered_together() {
        let ballots = [("KAZ", 2, "1 2 3"), ("KGZ", 2, "2 1 3"), ("UZB", 1, "1 2 3")];
        let profile = profile("a b c", &ballots);
        let found = hinges(&profile, Method::Borda, &TieRule::Reference).unwrap();
        assert_eq!(found.across, across_methods(&profile, &TieRule::Reference).unwrap());
        let without = without_each(&profile, Method::Borda, &TieRule::Reference, &CountOptions::default()).unwrap();
        assert_eq!((found.without.len(), found.without), (3, without));
        let asked: Vec<Method> = methods().collect();
        assert_eq!(asked.len(), Method::ALL.len() - 1);
        assert!(!asked.contains(&Method::Stv), "it fills seats: its places are no order of one");
    }
}
