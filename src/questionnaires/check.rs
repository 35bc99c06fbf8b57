//! What is missing, too long or misspelt in the answers: one set of rules for pages, files and imports.
//!
//! A draft is never checked: it saves with anything missing. At submission everything is checked at once.

use chrono::NaiveDate;
use validator::{ValidateEmail, ValidateLength, ValidateRange, ValidateUrl};

use super::answers::{AnswerKey, AnswerLang, Answers};
use super::model::{Condition, Question, QuestionKind, Questionnaire};
use crate::kernel::fields::{FieldErrors, Message};
use crate::kernel::lang::Lang;
use crate::kernel::reference::{Kind, Reference};

/// What the rules need to know beside the answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Context {
    /// The language in which required texts must be given.
    pub original: Lang,
    /// First and last year of the session's programme: actions must lie within.
    pub programme_years: (i32, i32),
    /// Whether the entry was compiled from public sources: what is missing may stay missing, what is there must be right.
    pub is_compiled: bool,
}

/// Longest span of an action in years, first and last included (DESIGN §6).
const SPAN_YEARS_MAX: i64 = 3;
/// The earliest year that anybody means.
const YEAR_MIN: i64 = 1990;
/// The latest year that anybody means.
const YEAR_MAX: i64 = 2100;

/// Returns every message about the answers, by field name.
pub fn check(questionnaire: &Questionnaire, answers: &Answers, context: Context) -> FieldErrors {
    let mut errors = FieldErrors::none();
    for question in questionnaire.questions() {
        let required = !context.is_compiled && (question.required || is_called_for(question, answers));
        if question.kind == QuestionKind::Rows {
            check_rows(question, answers, context, required, &mut errors);
        } else {
            check_one(question, &question.code, answers, context, required, &mut errors);
        }
    }
    check_years(questionnaire.kind, answers, context, &mut errors);
    errors
}

/// Returns whether the condition of a question holds.
fn is_called_for(question: &Question, answers: &Answers) -> bool {
    question.required_when.as_ref().is_some_and(|condition: &Condition| {
        let given = answers.get(&condition.question, AnswerLang::Neutral);
        (condition.given && answers.is_given(&condition.question)) || condition.is.iter().any(|code| code == given)
    })
}

fn check_rows(question: &Question, answers: &Answers, context: Context, required: bool, errors: &mut FieldErrors) {
    let rows = answers.rows(&question.code);
    let least = question.least.unwrap_or(1) as usize;
    if required && rows < least {
        errors.add(&question.code, Message::new("too-few").number("least", least.try_into().unwrap_or(i64::MAX)));
    }
    if rows > question.rows_max() as usize {
        errors.add(&question.code, Message::new("too-many").number("most", question.rows_max().into()));
    }
    for row in 0..rows {
        for column in &question.columns {
            let path = format!("{}.{row}.{}", question.code, column.code);
            let required = column.required && !context.is_compiled;
            check_one(column, &path, answers, context, required, errors);
        }
    }
}

fn check_one(
    question: &Question,
    path: &str,
    answers: &Answers,
    context: Context,
    required: bool,
    errors: &mut FieldErrors,
) {
    for lang in question.languages() {
        let key = AnswerKey::new(path, *lang);
        let text = answers.of(&key);
        let field = key.to_string();
        if text.is_empty() {
            let asked_here = *lang == AnswerLang::Neutral || *lang == context.original.into();
            if required && asked_here {
                errors.add(field, Message::new("required"));
            }
        } else if let Some(message) = wrong(question, *lang, text, context) {
            errors.add(field, message);
        }
    }
}

