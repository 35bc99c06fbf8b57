//! Merging: one submission is joined to another of the same kind and session.
//!
//! Both texts stay as they are and lead to each other, with who joined them, when and why. No support moves: whoever
//! put forward, co-sponsored or consented is asked again about the one that stands. `similar` finds what may be merged.

pub mod model;
pub mod operations;
pub mod pages;
pub mod routes;
pub mod store;

pub use model::{Links, Merge};
