//! The words that the secretariat sets for a kind of message, and what may be wrong with them.

use super::Kind;
use crate::kernel::fields::{self, FieldErrors};

/// Longest subject that the secretariat may write, in characters.
pub const SUBJECT_CHARS_MAX: usize = 150;
/// Longest text that the secretariat may write, in characters.
pub const BODY_CHARS_MAX: usize = 2000;

/// The words of a kind of message in one language; `{reference}` and the like stand for facts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wording {
    /// Subject.
    pub subject: String,
    /// What happened and what to do.
    pub body: String,
}

impl Wording {
    /// Returns what is wrong with the words for a kind: nothing said, too much, a name that is no fact of it.
    pub fn check(&self, kind: Kind) -> FieldErrors {
        let mut errors = FieldErrors::none();
        for (field, text, max) in [("subject", &self.subject, SUBJECT_CHARS_MAX), ("body", &self.body, BODY_CHARS_MAX)]
        {
            let chars = text.chars().count();
            if text.trim().is_empty() {
                errors.add(field, fields::Message::new("required"));
            }
            if chars > max {
                let number = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
                let message = fields::Message::new("too-long");
                errors.add(field, message.number("max", number(max)).number("over", number(chars - max)));
            }
            if let Some(odd) = odd_name(text, kind.facts()) {
                let known = kind.facts().iter().map(|name| format!("{{{name}}}")).collect::<Vec<_>>().join(", ");
                errors.add(field, fields::Message::new("mail-name").text("name", odd).text("known", known));
            }
        }
        errors
    }
}

/// Returns the first thing in braces that is no name of a fact, or a brace without its other half.
fn odd_name(text: &str, known: &[&str]) -> Option<String> {
    let mut rest = text;
    while let Some(at) = rest.find(['{', '}']) {
        let name = rest[at..].strip_prefix('{').and_then(|behind| behind.split_once('}'));
        match name {
            Some((name, after)) if known.contains(&name) => rest = after,
            Some((name, _)) => return Some(format!("{{{name}}}")),
            None => return Some(rest[at..=at].to_owned()),
        }
    }
    None
}
