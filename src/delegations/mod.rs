//! Delegations: the places in the group that own submissions and ballots.

pub mod forms;
pub mod model;
pub mod operations;
pub mod pages;
pub mod routes;
pub mod store;

pub use model::{Delegation, DelegationKind};
