//! Similar proposals: what others have put forward already, shown while a title is written, to find partners early.
//!
//! By the stems of the titles in both languages, and by theme and target; only what the reader may see.

pub mod model;
pub mod operations;
pub mod pages;
pub mod routes;

pub use model::Similar;
