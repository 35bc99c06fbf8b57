//! Copeland (A. H. Copeland, 1951; in words already R. Llull, 1299): direct comparisons won less those lost.

use num_bigint::BigInt;
use num_rational::BigRational;

use crate::tally::pairwise::Pairwise;

/// Returns how many comparisons each option wins and loses.
pub(super) fn balances(pairwise: &Pairwise) -> Vec<(usize, usize)> {
    let all = 0..pairwise.size();
    let wins = |a: usize| all.clone().filter(|b| pairwise.beats(a, *b)).count();
    let losses = |a: usize| all.clone().filter(|b| pairwise.beats(*b, a)).count();
    all.clone().map(|a| (wins(a), losses(a))).collect()
}

/// Returns wins less losses of each option.
pub(super) fn scores(balances: &[(usize, usize)]) -> Vec<BigRational> {
    let score =
        |(wins, losses): &(usize, usize)| BigRational::from_integer(BigInt::from(*wins) - BigInt::from(*losses));
    balances.iter().map(score).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tally::profile::tests::profile;

    #[test]
    fn a_tie_is_neither_won_nor_lost() {
        let pairwise = Pairwise::of(&profile("a b c", &[("KAZ", 1, "1 1 2"), ("KGZ", 1, "1 2 3")]));
        assert_eq!(balances(&pairwise), [(2, 0), (1, 1), (0, 2)]);
        let level = Pairwise::of(&profile("a b c", &[("KAZ", 1, "1 1 2")]));
        assert_eq!(scores(&balances(&level)).iter().map(ToString::to_string).collect::<Vec<_>>(), ["1", "1", "-2"]);
    }
}
