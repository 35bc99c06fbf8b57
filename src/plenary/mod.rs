//! The plenary screen: what is being decided, shown so large that the last row reads it.
//!
//! Everything on it is seen as an observer sees it: the policy that seals ballots and sense checks seals the screen. Start
//! with `operations.rs` (what is shown), then `feed.rs`, which asks the database once a second for a whole process, however
//! many look on, and only while somebody does.

pub mod feed;
pub mod operations;
pub mod pages;
pub mod routes;
