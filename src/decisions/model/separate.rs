//! Parts of a text that are voted separately: its paragraphs, lettered in the order in which a member asked.

use super::{Vote, VoteResult};
use crate::kernel::ids::DelegationId;
use crate::kernel::lang::Bilingual;
use crate::programmes::VoteAnswer;
use crate::tally::turnout::{Base, Quorum};

/// A part that is voted separately.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// Its letter: `A`, `B` and so on.
    pub letter: String,
    /// Which paragraph of the text before the group it was, from 1.
    pub paragraph: usize,
    /// What it says.
    pub text: Bilingual<String>,
    /// The delegation that asked for a separate vote.
    pub asked_by: DelegationId,
    /// Whether the group kept it; nothing before it has voted.
    pub is_kept: Option<bool>,
    /// What each delegation answered; none before the group has voted.
    pub votes: Vec<(DelegationId, VoteAnswer)>,
}

impl Part {
    /// Returns what the vote on it came to.
    pub fn result(&self, base: Base, quorum: Quorum) -> VoteResult {
        let vote = |(delegation, answer): &(DelegationId, VoteAnswer)| Vote {
            delegation: delegation.clone(),
            has_passed: false,
            answer: Some(*answer),
        };
        VoteResult::of(&self.votes.iter().map(vote).collect::<Vec<_>>(), base, quorum)
    }
}

/// Returns the paragraphs of a text.
pub fn paragraphs(text: &str) -> Vec<&str> {
    text.lines().filter(|line| !line.trim().is_empty()).collect()
}

/// Returns the letter of the next part; nothing when there are as many as letters.
pub fn next_letter(parts: &[Part]) -> Option<String> {
    let letter = u8::try_from(parts.len()).ok().map(|number| char::from(b'A'.saturating_add(number)))?;
    letter.is_ascii_uppercase().then(|| letter.to_string())
}

/// Returns what is left of a text without the parts that the group did not keep.
pub fn remainder(text: &Bilingual<String>, parts: &[Part]) -> Bilingual<String> {
    let is_left_out = |number: usize| parts.iter().any(|part| part.paragraph == number && part.is_kept == Some(false));
    text.clone().map(|side| {
        let kept = (1..).zip(paragraphs(&side)).filter(|(number, _)| !is_left_out(*number));
        kept.map(|(_, paragraph)| paragraph).collect::<Vec<_>>().join("\n")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn part(paragraph: usize, is_kept: Option<bool>) -> Part {
        let asked_by = DelegationId::from("d");
        Part { letter: "A".to_owned(), paragraph, text: Bilingual::default(), asked_by, is_kept, votes: Vec::new() }
    }

    #[test]
    fn the_remainder_lacks_what_was_left_out_and_nothing_else() {
        let text = Bilingual::new("One.\n\nTwo.\nThree.".to_owned(), "Один.\nДва.\n\nТри.".to_owned());
        let left = remainder(&text, &[part(2, Some(false)), part(3, Some(true)), part(1, None)]);
        assert_eq!((left.en.as_str(), left.ru.as_str()), ("One.\nThree.", "Один.\nТри."));
    }

    #[test]
    fn letters_follow_the_alphabet_to_its_end() {
        let parts: Vec<Part> = (1..=26).map(|paragraph| part(paragraph, None)).collect();
        assert_eq!(next_letter(&[]).as_deref(), Some("A"));
        assert_eq!(next_letter(&parts[..25]).as_deref(), Some("Z"));
        assert_eq!(next_letter(&parts), None);
    }
}
