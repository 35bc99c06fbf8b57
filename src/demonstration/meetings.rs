//! Who sits in the room: letters of credentials at every stage, and a meeting of the session that is made up as a whole.

use std::collections::BTreeSet;

use chrono::NaiveDateTime;

use super::papers::Room;
use super::session::{EARLIER, NUMBER, at, then};
use super::texts::text;
use crate::db::Tx;
use crate::kernel::lang::Lang;
use crate::meetings::model::{NewLetter, When};
use crate::meetings::operations::attendance;
use crate::meetings::operations::letters::{Finding, examine_letter, hand_in};
use crate::meetings::{Event, Part, store};
use crate::refusals::OperationError;

/// A letter that says of itself that it is made up.
const LETTER: &[u8] = include_bytes!("../../data/demonstration/letter.pdf");
/// The delegations present at the meeting.
const PRESENT: [&str; 5] = ["AZE", "KAZ", "KGZ", "TJK", "UZB"];

/// Hands in the letters of the fifteenth session: one found in order, one that waits.
pub fn credentials(tx: &mut Tx<'_>, room: &Room<'_>) -> Result<(), OperationError> {
    give(tx, room, (NUMBER, "KAZ"), at(9, 28, 8))?;
    examine(tx, room, (NUMBER, "KAZ"), Event::Accept, at(9, 29, 8))?;
    give(tx, room, (NUMBER, "UZB"), at(9, 30, 8))
}

/// Hands in letters of the session before, returns one, and notes who was present.
pub fn earlier(tx: &mut Tx<'_>, room: &Room<'_>) -> Result<(), OperationError> {
    give(tx, room, (EARLIER, "KAZ"), then(8, 20, 8))?;
    examine(tx, room, (EARLIER, "KAZ"), Event::Accept, then(8, 21, 8))?;
    give(tx, room, (EARLIER, "KGZ"), then(8, 20, 9))?;
    examine(tx, room, (EARLIER, "KGZ"), Event::Return, then(8, 21, 9))?;
    let when = When { held_on: room.session.starts_on, part: Part::Morning };
    let present: BTreeSet<String> = PRESENT.map(str::to_owned).into();
    attendance::note(tx, &room.secretariat(), EARLIER, (when, &present), then(8, 22, 8))
}

fn give(tx: &mut Tx<'_>, room: &Room<'_>, place: (i32, &str), now: NaiveDateTime) -> Result<(), OperationError> {
    let head = room.people.actor(&format!("{}-head", place.1.to_lowercase()));
    let letter = NewLetter {
        head: head.account.clone().ok_or(OperationError::NotFound)?,
        valid_from_on: room.session.starts_on,
        valid_until_on: None,
        file_name: "letter-made-up.pdf".to_owned(),
        bytes: LETTER.to_vec(),
    };
    hand_in(tx, &head, place, &letter, now)
}

fn examine(
    tx: &mut Tx<'_>,
    room: &Room<'_>,
    place: (i32, &str),
    event: Event,
    now: NaiveDateTime,
) -> Result<(), OperationError> {
    let delegation = room.people.delegation(place.1);
    let newest = store::newest_of(tx, &room.session.id)?.remove(delegation).ok_or(OperationError::NotFound)?;
    let comment = text(Lang::En, "demonstration-credentials");
    examine_letter(tx, &room.secretariat(), place, &Finding { letter: newest.id, event, comment }, now)
}
