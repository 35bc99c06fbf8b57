//! What a session amounts to in numbers: by country in alphabetical order, by theme and target, offers against needs, time to
//! clearance, languages. Each figure is a table with a chart beside it, and a file.
//!
//! Everybody sees what is published: accepted practices and the actions of the programme in force. The secretariat sees all
//! that was handed in. Who has handed in nothing is told to nobody else.

pub mod model;
pub mod operations;
pub mod pages;
pub mod routes;
pub mod store;
