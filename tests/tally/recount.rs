//! The same elections counted by programs of other people (`recount.py`): ours are compared with votelib, whalrus and
//! pabutools. What is left out where, and why, is written down in `docs/counting.md`.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use num_rational::BigRational;
use serde::Deserialize;
use serde_json::{Value, json};
use speca::kernel::code::Code;
use speca::tally::ballot_file::read_ballots;
use speca::tally::budgets::{BudgetMethod, Group, Instance, Project, choose};
use speca::tally::{
    Ballot, BallotOption, CountOptions, Method, OptionId, Outcome, Profile, TieRule, Tiers, count, count_with,
    parse_exact,
};

use crate::cases;

/// Returns the Python that `script/test` prepares; nothing on a machine without it, unless all checks must run.
fn python() -> Option<PathBuf> {
    let python = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/validators/bin/python");
    let import = ["-c", "import votelib, whalrus, pabutools"];
    let has_them = Command::new(&python).args(import).output().is_ok_and(|run| run.status.success());
    let must = std::env::vars_os().any(|(name, _)| name == "CI");
    assert!(has_them || !must, "target/validators holds no votelib, whalrus and pabutools: run script/test");
    has_them.then_some(python)
}

/// What another program says; one of the fields.
#[derive(Deserialize, Debug, Default)]
#[serde(default)]
struct Found {
    scores: Option<BTreeMap<OptionId, String>>,
    tiers: Option<Tiers>,
    elected: Option<Vec<OptionId>>,
    numbers: Option<Vec<(OptionId, OptionId, u64)>>,
    selected: Option<Vec<String>>,
}

/// Hands all elections to one process.
fn recounted(python: &Path, elections: &[Value]) -> Vec<BTreeMap<String, Found>> {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/tally/recount.py");
    let mut command = Command::new(python);
    command.arg(script).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut process = command.spawn().unwrap();
    let mut input = process.stdin.take().unwrap();
    input.write_all(serde_json::to_string(elections).unwrap().as_bytes()).unwrap();
    drop(input);
    let output = process.wait_with_output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

/// Numbers from a seed (the constants of D. Knuth's MMIX).
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % end
    }
}

/// Draws ballots: with ties and options left out, or strict orders that may leave out the last ones.
fn drawn(seed: u64) -> Profile {
    let mut numbers = Numbers(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15));
    let size = 2 + numbers.below(5);
    let (is_strict, is_large) = (numbers.below(2) == 0, numbers.below(2) == 0);
    let ballots = (0..=numbers.below(9)).map(|label| {
        let weight = 1 + numbers.below(if is_large { 1000 } else { 3 });
        let mut levels: Vec<Option<u32>> = (1..=size).map(|level| u32::try_from(level).ok()).collect();
        if is_strict {
            for end in (1..levels.len()).rev() {
                levels.swap(end, usize::try_from(numbers.below(end as u64 + 1)).unwrap());
            }
            let last = numbers.below(size) + 1;
            for level in &mut levels {
                *level = level.filter(|level| u64::from(*level) <= last);
            }
        } else {
            for level in &mut levels {
                *level = u32::try_from(numbers.below(size + 2)).ok().filter(|level| (1..=6).contains(level));
            }
        }
        Ballot { label: format!("{label}"), weight, priorities: levels }
    });
    let ballots = ballots.collect();
    let options = (0..size).map(|option| BallotOption::plain(&format!("o{option}"), "")).collect();
    Profile::new(options, ballots, None).unwrap()
}

fn ids(profile: &Profile, positions: &[usize]) -> Vec<OptionId> {
    positions.iter().map(|position| profile.options()[*position].id.clone()).collect()
}

