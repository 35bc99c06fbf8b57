//! PrefLib and Pabulib files: read as they are written, refused with line and reason, never a panic.

use proptest::prelude::*;
use speca::tally::ballot_file::{BallotFile, BallotFileError, fingerprint, read_ballots};
use speca::tally::files::{VoteFile, read, write_csv, write_pabulib, write_preflib, write_preflib_categories};
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
    assert_eq!((file.profile.options()[1].name.as_str(), file.profile.levels()), ("Two, or so", 2));
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

#[test]
fn what_does_not_fit_together_is_refused_where_it_stands() {
    let (names, blank) = ("# ALTERNATIVE NAME 1: a\n", "1: {}\n");
    for (text, line, found) in [
        ("# NUMBER ALTERNATIVES: 0\n1: {}\n".to_owned(), 1, "0"),
        (format!("#\n{blank}"), 2, "0"),
        (format!("# ALTERNATIVE NAME 0: a\n{blank}"), 1, "a"),
        (format!("# NUMBER ALTERNATIVES: 2\n# ALTERNATIVE NAME 2: b\n{blank}"), 1, "2"),
        (format!("{names}# DATA TYPE: soc\n{blank}"), 3, "an order that leaves out alternatives"),
        (format!("{names}# DATA TYPE: toc\n{blank}"), 3, "an order that leaves out alternatives"),
        (format!("{names}# ALTERNATIVE NAME 2: b\n1: {{}},2\n"), 3, "{}"),
        (format!("{names}1: 0\n"), 2, "0"),
        (format!("{names}1: {{1}}1\n"), 2, "1"),
        (format!("{names}# NUMBER VOTERS: 1\n{}: 1\n1: 1\n", u64::MAX), 2, "NUMBER VOTERS: 1"),
        ("META\nkey;value\nbudget;-1\nPROJECTS\nproject_id;cost\na;1\nVOTES\nvoter_id;vote\n".to_owned(), 3, "-1"),
        ("META\nkey;value\nbudget;1\nPROJECTS\nproject_id;cost\nVOTES\nvoter_id;vote\n".to_owned(), 7, "no project"),
        ("META\nkey;value\nbudget;1\nPROJECTS\n\nproject_id;cost\n".to_owned(), 6, "the end of the file"),
        ("META\nkey;values\n".to_owned(), 2, "key;values"),
        ("META\nkey;value\nPROJECTS\nproject_id;cost\na;1\nVOTES\nvoter_id;votes\n".to_owned(), 7, "voter_id;votes"),
    ] {
        let error = refusal(&text);
        assert_eq!((error.line, error.found.as_str()), (line, found), "{text}");
    }
    for (from, to, line, column) in [
        ("p2;40.5", ";40.5", 9, "project_id"),
        ("p2;40.5", "p,2;40.5", 9, "project_id"),
        ("p2;40.5", "p\u{7}2;40.5", 9, "project_id"),
        ("approval", "scoring", 13, "points"),
        ("approval", "cumulative", 13, "points"),
    ] {
        let error = refusal(&PABULIB.replacen(from, to, 1));
        assert_eq!((error.line, error.column.as_str()), (line, column), "{to}: {error}");
    }
}

#[test]
fn what_a_file_leaves_out_is_taken_as_usual() {
    let file = ballots("# TITLE:\n# A remark\n# ALTERNATIVE NAME 1: a\n2:\n");
    assert_eq!((file.ballot, file.profile.levels(), file.profile.weight()), (None, 5, 2));
    let blank = ballots("# DATA TYPE: cat\n# NUMBER ALTERNATIVES: 1\n# NUMBER CATEGORIES: 2\n1: {}\n");
    assert_eq!(blank.profile.levels(), 2);
    let longer = ballots("# NUMBER ALTERNATIVES: 7\n1: 1, 2 , {3},4,5,6,7\n");
    assert_eq!((longer.profile.levels(), longer.profile.options()[6].name.as_str()), (7, ""));
    let points = PABULIB.replace("approval", "scoring").replace(";vote\n", ";vote;points\n");
    let points = points.replace("p1,p2\n", "p1,p2;0.5,-1\n").replace(";p2\n", ";p2;0\n").replace("Small", "");
    let VoteFile::Budget(instance) = read(points.as_bytes()).unwrap() else { panic!("projects expected") };
    assert_eq!((instance.description, instance.budget.to_string()), (None, "100".to_owned()));
    let groups: Vec<_> = instance.groups.iter().map(|group| (group.choices.as_slice(), group.voters)).collect();
    assert_eq!(groups, [(&[][..], 2), (&[(0, 1)][..], 2)]);
}

