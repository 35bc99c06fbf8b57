//! The outbox as rows: one mail a row, what it tells and what became of it, never its text.

use super::{Export, ExportError, Words, Writing, by_id, moment, whole};
use crate::outbox::{self, Message};
use crate::policy::Action;

pub(super) const EXPORT: Export =
    Export { is_of_session: false, reach: |actor| whole(actor, Action::ViewOutbox), columns: &COLUMNS, write };

/// Names of the columns, in order.
const COLUMNS: [&str; 13] = [
    "written_at",
    "kind",
    "kind_title",
    "recipient",
    "email",
    "role",
    "delegation",
    "language",
    "state",
    "state_title",
    "attempts",
    "sent_at",
    "said",
];

/// Mails read at a time.
const MAILS: i64 = 500;

/// Writes the outbox, the oldest first, a part at a time.
fn write(to: &mut Writing<'_>) -> Result<(), ExportError> {
    let delegations = by_id(to.conn)?;
    let mut last = None;
    loop {
        let part = outbox::store::following(to.conn, last.as_ref(), MAILS)?;
        let Some(end) = part.last().map(|message| message.id.clone()) else { return Ok(()) };
        for message in &part {
            let delegation = message.delegation.as_ref().and_then(|id| delegations.get(id));
            to.sheet.row(&row(message, delegation.map_or("", |delegation| &delegation.code), to.said))?;
        }
        last = Some(end);
    }
}

/// Returns the cells of a mail to a delegation, if it is to one. What is for its recipient alone is told as a private mail.
fn row(message: &Message, delegation: &str, said: Words<'_>) -> [String; COLUMNS.len()] {
    let kind = if message.kind.is_private() { "private" } else { message.kind.code() };
    [
        moment(Some(message.created_at)),
        kind.to_owned(),
        (said.code)("mail-kind", kind),
        message.name.clone(),
        message.email.clone(),
        message.capacity.clone(),
        delegation.to_owned(),
        message.language.code().to_owned(),
        message.state.code().to_owned(),
        (said.code)("mail-state", message.state.code()),
        message.attempts.to_string(),
        moment(message.sent_at),
        message.last_error.clone(),
    ]
}
