//! Greedy: the project with the highest total utility per cost first, skipping what no longer fits.
//!
//! With cost utility that is the number of supporters; with cardinality utility their number per cost.

use std::cmp::Ordering;

use super::{BudgetOutcome, Ready, Why};

/// Takes projects until nothing supported fits.
pub(super) fn complete(ready: &Ready<'_>, by_cost: bool, outcome: &mut BudgetOutcome) {
    let compare = |a: usize, b: usize| {
        if by_cost {
            ready.support[b].cmp(&ready.support[a])
        } else {
            (&ready.costs[a] * ready.support[b]).cmp(&(&ready.costs[b] * ready.support[a]))
        }
    };
    loop {
        let left = outcome.left(ready);
        let fits = |project: &usize| ready.costs[*project] <= left && !outcome.taken.contains(project);
        let candidates: Vec<usize> = ready.candidates().into_iter().filter(fits).collect();
        let Some(best) = candidates.iter().copied().min_by(|a, b| compare(*a, *b)) else { return };
        let tied: Vec<usize> = candidates.into_iter().filter(|p| compare(*p, best) == Ordering::Equal).collect();
        let first = ready.first(&tied);
        outcome.note(ready, &tied, first);
        outcome.take(ready, first, Why::Support, Vec::new());
    }
}
