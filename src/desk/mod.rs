//! The secretariat's desk of a session: what waits and until when, the calendar computed back from the first day, and
//! acts on several submissions at once.
//!
//! Looks into the tables of the earlier rooms and acts through their operations. `model` reckons the calendar, `store`
//! counts, `operations` gathers and acts, asking the policy for each. Of sealed things there are counts only.

pub mod export;
pub mod forms;
pub mod model;
pub mod operations;
pub mod pages;
pub mod routes;
pub mod store;

pub use model::{BulkAct, LeadTimes, Matter, Milestone};
