//! The way of a letter of credentials: handed in, then found in order or returned. A new letter is a new row.

use crate::coded_enum;
use crate::kernel::transition;

coded_enum! {
    /// Where a letter of credentials stands.
    pub enum State {
        /// It waits to be examined.
        HandedIn = "handed-in",
        /// The secretariat found it in order.
        Accepted = "accepted",
        /// It went back with a comment.
        Returned = "returned",
    }
}

coded_enum! {
    /// An act that moves a letter.
    pub enum Event {
        /// The secretariat finds it in order.
        Accept = "accept",
        /// The secretariat returns it, also one that it had accepted.
        Return = "return",
    }
}

/// An act that does not fit the state.
pub type Refusal = transition::Refusal<State, Event>;

/// Every transition there is.
pub const TRANSITIONS: &[(State, Event, State)] = &[
    (State::HandedIn, Event::Accept, State::Accepted),
    (State::HandedIn, Event::Return, State::Returned),
    (State::Accepted, Event::Return, State::Returned),
];

/// Returns the state after an act, or why the act does not fit.
pub fn next(from: State, event: Event) -> Result<State, Refusal> {
    transition::next(TRANSITIONS, from, event)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_went_back_needs_a_new_letter() {
        for event in Event::ALL {
            assert!(next(State::Returned, *event).is_err());
        }
        assert_eq!(next(State::Accepted, Event::Return), Ok(State::Returned));
        assert!(next(State::Accepted, Event::Accept).is_err());
    }
}
