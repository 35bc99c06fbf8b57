//! Words for answers and for the place of a field: shared by form, view, comparison and dispute.

use crate::i18n::Texts;
use crate::kernel::fields::FieldErrors;
use crate::kernel::lang::Lang;
use crate::questionnaires::{AnswerKey, AnswerLang, Answers, Question, QuestionKind, Questionnaire};
use crate::submissions::merge::{part, unit};
use crate::web::forms::{field_id, worded};

/// Words an answer that is no free text; free text comes back as it is.
pub fn word(texts: Texts, question: &Question, text: &str) -> String {
    match question.kind {
        QuestionKind::Choice => question.word(text, texts.lang()),
        QuestionKind::Choices => {
            let words = |code: &str| question.word(code.trim(), texts.lang());
            text.split(';').map(words).collect::<Vec<_>>().join("; ")
        }
        QuestionKind::Number => text.parse().map_or_else(|_| text.to_owned(), |number| texts.number(number)),
        QuestionKind::HalfYear => match text.split_once('-') {
            Some((year, half @ ("1" | "2"))) => texts.one(&format!("submission-half-year-{half}"), "year", year),
            _ => text.to_owned(),
        },
        QuestionKind::Tick if text == "yes" => texts.text("yes"),
        QuestionKind::Line
        | QuestionKind::Text
        | QuestionKind::Year
        | QuestionKind::Tick
        | QuestionKind::Email
        | QuestionKind::Url
        | QuestionKind::Reference
        | QuestionKind::Rows => text.to_owned(),
    }
}

/// Words where a field is: `Title (in English)`, `Outputs, row 2: Due in half-year`.
pub fn place(texts: Texts, questionnaire: &Questionnaire, name: &str) -> String {
    let key = AnswerKey::parse(name);
    let label = |question: Option<&Question>| question.map(|found| found.label.get(texts.lang()).clone());
    let whole = match key.cell() {
        Some((question, row, _)) => {
            let values = [
                ("label", label(questionnaire.question(question)).unwrap_or_default()),
                ("row", (row + 1).to_string()),
                ("column", label(questionnaire.at(&key.question)).unwrap_or_default()),
            ];
            texts.with("submission-place-row", &values)
        }
        None => label(questionnaire.question(&key.question)).unwrap_or_else(|| name.to_owned()),
    };
    match key.lang {
        AnswerLang::Neutral => whole,
        lang => {
            let values = [("label", whole), ("language", texts.code("submission-in", lang))];
            texts.with("submission-place-language", &values)
        }
    }
}

/// A message or a gap, with the id of its field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pointer {
    /// Id of the field.
    pub id: String,
    /// The words.
    pub text: String,
}

/// Returns the fields of messages in the order of the questionnaire.
fn in_order<'a>(questionnaire: &Questionnaire, errors: &'a FieldErrors) -> Vec<&'a str> {
    let position = |name: &str| {
        let key = AnswerKey::parse(name);
        let code = key.question.split('.').next().unwrap_or_default().to_owned();
        questionnaire.questions().position(|question| question.code == code)
    };
    let mut names: Vec<&str> = errors.iter().map(|(name, _)| name).collect();
    names.sort_by_key(|name| position(name));
    names
}

/// Words every message with its place, for the summary above a form.
pub fn summary(texts: Texts, questionnaire: &Questionnaire, errors: &FieldErrors) -> Vec<Pointer> {
    in_order(questionnaire, errors)
        .into_iter()
        .flat_map(|name| errors.of(name).iter().map(move |message| (name, message)))
        .map(|(name, message)| {
            let values = [("place", place(texts, questionnaire, name)), ("message", worded(texts, "error", message))];
            Pointer { id: field_id(name), text: texts.with("submission-error-at", &values) }
        })
        .collect()
}

/// Words what is not given yet, without alarm; what is wrong comes with its message.
pub fn gaps(texts: Texts, questionnaire: &Questionnaire, errors: &FieldErrors) -> Vec<Pointer> {
    let mut gaps = Vec::new();
    for name in in_order(questionnaire, errors) {
        for message in errors.of(name) {
            let whole = place(texts, questionnaire, name);
            let text = match message.code.as_str() {
                "required" | "too-few" => whole,
                _ => {
                    texts.with("submission-error-at", &[("place", whole), ("message", worded(texts, "error", message))])
                }
            };
            gaps.push(Pointer { id: field_id(name), text });
        }
    }
    gaps
}

/// Returns what belongs to a unit as plain words: rows one a line, each cell with its heading.
pub fn unit_text(texts: Texts, questionnaire: &Questionnaire, answers: &Answers, name: &str) -> String {
    let cells = part(answers, name);
    let Some(question) = questionnaire.question(AnswerKey::parse(name).question.as_str()) else {
        return String::new();
    };
    if question.kind != QuestionKind::Rows {
        return cells.first().map(|(_, text)| word(texts, question, text)).unwrap_or_default();
    }
    if !question.columns.iter().any(Question::is_bilingual) {
        return rows_text(texts, question, answers, Lang::En);
    }
    let side = |(lang, title): (Lang, &str)| {
        let rows = rows_text(texts, question, answers, lang);
        (!rows.is_empty()).then(|| format!("{}:\n{rows}", texts.text(title)))
    };
    let sides = [(Lang::En, "form-in-english"), (Lang::Ru, "form-in-russian")];
    sides.into_iter().filter_map(side).collect::<Vec<_>>().join("\n\n")
}

/// Returns the rows of a question in one language, one a line.
fn rows_text(texts: Texts, question: &Question, answers: &Answers, lang: Lang) -> String {
    (0..answers.rows(&question.code))
        .map(|row| {
            let cells: Vec<String> = question
                .columns
                .iter()
                .filter_map(|column| {
                    let path = format!("{}.{row}.{}", question.code, column.code);
                    let lang = if column.is_bilingual() { lang.into() } else { AnswerLang::Neutral };
                    let text = answers.get(&path, lang);
                    let label = column.label.get(texts.lang());
                    (!text.is_empty()).then(|| format!("{label}: {}", word(texts, column, text)))
                })
                .collect();
            format!("{}. {}", row + 1, cells.join("; "))
        })
        .collect::<Vec<_>>()
        .join("\n")
}

/// Returns the names of everything that can change, in the order of the questionnaire.
pub fn units(questionnaire: &Questionnaire) -> Vec<String> {
    questionnaire
        .questions()
        .flat_map(|question| match question.kind {
            QuestionKind::Rows => vec![question.code.clone()],
            _ => question.languages().iter().map(|lang| unit(&AnswerKey::new(&question.code, *lang))).collect(),
        })
        .collect()
}
