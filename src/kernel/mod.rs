//! Words that every room shares: ids, languages, the clock, codes, reference numbers and steps of a workflow.
//!
//! Pure: no input or output, no framework. Start with [`lang`] and [`ids`].

pub mod archive;
pub mod body;
pub mod clock;
pub mod code;
pub mod fields;
pub mod ids;
pub mod lang;
pub mod reference;
pub mod token;
pub mod transition;
pub mod workbook;
pub mod zones;
