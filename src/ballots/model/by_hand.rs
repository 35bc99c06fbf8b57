//! Papers that the secretariat entered from a record made in the room.

use chrono::NaiveDateTime;

use crate::coded_enum;
use crate::kernel::ids::{BallotPaperId, DelegationId};

/// Longest source and longest reason, in characters.
pub const SOURCE_CHARS_MAX: usize = 500;

coded_enum! {
    /// What the delegation says of a paper that was entered for it.
    pub enum HandState {
        /// It has not answered; the paper counts.
        Entered = "entered",
        /// That is how it voted.
        Confirmed = "confirmed",
        /// That is not how it voted; the result cannot be certified.
        Contested = "contested",
        /// It no longer counts: another paper took its place, or the secretariat took it out as it was contested.
        TakenOut = "taken-out",
    }
}

/// A paper that the secretariat entered for a delegation and that counts; not what it says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HandPaper {
    /// The paper.
    pub paper: BallotPaperId,
    /// The delegation whose paper it is.
    pub delegation: DelegationId,
    /// Its code.
    pub code: String,
    /// The record from which it was entered.
    pub source: String,
    /// What the delegation says of it.
    pub state: HandState,
    /// Why it contests it; for the two sides alone.
    pub reason: String,
    /// When the delegation answered.
    pub answered_at: Option<NaiveDateTime>,
}
