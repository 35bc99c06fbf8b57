//! Work programmes: built from the ranking or a certified ballot, adopted by the group, revised later.
//!
//! Start with `workflow` and `model::proposal` (which actions are proposed and why, pure). Every item keeps the program's
//! proposal, the decision and its reason; a decision against the proposal says why.

pub mod forms;
pub mod model;
pub mod operations;
pub mod pages;
pub mod routes;
pub mod store;
pub mod workflow;

pub use model::{AdoptedBy, Item, Programme, VoteAnswer};
pub use workflow::State;
