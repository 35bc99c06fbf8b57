//! Minimax (P. B. Simpson, 1969; G. H. Kramer, 1977): the option whose worst defeat is smallest is first.
//!
//! A defeat is as strong as its margin or as the votes of the winning side; a comparison that ends level is no defeat.
//! The score is the strength of the worst defeat with a minus, so that more is better as everywhere; 0 is undefeated.

use num_bigint::BigInt;
use num_rational::BigRational;

use crate::tally::pairwise::{Pairwise, Strength};

/// Returns the strength of the worst defeat of each option.
pub(super) fn worst_defeats(pairwise: &Pairwise, strength: Strength) -> Vec<u64> {
    let all = 0..pairwise.size();
    all.clone().map(|a| all.clone().map(|b| pairwise.link(b, a, strength)).max().unwrap_or(0)).collect()
}

/// Returns the score of each option.
pub(super) fn scores(worst_defeats: &[u64]) -> Vec<BigRational> {
    worst_defeats.iter().map(|defeat| BigRational::from_integer(-BigInt::from(*defeat))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tally::profile::tests::profile;

    #[test]
    fn margins_and_winning_votes_may_differ() {
        // a beats b 5 to 3, b and c are level, c beats a 6 to 2.
        let ballots = [("1", 2, "1 2 2"), ("2", 3, "2 - 1"), ("3", 3, "3 1 2"), ("4", 1, "2 2 2")];
        let pairwise = Pairwise::of(&profile("a b c", &ballots));
        let numbers = |a: usize, b: usize| (pairwise.above(a, b), pairwise.above(b, a));
        assert_eq!((numbers(0, 1), numbers(1, 2), numbers(2, 0)), ((5, 3), (3, 3), (6, 2)));
        assert_eq!(worst_defeats(&pairwise, Strength::Margins), [4, 2, 0]);
        assert_eq!(worst_defeats(&pairwise, Strength::WinningVotes), [6, 5, 0]);
        assert_eq!(scores(&[4, 0]).iter().map(ToString::to_string).collect::<Vec<_>>(), ["-4", "0"]);
    }
}
