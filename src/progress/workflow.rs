//! The way of a report: written at home, given to the group, confirmed by every country that the action names.

use crate::coded_enum;
use crate::kernel::transition;

coded_enum! {
    /// Where a report stands.
    pub enum State {
        /// In the hands of the delegation that leads the action.
        Draft = "draft",
        /// Before the group; the countries named are asked to confirm it.
        Given = "given",
        /// Every country named has confirmed it; everybody may read it.
        Confirmed = "confirmed",
    }
}

coded_enum! {
    /// An act that moves a report.
    pub enum Event {
        /// The head gives it to the group.
        Give = "give",
        /// The head takes it back, to mend it.
        TakeBack = "take-back",
        /// The last country that was asked confirms it, or there was nobody to ask.
        Complete = "complete",
    }
}

/// An act that does not fit the state.
pub type Refusal = transition::Refusal<State, Event>;

/// Every transition there is.
pub const TRANSITIONS: &[(State, Event, State)] = &[
    (State::Draft, Event::Give, State::Given),
    (State::Given, Event::TakeBack, State::Draft),
    (State::Given, Event::Complete, State::Confirmed),
];

/// Returns the state after an act, or why the act does not fit.
pub fn next(from: State, event: Event) -> Result<State, Refusal> {
    transition::next(TRANSITIONS, from, event)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_confirmed_stays() {
        for event in Event::ALL {
            assert!(next(State::Confirmed, *event).is_err());
        }
        assert_eq!(next(State::Given, Event::TakeBack), Ok(State::Draft));
        assert!(next(State::Draft, Event::Complete).is_err());
    }
}
