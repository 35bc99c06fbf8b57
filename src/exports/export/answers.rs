//! Answers as rows: the long form, with the rows and columns of tables.

use super::entries::{Entry, each_entry, in_words, published};
use super::{Export, ExportError, Writing};
use crate::exports::model::Reach;
use crate::kernel::lang::Lang;
use crate::kernel::reference::Kind;
use crate::questionnaires::{AnswerKey, Question, Questionnaire};

pub(super) const EXPORT: Export = Export { is_of_session: true, reach: published, columns: &COLUMNS, write };

/// Names of the columns, in order.
const COLUMNS: [&str; 10] =
    ["reference", "revision", "question", "label", "row", "column", "column_title", "language", "text", "words"];

/// Where an answer stands in its questionnaire: question, row, column; what is no longer asked comes last.
type Place = (usize, usize, usize);

/// Writes the answers of every entry.
fn write(to: &mut Writing<'_>) -> Result<(), ExportError> {
    let kinds: &[Kind] = if to.order.reach == Reach::Public { &[Kind::Practice] } else { Kind::ALL };
    for kind in kinds {
        each_entry(to.conn, to.order, *kind, |entry| {
            let rows = rows(entry, to.order.lang, to.order.reach == Reach::Secretariat);
            to.sheet.rows(&rows)
        })?;
    }
    Ok(())
}

/// Returns the rows of an entry, in the order of the questionnaire; private answers only when asked for.
fn rows(entry: Entry<'_>, lang: Lang, with_private: bool) -> Vec<[String; COLUMNS.len()]> {
    let mut placed: Vec<(Place, &AnswerKey, &str)> = Vec::new();
    for (key, text) in entry.answers.iter() {
        let code = key.question.split('.').next().unwrap_or_default();
        let question = entry.questionnaire.question(code);
        let is_private = question.is_none_or(|question| question.private)
            || entry.questionnaire.at(&key.question).is_some_and(|column| column.private);
        if with_private || !is_private {
            placed.push((place(entry.questionnaire, question, key), key, text));
        }
    }
    placed.sort_by(|a, b| (a.0, a.1).cmp(&(b.0, b.1)));
    placed.into_iter().map(|(_, key, text)| row(entry, key, text, lang)).collect()
}

fn place(questionnaire: &Questionnaire, question: Option<&Question>, key: &AnswerKey) -> Place {
    let Some(question) = question else { return (usize::MAX, 0, 0) };
    let number = questionnaire.questions().position(|asked| asked.code == question.code).unwrap_or(usize::MAX);
    let Some((_, row, column)) = key.cell() else { return (number, 0, 0) };
    (number, row, question.columns.iter().position(|asked| asked.code == column).unwrap_or(usize::MAX))
}

fn row(entry: Entry<'_>, key: &AnswerKey, text: &str, lang: Lang) -> [String; COLUMNS.len()] {
    let (code, row, column) = match key.cell() {
        Some((code, row, column)) => (code, (row + 1).to_string(), column),
        None => (key.question.as_str(), "0".to_owned(), ""),
    };
    let label = |question: Option<&Question>| question.map_or_else(String::new, |asked| asked.label.get(lang).clone());
    let column_title = if column.is_empty() { String::new() } else { label(entry.questionnaire.at(&key.question)) };
    [
        entry.head.reference.clone(),
        entry.head.revision.to_string(),
        code.to_owned(),
        label(entry.questionnaire.question(code)),
        row,
        column.to_owned(),
        column_title,
        key.lang.to_string(),
        text.to_owned(),
        in_words(entry.questionnaire, &key.question, text, lang),
    ]
}
