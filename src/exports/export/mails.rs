//! The outbox as rows: one mail a row, what it tells and what became of it, never its text.

use super::{Words, moment};
use crate::outbox::Message;

/// Names of the columns, in order.
pub const COLUMNS: [&str; 13] = [
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

/// Returns the cells of a mail to a delegation, if it is to one. What is for its recipient alone is told as a private mail.
pub fn row(message: &Message, delegation: &str, said: Words<'_>) -> [String; COLUMNS.len()] {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exports::Name;

    #[test]
    fn the_columns_are_those_of_the_contract() {
        assert_eq!(Name::Mails.description().names().collect::<Vec<_>>(), COLUMNS);
    }
}
