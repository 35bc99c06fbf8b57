//! The lists that the pages show, written as files: of a session, and of the whole platform.

use std::io::{self, Write};

use super::{ExportError, Order, by_id, cleared_title, with_count};
use crate::db::AnyConnection;
use crate::delegations;
use crate::exports::export::asked::{Assigned, assignment, consent};
use crate::exports::export::ballots::{Certified, listed, took_part};
use crate::exports::export::mails::row as mail_row;
use crate::exports::export::meetings::{attendance, credentials};
use crate::exports::export::sessions::row as session_row;
use crate::exports::export::sheet::Sheet;
use crate::exports::export::{Words, people};
use crate::exports::store::NOT_CLEARED;
use crate::kernel::reference::Kind;
use crate::reviews::assignments;
use crate::submissions::State;
use crate::submissions::consents;
use crate::{accounts, ballots, meetings, outbox, reviews, sessions, submissions};

/// Mails read at a time.
const MAILS: i64 = 500;

/// Gives each certified ballot of a session to a function that writes it.
fn each_certified(
    conn: &mut AnyConnection,
    order: &Order,
    mut write: impl FnMut(Certified<'_>) -> io::Result<()>,
) -> Result<(), ExportError> {
    let session = order.session()?;
    let all = ballots::store::certified_of_session(conn, &session.id)?;
    all.iter().try_for_each(|ballot| with_count(conn, session, ballot, &mut write))
}

/// Writes the certified ballots. What is sealed is left out as if it did not exist.
pub fn write_ballot_list<W: Write>(
    conn: &mut AnyConnection,
    order: &Order,
    words: Words<'_>,
    sheet: &mut Sheet<W>,
) -> Result<(), ExportError> {
    each_certified(conn, order, |certified| sheet.row(&listed(certified, words)))
}

/// Writes who took part in the certified ballots.
pub fn write_turnout<W: Write>(
    conn: &mut AnyConnection,
    order: &Order,
    words: Words<'_>,
    sheet: &mut Sheet<W>,
) -> Result<(), ExportError> {
    let delegations = delegations::store::all(conn)?;
    each_certified(conn, order, |certified| {
        for entry in &certified.counted.roll.entries {
            let delegation = delegations.iter().find(|delegation| delegation.code == entry.delegation);
            sheet.row(&took_part(certified, entry, delegation, words))?;
        }
        Ok(())
    })
}

/// Writes who is asked to review what.
pub fn write_assignments<W: Write>(
    conn: &mut AnyConnection,
    order: &Order,
    words: Words<'_>,
    sheet: &mut Sheet<W>,
) -> Result<(), ExportError> {
    let session = &order.session()?.id;
    let held = reviews::store::all_in(conn, session)?;
    let recused = reviews::store::recusals_in(conn, session)?;
    let names = accounts::store::names(conn)?;
    let actions = reviews::store::accepted_actions(conn, session)?;
    for (submission, account, assigned_at) in assignments::store::dated(conn, session)? {
        let Some(action) = actions.iter().find(|action| action.id == submission) else { continue };
        let review = held.iter().find(|review| review.submission == submission && review.account == account);
        let assigned = Assigned {
            name: names.get(&account).map_or("", String::as_str),
            assigned_at,
            state: review.map(|review| review.state),
            given_at: review.and_then(|review| review.given_at),
            is_recused: recused.iter().any(|one| one.submission == submission && one.account == account),
        };
        sheet.row(&assignment(action, assigned, words))?;
    }
    Ok(())
}

/// Writes the consents of the countries that actions name, of all that has left its delegation.
pub fn write_consents<W: Write>(
    conn: &mut AnyConnection,
    order: &Order,
    words: Words<'_>,
    sheet: &mut Sheet<W>,
) -> Result<(), ExportError> {
    let delegations = by_id(conn)?;
    let states: Vec<State> = State::ALL.iter().copied().filter(|state| !NOT_CLEARED.contains(state)).collect();
    let actions = submissions::store::of_session(conn, &order.session()?.id, Some(Kind::Action), &states)?;
    for action in actions {
        let mut asked: Vec<_> = consents::store::of(conn, &action.id)?
            .into_iter()
            .filter_map(|one| Some((delegations.get(&one.delegation)?, one)))
            .collect();
        asked.sort_by(|(a, _), (b, _)| a.code.cmp(&b.code));
        let Some(lead) = delegations.get(&action.delegation) else { continue };
        for (country, one) in &asked {
            sheet.row(&consent((&action, cleared_title(&action, order.lang)), lead, country, one, words))?;
        }
    }
    Ok(())
}

/// Writes where the credentials of each delegation stand.
pub fn write_credentials<W: Write>(
    conn: &mut AnyConnection,
    order: &Order,
    words: Words<'_>,
    sheet: &mut Sheet<W>,
) -> Result<(), ExportError> {
    let session = order.session()?;
    let newest = meetings::store::newest_of(conn, &session.id)?;
    let names = accounts::store::names(conn)?;
    for delegation in delegations::store::seated(conn)? {
        let letter = newest.get(&delegation.id);
        let head = letter.and_then(|one| names.get(&one.head)).map_or("", String::as_str);
        sheet.row(&credentials(&delegation, (letter, head), session, words))?;
    }
    Ok(())
}

/// Writes who was present at each meeting.
pub fn write_attendance<W: Write>(
    conn: &mut AnyConnection,
    order: &Order,
    words: Words<'_>,
    sheet: &mut Sheet<W>,
) -> Result<(), ExportError> {
    let delegations = delegations::store::seated(conn)?;
    for meeting in meetings::store::meetings_of(conn, &order.session()?.id)? {
        for delegation in &delegations {
            sheet.row(&attendance(&meeting, delegation, words))?;
        }
    }
    Ok(())
}

/// Writes the sessions, the newest first as on their page.
pub fn write_sessions<W: Write>(
    conn: &mut AnyConnection,
    words: Words<'_>,
    sheet: &mut Sheet<W>,
) -> Result<(), ExportError> {
    let calendars = sessions::store::calendars(conn)?;
    Ok(calendars.iter().try_for_each(|calendar| sheet.row(&session_row(calendar, words)))?)
}

/// Writes the delegations, by code.
pub fn write_delegations<W: Write>(
    conn: &mut AnyConnection,
    words: Words<'_>,
    sheet: &mut Sheet<W>,
) -> Result<(), ExportError> {
    let delegations = delegations::store::all(conn)?;
    Ok(delegations.iter().try_for_each(|delegation| sheet.row(&people::delegation(delegation, words)))?)
}

/// Writes the accounts in their places.
pub fn write_accounts<W: Write>(
    conn: &mut AnyConnection,
    words: Words<'_>,
    sheet: &mut Sheet<W>,
) -> Result<(), ExportError> {
    let (accounts, grants) = (accounts::store::accounts(conn)?, accounts::store::grants(conn)?);
    let rows = people::accounts(&accounts, &grants, &delegations::store::all(conn)?, words);
    Ok(rows.iter().try_for_each(|cells| sheet.row(cells))?)
}

/// Writes the outbox, the oldest first, a part at a time.
pub fn write_mails<W: Write>(
    conn: &mut AnyConnection,
    words: Words<'_>,
    sheet: &mut Sheet<W>,
) -> Result<(), ExportError> {
    let delegations = by_id(conn)?;
    let mut last = None;
    loop {
        let part = outbox::store::following(conn, last.as_ref(), MAILS)?;
        let Some(end) = part.last().map(|message| message.id.clone()) else { return Ok(()) };
        for message in &part {
            let delegation = message.delegation.as_ref().and_then(|id| delegations.get(id));
            sheet.row(&mail_row(message, delegation.map_or("", |delegation| &delegation.code), words))?;
        }
        last = Some(end);
    }
}
