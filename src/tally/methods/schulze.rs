//! Schulze (M. Schulze, "A new monotonic, clone-independent, reversal symmetric, and Condorcet-consistent single-winner
//! election method", Social Choice and Welfare 36, 2011): the order of strongest paths.
//!
//! An option that beats another directly has a link to it, as strong as its margin or its winning votes; a path is as
//! strong as its weakest link. a is ahead of b when its strongest path to b is stronger than the strongest path back.
//! That relation is transitive, but "neither is ahead" need not be. Tiers are therefore layers from the top: the first
//! holds the options that none is ahead of, the next those that none of the rest is ahead of, and so on. Each option
//! below the first tier has one ahead of it in the tier just above. The score counts the options one is ahead of.

use num_rational::BigRational;

use super::{Basis, Counted};
use crate::tally::exact::whole;
use crate::tally::layers;
use crate::tally::pairwise::{Pairwise, Strength};

/// Counts pairwise comparisons.
pub(super) fn count(pairwise: &Pairwise, strength: Strength) -> Counted {
    let paths = strongest_paths(pairwise, strength);
    let all = 0..pairwise.size();
    let is_ahead = |a: usize, b: usize| paths[a][b] > paths[b][a];
    let wins = |a: usize| all.clone().map(|b| u64::from(is_ahead(a, b))).sum();
    let scores: Vec<BigRational> = all.clone().map(|a| whole(wins(a))).collect();
    let tiers = layers::of(pairwise.size(), is_ahead);
    Counted::plain(tiers, scores, Basis::Paths(paths))
}

/// Returns the strength of the strongest path between all pairs; 0 is no path.
fn strongest_paths(pairwise: &Pairwise, strength: Strength) -> Vec<Vec<u64>> {
    let size = pairwise.size();
    let links = (0..size * size).map(|cell| pairwise.link(cell / size, cell % size, strength));
    // Electorates of people fit into 31 bits, of which a processor takes several at once.
    let short: Option<Vec<i32>> = links.clone().map(|link| i32::try_from(link).ok()).collect();
    let paths: Vec<u64> = if let Some(mut paths) = short {
        strengthen(&mut paths, size);
        paths.into_iter().map(|path| u64::try_from(path).unwrap_or(0)).collect()
    } else {
        let mut paths: Vec<u64> = links.collect();
        strengthen(&mut paths, size);
        paths
    };
    paths.chunks(size.max(1)).map(<[u64]>::to_vec).collect()
}

/// Makes paths of links (R. W. Floyd, 1962): whatever leads to an option leads on from it.
fn strengthen<N: Copy + Ord + Default>(paths: &mut [N], size: usize) {
    for via in 0..size {
        let onward = paths[via * size..(via + 1) * size].to_vec();
        for (from, row) in paths.chunks_mut(size).enumerate() {
            let first = row[via];
            if from != via && first > N::default() {
                row.iter_mut().zip(&onward).for_each(|(path, rest)| *path = (*path).max(first.min(*rest)));
            }
        }
    }
    // What leads round in a circle was no hindrance, and is no path.
    for option in 0..size {
        paths[option * size + option] = N::default();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tally::profile::tests::profile;

    fn tiers(ids: &str, ballots: &[(&str, u64, &str)], strength: Strength) -> Vec<Vec<usize>> {
        count(&Pairwise::of(&profile(ids, ballots)), strength).tiers
    }

    #[test]
    fn the_weakest_win_of_a_cycle_gives_way() {
        // a beats b 5–4, b beats c 7–2, c beats a 6–3.
        let ballots = [("1", 3, "1 2 3"), ("2", 4, "3 1 2"), ("3", 2, "2 3 1")];
        assert_eq!(tiers("a b c", &ballots, Strength::Margins), [vec![1], vec![2], vec![0]]);
        assert_eq!(tiers("a b c", &ballots, Strength::WinningVotes), [vec![1], vec![2], vec![0]]);
    }

    #[test]
    fn options_with_no_path_stronger_than_back_are_tied() {
        let cycle = [("1", 1, "1 2 3"), ("2", 1, "3 1 2"), ("3", 1, "2 3 1")];
        assert_eq!(tiers("a b c", &cycle, Strength::Margins), [vec![0, 1, 2]]);
        // a is ahead of b; c is level with both and so stands in the first layer.
        assert_eq!(tiers("a b c", &[("1", 2, "1 3 -"), ("2", 2, "2 3 1")], Strength::Margins)[0], [0, 2]);
    }
}
