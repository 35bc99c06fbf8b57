//! Words folded for search: small letters, `ё` as `е`, stems of both languages. The same on both databases.

use std::collections::BTreeSet;

use rust_stemmers::{Algorithm, Stemmer};

use crate::questionnaires::{Answers, QuestionKind, Questionnaire};

/// Returns the stems of a text, in order, without repeats.
pub fn stems(text: &str) -> Vec<String> {
    let (english, russian) = (Stemmer::create(Algorithm::English), Stemmer::create(Algorithm::Russian));
    let (mut words, mut seen) = (BTreeSet::new(), BTreeSet::new());
    let text = text.to_lowercase().replace('ё', "е");
    // Why: a text says most of its words many times; each is stemmed once.
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty() && words.insert(*word))
        .map(|word| {
            let is_cyrillic = word.chars().any(|c| ('а'..='я').contains(&c));
            if is_cyrillic { russian.stem(word).into_owned() } else { english.stem(word).into_owned() }
        })
        .filter(|stem| seen.insert(stem.clone()))
        .collect()
}

/// Returns the search column of a submission: every stem of its public answers between single spaces.
pub fn search_text(reference: &str, questionnaire: &Questionnaire, answers: &Answers) -> String {
    let is_words = |kind: QuestionKind| matches!(kind, QuestionKind::Line | QuestionKind::Text);
    let mut words = String::from(reference);
    for (key, text) in answers.iter() {
        let is_public = questionnaire.at(&key.question).is_some_and(|question| {
            let code = key.question.split('.').next().unwrap_or_default();
            let is_private = question.private || questionnaire.question(code).is_some_and(|whole| whole.private);
            is_words(question.kind) && !is_private
        });
        if is_public {
            words.push(' ');
            words.push_str(text);
        }
    }
    format!(" {} ", stems(&words).join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_yo_and_endings_are_folded_in_both_languages() {
        assert_eq!(stems("Зелёные коридоры"), stems("зеленых КОРИДОРАХ"));
        assert_eq!(stems("Single windows"), stems("single WINDOW"));
        assert_eq!(stems("e-Permit, e-permit"), ["e", "permit"]);
    }
}
