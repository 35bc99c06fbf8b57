//! Ranked pairs (T. N. Tideman, "Independence of clones as a criterion for voting rules", Social Choice and Welfare 4,
//! 1987): direct wins are locked from the strongest to the weakest, leaving out what would close a circle.
//!
//! Wins of equal strength are looked at together: those that the wins locked so far contradict are left out; of the
//! rest, those that close a circle among themselves (with what is locked) are a tie. The tie rule puts them in order:
//! first the win of the option that it puts higher, of one option's wins that over the option it puts lower. What it
//! leaves level is not locked, and the tie is reported. The order is that of the layers of locked chains.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use num_rational::BigRational;

use super::{Basis, Count, Counted, StepTie};
use crate::tally::exact::whole;
use crate::tally::layers;
use crate::tally::pairwise::Strength;
use crate::tally::tie_rules::TieStepKind;

/// A direct win: winner and loser.
type Win = (usize, usize);

/// Counts pairwise comparisons.
pub(super) fn count(count: &Count<'_>, strength: Strength) -> Counted {
    let size = count.pairwise.size();
    let mut groups: BTreeMap<Reverse<u64>, Vec<Win>> = BTreeMap::new();
    for winner in 0..size {
        for loser in (0..size).filter(|loser| count.pairwise.beats(winner, *loser)) {
            groups.entry(Reverse(count.pairwise.link(winner, loser, strength))).or_default().push((winner, loser));
        }
    }
    let mut graph = Graph::new(size);
    let mut ties = Vec::new();
    for (step, wins) in groups.into_values().enumerate() {
        lock_together(count, &mut graph, wins, step + 1, &mut ties);
    }
    let is_ahead = |a: usize, b: usize| graph.leads(a, b);
    let scores: Vec<BigRational> =
        (0..size).map(|a| whole((0..size).map(|b| u64::from(is_ahead(a, b))).sum())).collect();
    let tiers = layers::of(size, is_ahead);
    Counted { ties, ..Counted::plain(tiers, scores, Basis::Locked(graph.locked)) }
}

/// Locks wins of one strength; lets the tie rule order those that close a circle.
fn lock_together(count: &Count<'_>, graph: &mut Graph, mut wins: Vec<Win>, step: usize, ties: &mut Vec<StepTie>) {
    wins.retain(|(winner, loser)| !graph.leads(*loser, *winner));
    let circles = if wins.len() < 2 { Vec::new() } else { graph.circles(&wins) };
    let in_circle = |win: &Win| circles.iter().position(|circle| circle.contains(&win.0) && circle.contains(&win.1));
    for win in wins.iter().filter(|win| in_circle(win).is_none()) {
        graph.lock(*win);
    }
    for (number, circle) in circles.iter().enumerate() {
        let fell = count.settle(circle);
        let rank = |option: usize| fell.iter().position(|tier| tier.contains(&option)).unwrap_or(0);
        let mut tied: Vec<Win> = wins.iter().filter(|win| in_circle(win) == Some(number)).copied().collect();
        let key = |win: &Win| (rank(win.0), Reverse(rank(win.1)));
        tied.sort_by_key(key);
        for level in tied.chunk_by(|a, b| key(a) == key(b)) {
            let open: Vec<Win> = level.iter().filter(|win| !graph.leads(win.1, win.0)).copied().collect();
            let left = if open.len() < 2 { Vec::new() } else { graph.circles(&open) };
            let is_left = |win: &Win| left.iter().any(|circle| circle.contains(&win.0) && circle.contains(&win.1));
            open.iter().filter(|win| !is_left(win)).for_each(|win| graph.lock(*win));
        }
        let place =
            1 + (0..graph.size).filter(|above| circle.iter().all(|option| graph.leads(*above, *option))).count();
        ties.push(StepTie { kind: TieStepKind::Lock, round: step, place, between: circle.clone(), fell });
    }
}

/// The wins locked so far and where their chains lead.
struct Graph {
    size: usize,
    words: usize,
    reach: Vec<Vec<u64>>,
    locked: Vec<Vec<usize>>,
}

