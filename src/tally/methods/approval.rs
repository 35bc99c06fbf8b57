//! Approval: any priority is support; the option that most ballots support is first.

use num_bigint::BigInt;
use num_rational::BigRational;

use crate::tally::profile::Profile;

/// Returns the support of each option.
pub(super) fn scores(profile: &Profile) -> Vec<BigRational> {
    let mut support = vec![0_u128; profile.options().len()];
    for ballot in profile.ballots() {
        for (sum, priority) in support.iter_mut().zip(&ballot.priorities) {
            if priority.is_some() {
                *sum += u128::from(ballot.weight);
            }
        }
    }
    support.into_iter().map(|sum| BigRational::from_integer(BigInt::from(sum))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tally::profile::tests::profile;

    #[test]
    fn any_priority_is_support() {
        let support = scores(&profile("a b c", &[("KAZ", 1, "1 5 -"), ("KGZ", 3, "2 - -")]));
        assert_eq!(support.iter().map(ToString::to_string).collect::<Vec<_>>(), ["4", "1", "0"]);
    }
}
