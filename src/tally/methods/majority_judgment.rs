//! Majority judgment (M. Balinski and R. Laraki, "Majority Judgment", 2011): the option with the best median is first.
//!
//! The priorities are the grades, unranked is the grade below all. Of an even number of grades the median is the worse
//! of the two in the middle. Where medians are equal, one median grade is taken away from each option, and again, until
//! they differ; options never differing have the same grades and are tied. The grades are kept as runs, and the
//! sequence of medians is compared where a run begins, so that large weights cost nothing. The score is what the median
//! earns under the sum of priorities.

use std::cmp::Ordering;

use num_bigint::BigInt;
use num_rational::BigRational;

use super::{Basis, Counted};
use crate::tally::profile::Profile;

/// The grades of one option, best first: grade and weight of each run. Unranked is the grade after the last level.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::tally) struct Grades {
    runs: Vec<(u32, u64)>,
    total: u64,
}

/// Counts the grades of a profile.
pub(super) fn count(profile: &Profile) -> Counted {
    let size = profile.options().len();
    let unranked = profile.levels() + 1;
    let grades: Vec<Grades> = (0..size)
        .map(|option| {
            let given = profile.ballots().iter();
            Grades::of(given.map(|ballot| (ballot.priorities[option].unwrap_or(unranked), ballot.weight)).collect())
        })
        .collect();
    let mut order: Vec<usize> = (0..size).collect();
    order.sort_by(|a, b| grades[*a].compare(&grades[*b]));
    let tiers = order.chunk_by(|a, b| grades[*a].compare(&grades[*b]).is_eq()).map(<[usize]>::to_vec).collect();
    let score =
        |grades: &Grades| BigRational::from_integer(BigInt::from(unranked - grades.median().unwrap_or(unranked)));
    let scores = grades.iter().map(score).collect();
    Counted::plain(tiers, scores, Basis::Grades(grades))
}

impl Grades {
    fn of(mut given: Vec<(u32, u64)>) -> Self {
        given.sort_unstable();
        let runs: Vec<(u32, u64)> = given
            .chunk_by(|a, b| a.0 == b.0)
            .map(|run| (run[0].0, run.iter().map(|(_, weight)| weight).sum()))
            .collect();
        Self { total: runs.iter().map(|(_, weight)| weight).sum(), runs }
    }

    /// Returns the median grade; nothing without ballots.
    pub(in crate::tally) fn median(&self) -> Option<u32> {
        self.at(self.total / 2)
    }

    /// Returns the grade at a position from the best, 0 being the first.
    fn at(&self, position: u64) -> Option<u32> {
        let mut end = 0;
        self.runs
            .iter()
            .find(|(_, weight)| {
                end += weight;
                position < end
            })
            .map(|(grade, _)| *grade)
    }

    /// Returns the positions that step `step` looks at after the median: for an odd total first the worse neighbour.
    /// An even total begins with the worse of the two in the middle and is looked at in the same pairs.
    fn pair(&self, step: u64) -> (Option<u32>, Option<u32>) {
        let half = self.total / 2;
        let worse = half.checked_add(step + self.total % 2).and_then(|position| self.at(position));
        let better = half.checked_sub(step + 1).and_then(|position| self.at(position));
        (worse, better)
    }

    /// Returns the steps at which a grade may change for the first time.
    fn steps(&self) -> impl Iterator<Item = u64> {
        let half = self.total / 2;
        let odd = self.total % 2;
        let mut start = 0;
        let starts: Vec<u64> = self
            .runs
            .iter()
            .map(|(_, weight)| {
                start += weight;
                start
            })
            .collect();
        starts
            .into_iter()
            .flat_map(move |start| {
                // The run that begins at `start` is met going down; the one that ends before it is met going up.
                [start.checked_sub(half + odd), half.checked_sub(start)]
            })
            .flatten()
    }

    /// Compares by medians taken away one by one; better is less. Both hold the same number of grades.
    fn compare(&self, other: &Self) -> Ordering {
        let median = self.median().cmp(&other.median());
        if median.is_ne() {
            return median;
        }
        let mut steps: Vec<u64> = self.steps().chain(other.steps()).chain([0]).collect();
        steps.sort_unstable();
        let mut compared = steps.iter().map(|step| self.pair(*step).cmp(&other.pair(*step)));
        compared.find(|order| order.is_ne()).unwrap_or(Ordering::Equal)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The sequence of medians, by taking them away one by one.
    fn sequence(given: &[(u32, u64)]) -> Vec<u32> {
        let mut all: Vec<u32> = given.iter().flat_map(|(grade, weight)| (0..*weight).map(|_| *grade)).collect();
        all.sort_unstable();
        let mut sequence = Vec::new();
        while !all.is_empty() {
            sequence.push(all.remove(all.len() / 2));
        }
        sequence
    }

    #[test]
    fn runs_compare_as_the_sequence_of_medians_does() {
        let mut seed = 7_u64;
        let mut next = |below: u64| {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (seed >> 33) % below
        };
        for _ in 0..5000 {
            let total = next(9);
            let mut draw =
                || -> Vec<(u32, u64)> { (0..total).map(|_| (u32::try_from(next(3)).unwrap() + 1, 1)).collect() };
            let (a, b) = (draw(), draw());
            let compared = Grades::of(a.clone()).compare(&Grades::of(b.clone()));
            assert_eq!(compared, sequence(&a).cmp(&sequence(&b)), "{a:?} {b:?}");
        }
    }

    #[test]
    fn large_weights_are_not_expanded() {
        let a = Grades::of(vec![(1, u64::MAX / 2), (2, u64::MAX / 2 - 5), (3, 2)]);
        let b = Grades::of(vec![(1, u64::MAX / 2), (2, u64::MAX / 2 - 4), (3, 1)]);
        assert_eq!((a.compare(&b), b.compare(&a), a.median()), (Ordering::Greater, Ordering::Less, Some(1)));
    }
}
