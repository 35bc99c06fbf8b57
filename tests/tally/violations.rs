//! Criteria that a method is known to violate: for each of them a case keeps one profile that shows it, some with a second
//! file of the same ballots changed. Nothing is believed: what kind of change it is, and that the criterion is violated,
//! is computed here.

use std::collections::{BTreeMap, BTreeSet};

use speca::tally::{Ballot, Method, OptionId, Outcome, Profile, TieRule, count};

/// Criteria judged by one profile; all others by two, the second one changed.
pub const OF_ONE: [&str; 5] = ["condorcet-winner", "condorcet-loser", "majority", "smith", "reversal-symmetry"];

/// Priorities by id; unranked options are left out.
type Paper = BTreeMap<OptionId, u32>;

fn outcome(profile: &Profile, method: Method) -> Outcome {
    count(profile, method, &TieRule::Refuse).unwrap()
}

/// Returns the only winner; nothing when the first place is shared.
fn winner(profile: &Profile, method: Method) -> Option<OptionId> {
    let outcome = outcome(profile, method);
    match outcome.winners() {
        [winner] if outcome.ranking[0].len() == 1 => Some(winner.clone()),
        _ => None,
    }
}

fn papers(profile: &Profile) -> BTreeMap<&str, (u64, Paper)> {
    let paper = |ballot: &Ballot| {
        let given = profile.options().iter().zip(&ballot.priorities);
        given.filter_map(|(option, priority)| Some((option.id.clone(), (*priority)?))).collect()
    };
    profile.ballots().iter().map(|ballot| (ballot.label.as_str(), (ballot.weight, paper(ballot)))).collect()
}

fn ids(profile: &Profile) -> BTreeSet<OptionId> {
    profile.options().iter().map(|option| option.id.clone()).collect()
}

/// Returns whether a paper puts one option above another.
fn prefers(paper: &Paper, a: &OptionId, b: &OptionId) -> bool {
    paper.get(a).is_some_and(|level| paper.get(b).is_none_or(|other| level < other))
}

/// Returns whether a profile shows that a method violates a criterion.
pub fn of_one(criterion: &str, method: Method, profile: &Profile) -> bool {
    let Some(first) = winner(profile, method) else { return false };
    let outcome = outcome(profile, method);
    match criterion {
        "condorcet-winner" => outcome.condorcet_winner.as_ref().is_some_and(|winner| *winner != first),
        "condorcet-loser" => {
            let loses = |other: &OptionId| outcome.pairwise.get(other, &first) > outcome.pairwise.get(&first, other);
            ids(profile).iter().all(|other| *other == first || loses(other))
        }
        "majority" => ids(profile).iter().any(|option| {
            let is_alone = |paper: &Paper| ids(profile).iter().all(|b| b == option || prefers(paper, option, b));
            let votes: u64 = papers(profile).values().filter(|(_, paper)| is_alone(paper)).map(|(n, _)| n).sum();
            *option != first && votes * 2 > profile.weight()
        }),
        "smith" => !outcome.smith_set.contains(&first),
        "reversal-symmetry" => {
            let reverse = |ballot: &Ballot| Ballot {
                priorities: ballot.priorities.iter().map(|level| level.map(|n| profile.levels() + 1 - n)).collect(),
                ..ballot.clone()
            };
            let is_complete = profile.ballots().iter().all(|ballot| ballot.priorities.iter().all(Option::is_some));
            let ballots = profile.ballots().iter().map(reverse).collect();
            let reversed = Profile::new(profile.options().to_vec(), ballots, Some(profile.levels())).unwrap();
            is_complete && ids(profile).len() > 1 && winner(&reversed, method) == Some(first)
        }
        _ => panic!("`{criterion}` is no criterion of one profile"),
    }
}

/// Returns whether a change of the ballots shows that a method violates a criterion; the change must be of the kind that
/// the criterion speaks of.
pub fn of_two(criterion: &str, method: Method, before: &Profile, after: &Profile) -> bool {
    let (Some(first), Some(then)) = (winner(before, method), winner(after, method)) else { return false };
    if criterion == "clones" {
        return clones(before, after)
            .is_some_and(|clones| first != then && !(clones.contains(&first) && clones.contains(&then)));
    }
    let (old, new) = (papers(before), papers(after));
    if ids(before) != ids(after) || first == then {
        return false;
    }
    let kept = || old.iter().filter_map(|(label, (weight, paper))| Some((weight, paper, new.get(label)?)));
    let is_kept = kept().count() == old.len() && kept().all(|(weight, _, (now, _))| weight == now);
    match criterion {
        // The first is raised on some papers, and loses by it.
        "monotonicity" => {
            let is_raised = |was: &Paper, is: &Paper| {
                let level = |paper: &Paper| paper.get(&first).copied().unwrap_or(u32::MAX);
                let others = |paper: &Paper| {
                    let others = paper.iter().filter(|(id, _)| **id != first);
                    others.map(|(id, level)| (id.clone(), *level)).collect::<Paper>()
                };
                level(is) <= level(was) && others(is) == others(was)
            };
            is_kept && new.len() == old.len() && kept().all(|(_, was, (_, is))| is_raised(was, is))
        }
        // More papers come, all of which prefer the first, and it loses by them.
        "participation" => {
            let mut more = new.iter().filter(|(label, _)| !old.contains_key(*label));
            is_kept && kept().all(|(_, was, (_, is))| was == is) && more.all(|(_, (_, p))| prefers(p, &first, &then))
        }
        // Papers that rank the first go on to rank others below all they had ranked, and it loses by that.
        "later-no-harm" => {
            let is_longer = |was: &Paper, is: &Paper| {
                let last = was.values().max().copied().unwrap_or(0);
                let added = is.iter().filter(|(id, _)| !was.contains_key(*id)).map(|(_, level)| *level);
                let is_same = was.iter().all(|(id, level)| is.get(id) == Some(level));
                was == is || (was.contains_key(&first) && is_same && added.min().is_some_and(|level| level > last))
            };
            is_kept && new.len() == old.len() && kept().all(|(_, was, (_, is))| is_longer(was, is))
        }
        _ => panic!("`{criterion}` is no criterion of two profiles"),
    }
}

/// Returns an option and its clones, if that is all the change: on every paper nothing stands between them.
fn clones(before: &Profile, after: &Profile) -> Option<BTreeSet<OptionId>> {
    let all = ids(before);
    let added: BTreeSet<OptionId> = ids(after).difference(&all).cloned().collect();
    let (old, new) = (papers(before), papers(after));
    if added.is_empty() || ids(after).len() != all.len() + added.len() || old.len() != new.len() {
        return None;
    }
    let original = all.iter().find(|original| {
        old.iter().all(|(label, (weight, was))| {
            let Some((now, is)) = new.get(label) else { return false };
            let same = |a: &OptionId, b: &OptionId| prefers(was, a, b) == prefers(is, a, b);
            let beside = |clone: &OptionId, other: &OptionId| {
                prefers(is, original, other) == prefers(is, clone, other)
                    && prefers(is, other, original) == prefers(is, other, clone)
            };
            let others = || all.iter().filter(|other| *other != *original);
            weight == now
                && all.iter().all(|a| all.iter().all(|b| same(a, b)))
                && others().all(|other| added.iter().all(|clone| beside(clone, other)))
        })
    })?;
    Some(added.into_iter().chain([original.clone()]).collect())
}
