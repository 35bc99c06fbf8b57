//! What ties submissions together: the practices on which an action builds, and the offers of practices that meet the
//! needs of actions. Only what the reader may see.

pub mod model;
pub mod operations;
pub mod pages;
pub mod routes;
pub mod store;
