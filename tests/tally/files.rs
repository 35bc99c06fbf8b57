//! PrefLib and Pabulib files: read as they are written, refused with line and reason, never a panic.

use proptest::prelude::*;
use speca::tally::ballot_file::{BallotFile, BallotFileError, fingerprint, read_ballots};
use speca::tally::files::{VoteFile, read, write_csv, write_pabulib, write_preflib};
use speca::tally::{Ballot, BallotOption, Profile};

pub const PREFLIB: &str = "\
# FILE NAME: 1.toi
# TITLE: Three of three
# DATA TYPE: toi
# NUMBER ALTERNATIVES: 3
# NUMBER VOTERS: 9
# ALTERNATIVE NAME 1: One
# ALTERNATIVE NAME 2: Two, or so
# ALTERNATIVE NAME 3: Three
5: 1,{2,3}
3: 2
1: {}
";

pub const PABULIB: &str = "\
META
key;value
description;Small
budget;100
vote_type;approval
PROJECTS
project_id;cost;name
p1;60;\"Park; large\"
p2;40.5;Bench
p3;0;Name
VOTES
voter_id;age;vote
v1;33;p1,p2
v2;;p1,p2
v3;20;p2
v4;20;
";

fn ballots(text: &str) -> BallotFile {
    match read(text.as_bytes()).unwrap() {
        VoteFile::Ballots(file) => file,
        VoteFile::Budget(_) => panic!("ballots expected"),
    }
}

fn refusal(text: &str) -> BallotFileError {
    read(text.as_bytes()).expect_err(text)
}

fn priorities(file: &BallotFile) -> Vec<(u64, Vec<Option<u32>>)> {
    file.profile.ballots().iter().map(|ballot| (ballot.weight, ballot.priorities.clone())).collect()
}

#[test]
fn preflib_is_read_with_ties_gaps_and_blank_ballots() {
    let file = ballots(PREFLIB);
    assert_eq!(file.ballot.as_deref(), Some("Three of three"));
    assert_eq!(file.profile.options()[1].name, "Two, or so");
    let expected = [(5, vec![Some(1), Some(2), Some(2)]), (3, vec![None, Some(1), None]), (1, vec![None; 3])];
    assert_eq!(priorities(&file), expected);
    let cat = "# DATA TYPE: cat\n# NUMBER ALTERNATIVES: 3\n# NUMBER CATEGORIES: 4\n2: {},{1,3},2,{}\n";
    let file = ballots(cat);
    assert_eq!(priorities(&file), [(2, vec![Some(2), Some(3), Some(2)])]);
    assert_eq!(file.profile.levels(), 4);
}

#[test]
fn pabulib_is_read_and_voters_who_vote_alike_are_kept_together() {
    let VoteFile::Budget(instance) = read(PABULIB.as_bytes()).unwrap() else { panic!("projects expected") };
    assert_eq!((instance.voters, instance.groups.len(), instance.projects.len()), (4, 3, 3));
    assert_eq!(instance.projects[0].name, "Park; large");
    assert_eq!(instance.projects[1].cost.to_string(), "81/2");
    let points = PABULIB
        .replace("approval", "cumulative")
        .replace(";vote\n", ";vote;points\n")
        .replace("p1,p2\n", "p1,p2;1,3\n")
        .replace("20;p2", "20;p2;0")
        .replace("20;\n", "20;;\n");
    let VoteFile::Budget(instance) = read(points.as_bytes()).unwrap() else { panic!("projects expected") };
    let choices: Vec<_> = instance.groups.iter().map(|group| (group.voters, group.choices.clone())).collect();
    assert_eq!(choices, [(2, vec![]), (2, vec![(0, 2), (1, 1)])]);
}

