//! Copies: a delegation begins a draft with the answers of its own submission to an earlier session.
//!
//! `model` says which answers fit the questionnaire of the later session and which do not; the tie between both stays. What
//! was checked, attached or compiled from public sources stays with the earlier submission.

pub mod model;
pub mod operations;
pub mod pages;
pub mod routes;
pub mod store;

pub use operations::{Origin, Ties};
