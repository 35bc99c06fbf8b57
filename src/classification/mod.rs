//! The lists by which submissions are classified: countries, SDG targets, deliverables and areas, WTO measures,
//! survey measures, chapters of non-tariff measures. Embedded from `data/lists/`, in both languages.
//!
//! Pure: no database, no web. Start with [`List`]; every entry has a code that never changes.

mod list;

pub use list::{Entry, List, read};
