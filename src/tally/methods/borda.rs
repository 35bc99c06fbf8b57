//! Borda (J.-C. de Borda, 1781): with n options the first place earns n − 1 points, the last none.
//!
//! Tied options share the mean of the positions they fill together, unranked ones included, so that every ballot gives
//! n(n − 1)/2 points: whoever ties or leaves out options gives no more and no less than others.

use num_bigint::BigInt;
use num_rational::BigRational;

use crate::tally::profile::Profile;

/// Returns the points of each option.
pub(super) fn scores(profile: &Profile) -> Vec<BigRational> {
    let size = profile.options().len();
    // Twice the points stay whole: the mean of consecutive positions is a whole number of halves.
    let mut doubled = vec![0_u128; size];
    for ballot in profile.ballots() {
        let mut ahead = 0;
        for tier in ballot.tiers() {
            let behind = size - ahead - tier.len();
            // Less than 2 to the 64th ballots, and fewer options than memory holds.
            let share = u128::from(ballot.weight) * (2 * behind + tier.len() - 1) as u128;
            for position in &tier {
                doubled[*position] += share;
            }
            ahead += tier.len();
        }
    }
    doubled.into_iter().map(|points| BigRational::new(BigInt::from(points), BigInt::from(2))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tally::profile::tests::profile;

    #[test]
    fn tied_and_unranked_options_share_the_mean_of_their_positions() {
        for (ballot, expected) in [
            ("1 2 3 4", ["3", "2", "1", "0"]),
            ("1 1 2 3", ["5/2", "5/2", "1", "0"]),
            ("1 - - -", ["3", "1", "1", "1"]),
            ("- - - -", ["3/2", "3/2", "3/2", "3/2"]),
            ("5 5 1 -", ["3/2", "3/2", "3", "0"]),
        ] {
            let points = scores(&profile("a b c d", &[("KAZ", 1, ballot)]));
            assert_eq!(points.iter().map(ToString::to_string).collect::<Vec<_>>(), expected, "{ballot}");
        }
    }
}
