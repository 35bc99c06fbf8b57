//! What the forms of the room send: answers under their own names, and beside them fields that begin with `_`.

use rocket::form::FromForm;
use validator::Validate;

use super::merge::{Choices, Side};
use super::operations::{Dossier, Filter, Typed, Words, rules};
use super::workflow::Event;
use crate::kernel::code::Code as _;
use crate::kernel::fields::Message;
use crate::kernel::lang::Lang;
use crate::kernel::workbook::{WorkbookError, read as sheets};
use crate::questionnaires::Answers;
use crate::questionnaires::answers::SEPARATOR;
use crate::questionnaires::workbook::{Filled, read};
use crate::web::Fields;

/// Field of the revision that a page was loaded from.
pub const REVISION: &str = "revision";
/// Field of the act to follow a save.
pub const THEN: &str = "then";
/// Field of the button that adds a row.
pub const ADD: &str = "_add";
/// Field of the language that the text is written in.
pub const ORIGINAL: &str = "_original";
/// Field of the revision at which both sides of a dispute began.
pub const SINCE: &str = "_since";
/// Field of a workbook.
pub const FILE: &str = "file";
/// Beginning of the fields that settle a dispute.
pub const CHOOSE: &str = "_choose.";
/// Beginning of the fields with comments on questions.
pub const COMMENT: &str = "comment.";

/// Returns what a form of answers sends.
pub fn typed(fields: &Fields) -> Typed {
    let choice = |(name, value): (&str, &str)| {
        let side = if value == "theirs" { Side::Theirs } else { Side::Mine };
        name.strip_prefix(CHOOSE).map(|unit| (unit.to_owned(), side))
    };
    Typed {
        revision: revision(fields).unwrap_or(0),
        fields: fields.iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect(),
        original: Lang::from_code(fields.value(ORIGINAL)),
        since: fields.value(SINCE).parse().ok(),
        choices: fields.iter().filter_map(choice).collect::<Choices>(),
    }
}

/// Returns what a workbook that was sent holds, or why it does not fit.
pub fn workbook(fields: &Fields, dossier: &Dossier) -> Result<Filled, Message> {
    let bytes = fields.file(FILE).ok_or_else(|| Message::new("required"))?;
    let sheets = sheets(bytes).map_err(|error| match error {
        WorkbookError::Unreadable => Message::new("no-workbook"),
        WorkbookError::TooLarge => Message::new("workbook-too-large"),
    })?;
    let filled = read(&dossier.questionnaire, &sheets).ok_or_else(|| Message::new("no-form"))?;
    let submission = &dossier.submission;
    let (of, kind) = (&filled.origin.reference, filled.origin.kind);
    if kind != submission.kind {
        return Err(Message::new("form-of-other-kind"));
    }
    if !of.is_empty() && *of != submission.reference {
        return Err(Message::new("form-of-other").text("reference", of.clone()));
    }
    Ok(filled)
}

/// Returns the filter of the list that a form carries.
pub fn filter(fields: &Fields) -> Filter {
    Filter::named(fields.value("kind"), fields.value("state"), fields.value("delegation"))
}

/// Returns the revision that a page was loaded from.
pub fn revision(fields: &Fields) -> Option<i32> {
    fields.value(REVISION).parse().ok()
}

/// Returns the act that is to follow a save.
pub fn then(fields: &Fields) -> Option<Event> {
    Event::from_code(fields.value(THEN)).filter(|event| rules(*event).is_complete)
}

/// Returns note and comments of an act.
pub fn words(fields: &Fields) -> Words {
    let comment =
        |(name, text): (&str, &str)| name.strip_prefix(COMMENT).map(|question| (question.to_owned(), text.to_owned()));
    Words {
        note: fields.value("note").to_owned(),
        comments: fields.iter().filter_map(comment).filter(|(_, text)| !text.trim().is_empty()).collect(),
    }
}

/// Returns stored answers as fields of a form: an answer of several codes as several values.
pub fn fields_of(questionnaire: &crate::questionnaires::Questionnaire, answers: &Answers) -> Fields {
    use crate::questionnaires::QuestionKind;
    let mut fields = Fields::none();
    for (key, text) in answers.iter() {
        let is_list = questionnaire.at(&key.question).is_some_and(|found| found.kind == QuestionKind::Choices);
        let name = key.to_string();
        if is_list {
            text.split(SEPARATOR).map(str::trim).for_each(|code| fields.push(&name, code));
        } else {
            fields.push(&name, text);
        }
    }
    fields
}

/// The form that starts a submission.
#[derive(Debug, Clone, FromForm, Validate)]
pub struct StartForm {
    /// Code of the delegation.
    #[validate(length(min = 1, code = "required"))]
    pub delegation: String,
    /// Code of the language it will be written in.
    #[field(default = String::new())]
    pub original: String,
}
