//! What a review says beside its marks: the text that it judged, what it recommends, what the delegation reads and what the
//! other reviewers read. None of it moves an action.

pub mod model;
pub mod operations;
pub mod pages;
pub mod routes;
pub mod store;

pub use model::{Kept, Recommendation, Remarks};
