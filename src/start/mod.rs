//! The start page: what this is, what needs the reader now, and the next deadline of every session under way.
//!
//! Comes after every other room and looks into their tables. `operations` asks the policy of each thing found, so
//! that nobody is told of what they may not know; of sealed things there are counts only.

pub mod model;
pub mod operations;
pub mod pages;
pub mod routes;
pub mod store;
