//! Every folder of this directory that holds a `case.toml`.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use serde::Deserialize;
use speca::kernel::code::Code;
use speca::tally::ballot_file::{BallotFile, read_ballots};
use speca::tally::budgets::{BudgetMethod, choose};
use speca::tally::files::{VoteFile, read};
use speca::tally::{CountOptions, Matrix, Method, OptionId, Outcome, TieRule, Tiers, count, count_with};

use crate::violations;

/// Where a case comes from.
#[derive(Deserialize)]
struct Case {
    source: String,
    counted: String,
    #[serde(default = "one")]
    seats: usize,
    #[serde(default)]
    violates: Vec<Violation>,
}

/// A criterion that some methods violate on ballots of the case, where it speaks of a change with the same ballots changed.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Violation {
    criterion: String,
    methods: Vec<String>,
    #[serde(default = "ballots")]
    ballots: String,
    #[serde(default = "changed")]
    changed: String,
}

impl Violation {
    /// Returns the criterion with the code of each method that violates it.
    pub fn pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        self.methods.iter().map(|code| (self.criterion.as_str(), code.as_str()))
    }
}

fn one() -> usize {
    1
}

fn ballots() -> String {
    "ballots.csv".to_owned()
}

fn changed() -> String {
    "changed.csv".to_owned()
}

/// Returns every violation that a case records, with the folder of the case.
pub fn violations() -> Vec<(PathBuf, Violation)> {
    let of = |folder: PathBuf| case(&folder).violates.into_iter().map(move |violation| (folder.clone(), violation));
    folders().into_iter().flat_map(of).collect()
}

/// What must come out; what is not given is not compared.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Expected {
    condorcet_winner: Option<OptionId>,
    smith_set: Vec<OptionId>,
    #[serde(default)]
    pairwise: Table,
    results: BTreeMap<String, Expectation>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Expectation {
    ranking: Tiers,
    order: Option<Tiers>,
    winners: Option<Vec<OptionId>>,
    scores: Option<BTreeMap<OptionId, String>>,
    ties: Option<Vec<ExpectedTie>>,
    #[serde(default)]
    paths: Table,
}

type Table = BTreeMap<OptionId, BTreeMap<OptionId, u64>>;

#[derive(Deserialize, Debug, PartialEq)]
#[serde(deny_unknown_fields)]
struct ExpectedTie {
    place: usize,
    between: Vec<OptionId>,
    fell: Tiers,
}

/// Returns the folders of all cases of ballots.
pub fn folders() -> Vec<PathBuf> {
    all_folders().into_iter().filter(|folder| folder.join("ballots.csv").exists()).collect()
}

/// Returns the folders of all cases.
pub fn all_folders() -> Vec<PathBuf> {
    let here = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/tally");
    let entries = std::fs::read_dir(here).unwrap().map(|entry| entry.unwrap().path());
    let folders: BTreeSet<PathBuf> = entries.filter(|path| path.is_dir()).collect();
    folders.into_iter().collect()
}

fn compare(name: &str, expected: &Table, found: &Matrix) {
    for (row, cells) in expected {
        for (column, number) in cells {
            assert_eq!(found.get(row, column), Some(*number), "{name}: {row} against {column}");
        }
    }
}

fn check(name: &str, file: &BallotFile, expected: &Expected, seats: usize) -> BTreeSet<Method> {
    let rule = file.tie_rule.clone().unwrap_or(TieRule::Refuse);
    let mut counted = BTreeSet::new();
    for (code, expectation) in &expected.results {
        let name = format!("{name}, {code}");
        let method = Method::from_code(code).expect(&name);
        let outcome: Outcome = count_with(&file.profile, method, &rule, &CountOptions { seats }).expect(&name);
        assert_eq!(outcome.ranking, expectation.ranking, "{name}");
        assert_eq!(&outcome.order, expectation.order.as_ref().unwrap_or(&expectation.ranking), "{name}");
        if let Some(scores) = &expectation.scores {
            assert_eq!(&outcome.scores, scores, "{name}");
        }
        if let Some(winners) = &expectation.winners {
            assert_eq!(outcome.winners(), winners, "{name}");
        }
        assert_eq!(outcome.condorcet_winner, expected.condorcet_winner, "{name}");
        assert_eq!(outcome.smith_set, expected.smith_set, "{name}");
        compare(&name, &expected.pairwise, &outcome.pairwise);
        if let Some(paths) = &outcome.paths {
            compare(&name, &expectation.paths, paths);
        }
        if let Some(ties) = &expectation.ties {
            let found = outcome.ties.iter().map(|tie| ExpectedTie {
                place: tie.place,
                between: tie.between.clone(),
                fell: tie.fell.clone(),
            });
            assert_eq!(&found.collect::<Vec<_>>(), ties, "{name}");
        }
        counted.insert(method);
    }
    counted
}

fn name(folder: &Path) -> String {
    folder.file_name().unwrap().to_string_lossy().into_owned()
}

fn case(folder: &Path) -> Case {
    let case: Result<Case, _> = toml::from_str(&std::fs::read_to_string(folder.join("case.toml")).unwrap());
    let case = case.unwrap_or_else(|error| panic!("{}: {error}", name(folder)));
    assert!(!case.source.is_empty() && !case.counted.is_empty(), "{}: name the source and who counted", name(folder));
    case
}

