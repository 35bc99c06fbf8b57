//! What holds for every registered method on any profile; criteria for all but those of which a case records a violation.

use std::collections::BTreeSet;

use proptest::prelude::*;
use speca::tally::ballot_file::read_ballots;
use speca::tally::{
    Ballot, BallotOption, CountOptions, Method, OptionId, Outcome, Profile, Reason, TieRecord, TieRule, Tiers, count,
    count_with,
};

use crate::violations::{keeping, keeps};
use crate::{cases, naive, naive_steps};

/// Options and ballots before they become a profile.
#[derive(Debug, Clone)]
pub struct Parts {
    options: Vec<BallotOption>,
    ballots: Vec<Ballot>,
}

impl Parts {
    pub fn profile(&self) -> Profile {
        Profile::new(self.options.clone(), self.ballots.clone(), Some(5)).unwrap()
    }
}

pub fn parts() -> impl Strategy<Value = Parts> {
    let ballot = |options| (1_u64..4, prop::collection::vec(prop::option::weighted(0.8, 1_u32..=5), options));
    (1_usize..=5, 0_usize..=7)
        .prop_flat_map(move |(options, ballots)| {
            let scores = prop::collection::vec(prop::option::of(0_i32..3), options);
            (scores, prop::collection::vec(ballot(options), ballots))
        })
        .prop_map(|(scores, ballots)| Parts {
            options: scores
                .into_iter()
                .enumerate()
                .map(|(n, score)| {
                    let id = format!("PA-KAZ-2020-{:03}", n % 3 * 10 + n);
                    let review_score = score.map(|score| num_rational::BigRational::from_integer(score.into()));
                    BallotOption { review_score, ..BallotOption::plain(&id, &format!("Action, {n}")) }
                })
                .collect(),
            ballots: ballots
                .into_iter()
                .enumerate()
                .map(|(n, (weight, priorities))| Ballot { label: format!("D{n}"), weight, priorities })
                .collect(),
        })
}

pub fn rules() -> [TieRule; 4] {
    [TieRule::Refuse, TieRule::ReviewScore, TieRule::Reference, TieRule::Lot { seed: "seed".into() }]
}

fn outcomes(profile: &Profile) -> Vec<Outcome> {
    let counts = Method::ALL.iter().flat_map(|method| rules().map(|rule| (*method, rule)));
    counts.map(|(method, rule)| count(profile, method, &rule).unwrap()).collect()
}

/// Turns options and ballots round and by a step.
fn shuffled(parts: &Parts, step: usize) -> Parts {
    let turn = |n: usize| step % n.max(1);
    let mut other = parts.clone();
    other.ballots.reverse();
    other.ballots.rotate_left(turn(parts.ballots.len()));
    other.options.reverse();
    other.options.rotate_left(turn(parts.options.len()));
    for ballot in &mut other.ballots {
        ballot.priorities.reverse();
        ballot.priorities.rotate_left(turn(parts.options.len()));
    }
    other
}

fn ids(profile: &Profile, tiers: &[Vec<usize>]) -> Tiers {
    let id = |position: &usize| profile.options()[*position].id.clone();
    tiers.iter().map(|tier| tier.iter().map(id).collect()).collect()
}

