//! Choosing projects under a budget: published and hand-counted examples, and what holds for every method.

use std::collections::BTreeSet;

use num_rational::BigRational;
use num_traits::{One, Zero};
use proptest::prelude::*;
use speca::kernel::code::Code;
use speca::tally::budgets::{BudgetMethod, BudgetOutcome, Group, Instance, Project, Why, choose};
use speca::tally::{TieRule, parse_exact};

fn exact(number: i64) -> BigRational {
    BigRational::from_integer(number.into())
}

/// Makes an instance of costs and of votes given as supported projects and number of voters.
fn instance(budget: i64, costs: &[i64], votes: &[(&[u32], u64)]) -> Instance {
    let project = |(n, cost): (usize, &i64)| Project { id: format!("p{n}"), name: String::new(), cost: exact(*cost) };
    Instance {
        description: None,
        projects: costs.iter().enumerate().map(project).collect(),
        budget: exact(budget),
        groups: votes
            .iter()
            .map(|(choices, voters)| Group { choices: choices.iter().map(|p| (*p, 1)).collect(), voters: *voters })
            .collect(),
        voters: votes.iter().map(|(_, voters)| voters).sum(),
        fingerprint: String::new(),
    }
}

fn chosen(instance: &Instance, method: BudgetMethod) -> String {
    choose(instance, method, &TieRule::Refuse).unwrap().selected.join(" ")
}

#[test]
fn hand_counted_examples() {
    // Ten voters, 100 to spend: six want p0 and p1 (60 together), four want p2 and p3.
    let split = instance(100, &[30, 30, 40, 40], &[(&[0, 1], 6), (&[2, 3], 4)]);
    // Each voter has 10. p0 costs each of six 5, p1 again 5; p2 costs each of four 10.
    assert_eq!(chosen(&split, BudgetMethod::EqualSharesCost), "p0 p1 p2");
    assert_eq!(chosen(&split, BudgetMethod::EqualSharesCardinality), "p0 p1 p2");
    assert_eq!(chosen(&split, BudgetMethod::GreedyCost), "p0 p1 p2");
    // Loads: p0 5, then p1 10 and p2 10 level: the smaller id goes first.
    assert_eq!(chosen(&split, BudgetMethod::Phragmen), "p0 p1 p2");
    // Gains: p0 6/30, then p1 3/30 and p2 4/40 level.
    assert_eq!(chosen(&split, BudgetMethod::Pav), "p0 p1 p2");
    // Shares of 5 buy p0 at once; p1 needs 6 from each of its five: one more unit of currency.
    let short = instance(50, &[20, 30, 60], &[(&[0], 5), (&[1], 5)]);
    assert_eq!(chosen(&short, BudgetMethod::EqualSharesCost), "p0");
    assert_eq!(chosen(&short, BudgetMethod::EqualSharesCostAdd1), "p0 p1");
    // Seven want the dear p0, three the cheap p1: per cost p1 is ahead.
    let dear = instance(100, &[90, 20, 0], &[(&[0], 7), (&[1], 3)]);
    assert_eq!(chosen(&dear, BudgetMethod::GreedyCost), "p2 p0");
    assert_eq!(chosen(&dear, BudgetMethod::GreedyCardinality), "p2 p1");
    assert_eq!(chosen(&dear, BudgetMethod::EqualSharesCost), "p2 p1");
    assert_eq!(chosen(&dear, BudgetMethod::Phragmen), "p2 p1");
}

#[test]
fn a_tie_falls_to_the_smaller_id_or_as_the_rule_has_it() {
    let level = instance(10, &[10, 10], &[(&[0], 2), (&[1], 2)]);
    let fallen = choose(&level, BudgetMethod::GreedyCost, &TieRule::Refuse).unwrap();
    assert_eq!((fallen.selected.concat().as_str(), fallen.ties[0].rule.as_str()), ("p0", "smaller-id"));
    let ruled = choose(&level, BudgetMethod::GreedyCost, &TieRule::Reference).unwrap();
    assert_eq!((ruled.selected.concat().as_str(), ruled.ties[0].rule.as_str()), ("p1", "reference"));
}

fn instances() -> impl Strategy<Value = Instance> {
    let votes = prop::collection::vec((prop::collection::vec(any::<bool>(), 5), 1_u64..4), 1..6);
    (0_i64..60, prop::collection::vec(0_i64..25, 1..=5), votes).prop_map(|(budget, costs, votes)| {
        let supported = |flags: &Vec<bool>| -> Vec<u32> {
            (0_u32..).zip(flags.iter().take(costs.len())).filter(|(_, flag)| **flag).map(|(n, _)| n).collect()
        };
        let mut merged = std::collections::BTreeMap::new();
        for (flags, voters) in &votes {
            *merged.entry(supported(flags)).or_insert(0) += voters;
        }
        let votes: Vec<(&[u32], u64)> = merged.iter().map(|(choices, voters)| (choices.as_slice(), *voters)).collect();
        instance(budget, &costs, &votes)
    })
}