#[test]
fn every_case_counts_as_expected_and_every_method_has_a_case() {
    let mut counted = BTreeSet::new();
    for folder in folders() {
        let (name, case) = (name(&folder), case(&folder));
        let file = read_ballots(&std::fs::read(folder.join("ballots.csv")).unwrap()).expect(&name);
        let Ok(expected) = std::fs::read_to_string(folder.join("expected.json")) else {
            assert!(!case.violates.is_empty(), "{name}: neither expected.json nor a criterion that is violated");
            continue;
        };
        let expected: Expected = serde_json::from_str(&expected).expect(&name);
        counted.extend(check(&name, &file, &expected, case.seats));
    }
    assert_eq!(counted, Method::ALL.iter().copied().collect());
}

#[test]
fn every_violation_that_a_case_records_is_one() {
    for (folder, violation) in violations() {
        let name = name(&folder);
        let read = |file: &str| read_ballots(&std::fs::read(folder.join(file)).expect(&name)).expect(&name).profile;
        for (criterion, code) in violation.pairs() {
            let method = Method::from_code(code).expect(&name);
            let is_violated = if violations::OF_ONE.contains(&criterion) {
                violations::of_one(criterion, method, &read(&violation.ballots))
            } else {
                violations::of_two(criterion, method, &read(&violation.ballots), &read(&violation.changed))
            };
            assert!(is_violated, "{name}: {code} does not violate {criterion}");
        }
    }
}

/// Returns what the table of `docs/counting.md` says: which method keeps to which criterion.
pub fn table() -> BTreeMap<Method, BTreeMap<String, bool>> {
    let text = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/counting.md")).unwrap();
    let cells = |line: &str| line.trim_matches('|').split('|').map(|cell| cell.trim().to_owned()).collect::<Vec<_>>();
    let mut lines = text.lines().skip_while(|line| !line.starts_with("| method | condorcet-winner |"));
    let criteria = cells(lines.next().expect("the table of criteria"));
    let rows = lines.skip(1).take_while(|line| line.starts_with('|')).map(|line| {
        let cells = cells(line);
        let said = criteria.iter().zip(&cells).skip(1).map(|(criterion, cell)| match cell.as_str() {
            "yes" => (criterion.clone(), true),
            "no" => (criterion.clone(), false),
            other => panic!("docs/counting.md: yes or no, not `{other}`, in: {line}"),
        });
        (Method::from_code(&cells[0]).unwrap_or_else(|| panic!("docs/counting.md: {line}")), said.collect())
    });
    rows.collect()
}

#[test]
fn the_documents_say_of_each_method_what_the_cases_show() {
    let table = table();
    assert!(table.len() >= 15, "{table:?}");
    for (method, said) in table {
        let all = violations::OF_ONE.iter().chain(&violations::OF_TWO);
        let shown = all.map(|criterion| ((*criterion).to_owned(), violations::keeps(method, criterion)));
        assert_eq!(said, shown.collect(), "{method}");
    }
}

/// What must come out of a case of projects (`projects.pb`).
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ExpectedChoice {
    selected: Vec<String>,
    cost: Option<String>,
    share: Option<String>,
    ties: Option<usize>,
}

#[test]
fn every_case_of_projects_chooses_as_expected() {
    let mut chosen = BTreeSet::new();
    for folder in all_folders().iter().filter(|folder| folder.join("projects.pb").exists()) {
        let (name, _) = (name(folder), case(folder));
        let VoteFile::Budget(instance) = read(&std::fs::read(folder.join("projects.pb")).unwrap()).expect(&name) else {
            panic!("{name}: a file of projects expected")
        };
        let expected = std::fs::read_to_string(folder.join("expected.json")).expect(&name);
        let expected: BTreeMap<String, ExpectedChoice> = serde_json::from_str(&expected).expect(&name);
        for (code, expected) in expected {
            let method = BudgetMethod::from_code(&code).expect(&name);
            let outcome = choose(&instance, method, &TieRule::Refuse).unwrap();
            assert_eq!(outcome.selected, expected.selected, "{name}, {code}");
            assert!(expected.cost.is_none_or(|cost| cost == outcome.cost), "{name}, {code}: {}", outcome.cost);
            assert!(expected.share.is_none() || expected.share == outcome.share, "{name}, {code}: {:?}", outcome.share);
            assert!(expected.ties.is_none_or(|ties| ties == outcome.ties.len()), "{name}, {code}: {:?}", outcome.ties);
            chosen.insert(method);
        }
    }
    assert_eq!(chosen, BudgetMethod::ALL.iter().copied().collect());
}

#[test]
fn every_code_and_reason_has_its_text_in_both_languages() {
    use speca::i18n::Texts;
    use speca::kernel::lang::Lang;
    for lang in Lang::ALL {
        let texts = Texts::of(*lang);
        let methods = Method::ALL.iter().map(|method| format!("method-{method}"));
        let rules = TieRule::CODES.iter().map(|code| format!("tie-rule-{code}"));
        for key in methods.chain(rules) {
            assert!(texts.has(&key) && texts.has(&format!("{key}-explained")), "{lang}: {key}");
        }
        for folder in folders() {
            let file = read_ballots(&std::fs::read(folder.join("ballots.csv")).unwrap()).unwrap();
            let lots = TieRule::Lot { seed: "1".into() };
            for (method, rule) in Method::ALL.iter().flat_map(|method| {
                [TieRule::Refuse, TieRule::ReviewScore, TieRule::Reference, lots.clone()].map(|rule| (*method, rule))
            }) {
                for reason in count(&file.profile, method, &rule).unwrap().reasons {
                    let text = texts.with(&reason.key(), &reason.values(|id| id.0.clone()));
                    assert!(texts.has(&reason.key()) && !text.contains(['{', '}']), "{lang}: {text}");
                }
            }
        }
    }
}
