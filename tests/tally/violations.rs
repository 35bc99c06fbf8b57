//! Criteria that a method is known to violate: for each of them a case keeps one profile that shows it, some with a second
//! file of the same ballots changed. Nothing is believed: what kind of change it is, and that the criterion is violated,
//! is computed here.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use speca::kernel::code::Code;
use speca::tally::{Ballot, Method, OptionId, Outcome, Profile, TieRule, count};

use crate::cases;

/// Criteria judged by one profile.
pub const OF_ONE: [&str; 6] =
    ["condorcet-winner", "condorcet-loser", "majority", "smith", "reversal-symmetry", "unanimity"];
/// Criteria judged by two, the second one changed.
pub const OF_TWO: [&str; 5] = ["monotonicity", "participation", "later-no-harm", "clones", "homogeneity"];

/// Criterion and method of every violation that a case records; that each is one, `cases.rs` holds.
static RECORDED: LazyLock<BTreeSet<(String, Method)>> = LazyLock::new(|| {
    let all = cases::violations();
    let one = |(criterion, code): (&str, &str)| (criterion.to_owned(), Method::from_code(code).expect(code));
    all.iter().flat_map(|(_, violation)| violation.pairs().map(one)).collect()
});

/// Returns whether a method keeps to a criterion, as far as is known: no case records that it violates it. Tests assert the
/// criterion of all that keep to it, so a method that does not needs a case that shows it.
pub fn keeps(method: Method, criterion: &str) -> bool {
    assert!(OF_ONE.contains(&criterion) || OF_TWO.contains(&criterion), "`{criterion}` is no criterion");
    !RECORDED.contains(&(criterion.to_owned(), method))
}

/// Returns the methods that keep to a criterion.
pub fn keeping(criterion: &str) -> impl Iterator<Item = Method> {
    Method::ALL.iter().copied().filter(move |method| keeps(*method, criterion))
}

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

/// Returns whether a paper puts one option above all others.
fn puts_first(profile: &Profile, paper: &Paper, option: &OptionId) -> bool {
    ids(profile).iter().all(|other| other == option || prefers(paper, option, other))
}

/// Returns the option that every paper puts above all others.
fn unanimous_first(profile: &Profile) -> Option<OptionId> {
    let papers = papers(profile);
    let is_first = |option: &OptionId| papers.values().all(|(_, paper)| puts_first(profile, paper, option));
    ids(profile).into_iter().find(|option| !papers.is_empty() && is_first(option))
}

/// Returns whether a profile shows that a method violates a criterion.
pub fn of_one(criterion: &str, method: Method, profile: &Profile) -> bool {
    if criterion == "unanimity" {
        return unanimous_first(profile).is_some_and(|first| winner(profile, method) != Some(first));
    }
    let Some(first) = winner(profile, method) else { return false };
    let outcome = outcome(profile, method);
    match criterion {
        "condorcet-winner" => outcome.condorcet_winner.as_ref().is_some_and(|winner| *winner != first),
        "condorcet-loser" => {
            let loses = |other: &OptionId| outcome.pairwise.get(other, &first) > outcome.pairwise.get(&first, other);
            ids(profile).iter().all(|other| *other == first || loses(other))
        }
        "majority" => ids(profile).iter().any(|option| {
            let all = papers(profile);
            let votes: u64 = all.values().filter(|(_, p)| puts_first(profile, p, option)).map(|(n, _)| n).sum();
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
    if criterion == "homogeneity" {
        return is_multiplied(before, after) && outcome(before, method).ranking != outcome(after, method).ranking;
    }
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

/// Returns whether all the change is that every paper counts so many times as often.
fn is_multiplied(before: &Profile, after: &Profile) -> bool {
    let (old, new) = (papers(before), papers(after));
    let factors: Option<BTreeSet<u64>> = old
        .iter()
        .map(|(label, (weight, was))| {
            let (now, is) = new.get(label)?;
            (was == is && now.is_multiple_of(*weight)).then(|| now / weight)
        })
        .collect();
    ids(before) == ids(after) && old.len() == new.len() && factors.is_some_and(|factors| factors.len() == 1)
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
