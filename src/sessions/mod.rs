//! Sessions of the Working Group: dates, windows, criteria, voting rules, questionnaires, reviewers.

pub mod store;
