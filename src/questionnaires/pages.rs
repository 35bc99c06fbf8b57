//! A whole questionnaire: every question with help, kind, limits in both languages, choices; blank when printed.

use askama::Template;

use super::answers::Answers;
use super::model::{Question, QuestionKind, Questionnaire};
use super::store::OfSession;
use super::workbook::{self, Origin};
use crate::i18n::Texts;
use crate::kernel::lang::Lang;
use crate::web::{Answer, Frame, PageResult, Reader, sheets};

/// Longest list of choices that stands open.
const OPEN_CHOICES_MAX: usize = 12;
/// Longest list of choices that is printed.
const PRINTED_CHOICES_MAX: usize = 30;

/// The page.
#[derive(Template)]
#[template(path = "questionnaires/show.html")]
struct QuestionnairePage {
    frame: Frame,
    session: String,
    version: i32,
    file: String,
    sections: Vec<SectionView>,
}

/// A section.
struct SectionView {
    code: String,
    title: String,
    intro: String,
    questions: Vec<QuestionView>,
}

/// A question, or a column of rows.
struct QuestionView {
    code: String,
    label: String,
    help: String,
    kind: String,
    requirement: String,
    is_required: bool,
    notes: Vec<String>,
    choices: Vec<ChoiceView>,
    choices_title: String,
    is_folded: bool,
    is_printed: bool,
    columns: Vec<QuestionView>,
    /// Blank lines for an answer on paper.
    blank: usize,
}

/// One of the answers to choose from.
struct ChoiceView {
    label: String,
    help: String,
}

/// Shows a questionnaire.
pub fn show(reader: &Reader, held: &OfSession) -> PageResult {
    let (texts, lang) = (reader.texts(), reader.lang);
    let questionnaire = &held.questionnaire;
    let title = texts.code("questionnaire-title", questionnaire.kind);
    let session = held.title.get(lang).clone();
    let frame = Frame::new(reader, title)
        .crumb(texts.text("nav-sessions"), "/sessions")
        .crumb(session.clone(), format!("/sessions/{}", held.number));
    let sections = questionnaire.sections.iter().map(|section| SectionView {
        code: section.code.clone(),
        title: section.title.get(lang).clone(),
        intro: section.intro.as_ref().map_or_else(String::new, |intro| intro.get(lang).clone()),
        questions: section.questions.iter().map(|one| question(texts, questionnaire, one)).collect(),
    });
    Answer::page(&QuestionnairePage {
        frame,
        session,
        version: questionnaire.version,
        file: format!("/sessions/{}/questionnaires/{}/form.xlsx?lang={lang}", held.number, questionnaire.kind),
        sections: sections.collect(),
    })
}

/// Answers with the workbook of a questionnaire, filled with the answers given so far.
pub fn file(texts: Texts, questionnaire: &Questionnaire, answers: &Answers, origin: &Origin) -> PageResult {
    let lang = texts.lang();
    let name = match origin.reference.as_str() {
        "" => format!("{}-{lang}.xlsx", origin.kind),
        reference => format!("{reference}-{lang}.xlsx"),
    };
    sheets::file(name, workbook::write(texts, questionnaire, answers, origin))
}

fn question(texts: Texts, questionnaire: &Questionnaire, question: &Question) -> QuestionView {
    let requirement = match &question.required_when {
        _ if question.required => texts.text("question-required"),
        Some(condition) => {
            let label = |asked: &Question| asked.label.get(texts.lang()).clone();
            let asked = questionnaire.question(&condition.question);
            let name = asked.map_or_else(|| condition.question.clone(), label);
            if condition.is.is_empty() {
                texts.one("question-required-given", "question", name)
            } else {
                let word = |code: &String| asked.map_or_else(|| code.clone(), |asked| asked.word(code, texts.lang()));
                let choices: Vec<String> = condition.is.iter().map(word).collect();
                texts.with("question-required-is", &[("question", name), ("choices", choices.join(", "))])
            }
        }
        None => texts.text("question-optional"),
    };
    let columns = question.columns.iter().map(|one| column(texts, one)).collect();
    QuestionView { requirement, columns, ..shown(texts, question) }
}

