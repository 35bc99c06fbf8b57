//! The second count of methods that go step by step, with ties left as they are.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

use num_bigint::BigInt;
use num_rational::BigRational;
use speca::tally::{Method, Profile};

use crate::naive::{longest_chain, numbers, papers, scores};

type Paper = BTreeMap<usize, u32>;

fn whole(number: usize) -> BigRational {
    BigRational::from_integer(BigInt::from(number))
}

fn link(numbers: &[Vec<u64>], method: Method, a: usize, b: usize) -> u64 {
    let (prefer, against) = (numbers[a][b], numbers[b][a]);
    match method {
        _ if prefer <= against => 0,
        Method::MinimaxMargins | Method::RankedPairsMargins => prefer - against,
        _ => prefer,
    }
}

/// Returns the part of a paper that an option of a set holds.
fn part(paper: &Paper, option: usize, among: &BTreeSet<usize>) -> BigRational {
    let best = among.iter().filter_map(|other| paper.get(other)).min();
    if !among.contains(&option) || best.is_none() || paper.get(&option) != best {
        return whole(0);
    }
    let first = among.iter().filter(|other| paper.get(other) == best).count();
    BigRational::new(BigInt::from(1), BigInt::from(first))
}

/// Returns the score of an option.
pub fn score(profile: &Profile, method: Method, option: usize, numbers: &[Vec<u64>]) -> Option<BigRational> {
    let all: BTreeSet<usize> = (0..numbers.len()).collect();
    match method {
        Method::Plurality => Some(papers(profile).iter().map(|paper| part(paper, option, &all)).sum()),
        Method::Copeland => {
            let order = |other: &usize| numbers[option][*other].cmp(&numbers[*other][option]) as i8;
            Some(BigRational::from_integer(all.iter().map(|other| i64::from(order(other))).sum::<i64>().into()))
        }
        Method::MinimaxMargins | Method::MinimaxWinningVotes => {
            let worst = all.iter().map(|other| link(numbers, method, *other, option)).max().unwrap();
            Some(-BigRational::from_integer(BigInt::from(worst)))
        }
        Method::RankedPairsMargins | Method::RankedPairsWinningVotes => {
            let locked = locked(numbers, method);
            Some(whole(all.iter().filter(|other| leads(&locked, option, **other)).count()))
        }
        _ => None,
    }
}

/// Returns the tiers of a method that goes step by step.
pub fn tiers(profile: &Profile, method: Method) -> Option<Vec<Vec<usize>>> {
    match method {
        Method::RankedPairsMargins | Method::RankedPairsWinningVotes => {
            let numbers = numbers(profile);
            let size = numbers.len();
            let locked = locked(&numbers, method);
            let above = |below| (0..size).filter(|above| leads(&locked, *above, below)).collect();
            let ahead: Vec<Vec<usize>> = (0..size).map(above).collect();
            let mut tiers: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
            (0..size).for_each(|option| tiers.entry(longest_chain(&ahead, option)).or_default().push(option));
            Some(tiers.into_values().collect())
        }
        Method::Irv => Some(instant_runoff(profile)),
        Method::Stv => Some(transferable(profile, 1).0),
        Method::MajorityJudgment => Some(majority(profile)),
        Method::Star => Some(star(profile)),
        _ => None,
    }
}

fn leads(wins: &BTreeSet<(usize, usize)>, from: usize, to: usize) -> bool {
    let mut reached: BTreeSet<usize> = wins.iter().filter(|win| win.0 == from).map(|win| win.1).collect();
    loop {
        let more: Vec<usize> =
            wins.iter().filter(|win| reached.contains(&win.0) && !reached.contains(&win.1)).map(|win| win.1).collect();
        if more.is_empty() {
            return reached.contains(&to);
        }
        reached.extend(more);
    }
}

fn locked(numbers: &[Vec<u64>], method: Method) -> BTreeSet<(usize, usize)> {
    let mut locked = BTreeSet::new();
    let all = || (0..numbers.len()).flat_map(|a| (0..numbers.len()).map(move |b| (a, b)));
    let strengths: BTreeSet<u64> = all().map(|(a, b)| link(numbers, method, a, b)).filter(|link| *link > 0).collect();
    for strength in strengths.into_iter().rev() {
        let wins = all().filter(|(a, b)| link(numbers, method, *a, *b) == strength && !leads(&locked, *b, *a));
        let wins: BTreeSet<(usize, usize)> = wins.collect();
        let together: BTreeSet<(usize, usize)> = locked.union(&wins).copied().collect();
        locked.extend(wins.into_iter().filter(|(a, b)| !leads(&together, *b, *a)));
    }
    locked
}

/// Cuts options into tiers, the greatest number first.
fn by_number<N: Ord + Clone>(options: &BTreeSet<usize>, number: impl Fn(usize) -> N) -> Vec<Vec<usize>> {
    let mut tiers: BTreeMap<N, Vec<usize>> = BTreeMap::new();
    for option in options {
        tiers.entry(number(*option)).or_default().push(*option);
    }
    tiers.into_values().rev().collect()
}

