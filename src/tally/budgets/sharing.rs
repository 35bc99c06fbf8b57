//! One run of equal shares, exact, and for how many further units of currency every share may grow without changing what
//! is chosen.
//!
//! **Money.** Who once could not pay the full price has nothing from then on; whoever else still has the share less the
//! prices of the projects taken that they support. All prices are whole numbers over one denominator; the price of a
//! project is linear in those before it, with numbers of voters as factors, so no voter's exact money is ever kept. Beside
//! it every group of voters has its money rounded to a binary fraction with known error: that decides who can pay where
//! the answer is sure, and the exact number is reckoned where it is not.
//!
//! **Growth.** As long as the same projects are taken in the same order and the same voters cannot pay in full, every
//! price and every purse is linear in the share: a purse rises at least as fast as the share, a price never rises. So a
//! voter who can pay in full stays able to, and the run stays the same while
//! 1. no voter who could not pay the full price of a project taken becomes able to,
//! 2. no project left for later becomes as cheap per utility as the one taken, and
//! 3. no project that its supporters cannot pay becomes payable.
//!
//! For 2, the price of a project is convex in the share: it is the lower edge of the set of shares s and prices p with
//! Σ min(purse(s), p) ≥ cost, which is convex as the sum is concave. Its tangent is therefore a lower bound for larger
//! shares, whoever becomes able to pay; a tangent found before other projects were taken stays one, as purses only
//! shrink by them. Each of the three is one comparison of linear functions and gives a number of steps; the least of all
//! is returned. It may be too small by rounding (1 alone is rounded, downwards), never too large. (A similar search for
//! the next share of interest: S. Kraiczy, I. Robinson and E. Elkind, "Streamlining Equal Shares", 2025.)

mod growth;
mod money;

use std::cmp::Ordering;

use num_bigint::BigInt;
use num_traits::{One, Signed, ToPrimitive, Zero};

use super::outcome::Payment;
use super::{Group, Ready};

/// Binary digits after the point of a slope.
const SLOPE_BITS: u32 = 32;
/// Binary digits that a purse may have.
const PURSE_BITS: i64 = 60;
/// Binary digits that the money of all voters may have.
const TOTAL_BITS: i64 = 119;

/// What a run chose.
pub(super) struct Run {
    /// Projects in order, with those tied and who pays what (nothing unless asked for).
    pub taken: Vec<(usize, Vec<usize>, Vec<Payment>)>,
    /// What they cost together.
    pub cost: BigInt,
    /// Units by which every share may grow without changing the choice; nothing when it never changes.
    pub steps: Option<BigInt>,
}

/// What a run is for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Purpose {
    /// To find who pays what.
    Payments,
    /// To find how far shares may grow; ends as soon as the budget is exceeded.
    Growth,
}

/// The money of a group of voters, rounded down.
#[derive(Clone)]
struct Purse {
    money: i64,
    /// How many they are; nobody once they have nothing.
    voters: u64,
}

/// A number that is linear in what the share grows by, over the common denominator.
#[derive(Clone)]
struct Line {
    value: BigInt,
    slope: BigInt,
}

/// What supporters ask of each other for a project.
struct Price {
    /// What is left to pay by those who pay the full price together.
    rest: Line,
    /// How many they are; nobody when the money does not suffice.
    payers: u64,
    rich: Vec<u32>,
    /// Those who give all they have; those who have nothing are left out.
    poor: Vec<u32>,
}

/// A project that may be taken.
struct Offer {
    project: usize,
    /// The least it asks of each who pays in full, rounded down.
    floor: i64,
    /// What it asked when that was last reckoned: the rest and by how many it is paid.
    known: Option<(Line, u64)>,
}

struct Runner<'a> {
    ready: &'a Ready<'a>,
    by_cost: bool,
    purpose: Purpose,
    scale: i64,
    denominator: BigInt,
    share: BigInt,
    purses: Vec<Purse>,
    /// How fast each purse grows with the share, rounded up.
    slopes: Vec<u128>,
    /// Costs as rounded numbers.
    costs: Vec<i128>,
    /// Prices of the projects taken.
    prices: Vec<Line>,
    /// Position among the projects taken.
    taken_at: Vec<Option<usize>>,
    steps: Option<BigInt>,
}

