//! Problem details (RFC 9457) as they are sent.

use serde::Serialize;
use utoipa::ToSchema;

use crate::api::model::Code;

/// Why something was not done, as RFC 9457 has it.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Problem)]
pub struct ProblemView {
    /// Address that explains this kind of problem.
    #[serde(rename = "type")]
    #[schema(example = "/api#problem-not-found")]
    pub kind: String,
    /// What is wrong, in the language asked for.
    pub title: String,
    /// Status of the answer.
    pub status: u16,
    /// Which rule is in the way, in the language asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
    /// Path that was asked for.
    pub instance: String,
    /// The kind of problem, for programs.
    pub code: Code,
    /// What is wrong with each field or parameter.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(required = false)]
    pub errors: Vec<FieldView>,
    /// Number of the request, which the log of the server carries as well.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub request: Option<String>,
}

/// What is wrong with one field or parameter.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = FieldProblem)]
pub struct FieldView {
    /// The field, such as `title|en` or `indicators.0.name|ru`, or the parameter.
    pub field: String,
    /// What is wrong, for programs.
    pub code: String,
    /// What is wrong, in the language asked for.
    pub detail: String,
}
