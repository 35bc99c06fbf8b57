//! Criteria on drawn profiles: what `violations.rs` would call a violation never is one, for every method of which no case
//! records that it violates the criterion. (That order of entry does not matter holds for all. What comes of scale, of a
//! unanimous first and of raising a winner is in `properties.rs`, and Smith and Condorcet for shared first places.)

use proptest::prelude::*;
use speca::tally::{Ballot, BallotOption, Method, Profile, TieRule, count};

use crate::violations;

/// Priorities of each paper, with its weight.
type Papers = Vec<(u64, Vec<Option<u32>>)>;

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

/// Checks that no method violates a criterion but those of which a case records it.
fn check(criterion: &str, before: &Profile, after: &Profile) -> Result<(), TestCaseError> {
    for method in violations::keeping(criterion) {
        let is_violated = violations::of_two(criterion, method, before, after);
        prop_assert!(!is_violated || is_tied(before, method) || is_tied(after, method), "{} violates it", method);
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn criteria_of_one_profile_hold(papers in papers()) {
        let profile = profile(&papers);
        for criterion in violations::OF_ONE {
            for method in violations::keeping(criterion) {
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
        check("participation", &before, &after)?;
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
        check("later-no-harm", &before, &after)?;
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
        check("clones", &before, &after)?;
    }
}