fn column(texts: Texts, column: &Question) -> QuestionView {
    let key = if column.required { "question-required-row" } else { "question-optional" };
    QuestionView { requirement: texts.text(key), ..shown(texts, column) }
}

/// What questions and columns have in common.
fn shown(texts: Texts, question: &Question) -> QuestionView {
    let lang = texts.lang();
    let choices = choices(question, lang);
    QuestionView {
        code: question.code.clone(),
        label: question.label.get(lang).clone(),
        help: question.help.get(lang).clone(),
        kind: texts.code("question-kind", question.kind),
        requirement: String::new(),
        is_required: question.required,
        notes: notes(texts, question),
        choices_title: texts.one("question-choices", "count", choices.len()),
        is_folded: choices.len() > OPEN_CHOICES_MAX,
        is_printed: choices.len() <= PRINTED_CHOICES_MAX,
        choices,
        columns: Vec::new(),
        blank: match question.kind {
            QuestionKind::Text => (question.chars_max.unwrap_or(500) as usize / 90).clamp(3, 24),
            QuestionKind::Rows => 6,
            QuestionKind::Choice | QuestionKind::Choices | QuestionKind::Tick => 1,
            _ => 2,
        },
    }
}

fn choices(question: &Question, lang: Lang) -> Vec<ChoiceView> {
    if question.list.is_some() {
        let label = |(_, label)| ChoiceView { label, help: String::new() };
        return question.choices(lang).into_iter().map(label).collect();
    }
    let view = |option: &super::model::Choice| ChoiceView {
        label: option.label.get(lang).clone(),
        help: option.help.as_ref().map_or_else(String::new, |help| help.get(lang).clone()),
    };
    question.options.iter().map(view).collect()
}

/// The limits of an answer, in both languages where they differ, and who sees it.
fn notes(texts: Texts, question: &Question) -> Vec<String> {
    let mut notes = Vec::new();
    let number =
        |number: i64| if question.kind == QuestionKind::Year { number.to_string() } else { texts.number(number) };
    match (question.limit(Lang::En.into()), question.limit(Lang::Ru.into())) {
        (Some(en), Some(ru)) if question.is_bilingual() => {
            let limits = [("en", texts.number(en.into())), ("ru", texts.number(ru.into()))];
            notes.push(texts.with("question-limit", &limits));
        }
        (Some(max), _) => notes.push(texts.one("question-limit-one", "max", max)),
        _ => {}
    }
    if let Some(min) = question.chars_min {
        notes.push(texts.one("question-least-chars", "min", min));
    }
    if question.kind == QuestionKind::Rows {
        if let Some(least) = question.least {
            notes.push(texts.one("question-least-rows", "least", least));
        }
        notes.push(texts.one("question-most-rows", "most", question.rows_max()));
    } else if let Some(most) = question.most {
        notes.push(texts.one("question-most-choices", "most", most));
    }
    match (question.min, question.max) {
        (Some(min), Some(max)) => {
            notes.push(texts.with("question-between", &[("min", number(min)), ("max", number(max))]));
        }
        (Some(min), None) => notes.push(texts.one("question-from", "min", number(min))),
        (None, Some(max)) => notes.push(texts.one("question-up-to", "max", number(max))),
        (None, None) => {}
    }
    let is_text = matches!(question.kind, QuestionKind::Line | QuestionKind::Text);
    if question.is_bilingual() {
        notes.push(texts.text("question-bilingual"));
    } else if is_text {
        notes.push(texts.text("question-neutral"));
    }
    if question.private {
        notes.push(texts.text("question-private"));
    }
    notes
}