#[test]
fn files_for_other_programs_are_written_as_those_expect_them() {
    let ballot = |label: &str, weight, priorities: [Option<u32>; 3]| Ballot {
        label: label.to_owned(),
        weight,
        priorities: priorities.to_vec(),
    };
    let options = [("a", "One; \"or\" so"), ("b,c", "Two\nlines"), ("d", "")];
    let options = options.map(|(id, name)| BallotOption::plain(id, name)).to_vec();
    let papers = vec![ballot("KAZ", 2, [Some(1), Some(3), Some(1)]), ballot("KGZ", 1, [None, Some(2), None])];
    let profile = Profile::new(options.clone(), papers, Some(3)).unwrap();
    let head = |kind: &str| {
        format!(
            "# TITLE: A ballot\n# DATA TYPE: {kind}\n# NUMBER ALTERNATIVES: 3\n# NUMBER VOTERS: 3\n\
             # ALTERNATIVE NAME 1: a One; \"or\" so\n# ALTERNATIVE NAME 2: b,c Two lines\n# ALTERNATIVE NAME 3: d \n"
        )
    };
    assert_eq!(write_preflib("A\u{7}ballot", &profile), head("toi") + "2: {1,3},2\n1: 2\n");
    let categories = "# NUMBER CATEGORIES: 3\n# CATEGORY NAME 1: Priority 1\n# CATEGORY NAME 2: Priority 2\n\
                      # CATEGORY NAME 3: Priority 3\n2: {1,3},{},2\n1: {},2,{}\n";
    assert_eq!(write_preflib_categories("A ballot", &profile), head("cat") + categories);
    assert_eq!(
        write_pabulib("A; \"ballot\"", &profile).unwrap(),
        "META\nkey;value\ndescription;\"A; \"\"ballot\"\"\"\nbudget;3\nvote_type;scoring\nnum_projects;3\nnum_votes;3\n\
         PROJECTS\nproject_id;cost;name\na;1;\"One; \"\"or\"\" so\"\nb c;1;Two lines\nd;1;\nVOTES\nvoter_id;vote;points\n\
         1;a,b c,d;3,1,3\n2;a,b c,d;3,1,3\n3;b c;2\n"
    );
    let complete = Profile::new(options.clone(), vec![ballot("KAZ", 1, [Some(1), Some(2), Some(3)])], Some(3)).unwrap();
    assert!(write_preflib("", &complete).contains("DATA TYPE: toc\n"));
    let of_weight = |weight| Profile::new(options.clone(), vec![ballot("KAZ", weight, [None; 3])], None).unwrap();
    assert!(write_pabulib("", &of_weight(1_000_000)).is_some_and(|text| text.ends_with("\n1000000;;\n")));
    assert_eq!(write_pabulib("", &of_weight(1_000_001)), None);
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
        let categories = ballots(&write_preflib_categories("A ballot", &profile)).profile;
        prop_assert_eq!((categories.ballots().len(), categories.levels()), (profile.ballots().len(), profile.levels()));
        for (read, written) in categories.ballots().iter().zip(profile.ballots()) {
            prop_assert_eq!((read.weight, &read.priorities), (written.weight, &written.priorities));
        }
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
