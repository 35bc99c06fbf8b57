//! A part of a list: the one shape that holds others.

#![allow(unused_qualifications, reason = "the description of a shape that holds others names them twice")]

use serde::Serialize;
use utoipa::ToSchema;

/// A part of a list.
#[derive(Debug, Serialize, ToSchema)]
pub struct Page<T: ToSchema> {
    /// The rows, in the order of their keys.
    pub items: Vec<T>,
    /// Cursor of the next part; nothing when this is the last.
    pub next: Option<String>,
}
