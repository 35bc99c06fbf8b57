//! The ladder as one total table: each rung may be climbed from the one below, and an objection leads back to the register.

use crate::coded_enum;
use crate::kernel::transition;

coded_enum! {
    /// Where a decision stands.
    pub enum State {
        /// The secretariat writes its text.
        Draft = "draft",
        /// Delegations say how far they support it; answers are seen when the check is closed.
        Sensing = "sensing",
        /// The register of objections is open, and so are amendments.
        Discussing = "discussing",
        /// A silence procedure runs: one objection breaks it.
        Silence = "silence",
        /// A member has asked for a vote: the roll is called.
        Voting = "voting",
        /// The group has decided.
        Decided = "decided",
        /// A recorded vote did not carry it.
        NotAdopted = "not-adopted",
        /// The secretariat took it off the table.
        Withdrawn = "withdrawn",
    }
}

coded_enum! {
    /// An act that moves a decision, or changes it where it stands.
    pub enum Event {
        /// Delegations are asked how far they support it.
        OpenSenseCheck = "open-sense-check",
        /// The check ends and its answers are shown.
        CloseSenseCheck = "close-sense-check",
        /// The register of objections opens.
        OpenRegister = "open-register",
        /// A head raises an objection.
        Object = "object",
        /// An amendment is taken into the text.
        TakeIn = "take-in",
        /// The chair states that nobody objects, in the room.
        Adopt = "adopt",
        /// A silence procedure begins.
        StartSilence = "start-silence",
        /// The silence procedure is given more time, with a reason.
        ExtendSilence = "extend-silence",
        /// A head breaks the silence by an objection.
        BreakSilence = "break-silence",
        /// The time of the silence procedure is over and nobody has objected.
        Expire = "expire",
        /// A member asks for a recorded vote.
        AskVote = "ask-vote",
        /// The vote carries the decision.
        Carry = "carry",
        /// The vote does not carry the decision.
        Fall = "fall",
        /// The secretariat takes it off the table.
        Withdraw = "withdraw",
    }
}

/// An act that does not fit the state.
pub type Refusal = transition::Refusal<State, Event>;

/// Every transition there is.
pub const TRANSITIONS: &[(State, Event, State)] = &[
    (State::Draft, Event::OpenSenseCheck, State::Sensing),
    (State::Draft, Event::OpenRegister, State::Discussing),
    (State::Draft, Event::Withdraw, State::Withdrawn),
    (State::Sensing, Event::CloseSenseCheck, State::Discussing),
    (State::Sensing, Event::Withdraw, State::Withdrawn),
    (State::Discussing, Event::Object, State::Discussing),
    (State::Discussing, Event::TakeIn, State::Discussing),
    (State::Discussing, Event::Adopt, State::Decided),
    (State::Discussing, Event::StartSilence, State::Silence),
    (State::Discussing, Event::AskVote, State::Voting),
    (State::Discussing, Event::Withdraw, State::Withdrawn),
    (State::Silence, Event::ExtendSilence, State::Silence),
    (State::Silence, Event::BreakSilence, State::Discussing),
    (State::Silence, Event::Expire, State::Decided),
    (State::Silence, Event::Withdraw, State::Withdrawn),
    (State::Voting, Event::Carry, State::Decided),
    (State::Voting, Event::Fall, State::NotAdopted),
    (State::Voting, Event::Withdraw, State::Withdrawn),
];

/// Returns the state after an act, or why the act does not fit.
pub fn next(from: State, event: Event) -> Result<State, Refusal> {
    transition::next(TRANSITIONS, from, event)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_leaves_what_is_over() {
        for state in [State::Decided, State::NotAdopted, State::Withdrawn] {
            assert!(Event::ALL.iter().all(|event| next(state, *event).is_err()), "{state}");
        }
    }

    #[test]
    fn a_vote_is_the_last_rung_and_an_objection_leads_back_to_the_register() {
        let from: Vec<State> =
            State::ALL.iter().copied().filter(|state| next(*state, Event::AskVote).is_ok()).collect();
        assert_eq!(from, [State::Discussing]);
        assert_eq!(next(State::Silence, Event::BreakSilence), Ok(State::Discussing));
        assert_eq!(next(State::Voting, Event::Adopt).ok(), None);
        assert_eq!(next(State::Draft, Event::StartSilence).ok(), None);
    }
}
