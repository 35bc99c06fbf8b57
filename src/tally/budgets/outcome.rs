//! What choosing projects came to, as data.

use num_bigint::BigInt;
use num_traits::Zero;
use serde::{Deserialize, Serialize};

use super::{BudgetMethod, Ready};
use crate::coded_enum;
use crate::tally::tie_rules::TieRule;

coded_enum! {
    /// Why a project was taken or left.
    pub enum Why {
        /// It costs nothing.
        Free = "free",
        /// It had most support, as the method reckons support, of what still fitted.
        Support = "support",
        /// Its supporters paid for it.
        Paid = "paid",
        /// It was left: nobody supports it.
        NoSupport = "no-support",
        /// It was left: it no longer fits into the budget.
        TooDear = "too-dear",
        /// It was left: its supporters have too little money left.
        TooPoor = "too-poor",
    }
}

/// What some voters pay each.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Payment {
    /// How many voters.
    pub voters: u64,
    /// What each of them pays, exactly.
    pub each: String,
}

/// What became of a project.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decision {
    /// Its id.
    pub project: String,
    /// Whether it was taken.
    pub is_taken: bool,
    /// Why.
    pub why: Why,
    /// How many voters support it.
    pub support: u64,
    /// What it costs, exactly.
    pub cost: String,
    /// Who pays for it, where voters do.
    pub payments: Vec<Payment>,
}

/// Projects between which a step could not decide.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BudgetTie {
    /// How many projects had been taken before.
    pub after: usize,
    /// The projects tied, by id.
    pub between: Vec<String>,
    /// The one that went first.
    pub first: String,
    /// Code of the tie rule that decided; `smaller-id` where it did not.
    pub rule: String,
}

/// What choosing came to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BudgetOutcome {
    /// The method.
    pub method: BudgetMethod,
    /// The tie rule.
    pub tie_rule: TieRule,
    /// Ids of the projects taken, in order.
    pub selected: Vec<String>,
    /// What they cost together, exactly.
    pub cost: String,
    /// The budget, exactly.
    pub budget: String,
    /// The share of each voter in the end, where voters have shares.
    pub share: Option<String>,
    /// What became of each project: those taken in order, then those left in the order of the file.
    pub decisions: Vec<Decision>,
    /// Ties met on the way.
    pub ties: Vec<BudgetTie>,
    #[serde(skip)]
    pub(super) spent: BigInt,
    #[serde(skip)]
    pub(super) taken: Vec<usize>,
}

impl BudgetOutcome {
    pub(super) fn new(ready: &Ready<'_>, method: BudgetMethod) -> Self {
        Self {
            method,
            tie_rule: ready.tie_rule.clone(),
            selected: Vec::new(),
            cost: String::new(),
            budget: ready.instance.budget.to_string(),
            share: None,
            decisions: Vec::new(),
            ties: Vec::new(),
            spent: BigInt::zero(),
            taken: Vec::new(),
        }
    }

    /// Takes a project.
    pub(super) fn take(&mut self, ready: &Ready<'_>, project: usize, why: Why, payments: Vec<Payment>) {
        self.spent += &ready.costs[project];
        self.taken.push(project);
        self.selected.push(ready.instance.projects[project].id.clone());
        self.decisions.push(decision(ready, project, true, why, payments));
    }

    /// Returns what is left of the budget.
    pub(super) fn left(&self, ready: &Ready<'_>) -> BigInt {
        &ready.budget - &self.spent
    }

    /// Writes down a tie, if there is one.
    pub(super) fn note(&mut self, ready: &Ready<'_>, tied: &[usize], first: usize) {
        if tied.len() < 2 {
            return;
        }
        let id = |project: usize| ready.instance.projects[project].id.clone();
        let mut between: Vec<String> = tied.iter().map(|project| id(*project)).collect();
        between.sort();
        let is_ruled = tied.iter().filter(|project| ready.level[**project] == ready.level[first]).count() == 1;
        let rule = if is_ruled { ready.tie_rule.code() } else { "smaller-id" };
        self.ties.push(BudgetTie { after: self.taken.len(), between, first: id(first), rule: rule.to_owned() });
    }

    /// Says what became of the projects left.
    pub(super) fn finish(&mut self, ready: &Ready<'_>) {
        let left = self.left(ready);
        for project in (0..ready.costs.len()).filter(|project| !self.taken.contains(project)) {
            let why = match () {
                () if ready.support[project] == 0 => Why::NoSupport,
                () if ready.costs[project] > left => Why::TooDear,
                () => Why::TooPoor,
            };
            self.decisions.push(decision(ready, project, false, why, Vec::new()));
        }
        self.cost = ready.money(&self.spent, &BigInt::from(1)).to_string();
    }
}

fn decision(ready: &Ready<'_>, project: usize, is_taken: bool, why: Why, payments: Vec<Payment>) -> Decision {
    let known = &ready.instance.projects[project];
    let support = ready.support[project];
    Decision { project: known.id.clone(), is_taken, why, support, cost: known.cost.to_string(), payments }
}
