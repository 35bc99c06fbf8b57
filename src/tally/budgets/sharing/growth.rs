//! How far shares may grow before a run could choose otherwise.

use num_bigint::BigInt;
use num_traits::{Signed, ToPrimitive, Zero};

use super::{Line, Offer, Price, Runner, SLOPE_BITS, purse, scaled};

impl Runner<'_> {
    pub(super) fn is_settled(&self) -> bool {
        self.steps.as_ref().is_some_and(Zero::is_zero)
    }

    /// Keeps to the steps for which a linear number that is positive now stays positive.
    pub(super) fn keep_while_positive(&mut self, value: &BigInt, slope: &BigInt) {
        if !self.is_settled() && !self.stays_positive(value, slope) {
            self.steps = Some((value - 1_u32) / self.fall(slope));
        }
    }

    /// Returns whether a linear number that is positive now stays positive for the steps known so far.
    fn stays_positive(&self, value: &BigInt, slope: &BigInt) -> bool {
        !slope.is_negative() || self.steps.as_ref().is_some_and(|steps| steps * self.fall(slope) < *value)
    }

    /// Returns by how much a linear number falls with each step, which is one unit of currency.
    fn fall(&self, slope: &BigInt) -> BigInt {
        -(slope * &self.ready.unit)
    }

    /// Keeps to the steps for which no other offer becomes as good as that of the project taken.
    pub(super) fn keep_ahead(&mut self, project: usize, open: &mut [Offer]) {
        let Some(best) = open.iter().position(|offer| offer.project == project) else { return };
        let (worth, Some((best, _))) = (self.worth(&open[best]), open[best].known.clone()) else { return };
        for offer in open.iter_mut().filter(|offer| offer.project != project) {
            if self.is_settled() {
                return;
            }
            // What was reckoned earlier will do where it is no hindrance: the offer may ask more by now, never less.
            if offer.known.is_some() && self.gap(&best, &worth, offer).is_some_and(|gap| self.is_kept(&gap)) {
                continue;
            }
            let Price { rest, payers, .. } = self.price(offer.project, offer.floor);
            if payers == 0 {
                self.keep_while_positive(&rest.value, &rest.slope);
                continue;
            }
            offer.known = Some((rest, payers));
            match self.gap(&best, &worth, offer) {
                Some(gap) => self.keep_while_positive(&gap.value, &gap.slope),
                None => self.steps = Some(BigInt::zero()),
            }
        }
    }

    /// Returns by how much an offer asks more than the best, times the worth of both; nothing when they are level and it
    /// falls faster, or it asks less.
    fn gap(&self, best: &Line, worth: &BigInt, offer: &Offer) -> Option<Line> {
        let (line, _) = offer.known.as_ref()?;
        let other = self.worth(offer);
        let value = &line.value * worth - &best.value * &other;
        let slope = &line.slope * worth - &best.slope * &other;
        (value.is_positive() || (value.is_zero() && !slope.is_negative())).then_some(Line { value, slope })
    }

    /// Returns whether the steps known so far keep a gap open. Level is not enough: an offer that asks more today and no more
    /// than the best tomorrow would be tied with it then.
    fn is_kept(&self, gap: &Line) -> bool {
        gap.value.is_positive() && self.stays_positive(&gap.value, &gap.slope)
    }

    /// Keeps to the steps for which those who cannot pay a price stay unable to.
    pub(super) fn keep_poor(&mut self, price: &Line, poor: &[u32]) {
        if self.is_settled() || poor.is_empty() {
            return;
        }
        let least = purse(&scaled(&price.value, &self.denominator, self.scale));
        let (fall, slack) = (self.slope_up(&price.slope), self.slack());
        let time = |group: &u32| {
            let purse = &self.purses[*group as usize];
            let gap = u128::try_from(least.saturating_sub(purse.money).saturating_sub(slack)).unwrap_or(0);
            (gap << SLOPE_BITS) / self.slopes[*group as usize].saturating_add(fall).max(1)
        };
        let least = BigInt::from(poor.iter().map(time).min().unwrap_or(0)) - 1_u32;
        // How many units of currency that is.
        let steps = scaled(&least.max(BigInt::zero()), &self.ready.unit, -self.scale);
        if self.steps.as_ref().is_none_or(|known| steps < *known) {
            self.steps = Some(steps);
        }
    }

    /// Returns how fast a price falls, rounded up.
    pub(super) fn slope_up(&self, slope: &BigInt) -> u128 {
        let fall = (-slope << SLOPE_BITS) + &self.denominator - 1_u32;
        (fall / &self.denominator).to_u128().unwrap_or(u128::MAX)
    }

    /// Returns an amount as a rounded number, rounded up.
    pub(super) fn rounded_up(&self, amount: &BigInt) -> BigInt {
        scaled(amount, &self.denominator, self.scale) + 1_u32
    }
}
