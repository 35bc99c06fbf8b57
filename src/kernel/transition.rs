//! One step along a table of transitions: what every workflow has in common.

use std::fmt::{Debug, Display};

/// An act that does not fit the state.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("`{event}` is not possible in state `{from}`")]
pub struct Refusal<State: Debug + Display, Event: Debug + Display> {
    /// The state found.
    pub from: State,
    /// The act asked for.
    pub event: Event,
}

/// Returns the state after an act by a table of transitions, or why the act does not fit.
pub fn next<State, Event>(
    transitions: &[(State, Event, State)],
    from: State,
    event: Event,
) -> Result<State, Refusal<State, Event>>
where
    State: Copy + PartialEq + Debug + Display,
    Event: Copy + PartialEq + Debug + Display,
{
    transitions
        .iter()
        .find(|(state, act, _)| *state == from && *act == event)
        .map(|(_, _, to)| *to)
        .ok_or(Refusal { from, event })
}
