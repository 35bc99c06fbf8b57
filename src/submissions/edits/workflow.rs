//! The way of a round of proposed changes, as one total table. Writing the first change makes it; a draft that is thrown away
//! leaves nothing.

use crate::coded_enum;
use crate::kernel::transition;

coded_enum! {
    /// Where a round stands.
    pub enum State {
        /// Written by the secretariat, seen by nobody else.
        Draft = "draft",
        /// With the delegation.
        Proposed = "proposed",
        /// The delegation has answered every question of it.
        Answered = "answered",
        /// Taken back by the secretariat before it was answered.
        TakenBack = "taken-back",
    }
}

coded_enum! {
    /// What happens to a round.
    pub enum Event {
        /// The secretariat proposes it to the delegation.
        Propose = "propose",
        /// The head answers.
        Answer = "answer",
        /// The secretariat takes it back.
        TakeBack = "take-back",
    }
}

/// An act that does not fit the state.
pub type Refusal = transition::Refusal<State, Event>;

/// Every transition there is.
pub const TRANSITIONS: &[(State, Event, State)] = &[
    (State::Draft, Event::Propose, State::Proposed),
    (State::Proposed, Event::Answer, State::Answered),
    (State::Proposed, Event::TakeBack, State::TakenBack),
];

/// Returns the state after an act, or why the act does not fit.
pub fn next(from: State, event: Event) -> Result<State, Refusal> {
    transition::next(TRANSITIONS, from, event)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_answered_or_taken_back_stays_so() {
        for state in [State::Answered, State::TakenBack] {
            assert!(Event::ALL.iter().all(|event| next(state, *event).is_err()), "{state}");
        }
        assert!(next(State::Draft, Event::Answer).is_err(), "nobody answers what was not proposed");
    }
}
