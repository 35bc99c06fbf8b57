//! Who may do what: one table, one question.
//!
//! Asked in operations (must) and in pages (show the button), never elsewhere. Pure: the operation loads the
//! [`Target`]. A row that is absent means no. Read [`table`] first: it is written to be read by a lawyer.

mod action;
mod actor;
pub mod table;

pub use action::Action;
pub use actor::{Actor, Capacity, Holding, Office, Target};

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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::ids::{AccountId, DelegationId, SessionId};
    use crate::{ballots, decisions, programmes, progress, submissions};

    fn holding(capacity: Capacity, delegation: Option<&str>, session: Option<&str>) -> Holding {
        Holding { capacity, delegation: delegation.map(DelegationId::from), session: session.map(SessionId::from) }
    }

    fn member(capacity: Capacity, delegation: &str) -> Actor {
        Actor::new("account".into(), [holding(capacity, Some(delegation), None)])
    }

    /// An action that stands in a state and belongs to a delegation.
    fn action_of(delegation: &str, state: submissions::State) -> Target {
        Target { submission: Some(state), ..Target::of_delegation(delegation.into()) }
    }

    #[test]
    fn a_delegation_acts_on_what_is_its_own_and_on_nothing_else() {
        let head = member(Capacity::Head, "KAZ");
        assert_eq!(decide(&head, Action::SetClearanceSteps, &Target::of_delegation("KAZ".into())), Ok(()));
        let foreign = [Target::of_delegation("KGZ".into()), Target::none(), Target::of_account("account".into())];
        for target in foreign {
            assert_eq!(decide(&head, Action::SetClearanceSteps, &target), Err(Denial::OutOfScope), "{target:?}");
        }
        let nowhere = Actor::new("account".into(), [holding(Capacity::Head, None, None)]);
        assert_eq!(decide(&nowhere, Action::SetClearanceSteps, &Target::none()), Err(Denial::OutOfScope));
        let both = Actor::new("account".into(), ["KAZ", "KGZ"].map(|of| holding(Capacity::Head, Some(of), None)));
        assert_eq!(decide(&both, Action::SetClearanceSteps, &Target::of_delegation("KGZ".into())), Ok(()));
    }

    #[test]
    fn only_those_concerned_confirm_what_another_delegation_reports() {
        let report = Target {
            report: Some(progress::State::Given),
            concerned: vec!["KGZ".into(), "UZB".into()],
            ..Target::of_delegation("KAZ".into())
        };
        assert_eq!(decide(&member(Capacity::Head, "UZB"), Action::ConfirmReport, &report), Ok(()));
        for other in ["KAZ", "TJK"] {
            let head = member(Capacity::Head, other);
            assert_eq!(decide(&head, Action::ConfirmReport, &report), Err(Denial::OutOfScope), "{other}");
        }
    }

    #[test]
    fn reviewers_act_in_their_session_unless_recused() {
        let reviewer = Actor::new("account".into(), [holding(Capacity::Reviewer, None, Some("15"))]);
        let action = |session: &str| Target {
            submission: Some(submissions::State::Accepted),
            ..Target::of_session(session.into())
        };
        assert_eq!(decide(&reviewer, Action::GiveReview, &action("15")), Ok(()));
        assert_eq!(decide(&reviewer, Action::GiveReview, &action("16")), Err(Denial::OutOfScope));
        let recused = Target { is_recused: true, ..action("15") };
        assert_eq!(decide(&reviewer, Action::GiveReview, &recused), Err(Denial::Recused));
        assert_eq!(decide(&reviewer, Action::ViewSubmission, &recused), Ok(()), "who is recused still reads");
        let nowhere = Actor::new("account".into(), [holding(Capacity::Reviewer, None, None)]);
        assert_eq!(decide(&nowhere, Action::ViewOwnReviews, &Target::none()), Err(Denial::OutOfScope));
    }

    #[test]
    fn everybody_looks_after_the_own_account_alone() {
        let somebody = Actor::new("one".into(), []);
        assert_eq!(decide(&somebody, Action::ManageOwnAccount, &Target::of_account("one".into())), Ok(()));
        let other = Target::of_account("other".into());
        assert_eq!(decide(&somebody, Action::ManageOwnAccount, &other), Err(Denial::OutOfScope));
        assert_eq!(decide(&Actor::visitor(), Action::ManageOwnAccount, &Target::none()), Err(Denial::OutOfScope));
    }

    #[test]
    fn an_act_is_possible_only_while_its_thing_stands_where_the_table_says() {
        use Action::{
            AskForVote, CreateSubmission, PreparePaper, TakeClearanceStep, TakeReportBack, WithdrawSubmission,
        };
        let home = || Target::of_delegation("KAZ".into());
        for (action, fits, does_not) in [
            (
                WithdrawSubmission,
                action_of("KAZ", submissions::State::Accepted),
                action_of("KAZ", submissions::State::NotRetained),
            ),
            (TakeClearanceStep, Target { is_turn: true, ..home() }, home()),
            (
                PreparePaper,
                Target { ballot: Some(ballots::State::Open), ..home() },
                Target { ballot: Some(ballots::State::Closed), ..home() },
            ),
            (
                TakeReportBack,
                Target { report: Some(progress::State::Given), ..home() },
                Target { report: Some(progress::State::Draft), ..home() },
            ),
            (
                AskForVote,
                Target { decision: Some(decisions::State::Discussing), ..home() },
                Target { decision: Some(decisions::State::Silence), ..home() },
            ),
        ] {
            let head = member(Capacity::Head, "KAZ");
            assert_eq!(decide(&head, action, &fits), Ok(()), "{action}");
            assert_eq!(decide(&head, action, &does_not), Err(Denial::NotInState), "{action}");
            assert_eq!(decide(&head, action, &home()), Err(Denial::NotInState), "{action}");
        }
        assert_eq!(decide(&member(Capacity::Head, "KAZ"), CreateSubmission, &home()), Ok(()), "nothing must hold");
    }

    #[test]
    fn visitors_read_what_is_published_and_in_force() {
        let practice = |is_published| Target { is_published, ..action_of("KAZ", submissions::State::Accepted) };
        let programme = |state| Target { programme: Some(state), ..Target::none() };
        let visitor = Actor::visitor();
        assert!(may(&visitor, Action::ViewSubmission, &practice(true)));
        assert!(!may(&visitor, Action::ViewSubmission, &practice(false)));
        assert!(may(&visitor, Action::ViewProgramme, &programme(programmes::State::Superseded)));
        assert!(!may(&visitor, Action::ViewProgramme, &programme(programmes::State::Draft)));
    }

    #[test]
    fn a_denial_says_what_came_nearest_to_a_yes() {
        let edit = |actor: &Actor, target: &Target| decide(actor, Action::EditSubmission, target);
        let draft = action_of("KAZ", submissions::State::Draft);
        assert_eq!(edit(&Actor::visitor(), &draft), Err(Denial::NotSignedIn));
        assert_eq!(edit(&Actor::new("account".into(), []), &draft), Err(Denial::NoCapacity));
        assert_eq!(edit(&member(Capacity::Observer, "KAZ"), &draft), Err(Denial::NoCapacity));
        // One holding is out of scope, the other within it and in another state: whichever is asked first.
        let accepted = action_of("KAZ", submissions::State::Accepted);
        for order in [["KAZ", "KGZ"], ["KGZ", "KAZ"]] {
            let both = Actor::new("account".into(), order.map(|of| holding(Capacity::Head, Some(of), None)));
            assert_eq!(edit(&both, &accepted), Err(Denial::NotInState), "{order:?}");
        }
    }

    #[test]
    fn an_actor_is_what_it_holds_anywhere() {
        let account = AccountId::from("account");
        let actor = Actor::new(
            account.clone(),
            [holding(Capacity::Head, Some("KAZ"), None), holding(Capacity::Reviewer, None, Some("15"))],
        );
        assert_eq!(actor.account, Some(account));
        let held: Vec<Capacity> = Capacity::ALL.iter().copied().filter(|capacity| actor.is(*capacity)).collect();
        assert_eq!(held, [Capacity::Visitor, Capacity::Head, Capacity::Reviewer]);
        assert_eq!(actor.delegations().collect::<Vec<_>>(), [&DelegationId::from("KAZ")]);
        assert!(!Actor::visitor().is(Capacity::Head) && Actor::visitor().delegations().next().is_none());
    }
}
