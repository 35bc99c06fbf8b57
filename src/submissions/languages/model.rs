//! The nouns, and how the state of a translation follows from what changed when.

use std::collections::BTreeMap;

use chrono::NaiveDateTime;

use crate::coded_enum;
use crate::kernel::ids::AccountId;
use crate::kernel::lang::Lang;
use crate::questionnaires::{AnswerKey, Question, QuestionKind, Questionnaire};

coded_enum! {
    /// How a translation stands to its original, the worst first.
    pub enum Parity {
        /// One of the two languages is not there.
        Missing = "missing",
        /// The original has changed since the translation was made or checked.
        Stale = "stale",
        /// There, and not checked against the original.
        Draft = "draft",
        /// Checked against the original as it stands.
        Checked = "checked",
    }
}

/// Who checked a translation, and at which revision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Check {
    /// The revision at which both texts were compared.
    pub revision: i32,
    /// By whom.
    pub account: AccountId,
    /// When.
    pub at: NaiveDateTime,
}

/// Every text of a submission at every revision in which it changed, oldest first.
pub type Trail = BTreeMap<AnswerKey, Vec<(i32, String)>>;

/// A text in both languages, with how its translation stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextState {
    /// Path of the question or cell.
    pub path: String,
    /// How the translation stands.
    pub parity: Parity,
    /// The original; may be empty.
    pub original: String,
    /// The translation; may be empty.
    pub translation: String,
    /// The original as it stood when the translation was last in step with it, when it has changed since.
    pub before: Option<String>,
    /// Who checked it last.
    pub check: Option<Check>,
}

/// Returns how a translation stands: the revisions in which the two texts changed last, and the one that was checked.
pub const fn parity(original: i32, translation: i32, checked: i32) -> Parity {
    if checked >= original && checked >= translation {
        Parity::Checked
    } else if original > translation && original > checked {
        Parity::Stale
    } else {
        Parity::Draft
    }
}

/// Returns the texts of a submission that have anything in them, in the order of the questionnaire; private answers are
/// left out.
pub fn texts(
    questionnaire: &Questionnaire,
    original: Lang,
    trail: &Trail,
    checks: &BTreeMap<AnswerKey, Check>,
) -> Vec<TextState> {
    let paths =
        questionnaire.questions().filter(|question| !question.private).flat_map(|question| paths(question, trail));
    paths.filter_map(|path| text(&path, original, trail, checks)).collect()
}

/// Returns the paths of a question that hold texts in two languages: its own, or those of the cells of its rows.
fn paths(question: &Question, trail: &Trail) -> Vec<String> {
    if question.kind != QuestionKind::Rows {
        return if question.is_bilingual() { vec![question.code.clone()] } else { Vec::new() };
    }
    let rows = trail.keys().filter_map(AnswerKey::cell).filter(|(of, ..)| *of == question.code);
    let rows = rows.map(|(_, row, _)| row + 1).max().unwrap_or(0);
    let columns = || question.columns.iter().filter(|column| column.is_bilingual() && !column.private);
    (0..rows)
        .flat_map(|row| columns().map(move |column| (row, column)))
        .map(|(row, column)| format!("{}.{row}.{}", question.code, column.code))
        .collect()
}

fn text(path: &str, original: Lang, trail: &Trail, checks: &BTreeMap<AnswerKey, Check>) -> Option<TextState> {
    let side = |lang: Lang| trail.get(&AnswerKey::new(path, lang)).map_or(&[][..], Vec::as_slice);
    let last = |side: &[(i32, String)]| side.last().map_or((0, String::new()), |(at, text)| (*at, text.clone()));
    let (of_original, of_translation) = (side(original), side(original.other()));
    let ((changed, text), (translated, translation)) = (last(of_original), last(of_translation));
    if text.is_empty() && translation.is_empty() {
        return None;
    }
    let check = checks.get(&AnswerKey::new(path, original.other())).cloned();
    let checked = check.as_ref().map_or(0, |check| check.revision);
    let parity =
        if text.is_empty() || translation.is_empty() { Parity::Missing } else { parity(changed, translated, checked) };
    let in_step = translated.max(checked);
    let then = of_original.iter().rev().find(|(at, _)| *at <= in_step).map(|(_, text)| text.clone());
    let before = then.filter(|then| parity == Parity::Stale && *then != text);
    Some(TextState { path: path.to_owned(), parity, original: text, translation, before, check })
}

/// How many texts are checked, of how many.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Count {
    /// Checked.
    pub checked: usize,
    /// In all.
    pub all: usize,
}

impl Count {
    /// Counts the texts of one submission.
    pub fn of(texts: &[TextState]) -> Self {
        Self { checked: texts.iter().filter(|text| text.parity == Parity::Checked).count(), all: texts.len() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::reference::Kind;

    #[test]
    fn a_translation_is_checked_until_one_side_changes() {
        for (original, translation, checked, wanted) in [
            (1, 1, 0, Parity::Draft),
            (1, 2, 0, Parity::Draft),
            (2, 1, 0, Parity::Stale),
            (1, 2, 2, Parity::Checked),
            (1, 2, 5, Parity::Checked),
            (3, 2, 2, Parity::Stale),
            (1, 3, 2, Parity::Draft),
            (3, 3, 2, Parity::Draft),
            (3, 4, 2, Parity::Draft),
        ] {
            assert_eq!(parity(original, translation, checked), wanted, "{original} {translation} {checked}");
        }
    }

    #[test]
    fn what_changed_since_is_known_and_empty_texts_are_left_out() {
        let text = |at: i32, text: &str| (at, text.to_owned());
        let key = |path: &str, lang| AnswerKey::new(path, lang);
        let trail = Trail::from([
            (key("title", Lang::En), vec![text(1, "Agree"), text(3, "Agree on data")]),
            (key("title", Lang::Ru), vec![text(2, "Согласовать")]),
            (key("summary", Lang::En), vec![text(1, "Words")]),
            (key("risks", Lang::En), vec![text(1, "Some"), text(2, "")]),
            (key("objectives.0.text", Lang::Ru), vec![text(1, "Цель")]),
        ]);
        let found = texts(Questionnaire::default_of(Kind::Action), Lang::En, &trail, &BTreeMap::new());
        let told: Vec<_> = found.iter().map(|one| (one.path.as_str(), one.parity, one.before.as_deref())).collect();
        assert_eq!(
            told,
            [
                ("title", Parity::Stale, Some("Agree")),
                ("summary", Parity::Missing, None),
                ("objectives.0.text", Parity::Missing, None),
            ]
        );
        assert_eq!(Count::of(&found), Count { checked: 0, all: 3 });
    }
}
