//! Scenarios of a programme under hard limits: which actions fit together, and why the others do not. Pure and exact.
//!
//! Staff weeks and missions of an action are spread evenly over its half-years as fractions; nothing is rounded. An action
//! is taken in the order given when it fits, when all that it depends on is in, and when nothing that is in excludes it;
//! whenever one is taken the order is gone through again from the top, so that an action may wait for what it depends on.
//! What gives no estimate counts as nothing, and is named.

use std::collections::{BTreeMap, BTreeSet};

use num_rational::BigRational;
use num_traits::Zero as _;

use crate::coded_enum;

/// A half-year: the year and its half, 1 or 2.
pub type Half = (i32, u8);

coded_enum! {
    /// What is limited.
    pub enum Resource {
        /// Staff weeks of the secretariat in a half-year.
        StaffWeeks = "staff-weeks",
        /// Missions in a half-year.
        Missions = "missions",
        /// Money in all.
        Money = "money",
        /// Number of actions.
        Places = "places",
    }
}

/// An action with what it asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asking {
    /// Its reference.
    pub reference: String,
    /// First and last year.
    pub years: (i32, i32),
    /// Staff weeks asked of the secretariat, in all.
    pub staff_weeks: Option<u32>,
    /// Missions, in all.
    pub missions: Option<u32>,
    /// Money in whole units: the upper estimate where one is given.
    pub money: Option<u64>,
    /// Its currency.
    pub currency: String,
    /// Actions without which it cannot be.
    pub depends_on: BTreeSet<String>,
    /// Actions with which it cannot be.
    pub excludes: BTreeSet<String>,
}

/// The limits; what is not set is not limited.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Limits {
    /// Most actions.
    pub places: Option<u32>,
    /// Most staff weeks in any half-year.
    pub staff_weeks: Option<u32>,
    /// Most missions in any half-year.
    pub missions: Option<u32>,
    /// Most money in all.
    pub money: Option<u64>,
    /// The currency of that money.
    pub currency: String,
}

/// Why an action is not in, or what is wrong with a choice made by hand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Obstacle {
    /// It no longer fits.
    NoRoom(Resource),
    /// It depends on an action that is not in.
    Needs(String),
    /// It and an action that is in exclude each other.
    Excluded(String),
    /// Its cost is in another currency than the limit.
    OtherCurrency,
    /// The method did not choose it.
    NotChosen,
}

/// What some actions use.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Use {
    /// Staff weeks by half-year.
    pub staff_weeks: BTreeMap<Half, BigRational>,
    /// Missions by half-year.
    pub missions: BTreeMap<Half, BigRational>,
    /// Money in the currency of the limit.
    pub money: u64,
    /// Actions under way by half-year.
    pub under_way: BTreeMap<Half, usize>,
    /// References of actions that give no estimate of staff weeks or of money.
    pub without_estimate: BTreeSet<String>,
}

/// A choice of actions.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Scenario {
    /// References of the actions that are in, as they were taken.
    pub taken: Vec<String>,
    /// The others, each with what stands in its way.
    pub left: Vec<(String, Obstacle)>,
}

impl Asking {
    /// Returns its half-years.
    pub fn halves(&self) -> impl Iterator<Item = Half> {
        (self.years.0..=self.years.1).flat_map(|year| [(year, 1), (year, 2)])
    }

    /// Returns what falls on each of its half-years of an amount for the whole.
    pub fn share(&self, amount: u64) -> BigRational {
        let halves = self.halves().count().max(1);
        BigRational::new(amount.into(), halves.into())
    }

    fn excludes_or_is_excluded_by(&self, other: &Self) -> bool {
        self.excludes.contains(&other.reference) || other.excludes.contains(&self.reference)
    }
}

/// Returns what actions use together.
pub fn used(taken: &[&Asking], limits: &Limits) -> Use {
    let mut used = Use::default();
    for one in taken {
        for half in one.halves() {
            *used.staff_weeks.entry(half).or_insert_with(BigRational::zero) +=
                one.share(one.staff_weeks.unwrap_or(0).into());
            *used.missions.entry(half).or_insert_with(BigRational::zero) += one.share(one.missions.unwrap_or(0).into());
            *used.under_way.entry(half).or_default() += 1;
        }
        if one.currency == limits.currency {
            used.money = used.money.saturating_add(one.money.unwrap_or(0));
        }
        if one.staff_weeks.is_none() || one.money.is_none() {
            used.without_estimate.insert(one.reference.clone());
        }
    }
    used
}

