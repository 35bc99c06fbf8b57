//! The way of a co-sponsor, as one total table. An invitation or joining by oneself makes it.

use crate::coded_enum;
use crate::kernel::transition;

coded_enum! {
    /// Where a co-sponsor stands.
    pub enum State {
        /// Invited by the delegation that leads the action.
        Invited = "invited",
        /// Puts the action forward together with it.
        Joined = "joined",
        /// Had joined; the substance has changed since, and it has not confirmed.
        AskedAgain = "asked-again",
        /// Has declined the invitation.
        Declined = "declined",
        /// Had joined, and has left.
        Left = "left",
    }
}

coded_enum! {
    /// What happens to a co-sponsor.
    pub enum Event {
        /// The leading delegation invites.
        Invite = "invite",
        /// The delegation joins, or confirms after a change of substance.
        Join = "join",
        /// The delegation declines the invitation.
        Decline = "decline",
        /// The delegation leaves.
        Leave = "leave",
        /// The substance of the action has changed: it is asked again.
        AskAgain = "ask-again",
    }
}

/// An act that does not fit the state.
pub type Refusal = transition::Refusal<State, Event>;

/// Every transition there is.
pub const TRANSITIONS: &[(State, Event, State)] = &[
    (State::Invited, Event::Join, State::Joined),
    (State::Invited, Event::Decline, State::Declined),
    (State::Joined, Event::Leave, State::Left),
    (State::Joined, Event::AskAgain, State::AskedAgain),
    (State::AskedAgain, Event::Join, State::Joined),
    (State::AskedAgain, Event::Leave, State::Left),
    (State::AskedAgain, Event::AskAgain, State::AskedAgain),
    (State::Declined, Event::Invite, State::Invited),
    (State::Declined, Event::Join, State::Joined),
    (State::Left, Event::Invite, State::Invited),
    (State::Left, Event::Join, State::Joined),
];

/// Returns the state after an act, or why the act does not fit.
pub fn next(from: State, event: Event) -> Result<State, Refusal> {
    transition::next(TRANSITIONS, from, event)
}

/// Returns whether a delegation in this state is concerned by what becomes of the action.
pub fn is_concerned(state: State) -> bool {
    matches!(state, State::Invited | State::Joined | State::AskedAgain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everybody_can_join_who_has_not() {
        for state in State::ALL {
            assert_eq!(next(*state, Event::Join).is_ok(), *state != State::Joined, "{state}");
        }
    }

    #[test]
    fn only_who_joined_is_asked_again() {
        let asked: Vec<State> =
            State::ALL.iter().copied().filter(|state| next(*state, Event::AskAgain).is_ok()).collect();
        assert_eq!(asked, [State::Joined, State::AskedAgain]);
    }

    #[test]
    fn whoever_declined_or_left_is_concerned_no_longer() {
        let concerned: Vec<State> = State::ALL.iter().copied().filter(|state| is_concerned(*state)).collect();
        assert_eq!(concerned, [State::Invited, State::Joined, State::AskedAgain]);
    }
}
