//! What a row does to an entry: answers after it, which columns differ, what is wrong with them.

use std::collections::{BTreeMap, BTreeSet};

use super::columns::Column;
use super::model::{Fault, Row};
use super::rows::accepted;
use crate::exports::Meaning;
use crate::exports::cell::{joined, split};
use crate::kernel::code::Code as _;
use crate::kernel::fields::Message;
use crate::kernel::lang::Lang;
use crate::questionnaires::{self, AnswerKey, AnswerLang, Answers, Context, Question, Questionnaire};
use crate::submissions::CompiledSource;

/// Returns the answers after a row: columns of the file are set, everything else stays.
pub fn merged(before: &Answers, row: &Row, questionnaire: &Questionnaire) -> Answers {
    let mut after = before.clone();
    let mut tables: BTreeMap<&str, Vec<(AnswerLang, Vec<String>)>> = BTreeMap::new();
    for (meaning, text) in &row.answers {
        match meaning {
            Meaning::Answer(code, lang) => after.set(AnswerKey::new(code.as_str(), *lang), text.as_str()),
            Meaning::Rows { question, lang, .. } => {
                tables.entry(question.as_str()).or_default().push((*lang, split(text)));
            }
            _ => {}
        }
    }
    for (code, given) in tables {
        if let Some(question) = questionnaire.question(code) {
            set_rows(&mut after, before, question, &given);
        }
    }
    after
}

/// Sets the first column of a table. Rows that are still there keep their other columns.
fn set_rows(after: &mut Answers, before: &Answers, question: &Question, given: &[(AnswerLang, Vec<String>)]) {
    let Some(first) = question.columns.first() else { return };
    let path = |row: usize, column: &str| format!("{}.{row}.{column}", question.code);
    let held = |row: usize, lang: AnswerLang| before.get(&path(row, &first.code), lang);
    let count = before.rows(&question.code);
    let is_same = given.iter().all(|(lang, values)| {
        joined((0..count).map(|row| held(row, *lang))) == joined(values.iter().map(String::as_str))
    });
    if is_same {
        return;
    }
    let old: Vec<AnswerKey> = before.iter().map(|(key, _)| key.clone()).filter(|key| is_of(key, question)).collect();
    for key in old {
        after.set(key, "");
    }
    let length = given.iter().map(|(_, values)| values.len()).max().unwrap_or(0);
    for row in 0..length {
        let value = |values: &[String]| values.get(row).cloned().unwrap_or_default();
        let same = (0..count).find(|old| {
            given.iter().any(|(lang, values)| !value(values).is_empty() && held(*old, *lang) == value(values))
        });
        // Why: a name that was only spelt anew stays in its place; a code that changed is another row.
        let kept = same.or_else(|| Some(row).filter(|row| *row < count && first.is_bilingual()));
        for column in &question.columns {
            for lang in column.languages() {
                let text = kept.map_or("", |old| before.get(&path(old, &column.code), *lang));
                after.set(AnswerKey::new(path(row, &column.code), *lang), text);
            }
        }
        for (lang, values) in given {
            after.set(AnswerKey::new(path(row, &first.code), *lang), value(values));
        }
    }
}

fn is_of(key: &AnswerKey, question: &Question) -> bool {
    key.cell().is_some_and(|(code, _, _)| code == question.code)
}

/// Returns the column of the file that sets an answer.
fn column_of<'a>(columns: &'a [Column], key: &AnswerKey) -> Option<&'a Column> {
    let question = key.cell().map_or(key.question.as_str(), |(question, _, _)| question);
    let exact = columns.iter().find(|column| match &column.meaning {
        Meaning::Answer(code, lang) | Meaning::Rows { question: code, lang, .. } => {
            code == question && *lang == key.lang
        }
        _ => false,
    });
    exact.or_else(|| {
        columns
            .iter()
            .find(|column| matches!(&column.meaning, Meaning::Rows { question: code, .. } if code == question))
    })
}

/// Returns the names of the columns whose answers differ.
pub fn differing(before: &Answers, after: &Answers, columns: &[Column]) -> BTreeSet<String> {
    let name = |key: &AnswerKey| column_of(columns, key).map_or_else(|| key.to_string(), |column| column.name.clone());
    before.changed(after).iter().map(name).collect()
}

/// Returns what is wrong with the answers of a row. What is missing may be completed later; what is given must be right.
pub fn faults(
    questionnaire: &Questionnaire,
    after: &Answers,
    row: &Row,
    columns: &[Column],
    context: Context,
) -> Vec<Fault> {
    let context = Context { is_compiled: true, ..context };
    let mut faults = Vec::new();
    for (field, messages) in questionnaires::check(questionnaire, after, context).iter() {
        let key = AnswerKey::parse(field);
        // Why: an answer that stands in no column of the file is not mended by the file.
        let Some(column) = column_of(columns, &key) else { continue };
        let accepts = questionnaire.at(&key.question).and_then(|question| accepted(question, key.lang));
        for message in messages {
            let mut fault = Fault::new(row.line, &column.header, after.of(&key), message.clone());
            fault.accepted.clone_from(&accepts);
            faults.push(fault);
        }
    }
    faults
}

