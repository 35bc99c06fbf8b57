//! What is asked for, and what the file of an export works with.

use std::collections::BTreeMap;
use std::io;

use chrono::NaiveDateTime;

use super::Name;
use super::sheet::Sheet;
use crate::db::{AnyConnection, StoreError};
use crate::delegations::{self, Delegation};
use crate::exports::model::Reach;
use crate::exports::store::is_at_home;
use crate::kernel::clock::written;
use crate::kernel::ids::DelegationId;
use crate::kernel::lang::{Bilingual, Lang};
use crate::policy::Actor;
use crate::sessions::Session;
use crate::submissions::Submission;

/// What is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Order {
    /// Of which session; none for what is of the whole platform.
    pub session: Option<Session>,
    /// Which export.
    pub name: Name,
    /// In which language.
    pub lang: Lang,
    /// How much.
    pub reach: Reach,
    /// Who reads the file, where that decides what is in it.
    pub reader: Actor,
    /// Number of the ballot, for its papers and its result; the last certified one when nothing is said.
    pub ballot: Option<i32>,
}

impl Order {
    /// Returns the session. Without one its files answer as if they did not exist.
    pub(in crate::exports) fn session(&self) -> Result<&Session, StoreError> {
        self.session.as_ref().ok_or(StoreError::NotFound)
    }

    /// Returns the reader whom the policy is asked about; nobody where the file holds everything.
    pub(super) fn asked_of(&self) -> Option<&Actor> {
        (self.reach != Reach::Secretariat).then_some(&self.reader)
    }
}

/// Why an export could not be written.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// What was written to failed.
    #[error("cannot write: {0}")]
    Write(#[from] io::Error),
}

impl From<ExportError> for StoreError {
    fn from(error: ExportError) -> Self {
        match error {
            ExportError::Store(error) => error,
            ExportError::Write(error) => Self::Busy(format!("temporary file: {error}")),
        }
    }
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

/// An export that is being written.
pub struct Writing<'a> {
    /// Where its rows are read, in one transaction.
    pub conn: &'a mut AnyConnection,
    /// What is asked for.
    pub order: &'a Order,
    /// In which words.
    pub said: Words<'a>,
    /// Where its rows go.
    pub sheet: Sheet<'a>,
}

/// Writes a moment of Coordinated Universal Time, or nothing.
pub fn moment(at: Option<NaiveDateTime>) -> String {
    at.map_or_else(String::new, written)
}

/// Writes the day of a moment of Coordinated Universal Time, or nothing.
pub fn day(at: Option<NaiveDateTime>) -> String {
    at.map_or_else(String::new, |at| at.date().to_string())
}

/// Writes whether something is so: `yes` or `no` in both languages, as codes are.
pub fn yes_or_no(is_so: bool) -> String {
    if is_so { "yes" } else { "no" }.to_owned()
}

/// Returns the title of a submission, unless its delegation may have written on since it handed it in.
pub fn cleared_title(one: &Submission, lang: Lang) -> &str {
    if is_at_home(one.state) { "" } else { one.title_or_reference(lang) }
}

/// Returns the delegations by id.
pub fn by_id(conn: &mut AnyConnection) -> Result<BTreeMap<DelegationId, Delegation>, StoreError> {
    Ok(delegations::store::all(conn)?.into_iter().map(|delegation| (delegation.id.clone(), delegation)).collect())
}
