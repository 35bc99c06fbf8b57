//! Cells: what each row gives, and what is wrong before anything is looked up.

use std::collections::{BTreeMap, BTreeSet};

use super::columns::Column;
use super::model::{Fault, Row};
use super::read::{Line, Table};
use crate::exports::Meaning;
use crate::exports::meaning::SourceField;
use crate::kernel::code::Code as _;
use crate::kernel::fields::Message;
use crate::kernel::lang::Lang;
use crate::kernel::reference::{Kind, Reference};
use crate::questionnaires::answers::SEPARATOR;
use crate::questionnaires::{Question, QuestionKind, Questionnaire};

/// Codes named in a fault before it only says where the list is.
const CODES_NAMED_MAX: usize = 30;

/// Reads every row; rows with something wrong are left out and said.
pub fn read(table: &Table, columns: &[Column], kind: Kind, questionnaire: &Questionnaire) -> (Vec<Row>, Vec<Fault>) {
    let mut rows = Vec::new();
    let mut faults = Vec::new();
    for line in &table.lines {
        let before = faults.len();
        let row = read_line(line, columns, kind, questionnaire, &mut faults);
        if faults.len() == before {
            rows.push(row);
        }
    }
    faults.extend(twice(&rows, columns));
    (rows, faults)
}

fn read_line(
    line: &Line,
    columns: &[Column],
    kind: Kind,
    questionnaire: &Questionnaire,
    faults: &mut Vec<Fault>,
) -> Row {
    let mut row = Row {
        line: line.number,
        reference: None,
        delegation: None,
        original: None,
        answers: Vec::new(),
        source: BTreeMap::new(),
    };
    for column in columns {
        let cell = line.cells[column.place].as_str();
        let fault = |message: Message| Fault::new(line.number, &column.header, cell, message);
        match &column.meaning {
            Meaning::Reference if !cell.is_empty() => {
                row.reference =
                    Reference::parse(cell).filter(|found| found.kind == kind).map(|found| found.to_string());
                if row.reference.is_none() {
                    let example = format!("{}-KAZ-2020-003", kind.letters());
                    let accepted = Message::new("import-accepted-reference").text("example", example);
                    faults.push(fault(Message::new("reference").text("value", cell)).accepts(accepted));
                }
            }
            Meaning::Delegation if !cell.is_empty() => row.delegation = Some(cell.to_uppercase()),
            Meaning::Original if !cell.is_empty() => {
                row.original = Lang::from_code(&cell.to_lowercase());
                if row.original.is_none() {
                    let message = Message::new("unknown-choice").text("value", cell);
                    faults.push(fault(message).accepts(Message::new("import-accepted-codes").text("codes", "en, ru")));
                }
            }
            Meaning::Source(field) => {
                row.source.insert(*field, cell.to_owned());
            }
            Meaning::Answer(code, _) => {
                let text = questionnaire.question(code).map_or_else(String::new, |question| written(question, cell));
                row.answers.push((column.meaning.clone(), text));
            }
            Meaning::Rows { .. } => row.answers.push((column.meaning.clone(), cell.to_owned())),
            _ => {}
        }
    }
    faults.extend(missing_source(&row, columns));
    row
}

/// Writes an answer as it is kept: codes without white space, a tick as `yes`.
fn written(question: &Question, cell: &str) -> String {
    match question.kind {
        QuestionKind::Choices => {
            let codes = cell.split(SEPARATOR).map(str::trim).filter(|code| !code.is_empty());
            codes.collect::<Vec<_>>().join(";")
        }
        QuestionKind::Tick if matches!(cell.to_lowercase().as_str(), "yes" | "да") => "yes".to_owned(),
        _ => cell.to_owned(),
    }
}

/// Whoever gives a source gives its key and its title.
fn missing_source(row: &Row, columns: &[Column]) -> Vec<Fault> {
    if !row.is_compiled() {
        return Vec::new();
    }
    [SourceField::Key, SourceField::Title]
        .into_iter()
        .filter(|field| row.source_text(*field).is_empty())
        .map(|field| {
            let header = header_of(columns, &Meaning::Source(field)).unwrap_or(field.code());
            Fault::new(row.line, header, "", Message::new("required"))
        })
        .collect()
}

/// Returns the header of the column with a meaning.
pub fn header_of<'a>(columns: &'a [Column], meaning: &Meaning) -> Option<&'a str> {
    columns.iter().find(|column| column.meaning == *meaning).map(|column| column.header.as_str())
}

/// The same entry in two rows would be changed twice.
fn twice(rows: &[Row], columns: &[Column]) -> Vec<Fault> {
    let mut seen = BTreeSet::new();
    let mut faults = Vec::new();
    for row in rows {
        let key = row.source_text(SourceField::Key);
        let (text, meaning) = match &row.reference {
            Some(reference) => (reference.as_str(), Meaning::Reference),
            None => (key, Meaning::Source(SourceField::Key)),
        };
        if !text.is_empty() && !seen.insert(text) {
            let header = header_of(columns, &meaning).unwrap_or_default();
            faults.push(Fault::new(row.line, header, text, Message::new("import-row-twice")));
        }
    }
    faults
}

/// Returns what a question accepts.
pub fn accepted(question: &Question, lang: crate::questionnaires::AnswerLang) -> Option<Message> {
    let range = |question: &Question| {
        let (min, max) = (question.min.unwrap_or(0), question.max.unwrap_or(i64::MAX));
        Message::new("import-accepted-number").text("min", min.to_string()).text("max", max.to_string())
    };
    match question.kind {
        QuestionKind::Choice | QuestionKind::Choices => Some(codes(question)),
        QuestionKind::Line | QuestionKind::Text => {
            question.limit(lang).map(|max| Message::new("import-accepted-chars").text("max", max.to_string()))
        }
        QuestionKind::Number | QuestionKind::Year => Some(range(question)),
        QuestionKind::HalfYear => Some(Message::new("import-accepted-half-year")),
        QuestionKind::Tick => Some(Message::new("import-accepted-codes").text("codes", "yes")),
        QuestionKind::Reference => Some(Message::new("import-accepted-reference").text("example", "GP-KAZ-2020-003")),
        QuestionKind::Email | QuestionKind::Url => None,
        QuestionKind::Rows => Some(Message::new("import-accepted-rows").text("most", question.rows_max().to_string())),
    }
}

fn codes(question: &Question) -> Message {
    let codes: Vec<String> = question.choices(Lang::En).into_iter().map(|(code, _)| code).collect();
    if codes.len() <= CODES_NAMED_MAX {
        return Message::new("import-accepted-codes").text("codes", codes.join(", "));
    }
    Message::new("import-accepted-codes-of-list").text("codes", codes[..3].join(", "))
}
