//! The nouns of the room: a questionnaire, its sections and questions.
//!
//! The defaults ship as `data/questionnaires/{practice,action}.toml`; a session stores its own version as JSON.

use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use super::answers::AnswerLang;
use crate::classification::List;
use crate::coded_enum;
use crate::kernel::body;
use crate::kernel::lang::{Bilingual, Lang};
use crate::kernel::reference::Kind;

coded_enum! {
    /// What kind of answer a question asks for.
    pub enum QuestionKind {
        /// One line of text.
        Line = "line",
        /// Text of several paragraphs.
        Text = "text",
        /// One code out of a list.
        Choice = "choice",
        /// Several codes out of a list.
        Choices = "choices",
        /// A whole number.
        Number = "number",
        /// A year.
        Year = "year",
        /// Half of a year, written `2021-1`.
        HalfYear = "half-year",
        /// A box to tick.
        Tick = "tick",
        /// An e-mail address.
        Email = "email",
        /// An address on the web.
        Url = "url",
        /// The reference of another submission.
        Reference = "reference",
        /// Rows that repeat, of the same columns.
        Rows = "rows",
    }
}

/// One of the answers to choose from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Choice {
    /// Its code.
    pub code: String,
    /// As people read it.
    pub label: Bilingual<String>,
    /// When to choose it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub help: Option<Bilingual<String>>,
}

/// When a question that is otherwise optional must be answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Condition {
    /// The question it depends on.
    pub question: String,
    /// The answers that make it required; empty when any answer does.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub is: Vec<String>,
    /// Whether any answer makes it required.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub given: bool,
}

/// A question, or a column of a question whose rows repeat.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Question {
    /// Its code, unique in the questionnaire (a column's in its question).
    pub code: String,
    /// As people read it.
    pub label: Bilingual<String>,
    /// What belongs here; columns may go without.
    #[serde(default)]
    pub help: Bilingual<String>,
    /// Kind of answer.
    pub kind: QuestionKind,
    /// Longest text in characters, for English; see [`Question::limit`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub chars_max: Option<u32>,
    /// Shortest text in characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub chars_min: Option<u32>,
    /// Whether it must be answered at submission; in a column: in every row that has anything in it.
    #[serde(default)]
    pub required: bool,
    /// When it must be answered although it is otherwise optional.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub required_when: Option<Condition>,
    /// Never published, never in public files.
    #[serde(default)]
    pub private: bool,
    /// Whether a text is the same in both languages and asked once.
    #[serde(default)]
    pub neutral: bool,
    /// Whether a change of the answer is a change of substance: those who agreed are asked again.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub substance: bool,
    /// The list to choose from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub list: Option<List>,
    /// The answers to choose from, when there is no list.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub options: Vec<Choice>,
    /// Most choices or rows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub most: Option<u32>,
    /// Least choices or rows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub least: Option<u32>,
    /// Smallest number or year.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub min: Option<i64>,
    /// Largest number or year.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max: Option<i64>,
    /// The columns of rows.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub columns: Vec<Question>,
}

/// Most rows of a question that does not say.
const ROWS_MAX: u32 = 20;

impl Question {
    /// Returns whether it is answered in each language.
    pub fn is_bilingual(&self) -> bool {
        matches!(self.kind, QuestionKind::Line | QuestionKind::Text) && !self.neutral
    }

    /// Returns the languages in which it is answered: both, or none in particular.
    pub fn languages(&self) -> &'static [AnswerLang] {
        if self.is_bilingual() { &[AnswerLang::En, AnswerLang::Ru] } else { &[AnswerLang::Neutral] }
    }

    /// Returns the limit in characters for a language: Russian gets a quarter more (DESIGN §6).
    pub fn limit(&self, lang: AnswerLang) -> Option<u32> {
        self.chars_max.map(|max| if lang == AnswerLang::Ru { max + max / 4 } else { max })
    }

    /// Returns the most rows that it takes.
    pub fn rows_max(&self) -> u32 {
        self.most.unwrap_or(ROWS_MAX)
    }

    /// Returns whether a code can be chosen.
    pub fn offers(&self, code: &str) -> bool {
        match self.list {
            Some(list) => list.offers(code),
            None => self.options.iter().any(|option| option.code == code),
        }
    }

    /// Returns the answers to choose from, with their words; headings of a list are left out.
    pub fn choices(&self, lang: Lang) -> Vec<(String, String)> {
        match self.list {
            Some(list) => list
                .entries()
                .iter()
                .filter(|entry| !entry.is_heading)
                .map(|entry| (entry.code.clone(), entry.label(list, lang)))
                .collect(),
            None => self.options.iter().map(|option| (option.code.clone(), option.label.get(lang).clone())).collect(),
        }
    }

    /// Returns the words of a chosen code; an unknown code is returned as it is.
    pub fn word(&self, code: &str, lang: Lang) -> String {
        let worded = match self.list {
            Some(list) => list.entry(code).map(|entry| entry.label(list, lang)),
            None => self.options.iter().find(|option| option.code == code).map(|option| option.label.get(lang).clone()),
        };
        worded.unwrap_or_else(|| code.to_owned())
    }
}

