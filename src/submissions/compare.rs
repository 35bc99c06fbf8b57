//! What changed between two revisions, word by word.

use similar::{ChangeTag, TextDiff};

/// What happened to a piece of text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// It stands as it stood.
    Same,
    /// It is new.
    Added,
    /// It is gone.
    Removed,
}

/// A run of words with what happened to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// What happened.
    pub change: Change,
    /// The words with their spaces.
    pub text: String,
}

/// Compares two texts word by word; neighbouring words with the same fate come as one piece.
pub fn words(before: &str, after: &str) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    for change in TextDiff::from_unicode_words(before, after).iter_all_changes() {
        let tag = match change.tag() {
            ChangeTag::Equal => Change::Same,
            ChangeTag::Insert => Change::Added,
            ChangeTag::Delete => Change::Removed,
        };
        match pieces.last_mut() {
            Some(last) if last.change == tag => last.text.push_str(change.value()),
            _ => pieces.push(Piece { change: tag, text: change.value().to_owned() }),
        }
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_compared_in_both_alphabets() {
        let shown = |before, after| {
            words(before, after)
                .into_iter()
                .map(|piece| match piece.change {
                    Change::Same => piece.text,
                    Change::Added => format!("[+{}]", piece.text),
                    Change::Removed => format!("[-{}]", piece.text),
                })
                .collect::<String>()
        };
        assert_eq!(shown("Agree on a form", "Agree on a data set"), "Agree on a [-form][+data set]");
        assert_eq!(shown("зеленый коридор", "зеленый рынок"), "зеленый [-коридор][+рынок]");
        assert_eq!(shown("", "new"), "[+new]");
        assert_eq!(shown("same", "same"), "same");
    }
}
