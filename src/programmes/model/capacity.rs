//! What the secretariat can carry in each half-year of a programme, and what some actions would ask of it. Pure and exact.
//!
//! What an action asks for is spread evenly over its half-years as fractions, as in `scenarios`. A half-year without a number
//! is not limited.

use std::collections::{BTreeMap, BTreeSet};

use num_rational::BigRational;
use num_traits::Zero as _;

use super::scenarios::{Asking, Half};
use crate::kernel::fields::{FieldErrors, Message};

/// Most half-years that are planned: ten years.
const HALVES_MAX: usize = 20;
/// Most staff weeks or missions of a half-year.
pub const NUMBER_MAX: u32 = 100_000;
/// Most money of a half-year.
pub const MONEY_MAX: u64 = 1_000_000_000_000;
/// Field of the currency.
pub const CURRENCY: &str = "currency";

/// Returns the half-years of a programme.
pub fn halves((first, last): (i32, i32)) -> Vec<Half> {
    (first..=last).flat_map(|year| [(year, 1), (year, 2)]).take(HALVES_MAX).collect()
}

/// What can be carried in one half-year; what is not set is not limited.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Capacity {
    /// Staff weeks of the secretariat.
    pub staff_weeks: Option<u32>,
    /// Missions.
    pub missions: Option<u32>,
    /// Money in whole units.
    pub money: Option<u64>,
}

impl Capacity {
    /// Returns whether nothing is set.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// What can be carried, half-year by half-year.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Capacities {
    /// The half-years in which something is set.
    pub by_half: BTreeMap<Half, Capacity>,
    /// The currency of the money; empty where no money is set.
    pub currency: String,
}

impl Capacities {
    /// Returns what is set for a half-year.
    pub fn of(&self, half: Half) -> Capacity {
        self.by_half.get(&half).copied().unwrap_or_default()
    }

    /// Writes what is set as text, by which a form knows what it showed.
    pub fn print(&self) -> String {
        let shown = |number: Option<u64>| number.map_or_else(|| "-".to_owned(), |number| number.to_string());
        let line = |((year, half), one): (&Half, &Capacity)| {
            let numbers = [one.staff_weeks.map(u64::from), one.missions.map(u64::from), one.money].map(shown);
            format!("{year}-{half} {}", numbers.join(" "))
        };
        let lines: Vec<String> = self.by_half.iter().map(line).collect();
        format!("{} {}", self.currency, lines.join(", ")).trim().to_owned()
    }

    /// Returns what is wrong: a number out of bounds, or money in no currency.
    pub fn check(&self) -> FieldErrors {
        let mut errors = FieldErrors::none();
        for (half, one) in &self.by_half {
            let numbers = [("staff_weeks", one.staff_weeks), ("missions", one.missions)];
            for (part, _) in numbers.iter().filter(|(_, number)| number.is_some_and(|number| number > NUMBER_MAX)) {
                errors.add(field(part, *half), Message::new("capacity-range").number("max", i64::from(NUMBER_MAX)));
            }
            if one.money.is_some_and(|money| money > MONEY_MAX) {
                let max = i64::try_from(MONEY_MAX).unwrap_or(i64::MAX);
                errors.add(field("money", *half), Message::new("capacity-range").number("max", max));
            }
        }
        let is_code = self.currency.len() == 3 && self.currency.chars().all(|c| c.is_ascii_uppercase());
        let has_money = self.by_half.values().any(|one| one.money.is_some());
        if !is_code && (has_money || !self.currency.is_empty()) {
            errors.add(CURRENCY, Message::new("capacity-currency"));
        }
        errors
    }
}

/// Returns the field of a number of a half-year.
pub fn field(part: &str, (year, half): Half) -> String {
    format!("{part}.{year}-{half}")
}

/// What some actions ask for in one half-year.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Load {
    /// Staff weeks.
    pub staff_weeks: BigRational,
    /// Missions.
    pub missions: BigRational,
    /// Money in the currency of the capacities.
    pub money: BigRational,
}

/// What some actions ask for, half-year by half-year.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Loads {
    /// The half-years in which any of them is under way.
    pub by_half: BTreeMap<Half, Load>,
    /// Those whose cost is in another currency, and is not counted.
    pub other_currency: BTreeSet<String>,
}

