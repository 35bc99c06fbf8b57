//! A questionnaire as a workbook: written for filling in without a network, read when it comes back.
//!
//! One sheet asks every question, with help, limits and lists; questions with rows have a sheet each. The first column of a
//! sheet names the question and is hidden; a last sheet, hidden as well, says which draft the workbook belongs to.
//! Whatever else a program of spreadsheets changes about the file does not matter.

mod read;
mod write;

pub use read::{Filled, read};
pub use write::write;

use crate::kernel::reference::Kind;
use crate::web::sheets::ABOUT;

/// Version of the way a workbook is laid out.
const LAYOUT: &str = "1";
/// Between the code of a choice and its words.
const DASH: &str = " — ";
/// Column of the codes of questions.
const CODE_COLUMN: u32 = 0;
/// Column of the answer in English, or in no language.
const ENGLISH_COLUMN: u32 = 3;
/// Column of the answer in Russian.
const RUSSIAN_COLUMN: u32 = 4;
/// Row that names the columns of a sheet of rows.
const NAMES_ROW: u32 = 0;
/// First row for answers in a sheet of rows.
const FIRST_ROW: u32 = 3;
/// Lines that a question with several choices has at most.
const CHOICE_LINES_MAX: u32 = 10;

/// What a workbook belongs to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    /// Good practices or priority actions.
    pub kind: Kind,
    /// Version of the questionnaire.
    pub version: i32,
    /// Reference of the draft it was filled with; empty in a blank form.
    pub reference: String,
    /// Revision of that draft; 0 in a blank form.
    pub revision: i32,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::Texts;
    use crate::kernel::lang::Lang;
    use crate::kernel::workbook;
    use crate::questionnaires::{AnswerLang, Answers, QuestionKind, Questionnaire};

    /// Every question with an answer of its kind, several where there may be several.
    fn full(questionnaire: &Questionnaire) -> Answers {
        let mut fields: Vec<(String, String)> = Vec::new();
        for question in questionnaire.questions() {
            let rows = if question.kind == QuestionKind::Rows { 2 } else { 0 };
            for row in 0..rows {
                for column in &question.columns {
                    push(&mut fields, &format!("{}.{row}.{}", question.code, column.code), column);
                }
            }
            if rows == 0 {
                push(&mut fields, &question.code, question);
            }
        }
        Answers::from_fields(questionnaire, fields.iter().map(|(name, text)| (name.as_str(), text.as_str())))
    }

    fn push(fields: &mut Vec<(String, String)>, path: &str, question: &crate::questionnaires::Question) {
        let choices = question.choices(Lang::En);
        for lang in question.languages() {
            let name = crate::questionnaires::AnswerKey::new(path, *lang).to_string();
            let texts = match question.kind {
                QuestionKind::Choice => vec![choices[0].0.clone()],
                QuestionKind::Choices => choices.iter().take(2).map(|(code, _)| code.clone()).collect(),
                QuestionKind::Number | QuestionKind::Year => vec!["2021".to_owned()],
                QuestionKind::HalfYear => vec!["2021-1".to_owned()],
                QuestionKind::Tick => vec!["yes".to_owned()],
                _ if *lang == AnswerLang::Ru => vec![format!("Текст «{path}»\nвторая строка")],
                _ => vec![format!("=1+1 <{path}> & more")],
            };
            fields.extend(texts.into_iter().map(|text| (name.clone(), text)));
        }
    }

    #[test]
    fn what_is_written_is_read_again_in_either_language() {
        for kind in Kind::ALL {
            let questionnaire = Questionnaire::default_of(*kind);
            let answers = full(questionnaire);
            let origin = Origin { kind: *kind, version: 1, reference: "GP-KAZ-2020-001".to_owned(), revision: 7 };
            for lang in [Lang::En, Lang::Ru] {
                let bytes = write(Texts::of(lang), questionnaire, &answers, &origin).expect("workbook");
                let sheets = workbook::read(&bytes).expect("sheets");
                let filled = read(questionnaire, &sheets).expect("ours");
                assert_eq!(filled.origin, origin);
                assert_eq!(filled.answers, answers, "{kind} {lang:?}");
            }
        }
    }

    #[test]
    fn a_blank_form_holds_no_answers_and_a_foreign_workbook_is_none_of_ours() {
        let questionnaire = Questionnaire::default_of(Kind::Practice);
        let origin = Origin { kind: Kind::Practice, version: 1, reference: String::new(), revision: 0 };
        let bytes = write(Texts::of(Lang::En), questionnaire, &Answers::none(), &origin).expect("workbook");
        let filled = read(questionnaire, &workbook::read(&bytes).expect("sheets")).expect("ours");
        assert_eq!(filled, Filled { origin, answers: Answers::none() });
        assert_eq!(read(questionnaire, &[workbook::Sheet::default()]), None);
    }
}
