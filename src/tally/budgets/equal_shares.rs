//! Method of Equal Shares (D. Peters, G. Pierczyński and P. Skowron, "Proportional Participatory Budgeting with Additive
//! Utilities", 2021).
//!
//! The budget is divided equally among all voters. Again and again the project is taken whose supporters can pay for it
//! at the smallest payment per utility, each paying the same or all that is left to them. *Add1* lets every share grow by
//! one unit of currency as long as the outcome leaves out a supported project that fits, and stops before the first
//! outcome that exceeds the budget. Shares that would choose the same are passed over (see `sharing.rs`): how long the count
//! takes depends on how often the choice changes, not on the unit of currency.

use num_bigint::BigInt;
use num_traits::{One, Zero};

use super::sharing::{Purpose, Run, run};
use super::{BudgetOutcome, Ready, Why};

/// Groups of voters from which on a run is long enough to be worth a thread.
const GROUPS_LARGE: usize = 1_000;

/// Chooses with the shares that the budget gives.
pub(super) fn once(ready: &Ready<'_>, by_cost: bool, outcome: &mut BudgetOutcome) {
    if let Some(share) = Share::of(ready) {
        share.write(ready, by_cost, outcome);
    }
}

/// Chooses with growing shares.
pub(super) fn growing(ready: &Ready<'_>, by_cost: bool, outcome: &mut BudgetOutcome) {
    let Some(mut share) = Share::of(ready) else { return };
    let candidates = ready.candidates();
    let mut last = share.clone();
    let mut ahead: Option<Run> = None;
    let mut is_step_likely = false;
    loop {
        let run = match ahead.take() {
            Some(run) => run,
            None if is_step_likely && ready.instance.groups.len() >= GROUPS_LARGE => {
                let run;
                (run, ahead) = share.run_with_next(ready, by_cost);
                run
            }
            None => share.run(ready, by_cost, Purpose::Growth),
        };
        if run.cost > ready.budget {
            break;
        }
        last = share.clone();
        let left = &ready.budget - &run.cost;
        let is_taken = |project: &usize| run.taken.iter().any(|(taken, ..)| taken == project);
        if !candidates.iter().any(|project| ready.costs[*project] <= left && !is_taken(project)) {
            break;
        }
        // A supported project that is left out becomes payable at some share: the choice cannot stay for ever.
        let Some(steps) = run.steps else { break };
        is_step_likely = steps.is_zero();
        ahead = ahead.filter(|_| is_step_likely);
        last = share.grown(ready, &steps);
        share = last.grown(ready, &BigInt::one());
    }
    last.write(ready, by_cost, outcome);
}

/// What each voter has: an amount parted by the number of voters.
#[derive(Clone)]
struct Share {
    amount: BigInt,
    voters: u64,
}

impl Share {
    fn of(ready: &Ready<'_>) -> Option<Self> {
        let voters = ready.instance.voters;
        (voters > 0).then(|| Self { amount: ready.budget.clone(), voters })
    }

    /// Returns the share after some steps of one unit of currency.
    fn grown(&self, ready: &Ready<'_>, steps: &BigInt) -> Self {
        Self { amount: &self.amount + steps * &ready.unit * self.voters, voters: self.voters }
    }

    fn run(&self, ready: &Ready<'_>, by_cost: bool, purpose: Purpose) -> Run {
        run(ready, by_cost, (&self.amount, self.voters), purpose)
    }

    /// Chooses with this share and with the next one at the same time.
    fn run_with_next(&self, ready: &Ready<'_>, by_cost: bool) -> (Run, Option<Run>) {
        let next = self.grown(ready, &BigInt::one());
        std::thread::scope(|scope| {
            let other = scope.spawn(|| next.run(ready, by_cost, Purpose::Growth));
            (self.run(ready, by_cost, Purpose::Growth), other.join().ok())
        })
    }

    /// Takes what a run with this share chooses.
    fn write(&self, ready: &Ready<'_>, by_cost: bool, outcome: &mut BudgetOutcome) {
        outcome.share = Some(ready.money(&self.amount, &BigInt::from(self.voters)).to_string());
        for (project, tied, payments) in self.run(ready, by_cost, Purpose::Payments).taken {
            outcome.note(ready, &tied, project);
            outcome.take(ready, project, Why::Paid, payments);
        }
    }
}