/// Returns the language in which an entry was written: as said, else that of its title.
pub fn original(row: &Row, after: &Answers) -> Lang {
    let by_title = if after.get("title", Lang::En).is_empty() { Lang::Ru } else { Lang::En };
    row.original.unwrap_or(by_title)
}

/// Returns the source after a row, and the names of the columns that differ; columns that are empty stay as they were.
pub fn merged_source(before: Option<&CompiledSource>, row: &Row) -> (CompiledSource, BTreeSet<String>) {
    let mut source = before.cloned().unwrap_or_else(no_source);
    let mut differing = BTreeSet::new();
    for (field, text) in &row.source {
        let place = field.of_mut(&mut source);
        if !text.is_empty() && place != text {
            place.clone_from(text);
            differing.insert(field.code().to_owned());
        }
    }
    (source, differing)
}

fn no_source() -> CompiledSource {
    CompiledSource {
        key: String::new(),
        period: String::new(),
        state: String::new(),
        title: String::new(),
        url: String::new(),
        date: String::new(),
        kind: String::new(),
        confidence: String::new(),
        taken_over_at: None,
    }
}

/// Returns the fault of a column known by its meaning.
pub fn fault_of(row: &Row, columns: &[Column], meaning: &Meaning, value: &str, message: Message) -> Fault {
    let header = super::rows::header_of(columns, meaning).unwrap_or_default();
    Fault::new(row.line, header, value, message)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::reference::Kind;

    fn row(answers: &[(Meaning, &str)]) -> Row {
        let answers = answers.iter().map(|(meaning, text)| (meaning.clone(), (*text).to_owned())).collect();
        let source = BTreeMap::new();
        Row { line: 2, reference: None, delegation: None, original: None, answers, source }
    }

    fn rows_of(question: &str, column: &str, lang: AnswerLang) -> Meaning {
        Meaning::Rows { question: question.to_owned(), column: column.to_owned(), lang }
    }

    fn texts(answers: &Answers) -> Vec<(String, &str)> {
        answers.iter().map(|(key, text)| (key.to_string(), text)).collect()
    }

    #[test]
    fn targets_that_stay_keep_their_reasons() {
        let questionnaire = Questionnaire::default_of(Kind::Practice);
        let before = Answers::none()
            .with("other_targets.0.target", AnswerLang::Neutral, "9.1")
            .with("other_targets.0.how", AnswerLang::En, "Roads")
            .with("other_targets.1.target", AnswerLang::Neutral, "16.6")
            .with("other_targets.1.how", AnswerLang::En, "Openness");
        let column = || rows_of("other_targets", "target", AnswerLang::Neutral);
        assert_eq!(merged(&before, &row(&[(column(), "9.1; 16.6")]), questionnaire), before);
        let after = merged(&before, &row(&[(column(), "16.6;8.3")]), questionnaire);
        let expected = [
            ("other_targets.0.how|en".to_owned(), "Openness"),
            ("other_targets.0.target".to_owned(), "16.6"),
            ("other_targets.1.target".to_owned(), "8.3"),
        ];
        assert_eq!(texts(&after), expected);
        assert_eq!(merged(&before, &row(&[(column(), "")]), questionnaire), Answers::none());
    }

    #[test]
    fn names_in_both_languages_stay_together() {
        let questionnaire = Questionnaire::default_of(Kind::Practice);
        let before = Answers::none()
            .with("institutions.0.name", Lang::En, "Customs")
            .with("institutions.0.name", Lang::Ru, "Таможня")
            .with("institutions.1.name", Lang::En, "Ministry");
        let given = [
            (rows_of("institutions", "name", AnswerLang::En), "Ministry; Customs"),
            (rows_of("institutions", "name", AnswerLang::Ru), "Министерство;Таможня"),
        ];
        let after = merged(&before, &row(&given), questionnaire);
        let expected = [
            ("institutions.0.name|en".to_owned(), "Ministry"),
            ("institutions.0.name|ru".to_owned(), "Министерство"),
            ("institutions.1.name|en".to_owned(), "Customs"),
            ("institutions.1.name|ru".to_owned(), "Таможня"),
        ];
        assert_eq!(texts(&after), expected);
        assert_eq!(merged(&after, &row(&given[..1]), questionnaire), after);
    }
}
