//! Programmes under a limit: which projects are chosen when each has a cost and their sum may not exceed a budget.
//!
//! A project is supported by the voters who list it. Costs, budget and payments are exact: everything is brought to whole
//! numbers first. Projects without cost are always in, and come first. Ties fall by the tie rule; what it leaves tied
//! falls to the smaller id as text. Conventions: DESIGN §9.

mod equal_shares;
mod greedy;
mod outcome;
mod pav;
mod phragmen;
mod purses;
mod sharing;

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{One, Zero};

use super::profile::{Ballot, BallotOption, OptionId, Profile, ProfileError};
use super::tie_rules::TieRule;
use crate::coded_enum;

pub use outcome::{BudgetOutcome, BudgetTie, Decision, Payment, Why};

coded_enum! {
    /// A way to choose projects under a budget.
    pub enum BudgetMethod {
        /// Most supporters first.
        GreedyCost = "greedy-cost",
        /// Most supporters per cost first.
        GreedyCardinality = "greedy-cardinality",
        /// Equal shares, a project being worth its cost.
        EqualSharesCost = "equal-shares-cost",
        /// The same with shares that grow.
        EqualSharesCostAdd1 = "equal-shares-cost-add1",
        /// The same, then greedy.
        EqualSharesCostAdd1u = "equal-shares-cost-add1u",
        /// Equal shares, every project being worth the same.
        EqualSharesCardinality = "equal-shares-cardinality",
        /// The same with shares that grow.
        EqualSharesCardinalityAdd1 = "equal-shares-cardinality-add1",
        /// The same, then greedy.
        EqualSharesCardinalityAdd1u = "equal-shares-cardinality-add1u",
        /// Sequential Phragmén.
        Phragmen = "phragmen",
        /// Sequential proportional approval.
        Pav = "pav",
    }
}

/// Something that costs money.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Project {
    /// Its id.
    pub id: String,
    /// Its name, for people.
    pub name: String,
    /// What it costs, not below 0.
    pub cost: BigRational,
}

/// Voters who vote alike.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// Positions of the projects they support, in ascending order, each with its priority (1 is the best).
    pub choices: Vec<(u32, u32)>,
    /// How many they are.
    pub voters: u64,
}

/// Projects, voters and the budget.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Instance {
    /// What the file says it is.
    pub description: Option<String>,
    /// The projects, in the order of the file.
    pub projects: Vec<Project>,
    /// The budget, not below 0.
    pub budget: BigRational,
    /// The voters.
    pub groups: Vec<Group>,
    /// How many voters there are.
    pub voters: u64,
    /// Fingerprint of the file.
    pub fingerprint: String,
}

/// An instance made ready: whole numbers, supporters of each project, who goes first in a tie.
pub(super) struct Ready<'a> {
    instance: &'a Instance,
    /// What one unit of currency is in these numbers.
    unit: BigInt,
    budget: BigInt,
    costs: Vec<BigInt>,
    /// Groups that support each project.
    supporters: Vec<Vec<u32>>,
    /// How many voters support each project.
    support: Vec<u64>,
    /// Smaller goes first.
    precedence: Vec<usize>,
    /// The tiers that the tie rule leaves tied, as a number for each project.
    level: Vec<usize>,
    tie_rule: &'a TieRule,
}

impl Instance {
    /// Returns the votes as ranked ballots, voters who vote alike as one ballot with their number as weight.
    pub fn profile(&self) -> Result<Profile, ProfileError> {
        let options = self.projects.iter().map(|project| BallotOption::plain(&project.id, &project.name)).collect();
        let ballots = self.groups.iter().enumerate().map(|(number, group)| {
            let mut priorities = vec![None; self.projects.len()];
            for (project, priority) in &group.choices {
                priorities[*project as usize] = Some(*priority);
            }
            Ballot { label: format!("{:08}", number + 1), weight: group.voters, priorities }
        });
        Profile::new(options, ballots.collect(), None)
    }

    /// Returns whether votes as ranked ballots would fit into memory.
    pub fn has_profile(&self) -> bool {
        let (projects, groups) = (self.projects.len(), self.groups.len());
        projects <= super::files::OPTIONS_MAX && projects.saturating_mul(groups) <= super::files::CELLS_MAX
    }
}

