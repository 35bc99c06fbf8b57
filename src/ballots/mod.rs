//! Ballots: what the group votes on, who may, what they cast and what came out.
//!
//! Start with `workflow.rs`.

pub mod workflow;

pub use workflow::State;
