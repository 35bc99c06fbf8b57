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

/// Returns how many marks of each reviewer stand beside those of others.
pub fn shared(marks: &Marks) -> Vec<usize> {
    let reviewers = marks.iter().map(Vec::len).max().unwrap_or(0);
    let units = || marks.iter().filter(|row| row.iter().flatten().count() > 1);
    let has = |row: &&Vec<Option<BigRational>>, reviewer: usize| row.get(reviewer).is_some_and(Option::is_some);
    (0..reviewers).map(|reviewer| units().filter(|row| has(row, reviewer)).count()).collect()
}

/// Returns by how much each reviewer marks above the others; nothing for one with fewer than `least` marks shared with
/// others, who then counts as neither mild nor severe.
///
/// An additive model: a mark is what the action deserves and the offset of its reviewer. Offsets make the sum of the
/// squares of what is left over, and of `shrinkage` (1 at least) times their own squares, as small as can be: few marks
/// move an offset little.
pub fn offsets(marks: &Marks, shrinkage: usize, least: usize) -> Vec<Option<BigRational>> {
    let shared = shared(marks);
    let counted: Vec<usize> = (0..shared.len()).filter(|reviewer| shared[*reviewer] >= least.max(1)).collect();
    let mut sides: Vec<Vec<BigRational>> = vec![vec![BigRational::zero(); counted.len() + 1]; counted.len()];
    for row in marks {
        let given: Vec<&BigRational> = row.iter().flatten().collect();
        if given.len() < 2 {
            continue;
        }
        let mean = given.iter().copied().sum::<BigRational>() / whole(given.len());
        let held = |reviewer: &usize| row.get(*reviewer).and_then(Option::as_ref);
        for (equation, reviewer) in counted.iter().enumerate() {
            let Some(own) = held(reviewer) else { continue };
            sides[equation][equation] += BigRational::one();
            sides[equation][counted.len()] += own - &mean;
            for (unknown, _) in counted.iter().enumerate().filter(|(_, other)| held(other).is_some()) {
                sides[equation][unknown] -= BigRational::one() / whole(given.len());
            }
        }
    }
    for (equation, side) in sides.iter_mut().enumerate() {
        side[equation] += whole(shrinkage.max(1));
    }
    let found = solved(sides);
    let place = |reviewer: usize| counted.iter().position(|counted| *counted == reviewer);
    (0..shared.len()).map(|reviewer| Some(found[place(reviewer)?].clone())).collect()
}

/// Solves equations whose matrix has its weight on the diagonal, so that no pivot is naught; the last column is the right
/// side.
fn solved(mut sides: Vec<Vec<BigRational>>) -> Vec<BigRational> {
    let size = sides.len();
    for pivot in 0..size {
        let factor = BigRational::one() / &sides[pivot][pivot];
        sides[pivot].iter_mut().for_each(|cell| *cell *= &factor);
        let row = sides[pivot].clone();
        for (_, other) in sides.iter_mut().enumerate().filter(|(at, _)| *at != pivot) {
            let factor = other[pivot].clone();
            other.iter_mut().zip(&row).for_each(|(cell, above)| *cell -= &factor * above);
        }
    }
    sides.into_iter().map(|mut side| side.pop().unwrap_or_default()).collect()
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
        let given = marks(&["4 2 -", "5 3 -", "3 - 3", "- - -"]);
        assert_eq!(shared(&given), [3, 2, 1]);
        // 5/2·a − b = 2 and −a + 2·b = −2, with 1 on the diagonal for the shrinkage.
        let found = offsets(&given, 1, 2);
        let found: Vec<Option<String>> = found.iter().map(|offset| offset.as_ref().map(ToString::to_string)).collect();
        assert_eq!(found, [Some("1/2".to_owned()), Some("-3/4".to_owned()), None]);
    }

    #[test]
    fn offsets_solve_their_equations() {
        let given = marks(&["4 2 5 1", "5 3 - 3", "3 - 3 -", "1 2 4 -", "- 4 5 -", "2 - - -"]);
        let found = offsets(&given, 2, 3);
        assert_eq!((shared(&given), found[3].is_none()), (vec![4, 4, 4, 2], true));
        let offset = |reviewer: usize| found[reviewer].clone().unwrap_or_default();
        for reviewer in 0..3 {
            let mut sum = BigRational::zero();
            for row in given.iter().filter(|row| row[reviewer].is_some() && row.iter().flatten().count() > 1) {
                let mine = |at: usize| row[at].as_ref().map(|mark| mark - offset(at));
                let all: Vec<BigRational> = (0..4).filter_map(mine).collect();
                sum += mine(reviewer).unwrap() - all.iter().sum::<BigRational>() / whole(all.len());
            }
            assert_eq!(sum, offset(reviewer) * whole(2), "{reviewer}");
        }
        assert_eq!(offsets(&given, 2, 0), offsets(&given, 2, 1));
        assert_eq!(offsets(&given, 0, 3), offsets(&given, 1, 3));
    }
}
