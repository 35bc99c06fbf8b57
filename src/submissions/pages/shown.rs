//! Answers as they are read: in the reader's language, and where only the other language exists, openly so.

use super::wording::word;
use crate::i18n::Texts;
use crate::kernel::lang::Lang;
use crate::questionnaires::{AnswerLang, Answers, Question, QuestionKind, Questionnaire};
use crate::submissions::forms::COMMENT;

/// A text as it is read.
#[derive(Debug, Clone, Default)]
pub struct TextView {
    /// The words; empty when not given.
    pub text: String,
    /// Code of its language, empty for the page's own.
    pub lang: &'static str,
    /// Says that the reader's language does not exist yet; may be empty.
    pub note: String,
    /// Address that it leads to; may be empty.
    pub href: String,
}

/// An answer as it is read.
#[derive(Debug, Clone)]
pub struct AnswerView {
    /// Code of the question.
    pub code: String,
    /// The question.
    pub label: String,
    /// Whether it is kept from publication.
    pub is_private: bool,
    /// The text, when it is one; empty when not given.
    pub text: TextView,
    /// What was chosen, when it is a list.
    pub list: Vec<String>,
    /// Headings of the rows.
    pub headings: Vec<String>,
    /// Rows with their cells.
    pub rows: Vec<Vec<TextView>>,
    /// Comments of the secretariat.
    pub comments: Vec<String>,
    /// Code of how its translation stands; empty when it has none.
    pub parity: &'static str,
}

impl AnswerView {
    /// Returns whether nothing was given.
    pub fn is_missing(&self) -> bool {
        self.text.text.is_empty() && self.list.is_empty() && self.rows.is_empty()
    }

    /// Returns the name of the field for a comment.
    pub fn comment_name(&self) -> String {
        format!("{COMMENT}{}", self.code)
    }
}

/// A section as it is read.
#[derive(Debug, Clone)]
pub struct SectionView {
    /// Its title.
    pub title: String,
    /// Its answers.
    pub answers: Vec<AnswerView>,
}

/// Returns every section with its answers; private questions only where they may be seen.
pub fn sections(
    texts: Texts,
    questionnaire: &Questionnaire,
    answers: &Answers,
    with_private: bool,
) -> Vec<SectionView> {
    questionnaire
        .sections
        .iter()
        .map(|section| SectionView {
            title: section.title.get(texts.lang()).clone(),
            answers: section
                .questions
                .iter()
                .filter(|question| with_private || !question.private)
                .map(|question| answer(texts, question, answers))
                .collect(),
        })
        .filter(|section| !section.answers.is_empty())
        .collect()
}

/// Returns one answer as it is read.
pub fn answer(texts: Texts, question: &Question, answers: &Answers) -> AnswerView {
    let mut view = AnswerView {
        code: question.code.clone(),
        label: question.label.get(texts.lang()).clone(),
        is_private: question.private,
        text: TextView::default(),
        list: Vec::new(),
        headings: Vec::new(),
        rows: Vec::new(),
        comments: Vec::new(),
        parity: "",
    };
    match question.kind {
        QuestionKind::Rows => {
            let number = answers.rows(&question.code);
            view.headings = question.columns.iter().map(|column| column.label.get(texts.lang()).clone()).collect();
            view.rows = (0..number)
                .map(|row| {
                    let path = |column: &Question| format!("{}.{row}.{}", question.code, column.code);
                    question.columns.iter().map(|column| text(texts, column, &path(column), answers)).collect()
                })
                .collect();
        }
        QuestionKind::Choices => {
            let codes = answers.codes(&question.code);
            view.list = codes.into_iter().map(|code| question.word(code, texts.lang())).collect();
        }
        _ => view.text = text(texts, question, &question.code, answers),
    }
    view
}

/// Returns the text of an answer or cell in the reader's language, or in the other with a note.
fn text(texts: Texts, question: &Question, path: &str, answers: &Answers) -> TextView {
    if !question.is_bilingual() {
        let text = answers.get(path, AnswerLang::Neutral);
        let href = match question.kind {
            QuestionKind::Url if text.starts_with("https://") || text.starts_with("http://") => text.to_owned(),
            QuestionKind::Email if !text.is_empty() => format!("mailto:{text}"),
            QuestionKind::Reference if !text.is_empty() => format!("/submissions/{text}"),
            _ => String::new(),
        };
        return TextView { text: word(texts, question, text), href, ..TextView::default() };
    }
    let (wanted, other) = (texts.lang(), texts.lang().other());
    let own = answers.get(path, wanted);
    if !own.is_empty() {
        return TextView { text: own.to_owned(), ..TextView::default() };
    }
    let foreign = answers.get(path, other);
    let note = if foreign.is_empty() { String::new() } else { not_yet(texts, wanted) };
    TextView { text: foreign.to_owned(), lang: other.code(), note, href: String::new() }
}

/// Says that a text does not exist yet in the reader's language.
pub fn not_yet(texts: Texts, wanted: Lang) -> String {
    texts.code("submission-not-yet", wanted)
}
