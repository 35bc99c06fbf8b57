//! Sequential Phragmén (E. Phragmén, 1894; for budgets M. Los, Z. Christoff and D. Grossi, 2022).
//!
//! Voters earn money evenly; a project is bought by its supporters as soon as they have its cost together, and then have
//! nothing. In other words: a project's cost is laid on its supporters so that they carry the same load, and the project
//! with the smallest such load comes first. The count ends when the next project no longer fits.

use std::cmp::Ordering;

use num_bigint::BigInt;
use num_traits::{One, Zero};

use super::outcome::Payment;
use super::purses::{Purses, factor};
use super::{BudgetOutcome, Ready, Why};

/// Takes projects until the next one no longer fits.
pub(super) fn count(ready: &Ready<'_>, outcome: &mut BudgetOutcome) {
    let mut loads = Purses::new(ready.instance.groups.len(), BigInt::zero(), BigInt::one());
    let mut open = ready.candidates();
    while !open.is_empty() {
        let load = |project: usize| {
            let carried: BigInt =
                loads.classes(ready, project).iter().map(|(class, voters)| loads.amount(*class) * *voters).sum();
            (carried + &ready.costs[project] * &loads.denominator, ready.support[project])
        };
        let offers: Vec<(usize, (BigInt, u64))> = open.iter().map(|project| (*project, load(*project))).collect();
        let compare = |a: &(BigInt, u64), b: &(BigInt, u64)| (&a.0 * b.1).cmp(&(&b.0 * a.1));
        let Some((_, least)) = offers.iter().min_by(|a, b| compare(&a.1, &b.1)) else { return };
        let is_tied = |offer: &&(usize, (BigInt, u64))| compare(&offer.1, least) == Ordering::Equal;
        let tied: Vec<usize> = offers.iter().filter(is_tied).map(|(project, _)| *project).collect();
        let project = ready.first(&tied);
        if ready.costs[project] > outcome.left(ready) {
            return;
        }
        let factor = factor(&least.0, least.1);
        let each = &least.0 * &factor / BigInt::from(least.1);
        loads.refine(&factor);
        let pays = |class: u32| ready.money(&(&each - loads.amount(class)), &loads.denominator).to_string();
        let classes = loads.classes(ready, project).into_iter();
        let payments = classes.map(|(class, voters)| Payment { voters, each: pays(class) }).collect();
        outcome.note(ready, &tied, project);
        outcome.take(ready, project, Why::Paid, payments);
        loads.change(ready, project, |_| each.clone());
        open.retain(|other| *other != project);
    }
}
