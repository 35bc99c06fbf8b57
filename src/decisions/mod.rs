//! Decisions: a text in both languages that climbs the ladder of consensus until the group has decided.
//!
//! The rungs in their order: sense check, register of objections with the amendments that answer them, silence procedure,
//! and last the recorded vote, when a member asks. Start with `workflow.rs`, then `model.rs`. The end of a silence
//! procedure follows from its time alone: every reader sees it, whether or not anybody has written it down yet.

pub mod forms;
pub mod model;
pub mod operations;
pub mod pages;
pub mod routes;
pub mod store;
pub mod workflow;

pub use model::{Decision, Rung};
pub use workflow::State;
