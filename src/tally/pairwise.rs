//! Pairwise comparison: how many ballots put one option above another, and what follows from it alone.
//!
//! N(a,b) is the weight of the ballots that put a strictly above b; equal or both unranked count for neither.

use super::outcome::Matrix;
use super::profile::{Ballot, Profile};

/// N(a,b) for all pairs, by position of the options in the profile.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pairwise {
    size: usize,
    /// Row by row.
    above: Vec<u64>,
    weight: u64,
}

/// How strong a direct win is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Strength {
    /// Ballots for less ballots against.
    Margins,
    /// Ballots for.
    WinningVotes,
}

/// Ballots compared in one go: few enough that their ranks stay near the processor and that a sum of ones stays within 16
/// bits.
const BLOCK: usize = 2048;

/// Comparisons below which threads are not worth their start.
const ALONE_MAX: usize = 2_000_000;

impl Pairwise {
    /// Compares all options of a profile.
    pub fn of(profile: &Profile) -> Self {
        let size = profile.options().len();
        let mut above = vec![0; size * size];
        let ballots: Vec<&Ballot> = profile.ballots().iter().collect();
        let is_small = size * size * ballots.len() <= ALONE_MAX;
        // Asking the system for its processors takes longer than a small comparison.
        let threads = || std::thread::available_parallelism().map_or(1, usize::from).min(8);
        let rows = if is_small { size } else { size.div_ceil(threads()) }.max(1);
        for block in ballots.chunks(BLOCK) {
            let ranks = Ranks::of(size, block);
            std::thread::scope(|scope| {
                for (first, part) in (0..).step_by(rows).zip(above.chunks_mut((rows * size).max(1))) {
                    let ranks = &ranks;
                    if is_small {
                        ranks.add(first, part);
                    } else {
                        scope.spawn(move || ranks.add(first, part));
                    }
                }
            });
        }
        Self { size, above, weight: profile.weight() }
    }

    /// Returns how strongly a beats b; 0 when it does not.
    pub fn link(&self, a: usize, b: usize, strength: Strength) -> u64 {
        match (self.beats(a, b), strength) {
            (false, _) => 0,
            (true, Strength::Margins) => self.above(a, b) - self.above(b, a),
            (true, Strength::WinningVotes) => self.above(a, b),
        }
    }

    /// Returns the number of options.
    pub fn size(&self) -> usize {
        self.size
    }

    /// Returns N(a,b).
    pub fn above(&self, a: usize, b: usize) -> u64 {
        self.above[a * self.size + b]
    }

    /// Returns the weight of the ballots that put neither above the other.
    pub fn indifferent(&self, a: usize, b: usize) -> u64 {
        self.weight - self.above(a, b) - self.above(b, a)
    }

    /// Returns whether more ballots put a above b than b above a.
    pub fn beats(&self, a: usize, b: usize) -> bool {
        self.above(a, b) > self.above(b, a)
    }

    /// Returns the option that beats every other, if there is one.
    pub fn condorcet_winner(&self) -> Option<usize> {
        let all = 0..self.size();
        all.clone().find(|a| all.clone().all(|b| *a == b || self.beats(*a, b)))
    }

    /// Returns the smallest set each of whose members beats every option outside, in order of position.
    ///
    /// Most wins less losses is always inside; whoever is not beaten by all inside belongs inside as well.
    pub fn smith_set(&self) -> Vec<usize> {
        let all = 0..self.size();
        let balance = |a: usize| {
            let wins = all.clone().filter(|b| self.beats(a, *b)).count();
            let losses = all.clone().filter(|b| self.beats(*b, a)).count();
            wins + self.size() - losses
        };
        let Some(first) = all.clone().max_by_key(|a| balance(*a)) else { return Vec::new() };
        let mut is_inside = vec![false; self.size()];
        is_inside[first] = true;
        let mut waiting = vec![first];
        while let Some(member) = waiting.pop() {
            for other in all.clone() {
                if !is_inside[other] && !self.beats(member, other) {
                    is_inside[other] = true;
                    waiting.push(other);
                }
            }
        }
        all.filter(|a| is_inside[*a]).collect()
    }

    /// Returns the numbers as a table with the ids of the options.
    pub fn matrix(&self, profile: &Profile) -> Matrix {
        Matrix {
            options: (0..self.size()).map(|a| profile.id(a)).collect(),
            rows: self.above.chunks(self.size.max(1)).map(<[u64]>::to_vec).collect(),
        }
    }
}

/// The ranks that a block of ballots gives: those of one option in a row, so that two rows are compared at a stretch.
struct Ranks {
    size: usize,
    number: usize,
    long: Vec<u32>,
    /// The same in 16 bits, and nothing else, where every ballot counts once.
    short: Vec<u16>,
    weights: Vec<u64>,
}