fn instant_runoff(profile: &Profile) -> Vec<Vec<usize>> {
    let papers = papers(profile);
    let mut left: BTreeSet<usize> = (0..profile.options().len()).collect();
    let mut below = Vec::new();
    loop {
        let votes = |option: usize| papers.iter().map(|paper| part(paper, option, &left)).sum::<BigRational>();
        let order = by_number(&left, votes);
        let all: BigRational = left.iter().map(|option| votes(*option)).sum();
        if order.len() == 1 || left.len() == 1 || votes(order[0][0]) * whole(2) > all {
            below.extend(order.into_iter().rev());
            below.reverse();
            return below;
        }
        let last = order.last().unwrap().clone();
        for option in &last {
            left.remove(option);
        }
        below.push(last);
    }
}

/// Returns the tiers and those elected of the single transferable vote.
pub fn transferable(profile: &Profile, seats: usize) -> (Vec<Vec<usize>>, BTreeSet<usize>) {
    let mut papers: Vec<(Paper, BigRational)> = papers(profile).into_iter().map(|paper| (paper, whole(1))).collect();
    let valid = papers.iter().filter(|(paper, _)| !paper.is_empty()).count();
    let quota = whole(valid / (seats + 1) + 1);
    let mut left: BTreeSet<usize> = (0..profile.options().len()).collect();
    let (mut top, mut below): (Vec<Vec<usize>>, Vec<Vec<usize>>) = (Vec::new(), Vec::new());
    loop {
        let free = seats - top.concat().len();
        let votes: Vec<BigRational> = (0..profile.options().len())
            .map(|option| papers.iter().map(|(paper, value)| value * part(paper, option, &left)).sum())
            .collect();
        let order = by_number(&left, |option| votes[option].clone());
        let over: Vec<Vec<usize>> = order.iter().filter(|tier| votes[tier[0]] >= quota).cloned().collect();
        let last = order.last().cloned().unwrap_or_default();
        if left.len() <= free || free == 0 || (over.is_empty() && left.len() - last.len() < free) {
            let elected = top.iter().chain(order.iter().filter(|_| free > 0)).flatten().copied().collect();
            below.extend(order.into_iter().rev());
            below.reverse();
            top.extend(below);
            return (top, elected);
        }
        if over.is_empty() {
            for option in &last {
                left.remove(option);
            }
            below.push(last);
            continue;
        }
        for (paper, value) in &mut papers {
            let used: BigRational = over
                .iter()
                .flatten()
                .map(|option| &*value * part(paper, *option, &left) * &quota / &votes[*option])
                .sum();
            *value -= used;
        }
        over.iter().flatten().for_each(|option| _ = left.remove(option));
        top.extend(over);
    }
}

fn majority(profile: &Profile) -> Vec<Vec<usize>> {
    let medians = |option: usize| {
        let grade = |paper: &Paper| paper.get(&option).copied().unwrap_or(profile.levels() + 1);
        let mut grades: Vec<u32> = papers(profile).iter().map(grade).collect();
        grades.sort_unstable();
        let mut medians = Vec::new();
        while !grades.is_empty() {
            medians.push(std::cmp::Reverse(grades.remove(grades.len() / 2)));
        }
        medians
    };
    by_number(&(0..profile.options().len()).collect(), medians)
}

fn star(profile: &Profile) -> Vec<Vec<usize>> {
    let (points, numbers) = (scores(profile, Method::Star).unwrap(), numbers(profile));
    let all: BTreeSet<usize> = (0..points.len()).collect();
    if all.len() == 1 {
        return vec![vec![0]];
    }
    // Every pair of finalists that the points allow, and who wins it.
    let allowed = |a: usize, b: usize| {
        let ahead = |option: &&usize| {
            **option != a && **option != b && points[**option] > points[a].clone().min(points[b].clone())
        };
        all.iter().find(ahead).is_none()
    };
    let pairs: Vec<(usize, usize)> =
        all.iter().flat_map(|a| all.range(a + 1..).map(move |b| (*a, *b))).filter(|(a, b)| allowed(*a, *b)).collect();
    let winners = |(a, b): &(usize, usize)| match numbers[*a][*b].cmp(&numbers[*b][*a]) {
        Ordering::Greater => vec![*a],
        Ordering::Less => vec![*b],
        Ordering::Equal => vec![*a, *b],
    };
    let first: BTreeSet<usize> = pairs.iter().flat_map(winners).collect();
    let mut tiers = vec![first.iter().copied().collect::<Vec<_>>()];
    if let ([(a, b)], 1) = (pairs.as_slice(), first.len()) {
        tiers.push(vec![if first.contains(a) { *b } else { *a }]);
    }
    let rest: BTreeSet<usize> = all.into_iter().filter(|option| !tiers.concat().contains(option)).collect();
    tiers.extend(by_number(&rest, |option| points[option].clone()));
    tiers
}
