//! What the secretariat means to do with texts under review: prepared over days, changed at will, seen by nobody else, and
//! then done and mailed together.

pub mod model;
pub mod operations;
pub mod pages;
pub mod routes;
pub mod store;

pub use model::{EVENTS, Outcome};
