//! Two people's changes to the same text, brought together question by question.
//!
//! What only one side changed is taken from that side. What both changed differently is in dispute, until somebody
//! chooses. Rows that repeat are one thing each: their numbers move when a row goes.

use std::collections::{BTreeMap, BTreeSet};

use crate::questionnaires::{AnswerKey, Answers};

/// Whose text to take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// What was typed just now.
    Mine,
    /// What somebody else has saved meanwhile.
    Theirs,
}

/// Choices by the name of what was in dispute.
pub type Choices = BTreeMap<String, Side>;

/// Both sides in one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Merged {
    /// The answers; where a dispute is open, what was typed just now.
    pub answers: Answers,
    /// What is still in dispute: `title|en`, `theme`, `indicators`.
    pub disputed: Vec<String>,
}

/// Returns the name of what an answer belongs to: rows that repeat are one thing.
pub fn unit(key: &AnswerKey) -> String {
    key.cell().map_or_else(|| key.to_string(), |(question, _, _)| question.to_owned())
}

/// Returns the answers that belong to a unit.
pub fn part<'a>(answers: &'a Answers, name: &str) -> Vec<(&'a AnswerKey, &'a str)> {
    answers.iter().filter(|(key, _)| unit(key) == name).collect()
}

/// Brings together what was typed and what was stored since both began from `base`.
pub fn merge(base: &Answers, stored: &Answers, typed: &Answers, choices: &Choices) -> Merged {
    let units = |answers: &Answers| base.changed(answers).iter().map(unit).collect::<BTreeSet<String>>();
    let (mine, theirs) = (units(typed), units(stored));
    let mut disputed = Vec::new();
    let mut taken_from_stored = BTreeSet::new();
    for name in &theirs {
        let is_disputed = mine.contains(name) && part(stored, name) != part(typed, name);
        let side = match choices.get(name).filter(|_| is_disputed) {
            Some(side) => *side,
            None if is_disputed => {
                disputed.push(name.clone());
                Side::Mine
            }
            None if mine.contains(name) => Side::Mine,
            None => Side::Theirs,
        };
        if side == Side::Theirs {
            taken_from_stored.insert(name.clone());
        }
    }
    let of = |answers: &Answers, from_stored: bool| {
        answers
            .iter()
            .filter(|(key, _)| taken_from_stored.contains(&unit(key)) == from_stored)
            .map(|(key, text)| (key.clone(), text.to_owned()))
            .collect::<Vec<_>>()
    };
    Merged { answers: of(typed, false).into_iter().chain(of(stored, true)).collect(), disputed }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::lang::Lang;
    use crate::questionnaires::AnswerLang;

    fn answers(title: &str, theme: &str, rows: &[&str]) -> Answers {
        let mut all = Answers::none().with("title", Lang::En, title).with("theme", AnswerLang::Neutral, theme);
        for (row, name) in rows.iter().enumerate() {
            all.set(AnswerKey::new(format!("partners.{row}.name"), Lang::En), *name);
        }
        all
    }

    #[test]
    fn what_one_side_changed_is_taken_from_that_side() {
        let base = answers("A", "D1", &["x", "y"]);
        let merged = merge(&base, &answers("A", "D2", &["y"]), &answers("B", "D1", &["x", "y"]), &Choices::new());
        assert_eq!(merged, Merged { answers: answers("B", "D2", &["y"]), disputed: Vec::new() });
    }

    #[test]
    fn what_both_changed_is_in_dispute_until_somebody_chooses() {
        let base = answers("A", "D1", &["x"]);
        let (stored, typed) = (answers("theirs", "D2", &["x", "t"]), answers("mine", "D2", &["m"]));
        let open = merge(&base, &stored, &typed, &Choices::new());
        assert_eq!(open, Merged { answers: typed.clone(), disputed: vec!["partners".into(), "title|en".into()] });
        let choices = Choices::from([("partners".to_owned(), Side::Theirs), ("title|en".to_owned(), Side::Mine)]);
        let closed = merge(&base, &stored, &typed, &choices);
        assert_eq!(closed, Merged { answers: answers("mine", "D2", &["x", "t"]), disputed: Vec::new() });
    }

    #[test]
    fn an_answer_taken_away_by_one_side_stays_away() {
        let base = answers("A", "D1", &["x"]);
        let merged = merge(&base, &answers("", "D1", &["x"]), &answers("A", "", &["x"]), &Choices::new());
        assert_eq!(merged.answers, answers("", "", &["x"]));
    }
}
