//! Sessions of the Working Group: dates, windows, criteria, voting rules, questionnaires, reviewers.

pub mod model;
pub mod store;

pub use model::{Calendar, Criterion, Session, Step, VotingRules, Window};
