//! Choosing projects under a budget: published and hand-counted examples, and what holds for every method.

use std::collections::{BTreeMap, BTreeSet};

use num_rational::BigRational;
use num_traits::{One, Zero};
use proptest::prelude::*;
use speca::kernel::code::Code;
use speca::tally::budgets::{BudgetMethod, BudgetOutcome, Decision, Group, Instance, Project, Why, choose};
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
fn a_supporter_who_has_nothing_left_is_told_as_paying_nothing() {
    // Shares of 5. p0 and p1 are level, p0 goes first and takes all that its two have; one of them supports p1 as well.
    let votes = instance(15, &[10, 5], &[(&[0], 1), (&[0, 1], 1), (&[1], 1)]);
    let outcome = choose(&votes, BudgetMethod::EqualSharesCost, &TieRule::Refuse).unwrap();
    let paid = |decision: &Decision| decision.payments.iter().map(|p| (p.voters, p.each.clone())).collect::<Vec<_>>();
    let paid: Vec<_> = outcome.decisions.iter().map(paid).collect();
    assert_eq!(paid, [vec![(2, "5".to_owned())], vec![(1, "0".to_owned()), (1, "5".to_owned())]]);
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
    (0_i64..60, prop::collection::vec(0_i64..25, 1..=5), 0_i64..4, votes).prop_map(|(budget, costs, part, votes)| {
        let supported = |flags: &Vec<bool>| -> Vec<u32> {
            (0_u32..).zip(flags.iter().take(costs.len())).filter(|(_, flag)| **flag).map(|(n, _)| n).collect()
        };
        let mut merged = BTreeMap::new();
        for (flags, voters) in &votes {
            *merged.entry(supported(flags)).or_insert(0) += voters;
        }
        let votes: Vec<(&[u32], u64)> = merged.iter().map(|(choices, voters)| (choices.as_slice(), *voters)).collect();
        let mut instance = instance(budget, &costs, &votes);
        // Three of four times with costs that are no whole numbers.
        for (number, project) in (0..).zip(&mut instance.projects) {
            project.cost = &project.cost / exact(1 + number * part % 4);
        }
        instance
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

/// Lets shares grow unit by unit; returns what is taken and the share in the end.
fn add_1(instance: &Instance, by_cost: bool) -> (Vec<usize>, BigRational) {
    let cost = |taken: &[usize]| taken.iter().map(|project| &instance.projects[*project].cost).sum::<BigRational>();
    let mut share = &instance.budget / exact(i64::try_from(instance.voters).unwrap());
    let mut taken = naive_equal_shares(instance, &share, by_cost);
    loop {
        let is_supported = |p: usize| instance.groups.iter().any(|g| g.choices.iter().any(|c| c.0 as usize == p));
        let fits = |p: &usize| cost(&taken) + &instance.projects[*p].cost <= instance.budget && !taken.contains(p);
        if !(0..instance.projects.len()).filter(|p| is_supported(*p)).any(|p| fits(&p)) {
            return (taken, share);
        }
        let more = &share + BigRational::one();
        let next = naive_equal_shares(instance, &more, by_cost);
        if cost(&next) > instance.budget {
            return (taken, share);
        }
        (share, taken) = (more, next);
    }
}

/// Chooses one by one what is best now; `worth` is asked anew each time, and nothing where a method stops.
fn naive_steps(
    instance: &Instance,
    worth: impl Fn(&Instance, &[usize], usize) -> BigRational,
    stops: bool,
) -> Vec<usize> {
    let cost = |project: &usize| &instance.projects[*project].cost;
    let all = 0..instance.projects.len();
    let mut taken: Vec<usize> = all.clone().filter(|project| cost(project).is_zero()).collect();
    let is_supported = |p: &usize| instance.groups.iter().any(|g| g.choices.iter().any(|c| c.0 as usize == *p));
    loop {
        let left = &instance.budget - taken.iter().map(cost).sum::<BigRational>();
        let is_open = |p: &usize| is_supported(p) && !taken.contains(p) && *cost(p) <= instance.budget;
        let open = all.clone().filter(|project| is_open(project) && (stops || *cost(project) <= left));
        // The best one, and of those that are level the first.
        let best = open.map(|project| (-worth(instance, &taken, project), project)).min();
        match best {
            Some((_, project)) if *cost(&project) <= left => taken.push(project),
            _ => return taken,
        }
    }
}

/// Returns the supporters of a project: for each of them, what they support of what is taken.
fn supporters(instance: &Instance, taken: &[usize], project: usize) -> Vec<Vec<usize>> {
    let supports = |group: &Group, project: usize| group.choices.iter().any(|(choice, _)| *choice as usize == project);
    let groups = instance.groups.iter().filter(|group| supports(group, project));
    let held = |group: &Group| taken.iter().copied().filter(|taken| supports(group, *taken)).collect::<Vec<_>>();
    groups.flat_map(|group| (0..group.voters).map(move |_| held(group))).collect()
}

fn number(supporters: &[Vec<usize>]) -> BigRational {
    exact(i64::try_from(supporters.len()).unwrap())
}

/// Returns the load that all supporters of a project have once it is taken, after those taken before it.
fn load(instance: &Instance, taken: &[usize], project: usize) -> BigRational {
    // What a voter carries is the load that came with the last project taken that the voter supports.
    let before = |last: usize| &taken[..taken.iter().position(|taken| *taken == last).unwrap()];
    let paid = |held: &Vec<usize>| {
        let last = held.iter().rfind(|project| !instance.projects[**project].cost.is_zero());
        last.map_or_else(BigRational::zero, |last| load(instance, before(*last), *last))
    };
    let supporters = supporters(instance, taken, project);
    (supporters.iter().map(paid).sum::<BigRational>() + &instance.projects[project].cost) / number(&supporters)
}

/// Checks that equal shares are priceable: whatever is taken is paid by its supporters, exactly and equally but for those
/// who give all they have, nobody pays more than the share, and no supporters have enough left for what was left out.
fn check_prices(instance: &Instance, outcome: &BudgetOutcome) -> Result<(), TestCaseError> {
    let Some(share) = outcome.share.as_deref().and_then(parse_exact) else { return Ok(()) };
    let position = |id: &str| instance.projects.iter().position(|project| project.id == id).unwrap();
    let supports =
        |group: usize, project: usize| instance.groups[group].choices.iter().any(|c| c.0 as usize == project);
    let groups = 0..instance.groups.len();
    let voters = |group: usize| exact(i64::try_from(instance.groups[group].voters).unwrap());
    let mut purses = vec![share; instance.groups.len()];
    for decision in outcome.decisions.iter().filter(|decision| decision.why == Why::Paid) {
        let project = position(&decision.project);
        let price = decision.payments.iter().map(|payment| parse_exact(&payment.each).unwrap()).max().unwrap();
        let mut paid: BTreeMap<BigRational, u64> = BTreeMap::new();
        for group in groups.clone().filter(|group| supports(*group, project)) {
            let part = purses[group].clone().min(price.clone());
            purses[group] -= &part;
            *paid.entry(part).or_default() += instance.groups[group].voters;
        }
        let sum: BigRational = paid.iter().map(|(each, voters)| each * exact(i64::try_from(*voters).unwrap())).sum();
        prop_assert_eq!(sum.to_string(), decision.cost.clone());
        let told = decision.payments.iter().map(|payment| (parse_exact(&payment.each).unwrap(), payment.voters));
        prop_assert_eq!(told.collect::<BTreeMap<_, _>>(), paid);
    }
    prop_assert!(purses.iter().all(|purse| *purse >= BigRational::zero()));
    for decision in outcome.decisions.iter().filter(|decision| !decision.is_taken && decision.support > 0) {
        let project = position(&decision.project);
        let cost = &instance.projects[project].cost;
        let left: BigRational =
            groups.clone().filter(|group| supports(*group, project)).map(|group| &purses[group] * voters(group)).sum();
        prop_assert!(left < *cost || *cost > instance.budget, "{} could have been paid", decision.project);
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
        prop_assert_eq!(chosen(&instance, BudgetMethod::EqualSharesCostAdd1), ids(add_1(&instance, true).0));
        prop_assert_eq!(chosen(&instance, BudgetMethod::EqualSharesCardinalityAdd1), ids(add_1(&instance, false).0));
    }

    #[test]
    fn a_second_naive_choice_agrees_where_one_project_is_taken_after_the_other(instance in instances()) {
        let ids = |taken: Vec<usize>| taken.iter().map(|p| format!("p{p}")).collect::<Vec<_>>().join(" ");
        let support = |instance: &Instance, _: &[usize], p: usize| number(&supporters(instance, &[], p));
        prop_assert_eq!(chosen(&instance, BudgetMethod::GreedyCost), ids(naive_steps(&instance, support, false)));
        let per_cost = |instance: &Instance, _: &[usize], p: usize| support(instance, &[], p) / &instance.projects[p].cost;
        prop_assert_eq!(chosen(&instance, BudgetMethod::GreedyCardinality), ids(naive_steps(&instance, per_cost, false)));
        let gain = |instance: &Instance, taken: &[usize], p: usize| {
            let part = |held: &Vec<usize>| exact(i64::try_from(held.len()).unwrap() + 1).recip();
            supporters(instance, taken, p).iter().map(part).sum::<BigRational>() / &instance.projects[p].cost
        };
        prop_assert_eq!(chosen(&instance, BudgetMethod::Pav), ids(naive_steps(&instance, gain, false)));
        let least = |instance: &Instance, taken: &[usize], p: usize| -load(instance, taken, p);
        prop_assert_eq!(chosen(&instance, BudgetMethod::Phragmen), ids(naive_steps(&instance, least, true)));
    }

    #[test]
    fn what_is_left_out_says_why_and_payments_of_phragmen_meet_the_cost(instance in instances()) {
        for method in BudgetMethod::ALL {
            let outcome = choose(&instance, *method, &TieRule::Refuse).unwrap();
            let left = &instance.budget - parse_exact(&outcome.cost).unwrap();
            for decision in &outcome.decisions {
                let position = instance.projects.iter().position(|project| project.id == decision.project).unwrap();
                let cost = &instance.projects[position].cost;
                let support = supporters(&instance, &[], position).len() as u64;
                prop_assert_eq!((&decision.cost, decision.support), (&cost.to_string(), support));
                let whys = match (decision.is_taken, support) {
                    (true, _) if cost.is_zero() => vec![Why::Free],
                    (true, _) => vec![Why::Support, Why::Paid],
                    (false, 0) => vec![Why::NoSupport],
                    (false, _) if *cost > left => vec![Why::TooDear],
                    (false, _) => vec![Why::TooPoor],
                };
                prop_assert!(whys.contains(&decision.why), "{:?}", decision);
                if *method == BudgetMethod::Phragmen && decision.why == Why::Paid {
                    let each = decision.payments.iter().map(|p| parse_exact(&p.each).unwrap() * BigRational::from_integer(p.voters.into()));
                    prop_assert_eq!(each.sum::<BigRational>(), cost.clone());
                }
            }
            for tie in &outcome.ties {
                prop_assert!(tie.between.len() > 1 && tie.between.is_sorted());
                prop_assert_eq!(outcome.selected.get(tie.after), Some(&tie.first));
                prop_assert_eq!((tie.between.first(), tie.rule.as_str()), (Some(&tie.first), "smaller-id"));
            }
        }
    }

    #[test]
    fn the_budget_holds_nothing_is_lost_and_payments_meet_the_costs(instance in instances()) {
        for method in BudgetMethod::ALL {
            let outcome = choose(&instance, *method, &TieRule::Refuse).unwrap();
            prop_assert!(parse_exact(&outcome.cost).unwrap() <= instance.budget, "{}", method);
            prop_assert_eq!(outcome.decisions.len(), instance.projects.len());
            prop_assert_eq!(outcome.decisions.iter().filter(|d| d.is_taken).count(), outcome.selected.len());
            let is_equal_shares = method.code().starts_with("equal-shares") && !method.code().ends_with("add1u");
            prop_assert_eq!(outcome.share.is_some() || instance.voters == 0, method.code().starts_with("equal-shares"));
            if is_equal_shares {
                check_prices(&instance, &outcome)?;
            }
            let text = serde_json::to_string(&outcome).unwrap();
            prop_assert_eq!(serde_json::from_str::<BudgetOutcome>(&text).unwrap().selected, outcome.selected);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]
    #[test]
    fn shares_that_are_passed_over_would_change_nothing(instance in instances(), factor in 1_i64..30, odd in 0_i64..7) {
        let mut instance = instance;
        instance.budget = &instance.budget * exact(factor) + exact(odd);
        for (number, project) in (1_i64..).zip(&mut instance.projects) {
            project.cost = &project.cost * exact(factor) + exact(odd * number % 5);
        }
        for (method, by_cost) in [
            (BudgetMethod::EqualSharesCostAdd1, true),
            (BudgetMethod::EqualSharesCardinalityAdd1, false),
        ] {
            let outcome = choose(&instance, method, &TieRule::Refuse).unwrap();
            let (taken, share) = add_1(&instance, by_cost);
            let taken: Vec<String> = taken.iter().map(|p| format!("p{p}")).collect();
            prop_assert_eq!((&outcome.selected, outcome.share), (&taken, Some(share.to_string())), "{}", method);
        }
    }
}

#[test]
fn add_1_stops_at_the_share_at_which_a_tie_falls_to_another_project() {
    // With shares of 15/2, p2 is paid before p0, whose supporters have paid for p1. With 17/2 both ask 1/2 per unit of cost,
    // and the tie falls to p0; with 19/2 both are taken and nothing that anybody supports is left.
    let late = instance(39, &[11, 9, 12], &[(&[], 1), (&[0, 1], 1), (&[0, 2], 1), (&[1], 2), (&[2], 1)]);
    let outcome = choose(&late, BudgetMethod::EqualSharesCostAdd1, &TieRule::Refuse).unwrap();
    assert_eq!(outcome.share.as_deref(), Some("19/2"));
    assert_eq!(outcome.selected, ["p1", "p0", "p2"]);
}

#[test]
fn add_1_passes_over_a_billion_shares() {
    // Two voters with a share of 1.5 · 10¹² each; p1 needs 2 · 10¹² of one of them.
    let million_million = 1_000_000_000_000;
    let costs = [1, 2, 4].map(|cost| cost * million_million);
    let hostile = instance(3 * million_million, &costs, &[(&[0], 1), (&[1], 1)]);
    for method in [BudgetMethod::EqualSharesCostAdd1, BudgetMethod::EqualSharesCardinalityAdd1] {
        let outcome = choose(&hostile, method, &TieRule::Refuse).unwrap();
        assert_eq!((outcome.selected.join(" ").as_str(), outcome.share.as_deref()), ("p0 p1", Some("2000000000000")));
    }
    // Two projects level at every share, and one that neither voter can pay before both are out of the budget.
    let costs = [million_million - 1, million_million - 1, million_million + 3, 3];
    let level = instance(2 * million_million + 5, &costs, &[(&[0, 1], 1), (&[0, 1, 2], 1), (&[2, 3], 1)]);
    for method in BudgetMethod::ALL {
        let outcome = choose(&level, *method, &TieRule::Refuse).unwrap();
        assert!(outcome.selected.len() >= 2, "{method}");
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

#[test]
fn voters_counted_one_by_one_choose_what_they_choose_together() {
    // So many groups that shares are tried two at a time.
    let votes: [(&[u32], u64); 5] =
        [(&[0, 1], 300), (&[1, 2, 5], 250), (&[2, 3], 200), (&[0, 4], 350), (&[3, 4, 5], 100)];
    let together = instance(60_000, &[20_011, 17_003, 9_000, 14_507, 21_013, 8_009], &votes);
    let mut one_by_one = together.clone();
    let alone = |group: &Group| (0..group.voters).map(|_| Group { voters: 1, ..group.clone() }).collect::<Vec<_>>();
    one_by_one.groups = together.groups.iter().flat_map(alone).collect();
    for method in BudgetMethod::ALL {
        let choice = |instance| {
            let outcome = choose(instance, *method, &TieRule::Refuse).unwrap();
            (outcome.selected, outcome.share, outcome.ties.len())
        };
        assert_eq!(choice(&one_by_one), choice(&together), "{method}");
    }
}
