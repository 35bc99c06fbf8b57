//! The way of a consent, as one total table. Asking for the first time makes it.

use crate::coded_enum;
use crate::kernel::transition;

coded_enum! {
    /// Where a consent stands.
    pub enum State {
        /// The country has been asked and has not answered.
        Asked = "asked",
        /// The country consents.
        Given = "given",
        /// The country does not consent.
        Declined = "declined",
    }
}

coded_enum! {
    /// What happens to a consent.
    pub enum Event {
        /// The head of the delegation consents.
        Give = "give",
        /// The head does not consent, or takes the consent back.
        Decline = "decline",
        /// The substance of the action has changed: the country is asked again.
        AskAgain = "ask-again",
    }
}

/// An act that does not fit the state.
pub type Refusal = transition::Refusal<State, Event>;

/// Every transition there is.
pub const TRANSITIONS: &[(State, Event, State)] = &[
    (State::Asked, Event::Give, State::Given),
    (State::Asked, Event::Decline, State::Declined),
    (State::Asked, Event::AskAgain, State::Asked),
    (State::Given, Event::Decline, State::Declined),
    (State::Given, Event::AskAgain, State::Asked),
    (State::Declined, Event::Give, State::Given),
    (State::Declined, Event::AskAgain, State::Asked),
];

/// Returns the state after an act, or why the act does not fit.
pub fn next(from: State, event: Event) -> Result<State, Refusal> {
    transition::next(TRANSITIONS, from, event)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_is_asked_again_has_not_answered() {
        for state in State::ALL {
            assert_eq!(next(*state, Event::AskAgain), Ok(State::Asked));
        }
    }

    #[test]
    fn an_answer_is_not_given_twice() {
        assert!(next(State::Given, Event::Give).is_err());
        assert!(next(State::Declined, Event::Decline).is_err());
    }
}
