//! The forms of the room: a letter with its file, what is found of it, a meeting with who is present.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::model::{Meeting, NewLetter, Part, When};
use super::operations::attendance::Sitting;
use super::operations::letters::Finding;
use super::workflow::Event;
use crate::kernel::code::Code as _;
use crate::kernel::fields::{FieldErrors, Message, tidy};
use crate::kernel::ids::{AccountId, CredentialsId};
use crate::web::Fields;
use crate::web::again::SEEN;

/// Field of the file of a letter.
pub const LETTER: &str = "file";

fn day(fields: &Fields, name: &str, errors: &mut FieldErrors) -> Option<NaiveDate> {
    let text = fields.value(name).trim();
    let read = text.parse().ok();
    if read.is_none() && !text.is_empty() {
        errors.add(name, Message::new("day"));
    }
    read
}

fn required(fields: &Fields, name: &str, errors: &mut FieldErrors) -> Option<NaiveDate> {
    let read = day(fields, name, errors);
    if read.is_none() && errors.of(name).is_empty() {
        errors.add(name, Message::new("required"));
    }
    read
}

/// Reads a letter with its file.
pub fn letter(fields: &Fields) -> Result<NewLetter, FieldErrors> {
    let mut errors = FieldErrors::none();
    let head = fields.value("head");
    if head.is_empty() {
        errors.add("head", Message::new("required"));
    }
    let from = required(fields, "valid_from_on", &mut errors);
    let until = day(fields, "valid_until_on", &mut errors);
    let bytes = fields.file(LETTER).unwrap_or_default();
    if bytes.is_empty() {
        errors.add(LETTER, Message::new("required"));
    }
    let new = NewLetter {
        head: AccountId::from(head),
        // Why: what could not be read has its message already; the stand-in keeps the other rule quiet about it.
        valid_from_on: from.or(until).unwrap_or_default(),
        valid_until_on: until,
        file_name: fields.file_name(LETTER).to_owned(),
        bytes: bytes.to_vec(),
    };
    errors.extend(&new.check());
    errors.into_result().map(|()| new)
}

/// Reads what the secretariat finds of the letter that a page showed.
pub fn finding(fields: &Fields) -> Result<Finding, FieldErrors> {
    let event =
        Event::from_code(fields.value("act")).ok_or_else(|| FieldErrors::one("comment", Message::new("required")))?;
    let comment = tidy(fields.value("comment"));
    Ok(Finding { letter: CredentialsId::from(fields.value(SEEN)), event, comment })
}

/// Returns the codes of those ticked as present.
pub fn present(fields: &Fields) -> BTreeSet<String> {
    fields.values("present").iter().cloned().collect()
}

/// Reads when a new meeting is held.
pub fn when(fields: &Fields) -> Result<When, FieldErrors> {
    let mut errors = FieldErrors::none();
    let held_on = required(fields, "held_on", &mut errors);
    let part = Part::from_code(fields.value("part"));
    if part.is_none() {
        errors.add("part", Message::new("required"));
    }
    match (held_on, part) {
        (Some(held_on), Some(part)) => Ok(When { held_on, part }),
        _ => Err(errors),
    }
}

/// Returns the fields of a form that shows a meeting as it is noted.
pub fn fields_of(sitting: &Sitting, meeting: &Meeting) -> Fields {
    let mut fields = Fields::none().set(SEEN, meeting.print());
    for code in sitting.codes(meeting) {
        fields.push("present", code);
    }
    fields
}
