//! Who can pay: by rounded money where that is sure, by exact money where it is not.

use std::collections::BTreeMap;

use num_bigint::BigInt;
use num_traits::Zero;

use super::super::outcome::Payment;
use super::{Line, Price, Runner, purse, scaled};

impl Runner<'_> {
    /// Returns what a project asks of its supporters now, when that is `floor` at least.
    pub(super) fn price(&self, project: usize, floor: i64) -> Price {
        let slack = self.slack();
        let (mut rich, mut poor) = (Vec::new(), Vec::new());
        for group in &self.ready.supporters[project] {
            let purse = &self.purses[*group as usize];
            match purse.voters {
                0 => {}
                _ if purse.money + slack < floor => poor.push(*group),
                _ => rich.push(*group),
            }
        }
        loop {
            let rest = self.rest(project, &poor);
            let payers: u64 = rich.iter().map(|group| self.ready.voters(*group)).sum();
            if payers == 0 || !self.part_exactly(&rest.value, payers, &mut rich, &mut poor) {
                return Price { rest, payers, rich, poor };
            }
        }
    }

    /// Returns a lower bound of the price, rounded down, from one known; nothing when supporters surely cannot pay.
    pub(super) fn floor(&self, project: usize, known: i64) -> Option<i64> {
        let slack = self.slack();
        let mut least = known;
        loop {
            let (mut rest, mut payers) = (self.costs[project], 0_u64);
            for group in &self.ready.supporters[project] {
                let purse = &self.purses[*group as usize];
                let most = purse.money + slack;
                if most < least {
                    rest -= i128::from(most) * i128::from(purse.voters);
                } else {
                    payers += purse.voters;
                }
            }
            if payers == 0 {
                return None;
            }
            let next = i64::try_from(rest.div_euclid(i128::from(payers))).unwrap_or(i64::MAX / 4);
            if next <= least {
                return Some(least);
            }
            least = next;
        }
    }

    /// Returns the most that money may be above its rounded number.
    pub(super) fn slack(&self) -> i64 {
        i64::try_from(self.prices.len()).unwrap_or(i64::MAX / 8) + 1
    }

    /// Moves those who cannot pay the full price, where that was not sure; returns whether there are any.
    fn part_exactly(&self, rest: &BigInt, payers: u64, rich: &mut Vec<u32>, poor: &mut Vec<u32>) -> bool {
        let price = purse(&scaled(rest, &(&self.denominator * payers), self.scale));
        let before = rich.len();
        rich.retain(|group| {
            let is_sure = self.purses[*group as usize].money > price;
            let is_rich = is_sure || self.money(*group) * payers >= *rest;
            if !is_rich {
                poor.push(*group);
            }
            is_rich
        });
        rich.len() < before
    }

    /// Returns what a group that is not broke has, exactly.
    fn money(&self, group: u32) -> BigInt {
        let choices = self.ready.instance.groups[group as usize].choices.iter();
        let paid = choices.filter_map(|(project, _)| self.taken_at[*project as usize]);
        paid.fold(self.share.clone(), |money, at| money - &self.prices[at].value)
    }

    /// Returns what a project costs less all that some groups have.
    fn rest(&self, project: usize, poor: &[u32]) -> Line {
        let (mut voters, mut paid) = (0_u64, vec![0_u64; self.prices.len()]);
        for group in poor {
            let number = self.ready.voters(*group);
            voters += number;
            for (choice, _) in &self.ready.instance.groups[*group as usize].choices {
                if let Some(at) = self.taken_at[*choice as usize] {
                    paid[at] += number;
                }
            }
        }
        let mut rest = Line {
            value: &self.ready.costs[project] * &self.denominator - &self.share * voters,
            slope: -(&self.denominator * voters),
        };
        for (price, number) in self.prices.iter().zip(paid).filter(|(_, number)| *number > 0) {
            rest.value += &price.value * number;
            rest.slope += &price.slope * number;
        }
        rest
    }

    /// Returns who pays what, the poorest first.
    pub(super) fn payments(&self, project: usize, price: &Line, rich: &[u32], poor: &[u32]) -> Vec<Payment> {
        let mut paid: BTreeMap<BigInt, u64> = BTreeMap::new();
        let all = self.ready.support[project];
        for group in poor {
            *paid.entry(self.money(*group)).or_default() += self.ready.voters(*group);
        }
        *paid.entry(price.value.clone()).or_default() +=
            rich.iter().map(|group| self.ready.voters(*group)).sum::<u64>();
        let broke = all - paid.values().sum::<u64>();
        if broke > 0 {
            *paid.entry(BigInt::zero()).or_default() += broke;
        }
        let each = |amount: &BigInt| self.ready.money(amount, &self.denominator).to_string();
        paid.iter().map(|(amount, voters)| Payment { voters: *voters, each: each(amount) }).collect()
    }
}
