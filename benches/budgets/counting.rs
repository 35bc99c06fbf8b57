//! Counting large ballots, beside the bare cubic loop that the strongest paths cannot do without.

use std::time::Instant;

use speca::tally::{Ballot, BallotOption, Method, Pairwise, Profile, TieRule, count};

use super::data::Numbers;
use super::{median, verdict};

const BALLOTS: usize = 10_000;
const ROUNDS: usize = 3;
/// "Seconds, not minutes".
const SECONDS_MAX: f64 = 60.0;

pub fn run() {
    for options in [100, 500] {
        let profile = profile(options);
        println!("   {options} options, {BALLOTS} ballots, median of {ROUNDS}");
        let pairwise = timed(|| std::hint::black_box(Pairwise::of(&profile)).size());
        println!("     pairwise comparison {pairwise:>8.3} s");
        let links = links(&profile, options);
        let cubic = timed(|| bare_cubic(links.clone(), options));
        println!("     bare n³ loop        {cubic:>8.3} s");
        for method in [Method::Borda, Method::SchulzeMargins, Method::SchulzeWinningVotes] {
            let seconds = timed(|| count(&profile, method, &TieRule::Refuse).expect("counted").order.len());
            let beside = seconds / cubic;
            let verdict = verdict(seconds <= SECONDS_MAX);
            println!(
                "     {:<22}{seconds:>6.3} s  {beside:>6.1} × the bare loop  limit seconds, not minutes: {verdict}",
                method.code()
            );
        }
    }
}

fn timed(work: impl Fn() -> usize) -> f64 {
    let once = |_| {
        let start = Instant::now();
        std::hint::black_box(work());
        start.elapsed().as_secs_f64()
    };
    median((0..ROUNDS).map(once).collect())
}

/// Ballots that order every option on a hundred levels, some left unranked.
fn profile(options: usize) -> Profile {
    let mut numbers = Numbers::new(options as u64);
    let ballots = (0..BALLOTS)
        .map(|ballot| Ballot {
            label: format!("ballot {ballot}"),
            weight: 1,
            priorities: (0..options)
                .map(|_| u32::try_from(numbers.below(110)).ok().filter(|level| (1..=100).contains(level)))
                .collect(),
        })
        .collect();
    let options = (0..options).map(|option| BallotOption::plain(&format!("PA-KAZ-2020-{option:03}"), "")).collect();
    Profile::new(options, ballots, None).expect("profile")
}

/// The direct wins of a profile, as a flat table.
fn links(profile: &Profile, size: usize) -> Vec<u64> {
    let pairwise = Pairwise::of(profile);
    let link = |a: usize, b: usize| if pairwise.beats(a, b) { pairwise.above(a, b) } else { 0 };
    (0..size * size).map(|cell| link(cell / size, cell % size)).collect()
}

/// The strongest paths of the same comparisons, in the plainest loop.
fn bare_cubic(mut paths: Vec<u64>, size: usize) -> usize {
    for via in 0..size {
        for from in 0..size {
            let first = paths[from * size + via];
            for to in 0..size {
                let strength = first.min(paths[via * size + to]);
                if paths[from * size + to] < strength {
                    paths[from * size + to] = strength;
                }
            }
        }
    }
    paths.iter().filter(|strength| **strength > 0).count()
}
