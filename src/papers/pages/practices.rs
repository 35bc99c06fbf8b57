//! The compilation of good practices: a list, then each practice with its public answers, delegation by delegation.

use super::pen::{Pen, working_reference};
use crate::classification::List;
use crate::i18n::Texts;
use crate::library::operations::Practice;
use crate::papers::model::{Document, Name, Run, Text, letters, text};
use crate::questionnaires::{AnswerLang, Question, QuestionKind};
use crate::sessions::Session;

/// Answers that stand in the facts or in the first paragraph of a practice.
const SHOWN_ELSEWHERE: &[&str] = &["title", "summary", "first_year", "last_year", "theme", "main_target"];

/// Writes the compilation.
pub fn write(texts: Texts, session: &Session, practices: &[Practice]) -> Document {
    let mut pen = Pen::new(texts);
    let mut all: Vec<&Practice> = practices.iter().collect();
    all.sort_by(|a, b| a.submission.reference.cmp(&b.submission.reference));
    pen.sort(&mut all, |one| one.delegation.name.get(pen.lang()).clone());
    opening(&mut pen, &all);
    if !all.is_empty() {
        overview(&mut pen, &all);
    }
    let mut place = "";
    for practice in &all {
        if practice.delegation.code != place {
            place = &practice.delegation.code;
            pen.heading(1, text(practice.delegation.name.get(pen.lang())));
        }
        one(&mut pen, practice);
    }
    let newest = all.iter().filter_map(|one| one.submission.published_at).max();
    let remark = newest.map_or_else(String::new, |at| texts.one("paper-as-at", "day", texts.day(at.date())));
    let head = pen.head(session, Name::Practices, working_reference(session, Name::Practices), remark);
    pen.finish(Name::Practices, head)
}

fn opening(pen: &mut Pen, all: &[&Practice]) {
    let mut delegations: Vec<&str> = all.iter().map(|one| one.delegation.code.as_str()).collect();
    delegations.dedup();
    let compiled = all.iter().filter(|one| is_compiled(one)).count();
    let missing = all.iter().filter(|one| one.submission.columns.title.get(pen.lang()).is_empty()).count();
    pen.says(
        "paper-practices-opening",
        &[("count", all.len().to_string()), ("delegations", delegations.len().to_string())],
    );
    if compiled > 0 {
        pen.says("paper-practices-compiled", &[("count", compiled.to_string())]);
    }
    if missing > 0 {
        pen.says("paper-practices-missing", &[("count", missing.to_string())]);
    }
}

fn is_compiled(practice: &Practice) -> bool {
    practice.source.as_ref().is_some_and(|source| source.taken_over_at.is_none())
}

fn overview(pen: &mut Pen, all: &[&Practice]) {
    let row = |one: &&Practice| {
        let columns = &one.submission.columns;
        vec![
            text(&one.submission.reference),
            text(one.delegation.name.get(pen.lang())),
            pen.title(&columns.title, &one.submission.reference),
            text(period(pen, one)),
            text(targets(one).join(", ")),
        ]
    };
    let rows = all.iter().map(row).collect();
    let columns = [
        ("paper-reference", 5, false),
        ("paper-delegation", 4, false),
        ("paper-title", 12, false),
        ("paper-period", 4, false),
        ("paper-targets", 4, false),
    ];
    pen.table("paper-practices-table", &columns, rows);
}

fn period(pen: &Pen, practice: &Practice) -> String {
    let columns = &practice.submission.columns;
    let span = pen.years(columns.first_year, columns.last_year);
    match &practice.source {
        Some(source) if span.is_empty() && source.period != "unknown" => source.period.clone(),
        _ => span,
    }
}

/// Returns the SDG targets, the main one first.
fn targets(practice: &Practice) -> Vec<String> {
    let main = practice.submission.columns.main_target.clone();
    let mut all: Vec<String> = main.iter().cloned().collect();
    let held = practice.tags.iter().filter(|(list, _)| *list == List::Target).map(|(_, code)| code.clone());
    all.extend(held.filter(|code| main.as_ref() != Some(code)));
    all
}

fn one(pen: &mut Pen, practice: &Practice) {
    let reference = &practice.submission.reference;
    let mut title = pen.title(&practice.submission.columns.title, reference);
    title.push(Run::new(format!(" ({reference})")));
    pen.heading(2, title);
    let summary = pen.either(&practice.submission.columns.summary);
    let is_said = !summary.is_empty();
    pen.numbered(if is_said { summary } else { text(pen.texts.text("paper-no-summary")) });
    let theme = practice.submission.columns.theme.as_ref().map(|code| pen.entry(List::Theme, code));
    let facts = [
        ("paper-period", Some(period(pen, practice))),
        ("paper-theme", theme),
        ("paper-targets", Some(targets(practice).join(", "))),
    ];
    for (key, fact) in facts {
        if let Some(fact) = fact.filter(|fact| !fact.is_empty()) {
            let labelled = pen.labelled(&pen.texts.text(key), text(fact));
            pen.item(labelled);
        }
    }
    for question in practice.questionnaire.questions() {
        if let Some(words) = answer(pen, practice, question) {
            let labelled = pen.labelled(question.label.get(pen.lang()), words);
            pen.item(labelled);
        }
    }
    if let Some(source) = practice.source.as_ref().filter(|_| is_compiled(practice)) {
        let given = [&source.title, &source.url, &source.date].map(String::as_str);
        let given: Vec<&str> = given.into_iter().filter(|part| !part.is_empty() && *part != "unknown").collect();
        pen.note(text(pen.texts.one("paper-practices-source", "source", given.join(", "))));
    }
}

/// Returns a public answer in words; nothing where none is given or it stands elsewhere.
fn answer(pen: &Pen, practice: &Practice, question: &Question) -> Option<Text> {
    let answers = &practice.answers;
    let code = question.code.as_str();
    let is_tick = question.kind == QuestionKind::Tick;
    if question.private || is_tick || SHOWN_ELSEWHERE.contains(&code) || !answers.is_given(code) {
        return None;
    }
    if question.kind != QuestionKind::Rows {
        return Some(value(pen, practice, question, code));
    }
    let mut words = Text::new();
    for row in 0..answers.rows(code) {
        let mut line = Text::new();
        for column in question.columns.iter().filter(|column| !column.private) {
            let cell = value(pen, practice, column, &format!("{code}.{row}.{}", column.code));
            if letters(&cell).is_empty() {
                continue;
            }
            if !line.is_empty() {
                line.push(Run::new(", "));
            }
            line.extend(cell);
        }
        if !words.is_empty() && !line.is_empty() {
            words.push(Run::new("; "));
        }
        words.extend(line);
    }
    (!words.is_empty()).then_some(words)
}

/// Returns one answer as people read it.
fn value(pen: &Pen, practice: &Practice, question: &Question, path: &str) -> Text {
    let lang = pen.lang();
    if question.is_bilingual() {
        return pen.sides(practice.answers.get(path, lang), practice.answers.get(path, lang.other()));
    }
    let plain = practice.answers.get(path, AnswerLang::Neutral);
    match question.kind {
        QuestionKind::Choice | QuestionKind::Choices => {
            let codes = practice.answers.codes(path);
            text(codes.iter().map(|code| question.word(code, lang)).collect::<Vec<_>>().join("; "))
        }
        QuestionKind::Number => {
            text(plain.parse().map_or_else(|_| plain.to_owned(), |number| pen.texts.number(number)))
        }
        _ => text(plain),
    }
}