/// Returns what is wrong with an answer that was given.
fn wrong(question: &Question, lang: AnswerLang, text: &str, context: Context) -> Option<Message> {
    match question.kind {
        QuestionKind::Line | QuestionKind::Text => wrong_length(question, lang, text, context),
        QuestionKind::Choice => (!question.offers(text)).then(|| Message::new("unknown-choice").text("value", text)),
        QuestionKind::Choices => wrong_choices(question, text),
        QuestionKind::Number => wrong_number(question, text, 0, i64::MAX),
        QuestionKind::Year => wrong_number(question, text, YEAR_MIN, YEAR_MAX),
        QuestionKind::HalfYear => (!is_half_year(text)).then(|| Message::new("half-year").text("value", text)),
        QuestionKind::Tick => (text != "yes").then(|| Message::new("unknown-choice").text("value", text)),
        QuestionKind::Email => (!text.validate_email()).then(|| Message::new("email")),
        QuestionKind::Url => {
            let is_web = text.starts_with("https://") || text.starts_with("http://");
            (!(is_web && text.validate_url())).then(|| Message::new("url"))
        }
        QuestionKind::Reference => {
            Reference::parse(text).is_none().then(|| Message::new("reference").text("value", text))
        }
        QuestionKind::Rows => None,
    }
}

fn wrong_length(question: &Question, lang: AnswerLang, text: &str, context: Context) -> Option<Message> {
    let chars = text.chars().count();
    let as_number = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
    if let Some(max) = question.limit(lang)
        && !text.validate_length(None, Some(max.into()), None)
    {
        let over = as_number(chars.saturating_sub(max as usize));
        return Some(Message::new("too-long").number("max", max.into()).number("over", over));
    }
    let min = question.chars_min.filter(|_| !context.is_compiled)?;
    let short = !text.validate_length(Some(min.into()), None, None);
    short.then(|| Message::new("too-short").number("min", min.into()).number("now", as_number(chars)))
}

fn wrong_choices(question: &Question, text: &str) -> Option<Message> {
    let codes: Vec<&str> = text.split(super::answers::SEPARATOR).map(str::trim).collect();
    if let Some(unknown) = codes.iter().find(|code| !question.offers(code)) {
        return Some(Message::new("unknown-choice").text("value", *unknown));
    }
    let most = question.most.filter(|most| codes.len() > *most as usize)?;
    Some(Message::new("too-many").number("most", most.into()))
}

fn wrong_number(question: &Question, text: &str, min: i64, max: i64) -> Option<Message> {
    let Ok(number) = text.parse::<i64>() else { return Some(Message::new("whole-number")) };
    let (min, max) = (question.min.unwrap_or(min), question.max.unwrap_or(max));
    let outside = !number.validate_range(Some(min), Some(max), None, None);
    outside.then(|| Message::new("range").number("min", min).number("max", max))
}

/// Returns whether a text names half of a year: `2021-1` or `2021-2`.
pub fn is_half_year(text: &str) -> bool {
    text.split_once('-').is_some_and(|(year, half)| {
        let year: i32 = year.parse().unwrap_or_default();
        i64::from(year) >= YEAR_MIN
            && i64::from(year) <= YEAR_MAX
            && NaiveDate::from_ymd_opt(year, 1, 1).is_some()
            && matches!(half, "1" | "2")
    })
}

/// Years of an action lie within the programme and span at most three; nothing ends before it begins.
fn check_years(kind: Kind, answers: &Answers, context: Context, errors: &mut FieldErrors) {
    let (first, last) = (answers.number("first_year"), answers.number("last_year"));
    if let (Some(first), Some(last)) = (first, last)
        && last < first
    {
        errors.add("last_year", Message::new("ends-before-start"));
        return;
    }
    if kind == Kind::Practice || context.is_compiled {
        return;
    }
    let (opens, closes) = (i64::from(context.programme_years.0), i64::from(context.programme_years.1));
    for (field, year) in [("first_year", first), ("last_year", last)] {
        if year.is_some_and(|year| !(opens..=closes).contains(&year)) {
            let message = Message::new("outside-programme");
            errors.add(field, message.text("first", opens.to_string()).text("last", closes.to_string()));
        }
    }
    if let (Some(first), Some(last)) = (first, last)
        && last - first + 1 > SPAN_YEARS_MAX
    {
        errors.add("last_year", Message::new("span").number("most", SPAN_YEARS_MAX));
    }
}
