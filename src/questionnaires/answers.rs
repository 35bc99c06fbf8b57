//! Answers: one text in one language for each question or cell of a row.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use super::model::{Question, QuestionKind, Questionnaire};
use crate::coded_enum;
use crate::kernel::code::Code as _;
use crate::kernel::lang::Lang;

coded_enum! {
    /// The language of an answer.
    pub enum AnswerLang {
        /// English.
        En = "en",
        /// Russian.
        Ru = "ru",
        /// No language: codes, numbers, addresses (`zxx` in ISO 639-2).
        Neutral = "zxx",
    }
}

impl From<Lang> for AnswerLang {
    fn from(lang: Lang) -> Self {
        match lang {
            Lang::En => Self::En,
            Lang::Ru => Self::Ru,
        }
    }
}

/// Separates the codes of an answer that holds several.
pub const SEPARATOR: char = ';';

/// Which answer: the path of the question and the language. Written `title|en`, `indicators.0.name|ru`, `theme`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct AnswerKey {
    /// Path of the question: its code, or code, row from 0 and column.
    pub question: String,
    /// Language of the answer.
    pub lang: AnswerLang,
}

impl AnswerKey {
    /// Returns the key of a question in a language.
    pub fn new(question: impl Into<String>, lang: impl Into<AnswerLang>) -> Self {
        Self { question: question.into(), lang: lang.into() }
    }

    /// Reads the name of a form field.
    pub fn parse(name: &str) -> Self {
        match name.rsplit_once('|').map(|(question, lang)| (question, AnswerLang::from_code(lang))) {
            Some((question, Some(lang))) => Self::new(question, lang),
            _ => Self::new(name, AnswerLang::Neutral),
        }
    }

    /// Returns question, row and column of a cell.
    pub fn cell(&self) -> Option<(&str, usize, &str)> {
        let (question, rest) = self.question.split_once('.')?;
        let (row, column) = rest.split_once('.')?;
        Some((question, row.parse().ok()?, column))
    }
}

impl fmt::Display for AnswerKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.lang {
            AnswerLang::Neutral => f.write_str(&self.question),
            lang => write!(f, "{}|{lang}", self.question),
        }
    }
}

/// All answers of one submission at one time. Empty answers are not kept.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Answers(BTreeMap<AnswerKey, String>);

impl Answers {
    /// Returns no answers.
    pub fn none() -> Self {
        Self::default()
    }

    /// Reads the fields of a form, keeping those that the questionnaire asks for. Several values of one field become
    /// one answer; rows with nothing in them are closed up.
    pub fn from_fields<'a>(
        questionnaire: &Questionnaire,
        fields: impl IntoIterator<Item = (&'a str, &'a str)>,
    ) -> Self {
        let mut answers = Self::none();
        for (name, value) in fields {
            let key = AnswerKey::parse(name);
            let asked = questionnaire.at(&key.question).is_some_and(|question| {
                question.kind != QuestionKind::Rows && question.languages().contains(&key.lang)
            });
            if asked {
                let held = answers.0.get(&key).cloned().unwrap_or_default();
                let text = tidy(value);
                let joined = if held.is_empty() || text.is_empty() { held + &text } else { format!("{held};{text}") };
                answers.set(key, joined);
            }
        }
        answers.close_up(questionnaire);
        answers
    }

    /// Returns the answers with the texts of one language that a form sends in place of those held; rows keep their places,
    /// and fields of another language, or of no question in two languages, change nothing.
    #[must_use]
    pub fn translated<'a>(
        &self,
        questionnaire: &Questionnaire,
        lang: Lang,
        fields: impl IntoIterator<Item = (&'a str, &'a str)>,
    ) -> Self {
        let mut answers = self.clone();
        for (name, value) in fields {
            let key = AnswerKey::parse(name);
            let is_text = questionnaire.at(&key.question).is_some_and(Question::is_bilingual);
            let row = key.cell().map(|(question, row, _)| row < self.rows(question));
            if is_text && key.lang == lang.into() && row != Some(false) {
                answers.set(key, tidy(value));
            }
        }
        answers
    }

    /// Sets an answer; an empty text takes it away.
    pub fn set(&mut self, key: AnswerKey, text: impl Into<String>) {
        let text = text.into();
        if text.is_empty() {
            self.0.remove(&key);
        } else {
            self.0.insert(key, text);
        }
    }

    /// Adds an answer, for building by hand.
    #[must_use]
    pub fn with(mut self, question: &str, lang: impl Into<AnswerLang>, text: impl Into<String>) -> Self {
        self.set(AnswerKey::new(question, lang), text);
        self
    }

    /// Returns the text of an answer, empty when not given.
    pub fn get(&self, question: &str, lang: impl Into<AnswerLang>) -> &str {
        self.0.get(&AnswerKey::new(question, lang)).map_or("", String::as_str)
    }

    /// Returns the text of a key, empty when not given.
    pub fn of(&self, key: &AnswerKey) -> &str {
        self.0.get(key).map_or("", String::as_str)
    }

    /// Returns the codes of an answer that holds several.
    pub fn codes(&self, question: &str) -> Vec<&str> {
        self.get(question, AnswerLang::Neutral)
            .split(SEPARATOR)
            .map(str::trim)
            .filter(|code| !code.is_empty())
            .collect()
    }

    /// Returns the whole number of an answer, when it is one.
    pub fn number(&self, question: &str) -> Option<i64> {
        self.get(question, AnswerLang::Neutral).parse().ok()
    }

    /// Returns the number of rows that have anything in them.
    pub fn rows(&self, question: &str) -> usize {
        self.0
            .keys()
            .filter_map(AnswerKey::cell)
            .filter(|(of, _, _)| *of == question)
            .map(|(_, row, _)| row + 1)
            .max()
            .unwrap_or(0)
    }

    /// Returns whether a question has any answer, in any language or row.
    pub fn is_given(&self, question: &str) -> bool {
        self.0.keys().any(|key| key.question == question || key.cell().is_some_and(|(of, _, _)| of == question))
    }

    /// Returns these answers with others laid over them; rows of a question are taken from one side as a whole.
    #[must_use]
    pub fn supplemented(&self, over: &Self) -> Self {
        let replaced: BTreeSet<&str> =
            over.0.keys().filter_map(AnswerKey::cell).map(|(question, ..)| question).collect();
        let stays = |key: &AnswerKey| key.cell().is_none_or(|(question, ..)| !replaced.contains(question));
        let kept = self.0.iter().filter(|(key, _)| stays(key));
        kept.chain(&over.0).map(|(key, text)| (key.clone(), text.clone())).collect()
    }

    /// Returns every answer, by key.
    pub fn iter(&self) -> impl Iterator<Item = (&AnswerKey, &str)> {
        self.0.iter().map(|(key, text)| (key, text.as_str()))
    }

    /// Returns the number of characters in one language, for the counter of the whole.
    pub fn chars(&self, lang: Lang) -> usize {
        self.0.iter().filter(|(key, _)| key.lang == lang.into()).map(|(_, text)| text.chars().count()).sum()
    }

    /// Returns the keys whose texts differ between two sets of answers.
    pub fn changed(&self, other: &Self) -> Vec<AnswerKey> {
        let mut keys: Vec<AnswerKey> = self.0.keys().chain(other.0.keys()).cloned().collect();
        keys.sort();
        keys.dedup();
        keys.retain(|key| self.of(key) != other.of(key));
        keys
    }

    /// Numbers the rows of each question anew, leaving out empty ones.
    fn close_up(&mut self, questionnaire: &Questionnaire) {
        for question in questionnaire.questions().filter(|question| question.kind == QuestionKind::Rows) {
            let mut rows: Vec<usize> = self
                .0
                .keys()
                .filter_map(AnswerKey::cell)
                .filter(|(of, _, _)| *of == question.code)
                .map(|(_, row, _)| row)
                .collect();
            rows.sort_unstable();
            rows.dedup();
            let old = std::mem::take(&mut self.0);
            self.0 = old
                .into_iter()
                .map(|(key, text)| match key.cell() {
                    Some((of, row, column)) if of == question.code => {
                        let place = rows.iter().position(|held| *held == row).unwrap_or(row);
                        (AnswerKey::new(format!("{of}.{place}.{column}"), key.lang), text)
                    }
                    _ => (key, text),
                })
                .collect();
        }
    }
}

