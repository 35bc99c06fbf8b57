//! The screening queue: what waits for the secretariat, the oldest first, and which one follows a decision.
//!
//! What was handed in late waits with the others. The order is that in which texts were handed in last; what is left for later comes round again.

pub mod model;
pub mod operations;
pub mod routes;
pub mod store;

pub use model::Queue;