fn as_json(profile: &Profile, seats: usize) -> Value {
    let ballot = |ballot: &Ballot| {
        let ranked = ballot.tiers().into_iter().filter(|tier| ballot.priorities[tier[0]].is_some());
        let tiers: Vec<Vec<OptionId>> = ranked.map(|tier| ids(profile, &tier)).collect();
        let given = profile.options().iter().zip(&ballot.priorities);
        let priorities: BTreeMap<&OptionId, u32> = given.filter_map(|(o, level)| Some((&o.id, (*level)?))).collect();
        json!({ "weight": ballot.weight, "tiers": tiers, "priorities": priorities })
    };
    let options: Vec<&OptionId> = profile.options().iter().map(|option| &option.id).collect();
    let ballots: Vec<Value> = profile.ballots().iter().map(ballot).collect();
    json!({ "options": options, "seats": seats, "levels": profile.levels(), "ballots": ballots })
}

/// How often a program and method were compared.
type Compared = BTreeMap<String, usize>;

fn compare(name: &str, profile: &Profile, seats: usize, found: &BTreeMap<String, Found>, compared: &mut Compared) {
    for (key, found) in found {
        let (program, code) = key.split_once(':').unwrap();
        let code = if code == "borda-points" { "borda" } else { code };
        let name = format!("{name}, {key}: {}", as_json(profile, seats));
        if let Some(numbers) = &found.numbers {
            let outcome = count(profile, Method::Borda, &TieRule::Refuse).unwrap();
            for (a, b, number) in numbers {
                assert_eq!(outcome.pairwise.get(a, b), Some(*number), "{name}: {a} against {b}");
            }
        } else {
            let method = Method::from_code(code).expect(&name);
            let options = CountOptions { seats };
            let outcome = count_with(profile, method, &TieRule::Refuse, &options).unwrap();
            if !agrees(&name, program, found, &outcome) {
                continue;
            }
        }
        *compared.entry(key.clone()).or_default() += 1;
    }
}

/// Compares what can be compared; returns whether anything could.
fn agrees(name: &str, program: &str, found: &Found, outcome: &Outcome) -> bool {
    let is_step_tie = outcome.ties.iter().any(|tie| tie.step.is_some());
    let is_total = outcome.ranking.iter().all(|tier| tier.len() == 1);
    if let Some(scores) = &found.scores {
        let points: BTreeMap<OptionId, String> = outcome.scores.clone();
        assert_eq!(scores, &points, "{name}");
    } else if let Some(elected) = &found.elected {
        // Where a step meets a tie, votelib falls on one side without a word or refuses.
        if is_step_tie {
            return false;
        }
        let winners: BTreeSet<&OptionId> = outcome.winners().iter().collect();
        assert_eq!(elected.iter().collect::<BTreeSet<_>>(), winners, "{name}");
    } else if let Some(tiers) = &found.tiers {
        match outcome.method {
            // votelib locks wins of equal strength in some order, and level comparisons as well.
            Method::RankedPairsMargins | Method::RankedPairsWinningVotes if is_step_tie || !is_total => return false,
            Method::Star if is_step_tie => return false,
            // Of three that share the best median votelib lets one that has fallen behind come back.
            Method::MajorityJudgment if sharing_the_best_score(outcome) > 2 => return false,
            Method::Star | Method::MajorityJudgment => {
                assert_eq!(tiers[0], outcome.ranking[0], "{name}");
                return true;
            }
            _ => {}
        }
        assert_eq!(tiers, &outcome.ranking, "{name}, {program}");
    }
    true
}

fn sharing_the_best_score(outcome: &Outcome) -> usize {
    let scores = || outcome.scores.values().map(|score| parse_exact(score).unwrap());
    scores().filter(|score| Some(score) == scores().max().as_ref()).count()
}

