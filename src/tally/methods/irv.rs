//! Instant runoff (W. R. Ware, 1871; the single transferable vote of T. Hare for one seat): the last option is
//! eliminated and its papers go on, until one holds more than half of the continuing votes.
//!
//! Order: the winner, the others that were left by their votes in the last round, then those eliminated, the latest
//! first. Options eliminated together share their place. The score is the votes an option held when its way ended.

use num_bigint::BigInt;
use num_rational::BigRational;

use super::{Basis, Count, Counted, by_number};
use crate::tally::exact::whole;
use crate::tally::rounds::{Fate, Papers, eliminated, written};

/// Counts a profile round by round.
pub(super) fn count(count: &Count<'_>) -> Counted {
    let size = count.profile.options().len();
    let mut papers = Papers::of(count.profile);
    let total = whole(papers.weight());
    let mut fates: Vec<Option<Fate>> = vec![None; size];
    let (mut rounds, mut ties, mut below) = (Vec::new(), Vec::new(), Vec::new());
    let mut tiers = loop {
        let number = rounds.len() + 1;
        let continuing = papers.continuing();
        let votes = papers.votes();
        let needed = &votes.continuing / BigRational::from_integer(BigInt::from(2));
        let exhausted = &total - &votes.continuing;
        let mut round = written(count, number, &continuing, &votes, (&needed, &exhausted));
        let order = by_number(continuing.clone(), |option| &votes.held[option]);
        let best = order[0][0];
        if continuing.len() == 1 || votes.held[best] > needed {
            for option in &continuing {
                fates[*option] = Some(Fate::Remained { round: number, votes: votes.held[*option].clone() });
            }
            fates[best] = Some(Fate::Elected { round: number, votes: votes.held[best].clone(), needed });
            round.elected = vec![count.profile.id(best)];
            rounds.push(round);
            break order;
        }
        let last = eliminated(count, &continuing, &votes, (number, 0), &mut ties);
        if last.len() == continuing.len() {
            for option in &continuing {
                fates[*option] = Some(Fate::Remained { round: number, votes: votes.held[*option].clone() });
            }
            rounds.push(round);
            break vec![last];
        }
        for option in &last {
            papers.leave(*option);
            fates[*option] = Some(Fate::Eliminated { round: number, votes: votes.held[*option].clone() });
        }
        round.eliminated = last.iter().map(|option| count.profile.id(*option)).collect();
        rounds.push(round);
        below.push(last);
    };
    tiers.extend(below.into_iter().rev());
    let fates: Vec<Fate> = fates.into_iter().flatten().collect();
    let scores = fates.iter().map(|fate| fate.votes().clone()).collect();
    Counted { rounds, ties, ..Counted::plain(tiers, scores, Basis::Fates(fates)) }
}

#[cfg(test)]
mod tests {
    use crate::tally::profile::tests::profile;
    use crate::tally::{Method, Outcome, TieRule, count};

    fn order(outcome: &Outcome) -> Vec<Vec<&str>> {
        outcome.order.iter().map(|tier| tier.iter().map(crate::tally::OptionId::as_str).collect()).collect()
    }

    #[test]
    fn papers_go_on_in_equal_parts_and_exhausted_ones_do_not_count() {
        let ballots = [("1", 4, "1 - - -"), ("2", 3, "- 1 2 -"), ("3", 2, "- 2 2 1"), ("4", 1, "- - - -")];
        let outcome = count(&profile("a b c d", &ballots), Method::Irv, &TieRule::Refuse).unwrap();
        // c goes with nothing, then d: its two papers can only go to b, which has 5 of 9.
        assert_eq!(order(&outcome), [vec!["b"], vec!["a"], vec!["d"], vec!["c"]]);
        let counts: Vec<String> =
            outcome.rounds.iter().map(|round| round.counts[&outcome.order[0][0]].clone()).collect();
        assert_eq!(counts, ["3", "3", "5"]);
    }

    #[test]
    fn tied_last_options_go_together_or_as_the_rule_has_it() {
        let ballots = [("1", 3, "1 - -"), ("2", 2, "- 1 2"), ("3", 2, "- 2 1")];
        let tied = profile("a b c", &ballots);
        let refused = count(&tied, Method::Irv, &TieRule::Refuse).unwrap();
        assert_eq!(order(&refused), [vec!["a"], vec!["b", "c"]]);
        assert_eq!((refused.ties.len(), refused.ties[0].place), (1, 2));
        let fallen = count(&tied, Method::Irv, &TieRule::Reference).unwrap();
        assert_eq!(order(&fallen), [vec!["c"], vec!["a"], vec!["b"]]);
        let level = profile("a b", &[("1", 1, "1 2"), ("2", 1, "2 1")]);
        let refused = count(&level, Method::Irv, &TieRule::Refuse).unwrap();
        assert_eq!((order(&refused), refused.ties.len()), (vec![vec!["a", "b"]], 1));
    }
}