/// Chooses by equal shares voter by voter: price tried at every voter's purse.
fn naive_equal_shares(instance: &Instance, share: &BigRational, by_cost: bool) -> Vec<usize> {
    let mut purses: Vec<(BTreeSet<usize>, BigRational)> = Vec::new();
    for group in &instance.groups {
        let wants: BTreeSet<usize> = group.choices.iter().map(|(project, _)| *project as usize).collect();
        purses.extend((0..group.voters).map(|_| (wants.clone(), share.clone())));
    }
    let cost = |project: usize| &instance.projects[project].cost;
    let all = 0..instance.projects.len();
    let mut taken: Vec<usize> = all.clone().filter(|project| cost(*project).is_zero()).collect();
    loop {
        let price = |project: usize| {
            let mut held: Vec<&BigRational> = purses.iter().filter(|p| p.0.contains(&project)).map(|p| &p.1).collect();
            held.sort();
            (0..held.len()).find_map(|poor| {
                let rest = cost(project) - held[..poor].iter().copied().sum::<BigRational>();
                let each = rest / exact(i64::try_from(held.len() - poor).unwrap());
                (*held[poor] >= each).then_some(each)
            })
        };
        let is_open = |project: &usize| !taken.contains(project) && *cost(*project) <= instance.budget;
        let per_utility = |project: usize, each: BigRational| if by_cost { each / cost(project) } else { each };
        let offers = all.clone().filter(is_open).filter_map(|project| {
            let each = price(project)?;
            Some((per_utility(project, each.clone()), project, each))
        });
        let Some((_, project, each)) = offers.min() else { return taken };
        for (_, purse) in purses.iter_mut().filter(|purse| purse.0.contains(&project)) {
            *purse -= each.clone().min(purse.clone());
        }
        taken.push(project);
    }
}

fn add_1(instance: &Instance, by_cost: bool) -> Vec<usize> {
    let cost = |taken: &[usize]| taken.iter().map(|project| &instance.projects[*project].cost).sum::<BigRational>();
    let mut share = &instance.budget / exact(i64::try_from(instance.voters).unwrap());
    let mut taken = naive_equal_shares(instance, &share, by_cost);
    loop {
        let is_supported = |p: usize| instance.groups.iter().any(|g| g.choices.iter().any(|c| c.0 as usize == p));
        let fits = |p: &usize| cost(&taken) + &instance.projects[*p].cost <= instance.budget && !taken.contains(p);
        if !(0..instance.projects.len()).filter(|p| is_supported(*p)).any(|p| fits(&p)) {
            return taken;
        }
        share += BigRational::one();
        let next = naive_equal_shares(instance, &share, by_cost);
        if cost(&next) > instance.budget {
            return taken;
        }
        taken = next;
    }
}

/// Checks that payments are from supporters, meet the cost, and leave nobody below nothing.
fn check_payments(outcome: &BudgetOutcome) -> Result<(), TestCaseError> {
    for decision in outcome.decisions.iter().filter(|decision| decision.why == Why::Paid) {
        let paid: BigRational = decision
            .payments
            .iter()
            .map(|payment| parse_exact(&payment.each).unwrap() * exact(i64::try_from(payment.voters).unwrap()))
            .sum();
        prop_assert_eq!(paid.to_string(), decision.cost.clone());
        prop_assert_eq!(decision.payments.iter().map(|payment| payment.voters).sum::<u64>(), decision.support);
    }
    Ok(())
}

proptest! {
    #[test]
    fn a_second_naive_choice_agrees(instance in instances()) {
        let ids = |taken: Vec<usize>| taken.iter().map(|p| format!("p{p}")).collect::<Vec<_>>().join(" ");
        let share = &instance.budget / exact(i64::try_from(instance.voters).unwrap());
        prop_assert_eq!(chosen(&instance, BudgetMethod::EqualSharesCost), ids(naive_equal_shares(&instance, &share, true)));
        let naive = ids(naive_equal_shares(&instance, &share, false));
        prop_assert_eq!(chosen(&instance, BudgetMethod::EqualSharesCardinality), naive);
        prop_assert_eq!(chosen(&instance, BudgetMethod::EqualSharesCostAdd1), ids(add_1(&instance, true)));
        prop_assert_eq!(chosen(&instance, BudgetMethod::EqualSharesCardinalityAdd1), ids(add_1(&instance, false)));
    }

    #[test]
    fn the_budget_holds_nothing_is_lost_and_payments_meet_the_costs(instance in instances()) {
        for method in BudgetMethod::ALL {
            let outcome = choose(&instance, *method, &TieRule::Refuse).unwrap();
            prop_assert!(parse_exact(&outcome.cost).unwrap() <= instance.budget, "{}", method);
            prop_assert_eq!(outcome.decisions.len(), instance.projects.len());
            prop_assert_eq!(outcome.decisions.iter().filter(|d| d.is_taken).count(), outcome.selected.len());
            check_payments(&outcome)?;
            let text = serde_json::to_string(&outcome).unwrap();
            prop_assert_eq!(serde_json::from_str::<BudgetOutcome>(&text).unwrap().selected, outcome.selected);
        }
    }
}

#[test]
fn codes_are_those_of_the_contract() {
    let codes: Vec<&str> = BudgetMethod::ALL.iter().map(Code::code).collect();
    assert_eq!(
        codes.join(" "),
        "greedy-cost greedy-cardinality equal-shares-cost equal-shares-cost-add1 equal-shares-cost-add1u \
         equal-shares-cardinality equal-shares-cardinality-add1 equal-shares-cardinality-add1u phragmen pav"
    );
}
