//! The way of a work programme: a draft comes before the group and is adopted; a later revision takes its place.

use crate::coded_enum;
use crate::kernel::transition;

coded_enum! {
    /// Where a programme stands.
    pub enum State {
        /// Being built by the secretariat.
        Draft = "draft",
        /// Before the group in a decision.
        Tabled = "tabled",
        /// Adopted by the group and public.
        Adopted = "adopted",
        /// Replaced by a later revision.
        Superseded = "superseded",
    }
}

coded_enum! {
    /// An act that moves a programme.
    pub enum Event {
        /// A decision about it comes before the group.
        Table = "table",
        /// The decision is taken off the table, or not taken.
        HandBack = "hand-back",
        /// The group adopts it.
        Adopt = "adopt",
        /// A later revision is adopted in its place.
        Supersede = "supersede",
    }
}

/// An act that does not fit the state.
pub type Refusal = transition::Refusal<State, Event>;

/// Every transition there is.
pub const TRANSITIONS: &[(State, Event, State)] = &[
    (State::Draft, Event::Table, State::Tabled),
    (State::Draft, Event::Adopt, State::Adopted),
    (State::Tabled, Event::HandBack, State::Draft),
    (State::Tabled, Event::Adopt, State::Adopted),
    (State::Adopted, Event::Supersede, State::Superseded),
];

impl State {
    /// Returns whether the group has not adopted it yet.
    pub const fn is_pending(self) -> bool {
        matches!(self, Self::Draft | Self::Tabled)
    }
}

/// Returns the state after an act, or why the act does not fit.
pub fn next(from: State, event: Event) -> Result<State, Refusal> {
    transition::next(TRANSITIONS, from, event)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_programme_is_adopted_once() {
        assert_eq!(next(State::Draft, Event::Adopt), Ok(State::Adopted));
        assert_eq!(next(State::Adopted, Event::Adopt), Err(Refusal { from: State::Adopted, event: Event::Adopt }));
        assert_eq!(next(State::Superseded, Event::Supersede).ok(), None);
        assert_eq!(next(State::Tabled, Event::HandBack), Ok(State::Draft));
        assert_eq!(next(State::Adopted, Event::Table).ok(), None);
    }
}
