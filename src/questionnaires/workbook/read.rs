//! A workbook that came back: which draft it belongs to, and what was filled in.

use super::{ABOUT, CODE_COLUMN, DASH, ENGLISH_COLUMN, FIRST_ROW, LAYOUT, NAMES_ROW, Origin, RUSSIAN_COLUMN};
use crate::kernel::code::Code as _;
use crate::kernel::reference::Kind;
use crate::kernel::workbook::Sheet;
use crate::questionnaires::{AnswerKey, AnswerLang, Answers, Question, QuestionKind, Questionnaire};

/// What a workbook holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filled {
    /// What it belongs to.
    pub origin: Origin,
    /// What was filled in; words that are no choice stay as they were typed, for the check to find.
    pub answers: Answers,
}

/// Reads a workbook; nothing when it is none of ours.
pub fn read(questionnaire: &Questionnaire, sheets: &[Sheet]) -> Option<Filled> {
    let origin = origin(sheets)?;
    let mut fields = Vec::new();
    for sheet in sheets.iter().filter(|sheet| sheet.name != ABOUT) {
        let rows = questionnaire
            .question(sheet.cell(NAMES_ROW, CODE_COLUMN))
            .filter(|question| question.kind == QuestionKind::Rows);
        match rows {
            Some(question) => read_rows(question, sheet, &mut fields),
            None => read_questions(questionnaire, sheet, &mut fields),
        }
    }
    let pairs = fields.iter().map(|(name, text)| (name.as_str(), text.as_str()));
    Some(Filled { origin, answers: Answers::from_fields(questionnaire, pairs) })
}

fn origin(sheets: &[Sheet]) -> Option<Origin> {
    let about = sheets.iter().find(|sheet| sheet.name == ABOUT && sheet.cell(0, 1) == LAYOUT)?;
    Some(Origin {
        kind: Kind::from_code(about.cell(1, 1))?,
        version: about.cell(2, 1).parse().ok()?,
        reference: about.cell(3, 1).to_owned(),
        revision: about.cell(4, 1).parse().ok()?,
    })
}

fn read_questions(questionnaire: &Questionnaire, sheet: &Sheet, fields: &mut Vec<(String, String)>) {
    for row in sheet.rows().into_keys() {
        let Some(question) = questionnaire.question(sheet.cell(row, CODE_COLUMN)) else { continue };
        if question.kind == QuestionKind::Rows {
            continue;
        }
        for lang in question.languages() {
            let column = if *lang == AnswerLang::Ru { RUSSIAN_COLUMN } else { ENGLISH_COLUMN };
            push(fields, question, AnswerKey::new(&question.code, *lang), sheet.cell(row, column));
        }
    }
}

fn read_rows(question: &Question, sheet: &Sheet, fields: &mut Vec<(String, String)>) {
    for (row, cells) in sheet.rows() {
        let Some(number) = row.checked_sub(FIRST_ROW) else { continue };
        for (place, text) in cells {
            let name = AnswerKey::parse(sheet.cell(NAMES_ROW, place));
            let Some(column) = question.columns.iter().find(|column| column.code == name.question) else { continue };
            let path = format!("{}.{number}.{}", question.code, column.code);
            push(fields, column, AnswerKey::new(path, name.lang), text);
        }
    }
}

fn push(fields: &mut Vec<(String, String)>, question: &Question, key: AnswerKey, text: &str) {
    let text = match question.kind {
        QuestionKind::Choice | QuestionKind::Choices => text.split(DASH).next().unwrap_or_default().trim(),
        // Why: the list offers one word, in the language of the workbook; whatever stands there is a tick.
        QuestionKind::Tick if !text.is_empty() => "yes",
        _ => text,
    };
    if !text.is_empty() {
        fields.push((key.to_string(), text.to_owned()));
    }
}
