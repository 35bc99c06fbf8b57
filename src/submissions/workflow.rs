//! The way of a submission from draft to decision, as one total table.
//!
//! Who may act is asked of the policy, not here. The table is the document: `docs/workflow.md` is drawn from it.

use crate::coded_enum;
use crate::kernel::transition;

coded_enum! {
    /// Where a submission stands.
    pub enum State {
        /// Written by the delegation, seen by nobody else.
        Draft = "draft",
        /// Waiting for the head of delegation.
        AwaitingClearance = "awaiting-clearance",
        /// Cleared and handed in.
        Submitted = "submitted",
        /// Screened by the secretariat.
        UnderReview = "under-review",
        /// Back with the delegation, with comments of the secretariat.
        Returned = "returned",
        /// Accepted: practices enter the library, actions are scored and voted on.
        Accepted = "accepted",
        /// Not retained in this session.
        NotRetained = "not-retained",
        /// Withdrawn by the delegation.
        Withdrawn = "withdrawn",
        /// Joined to another submission.
        Merged = "merged",
        /// Handed in after the window, where the session takes what is late: the secretariat decides how it is treated.
        Late = "late",
        /// Late, and before the group as an informal paper: read by every delegation, never reviewed or voted on.
        Informal = "informal",
    }
}

coded_enum! {
    /// An act that moves a submission; pages offer acts in this order.
    pub enum Event {
        /// The head clears: the text goes to the secretariat.
        Clear = "clear",
        /// The head clears after the window: the text goes to the secretariat as late.
        HandInLate = "hand-in-late",
        /// Whoever takes a step of the delegation's clearance passes the text on to the next.
        PassOn = "pass-on",
        /// A delegate asks the head to clear.
        RequestClearance = "request-clearance",
        /// The secretariat hands in on behalf of a delegation or of the group (compiled entries).
        HandIn = "hand-in",
        /// The head, or whoever takes a step, sends the text back to the delegates.
        SendBack = "send-back",
        /// The secretariat admits what is late: from here it goes the way of any other.
        Admit = "admit",
        /// The secretariat keeps what is late as an informal paper.
        KeepInformal = "keep-informal",
        /// The secretariat takes the text up for screening.
        TakeUp = "take-up",
        /// The secretariat returns it with comments.
        Return = "return",
        /// The secretariat accepts it.
        Accept = "accept",
        /// The secretariat does not retain it.
        NotRetain = "not-retain",
        /// A delegation takes over an entry compiled from public sources, to complete it.
        TakeOver = "take-over",
        /// The delegation withdraws it.
        Withdraw = "withdraw",
        /// The secretariat has entered a text from a file of the delegation and asks its head to confirm it.
        AskConfirmation = "ask-confirmation",
        /// The secretariat joins it to another one.
        Merge = "merge",
        /// The secretariat takes the merge back: it is screened again.
        Unmerge = "unmerge",
    }
}

impl State {
    /// Put forward, and out of the hands of the delegation: others are asked to agree.
    pub const HANDED_OVER: &'static [Self] = &[Self::Submitted, Self::UnderReview, Self::Accepted];
    /// Handed in and not decided against: the delegation answers questions about it.
    pub const PUT_FORWARD: &'static [Self] = &[Self::Submitted, Self::UnderReview, Self::Returned, Self::Accepted];
    /// Where a text stands when it has just left its delegation, in time or late.
    pub const HANDED_IN: &'static [Self] = &[Self::Submitted, Self::Late];
}

/// An act that does not fit the state.
pub type Refusal = transition::Refusal<State, Event>;

/// Every transition there is.
pub const TRANSITIONS: &[(State, Event, State)] = &[
    (State::Draft, Event::RequestClearance, State::AwaitingClearance),
    (State::Draft, Event::AskConfirmation, State::AwaitingClearance),
    (State::Draft, Event::Clear, State::Submitted),
    (State::Draft, Event::HandInLate, State::Late),
    (State::Draft, Event::HandIn, State::Submitted),
    (State::Draft, Event::Withdraw, State::Withdrawn),
    (State::AwaitingClearance, Event::PassOn, State::AwaitingClearance),
    (State::AwaitingClearance, Event::SendBack, State::Draft),
    (State::AwaitingClearance, Event::Clear, State::Submitted),
    (State::AwaitingClearance, Event::HandInLate, State::Late),
    (State::AwaitingClearance, Event::Withdraw, State::Withdrawn),
    (State::Late, Event::Admit, State::Submitted),
    (State::Late, Event::KeepInformal, State::Informal),
    (State::Late, Event::Withdraw, State::Withdrawn),
    (State::Informal, Event::Admit, State::Submitted),
    (State::Informal, Event::Withdraw, State::Withdrawn),
    (State::Submitted, Event::TakeUp, State::UnderReview),
    (State::Submitted, Event::Withdraw, State::Withdrawn),
    (State::Submitted, Event::TakeOver, State::Returned),
    (State::Submitted, Event::Merge, State::Merged),
    (State::UnderReview, Event::Return, State::Returned),
    (State::UnderReview, Event::Accept, State::Accepted),
    (State::UnderReview, Event::NotRetain, State::NotRetained),
    (State::UnderReview, Event::Withdraw, State::Withdrawn),
    (State::UnderReview, Event::Merge, State::Merged),
    (State::Returned, Event::RequestClearance, State::AwaitingClearance),
    (State::Returned, Event::Clear, State::Submitted),
    (State::Returned, Event::Withdraw, State::Withdrawn),
    (State::Accepted, Event::TakeOver, State::Returned),
    (State::Accepted, Event::Withdraw, State::Withdrawn),
    (State::Accepted, Event::Merge, State::Merged),
    (State::Merged, Event::Unmerge, State::UnderReview),
];

/// Returns the state after an act, or why the act does not fit.
pub fn next(from: State, event: Event) -> Result<State, Refusal> {
    transition::next(TRANSITIONS, from, event)
}

/// Returns whether the delegation may change the text in this state.
pub fn is_editable(state: State) -> bool {
    matches!(state, State::Draft | State::AwaitingClearance | State::Returned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_state_and_act_has_one_answer() {
        for state in State::ALL {
            for event in Event::ALL {
                let rows = TRANSITIONS.iter().filter(|(from, act, _)| from == state && act == event).count();
                assert!(rows <= 1, "{state} × {event} is listed {rows} times");
                assert_eq!(next(*state, *event).is_ok(), rows == 1);
            }
        }
    }

    #[test]
    fn nothing_leaves_a_final_state() {
        for state in [State::NotRetained, State::Withdrawn] {
            assert!(Event::ALL.iter().all(|event| next(state, *event).is_err()), "{state}");
        }
    }

    #[test]
    fn only_clearance_or_the_secretariat_hands_in() {
        for (from, event, to) in TRANSITIONS {
            if *to == State::Submitted {
                assert!(matches!(event, Event::Clear | Event::HandIn | Event::Admit), "{from} × {event}");
            }
        }
    }

    #[test]
    fn the_delegation_writes_while_the_text_is_in_its_hands() {
        let editable: Vec<State> = State::ALL.iter().copied().filter(|state| is_editable(*state)).collect();
        assert_eq!(editable, [State::Draft, State::AwaitingClearance, State::Returned]);
    }
}
