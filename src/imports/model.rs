//! The nouns of the room: what is wrong in a file, and what a file would do.

use std::collections::{BTreeMap, BTreeSet};

use crate::exports::Meaning;
use crate::exports::meaning::SourceField;
use crate::kernel::fields::Message;
use crate::kernel::ids::DelegationId;
use crate::kernel::lang::Lang;
use crate::questionnaires::{Answers, Questionnaire};
use crate::submissions::{CompiledSource, Submission};

/// Largest file that is read, in bytes.
pub const FILE_BYTES_MAX: usize = 1024 * 1024;

/// Longest value repeated in a fault, in characters.
const VALUE_CHARS_MAX: usize = 80;

/// Something wrong in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Line of the file, from 1.
    pub line: u64,
    /// Header of the column, as it stands in the file; empty when the line as a whole is meant.
    pub column: String,
    /// What was found, shortened.
    pub value: String,
    /// What is wrong; worded by the key `error-<code>`.
    pub message: Message,
    /// What is accepted; worded by the key `error-<code>`.
    pub accepted: Option<Message>,
}

impl Fault {
    /// Returns a fault of a cell.
    pub fn new(line: u64, column: &str, value: &str, message: Message) -> Self {
        let mut shown: String = value.chars().take(VALUE_CHARS_MAX).collect();
        if value.chars().count() > VALUE_CHARS_MAX {
            shown.push('…');
        }
        Self { line, column: column.to_owned(), value: shown, message, accepted: None }
    }

    /// Says what is accepted.
    #[must_use]
    pub fn accepts(mut self, accepted: Message) -> Self {
        self.accepted = Some(accepted);
        self
    }
}

/// A row of a file, read but not yet compared with anything.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Line of the file on which it begins.
    pub line: u64,
    /// Reference, where given.
    pub reference: Option<String>,
    /// Code of the delegation, where given.
    pub delegation: Option<String>,
    /// Language it was written in, where given.
    pub original: Option<Lang>,
    /// Answers by what their columns mean, empty cells too: an empty cell takes an answer away.
    pub answers: Vec<(Meaning, String)>,
    /// What is given about the source.
    pub source: BTreeMap<SourceField, String>,
}

impl Row {
    /// Returns whether the row says where it was compiled from.
    pub fn is_compiled(&self) -> bool {
        self.source.values().any(|text| !text.is_empty())
    }

    /// Returns a text about the source, empty when not given.
    pub fn source_text(&self, field: SourceField) -> &str {
        self.source.get(&field).map_or("", String::as_str)
    }
}

/// What becomes of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// A new entry.
    New,
    /// Another text for an entry; the names of the columns that differ.
    Changed(BTreeSet<String>),
    /// Nothing.
    Unchanged,
}

/// A row as it will be applied.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Planned {
    /// Line of the file.
    pub line: u64,
    /// Code of the delegation.
    pub delegation_code: String,
    /// The delegation.
    pub delegation: DelegationId,
    /// What becomes of it.
    pub change: Change,
    /// The entry, unless it is new.
    pub entry: Option<Submission>,
    /// The language it is written in.
    pub original: Lang,
    /// Answers before.
    pub before: Answers,
    /// Answers after.
    pub after: Answers,
    /// Source before and after, for compiled entries.
    pub source: Option<(Option<CompiledSource>, CompiledSource)>,
    /// Whether its delegation is asked to confirm it: a text of its own that is new.
    pub waits: bool,
}

impl Planned {
    /// Returns the title in a language, or in the other.
    pub fn title(&self, lang: Lang) -> &str {
        let title = self.after.get("title", lang);
        if title.is_empty() { self.after.get("title", lang.other()) } else { title }
    }
}

/// What a file will do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// Row by row.
    pub rows: Vec<Planned>,
    /// The questionnaire that new entries answer.
    pub questionnaire: Questionnaire,
    /// Digest of the file and of what it will do: both must be the same when it is applied.
    pub digest: String,
}

impl Plan {
    /// Returns how many rows wait for their delegation to confirm them.
    pub fn waiting(&self) -> usize {
        self.rows.iter().filter(|row| row.waits).count()
    }

    /// Returns how many rows are new, changed and unchanged.
    pub fn counts(&self) -> (usize, usize, usize) {
        let count = |wanted: fn(&Change) -> bool| self.rows.iter().filter(|row| wanted(&row.change)).count();
        (
            count(|change| matches!(change, Change::New)),
            count(|change| matches!(change, Change::Changed(_))),
            count(|change| matches!(change, Change::Unchanged)),
        )
    }
}
