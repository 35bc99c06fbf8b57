//! Sessions of the Working Group: dates, windows, criteria, voting rules, questionnaires, reviewers.
//!
//! Start with `model`; other rooms ask [`Calendar::expect_open`] before an act that has a window. `operations` holds
//! one function per act; a form that is older than what is stored is refused by the session's edition.

pub mod forms;
pub mod model;
pub mod operations;
pub mod pages;
pub mod routes;
pub mod store;

pub use model::{Calendar, Criterion, Session, Step, VotingRules, Window};
