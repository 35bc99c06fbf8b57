//! Work programmes: built from the ranking and the ballot, adopted by the group.
//!
//! Start with `workflow.rs`.

pub mod workflow;

pub use workflow::State;
