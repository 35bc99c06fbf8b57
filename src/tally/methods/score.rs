//! Sum of priorities: with P levels a priority p earns P + 1 − p points, an unranked option none; most points first.

use num_rational::BigRational;

use crate::tally::profile::Profile;
use num_bigint::BigInt;

/// Returns the points of each option.
pub(super) fn scores(profile: &Profile) -> Vec<BigRational> {
    let mut points = vec![0_u128; profile.options().len()];
    for ballot in profile.ballots() {
        for (sum, priority) in points.iter_mut().zip(&ballot.priorities) {
            if let Some(priority) = priority {
                // Less than 2 to the 64th ballots of 17 bits each.
                *sum += u128::from(ballot.weight) * u128::from(profile.levels() + 1 - priority);
            }
        }
    }
    points.into_iter().map(|sum| BigRational::from_integer(BigInt::from(sum))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tally::profile::tests::profile;

    #[test]
    fn a_priority_earns_the_levels_below_it_and_its_own() {
        let points = scores(&profile("a b c", &[("KAZ", 1, "1 5 -"), ("KGZ", 3, "2 2 1")]));
        assert_eq!(points.iter().map(ToString::to_string).collect::<Vec<_>>(), ["17", "13", "15"]);
    }
}
