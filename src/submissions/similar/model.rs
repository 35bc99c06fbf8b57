//! How alike two titles are: pure, the same in both languages.

use std::collections::BTreeSet;

use crate::kernel::ids::DelegationId;
use crate::kernel::lang::Bilingual;
use crate::submissions::search::stems;

/// Shortest word that says anything about a subject, in characters.
const WORD_CHARS_MIN: usize = 4;
/// From how many words of a title two have to be shared.
const WORDS_MANY: usize = 3;

/// A submission that is like the one being written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Similar {
    /// Its reference.
    pub reference: String,
    /// Its title in each language; empty where not given.
    pub title: Bilingual<String>,
    /// Its delegation.
    pub delegation: DelegationId,
    /// Words of its titles that the title being written shares.
    pub words: Vec<String>,
    /// Code of the main theme, when both have the same.
    pub theme: Option<String>,
    /// Code of the main target, when both have the same.
    pub target: Option<String>,
}

/// Returns the stems of the words that say anything.
pub fn wanted(title: &str) -> BTreeSet<String> {
    words(title).into_iter().flat_map(|word| stems(&word)).collect()
}

fn words(title: &str) -> Vec<String> {
    let is_long = |word: &&str| word.chars().count() >= WORD_CHARS_MIN;
    title.split(|c: char| !c.is_alphanumeric()).filter(is_long).map(str::to_lowercase).collect()
}

/// Returns the words of a title in both languages that are wanted, each once.
pub fn shared(wanted: &BTreeSet<String>, title: &Bilingual<String>) -> Vec<String> {
    let mut seen = BTreeSet::new();
    let both = words(&title.en).into_iter().chain(words(&title.ru));
    both.filter(|word| stems(word).iter().any(|stem| wanted.contains(stem) && seen.insert(stem.clone()))).collect()
}

/// Returns whether so many shared words make titles alike.
pub fn is_like(wanted: &BTreeSet<String>, shared: usize) -> bool {
    shared >= if wanted.len() < WORDS_MANY { 1 } else { 2 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_are_alike_by_stems_in_either_language() {
        let title = Bilingual::new("Single windows at borders".to_owned(), "Единые окна на границах".to_owned());
        let alike = |typed: &str| {
            let wanted = wanted(typed);
            let words = shared(&wanted, &title);
            (is_like(&wanted, words.len()), words)
        };
        assert_eq!(
            alike("A single window for the border"),
            (true, vec!["single".into(), "windows".into(), "borders".into()])
        );
        assert_eq!(alike("Единое окно для бизнеса"), (true, vec!["единые".into(), "окна".into()]));
        assert_eq!(alike("Training of single officials"), (false, vec!["single".into()]));
        assert_eq!(alike("Windows"), (true, vec!["windows".into()]));
        assert_eq!(alike(""), (false, Vec::new()));
    }
}