#[test]
fn ballots_are_counted_as_other_programs_count_them() {
    let Some(python) = python() else { return };
    let mut profiles: Vec<(String, usize, Profile)> =
        (0..400_u64).map(|seed| (format!("profile {seed}"), 1 + (seed % 3) as usize, drawn(seed))).collect();
    for folder in cases::folders() {
        let name = folder.file_name().unwrap().to_string_lossy().into_owned();
        if let Ok(bytes) = std::fs::read(folder.join("ballots.csv")) {
            profiles.push((name, 1, read_ballots(&bytes).unwrap().profile));
        }
    }
    let elections: Vec<Value> = profiles.iter().map(|(_, seats, profile)| as_json(profile, *seats)).collect();
    let mut compared = Compared::new();
    for ((name, seats, profile), found) in profiles.iter().zip(recounted(&python, &elections)) {
        compare(name, profile, *seats, &found, &mut compared);
    }
    let programs: BTreeSet<&str> = compared.keys().map(String::as_str).collect();
    assert_eq!(programs.len(), 19, "{programs:?}");
    assert!(compared.values().all(|number| *number >= 60), "{compared:?}");
}

/// Draws projects, none of which costs more than the budget, and voters.
fn drawn_budget(seed: u64) -> Instance {
    let mut numbers = Numbers(seed.wrapping_mul(0xD134_2543_DE82_EF95).wrapping_add(1));
    let exact = |number: u64| BigRational::from_integer(number.into());
    let (size, budget) = (2 + numbers.below(6), 20 + numbers.below(200));
    let projects = (0..size).map(|project| Project {
        id: format!("p{project}"),
        name: String::new(),
        cost: exact(1 + numbers.below(budget.min(if seed.is_multiple_of(2) { 20 } else { 200 }))),
    });
    let projects: Vec<Project> = projects.collect();
    let mut groups: BTreeMap<Vec<(u32, u32)>, u64> = BTreeMap::new();
    for _ in 0..=numbers.below(12) {
        let supported = (0..u32::try_from(size).unwrap()).filter(|_| numbers.below(3) == 0).map(|p| (p, 1)).collect();
        *groups.entry(supported).or_default() += 1;
    }
    Instance {
        description: None,
        voters: groups.values().sum(),
        projects,
        budget: exact(budget),
        groups: groups.into_iter().map(|(choices, voters)| Group { choices, voters }).collect(),
        fingerprint: String::new(),
    }
}

#[test]
fn projects_are_chosen_as_another_program_chooses_them() {
    let Some(python) = python() else { return };
    let instances: Vec<Instance> = (0..250).map(drawn_budget).collect();
    let as_json = |instance: &Instance| {
        let id = |choice: &(u32, u32)| instance.projects[choice.0 as usize].id.clone();
        let projects = instance.projects.iter().map(|p| json!({ "id": p.id, "cost": p.cost.to_string() }));
        let votes = instance.groups.iter().map(
            |group| json!({ "voters": group.voters, "choices": group.choices.iter().map(id).collect::<Vec<_>>() }),
        );
        json!({
            "budget": instance.budget.to_string(),
            "projects": projects.collect::<Vec<_>>(),
            "votes": votes.collect::<Vec<_>>(),
        })
    };
    let elections: Vec<Value> = instances.iter().map(as_json).collect();
    let mut compared = Compared::new();
    for (instance, found) in instances.iter().zip(recounted(&python, &elections)) {
        for (key, found) in found {
            let method = BudgetMethod::from_code(key.split_once(':').unwrap().1).unwrap();
            let outcome = choose(instance, method, &TieRule::Refuse).unwrap();
            // Where a project that no longer fits is level with others, pabutools ends at once.
            if method == BudgetMethod::Phragmen && !outcome.ties.is_empty() {
                continue;
            }
            let (mut selected, mut chosen) = (outcome.selected, found.selected.unwrap_or_default());
            if method == BudgetMethod::Phragmen {
                // Told without their order.
                selected.sort();
                chosen.sort();
            }
            assert_eq!(chosen, selected, "{key}: {}", as_json(instance));
            *compared.entry(key).or_default() += 1;
        }
    }
    assert_eq!(compared.len(), BudgetMethod::ALL.len());
    assert!(compared.values().all(|number| *number >= 60), "{compared:?}");
}