/// Chooses with shares of `amount` parted by `voters`.
pub(super) fn run(ready: &Ready<'_>, by_cost: bool, (amount, voters): (&BigInt, u64), purpose: Purpose) -> Run {
    let mut runner = Runner::new(ready, by_cost, (amount, voters), purpose);
    let mut open: Vec<Offer> =
        ready.candidates().into_iter().map(|project| Offer { project, floor: 0, known: None }).collect();
    let mut run = Run { taken: Vec::new(), cost: BigInt::zero(), steps: None };
    while let Some((project, tied)) = runner.best(&mut open) {
        let payments = runner.take(project, &mut open);
        run.cost += &ready.costs[project];
        run.taken.push((project, tied, payments));
        if purpose == Purpose::Growth && run.cost > ready.budget {
            break;
        }
    }
    run.steps = runner.steps;
    run
}

impl<'a> Runner<'a> {
    fn new(ready: &'a Ready<'a>, by_cost: bool, (amount, voters): (&BigInt, u64), purpose: Purpose) -> Self {
        let voters_bits = i64::from(64 - voters.leading_zeros());
        let share_bits = bits(&(amount / voters)) + 1;
        let scale = (PURSE_BITS - share_bits).min(TOTAL_BITS - share_bits - voters_bits);
        let denominator = BigInt::from(voters);
        let money = purse(&scaled(amount, &denominator, scale));
        let full = |group: &Group| Purse { money, voters: group.voters };
        Self {
            ready,
            by_cost,
            purpose,
            scale,
            denominator,
            share: amount.clone(),
            purses: ready.instance.groups.iter().map(full).collect(),
            slopes: vec![1 << SLOPE_BITS; ready.instance.groups.len()],
            costs: ready.costs.iter().map(|cost| number(&scaled(cost, &BigInt::one(), scale))).collect(),
            prices: Vec::new(),
            taken_at: vec![None; ready.costs.len()],
            steps: if purpose == Purpose::Growth { None } else { Some(BigInt::zero()) },
        }
    }

    /// Returns the project to take next and those tied with it; projects that cannot be paid fall out.
    fn best(&mut self, open: &mut Vec<Offer>) -> Option<(usize, Vec<usize>)> {
        self.raise_floors(open);
        let mut best: Option<usize> = None;
        let mut contenders = Vec::new();
        let mut at = 0;
        while at < open.len() {
            if best.is_some_and(|best| self.is_surely_less(&open[best], &open[at])) {
                break;
            }
            let Price { rest, payers, .. } = self.price(open[at].project, open[at].floor);
            if payers == 0 {
                self.keep_while_positive(&rest.value, &rest.slope);
                open.remove(at);
                continue;
            }
            open[at].known = Some((rest, payers));
            if best.is_none_or(|best| self.compare(&open[at], &open[best]) == Ordering::Less) {
                best = Some(at);
            }
            contenders.push(at);
            at += 1;
        }
        let best = &open[best?];
        let is_tied = |at: &&usize| self.compare(&open[**at], best) == Ordering::Equal;
        let tied: Vec<usize> = contenders.iter().filter(is_tied).map(|at| open[*at].project).collect();
        Some((self.ready.first(&tied), tied))
    }

    /// Raises what projects ask at least, as far as is needed to see which may be the least, and puts those first. What
    /// a project asks only grows: what was found before stays a lower bound.
    fn raise_floors(&mut self, open: &mut Vec<Offer>) {
        open.sort_by(|a, b| self.compare_floors(a, b));
        let (mut least, mut at): (Option<usize>, usize) = (None, 0);
        while at < open.len() {
            if least.is_some_and(|least| self.compare_floors(&open[least], &open[at]) == Ordering::Less) {
                break;
            }
            let Some(floor) = self.floor(open[at].project, open[at].floor) else {
                if !self.is_settled() {
                    let rest = self.price(open[at].project, open[at].floor).rest;
                    self.keep_while_positive(&rest.value, &rest.slope);
                }
                open.remove(at);
                continue;
            };
            open[at].floor = floor;
            if least.is_none_or(|least| self.compare_floors(&open[at], &open[least]) == Ordering::Less) {
                least = Some(at);
            }
            at += 1;
        }
        open.sort_by(|a, b| self.compare_floors(a, b));
    }

    /// Compares what projects ask at least per utility.
    fn compare_floors(&self, one: &Offer, other: &Offer) -> Ordering {
        if !self.by_cost {
            return one.floor.cmp(&other.floor);
        }
        let cost = |offer: &Offer| &self.ready.costs[offer.project];
        (cost(other) * one.floor).cmp(&(cost(one) * other.floor))
    }

