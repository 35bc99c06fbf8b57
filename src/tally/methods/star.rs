//! STAR (Equal Vote Coalition, 2014: score then automatic runoff): of the two options with the highest sums of
//! priorities the one that more ballots prefer is first, the other second; the rest follow by their sums.
//!
//! The tie rule is asked where sums are equal at the cut and where the runoff ends level. What it leaves tied at the
//! cut is reported, and the first place is shared by all options that would win one of the possible runoffs.

use num_rational::BigRational;

use super::score;
use super::{Basis, Count, Counted, StepTie, by_number};
use crate::tally::outcome::Round;
use crate::tally::tie_rules::TieStepKind;

/// Who comes into the runoff.
struct Finalists {
    /// Those that surely do.
    sure: Vec<usize>,
    /// Those tied for the places left.
    tied: Vec<usize>,
}

/// Counts a profile.
pub(super) fn count(count: &Count<'_>) -> Counted {
    let scores = score::scores(count.profile);
    let size = scores.len();
    let mut ties = Vec::new();
    let finalists = finalists(count, &scores, &mut ties);
    let possible: Vec<usize> = finalists.sure.iter().chain(&finalists.tied).copied().collect();
    let first = first(count, &finalists, &mut ties);
    let rest: Vec<usize> = (0..size).filter(|option| !first.concat().contains(option)).collect();
    let mut tiers = first;
    tiers.extend(by_number(rest, |option| &scores[option]));
    let named = |options: &[usize]| options.iter().map(|option| count.profile.id(*option)).collect();
    let all = scores.iter().enumerate().map(|(option, score)| (count.profile.id(option), score.to_string())).collect();
    let mut rounds = vec![Round { number: 1, counts: all, elected: named(&possible), ..Round::default() }];
    if let ([a, b], []) = (finalists.sure.as_slice(), finalists.tied.as_slice()) {
        let counts = [(a, b), (b, a)].map(|(a, b)| (count.profile.id(*a), count.pairwise.above(*a, *b).to_string()));
        let exhausted = count.pairwise.indifferent(*a, *b).to_string();
        let elected = named(&tiers[0]);
        rounds.push(Round { number: 2, counts: counts.into(), exhausted, elected, ..Round::default() });
    }
    Counted { rounds, ties, ..Counted::plain(tiers, scores, Basis::Runoff(possible)) }
}

fn finalists(count: &Count<'_>, scores: &[BigRational], ties: &mut Vec<StepTie>) -> Finalists {
    let mut sure = Vec::new();
    for tier in by_number((0..scores.len()).collect(), |option| &scores[option]) {
        let free = 2 - sure.len();
        if tier.len() <= free {
            sure.extend(tier);
        } else {
            let fell = count.settle(&tier);
            let place = sure.len() + 1;
            ties.push(StepTie { kind: TieStepKind::Finalist, round: 1, place, between: tier, fell: fell.clone() });
            for tied in fell {
                if tied.len() <= 2 - sure.len() {
                    sure.extend(tied);
                } else {
                    let tied = if sure.len() == 2 { Vec::new() } else { tied };
                    return Finalists { sure, tied };
                }
            }
        }
        if sure.len() == 2 {
            break;
        }
    }
    Finalists { sure, tied: Vec::new() }
}

/// Returns the first tiers: winner and other finalist, or all who would win one of the possible runoffs.
fn first(count: &Count<'_>, finalists: &Finalists, ties: &mut Vec<StepTie>) -> Vec<Vec<usize>> {
    let beats = |a: usize, b: usize| count.pairwise.beats(a, b);
    match (finalists.sure.as_slice(), finalists.tied.as_slice()) {
        ([a, b], _) if beats(*a, *b) => vec![vec![*a], vec![*b]],
        ([a, b], _) if beats(*b, *a) => vec![vec![*b], vec![*a]],
        ([a, b], _) => {
            let between = vec![(*a).min(*b), (*a).max(*b)];
            let fell = count.settle(&between);
            ties.push(StepTie { kind: TieStepKind::Runoff, round: 2, place: 1, between, fell: fell.clone() });
            fell
        }
        (sure, []) => vec![sure.to_vec()],
        (sure, tied) => {
            let may_win = |a: &usize, others: &[usize]| others.iter().any(|b| a != b && !beats(*b, *a));
            let from_sure = sure.iter().filter(|a| may_win(a, tied));
            let from_tied = tied.iter().filter(|a| may_win(a, if sure.is_empty() { tied } else { sure }));
            let mut winners: Vec<usize> = from_sure.chain(from_tied).copied().collect();
            winners.sort_unstable();
            vec![winners]
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::tally::profile::tests::profile;
    use crate::tally::{Method, Outcome, TieRule, count};

    fn order(outcome: &Outcome) -> Vec<Vec<&str>> {
        outcome.order.iter().map(|tier| tier.iter().map(crate::tally::OptionId::as_str).collect()).collect()
    }

    #[test]
    fn the_runoff_may_turn_the_two_with_most_points_round() {
        let ballots = [("1", 2, "1 2 5"), ("2", 3, "5 3 2")];
        let outcome = count(&profile("a b c", &ballots), Method::Star, &TieRule::Refuse).unwrap();
        // Points: a 13, b 17, c 14. Three of five prefer c to b.
        assert_eq!(order(&outcome), [["c"], ["b"], ["a"]]);
        assert_eq!(outcome.rounds.len(), 2);
    }

    #[test]
    fn ties_at_the_cut_and_in_the_runoff_are_reported() {
        let level = profile("a b c", &[("1", 1, "1 2 -"), ("2", 1, "2 1 -")]);
        let refused = count(&level, Method::Star, &TieRule::Refuse).unwrap();
        assert_eq!((order(&refused), refused.ties.len()), (vec![vec!["a", "b"], vec!["c"]], 1));
        assert_eq!(order(&count(&level, Method::Star, &TieRule::Reference).unwrap()), [["b"], ["a"], ["c"]]);
        // Points: a 9, b and c 8. Both would win the runoff against a.
        let cut = profile("a b c", &[("1", 1, "1 4 4"), ("2", 2, "4 3 3")]);
        let refused = count(&cut, Method::Star, &TieRule::Refuse).unwrap();
        assert_eq!((order(&refused), refused.ties.len()), (vec![vec!["b", "c"], vec!["a"]], 1));
        assert_eq!(order(&count(&cut, Method::Star, &TieRule::Reference).unwrap()), [["c"], ["a"], ["b"]]);
    }
}
