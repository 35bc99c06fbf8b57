//! The way of a ballot: prepared, open, closed, certified; aside, cancelled.
//!
//! Method, base, quorum, tie rule and electorate may change only while it is prepared.

use crate::coded_enum;
use crate::kernel::transition;

coded_enum! {
    /// Where a ballot stands.
    pub enum State {
        /// Options and rules are being set.
        Prepared = "prepared",
        /// Delegations vote; the content is sealed.
        Open = "open",
        /// Voting is over; counted, waiting for certification.
        Closed = "closed",
        /// The count is certified and public to the group.
        Certified = "certified",
        /// Called off.
        Cancelled = "cancelled",
    }
}

coded_enum! {
    /// An act that moves a ballot.
    pub enum Event {
        /// The secretariat opens it and freezes its rules.
        Open = "open",
        /// Voting ends and the papers are counted.
        Close = "close",
        /// The secretariat certifies the count.
        Certify = "certify",
        /// The secretariat calls it off.
        Cancel = "cancel",
    }
}

/// An act that does not fit the state.
pub type Refusal = transition::Refusal<State, Event>;

/// Every transition there is.
pub const TRANSITIONS: &[(State, Event, State)] = &[
    (State::Prepared, Event::Open, State::Open),
    (State::Prepared, Event::Cancel, State::Cancelled),
    (State::Open, Event::Close, State::Closed),
    (State::Open, Event::Cancel, State::Cancelled),
    (State::Closed, Event::Certify, State::Certified),
];

/// Returns the state after an act, or why the act does not fit.
pub fn next(from: State, event: Event) -> Result<State, Refusal> {
    transition::next(TRANSITIONS, from, event)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ballot_is_certified_only_after_it_was_open_and_closed() {
        let way = [Event::Open, Event::Close, Event::Certify];
        let end = way.iter().try_fold(State::Prepared, |state, event| next(state, *event));
        assert_eq!(end, Ok(State::Certified));
        for state in State::ALL {
            assert_eq!(next(*state, Event::Certify).is_ok(), *state == State::Closed, "{state}");
        }
    }

    #[test]
    fn nothing_leaves_a_certified_or_cancelled_ballot() {
        for state in [State::Certified, State::Cancelled] {
            assert!(Event::ALL.iter().all(|event| next(state, *event).is_err()), "{state}");
        }
    }
}
