//! Rows to columns: each file turns what it is handed into the cells of one export. No database, no page.
//!
//! Words of codes come from above as [`Words`], so that nothing here knows the page texts.

pub mod answers;
pub mod asked;
pub mod audit;
pub mod ballots;
pub mod clarifications;
pub mod decisions;
pub mod duplicates;
pub mod mails;
pub mod meetings;
pub mod objections;
pub mod pending;
pub mod people;
pub mod programme;
pub mod progress;
pub mod reviews;
pub mod sessions;
pub mod sheet;
pub mod submissions;

use chrono::NaiveDateTime;

use crate::kernel::clock::written;
use crate::kernel::lang::{Bilingual, Lang};

/// Writes a moment of Coordinated Universal Time, or nothing.
fn moment(at: Option<NaiveDateTime>) -> String {
    at.map_or_else(String::new, written)
}

/// Writes the day of a moment of Coordinated Universal Time, or nothing.
fn day(at: Option<NaiveDateTime>) -> String {
    at.map_or_else(String::new, |at| at.date().to_string())
}

/// Writes whether something is so: `yes` or `no` in both languages, as codes are.
fn yes_or_no(is_so: bool) -> String {
    if is_so { "yes" } else { "no" }.to_owned()
}

/// The language of a file, and the words of codes in it.
#[derive(Clone, Copy)]
pub struct Words<'a> {
    /// The language.
    pub lang: Lang,
    /// Returns the words of a code: `state` and `accepted`.
    pub code: &'a dyn Fn(&str, &str) -> String,
}

impl Words<'_> {
    /// Returns the words of a code.
    pub fn code(&self, prefix: &str, code: &str) -> String {
        (self.code)(prefix, code)
    }

    /// Returns the side of the file's language, or the other where that is missing.
    pub fn either(&self, text: &Bilingual<String>) -> String {
        let side = text.get(self.lang);
        if side.is_empty() { text.get(self.lang.other()).clone() } else { side.clone() }
    }

    /// Writes a decimal that comes with a point as the language does: a Russian spreadsheet takes 3.05 for a day.
    pub fn decimal(&self, text: &str) -> String {
        match self.lang {
            Lang::En => text.to_owned(),
            Lang::Ru => text.replace('.', ","),
        }
    }
}
