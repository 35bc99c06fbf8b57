//! Who may do what: one table, one question.
//!
//! Asked in operations (must) and in pages (show the button), never elsewhere. Pure: the operation loads the
//! [`Target`]. A row that is absent means no. Read [`table`] first: it is written to be read by a lawyer.

mod action;
mod actor;
pub mod table;

pub use action::Action;
pub use actor::{Actor, Capacity, Holding, Target};

use table::{RULES, Rule, Scope, When};

/// Why an act is not allowed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Denial {
    /// Nobody is signed in.
    #[error("not signed in")]
    NotSignedIn,
    /// No capacity of the account allows it.
    #[error("no capacity allows it")]
    NoCapacity,
    /// It belongs to another delegation, or to a session in which the account is no reviewer.
    #[error("not within the scope of the account")]
    OutOfScope,
    /// Allowed, but not while the thing stands where it stands.
    #[error("not in this state")]
    NotInState,
    /// The reviewer is recused from this submission.
    #[error("recused")]
    Recused,
}

/// Returns whether an actor may act on a target, and otherwise the nearest reason why not.
pub fn decide(actor: &Actor, action: Action, target: &Target) -> Result<(), Denial> {
    let mut nearest = if actor.account.is_none() { Denial::NotSignedIn } else { Denial::NoCapacity };
    for rule in RULES.iter().filter(|rule| rule.action == action) {
        for holding in actor.holdings.iter().filter(|holding| holding.capacity == rule.capacity) {
            match check(rule, holding, actor, target) {
                Ok(()) => return Ok(()),
                Err(denial) => nearest = nearer(nearest, denial),
            }
        }
    }
    Err(nearest)
}

/// Returns whether an actor may act: the form that pages use to show or hide a button.
pub fn may(actor: &Actor, action: Action, target: &Target) -> bool {
    decide(actor, action, target).is_ok()
}

fn check(rule: &Rule, holding: &Holding, actor: &Actor, target: &Target) -> Result<(), Denial> {
    let in_scope = match rule.scope {
        Scope::Any => true,
        Scope::Own => holding.delegation.is_some() && holding.delegation == target.delegation,
        Scope::Concerned => holding.delegation.as_ref().is_some_and(|own| target.concerned.contains(own)),
        Scope::Assigned => holding.session.is_some() && holding.session == target.session,
        Scope::OwnAccount => actor.account.is_some() && actor.account == target.account,
    };
    if !in_scope {
        return Err(Denial::OutOfScope);
    }
    if rule.scope == Scope::Assigned && target.is_recused {
        return Err(Denial::Recused);
    }
    let in_state = match rule.when {
        When::Always => true,
        When::Submission(states) => target.submission.is_some_and(|state| states.contains(&state)),
        When::Published => target.is_published,
        When::Turn => target.is_turn,
        When::Ballot(states) => target.ballot.is_some_and(|state| states.contains(&state)),
        When::Programme(states) => target.programme.is_some_and(|state| states.contains(&state)),
        When::Report(states) => target.report.is_some_and(|state| states.contains(&state)),
        When::Decision(states) => target.decision.is_some_and(|state| states.contains(&state)),
    };
    if in_state { Ok(()) } else { Err(Denial::NotInState) }
}

/// Of two denials, the one that came closer to a yes: it explains more.
fn nearer(a: Denial, b: Denial) -> Denial {
    let rank = |denial: Denial| match denial {
        Denial::NotSignedIn => 0,
        Denial::NoCapacity => 1,
        Denial::OutOfScope => 2,
        Denial::NotInState => 3,
        Denial::Recused => 4,
    };
    if rank(b) > rank(a) { b } else { a }
}
