//! Setting the steps; beginning, following and beginning again the steps of a text. Whose step it is.
//!
//! A text that changes while its steps are under way begins again at the first: what was passed on is what is cleared.

use chrono::{NaiveDate, NaiveDateTime};
use serde_json::json;

use super::model::{Setting, Step, TAKERS, edition};
use super::store;
use super::workflow::{self, Event};
use crate::accounts::Account;
use crate::accounts::store::recipients;
use crate::audit;
use crate::db::{AnyConnection, StoreError, Tx};
use crate::delegations::{self, Delegation};
use crate::kernel::fields::{Message, Value};
use crate::kernel::ids::{AccountId, DelegationId};
use crate::policy::{Action, Actor, Capacity, Target, decide};
use crate::refusals::OperationError;
use crate::submissions::operations::{Dossier, ask_for_clearance};
use crate::submissions::workflow::{Event as Act, State as Standing};

/// The steps of a delegation, as its head sets them.
#[derive(Debug, Clone)]
pub struct Sheet {
    /// The delegation.
    pub delegation: Delegation,
    /// The steps that are set.
    pub steps: Vec<Setting>,
    /// Who can be named: the accounts accredited to it, each in its strongest capacity.
    pub people: Vec<(Account, Capacity)>,
}

/// Returns the steps of a delegation, for those who set them.
pub fn sheet(conn: &mut AnyConnection, actor: &Actor, code: &str, now: NaiveDateTime) -> Result<Sheet, OperationError> {
    let delegation = delegations::store::by_code(conn, code)?;
    decide(actor, Action::SetClearanceSteps, &Target::of_delegation(delegation.id.clone()))?;
    let strongest: Vec<Capacity> = TAKERS.iter().rev().copied().collect();
    let mut people: Vec<(Account, Capacity)> = Vec::new();
    for (account, capacity, _) in recipients::accredited_to(conn, &delegation.id, &strongest, now.date())? {
        if !people.iter().any(|(known, _)| known.id == account.id) {
            people.push((account, capacity));
        }
    }
    let steps = store::steps_of(conn, &delegation.id)?;
    Ok(Sheet { delegation, steps, people })
}

/// Sets the steps of a delegation, unless somebody else was first since `seen`. Texts on their way keep theirs.
pub fn set(
    tx: &mut Tx<'_>,
    actor: &Actor,
    code: &str,
    (steps, seen): (&[Setting], &str),
    now: NaiveDateTime,
) -> Result<(), OperationError> {
    let sheet = sheet(tx, actor, code, now)?;
    if edition(&sheet.steps) != seen {
        return Err(OperationError::Stale);
    }
    // Why: whoever was named and has left meanwhile takes no step.
    let is_known = |account: &AccountId| sheet.people.iter().any(|(known, _)| known.id == *account);
    let mut steps = steps.to_vec();
    for step in &mut steps {
        step.people.retain(is_known);
    }
    if steps == sheet.steps {
        return Ok(());
    }
    store::set_steps(tx, &sheet.delegation.id, &steps)?;
    Ok(audit::record(tx, now, actor.account.as_ref(), "clearance.set", code, &json!({}))?)
}

/// Returns whether an actor can take a step: those named for it while they are accredited, and where there is none of
/// these, anybody of its capacity or a stronger one.
pub fn takes(step: &Step, actor: &Actor, delegation: &DelegationId, today: NaiveDate) -> bool {
    if step.takers_on(today).next().is_some() {
        return step.takers_on(today).any(|taker| actor.account.as_ref() == Some(&taker.account));
    }
    actor.holdings.iter().any(|holding| {
        holding.delegation.as_ref() == Some(delegation) && capacities(step.capacity).contains(&holding.capacity)
    })
}

/// Returns a capacity and those that are stronger.
pub fn capacities(least: Capacity) -> &'static [Capacity] {
    let from = TAKERS.iter().position(|capacity| *capacity == least).unwrap_or(0);
    &TAKERS[from..]
}

/// Returns what the policy is asked about when an actor acts on a submission: whether the step is theirs to take.
pub fn target_for(dossier: &Dossier, actor: &Actor, now: NaiveDateTime) -> Target {
    let own = |step: &Step| takes(step, actor, &dossier.submission.delegation, now.date());
    Target { is_turn: dossier.step().is_some_and(own), ..dossier.target() }
}

/// Refuses to clear before the steps of the delegation are passed.
pub(in crate::submissions) fn expect_through(dossier: &Dossier) -> Result<(), OperationError> {
    if let Some(step) = dossier.step() {
        let name = |side: &String, other: &String| if side.is_empty() { other.clone() } else { side.clone() };
        let (en, ru) = (name(&step.name.en, &step.name.ru), name(&step.name.ru, &step.name.en));
        let names = if en == ru { en } else { format!("{en} / {ru}") };
        return Err(OperationError::Refused(Message::new("clearance-under-way").with("step", Value::Text(names))));
    }
    if dossier.submission.state != Standing::AwaitingClearance && dossier.has_steps {
        return Err(OperationError::refused("clearance-not-asked"));
    }
    Ok(())
}

/// Follows an act on a submission with its steps: a request begins them, passing on and returning settle the one that is
/// to be taken now.
pub(in crate::submissions) fn follow(
    tx: &mut Tx<'_>,
    dossier: &Dossier,
    (act, act_id): (Act, &str),
    note: &str,
    (account, now): (&AccountId, NaiveDateTime),
) -> Result<(), OperationError> {
    let submission = &dossier.submission;
    let event = match act {
        Act::RequestClearance => {
            let steps = store::steps_of(tx, &submission.delegation)?;
            return Ok(store::begin(tx, &submission.id, act_id, &steps, now)?);
        }
        Act::PassOn => Event::Pass,
        Act::SendBack => Event::Return,
        _ => return Ok(()),
    };
    let (Some(chain), Some(step)) = (&dossier.chain, dossier.step()) else { return Ok(()) };
    let to = workflow::next(step.state, event)?;
    Ok(store::settle(tx, &submission.id, (chain.round, step), (to, note), (account, now))?)
}

/// Begins the steps of a text again that has changed on its way, if any step had passed it on.
pub(in crate::submissions) fn begin_again(
    tx: &mut Tx<'_>,
    dossier: &Dossier,
    (account, now): (&AccountId, NaiveDateTime),
) -> Result<(), StoreError> {
    let submission = &dossier.submission;
    let is_waiting = submission.state == Standing::AwaitingClearance;
    let Some(chain) = dossier.chain.as_ref().filter(|chain| is_waiting && chain.has_begun()) else { return Ok(()) };
    store::begin(tx, &submission.id, &chain.request, &chain.settings(), now)?;
    audit::record(tx, now, Some(account), "clearance.begin-again", &submission.reference, &json!({}))?;
    ask_for_clearance(tx, dossier, account, now)
}
