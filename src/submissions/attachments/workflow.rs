//! The way of an attached file, as one total table. Starting an upload makes it.

use crate::coded_enum;
use crate::kernel::transition;

coded_enum! {
    /// Where an attached file stands.
    pub enum State {
        /// Its parts are coming in.
        Arriving = "arriving",
        /// It is there.
        Whole = "whole",
        /// It was taken out, or never arrived.
        Removed = "removed",
    }
}

coded_enum! {
    /// What happens to an attached file.
    pub enum Event {
        /// The last part is there and the file can be taken.
        Finish = "finish",
        /// The upload is given up, or the file cannot be taken.
        Discard = "discard",
        /// The delegation takes the file out.
        Remove = "remove",
    }
}

/// An act that does not fit the state.
pub type Refusal = transition::Refusal<State, Event>;

/// Every transition there is.
pub const TRANSITIONS: &[(State, Event, State)] = &[
    (State::Arriving, Event::Finish, State::Whole),
    (State::Arriving, Event::Discard, State::Removed),
    (State::Whole, Event::Remove, State::Removed),
];

/// Returns the state after an act, or why the act does not fit.
pub fn next(from: State, event: Event) -> Result<State, Refusal> {
    transition::next(TRANSITIONS, from, event)
}
