//! What the forms about proposed changes send.

use super::model::{Answer, Edit, Edits};
use super::operations::answering::{ANSWER, REASON, Reply};
use super::operations::setting::ROUNDS;
use crate::kernel::code::Code as _;
use crate::kernel::fields::{FieldErrors, Message, tidy};
use crate::submissions::forms;
use crate::web::Fields;
use crate::web::again::SEEN;

/// Field of the edition of the round that a form showed.
pub const EDITION: &str = "_edition";
/// Field of what the secretariat says to its changes.
pub const NOTE: &str = "_note";
/// Field of the button that is pressed.
pub const ACT: &str = "_act";
/// The button that proposes changes.
pub const PROPOSE: &str = "propose";
/// The button that answers for the delegation.
pub const CONFIRM: &str = "confirm";
/// Returns the edition that a form showed; 0 when nothing was saved yet.
pub fn edition(fields: &Fields) -> i32 {
    fields.value(EDITION).parse().unwrap_or(0)
}

/// Returns what a delegation says to each change.
pub fn reply(fields: &Fields) -> Reply {
    let mut edits = Edits::new();
    for (name, value) in fields.iter() {
        if let Some(question) = name.strip_prefix(ANSWER) {
            edits.entry(question.to_owned()).or_default().answer = Answer::from_code(value);
        } else if let Some(question) = name.strip_prefix(REASON) {
            edits.entry(question.to_owned()).or_default().reason = tidy(value);
        }
    }
    Reply { edits, edition: edition(fields), revision: forms::revision(fields).unwrap_or(0) }
}

/// Returns what is held to each change as the fields of its form.
pub fn fields_of(edits: &Edits) -> Fields {
    let add = |fields: Fields, (question, edit): (&String, &Edit)| {
        let answer = edit.answer.map(Answer::code).unwrap_or_default();
        fields.set(&format!("{ANSWER}{question}"), answer).set(&format!("{REASON}{question}"), edit.reason.clone())
    };
    edits.iter().fold(Fields::none(), add)
}

/// Returns the number of rounds typed, and the one that was shown.
pub fn rounds(fields: &Fields) -> Result<(i32, i32), FieldErrors> {
    let typed = fields.value(ROUNDS).trim().parse();
    let typed = typed.map_err(|_| FieldErrors::one(ROUNDS, Message::new("unreadable")))?;
    Ok((typed, fields.value(SEEN).parse().unwrap_or(-1)))
}
