//! Criterion weights varied: how often each action takes each rank (stochastic multicriteria acceptability analysis,
//! R. Lahdelma, J. Hokkanen and P. Salminen, 1998), and the smallest change of one weight that reverses two actions.
//!
//! Weights are drawn evenly from all that are not negative and have one sum; a sample is made of whole numbers and
//! depends on seed and number of the sample alone, so that any number of threads finds the same.

use std::ops::{AddAssign, Mul};

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{Signed, Zero};

/// Samples when nothing else is asked for.
pub const SAMPLES_DEFAULT: u32 = 100_000;

/// How often each action took each rank.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Acceptability {
    /// Samples drawn.
    pub samples: u32,
    /// By action and rank (0 is the first); actions with equal scores share the better rank.
    pub counts: Vec<Vec<u32>>,
}

/// Draws weights and ranks the actions; `scores` holds a whole number for each action and criterion.
pub fn acceptability(scores: &[Vec<i64>], seed: u64, samples: u32, threads: u32) -> Acceptability {
    let threads = threads.clamp(1, samples.max(1));
    let part = samples.div_ceil(threads);
    // Weights of a sample sum to 2 to the 32nd: scores below 2 to the 31st leave their sum within 64 bits.
    let is_small = scores.iter().flatten().all(|score| score.unsigned_abs() < 1 << 31);
    let sums: Vec<Vec<Vec<u32>>> = std::thread::scope(|scope| {
        let start = |thread: u32| {
            let range = (thread * part).min(samples)..((thread + 1) * part).min(samples);
            let count = if is_small { counted::<i64> } else { counted::<i128> };
            scope.spawn(move || count(scores, seed, range))
        };
        let running: Vec<_> = (0..threads).map(start).collect();
        running.into_iter().filter_map(|thread| thread.join().ok()).collect()
    });
    let mut counts = vec![vec![0; scores.len()]; scores.len()];
    for sum in sums {
        for (row, more) in counts.iter_mut().zip(sum) {
            row.iter_mut().zip(more).for_each(|(cell, more)| *cell += more);
        }
    }
    Acceptability { samples, counts }
}

fn counted<T>(scores: &[Vec<i64>], seed: u64, samples: std::ops::Range<u32>) -> Vec<Vec<u32>>
where
    T: Copy + Ord + From<i64> + Mul<Output = T> + AddAssign,
{
    let criteria = scores.first().map_or(0, Vec::len);
    let columns: Vec<Vec<T>> =
        (0..criteria).map(|criterion| scores.iter().map(|row| T::from(row[criterion])).collect()).collect();
    let mut counts = vec![vec![0; scores.len()]; scores.len()];
    let (mut cuts, mut totals) = (Vec::with_capacity(criteria + 1), Vec::with_capacity(scores.len()));
    let mut order: Vec<usize> = (0..scores.len()).collect();
    for sample in samples {
        draw(seed, sample, criteria, &mut cuts);
        totals.clear();
        totals.resize(scores.len(), T::from(0));
        for (column, cut) in columns.iter().zip(cuts.windows(2)) {
            let weight = T::from(cut[1] - cut[0]);
            totals.iter_mut().zip(column).for_each(|(total, score)| *total += weight * *score);
        }
        // Why: the order of the sample before is near that of this one, and equal totals get one rank in any order.
        order.sort_unstable_by(|a, b| totals[*b].cmp(&totals[*a]));
        let mut rank = 0;
        for (place, action) in order.iter().enumerate() {
            if place > 0 && totals[*action] < totals[order[place - 1]] {
                rank = place;
            }
            counts[*action][rank] += 1;
        }
    }
    counts
}

/// Draws weights as cuts: the gaps between points put on a line at random are even over the simplex.
fn draw(seed: u64, sample: u32, criteria: usize, cuts: &mut Vec<i64>) {
    let mut state = seed ^ u64::from(sample).wrapping_mul(0x9E37_79B9_7F4A_7C15).rotate_left(17);
    cuts.clear();
    cuts.push(0);
    cuts.extend((1..criteria).map(|_| i64::from((next(&mut state) >> 32) as u32)));
    cuts.push(1 << 32);
    cuts.sort_unstable();
}

/// SplitMix64 (G. L. Steele, D. Lea and C. H. Flood, 2014).
fn next(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
    let mut mixed = *state;
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    mixed ^ (mixed >> 31)
}

/// A change of one weight that brings two actions level: any more reverses them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WeightChange {
    /// Position of the criterion.
    pub criterion: usize,
    /// What is added to its weight.
    pub change: BigRational,
}

