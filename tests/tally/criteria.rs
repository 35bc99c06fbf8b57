//! Criteria that methods are known to satisfy, on drawn profiles: what `violations.rs` would call a violation never is one.
//! (That order of entry and scale do not matter, that raising a winner does no harm, and Smith and Condorcet are in
//! `properties.rs`.)

use proptest::prelude::*;
use speca::kernel::code::Code;
use speca::tally::{Ballot, BallotOption, Method, Profile, TieRule, count};

use crate::violations;

const CONDORCET: &str =
    "copeland schulze-margins schulze-winning-votes ranked-pairs-margins ranked-pairs-winning-votes";

/// Priorities of each paper, with its weight.
type Papers = Vec<(u64, Vec<Option<u32>>)>;

fn methods(codes: &str) -> Vec<Method> {
    codes.split(' ').map(|code| Method::from_code(code).unwrap()).collect()
}

fn profile(papers: &Papers) -> Profile {
    let size = papers.first().map_or(2, |(_, levels)| levels.len());
    let options = (0..size).map(|option| BallotOption::plain(&format!("o{option}"), "")).collect();
    let ballots = papers.iter().enumerate().map(|(number, (weight, priorities))| Ballot {
        label: format!("{number:03}"),
        weight: *weight,
        priorities: priorities.clone(),
    });
    Profile::new(options, ballots.collect(), Some(12)).unwrap()
}

/// Draws papers of the same two to four options; with some options left out, or none.
fn papers() -> impl Strategy<Value = Papers> {
    (2_usize..=4, prop::bool::ANY).prop_flat_map(|(size, is_complete)| {
        let ranked = if is_complete { 0.999 } else { 0.75 };
        let paper = (1_u64..6, prop::collection::vec(prop::option::weighted(ranked, 1_u32..=5), size));
        prop::collection::vec(paper, 1..7)
    })
}

/// Returns whether a step met a tie: what falls by no rule keeps to no criterion.
fn is_tied(profile: &Profile, method: Method) -> bool {
    count(profile, method, &TieRule::Refuse).unwrap().ties.iter().any(|tie| tie.step.is_some())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn criteria_of_one_profile_hold(papers in papers()) {
        let profile = profile(&papers);
        for (criterion, codes) in [
            ("reversal-symmetry", format!("score borda {CONDORCET}")),
            ("condorcet-loser", format!("borda irv stv star {CONDORCET}")),
            ("majority", format!("plurality minimax-margins minimax-winning-votes irv stv {CONDORCET}")),
            ("condorcet-winner", format!("minimax-margins minimax-winning-votes {CONDORCET}")),
            ("smith", CONDORCET.to_owned()),
        ] {
            for method in methods(&codes) {
                let is_violated = violations::of_one(criterion, method, &profile);
                prop_assert!(!is_violated || is_tied(&profile, method), "{} violates {}", method, criterion);
            }
        }
    }

    #[test]
    fn who_takes_part_does_no_harm_to_the_preferred(papers in papers(), more in papers()) {
        let size = papers[0].1.len();
        let mut grown = papers.clone();
        grown.extend(more.into_iter().filter(|(_, levels)| levels.len() == size).take(2));
        let (before, after) = (profile(&papers), profile(&grown));
        for method in methods("plurality approval score borda") {
            prop_assert!(!violations::of_two("participation", method, &before, &after), "{}", method);
        }
    }

    #[test]
    fn ranking_more_options_does_no_harm_to_the_ranked(papers in papers(), paper in 0_usize..7, added in 0_usize..4) {
        let mut longer = papers.clone();
        let (_, levels) = &mut longer[paper % papers.len()];
        let last = levels.iter().flatten().max().copied().unwrap_or(0);
        let unranked: Vec<usize> = (0..levels.len()).filter(|option| levels[*option].is_none()).collect();
        for (number, option) in (1..).zip(unranked.into_iter().take(added)) {
            levels[option] = Some(last + number);
        }
        let (before, after) = (profile(&papers), profile(&longer));
        for method in methods("plurality irv stv") {
            let is_violated = violations::of_two("later-no-harm", method, &before, &after);
            prop_assert!(!is_violated || is_tied(&before, method) || is_tied(&after, method), "{}", method);
        }
    }

    #[test]
    fn clones_change_nothing_for_others(papers in papers(), original in 0_usize..4, sides in prop::collection::vec(0_u32..3, 7)) {
        let original = original % papers[0].1.len();
        let mut doubled = papers.clone();
        for ((_, levels), side) in doubled.iter_mut().zip(&sides) {
            for level in levels.iter_mut() {
                *level = level.map(|level| 2 * level);
            }
            levels.push(levels[original].map(|level| level + side - 1));
        }
        let (before, after) = (profile(&papers), profile(&doubled));
        for method in methods("irv schulze-margins schulze-winning-votes ranked-pairs-margins ranked-pairs-winning-votes") {
            let is_violated = violations::of_two("clones", method, &before, &after);
            prop_assert!(!is_violated || is_tied(&before, method) || is_tied(&after, method), "{}", method);
        }
    }
}