impl FromIterator<(AnswerKey, String)> for Answers {
    fn from_iter<I: IntoIterator<Item = (AnswerKey, String)>>(pairs: I) -> Self {
        Self(pairs.into_iter().filter(|(_, text)| !text.is_empty()).collect())
    }
}

/// One kind of line end, no white space around.
fn tidy(text: &str) -> String {
    text.replace("\r\n", "\n").replace('\r', "\n").trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::reference::Kind;

    fn read(fields: &[(&str, &str)]) -> Vec<(String, String)> {
        Answers::from_fields(Questionnaire::default_of(Kind::Practice), fields.iter().copied())
            .iter()
            .map(|(key, text)| (key.to_string(), text.to_owned()))
            .collect()
    }

    #[test]
    fn fields_become_answers_and_unknown_ones_are_left_out() {
        let read = read(&[
            ("title|en", " A title\r\n"),
            ("title|ru", ""),
            ("title", "no language"),
            ("theme|en", "D1"),
            ("other_themes", "D2"),
            ("other_themes", "D3.1"),
            ("csrf", "x"),
        ]);
        let expected = [("other_themes", "D2;D3.1"), ("title|en", "A title")];
        assert_eq!(read, expected.map(|(key, text)| (key.to_owned(), text.to_owned())));
    }

    #[test]
    fn a_form_of_one_language_leaves_everything_else() {
        let held = Answers::none()
            .with("title", Lang::En, "Title")
            .with("theme", AnswerLang::Neutral, "D1")
            .with("indicators.0.name", Lang::En, "Days")
            .with("indicators.1.name", Lang::En, "Cost");
        let fields = [
            ("title|en", "Changed"),
            ("title|ru", " Название "),
            ("theme", "D2"),
            ("indicators.1.name|ru", "Стоимость"),
            ("indicators.2.name|ru", "Лишнее"),
        ];
        let laid = held.translated(Questionnaire::default_of(Kind::Practice), Lang::Ru, fields);
        let wanted = held.with("title", Lang::Ru, "Название").with("indicators.1.name", Lang::Ru, "Стоимость");
        assert_eq!(laid, wanted);
    }

    #[test]
    fn empty_rows_are_closed_up() {
        let read =
            read(&[("indicators.0.name|en", ""), ("indicators.3.name|en", "Days"), ("indicators.5.year", "2019")]);
        let keys: Vec<&str> = read.iter().map(|(key, _)| key.as_str()).collect();
        assert_eq!(keys, ["indicators.0.name|en", "indicators.1.year"]);
    }
}
