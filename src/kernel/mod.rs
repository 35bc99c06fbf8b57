//! Words that every room shares: ids, languages, the clock, codes and reference numbers.
//!
//! Pure: no input or output, no framework. Start with [`lang`] and [`ids`].

pub mod clock;
pub mod code;
pub mod fields;
pub mod ids;
pub mod lang;
pub mod reference;
pub mod token;
pub mod workbook;
pub mod zones;
