//! The nouns: an attached file, its limits, what kinds of content are taken.

pub mod content;
pub mod name;

use chrono::NaiveDateTime;

use super::workflow::State;
use crate::kernel::ids::{AccountId, AttachmentId, SubmissionId};

pub use content::Content;

/// Most files that go with a submission, those still arriving included; as the questionnaire of the group allows.
pub const COUNT_MAX: usize = 5;
/// Largest file; as the questionnaire of the group allows.
pub const SIZE_BYTES_MAX: i64 = 10 * 1024 * 1024;
/// Longest mark of a source: a name of any usual file system, and a moment.
pub const MARK_CHARS_MAX: usize = 300;
/// Largest part of a file that is held while it is written.
pub const PART_BYTES_MAX: usize = 1024 * 1024;

/// A file attached to a submission.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attachment {
    /// Id.
    pub id: AttachmentId,
    /// The submission that it goes with.
    pub submission: SubmissionId,
    /// Its name, safe to show and to save under.
    pub name: String,
    /// Where it stands.
    pub state: State,
    /// What it is, once it is whole.
    pub content: Option<Content>,
    /// Its size; while it arrives, the size that was announced, if any.
    pub size: Option<i64>,
    /// How many bytes have been kept so far.
    pub received: i64,
    /// SHA-256 in hexadecimal digits, once it is whole.
    pub sha256: String,
    /// Its key in the store; empty when nothing is there any more.
    pub key: String,
    /// What the browser knows its source by, to go on with an upload.
    pub mark: String,
    /// Whether everybody sees it once the practice is published.
    pub is_public: bool,
    /// Who attached it.
    pub account: AccountId,
    /// When its upload began.
    pub started_at: NaiveDateTime,
    /// When it was whole.
    pub finished_at: Option<NaiveDateTime>,
    /// When it was taken out.
    pub removed_at: Option<NaiveDateTime>,
}

impl Attachment {
    /// Returns whether every byte that was announced has been kept.
    pub fn is_complete(&self) -> bool {
        self.size == Some(self.received)
    }
}

/// Returns the key of a whole file.
pub fn key(id: &AttachmentId) -> String {
    format!("whole/{id}")
}

/// Returns the folder of the parts of a file.
pub fn parts(id: &AttachmentId) -> String {
    format!("arriving/{id}")
}