/// Returns the smallest change of one weight, not below 0, that brings two actions level; nothing when none does.
pub fn smallest_change(above: &[BigRational], below: &[BigRational], weights: &[BigRational]) -> Option<WeightChange> {
    let gaps: Vec<BigRational> = above.iter().zip(below).map(|(above, below)| above - below).collect();
    let lead: BigRational = gaps.iter().zip(weights).map(|(gap, weight)| gap * weight).sum();
    let zero = BigRational::from_integer(BigInt::zero());
    let changes = gaps.iter().zip(weights).enumerate().filter(|(_, (gap, _))| !gap.is_zero());
    let changes = changes.map(|(criterion, (gap, weight))| (weight, WeightChange { criterion, change: -&lead / gap }));
    let possible = changes.filter(|(weight, found)| *weight + &found.change >= zero).map(|(_, found)| found);
    possible.min_by(|a, b| a.change.abs().cmp(&b.change.abs()))
}

#[cfg(test)]
mod tests {
    use super::super::super::exact::parse_exact;
    use super::*;

    #[test]
    fn samples_do_not_depend_on_threads_and_shares_are_those_expected() {
        // With two criteria the first action leads when the first weight is more than half.
        let scores = vec![vec![2, 0], vec![0, 2], vec![0, 0]];
        let one = acceptability(&scores, 5, 20_000, 1);
        assert_eq!(one, acceptability(&scores, 5, 20_000, 3));
        assert!((9_500..10_500).contains(&one.counts[0][0]), "{:?}", one.counts);
        assert_eq!(one.counts[2], [0, 0, 20_000]);
        assert!(one.counts.iter().all(|row| row.iter().sum::<u32>() == 20_000));
    }

    #[test]
    fn the_smallest_change_brings_them_level() {
        let numbers = |text: &str| text.split(' ').map(|n| parse_exact(n).unwrap()).collect::<Vec<_>>();
        // Leads by 2 · 1 − 1 · 1 = 1: one more for the second criterion, or a half less for the first.
        let found = smallest_change(&numbers("3 1"), &numbers("1 2"), &numbers("1 1")).unwrap();
        assert_eq!((found.criterion, found.change.to_string()), (0, "-1/2".to_owned()));
        assert_eq!(
            smallest_change(&numbers("3 3"), &numbers("1 3"), &numbers("1 1")).unwrap().change,
            -parse_exact("1").unwrap()
        );
        assert_eq!(smallest_change(&numbers("1"), &numbers("1"), &numbers("1")), None);
    }

    #[test]
    fn the_generator_is_the_published_one() {
        // SplitMix64 of S. Vigna, its own example: the first numbers of the seed 1234567.
        let mut state = 1_234_567;
        let drawn = [(); 3].map(|()| next(&mut state));
        assert_eq!(drawn, [6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423]);
    }

    #[test]
    fn weights_of_a_sample_are_the_gaps_between_sorted_cuts() {
        let cuts = |seed, sample| {
            let mut cuts = vec![7];
            draw(seed, sample, 4, &mut cuts);
            cuts
        };
        // Reckoned apart from this program, with the generator above.
        assert_eq!(cuts(5, 0), [0, 999_478_256, 1_661_156_108, 3_231_134_029, 4_294_967_296]);
        assert_eq!(cuts(5, 3), [0, 220_985_513, 1_967_525_771, 4_193_973_210, 4_294_967_296]);
        assert_ne!(cuts(5, 3), cuts(6, 3));
    }

    #[test]
    fn equal_totals_share_the_better_rank_whatever_their_size() {
        for score in [1, 1 << 31, -(1 << 31), i64::MAX] {
            let (high, low) = (score.max(0), score.min(0));
            let found = acceptability(&[vec![low, low], vec![high, high], vec![high, high]], 1, 6, 4);
            assert_eq!(found.counts, [[0, 0, 6], [6, 0, 0], [6, 0, 0]], "{score}");
        }
        let large = acceptability(&[vec![i64::MAX - 1; 2], vec![i64::MAX; 2]], 1, 6, 1);
        assert_eq!(large.counts, [[0, 6], [6, 0]], "no score is small");
        let nothing = acceptability(&[vec![1], vec![2]], 1, 0, 0);
        assert_eq!(nothing, Acceptability { samples: 0, counts: vec![vec![0, 0]; 2] });
    }

    #[test]
    fn no_weight_falls_below_nothing() {
        let numbers = |text: &str| text.split(' ').map(|n| parse_exact(n).unwrap()).collect::<Vec<_>>();
        // Leads by 1 + 5: no weight of 1 can give way so far.
        assert_eq!(smallest_change(&numbers("2 5"), &numbers("1 0"), &numbers("1 1")), None);
        // Leads by 1 + 6 − 1: the first weight would have to fall by 6, the second by 1, or the third to rise by 6.
        let found = smallest_change(&numbers("2 6 0"), &numbers("1 0 1"), &numbers("1 1 1")).unwrap();
        assert_eq!((found.criterion, found.change.to_string()), (1, "-1".to_owned()));
    }
}
