//! The money that voters hold, exactly: whole numbers over one common denominator, and voters with the same amount in
//! one class, so that sums are of classes and not of voters.

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::One;

use super::Ready;

/// Amounts by class, and the class of each group of voters.
#[derive(Clone)]
pub(super) struct Purses {
    /// What all amounts are parted by.
    pub denominator: BigInt,
    amounts: Vec<BigInt>,
    class: Vec<u32>,
    /// Place of each class among the amounts, the smallest first.
    rank: Vec<u32>,
}

impl Purses {
    /// Gives every group the same amount.
    pub(super) fn new(groups: usize, amount: BigInt, denominator: BigInt) -> Self {
        Self { denominator, amounts: vec![amount], class: vec![0; groups], rank: vec![0] }
    }

    /// Returns the supporters of a project by class, the poorest first: class and number of voters.
    pub(super) fn classes(&self, ready: &Ready<'_>, project: usize) -> Vec<(u32, u64)> {
        let mut voters = vec![0_u64; self.amounts.len()];
        for group in &ready.supporters[project] {
            voters[self.class[*group as usize] as usize] += ready.voters(*group);
        }
        let mut classes: Vec<(u32, u64)> = (0..).zip(voters).filter(|(_, voters)| *voters > 0).collect();
        classes.sort_unstable_by_key(|(class, _)| self.rank[*class as usize]);
        classes
    }

    /// Returns the amount of a class.
    pub(super) fn amount(&self, class: u32) -> &BigInt {
        &self.amounts[class as usize]
    }

    /// Changes what the supporters of a project hold: `change` is given an amount and returns the new one.
    pub(super) fn change(&mut self, ready: &Ready<'_>, project: usize, change: impl Fn(&BigInt) -> BigInt) {
        let mut moved: Vec<Option<u32>> = vec![None; self.amounts.len()];
        for group in &ready.supporters[project] {
            let class = self.class[*group as usize] as usize;
            let target = *moved[class].get_or_insert_with(|| {
                self.amounts.push(change(&self.amounts[class]));
                u32::try_from(self.amounts.len() - 1).unwrap_or(u32::MAX)
            });
            self.class[*group as usize] = target;
        }
        self.tidy();
    }

    /// Makes the denominator a multiple, so that a part of so many stays whole.
    pub(super) fn refine(&mut self, factor: &BigInt) {
        if !factor.is_one() {
            self.denominator *= factor;
            self.amounts.iter_mut().for_each(|amount| *amount *= factor);
        }
    }

    /// Brings classes of equal amounts together, drops empty ones, and puts them in order.
    fn tidy(&mut self) {
        let mut is_used = vec![false; self.amounts.len()];
        self.class.iter().for_each(|class| is_used[*class as usize] = true);
        let mut order: Vec<usize> = (0..self.amounts.len()).filter(|class| is_used[*class]).collect();
        order.sort_by(|a, b| self.amounts[*a].cmp(&self.amounts[*b]));
        let mut target = vec![0_u32; self.amounts.len()];
        let mut amounts: Vec<BigInt> = Vec::new();
        for class in order {
            if amounts.last() != Some(&self.amounts[class]) {
                amounts.push(std::mem::take(&mut self.amounts[class]));
            }
            target[class] = u32::try_from(amounts.len() - 1).unwrap_or(u32::MAX);
        }
        self.class.iter_mut().for_each(|class| *class = target[*class as usize]);
        self.rank = (0..).take(amounts.len()).collect();
        self.amounts = amounts;
    }
}

/// Returns by what a denominator must grow so that `rest` parted by `payers` is whole.
pub(super) fn factor(rest: &BigInt, payers: u64) -> BigInt {
    let payers = BigInt::from(payers.max(1));
    BigRational::new(rest.clone(), payers).denom().clone()
}
