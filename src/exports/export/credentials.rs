//! Where the credentials of each delegation stand: one delegation a row.

use super::{Export, ExportError, Words, Writing, day, whole};
use crate::accounts;
use crate::delegations::{self, Delegation};
use crate::meetings::{self, Credentials};
use crate::policy::Action;
use crate::sessions::Session;

pub(super) const EXPORT: Export =
    Export { is_of_session: true, reach: |actor| whole(actor, Action::ExamineCredentials), columns: &COLUMNS, write };

/// Names of the columns, in order.
const COLUMNS: [&str; 9] = [
    "delegation",
    "delegation_title",
    "state",
    "state_title",
    "head",
    "valid_from_on",
    "valid_until_on",
    "handed_in_on",
    "examined_on",
];

/// Writes where the credentials of each delegation stand.
fn write(to: &mut Writing<'_>) -> Result<(), ExportError> {
    let session = to.order.session()?;
    let newest = meetings::store::newest_of(to.conn, &session.id)?;
    let names = accounts::store::names(to.conn)?;
    for delegation in delegations::store::seated(to.conn)? {
        let letter = newest.get(&delegation.id);
        let head = letter.and_then(|one| names.get(&one.head)).map_or("", String::as_str);
        to.sheet.row(&row(&delegation, (letter, head), session, to.said))?;
    }
    Ok(())
}

/// Returns the cells of a delegation with its newest letter and the name of the head whom it names.
fn row(
    delegation: &Delegation,
    (letter, head): (Option<&Credentials>, &str),
    session: &Session,
    said: Words<'_>,
) -> [String; COLUMNS.len()] {
    let state = Credentials::standing(letter, session);
    let written = |day: Option<chrono::NaiveDate>| day.map_or_else(String::new, |day| day.to_string());
    [
        delegation.code.clone(),
        said.either(&delegation.name),
        state.to_owned(),
        (said.code)("credentials-state", state),
        head.to_owned(),
        written(letter.map(|one| one.valid_from_on)),
        written(letter.and_then(|one| one.valid_until_on)),
        day(letter.map(|one| one.handed_in_at)),
        day(letter.and_then(|one| one.examined_at)),
    ]
}
