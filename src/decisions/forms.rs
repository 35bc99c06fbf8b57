//! The forms of the room: the draft, the form of each act. All messages at once, by field.

use std::collections::BTreeMap;

use chrono::NaiveDateTime;
use chrono_tz::Tz;

use super::model::Grade;
use super::operations::acts::{Act, Asked};
use super::operations::setting::Draft;
use super::operations::voting::Heard;
use super::workflow::Event;
use crate::kernel::code::Code as _;
use crate::kernel::fields::{FieldErrors, Message, tidy};
use crate::programmes::VoteAnswer;
use crate::sessions::model::zones::{Twice, to_local, to_utc};
use crate::web::Fields;

/// Value of a ticked box.
pub const TICKED: &str = "yes";
/// What a delegation says that passes.
pub const PASS: &str = "pass";
/// How a browser writes a moment without a zone.
const LOCAL: &str = "%Y-%m-%dT%H:%M";

/// Returns the edition that a form was made from.
pub fn edition(fields: &Fields) -> i32 {
    fields.value("edition").parse().unwrap_or(-1)
}

/// Reads the form of a draft.
pub fn draft(fields: &Fields) -> Draft {
    Draft {
        title: fields.both("title"),
        about: fields.value("about").to_owned(),
        text: fields.both("text"),
        is_checked: fields.value("checked") == TICKED,
    }
}

/// Writes a moment as a field shows it, in the legal zone.
pub fn local(at: NaiveDateTime, zone: Tz) -> String {
    to_local(at, zone).format(LOCAL).to_string()
}

fn moment(fields: &Fields, zone: Tz, errors: &mut FieldErrors) -> NaiveDateTime {
    let text = fields.value("until").trim();
    let read = NaiveDateTime::parse_from_str(text, LOCAL).ok().and_then(|local| to_utc(local, zone, Twice::Second));
    read.unwrap_or_else(|| {
        errors.add("until", Message::new(if text.is_empty() { "required" } else { "unreadable" }));
        NaiveDateTime::default()
    })
}

fn required(fields: &Fields, name: &str, errors: &mut FieldErrors) -> String {
    let text = tidy(fields.value(name));
    if text.is_empty() {
        errors.add(name, Message::new("required"));
    }
    text
}

/// Reads the form of an act; `seed` is fresh randomness for the order of a roll call.
pub fn asked(act: Act, fields: &Fields, zone: Tz, seed: &str) -> Result<Asked, FieldErrors> {
    let mut errors = FieldErrors::none();
    let asked = match act {
        Act::Support => {
            let grade = Grade::from_code(fields.value("grade")).unwrap_or_else(|| {
                errors.add("grade", Message::new("required"));
                Grade::MoreDiscussion
            });
            Asked::Support(grade, tidy(fields.value("note")))
        }
        Act::Object => Asked::Object(tidy(fields.value("passage")), required(fields, "reason", &mut errors)),
        Act::Explain => Asked::Explain(fields.both("text")),
        Act::OpenSenseCheck => Asked::Open(Event::OpenSenseCheck),
        Act::CloseSenseCheck => Asked::Open(Event::CloseSenseCheck),
        Act::OpenRegister => Asked::Open(Event::OpenRegister),
        Act::Adopt => Asked::Adopt,
        Act::StartSilence => Asked::StartSilence(moment(fields, zone, &mut errors)),
        Act::ExtendSilence => {
            let until = moment(fields, zone, &mut errors);
            Asked::ExtendSilence(until, required(fields, "reason", &mut errors))
        }
        Act::CheckText => Asked::CheckText,
        Act::AskVote => Asked::AskVote(fields.value("asked_by").to_owned(), seed.to_owned()),
        Act::CloseVote => Asked::CloseVote,
        Act::Withdraw => Asked::Withdraw(required(fields, "reason", &mut errors)),
    };
    errors.into_result()?;
    Ok(asked)
}

/// Reads what delegations answered about a part, by code; who has no answer is left out.
pub fn answers(fields: &Fields) -> BTreeMap<String, VoteAnswer> {
    let answer =
        |(name, value): (&str, &str)| Some((name.strip_prefix("answer|")?.to_owned(), VoteAnswer::from_code(value)?));
    fields.iter().filter_map(answer).collect()
}

/// Reads what the secretary heard.
pub fn heard(fields: &Fields) -> Option<Heard> {
    match fields.value("answer") {
        PASS => Some(Heard::Pass),
        answer => VoteAnswer::from_code(answer).map(Heard::Answer),
    }
}