/// Returns the resource that actions use beyond the limits, if there is one.
fn exceeded(taken: &[&Asking], limits: &Limits) -> Option<Resource> {
    let used = used(taken, limits);
    let over = |uses: &BTreeMap<Half, BigRational>, limit: Option<u32>| {
        limit.is_some_and(|limit| uses.values().any(|one| *one > BigRational::from_integer(limit.into())))
    };
    let number = u32::try_from(taken.len()).unwrap_or(u32::MAX);
    if limits.places.is_some_and(|limit| number > limit) {
        return Some(Resource::Places);
    }
    if over(&used.staff_weeks, limits.staff_weeks) {
        return Some(Resource::StaffWeeks);
    }
    if over(&used.missions, limits.missions) {
        return Some(Resource::Missions);
    }
    limits.money.is_some_and(|limit| used.money > limit).then_some(Resource::Money)
}

/// Returns what keeps an action from joining those taken, the limits aside.
fn kept_out(one: &Asking, taken: &[&Asking], limits: &Limits) -> Option<Obstacle> {
    let is_in = |reference: &String| taken.iter().any(|other| other.reference == *reference);
    if let Some(other) = taken.iter().find(|other| one.excludes_or_is_excluded_by(other)) {
        return Some(Obstacle::Excluded(other.reference.clone()));
    }
    if let Some(missing) = one.depends_on.iter().find(|reference| !is_in(reference)) {
        return Some(Obstacle::Needs(missing.clone()));
    }
    let is_other = limits.money.is_some() && one.money.is_some_and(|cost| cost > 0) && one.currency != limits.currency;
    is_other.then_some(Obstacle::OtherCurrency)
}

fn obstacle(one: &Asking, taken: &[&Asking], limits: &Limits) -> Option<Obstacle> {
    kept_out(one, taken, limits).or_else(|| {
        let mut with: Vec<&Asking> = taken.to_vec();
        with.push(one);
        exceeded(&with, limits).map(Obstacle::NoRoom)
    })
}

/// Takes actions in an order as far as limits, dependencies and exclusions let them in.
pub fn in_order(order: &[&Asking], limits: &Limits) -> Scenario {
    let mut taken: Vec<&Asking> = Vec::new();
    let mut waiting: Vec<&Asking> = order.to_vec();
    while let Some(next) = waiting.iter().position(|one| obstacle(one, &taken, limits).is_none()) {
        taken.push(waiting.remove(next));
    }
    let left = waiting.iter().filter_map(|one| Some((one.reference.clone(), obstacle(one, &taken, limits)?))).collect();
    Scenario { taken: taken.iter().map(|one| one.reference.clone()).collect(), left }
}

