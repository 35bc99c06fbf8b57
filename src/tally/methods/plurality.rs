//! Plurality: a ballot counts for the options that it puts first, in equal parts; the option with most is first.
//!
//! A ballot that ranks nothing gives nothing. (The oldest rule of all; with ties shared as in M. Schulze's and most
//! programs' reading of weak orders.)

use num_rational::BigRational;

use crate::tally::exact::Shares;
use crate::tally::profile::Profile;

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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tally::profile::tests::profile;

    #[test]
    fn options_put_first_together_share_the_ballot() {
        let held = scores(&profile("a b c", &[("KAZ", 1, "2 5 -"), ("KGZ", 3, "2 2 -"), ("UZB", 2, "- - -")]));
        assert_eq!(held.iter().map(ToString::to_string).collect::<Vec<_>>(), ["5/2", "3/2", "0"]);
    }
}
