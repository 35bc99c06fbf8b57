//! Delegations: the places in the group that own submissions and ballots.

pub mod model;
pub mod store;

pub use model::{Delegation, DelegationKind};