impl Ranks {
    fn of(size: usize, ballots: &[&Ballot]) -> Self {
        let number = ballots.len();
        let is_single = ballots.iter().all(|ballot| ballot.weight == 1) && size < usize::from(u16::MAX);
        let mut ranks = vec![0_u32; size * number];
        for (column, ballot) in ballots.iter().enumerate() {
            for (tier, options) in (0..).zip(ballot.tiers()) {
                for option in options {
                    ranks[option * number + column] = tier;
                }
            }
        }
        let weights = ballots.iter().map(|ballot| ballot.weight).collect();
        if !is_single {
            return Self { size, number, long: ranks, short: Vec::new(), weights };
        }
        let short = ranks.iter().map(|rank| u16::try_from(*rank).unwrap_or(u16::MAX)).collect();
        Self { size, number, long: Vec::new(), short, weights }
    }

    /// Adds the numbers of some rows, from the first one on.
    fn add(&self, first: usize, rows: &mut [u64]) {
        fn row<T>(all: &[T], option: usize, number: usize) -> &[T] {
            &all[option * number..(option + 1) * number]
        }
        for (a, cells) in (first..).zip(rows.chunks_mut(self.size)) {
            for (b, cell) in cells.iter_mut().enumerate() {
                *cell += if self.short.is_empty() {
                    let pairs = row(&self.long, a, self.number).iter().zip(row(&self.long, b, self.number));
                    pairs.zip(&self.weights).map(|((a, b), weight)| if a < b { *weight } else { 0 }).sum()
                } else {
                    let pairs = row(&self.short, a, self.number).iter().zip(row(&self.short, b, self.number));
                    // A block is shorter than 16 bits can count: nothing wraps.
                    u64::from(pairs.fold(0_u16, |sum, (a, b)| sum.wrapping_add(u16::from(a < b))))
                };
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::profile::BallotOption;
    use super::super::profile::tests::profile;
    use super::*;

    #[test]
    fn equal_and_both_unranked_count_for_neither() {
        let pairwise =
            Pairwise::of(&profile("a b c", &[("KAZ", 2, "1 1 -"), ("KGZ", 1, "- - 1"), ("UZB", 4, "1 2 -")]));
        assert_eq!((pairwise.above(0, 1), pairwise.above(1, 0), pairwise.indifferent(0, 1)), (4, 0, 3));
        assert_eq!((pairwise.above(0, 2), pairwise.above(2, 0), pairwise.indifferent(0, 2)), (6, 1, 0));
    }

    #[test]
    fn condorcet_winner_and_smith_set() {
        type Case<'a> = (&'a str, &'a [(&'a str, u64, &'a str)], Option<usize>, &'a [usize]);
        let cases: [Case<'_>; 5] = [
            ("one option", &[], Some(0), &[0]),
            ("winner", &[("KAZ", 2, "1 2 3"), ("KGZ", 1, "3 2 1")], Some(0), &[0]),
            ("cycle", &[("KAZ", 1, "1 2 3"), ("KGZ", 1, "3 1 2"), ("UZB", 1, "2 3 1")], None, &[0, 1, 2]),
            ("tied pair above a third", &[("KAZ", 1, "1 2 3"), ("KGZ", 1, "2 1 3")], None, &[0, 1]),
            // a ties b, b ties c, a beats c: nobody outside is beaten by all inside until all are in.
            ("a chain of ties", &[("KAZ", 1, "1 2 2"), ("KGZ", 1, "2 1 3"), ("UZB", 1, "2 2 1")], None, &[0, 1, 2]),
        ];
        for (name, ballots, winner, smith) in cases {
            let ids = if ballots.is_empty() { "a" } else { "a b c" };
            let pairwise = Pairwise::of(&profile(ids, ballots));
            assert_eq!(pairwise.condorcet_winner(), winner, "{name}");
            assert_eq!(pairwise.smith_set(), smith, "{name}");
        }
    }

    #[test]
    fn many_ballots_are_compared_as_one_by_one_would() {
        let size = 31_u32;
        let options = (0..size).map(|option| BallotOption::plain(&format!("{option:02}"), "")).collect();
        // More ballots than a block holds, and enough comparisons for threads; only the second block has weights.
        let priority = |number: u32, option: u32| {
            let is_ranked = !(number * (option + 3)).is_multiple_of(7);
            is_ranked.then_some(1 + (number * 5 + option * (number % 11)) % 9)
        };
        let ballots = (0..).take(BLOCK + 100).map(|number| Ballot {
            label: format!("{number:05}"),
            weight: if number < 2048 { 1 } else { 1 + u64::from(number % 3) },
            priorities: (0..size).map(|option| priority(number, option)).collect(),
        });
        let profile = Profile::new(options, ballots.collect(), Some(9)).unwrap();
        let pairwise = Pairwise::of(&profile);
        let size = pairwise.size();
        assert!(size * size * profile.ballots().len() > ALONE_MAX);
        for (a, b) in (0..size).flat_map(|a| (0..size).map(move |b| (a, b))) {
            let rank = |ballot: &Ballot, option: usize| ballot.priorities[option].unwrap_or(u32::MAX);
            let prefer = profile.ballots().iter().filter(|ballot| rank(ballot, a) < rank(ballot, b));
            assert_eq!(pairwise.above(a, b), prefer.map(|ballot| ballot.weight).sum::<u64>(), "{a} {b}");
        }
    }
}
