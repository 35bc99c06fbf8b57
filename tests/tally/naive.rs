//! A second count, written for plainness: papers one by one, other formulas, no shared code but the profile.

use std::collections::{BTreeMap, BTreeSet};

use num_bigint::BigInt;
use num_rational::BigRational;
use speca::tally::{Method, Profile};

use crate::naive_steps;

/// Returns every paper as often as it counts: option to priority, unranked left out.
pub fn papers(profile: &Profile) -> Vec<BTreeMap<usize, u32>> {
    let mut papers = Vec::new();
    for ballot in profile.ballots() {
        for _ in 0..ballot.weight {
            let ranked = ballot.priorities.iter().enumerate();
            papers.push(ranked.filter_map(|(option, priority)| Some((option, (*priority)?))).collect());
        }
    }
    papers
}

fn prefers(paper: &BTreeMap<usize, u32>, a: usize, b: usize) -> bool {
    match (paper.get(&a), paper.get(&b)) {
        (Some(a), Some(b)) => a < b,
        (Some(_), None) => true,
        (None, _) => false,
    }
}

/// Returns how many papers prefer each option to each other.
pub fn numbers(profile: &Profile) -> Vec<Vec<u64>> {
    let papers = papers(profile);
    let size = profile.options().len();
    let number = |a: usize, b: usize| papers.iter().map(|paper| u64::from(prefers(paper, a, b))).sum();
    (0..size).map(|a| (0..size).map(|b| number(a, b)).collect()).collect()
}

/// Returns the score of each option, where it has one that is counted here.
pub fn scores(profile: &Profile, method: Method) -> Option<Vec<BigRational>> {
    let papers = papers(profile);
    let size = profile.options().len();
    let count = |is_counted: &dyn Fn(&BTreeMap<usize, u32>) -> bool| {
        BigRational::from_integer(BigInt::from(papers.iter().filter(|paper| is_counted(paper)).count()))
    };
    let half = BigRational::new(1.into(), 2.into());
    let numbers = numbers(profile);
    let score = |option: usize| {
        Some(match method {
            // Points as the number of levels at or below which the option stands.
            Method::Score | Method::Star => (1..=profile.levels())
                .map(|level| count(&|paper| paper.get(&option).is_some_and(|priority| *priority <= level)))
                .sum(),
            Method::Approval => count(&|paper| paper.contains_key(&option)),
            // Points as duels: one for each option beaten, half for each one level.
            Method::Borda => (0..size)
                .filter(|other| *other != option)
                .map(|other| {
                    let level = count(&|paper| !prefers(paper, option, other) && !prefers(paper, other, option));
                    count(&|paper| prefers(paper, option, other)) + level * &half
                })
                .sum(),
            Method::SchulzeMargins | Method::SchulzeWinningVotes => {
                let ahead = (0..size).filter(|other| is_ahead(&numbers, method, option, *other)).count();
                BigRational::from_integer(BigInt::from(ahead))
            }
            _ => return naive_steps::score(profile, method, option, &numbers),
        })
    };
    (0..size).map(score).collect()
}

/// Returns whether the strongest path is stronger than the one back.
fn is_ahead(numbers: &[Vec<u64>], method: Method, a: usize, b: usize) -> bool {
    strength(numbers, method, a, b) > strength(numbers, method, b, a)
}

/// Returns the greatest strength whose links alone lead from one option to the other.
fn strength(numbers: &[Vec<u64>], method: Method, from: usize, to: usize) -> u64 {
    let size = numbers.len();
    let link = |a: usize, b: usize| {
        let (prefer, against) = (numbers[a][b], numbers[b][a]);
        match method {
            Method::SchulzeMargins => prefer.saturating_sub(against),
            _ if prefer > against => prefer,
            _ => 0,
        }
    };
    let links: Vec<Vec<u64>> = (0..size).map(|a| (0..size).map(|b| link(a, b)).collect()).collect();
    let leads = |least: u64| {
        let mut reached = BTreeSet::from([from]);
        for _ in 0..size {
            let next = reached.iter().flat_map(|a| (0..size).filter(|b| links[*a][*b] >= least)).collect::<Vec<_>>();
            reached.extend(next);
        }
        reached.contains(&to)
    };
    let strengths: BTreeSet<u64> = links.iter().flatten().copied().filter(|strength| *strength > 0).collect();
    strengths.into_iter().rev().find(|least| from != to && leads(*least)).unwrap_or(0)
}

/// Returns the tiers: by score, or for Schulze by the longest chain of options ahead; nothing for a method that is counted
/// only once. Those that `docs/counting.md` describes are all counted here.
pub fn tiers(profile: &Profile, method: Method) -> Option<Vec<Vec<usize>>> {
    let size = profile.options().len();
    if let Some(tiers) = naive_steps::tiers(profile, method) {
        return Some(tiers);
    }
    let mut tiers: BTreeMap<BigRational, Vec<usize>> = BTreeMap::new();
    let numbers = numbers(profile);
    for (option, score) in scores(profile, method)?.iter().enumerate() {
        let key = match method {
            Method::SchulzeMargins | Method::SchulzeWinningVotes => {
                let ahead: Vec<Vec<usize>> = (0..size)
                    .map(|below| (0..size).filter(|above| is_ahead(&numbers, method, *above, below)).collect())
                    .collect();
                BigRational::from_integer(BigInt::from(longest_chain(&ahead, option)))
            }
            _ => -score,
        };
        tiers.entry(key).or_default().push(option);
    }
    Some(tiers.into_values().collect())
}

pub fn longest_chain(ahead: &[Vec<usize>], option: usize) -> usize {
    ahead[option].iter().map(|above| 1 + longest_chain(ahead, *above)).max().unwrap_or(0)
}

/// Returns the smallest set whose members beat all others, by trying every set.
pub fn smith_set(profile: &Profile) -> BTreeSet<usize> {
    let size = profile.options().len();
    let numbers = numbers(profile);
    let beats = |a: usize, b: usize| numbers[a][b] > numbers[b][a];
    let sets = (1_u32..1 << size).map(|bits| (0..size).filter(|option| bits >> option & 1 == 1).collect());
    let dominates =
        |set: &BTreeSet<usize>| set.iter().all(|a| (0..size).filter(|b| !set.contains(b)).all(|b| beats(*a, b)));
    sets.filter(dominates).min_by_key(BTreeSet::len).unwrap()
}