#[test]
fn malformed_files_are_refused_with_their_line() {
    for (from, to, line) in [
        ("toi\n# NUMBER A", "tox\n# NUMBER A", 3),
        ("ALTERNATIVES: 3", "ALTERNATIVES: three", 4),
        ("ALTERNATIVES: 3", "ALTERNATIVES: 2", 4),
        ("ALTERNATIVES: 3", "ALTERNATIVES: 99999999999", 4),
        ("VOTERS: 9", "VOTERS: 10", 5),
        ("NAME 3", "NAME 2", 8),
        ("5: 1,{2,3}", "5: 1,{2,4}", 9),
        ("5: 1,{2,3}", "5: 1,{2,3", 9),
        ("5: 1,{2,3}", "5: 1,{2,1}", 9),
        ("5: 1,{2,3}", "5: 1,,2", 9),
        ("5: 1,{2,3}", "5: 1,", 9),
        ("5: 1,{2,3}", "5; 1", 9),
        ("5: 1,{2,3}", "0: 1", 9),
        ("toi", "soi", 9),
        ("3: 2", "3: b", 10),
    ] {
        let error = refusal(&PREFLIB.replacen(from, to, 2));
        assert_eq!(error.line, line, "{to}: {error}");
    }
    for (from, to, line) in [
        ("budget;100", "budget;x", 4),
        ("approval", "guess", 5),
        ("cost;name", "price;name", 7),
        ("60;", "-60;", 8),
        ("p2;40.5", "p1;40.5", 9),
        ("p1,p2", "p1,p9", 13),
        ("p1,p2", "p1,p1", 13),
        ("PROJECTS\n", "PROJECT\n", 16),
    ] {
        let error = refusal(&PABULIB.replacen(from, to, 1));
        assert_eq!(error.line, line, "{to}: {error}");
    }
}

fn profiles() -> impl Strategy<Value = Profile> {
    let ballot = |options| (1_u64..4, prop::collection::vec(prop::option::weighted(0.7, 1_u32..=3), options));
    (1_usize..=4).prop_flat_map(move |size| prop::collection::vec(ballot(size), 1..6)).prop_map(|ballots| {
        let size = ballots[0].1.len();
        let options = (1..=size).map(|id| BallotOption::plain(&id.to_string(), "Name; \"of\" it")).collect();
        let ballots = ballots.into_iter().enumerate();
        let ballots = ballots.map(|(n, (weight, priorities))| Ballot { label: format!("{n:08}"), weight, priorities });
        Profile::new(options, ballots.collect(), Some(3)).unwrap()
    })
}

/// Returns the tiers of each ballot, as often as it counts.
fn tiers(profile: &Profile) -> Vec<Vec<Vec<usize>>> {
    let ranked = |ballot: &Ballot| {
        ballot.tiers().into_iter().filter(|tier| ballot.priorities[tier[0]].is_some()).collect::<Vec<_>>()
    };
    let mut all: Vec<_> = profile.ballots().iter().flat_map(|b| (0..b.weight).map(|_| ranked(b))).collect();
    all.sort();
    all
}

proptest! {
    #[test]
    fn what_is_written_is_read_back(profile in profiles()) {
        prop_assert_eq!(tiers(&ballots(&write_preflib("A ballot", &profile)).profile), tiers(&profile));
        let text = write_pabulib("A ballot", &profile).unwrap();
        let VoteFile::Budget(instance) = read(text.as_bytes()).unwrap() else { panic!("projects expected") };
        prop_assert_eq!(tiers(&instance.profile().unwrap()), tiers(&profile));
        let (ballot, method, tie_rule, seed, abstentions) = (None, None, None, None, vec!["KAZ".to_owned()]);
        let fingerprint = fingerprint(&profile, &abstentions);
        let file = BallotFile { ballot, method, tie_rule, seed, profile, abstentions, fingerprint };
        prop_assert_eq!(read_ballots(write_csv(&file).unwrap().as_bytes()).unwrap(), file);
    }

    #[test]
    fn no_bytes_make_the_readers_panic(bytes in prop::collection::vec(any::<u8>(), 0..40), cut in 0_usize..500, drop in 0_usize..30) {
        for text in [PREFLIB, PABULIB] {
            let cut = cut % text.len();
            let mut damaged = text.as_bytes()[..cut].to_vec();
            damaged.extend(&bytes[..bytes.len().min(4)]);
            damaged.extend(&text.as_bytes()[(cut + drop).min(text.len())..]);
            let _ = read(&damaged);
        }
        let _ = read(&[b"#".as_slice(), &bytes].concat());
        let _ = read(&[b"META\n".as_slice(), &bytes].concat());
    }
}
