//! Clarifications: a question about a submission and the answer of the delegation that leads it, never a wall of comments.
//!
//! The secretariat, delegations and reviewers ask; each question has one answer. Whoever asks says whether all delegations
//! read both, or only the two sides and the secretariat.

pub mod model;
pub mod operations;
pub mod pages;
pub mod routes;
pub mod store;

pub use model::{Clarification, Reach, Side};
