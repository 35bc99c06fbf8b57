//! Ballots: what the group votes on, who may, what they cast and what came out.
//!
//! Start with `workflow.rs`, then `model.rs`; `operations/` holds one function per act. The content of a paper is
//! sealed until its ballot is certified: it is read for the delegation that owns it, for the count, and for nothing
//! else. Whether a delegation abstained is content too.

pub mod export;
pub mod forms;
pub mod model;
pub mod operations;
pub mod pages;
pub mod routes;
pub mod store;
pub mod workbook;
pub mod workflow;

pub use model::{Ballot, Counted, Paper};
pub use workflow::State;
