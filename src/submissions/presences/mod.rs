//! Presences: who else has a draft open, so that two people of a ministry do not write the same paragraph.
//!
//! Kept in the database, where every replica sees them; they run out by themselves, hold nothing up and leave no trace. Only
//! those who may edit see them.

pub mod model;
pub mod operations;
pub mod pages;
pub mod routes;
pub mod store;

pub use model::Presence;
