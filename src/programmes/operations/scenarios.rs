//! Scenarios of a programme side by side, for those who build it: by rank, by equal shares, and the draft made by hand.
//!
//! Nothing is stored here: the limits come with the question, what can be carried in each half-year is set by itself
//! (`capacity`). What a delegation supported is known from a certified
//! ballot alone, and never from a secret one.

use std::collections::BTreeMap;

use num_bigint::BigInt;
use num_rational::BigRational;

use super::capacity::capacities_of;
use super::expect_builder;
use super::order::{certified, order};
use crate::ballots::model::Paper;
use crate::ballots::{self, Ballot};
use crate::coded_enum;
use crate::db::{AnyConnection, StoreError};
use crate::delegations;
use crate::kernel::lang::Bilingual;
use crate::policy::Actor;
use crate::programmes::model::capacity::{Capacities, Loads, loads};
use crate::programmes::model::scenarios::{Asking, Limits, Obstacle, Scenario, Use, faults, in_order, used};
use crate::programmes::store;
use crate::refusals::OperationError;
use crate::reviews;
use crate::sessions::{self, Session};
use crate::submissions::{self, Submission};
use crate::tally::TieRule;
use crate::tally::budgets::{BudgetMethod, Group, Instance, Project, choose};

coded_enum! {
    /// How a scenario comes about.
    pub enum Way {
        /// From the top of the order, while the limits last.
        ByRank = "by-rank",
        /// Each delegation has an equal share to spend on what it supports.
        EqualShares = "equal-shares",
        /// As the draft has it.
        ByHand = "by-hand",
    }
}

/// A scenario with what it uses and what is wrong with it.
#[derive(Debug, Clone)]
pub struct Weighed {
    /// How it came about.
    pub way: Way,
    /// What is in and what is not.
    pub scenario: Scenario,
    /// What it uses.
    pub uses: Use,
    /// What it asks for in each half-year.
    pub loads: Loads,
    /// What is wrong with it; never anything but with a choice by hand.
    pub faults: Vec<(String, Obstacle)>,
}

/// A delegation and how much of what it supported each scenario holds.
#[derive(Debug, Clone)]
pub struct Heard {
    /// Its name.
    pub name: Bilingual<String>,
    /// How many actions it supported.
    pub supported: usize,
    /// How many of them are in, scenario by scenario.
    pub held: Vec<usize>,
}

/// What the page of scenarios needs.
#[derive(Debug, Clone)]
pub struct Compared {
    /// The session.
    pub session: Session,
    /// The limits asked about.
    pub limits: Limits,
    /// What can be carried in each half-year.
    pub capacities: Capacities,
    /// Number of the ballot that is followed; none when it is the ranking.
    pub ballot: Option<i32>,
    /// The actions by reference.
    pub actions: BTreeMap<String, Submission>,
    /// The scenarios.
    pub scenarios: Vec<Weighed>,
    /// What each delegation would see of what it supported.
    pub heard: Vec<Heard>,
}

/// Returns what an accepted action asks for. Its upper estimate counts against a limit of money.
fn asking(conn: &mut AnyConnection, action: &Submission, session: &Session) -> Result<Asking, StoreError> {
    let answers = submissions::store::answers_at(conn, &action.id, action.revision)?;
    let number = |question: &str| answers.number(question).and_then(|number| u32::try_from(number).ok());
    let upper = answers.number("cost_high").or(answers.number("cost"));
    let references = |question: &str| {
        let paths = (0..answers.rows(question)).map(|row| format!("{question}.{row}.reference"));
        paths.flat_map(|path| answers.codes(&path).into_iter().map(str::to_uppercase).collect::<Vec<_>>()).collect()
    };
    let first = action.columns.first_year.unwrap_or(session.programme_years.0);
    let last = action.columns.last_year.unwrap_or(session.programme_years.1);
    // Why: a span as long as no programme is would only be a slip of the pen; it is looked at within the programme.
    let within = |year: i32| year.clamp(session.programme_years.0, session.programme_years.1);
    let (first, last) = (within(first), within(last.max(first)));
    Ok(Asking {
        reference: action.reference.clone(),
        years: (first, last),
        staff_weeks: number("staff_weeks"),
        missions: number("missions"),
        money: upper.and_then(|cost| u64::try_from(cost).ok()),
        currency: action.columns.currency.clone().unwrap_or_default(),
        depends_on: references("depends_on"),
        excludes: references("excludes"),
    })
}

/// Returns the actions that equal shares choose, in their order: by money where it is limited, else by places.
fn shared(all: &[&Asking], papers: &[Paper], limits: &Limits, tie_rule: &TieRule) -> Option<Vec<String>> {
    let (method, budget) = match (limits.money, limits.places) {
        (Some(money), _) => (BudgetMethod::EqualSharesCostAdd1u, BigInt::from(money)),
        (None, Some(places)) => (BudgetMethod::EqualSharesCardinalityAdd1u, BigInt::from(places)),
        (None, None) => return None,
    };
    let cost = |one: &Asking| if limits.money.is_some() { one.money.unwrap_or(0) } else { 1 };
    let projects = all.iter().map(|one| Project {
        id: one.reference.clone(),
        name: String::new(),
        cost: BigRational::from_integer(cost(one).into()),
    });
    let group = |paper: &Paper| {
        let choices = (0..).zip(all).filter_map(|(place, one)| Some((place, paper.priority(&one.reference)?)));
        Group { choices: choices.collect(), voters: 1 }
    };
    let instance = Instance {
        description: None,
        projects: projects.collect(),
        budget: BigRational::from_integer(budget),
        groups: papers.iter().map(group).collect(),
        voters: u64::try_from(papers.len()).unwrap_or(u64::MAX),
        fingerprint: String::new(),
    };
    choose(&instance, method, tie_rule).ok().map(|outcome| outcome.selected)
}

