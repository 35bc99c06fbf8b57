//! Submissions: good practices and priority actions, from draft to decision.
//!
//! `workflow` says how they move, `model` what they are, `store` how they are kept: answers as rows, each revision
//! holding only what changed. `search` folds words so that both languages are found.

pub mod model;
pub mod search;
pub mod store;
pub mod workflow;

pub use model::{Columns, CompiledSource, Submission};
pub use workflow::{Event, State};
