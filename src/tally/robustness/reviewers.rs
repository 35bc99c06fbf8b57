//! Reviewers compared: how far they agree (K. Krippendorff, "Content Analysis", 1980: alpha for interval data), and how
//! much severer or milder each is than the others.

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{One, Zero};

/// Marks by action (rows) and reviewer (columns); nothing where a reviewer gave none.
pub type Marks = Vec<Vec<Option<BigRational>>>;

fn whole(number: usize) -> BigRational {
    BigRational::from_integer(BigInt::from(number))
}

/// Returns the sum of squared differences over all ordered pairs: twice n times the squares less twice the square.
fn spread(values: &[&BigRational]) -> BigRational {
    let sum: BigRational = values.iter().copied().sum();
    let squares: BigRational = values.iter().map(|value| *value * *value).sum();
    (whole(values.len()) * squares - &sum * &sum) * whole(2)
}

/// Returns Krippendorff's alpha: 1 is full agreement, 0 what chance gives; nothing when no action has two marks. Where
/// all marks are the same there is nothing to tell apart and alpha is 1.
pub fn agreement(marks: &Marks) -> Option<BigRational> {
    let units: Vec<Vec<&BigRational>> =
        marks.iter().map(|row| row.iter().flatten().collect::<Vec<_>>()).filter(|unit| unit.len() > 1).collect();
    let all: Vec<&BigRational> = units.iter().flatten().copied().collect();
    if all.is_empty() {
        return None;
    }
    let expected = spread(&all);
    if expected.is_zero() {
        return Some(BigRational::one());
    }
    let observed: BigRational = units.iter().map(|unit| spread(unit) / whole(unit.len() - 1)).sum();
    Some(BigRational::one() - observed * whole(all.len() - 1) / expected)
}

/// Returns by how much each reviewer marks above the means of the actions, drawn towards 0 by `shrinkage` as if so many
/// further marks had been at the mean; nothing for a reviewer with fewer than `least` marks shared with others.
pub fn offsets(marks: &Marks, shrinkage: usize, least: usize) -> Vec<Option<BigRational>> {
    let reviewers = marks.iter().map(Vec::len).max().unwrap_or(0);
    let offset = |reviewer: usize| {
        let mut shared = 0;
        let mut sum = BigRational::zero();
        for row in marks {
            let given: Vec<&BigRational> = row.iter().flatten().collect();
            let Some(own) = row.get(reviewer).and_then(Option::as_ref).filter(|_| given.len() > 1) else { continue };
            shared += 1;
            sum += own - given.iter().copied().sum::<BigRational>() / whole(given.len());
        }
        (shared >= least.max(1)).then(|| sum / whole(shared + shrinkage))
    };
    (0..reviewers).map(offset).collect()
}

#[cfg(test)]
mod tests {
    use super::super::super::exact::parse_exact;
    use super::*;

    fn marks(rows: &[&str]) -> Marks {
        rows.iter().map(|row| row.split(' ').map(parse_exact).collect()).collect()
    }

    #[test]
    fn alpha_is_one_in_agreement_and_falls_with_it() {
        assert_eq!(agreement(&marks(&["1 1", "3 3", "5 -"])).unwrap().to_string(), "1");
        assert_eq!(agreement(&marks(&["1 -", "- 3"])), None);
        // Observed 2·1 / 1 in one of two units, expected over 1, 2, 3, 3: pairs 1+4+4+1+1+0 = 11, twice 22.
        assert_eq!(agreement(&marks(&["1 2", "3 3"])).unwrap().to_string(), "8/11");
    }

    #[test]
    fn a_severe_reviewer_is_below_the_means_and_few_marks_say_nothing() {
        let given = marks(&["4 2 -", "5 3 -", "3 - 3"]);
        let found = offsets(&given, 1, 2);
        let found: Vec<Option<String>> = found.iter().map(|offset| offset.as_ref().map(ToString::to_string)).collect();
        assert_eq!(found, [Some("1/2".to_owned()), Some("-2/3".to_owned()), None]);
    }
}
