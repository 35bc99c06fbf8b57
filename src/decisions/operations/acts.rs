//! The acts that have a form of their own: which act of the policy each is, and the function that does it.

use chrono::NaiveDateTime;

use super::{By, Place, climbing, voices, voting};
use crate::coded_enum;
use crate::db::Tx;
use crate::decisions::model::Grade;
use crate::decisions::workflow::{Event, State};
use crate::kernel::lang::Bilingual;
use crate::policy::Action;
use crate::refusals::OperationError;

coded_enum! {
    /// An act with a form, in the order in which a page offers them.
    pub enum Act {
        /// Say how far one's delegation supports the text.
        Support = "support",
        /// Object.
        Object = "object",
        /// Ask the delegations how far they support the text.
        OpenSenseCheck = "open-sense-check",
        /// End the sense check.
        CloseSenseCheck = "close-sense-check",
        /// Open the register of objections.
        OpenRegister = "open-register",
        /// Enter that nobody objected in the room.
        Adopt = "adopt",
        /// Begin a silence procedure.
        StartSilence = "start-silence",
        /// Give a silence procedure more time.
        ExtendSilence = "extend-silence",
        /// Check that both languages say the same.
        CheckText = "check-text",
        /// Ask for a recorded vote.
        AskVote = "ask-vote",
        /// Close the vote.
        CloseVote = "close-vote",
        /// Explain one's position.
        Explain = "explain",
        /// Take the decision off the table.
        Withdraw = "withdraw",
    }
}

impl Act {
    /// Returns the act of the policy.
    pub const fn action(self) -> Action {
        match self {
            Self::Support => Action::GiveSupport,
            Self::Object => Action::ObjectToDecision,
            Self::AskVote => Action::AskForVote,
            Self::Explain => Action::ExplainPosition,
            Self::OpenSenseCheck
            | Self::CloseSenseCheck
            | Self::OpenRegister
            | Self::Adopt
            | Self::StartSilence
            | Self::ExtendSilence
            | Self::CheckText
            | Self::CloseVote
            | Self::Withdraw => Action::ManageDecision,
        }
    }

    /// Returns whether a page offers it while a decision stands in a state.
    pub const fn is_offered(self, state: State) -> bool {
        match self {
            Self::OpenSenseCheck | Self::OpenRegister => matches!(state, State::Draft),
            Self::CloseSenseCheck | Self::Support => matches!(state, State::Sensing),
            Self::Adopt | Self::StartSilence | Self::AskVote => matches!(state, State::Discussing),
            Self::ExtendSilence => matches!(state, State::Silence),
            Self::CloseVote => matches!(state, State::Voting),
            Self::Object => matches!(state, State::Discussing | State::Silence),
            Self::CheckText => matches!(state, State::Draft | State::Discussing),
            Self::Explain => {
                matches!(state, State::Silence | State::Voting | State::Decided | State::NotAdopted)
            }
            Self::Withdraw => {
                matches!(state, State::Draft | State::Sensing | State::Discussing | State::Silence | State::Voting)
            }
        }
    }
}

/// What was asked for with the form of an act.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Asked {
    /// How far, and what one adds.
    Support(Grade, String),
    /// To which passage, and why.
    Object(String, String),
    /// The explanation.
    Explain(Bilingual<String>),
    /// The next rung.
    Open(Event),
    /// Nobody objected.
    Adopt,
    /// Until when.
    StartSilence(NaiveDateTime),
    /// Until when, and why.
    ExtendSilence(NaiveDateTime, String),
    /// Both languages say the same.
    CheckText,
    /// Code of the delegation that asked in the room, and fresh randomness.
    AskVote(String, String),
    /// Every delegation was called.
    CloseVote,
    /// Why.
    Withdraw(String),
}

/// Does an act. The edition is the one that the form was made from; delegations speak whatever others did meanwhile.
pub fn act(tx: &mut Tx<'_>, by: &By, place: Place, edition: i32, asked: &Asked) -> Result<(), OperationError> {
    match asked {
        Asked::Support(grade, note) => voices::give_support(tx, by, place, *grade, note),
        Asked::Object(passage, reason) => voices::object(tx, by, place, passage, reason),
        Asked::Explain(text) => voices::explain(tx, by, place, text),
        Asked::Open(event) => climbing::open_rung(tx, by, place, edition, *event),
        Asked::Adopt => climbing::adopt(tx, by, place, edition),
        Asked::StartSilence(until) => climbing::start_silence(tx, by, place, edition, *until),
        Asked::ExtendSilence(until, reason) => climbing::extend_silence(tx, by, place, edition, (*until, reason)),
        Asked::CheckText => climbing::check_text(tx, by, place, edition),
        Asked::AskVote(delegation, seed) => voting::ask(tx, by, place, delegation, seed),
        Asked::CloseVote => voting::close(tx, by, place, edition),
        Asked::Withdraw(reason) => climbing::withdraw(tx, by, place, edition, reason),
    }
}
