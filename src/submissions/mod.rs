//! Submissions: good practices and priority actions, from draft to decision.
//!
//! `workflow` says how they move, `model` what they are, `store` how they are kept: answers as rows, each revision
//! holding only what changed. `operations` holds the acts, `merge` brings two people's changes together, `compare`
//! shows what changed. `search` folds words so that both languages are found.

pub mod compare;
pub mod forms;
pub mod merge;
pub mod model;
pub mod operations;
pub mod pages;
pub mod routes;
pub mod search;
pub mod store;
pub mod workflow;

pub use model::{Columns, CompiledSource, Submission};
pub use workflow::{Event, State};
