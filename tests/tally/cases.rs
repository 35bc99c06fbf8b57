//! Every folder of this directory that holds a `case.toml`.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use serde::Deserialize;
use speca::kernel::code::Code;
use speca::tally::ballot_file::{BallotFile, read_ballots};
use speca::tally::{CountOptions, Matrix, Method, OptionId, Outcome, TieRule, Tiers, count, count_with};

/// Where a case comes from.
#[derive(Deserialize)]
struct Case {
    source: String,
    counted: String,
    #[serde(default = "one")]
    seats: usize,
}

fn one() -> usize {
    1
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
    scores: BTreeMap<OptionId, String>,
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

/// Returns the folders of all cases.
pub fn folders() -> Vec<PathBuf> {
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
        assert_eq!(outcome.scores, expectation.scores, "{name}");
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

#[test]
fn every_case_counts_as_expected_and_every_method_has_a_case() {
    let mut counted = BTreeSet::new();
    for folder in folders() {
        let name = folder.file_name().unwrap().to_string_lossy().into_owned();
        let read = |file: &str| std::fs::read_to_string(folder.join(file)).expect(&name);
        let case: Case = toml::from_str(&read("case.toml")).expect(&name);
        assert!(!case.source.is_empty() && !case.counted.is_empty(), "{name}: name the source and who counted");
        let file = read_ballots(read("ballots.csv").as_bytes()).expect(&name);
        let expected: Expected = serde_json::from_str(&read("expected.json")).expect(&name);
        counted.extend(check(&name, &file, &expected, case.seats));
    }
    assert_eq!(counted, Method::ALL.iter().copied().collect());
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
