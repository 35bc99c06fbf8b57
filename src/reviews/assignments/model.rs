//! The noun, and how an even load is reckoned: pure, and the same each time.

use std::collections::{BTreeMap, BTreeSet};

use crate::kernel::ids::{AccountId, SubmissionId};

/// Who is asked to review what.
pub type Assignments = BTreeSet<(SubmissionId, AccountId)>;

/// Most reviewers that can be asked for each action.
pub const EACH_MAX: usize = 20;

/// What is proposed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Proposal {
    /// What stands already and what is added to it.
    pub assignments: Assignments,
    /// Actions for which there are fewer reviewers than asked for, because the others are recused.
    pub short: Vec<SubmissionId>,
}

/// Proposes so many reviewers for each action. What stands stays; nobody is asked who is recused; those who have the least to
/// do are asked first. The actions that have the fewest reviewers to choose from come first.
pub fn propose(
    actions: &[SubmissionId],
    reviewers: &[AccountId],
    recused: &Assignments,
    held: &Assignments,
    each: usize,
) -> Proposal {
    let is_free = |action: &SubmissionId, reviewer: &AccountId| !recused.contains(&(action.clone(), reviewer.clone()));
    let is_known =
        |action: &SubmissionId, reviewer: &AccountId| actions.contains(action) && reviewers.contains(reviewer);
    let stands = held.iter().filter(|(action, reviewer)| is_known(action, reviewer) && is_free(action, reviewer));
    let mut assignments: Assignments = stands.cloned().collect();
    let mut load: BTreeMap<&AccountId, usize> = reviewers.iter().map(|reviewer| (reviewer, 0)).collect();
    for (_, reviewer) in &assignments {
        if let Some(number) = load.get_mut(reviewer) {
            *number += 1;
        }
    }
    let mut order: Vec<(usize, &SubmissionId)> = actions
        .iter()
        .map(|action| (reviewers.iter().filter(|reviewer| is_free(action, reviewer)).count(), action))
        .collect();
    order.sort_by_key(|(choice, _)| *choice);
    let mut short = Vec::new();
    for (_, action) in order {
        let mut number = assignments.iter().filter(|(of, _)| of == action).count();
        while number < each {
            let can = |reviewer: &&AccountId| {
                is_free(action, reviewer) && !assignments.contains(&(action.clone(), (*reviewer).clone()))
            };
            let Some(next) = reviewers.iter().filter(can).min_by_key(|reviewer| load.get(reviewer).copied()) else {
                short.push(action.clone());
                break;
            };
            if let Some(load) = load.get_mut(next) {
                *load += 1;
            }
            assignments.insert((action.clone(), next.clone()));
            number += 1;
        }
    }
    short.sort();
    Proposal { assignments, short }
}

/// Writes assignments as text, by which a form knows what it showed.
pub fn print(assignments: &Assignments) -> String {
    assignments.iter().map(|(action, account)| format!("{action} {account}")).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn actions(number: usize) -> Vec<SubmissionId> {
        (0..number).map(|at| SubmissionId::from(format!("a{at:02}").as_str())).collect()
    }

    fn people(number: usize) -> Vec<AccountId> {
        (0..number).map(|at| AccountId::from(format!("r{at}").as_str())).collect()
    }

    fn load(found: &Proposal, people: &[AccountId]) -> Vec<usize> {
        people.iter().map(|one| found.assignments.iter().filter(|(_, account)| account == one).count()).collect()
    }

    #[test]
    fn the_load_is_even_where_nobody_is_recused() {
        let (actions, people) = (actions(10), people(4));
        let found = propose(&actions, &people, &Assignments::new(), &Assignments::new(), 3);
        assert_eq!(found.assignments.len(), 30);
        let load = load(&found, &people);
        assert!(load.iter().max().unwrap() - load.iter().min().unwrap() <= 1, "{load:?}");
        assert_eq!(propose(&actions, &people, &Assignments::new(), &found.assignments, 3), found, "it stays as it is");
    }

    #[test]
    fn nobody_is_asked_who_is_recused_and_what_is_short_is_named() {
        let (actions, people) = (actions(6), people(3));
        let of =
            |at: usize| people.iter().map(move |one| (SubmissionId::from(format!("a{at:02}").as_str()), one.clone()));
        let mut recused: Assignments = of(0).collect();
        recused.extend(of(1).take(2));
        recused.insert((actions[4].clone(), people[0].clone()));
        let found = propose(&actions, &people, &recused, &Assignments::new(), 2);
        assert!(found.assignments.is_disjoint(&recused));
        assert_eq!(found.short, [actions[0].clone(), actions[1].clone()]);
        let load = load(&found, &people);
        assert!(load.iter().max().unwrap() - load.iter().min().unwrap() <= 1, "{load:?}");
    }

    #[test]
    fn what_was_set_by_hand_stays_unless_somebody_is_recused_since() {
        let (actions, people) = (actions(2), people(3));
        let held: Assignments =
            [(actions[0].clone(), people[2].clone()), (actions[1].clone(), people[2].clone())].into();
        let recused: Assignments = [(actions[1].clone(), people[2].clone())].into();
        let found = propose(&actions, &people, &recused, &held, 1);
        assert!(found.assignments.contains(&(actions[0].clone(), people[2].clone())));
        assert!(!found.assignments.contains(&(actions[1].clone(), people[2].clone())));
        assert_eq!(found.assignments.len(), 2);
    }
}
