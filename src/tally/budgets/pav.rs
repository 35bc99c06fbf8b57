//! Sequential proportional approval (T. N. Thiele, 1895) under a budget: the project with the highest gain per cost first,
//! skipping what no longer fits. A voter with t projects already taken gains 1 / (t + 1) by one more.

use std::collections::BTreeMap;

use num_bigint::BigInt;
use num_rational::BigRational;

use super::{BudgetOutcome, Ready, Why};
use crate::tally::exact::whole;

/// Takes projects until nothing supported fits.
pub(super) fn count(ready: &Ready<'_>, outcome: &mut BudgetOutcome) {
    let mut satisfied = vec![0_u64; ready.instance.groups.len()];
    for project in &outcome.taken {
        ready.supporters[*project].iter().for_each(|group| satisfied[*group as usize] += 1);
    }
    loop {
        let left = outcome.left(ready);
        let fits = |project: &usize| ready.costs[*project] <= left && !outcome.taken.contains(project);
        let gain = |project: usize| {
            let mut voters: BTreeMap<u64, u64> = BTreeMap::new();
            for group in &ready.supporters[project] {
                *voters.entry(satisfied[*group as usize] + 1).or_default() += ready.voters(*group);
            }
            let gain: BigRational = voters
                .iter()
                .map(|(parts, voters)| BigRational::new(BigInt::from(*voters), BigInt::from(*parts)))
                .sum();
            gain / BigRational::from_integer(ready.costs[project].clone())
        };
        let gains: Vec<(usize, BigRational)> =
            ready.candidates().into_iter().filter(fits).map(|project| (project, gain(project))).collect();
        let best = gains.iter().map(|(_, gain)| gain).max().cloned().unwrap_or_else(|| whole(0));
        let tied: Vec<usize> = gains.iter().filter(|(_, gain)| *gain == best).map(|(project, _)| *project).collect();
        if tied.is_empty() {
            return;
        }
        let first = ready.first(&tied);
        outcome.note(ready, &tied, first);
        outcome.take(ready, first, Why::Support, Vec::new());
        ready.supporters[first].iter().for_each(|group| satisfied[*group as usize] += 1);
    }
}