proptest! {
    #[test]
    fn order_of_ballots_and_options_does_not_matter(parts in parts(), step in 0_usize..7) {
        prop_assert_eq!(outcomes(&parts.profile()), outcomes(&shuffled(&parts, step).profile()));
    }

    #[test]
    fn the_same_input_gives_the_same_output_and_survives_storage(parts in parts()) {
        let first = outcomes(&parts.profile());
        let text = serde_json::to_string(&first).unwrap();
        prop_assert_eq!(&serde_json::from_str::<Vec<Outcome>>(&text).unwrap(), &outcomes(&parts.profile()));
    }

    #[test]
    fn scaling_the_profile_changes_no_order(parts in parts(), factor in 1_u64..1_000_000_000) {
        let mut scaled = parts.clone();
        scaled.ballots.iter_mut().for_each(|ballot| ballot.weight *= factor);
        for (one, other) in outcomes(&parts.profile()).iter().zip(outcomes(&scaled.profile())) {
            if !keeps(one.method, "homogeneity") {
                continue;
            }
            prop_assert_eq!((&one.ranking, &one.order, &one.smith_set), (&other.ranking, &other.order, &other.smith_set));
        }
    }

    #[test]
    fn the_unanimous_first_wins(parts in parts(), first in 0_usize..5) {
        let mut parts = parts;
        let first = first % parts.options.len();
        for ballot in &mut parts.ballots {
            for (option, priority) in ballot.priorities.iter_mut().enumerate() {
                *priority = if option == first { Some(1) } else { priority.map(|priority| priority.max(2)) };
            }
        }
        prop_assume!(!parts.ballots.is_empty());
        let id = parts.options[first].id.clone();
        for outcome in outcomes(&parts.profile()) {
            prop_assert!(outcome.ranking[0].contains(&id));
            prop_assert!(!keeps(outcome.method, "unanimity") || outcome.ranking[0].len() == 1, "{}", outcome.method);
        }
    }

    #[test]
    fn a_second_naive_count_agrees(parts in parts()) {
        let profile = parts.profile();
        for method in Method::ALL {
            let outcome = count(&profile, *method, &TieRule::Refuse).unwrap();
            if let Some(tiers) = naive::tiers(&profile, *method) {
                prop_assert_eq!(&outcome.ranking, &ids(&profile, &tiers), "{}", method);
            }
            if let Some(scores) = naive::scores(&profile, *method) {
                let named = scores.iter().zip(profile.options());
                let named = named.map(|(score, option)| (option.id.clone(), score.to_string()));
                prop_assert_eq!(&outcome.scores, &named.collect(), "{}", method);
            }
            let smith: BTreeSet<usize> = naive::smith_set(&profile);
            let smith: Vec<usize> = smith.into_iter().collect();
            prop_assert_eq!(&outcome.smith_set, &ids(&profile, &[smith])[0]);
            prop_assert_eq!(&outcome.pairwise.rows, &naive::numbers(&profile));
        }
    }

    #[test]
    fn no_option_is_lost_and_every_tie_is_reported(parts in parts()) {
        let profile = parts.profile();
        let all: Vec<OptionId> = profile.options().iter().map(|option| option.id.clone()).collect();
        for outcome in outcomes(&profile) {
            for tiers in [&outcome.ranking, &outcome.order] {
                let mut found: Vec<OptionId> = tiers.iter().flatten().cloned().collect();
                found.sort();
                prop_assert_eq!(&found, &all);
            }
            for tier in outcome.ranking.iter().filter(|tier| tier.len() > 1) {
                let is_told = |tie: &TieRecord| tie.between == *tier || tie.fell.contains(tier);
                prop_assert!(outcome.ties.iter().any(is_told), "{:?} in {:?}", tier, outcome);
            }
            for tie in &outcome.ties {
                prop_assert!(tie.between.len() > 1 && (tie.step.is_some() || outcome.ranking.contains(&tie.between)));
            }
            let decides = matches!(outcome.tie_rule, TieRule::Lot { .. } | TieRule::Reference);
            prop_assert!(!decides || outcome.order.iter().all(|tier| tier.len() == 1));
            prop_assert!(outcome.tie_rule != TieRule::Refuse || outcome.order == outcome.ranking);
        }
    }

    #[test]
    fn every_place_has_a_reason_and_reasons_say_what_the_order_says(parts in parts()) {
        for outcome in outcomes(&parts.profile()) {
            for (place, tier) in outcome.places() {
                let is_named = |reason: &Reason| tier.iter().any(|id| reason.names(id));
                let is_alone = outcome.scores.len() == 1;
                prop_assert!(is_alone || outcome.reasons.iter().any(is_named), "place {} of {:?}", place, outcome);
            }
            for reason in &outcome.reasons {
                let Some((above, below)) = reason.pair() else { continue };
                prop_assert!(outcome.place_of(above) < outcome.place_of(below), "{:?}", reason);
                prop_assert_eq!(outcome.place_of(above), Some(reason.place()));
            }
        }
    }

    #[test]
    fn seats_are_filled_as_a_second_naive_count_fills_them(parts in parts(), seats in 1_usize..4) {
        let profile = parts.profile();
        let outcome = count_with(&profile, Method::Stv, &TieRule::Refuse, &CountOptions { seats }).unwrap();
        let (tiers, elected) = naive_steps::transferable(&profile, seats);
        prop_assert_eq!(&outcome.ranking, &ids(&profile, &tiers));
        let mut winners = outcome.winners().to_vec();
        winners.sort();
        prop_assert_eq!(winners, ids(&profile, &[elected.into_iter().collect()])[0].clone());
    }

    #[test]
    fn methods_keep_to_condorcet_and_smith_where_they_are_known_to(parts in parts()) {
        for outcome in outcomes(&parts.profile()) {
            let (is_condorcet, is_smith) = (keeps(outcome.method, "condorcet-winner"), keeps(outcome.method, "smith"));
            prop_assert!(!is_smith || outcome.ranking[0].iter().all(|id| outcome.smith_set.contains(id)));
            if let Some(winner) = outcome.condorcet_winner.as_ref().filter(|_| is_condorcet) {
                prop_assert_eq!(&outcome.ranking[0], &vec![winner.clone()]);
                prop_assert_eq!(&outcome.smith_set, &vec![winner.clone()]);
            }
        }
    }

    #[test]
    fn raising_the_winner_does_not_dethrone_it_where_that_is_known(parts in parts(), paper in 0_usize..7) {
        prop_assume!(!parts.ballots.is_empty());
        let paper = paper % parts.ballots.len();
        for method in keeping("monotonicity") {
            let before = count(&parts.profile(), method, &TieRule::Refuse).unwrap();
            // Where wins of equal strength tie, what is locked may change with any paper.
            let [winner] = before.ranking[0].as_slice() else { continue };
            if before.ties.iter().any(|tie| tie.step.is_some()) {
                continue;
            }
            let mut raised = parts.clone();
            let option = parts.options.iter().position(|option| option.id == *winner).unwrap();
            raised.ballots[paper].priorities[option] = Some(1);
            let after = count(&raised.profile(), method, &TieRule::Refuse).unwrap();
            if after.ties.iter().any(|tie| tie.step.is_some()) {
                continue;
            }
            // Under plurality it may come to share a first place that others held: it loses nothing by it.
            prop_assert_eq!(&after.ranking[0], &before.ranking[0], "{}", method);
        }
    }

    #[test]
    fn a_profile_written_as_a_ballot_file_is_read_back(parts in parts()) {
        prop_assume!(!parts.ballots.is_empty());
        let mut writer = csv::Writer::from_writer(Vec::new());
        let columns = ["priority", "option_title", "option", "weight", "kind", "delegation", "levels", "review_score"];
        writer.write_record(columns).unwrap();
        for ballot in &parts.ballots {
            for (option, priority) in parts.options.iter().zip(&ballot.priorities) {
                let priority = priority.map(|priority| priority.to_string()).unwrap_or_default();
                let score = option.review_score.as_ref().map(ToString::to_string).unwrap_or_default();
                let (id, weight) = (option.id.as_str(), ballot.weight.to_string());
                writer
                    .write_record([&priority, &option.name, id, &weight, "ranked", &ballot.label, "5", &score])
                    .unwrap();
            }
        }
        let file = read_ballots(&writer.into_inner().unwrap()).unwrap();
        prop_assert_eq!(file.profile, parts.profile());
    }

    #[test]
    fn no_bytes_make_the_reader_panic(bytes in prop::collection::vec(any::<u8>(), 0..200), cut in 0_usize..400) {
        let _ = read_ballots(&bytes);
        let file = b"ballot,levels,delegation,kind,option,priority,weight,review_score\nB,5,KAZ,ranked,a,1,2,7/2\nB,,KGZ,abstain,,,,\n";
        let cut = cut % file.len();
        let mut damaged = file[..cut].to_vec();
        damaged.extend(&bytes[..bytes.len().min(3)]);
        damaged.extend(&file[cut..]);
        if let Ok(read) = read_ballots(&damaged) {
            outcomes(&read.profile);
        }
    }
}

#[test]
fn every_method_of_the_documents_is_counted_a_second_time() {
    let profile = Profile::new(vec![BallotOption::plain("a", "")], Vec::new(), None).unwrap();
    for method in cases::table().keys() {
        assert!(
            naive::tiers(&profile, *method).is_some(),
            "{method} has a row in docs/counting.md and no second count"
        );
    }
}