/// Returns what is wrong with a choice: each action with what should keep it out, and the resource that is exceeded.
pub fn faults(taken: &[&Asking], limits: &Limits) -> Vec<(String, Obstacle)> {
    let mut faults = Vec::new();
    for (place, one) in taken.iter().enumerate() {
        let others: Vec<&Asking> =
            taken.iter().enumerate().filter(|(other, _)| *other != place).map(|(_, other)| *other).collect();
        faults.extend(kept_out(one, &others, limits).map(|obstacle| (one.reference.clone(), obstacle)));
    }
    faults.extend(exceeded(taken, limits).map(|resource| (String::new(), Obstacle::NoRoom(resource))));
    faults
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn asking(reference: &str, staff_weeks: u32) -> Asking {
        Asking {
            reference: reference.to_owned(),
            years: (2021, 2021),
            staff_weeks: Some(staff_weeks),
            missions: Some(0),
            money: Some(100),
            currency: "USD".to_owned(),
            depends_on: BTreeSet::new(),
            excludes: BTreeSet::new(),
        }
    }

    fn limits(staff_weeks: u32) -> Limits {
        Limits { staff_weeks: Some(staff_weeks), currency: "USD".to_owned(), ..Limits::default() }
    }

    #[test]
    fn a_limit_is_kept_to_the_last_fraction() {
        // Ten weeks over three years are 5/3 in each half-year; three of them are exactly 5.
        let long = |reference| Asking { years: (2021, 2023), ..asking(reference, 10) };
        let all = [long("A"), long("B"), long("C"), asking("D", 1)];
        let order: Vec<&Asking> = all.iter().collect();
        let scenario = in_order(&order, &limits(5));
        assert_eq!(scenario.taken, ["A", "B", "C"]);
        assert_eq!(scenario.left, [("D".to_owned(), Obstacle::NoRoom(Resource::StaffWeeks))]);
    }

    #[test]
    fn an_action_waits_for_what_it_depends_on_and_yields_to_what_excludes_it() {
        let mut all = [asking("A", 1), asking("B", 1), asking("C", 1), asking("D", 1)];
        all[0].depends_on = BTreeSet::from(["B".to_owned()]);
        all[2].excludes = BTreeSet::from(["A".to_owned()]);
        all[3].depends_on = BTreeSet::from(["X".to_owned()]);
        let order: Vec<&Asking> = all.iter().collect();
        let scenario = in_order(&order, &limits(9));
        assert_eq!(scenario.taken, ["B", "A"]);
        let left = [("C", Obstacle::Excluded("A".to_owned())), ("D", Obstacle::Needs("X".to_owned()))];
        assert_eq!(scenario.left, left.map(|(reference, why)| (reference.to_owned(), why)));
    }

    #[test]
    fn money_in_another_currency_is_not_compared() {
        let other = Asking { currency: "KGS".to_owned(), ..asking("A", 0) };
        let limits = Limits { money: Some(1000), currency: "USD".to_owned(), ..Limits::default() };
        assert_eq!(in_order(&[&other], &limits).left, [("A".to_owned(), Obstacle::OtherCurrency)]);
        let free = Asking { money: None, ..other };
        assert_eq!(in_order(&[&free], &limits).taken, ["A"]);
        assert!(used(&[&free], &limits).without_estimate.contains("A"));
    }

    #[test]
    fn a_choice_by_hand_is_told_what_is_wrong_with_it() {
        let mut all = [asking("A", 4), asking("B", 7)];
        all[0].depends_on = BTreeSet::from(["C".to_owned()]);
        all[1].excludes = BTreeSet::from(["A".to_owned()]);
        let wrong = faults(&[&all[0], &all[1]], &limits(5));
        let wanted = [
            ("A", Obstacle::Excluded("B".to_owned())),
            ("B", Obstacle::Excluded("A".to_owned())),
            ("", Obstacle::NoRoom(Resource::StaffWeeks)),
        ];
        assert_eq!(wrong, wanted.map(|(reference, why)| (reference.to_owned(), why)));
    }

    fn any_action(number: usize) -> impl Strategy<Value = Asking> {
        let some = prop::collection::btree_set((0..8_usize).prop_map(|other| format!("A{other}")), 0..2);
        (0..3_i32, 0..3_i32, prop::option::of(0..30_u32), 0..6_u32, prop::option::of(0..500_u64), some.clone(), some)
            .prop_map(move |(first, span, staff_weeks, missions, money, depends_on, excludes)| Asking {
                reference: format!("A{number}"),
                years: (2021 + first, 2021 + first + span),
                staff_weeks,
                missions: Some(missions),
                money,
                currency: "USD".to_owned(),
                depends_on,
                excludes,
            })
    }

    proptest! {
        #[test]
        fn no_scenario_breaks_a_limit_a_dependency_or_an_exclusion(
            all in (0..8_usize).map(any_action).collect::<Vec<_>>(),
            staff in prop::option::of(0..12_u32),
            missions in prop::option::of(0..4_u32),
            money in prop::option::of(0..900_u64),
            places in prop::option::of(0..6_u32),
        ) {
            let limits = Limits { places, staff_weeks: staff, missions, money, currency: "USD".to_owned() };
            let order: Vec<&Asking> = all.iter().collect();
            let scenario = in_order(&order, &limits);
            let taken: Vec<&Asking> = all.iter().filter(|one| scenario.taken.contains(&one.reference)).collect();
            prop_assert_eq!(faults(&taken, &limits), vec![]);
            prop_assert_eq!(scenario.taken.len() + scenario.left.len(), all.len());
            // Nothing that could come in stays out.
            for (reference, _) in &scenario.left {
                let one = all.iter().find(|one| one.reference == *reference).expect("known");
                prop_assert!(obstacle(one, &taken, &limits).is_some());
            }
        }
    }
}
