//! Explanations of position on a ballot.

use chrono::NaiveDateTime;

use crate::kernel::ids::DelegationId;
use crate::kernel::lang::{Bilingual, Lang};

/// Longest explanation of position in characters, English and Russian.
pub const POSITION_CHARS_MAX: (usize, usize) = (2000, 2500);

/// Why a delegation voted as it did, or did not vote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Position {
    /// Whose.
    pub delegation: DelegationId,
    /// The language in which it was given.
    pub original: Lang,
    /// What it says; the translation may be missing.
    pub text: Bilingual<String>,
    /// When it was handed in.
    pub given_at: NaiveDateTime,
}

impl Position {
    /// Returns the text with its translation behind it, if there is one.
    pub fn sides(&self) -> Vec<(Lang, &str)> {
        let sides = [self.original, self.original.other()].map(|lang| (lang, self.text.get(lang).as_str()));
        sides.into_iter().filter(|(_, text)| !text.is_empty()).collect()
    }
}
