//! Duplicates: submissions of one kind in a session that are like each other, with what they share.
//!
//! Titles and summaries are compared by stems, each language with itself; theme, target, countries and years say something
//! where two texts have no language in common. The secretariat decides: nothing is merged by itself.

pub mod model;
pub mod operations;
pub mod pages;
pub mod routes;

pub use model::Likeness;
