//! What an operation answers instead of acting. Data only: pages find the words.

use crate::db::{Collision, StoreError};
use crate::kernel::fields::{FieldErrors, Message, Value};
use crate::policy::Denial;
use crate::{ballots, decisions, meetings, programmes, progress, submissions};

/// Why an operation did nothing.
#[derive(Debug, thiserror::Error)]
pub enum OperationError {
    /// The thing does not exist, or the actor may not know that it does.
    #[error("not found")]
    NotFound,
    /// The policy does not allow it.
    #[error("denied: {0}")]
    Denied(#[from] Denial),
    /// A rule of the subject is in the way; worded by the key `refusal-<code>`.
    #[error("refused: {}", .0.code)]
    Refused(Message),
    /// Fields are not as they must be.
    #[error("invalid fields")]
    Invalid(FieldErrors),
    /// Somebody else changed it meanwhile.
    #[error("changed meanwhile")]
    Stale,
    /// The database failed.
    #[error(transparent)]
    Store(StoreError),
}

impl OperationError {
    /// Refuses with a code.
    pub fn refused(code: &str) -> Self {
        Self::Refused(Message::new(code))
    }

    /// Hides from the actor that the thing exists: a denial becomes "not found".
    #[must_use]
    pub fn hidden(self) -> Self {
        if matches!(self, Self::Denied(_)) { Self::NotFound } else { self }
    }
}

impl From<StoreError> for OperationError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::NotFound => Self::NotFound,
            StoreError::Stale => Self::Stale,
            other => Self::Store(other),
        }
    }
}

impl From<diesel::result::Error> for OperationError {
    fn from(error: diesel::result::Error) -> Self {
        StoreError::from(error).into()
    }
}

impl Collision for OperationError {
    fn is_collision(&self) -> bool {
        matches!(self, Self::Store(error) if error.is_collision())
    }
}

impl From<FieldErrors> for OperationError {
    fn from(errors: FieldErrors) -> Self {
        Self::Invalid(errors)
    }
}

/// Refuses an act that does not fit the state that was found.
fn at_state(rule: Message, state: Value) -> OperationError {
    OperationError::Refused(rule.with("state", state))
}

impl From<submissions::workflow::Refusal> for OperationError {
    fn from(refusal: submissions::workflow::Refusal) -> Self {
        at_state(Message::new("submission-state"), Value::Code("state", refusal.from.code().to_owned()))
    }
}

impl From<submissions::clearance::workflow::Refusal> for OperationError {
    fn from(refusal: submissions::clearance::workflow::Refusal) -> Self {
        at_state(Message::new("clearance-state"), Value::Code("clearance-state", refusal.from.code().to_owned()))
    }
}

impl From<submissions::consents::workflow::Refusal> for OperationError {
    fn from(refusal: submissions::consents::workflow::Refusal) -> Self {
        at_state(Message::new("consent-state"), Value::Code("consent-state", refusal.from.code().to_owned()))
    }
}

impl From<submissions::co_sponsors::workflow::Refusal> for OperationError {
    fn from(refusal: submissions::co_sponsors::workflow::Refusal) -> Self {
        at_state(Message::new("co-sponsor-state"), Value::Code("co-sponsor-state", refusal.from.code().to_owned()))
    }
}

impl From<submissions::edits::workflow::Refusal> for OperationError {
    fn from(refusal: submissions::edits::workflow::Refusal) -> Self {
        at_state(Message::new("edits-state"), Value::Code("edits-state", refusal.from.code().to_owned()))
    }
}

impl From<meetings::workflow::Refusal> for OperationError {
    fn from(refusal: meetings::workflow::Refusal) -> Self {
        let state = Value::Code("credentials-state", refusal.from.code().to_owned());
        at_state(Message::new("credentials-state"), state)
    }
}

impl From<ballots::workflow::Refusal> for OperationError {
    fn from(refusal: ballots::workflow::Refusal) -> Self {
        at_state(Message::new("ballot-state"), Value::Code("ballot-state", refusal.from.code().to_owned()))
    }
}

impl From<programmes::workflow::Refusal> for OperationError {
    fn from(refusal: programmes::workflow::Refusal) -> Self {
        at_state(Message::new("programme-state"), Value::Code("programme-state", refusal.from.code().to_owned()))
    }
}

impl From<decisions::workflow::Refusal> for OperationError {
    fn from(refusal: decisions::workflow::Refusal) -> Self {
        at_state(Message::new("decision-state"), Value::Code("decision-state", refusal.from.code().to_owned()))
    }
}

impl From<progress::workflow::Refusal> for OperationError {
    fn from(refusal: progress::workflow::Refusal) -> Self {
        at_state(Message::new("progress-state"), Value::Code("progress-state", refusal.from.code().to_owned()))
    }
}