    /// Returns whether what one project asks per utility is surely less than what another asks at least.
    fn is_surely_less(&self, one: &Offer, other: &Offer) -> bool {
        let Some((rest, payers)) = &one.known else { return false };
        let most = scaled(&rest.value, &(&self.denominator * payers), self.scale) + 1_u32;
        let most = Offer { project: one.project, floor: purse(&most), known: None };
        self.compare_floors(&most, other) == Ordering::Less
    }

    /// Compares what projects ask per utility, as last reckoned.
    fn compare(&self, one: &Offer, other: &Offer) -> Ordering {
        let (Some((mine, _)), Some((theirs, _))) = (&one.known, &other.known) else {
            return one.known.is_some().cmp(&other.known.is_some());
        };
        (&mine.value * self.worth(other)).cmp(&(&theirs.value * self.worth(one)))
    }

    /// Returns what the rest of an offer is parted by: payers times utility.
    fn worth(&self, offer: &Offer) -> BigInt {
        let payers = offer.known.as_ref().map_or(0, |(_, payers)| *payers);
        if self.by_cost { &self.ready.costs[offer.project] * payers } else { BigInt::from(payers) }
    }

    /// Takes a project: its supporters pay. Returns who pays what, where that is asked for.
    fn take(&mut self, project: usize, open: &mut Vec<Offer>) -> Vec<Payment> {
        let floor = open.iter().find(|offer| offer.project == project).map_or(0, |offer| offer.floor);
        let Price { rest, payers, rich, poor } = self.price(project, floor);
        self.keep_ahead(project, open);
        open.retain(|offer| offer.project != project);
        let payers = BigInt::from(payers);
        let factor = refinement(&rest, &payers);
        self.refine(&factor, open);
        let price = Line { value: rest.value * &factor / &payers, slope: rest.slope * &factor / &payers };
        let payments = if self.purpose == Purpose::Payments {
            self.payments(project, &price, &rich, &poor)
        } else {
            self.keep_poor(&price, &poor);
            Vec::new()
        };
        let (paid, slope) = (purse(&self.rounded_up(&price.value)), self.slope_up(&price.slope));
        for group in rich {
            self.purses[group as usize].money -= paid;
            let grown = &mut self.slopes[group as usize];
            *grown = grown.saturating_add(slope);
        }
        for group in poor {
            self.purses[group as usize] = Purse { money: 0, voters: 0 };
        }
        self.taken_at[project] = Some(self.prices.len());
        self.prices.push(price);
        payments
    }

    /// Makes the denominator a multiple.
    fn refine(&mut self, factor: &BigInt, open: &mut [Offer]) {
        if factor.is_one() {
            return;
        }
        self.denominator *= factor;
        self.share *= factor;
        let known = open.iter_mut().filter_map(|offer| offer.known.as_mut().map(|(line, _)| line));
        for line in self.prices.iter_mut().chain(known) {
            line.value *= factor;
            line.slope *= factor;
        }
    }
}

/// Returns by what the denominator must grow so that a line parted by the payers is whole.
fn refinement(rest: &Line, payers: &BigInt) -> BigInt {
    let common = gcd(gcd(payers.clone(), &rest.value % payers), &rest.slope % payers);
    payers / common
}

fn gcd(mut a: BigInt, mut b: BigInt) -> BigInt {
    while !b.is_zero() {
        (a, b) = (b.clone(), a % b);
    }
    a.abs()
}

/// Returns a number not below 0, parted and times two to the power of `scale`, rounded down.
fn scaled(amount: &BigInt, denominator: &BigInt, scale: i64) -> BigInt {
    let shift = scale.unsigned_abs();
    if scale < 0 { amount / (denominator << shift) } else { (amount << shift) / denominator }
}

/// Returns the number of binary digits.
fn bits(amount: &BigInt) -> i64 {
    i64::try_from(amount.bits()).unwrap_or(i64::MAX / 4)
}

/// Returns the rounded money of one voter; the scale leaves room for all there is.
fn purse(rounded: &BigInt) -> i64 {
    rounded.to_i64().unwrap_or(i64::MAX / 4)
}

/// Returns a rounded number; the scale leaves room for all there are.
fn number(rounded: &BigInt) -> i128 {
    rounded.to_i128().unwrap_or(i128::MAX / 4)
}
