//! What a delegation says about a decision.

use serde::Deserialize;
use utoipa::ToSchema;

use super::texts::NewText;
use crate::decisions::model::{Grade, ObjectionState};

/// How far one's delegation supports the text.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"grade": "reservations", "note": "The second paragraph needs a date."}))]
pub struct NewSupport {
    /// How far.
    pub grade: Grade,
    /// What it adds.
    #[serde(default)]
    pub note: String,
}

/// An objection.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"passage": "by 2022", "reason": "The date is too early."}))]
pub struct NewObjection {
    /// To which passage; empty for the whole.
    #[serde(default)]
    pub passage: String,
    /// Why.
    pub reason: String,
}

/// What becomes of an objection of one's own delegation.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"state": "withdrawn"}))]
pub struct NewSettlement {
    /// `resolved` or `withdrawn`.
    pub state: ObjectionState,
}

/// A text proposed in answer to an objection, over the revision that was read.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"text": {"en": "The Working Group adopts the programme.", "ru": "Рабочая группа принимает программу."}}))]
pub struct NewAmendment {
    /// The whole text as amended.
    pub text: NewText,
}

/// An explanation of position.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"text": {"en": "We read the second paragraph as voluntary.", "ru": ""}}))]
pub struct NewPosition {
    /// In one language or both.
    pub text: NewText,
}
