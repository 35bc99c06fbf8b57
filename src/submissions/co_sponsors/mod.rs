//! Co-sponsors: delegations that put an action forward together with the one that leads it.
//!
//! The head of the leading delegation invites; each delegation joins or declines by its own head, others may join as well.
//! After a change of substance those who joined are asked again and count only once they have confirmed.

pub mod model;
pub mod operations;
pub mod pages;
pub mod routes;
pub mod store;
pub mod workflow;

pub use model::{CoSponsor, Partner};
pub use workflow::{Event, State};
