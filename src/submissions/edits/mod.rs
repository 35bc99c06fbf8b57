//! Changes that the secretariat proposes to a text that was handed in, and what its delegation says to each.
//!
//! A round is written against a revision and then proposed; the delegation confirms or declines it question by question, and
//! what it confirms becomes a new revision. `model` brings the two texts together, `workflow` says how a round moves.

pub mod forms;
pub mod model;
pub mod operations;
pub mod pages;
pub mod routes;
pub mod store;
pub mod workflow;

pub use model::{Answer, Edit, Round};
pub use workflow::State;