impl Graph {
    fn new(size: usize) -> Self {
        let words = size.div_ceil(64);
        Self { size, words, reach: vec![vec![0; words]; size], locked: vec![Vec::new(); size] }
    }

    /// Returns whether a chain of locked wins leads from one option to another.
    fn leads(&self, from: usize, to: usize) -> bool {
        self.reach[from][to / 64] >> (to % 64) & 1 == 1
    }

    /// Locks a win that nothing contradicts.
    fn lock(&mut self, (winner, loser): Win) {
        self.locked[winner].push(loser);
        if self.leads(winner, loser) {
            return;
        }
        let mut onward = self.reach[loser].clone();
        onward[loser / 64] |= 1 << (loser % 64);
        for from in 0..self.size {
            if (from == winner || self.leads(from, winner)) && !self.leads(from, loser) {
                for (word, more) in self.reach[from].iter_mut().zip(&onward) {
                    *word |= more;
                }
            }
        }
    }

    /// Returns the options of each circle that wins close with what is locked and among themselves.
    fn circles(&self, wins: &[Win]) -> Vec<Vec<usize>> {
        let fresh: Vec<&Win> = wins.iter().filter(|(winner, loser)| !self.leads(*winner, *loser)).collect();
        if fresh.len() < 2 {
            return Vec::new();
        }
        let mut options: Vec<usize> = wins.iter().flat_map(|(winner, loser)| [*winner, *loser]).collect();
        options.sort_unstable();
        options.dedup();
        // What leads where among these options, once all these wins are added.
        let mut reach: BTreeMap<usize, Vec<u64>> =
            options.iter().map(|from| (*from, self.reach[*from].clone())).collect();
        for (winner, loser) in wins {
            if let Some(row) = reach.get_mut(winner) {
                row[loser / 64] |= 1 << (loser % 64);
            }
        }
        for via in &options {
            let onward = reach.get(via).cloned().unwrap_or_else(|| vec![0; self.words]);
            for row in reach.values_mut().filter(|row| row[via / 64] >> (via % 64) & 1 == 1) {
                for (word, more) in row.iter_mut().zip(&onward) {
                    *word |= more;
                }
            }
        }
        let leads = |from: usize, to: usize| reach.get(&from).is_some_and(|row| row[to / 64] >> (to % 64) & 1 == 1);
        let mut circles: Vec<Vec<usize>> = Vec::new();
        for option in options.iter().copied().filter(|option| leads(*option, *option)) {
            match circles.iter_mut().find(|circle| leads(circle[0], option) && leads(option, circle[0])) {
                Some(circle) => circle.push(option),
                None => circles.push(vec![option]),
            }
        }
        circles
    }
}

#[cfg(test)]
mod tests {
    use crate::tally::profile::tests::profile;
    use crate::tally::{Method, TieRule, count};

    #[test]
    fn the_weakest_win_of_a_circle_is_left_out() {
        let ballots = [("1", 3, "1 2 3"), ("2", 4, "3 1 2"), ("3", 2, "2 3 1")];
        let outcome = count(&profile("a b c", &ballots), Method::RankedPairsMargins, &TieRule::Refuse).unwrap();
        let order: Vec<&str> = outcome.order.iter().map(|tier| tier[0].as_str()).collect();
        assert_eq!((order, outcome.ties.len()), (vec!["b", "c", "a"], 0));
    }

    #[test]
    fn wins_of_one_strength_that_close_a_circle_are_a_tie_for_the_rule() {
        let circle = profile("a b c", &[("1", 1, "1 2 3"), ("2", 1, "3 1 2"), ("3", 1, "2 3 1")]);
        let refused = count(&circle, Method::RankedPairsWinningVotes, &TieRule::Refuse).unwrap();
        assert_eq!((refused.order.len(), refused.ties.len(), refused.ties[0].between.len()), (1, 1, 3));
        // By reference c, then b, then a: c over a is locked first, then b over c, which leaves out a over b.
        let fallen = count(&circle, Method::RankedPairsWinningVotes, &TieRule::Reference).unwrap();
        let order: Vec<&str> = fallen.order.iter().map(|tier| tier[0].as_str()).collect();
        assert_eq!(order, ["b", "c", "a"]);
    }
}