fn weighed(way: Way, scenario: Scenario, all: &[Asking], (limits, capacities): (&Limits, &Capacities)) -> Weighed {
    let find = |reference: &String| all.iter().find(|one| one.reference == *reference);
    let taken: Vec<&Asking> = scenario.taken.iter().filter_map(find).collect();
    let (uses, faults) = (used(&taken, limits), faults(&taken, limits));
    let loads = loads(&taken, &capacities.currency);
    Weighed { way, scenario, uses, loads, faults }
}

/// Returns the newest certified ballot of a session with its papers.
fn newest(conn: &mut AnyConnection, session: &Session) -> Result<Option<(Ballot, Vec<Paper>)>, OperationError> {
    let Some((id, _)) = certified(conn, &session.id)?.into_iter().max_by_key(|(_, number)| *number) else {
        return Ok(None);
    };
    Ok(Some((ballots::store::by_id(conn, &id)?, ballots::store::papers_of(conn, &id)?)))
}

/// Returns the references included in the draft of a session, if there is one.
fn by_hand(conn: &mut AnyConnection, session: &Session) -> Result<Option<Vec<String>>, OperationError> {
    let drafts = store::of_session(conn, &session.id)?;
    let Some(draft) = drafts.into_iter().find(|programme| programme.state.is_pending()) else { return Ok(None) };
    let mut taken = Vec::new();
    for item in store::items_of(conn, &draft.id)?.iter().filter(|item| item.included) {
        taken.push(submissions::store::by_id(conn, &item.submission)?.reference);
    }
    Ok(Some(taken))
}

/// Returns the scenarios of a session under limits, to those who build its programme.
pub fn compare(
    conn: &mut AnyConnection,
    actor: &Actor,
    number: i32,
    limits: Limits,
) -> Result<Compared, OperationError> {
    let session = sessions::store::by_number(conn, number)?;
    expect_builder(actor, &session)?;
    let capacities = capacities_of(conn, &session)?;
    let bounds = (&limits, &capacities);
    let accepted = reviews::store::accepted_actions(conn, &session.id)?;
    let mut all = Vec::new();
    for action in &accepted {
        all.push(asking(conn, action, &session)?);
    }
    let ballot = newest(conn, &session)?;
    let followed = order(conn, &session.id, ballot.as_ref().map(|(ballot, _)| &ballot.id))?;
    let reference_of = |id| accepted.iter().find(|action| action.id == id).map(|action| action.reference.clone());
    let placed = followed.tiers.into_iter().flat_map(|(_, tier)| tier);
    let references: Vec<String> = placed.filter_map(|one| reference_of(one.submission)).collect();
    let find = |reference: &String| all.iter().find(|one| one.reference == *reference);
    let ordered: Vec<&Asking> = references.iter().filter_map(find).collect();
    let mut scenarios = vec![weighed(Way::ByRank, in_order(&ordered, &limits), &all, bounds)];
    if let Some((ballot, papers)) = &ballot
        && !papers.is_empty()
        && let Some(tie_rule) = ballot.tie_rule()
        && let Some(chosen) = shared(&ordered, papers, &limits, &tie_rule)
    {
        let within: Vec<&Asking> = chosen.iter().filter_map(find).collect();
        let mut scenario = in_order(&within, &limits);
        let others = ordered.iter().filter(|one| !chosen.contains(&one.reference));
        scenario.left.extend(others.map(|one| (one.reference.clone(), Obstacle::NotChosen)));
        scenarios.push(weighed(Way::EqualShares, scenario, &all, bounds));
    }
    if let Some(taken) = by_hand(conn, &session)? {
        scenarios.push(weighed(Way::ByHand, Scenario { taken, left: Vec::new() }, &all, bounds));
    }
    let papers = ballot.as_ref().map_or(&[][..], |(_, papers)| papers.as_slice());
    let heard = heard(conn, papers, &scenarios)?;
    let ballot = ballot.as_ref().map(|(ballot, _)| ballot.number);
    let actions = accepted.into_iter().map(|action| (action.reference.clone(), action)).collect();
    Ok(Compared { session, limits, capacities, ballot, actions, scenarios, heard })
}

fn heard(conn: &mut AnyConnection, papers: &[Paper], scenarios: &[Weighed]) -> Result<Vec<Heard>, StoreError> {
    let mut all = Vec::new();
    for paper in papers {
        let supported: Vec<&String> =
            paper.lines.iter().filter(|line| line.priority.is_some()).map(|line| &line.reference).collect();
        let held = |one: &Weighed| supported.iter().filter(|reference| one.scenario.taken.contains(reference)).count();
        all.push(Heard {
            name: delegations::store::by_id(conn, &paper.delegation)?.name,
            supported: supported.len(),
            held: scenarios.iter().map(held).collect(),
        });
    }
    Ok(all)
}