/// Questions that belong together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Section {
    /// Its code.
    pub code: String,
    /// Its title.
    pub title: Bilingual<String>,
    /// What it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub intro: Option<Bilingual<String>>,
    /// Its questions.
    pub questions: Vec<Question>,
}

/// A whole questionnaire.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Questionnaire {
    /// For good practices or priority actions.
    pub kind: Kind,
    /// Version within its session.
    pub version: i32,
    /// Its sections.
    pub sections: Vec<Section>,
}

static PRACTICE: LazyLock<Questionnaire> = LazyLock::new(|| {
    set(Kind::Practice, "questionnaires/practice.toml", include_str!("../../data/questionnaires/practice.toml"))
});
static ACTION: LazyLock<Questionnaire> = LazyLock::new(|| {
    set(Kind::Action, "questionnaires/action.toml", include_str!("../../data/questionnaires/action.toml"))
});

fn set(kind: Kind, name: &str, embedded: &'static str) -> Questionnaire {
    Questionnaire::read(kind, body::text(name, embedded))
        .unwrap_or_else(|error| panic!("invariant: {name} is checked and well formed: {error}"))
}

/// What every questionnaire asks, because lists and pages name submissions by it.
const ASKED: [&str; 2] = ["title", "summary"];

impl Questionnaire {
    /// Reads the file of a questionnaire of a kind.
    pub fn read(kind: Kind, text: &str) -> Result<Self, String> {
        let read: Self = toml::from_str(text).map_err(|error| error.to_string())?;
        if read.kind != kind {
            return Err(format!("its kind is {}, not {kind}", read.kind));
        }
        match ASKED.into_iter().find(|code| read.question(code).is_none()) {
            Some(code) => Err(format!("the question `{code}` is missing")),
            None => Ok(read),
        }
    }

    /// Returns the questionnaire that a new session starts with.
    pub fn default_of(kind: Kind) -> &'static Self {
        match kind {
            Kind::Practice => &PRACTICE,
            Kind::Action => &ACTION,
        }
    }

    /// Returns every question, in order.
    pub fn questions(&self) -> impl Iterator<Item = &Question> {
        self.sections.iter().flat_map(|section| section.questions.iter())
    }

    /// Returns a question by its code.
    pub fn question(&self, code: &str) -> Option<&Question> {
        self.questions().find(|question| question.code == code)
    }

    /// Returns the question or column that a path names: `title`, `indicators.0.name`.
    pub fn at(&self, path: &str) -> Option<&Question> {
        let mut parts = path.split('.');
        let question = self.question(parts.next()?)?;
        match (parts.next(), parts.next(), parts.next()) {
            (None, ..) => Some(question),
            (Some(row), Some(column), None) => {
                let row: u32 = row.parse().ok()?;
                let column = question.columns.iter().find(|candidate| candidate.code == column)?;
                (row < question.rows_max()).then_some(column)
            }
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn the_default_questionnaires_are_whole() {
        for kind in Kind::ALL {
            let questionnaire = Questionnaire::default_of(*kind);
            assert_eq!(questionnaire.kind, *kind);
            let codes: BTreeSet<&str> = questionnaire.questions().map(|question| question.code.as_str()).collect();
            assert_eq!(codes.len(), questionnaire.questions().count(), "a code stands twice");
            for question in questionnaire.questions() {
                let code = &question.code;
                assert!(!question.help.en.is_empty() && !question.help.ru.is_empty(), "{code} has no help");
                assert_eq!(question.kind == QuestionKind::Rows, !question.columns.is_empty(), "{code}");
                let chosen = matches!(question.kind, QuestionKind::Choice | QuestionKind::Choices);
                assert_eq!(chosen, question.list.is_some() || !question.options.is_empty(), "{code}");
                if let Some(condition) = &question.required_when {
                    assert!(codes.contains(condition.question.as_str()), "{code}");
                }
            }
        }
    }

    #[test]
    fn a_path_finds_its_column() {
        let questionnaire = Questionnaire::default_of(Kind::Practice);
        assert_eq!(questionnaire.at("indicators.0.name").map(|column| column.code.as_str()), Some("name"));
        for path in ["indicators.8.name", "indicators.0.nothing", "indicators.0", "title.0.name", "nothing", ""] {
            assert_eq!(questionnaire.at(path).map(|found| found.code.clone()), None, "{path}");
        }
    }
}