/// Chooses projects.
pub fn choose(instance: &Instance, method: BudgetMethod, tie_rule: &TieRule) -> Result<BudgetOutcome, ProfileError> {
    let ready = Ready::of(instance, tie_rule)?;
    let mut outcome = BudgetOutcome::new(&ready, method);
    let free = (0..ready.costs.len()).filter(|project| ready.costs[*project].is_zero());
    let mut free: Vec<usize> = free.collect();
    free.sort_by_key(|project| ready.precedence[*project]);
    for project in free {
        outcome.take(&ready, project, Why::Free, Vec::new());
    }
    match method {
        BudgetMethod::GreedyCost => greedy::complete(&ready, true, &mut outcome),
        BudgetMethod::GreedyCardinality => greedy::complete(&ready, false, &mut outcome),
        BudgetMethod::EqualSharesCost => equal_shares::once(&ready, true, &mut outcome),
        BudgetMethod::EqualSharesCardinality => equal_shares::once(&ready, false, &mut outcome),
        BudgetMethod::EqualSharesCostAdd1 => equal_shares::growing(&ready, true, &mut outcome),
        BudgetMethod::EqualSharesCardinalityAdd1 => equal_shares::growing(&ready, false, &mut outcome),
        BudgetMethod::EqualSharesCostAdd1u => {
            equal_shares::growing(&ready, true, &mut outcome);
            greedy::complete(&ready, true, &mut outcome);
        }
        BudgetMethod::EqualSharesCardinalityAdd1u => {
            equal_shares::growing(&ready, false, &mut outcome);
            greedy::complete(&ready, false, &mut outcome);
        }
        BudgetMethod::Phragmen => phragmen::count(&ready, &mut outcome),
        BudgetMethod::Pav => pav::count(&ready, &mut outcome),
    }
    outcome.finish(&ready);
    Ok(outcome)
}

impl<'a> Ready<'a> {
    fn of(instance: &'a Instance, tie_rule: &'a TieRule) -> Result<Self, ProfileError> {
        let numbers = instance.projects.iter().map(|project| &project.cost).chain([&instance.budget]);
        let unit = numbers.fold(BigInt::one(), |unit, number| {
            // The least common multiple.
            let more = BigRational::new(number.denom().clone(), unit.clone());
            unit * more.numer()
        });
        let whole = |number: &BigRational| number.numer() * (&unit / number.denom());
        let mut supporters = vec![Vec::new(); instance.projects.len()];
        let mut support = vec![0_u64; instance.projects.len()];
        for (position, group) in (0..).zip(&instance.groups) {
            for (project, _) in &group.choices {
                supporters[*project as usize].push(position);
                support[*project as usize] += group.voters;
            }
        }
        let options = instance.projects.iter().map(|project| BallotOption::plain(&project.id, "")).collect();
        let profile = Profile::new(options, Vec::new(), None)?;
        let ids: Vec<OptionId> = profile.options().iter().map(|option| option.id.clone()).collect();
        let (mut precedence, mut level) = (vec![0; ids.len()], vec![0; ids.len()]);
        let places: std::collections::BTreeMap<&str, usize> =
            instance.projects.iter().enumerate().map(|(place, project)| (project.id.as_str(), place)).collect();
        let mut next = 0;
        for (number, tier) in tie_rule.settle(&profile, &ids).iter().enumerate() {
            for id in tier {
                let project = places[id.as_str()];
                (precedence[project], level[project]) = (next, number);
                next += 1;
            }
        }
        let (budget, costs) = (whole(&instance.budget), instance.projects.iter().map(|p| whole(&p.cost)).collect());
        Ok(Self { instance, unit, budget, costs, supporters, support, precedence, level, tie_rule })
    }

    /// Returns the projects that may be chosen at all: they cost something, no more than the budget, and are supported.
    fn candidates(&self) -> Vec<usize> {
        let may = |project: &usize| !self.costs[*project].is_zero() && self.support[*project] > 0;
        (0..self.costs.len()).filter(|project| may(project) && self.costs[*project] <= self.budget).collect()
    }

    /// Returns the one of tied projects that goes first.
    fn first(&self, tied: &[usize]) -> usize {
        tied.iter().copied().min_by_key(|project| self.precedence[*project]).unwrap_or_default()
    }

    fn voters(&self, group: u32) -> u64 {
        self.instance.groups[group as usize].voters
    }

    /// Returns an amount of these numbers in units of currency.
    fn money(&self, amount: &BigInt, denominator: &BigInt) -> BigRational {
        BigRational::new(amount.clone(), denominator * &self.unit)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_instance_is_a_profile_as_long_as_its_comparison_fits() {
        let project = |number| Project { id: format!("p{number}"), name: String::new(), cost: BigRational::one() };
        let has_profile = |projects: usize, groups: usize| {
            let instance = Instance {
                description: None,
                projects: (0..projects).map(project).collect(),
                budget: BigRational::one(),
                groups: vec![Group { choices: Vec::new(), voters: 1 }; groups],
                voters: groups as u64,
                fingerprint: String::new(),
            };
            instance.has_profile()
        };
        assert!(has_profile(2_000, 20_000));
        assert!(!has_profile(2_000, 20_001) && !has_profile(2_001, 1));
    }
}
