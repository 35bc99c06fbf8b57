//! Method of Equal Shares (D. Peters, G. Pierczyński and P. Skowron, "Proportional Participatory Budgeting with Additive
//! Utilities", 2021).
//!
//! The budget is divided equally among all voters. Again and again the project is taken whose supporters can pay for it
//! at the smallest payment per utility, each paying the same or all that is left to them. *Add1* lets every share grow by
//! one unit of currency as long as the outcome leaves out a supported project that fits, and stops before the first
//! outcome that exceeds the budget.

use std::cmp::Ordering;

use num_bigint::BigInt;
use num_rational::BigRational;

use super::outcome::Payment;
use super::purses::{Price, Purses, factor};
use super::{BudgetOutcome, Ready, Why};

/// Chooses with the shares that the budget gives.
pub(super) fn once(ready: &Ready<'_>, by_cost: bool, outcome: &mut BudgetOutcome) {
    if let Some(share) = Share::of(ready) {
        share.write(ready, by_cost, outcome);
    }
}

/// Chooses with growing shares.
pub(super) fn growing(ready: &Ready<'_>, by_cost: bool, outcome: &mut BudgetOutcome) {
    let Some(mut share) = Share::of(ready) else { return };
    let cost = |run: &Run| run.taken.iter().map(|(project, ..)| &ready.costs[*project]).sum::<BigInt>();
    let candidates = ready.candidates();
    let mut run = share.run(ready, by_cost);
    loop {
        let left = &ready.budget - cost(&run);
        let is_taken = |project: &usize| run.taken.iter().any(|(taken, ..)| taken == project);
        if !candidates.iter().any(|project| ready.costs[*project] <= left && !is_taken(project)) {
            break;
        }
        let next = share.grown(ready);
        let after = next.run(ready, by_cost);
        if cost(&after) > ready.budget {
            break;
        }
        (share, run) = (next, after);
    }
    share.write(ready, by_cost, outcome);
}

/// What each voter has: an amount parted by the number of voters.
struct Share {
    amount: BigInt,
    voters: BigInt,
}

/// What a run chose: project, price, what was tied.
struct Run {
    taken: Vec<(usize, Vec<usize>, Vec<Payment>)>,
}

impl Share {
    fn of(ready: &Ready<'_>) -> Option<Self> {
        let voters = BigInt::from(ready.instance.voters);
        (ready.instance.voters > 0).then(|| Self { amount: ready.budget.clone(), voters })
    }

    fn grown(&self, ready: &Ready<'_>) -> Self {
        Self { amount: &self.amount + &self.voters * &ready.unit, voters: self.voters.clone() }
    }

    /// Takes what a run with this share chooses.
    fn write(&self, ready: &Ready<'_>, by_cost: bool, outcome: &mut BudgetOutcome) {
        outcome.share = Some(ready.money(&self.amount, &self.voters).to_string());
        for (project, tied, payments) in self.run(ready, by_cost).taken {
            outcome.note(ready, &tied, project);
            outcome.take(ready, project, Why::Paid, payments);
        }
    }

    /// Chooses project after project.
    fn run(&self, ready: &Ready<'_>, by_cost: bool) -> Run {
        let mut purses = Purses::new(ready.instance.groups.len(), self.amount.clone(), self.voters.clone());
        // What a project would cost per utility only grows: a price seen before, with its denominator, is a lower bound.
        let mut open: Vec<Offer> = ready.candidates().into_iter().map(Offer::unknown).collect();
        let mut taken = Vec::new();
        loop {
            open.sort_by(|a, b| a.compare(b, ready, by_cost));
            let mut best: Option<usize> = None;
            for at in 0..open.len() {
                if best.is_some_and(|best| open[best].compare(&open[at], ready, by_cost) == Ordering::Less) {
                    break;
                }
                open[at].price = purses.price(ready, open[at].project);
                open[at].denominator.clone_from(&purses.denominator);
                open[at].is_open = open[at].price.is_some();
                let is_better = |best: usize| open[at].compare(&open[best], ready, by_cost) == Ordering::Less;
                if open[at].is_open && best.is_none_or(is_better) {
                    best = Some(at);
                }
            }
            let Some(best) = best else { return Run { taken } };
            let is_tied =
                |offer: &&Offer| offer.is_open && offer.compare(&open[best], ready, by_cost) == Ordering::Equal;
            let tied: Vec<usize> = open.iter().filter(is_tied).map(|offer| offer.project).collect();
            let project = ready.first(&tied);
            let payments = pay(ready, &mut purses, project);
            taken.push((project, tied, payments));
            open.retain(|offer| offer.is_open && offer.project != project);
        }
    }
}

/// A project that may be taken, and the least it asks.
struct Offer {
    project: usize,
    /// Nothing until it has been reckoned.
    price: Option<Price>,
    denominator: BigInt,
    is_open: bool,
}

impl Offer {
    fn unknown(project: usize) -> Self {
        Self { project, price: None, denominator: BigInt::from(1), is_open: true }
    }

    /// Compares payments per utility; one not reckoned yet is least.
    fn compare(&self, other: &Self, ready: &Ready<'_>, by_cost: bool) -> Ordering {
        let (Some(mine), Some(theirs)) = (&self.price, &other.price) else {
            return self.price.is_some().cmp(&other.price.is_some());
        };
        let worth = |offer: &Self| if by_cost { ready.costs[offer.project].clone() } else { BigInt::from(1) };
        let left = &mine.rest * theirs.payers * worth(other) * &other.denominator;
        let right = &theirs.rest * mine.payers * worth(self) * &self.denominator;
        left.cmp(&right)
    }
}

/// Lets the supporters of a project pay; returns who pays what.
fn pay(ready: &Ready<'_>, purses: &mut Purses, project: usize) -> Vec<Payment> {
    let Some(price) = purses.price(ready, project) else { return Vec::new() };
    let factor = factor(&price.rest, price.payers);
    purses.refine(&factor);
    let each = price.rest * factor / BigInt::from(price.payers.max(1));
    let mut payments: Vec<(BigInt, u64)> = Vec::new();
    for (class, voters) in purses.classes(ready, project) {
        let paid = purses.amount(class).clone().min(each.clone());
        match payments.last_mut() {
            Some((known, number)) if *known == paid => *number += voters,
            _ => payments.push((paid, voters)),
        }
    }
    let denominator = purses.denominator.clone();
    purses.change(ready, project, |amount| amount - amount.min(&each));
    let money = |paid: &BigInt| -> BigRational { ready.money(paid, &denominator) };
    payments.iter().map(|(paid, voters)| Payment { voters: *voters, each: money(paid).to_string() }).collect()
}