impl Loads {
    /// Returns what is asked for in a half-year.
    pub fn of(&self, half: Half) -> Load {
        self.by_half.get(&half).cloned().unwrap_or_default()
    }
}

/// Returns what actions ask for together.
pub fn loads(taken: &[&Asking], currency: &str) -> Loads {
    let mut loads = Loads::default();
    for one in taken {
        let is_counted = one.currency == currency;
        if !is_counted && one.money.is_some_and(|money| money > 0) {
            loads.other_currency.insert(one.reference.clone());
        }
        for half in one.halves() {
            let load = loads.by_half.entry(half).or_default();
            load.staff_weeks += one.share(one.staff_weeks.unwrap_or(0).into());
            load.missions += one.share(one.missions.unwrap_or(0).into());
            if is_counted {
                load.money += one.share(one.money.unwrap_or(0));
            }
        }
    }
    loads
}

/// Returns how much a load is above a limit; nothing where it is not, or where there is no limit.
pub fn excess(load: &BigRational, limit: Option<u64>) -> Option<BigRational> {
    let over = load - BigRational::from_integer(limit?.into());
    (over > BigRational::zero()).then_some(over)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asking(reference: &str, years: (i32, i32), staff_weeks: u32, currency: &str) -> Asking {
        Asking {
            reference: reference.to_owned(),
            years,
            staff_weeks: Some(staff_weeks),
            missions: None,
            money: Some(100),
            currency: currency.to_owned(),
            depends_on: BTreeSet::new(),
            excludes: BTreeSet::new(),
        }
    }

    fn ratio(number: i64, of: i64) -> BigRational {
        BigRational::new(number.into(), of.into())
    }

    #[test]
    fn what_is_asked_for_is_spread_over_the_half_years_to_the_last_fraction() {
        let all = [asking("A", (2021, 2023), 10, "USD"), asking("B", (2021, 2021), 3, "EUR")];
        let loads = loads(&all.iter().collect::<Vec<_>>(), "USD");
        assert_eq!(loads.of((2021, 1)).staff_weeks, ratio(10, 6) + ratio(3, 2));
        assert_eq!(loads.of((2023, 2)).staff_weeks, ratio(5, 3));
        assert_eq!(loads.of((2021, 2)).money, ratio(50, 3), "only the currency of the capacities counts");
        assert_eq!(loads.of((2024, 1)), Load::default());
        assert_eq!(loads.other_currency, BTreeSet::from(["B".to_owned()]));
    }

    #[test]
    fn a_load_is_over_where_it_is_above_the_limit_and_not_where_it_meets_it() {
        assert_eq!(excess(&ratio(5, 1), Some(5)), None);
        assert_eq!(excess(&ratio(16, 3), Some(5)), Some(ratio(1, 3)));
        assert_eq!(excess(&ratio(1000, 1), None), None);
        assert_eq!(excess(&ratio(1, 2), Some(0)), Some(ratio(1, 2)));
    }

    #[test]
    fn numbers_have_bounds_and_money_has_a_currency() {
        let with = |capacity: Capacity, currency: &str| Capacities {
            by_half: BTreeMap::from([((2021, 2), capacity)]),
            currency: currency.to_owned(),
        };
        let money = Capacity { money: Some(5), ..Capacity::default() };
        assert!(with(money, "USD").check().is_empty());
        for currency in ["", "US", "usd", "USDX"] {
            assert!(!with(money, currency).check().of(CURRENCY).is_empty(), "{currency}");
        }
        let most =
            Capacity { staff_weeks: Some(NUMBER_MAX + 1), missions: Some(NUMBER_MAX), money: Some(MONEY_MAX + 1) };
        let errors = with(most, "USD").check();
        assert!(!errors.of("staff_weeks.2021-2").is_empty() && !errors.of("money.2021-2").is_empty());
        assert!(errors.of("missions.2021-2").is_empty());
        assert_eq!(with(money, "USD").print(), "USD 2021-2 - - 5");
        assert_eq!(Capacities::default().print(), "");
        assert_eq!(halves((2021, 2022)), [(2021, 1), (2021, 2), (2022, 1), (2022, 2)]);
        assert_eq!(halves((1, 1000)).len(), HALVES_MAX);
    }
}
