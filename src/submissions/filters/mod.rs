//! Filters of the list of submissions that somebody keeps under a name; the secretariat shares them among itself.

pub mod model;
pub mod operations;
pub mod routes;
pub mod store;

pub use model::SavedFilter;
