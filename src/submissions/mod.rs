//! Submissions: good practices and priority actions, from draft to decision.
//!
//! Start with `workflow.rs`.

pub mod workflow;

pub use workflow::State;
