//! Who sits in the room, as rows: the credentials of each delegation, and who was present at each meeting.

use super::{Words, day, yes_or_no};
use crate::delegations::Delegation;
use crate::meetings::{Credentials, Meeting};
use crate::sessions::Session;

/// Names of the columns of credentials, in order.
pub const CREDENTIALS_COLUMNS: [&str; 9] = [
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

/// Names of the columns of attendance, in order.
pub const ATTENDANCE_COLUMNS: [&str; 7] =
    ["held_on", "part", "part_title", "delegation", "delegation_title", "has_ballot", "present"];

/// Returns the cells of a delegation with its newest letter and the name of the head whom it names.
pub fn credentials(
    delegation: &Delegation,
    (letter, head): (Option<&Credentials>, &str),
    session: &Session,
    said: Words<'_>,
) -> [String; CREDENTIALS_COLUMNS.len()] {
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

/// Returns the cells of a delegation at a meeting.
pub fn attendance(meeting: &Meeting, delegation: &Delegation, said: Words<'_>) -> [String; ATTENDANCE_COLUMNS.len()] {
    let part = meeting.when.part.code();
    [
        meeting.when.held_on.to_string(),
        part.to_owned(),
        (said.code)("meeting-part", part),
        delegation.code.clone(),
        said.either(&delegation.name),
        yes_or_no(delegation.votes),
        yes_or_no(meeting.present.contains(&delegation.id)),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exports::Name;

    #[test]
    fn the_columns_are_those_of_the_contract() {
        assert_eq!(Name::Credentials.description().names().collect::<Vec<_>>(), CREDENTIALS_COLUMNS);
        assert_eq!(Name::Attendance.description().names().collect::<Vec<_>>(), ATTENDANCE_COLUMNS);
    }
}
