//! The way of one step of a clearance, as one total table. Asking for clearance makes it.

use crate::coded_enum;
use crate::kernel::transition;

coded_enum! {
    /// Where a step stands.
    pub enum State {
        /// It is to be taken, now or after the steps before it.
        Waiting = "waiting",
        /// The text was passed on.
        Passed = "passed",
        /// The text was returned to its authors.
        Returned = "returned",
    }
}

coded_enum! {
    /// What is done at a step.
    pub enum Event {
        /// Whoever takes the step passes the text on.
        Pass = "pass",
        /// The text goes back to its authors, with a comment.
        Return = "return",
    }
}

/// An act that does not fit the state.
pub type Refusal = transition::Refusal<State, Event>;

/// Every transition there is.
pub const TRANSITIONS: &[(State, Event, State)] =
    &[(State::Waiting, Event::Pass, State::Passed), (State::Waiting, Event::Return, State::Returned)];

/// Returns the state after an act, or why the act does not fit.
pub fn next(from: State, event: Event) -> Result<State, Refusal> {
    transition::next(TRANSITIONS, from, event)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_is_taken_once() {
        for state in [State::Passed, State::Returned] {
            assert!(Event::ALL.iter().all(|event| next(state, *event).is_err()), "{state}");
        }
    }
}
