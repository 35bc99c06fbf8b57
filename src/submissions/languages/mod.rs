//! Parity of languages: of each text, whether its translation is missing, unchecked, overtaken by the original, or checked.
//!
//! Answers are kept by revision, so that what changed when is known; `text_states` adds who checked a translation, and at
//! which revision. The rest follows: [`model`] says how. The editor shows both languages side by side.

pub mod model;
pub mod operations;
pub mod pages;
pub mod routes;
pub mod store;

pub use model::{Parity, TextState};
