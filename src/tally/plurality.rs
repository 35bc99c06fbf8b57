//! Plurality: a ballot counts for the options that it puts first, in equal parts; the option with most is first.
//!
//! A ballot that ranks nothing gives nothing. (The oldest rule of all; with ties shared as in M. Schulze's and most
//! programs' reading of weak orders.)

use std::collections::BTreeMap;

use num_bigint::BigInt;
use num_rational::BigRational;

use super::exact::whole;
use super::profile::Profile;

/// Returns the weight that each option holds.
pub(super) fn scores(profile: &Profile) -> Vec<BigRational> {
    let mut held = vec![Shares::default(); profile.options().len()];
    for ballot in profile.ballots() {
        let Some(best) = ballot.priorities.iter().flatten().min() else { continue };
        let is_first = |priority: &Option<u32>| *priority == Some(*best);
        let parts = ballot.priorities.iter().filter(|priority| is_first(priority)).count();
        for (shares, _) in held.iter_mut().zip(&ballot.priorities).filter(|(_, priority)| is_first(priority)) {
            shares.add(ballot.weight, parts);
        }
    }
    held.iter().map(Shares::sum).collect()
}

/// A sum of weights that were shared by so many: kept by the number of sharers, so that adding stays cheap.
#[derive(Debug, Clone, Default)]
pub(super) struct Shares(BTreeMap<usize, u64>);

impl Shares {
    /// Adds one part of a weight shared by so many.
    pub(super) fn add(&mut self, weight: u64, parts: usize) {
        *self.0.entry(parts).or_default() += weight;
    }

    /// Returns the exact sum.
    pub(super) fn sum(&self) -> BigRational {
        self.0.iter().map(|(parts, weight)| whole(*weight) / BigRational::from_integer(BigInt::from(*parts))).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::super::profile::tests::profile;
    use super::*;

    #[test]
    fn options_put_first_together_share_the_ballot() {
        let held = scores(&profile("a b c", &[("KAZ", 1, "2 5 -"), ("KGZ", 3, "2 2 -"), ("UZB", 2, "- - -")]));
        assert_eq!(held.iter().map(ToString::to_string).collect::<Vec<_>>(), ["5/2", "3/2", "0"]);
    }
}
