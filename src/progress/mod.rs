//! Progress of the actions that the group adopted: a report a year, confirmed by the countries that the action names, and the
//! history of each action from proposal to end.
//!
//! Start with `workflow` and `model` (what a report says, how old the newest is). What an action promised is read from the
//! revision that the group adopted. Everybody may read a report once every country named has confirmed it, the group
//! from the moment it is given.

pub mod forms;
pub mod model;
pub mod operations;
pub mod pages;
pub mod routes;
pub mod store;
pub mod workflow;

pub use model::{Answer, Light, OutputState, Report};
pub use workflow::State;
