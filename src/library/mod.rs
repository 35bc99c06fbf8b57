//! The library: accepted practices, open to everybody.
//!
//! What is published is decided by one predicate (`store::published_filter`) and one row of the policy. A library is
//! read often and changes seldom: each process holds it in memory (`pages::Shelf`), indexed, worded and put in
//! dictionary order, and asks the database at every request whether its edition is still the newest one.

mod forms;
pub mod model;
pub mod operations;
mod pages;
pub mod routes;
pub mod store;

pub use pages::Shelf;
