//! Counting large files: methods of pairs beside the bare cubic loop that the strongest paths cannot do without, reading
//! beside reading the bytes, equal shares with growing shares, and varied weights on one and two cores.

use std::collections::BTreeMap;
use std::time::Instant;

use speca::tally::budgets::{BudgetMethod, Group, Instance, Project, choose};
use speca::tally::files::{read, write_preflib};
use speca::tally::robustness::{SAMPLES_DEFAULT, acceptability};
use speca::tally::{
    Ballot, BallotOption, CountOptions, Method, Pairwise, Profile, TieRule, count_compared, parse_exact,
};

use super::data::Numbers;
use super::{median, verdict};

const BALLOTS: usize = 10_000;
/// "Seconds, not minutes".
const SECONDS_MAX: f64 = 60.0;
/// Bytes of the PrefLib file, about.
const FILE_BYTES: usize = 500_000;
const PROJECTS: usize = 150;
const VOTERS: u64 = 80_000;
const ACTIONS: usize = 200;
const CRITERIA: usize = 7;

pub fn run() {
    for options in [100, 500, 1000] {
        pairs(options);
    }
    reading();
    growing_shares();
    varied_weights();
}

/// Methods that compare pairs; the comparison itself is shared by all methods and stands apart.
fn pairs(options: usize) {
    let rounds = if options < 1000 { 3 } else { 1 };
    let profile = profile(options, BALLOTS);
    println!("   {options} options, {BALLOTS} ballots, median of {rounds}");
    let compared = timed(rounds, || std::hint::black_box(Pairwise::of(&profile)).size());
    println!("     pairwise comparison        {compared:>8.3} s");
    let pairwise = Pairwise::of(&profile);
    let links = links(&pairwise);
    let cubic = timed(rounds, || bare_cubic(links.clone(), options));
    println!("     bare n³ loop               {cubic:>8.3} s");
    for method in [
        Method::SchulzeMargins,
        Method::SchulzeWinningVotes,
        Method::RankedPairsMargins,
        Method::RankedPairsWinningVotes,
        Method::Borda,
    ] {
        let with = CountOptions::default();
        let count = || count_compared(&profile, &pairwise, method, &TieRule::Refuse, &with).expect("counted");
        let seconds = timed(rounds, || count().order.len());
        let verdict = verdict(seconds + compared <= SECONDS_MAX);
        let beside = seconds / cubic;
        println!(
            "     {:<27}{seconds:>8.3} s  {beside:>6.1} × the bare loop  limit with comparison seconds: {verdict}",
            method.code()
        );
    }
}

fn timed(rounds: usize, work: impl Fn() -> usize) -> f64 {
    let once = |_| {
        let start = Instant::now();
        std::hint::black_box(work());
        start.elapsed().as_secs_f64()
    };
    median((0..rounds).map(once).collect())
}

/// Ballots that order every option on a hundred levels, some left unranked.
fn profile(options: usize, ballots: usize) -> Profile {
    let mut numbers = Numbers::new(options as u64);
    let ballots = (0..ballots)
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
fn links(pairwise: &Pairwise) -> Vec<u64> {
    let size = pairwise.size();
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

/// A PrefLib file from the disk, read and understood, beside its bytes read.
fn reading() {
    const ROUNDS: usize = 9;
    // An order of a hundred options takes some three hundred bytes.
    let text = write_preflib("Reading", &profile(100, FILE_BYTES / 300));
    let folder = tempfile::tempdir().expect("folder");
    let path = folder.path().join("reading.toi");
    std::fs::write(&path, &text).expect("written");
    let bytes = || std::fs::read(&path).expect("read");
    let bare = timed(ROUNDS, || bytes().len());
    let whole = timed(ROUNDS, || read(&bytes()).map(|_| 1).expect("a PrefLib file"));
    println!("   PrefLib file of {} KB, median of {ROUNDS}", text.len() / 1000);
    println!("     bytes                      {:>8.3} ms", bare * 1000.0);
    println!("     ballots                    {:>8.3} ms  {:>6.1} × the bytes", whole * 1000.0, whole / bare);
}

/// Equal shares completed by growing shares, in a city.
fn growing_shares() {
    let mut numbers = Numbers::new(150);
    let exact = |number: usize| parse_exact(&number.to_string()).expect("a number");
    let projects = (0..PROJECTS).map(|project| Project {
        id: format!("{project:03}"),
        name: String::new(),
        cost: exact(10_000 + numbers.below(2_000_000)),
    });
    let projects: Vec<Project> = projects.collect();
    let mut groups: BTreeMap<Vec<(u32, u32)>, u64> = BTreeMap::new();
    for _ in 0..VOTERS {
        // Some projects are liked by more than others.
        let mut wanted: Vec<usize> =
            (0..=numbers.below(12)).map(|_| numbers.below(PROJECTS).min(numbers.below(PROJECTS))).collect();
        wanted.sort_unstable();
        wanted.dedup();
        let choices = wanted.into_iter().filter_map(|project| Some((u32::try_from(project).ok()?, 1))).collect();
        *groups.entry(choices).or_default() += 1;
    }
    let instance = Instance {
        description: None,
        projects,
        budget: exact(40_000_000),
        groups: groups.into_iter().map(|(choices, voters)| Group { choices, voters }).collect(),
        voters: VOTERS,
        fingerprint: String::new(),
    };
    println!("   {PROJECTS} projects, {VOTERS} voters in {} groups, once", instance.groups.len());
    for method in [
        BudgetMethod::EqualSharesCost,
        BudgetMethod::EqualSharesCostAdd1,
        BudgetMethod::EqualSharesCardinalityAdd1,
        BudgetMethod::Phragmen,
        BudgetMethod::Pav,
    ] {
        let seconds = timed(1, || choose(&instance, method, &TieRule::Refuse).expect("chosen").selected.len());
        let verdict = verdict(seconds <= SECONDS_MAX);
        println!("     {:<30}{seconds:>8.3} s  limit seconds, not minutes: {verdict}", method.code());
    }
}

/// Rank acceptability on one core and on two.
fn varied_weights() {
    let mut numbers = Numbers::new(7);
    let scores: Vec<Vec<i64>> =
        (0..ACTIONS).map(|_| (0..CRITERIA).filter_map(|_| i64::try_from(numbers.below(1000)).ok()).collect()).collect();
    println!("   {SAMPLES_DEFAULT} samples of weights, {ACTIONS} actions, {CRITERIA} criteria, median of 3");
    let on = |cores: u32| timed(3, || acceptability(&scores, 1, SAMPLES_DEFAULT, cores).counts.len());
    let (one, two) = (on(1), on(2));
    println!("     one core                   {one:>8.3} s");
    println!("     two cores                  {two:>8.3} s  {:>6.2} times as fast", one / two);
}
