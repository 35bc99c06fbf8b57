//! The papers of a certified ballot, as rows of the room of ballots; and what every file about certified ballots reads.

use std::io;

use super::{Export, ExportError, Order, Writing};
use crate::ballots::export::{COLUMNS, rows};
use crate::ballots::model::{BallotOption, Cast};
use crate::ballots::{self, Ballot, Counted, State};
use crate::db::{AnyConnection, StoreError};
use crate::exports::model::Reach;
use crate::policy::{Action, Actor, Denial, Target, decide};
use crate::sessions::Session;

pub(super) const EXPORT: Export = Export { is_of_session: true, reach: certified_only, columns: &COLUMNS, write };

/// A certified ballot with what it came to.
#[derive(Debug, Clone, Copy)]
pub struct Certified<'a> {
    /// Its session.
    pub session: &'a Session,
    /// The ballot.
    pub ballot: &'a Ballot,
    /// Its options.
    pub options: &'a [BallotOption],
    /// What was counted.
    pub counted: &'a Counted,
    /// The fingerprint of the papers.
    pub fingerprint: &'a str,
}

/// Lets those take a file about certified ballots who may see the result of one.
pub(super) fn certified_only(actor: &Actor) -> Result<Reach, Denial> {
    // Why: only certified ballots are written, so this asks about a ballot that stands there.
    let certified = Target { ballot: Some(State::Certified), ..Target::none() };
    decide(actor, Action::ViewResult, &certified).map(|()| Reach::Public)
}

/// Writes the papers.
fn write(to: &mut Writing<'_>) -> Result<(), ExportError> {
    let ballot = certified(to.conn, to.order)?;
    let options = ballots::store::options_of(to.conn, &ballot.id)?;
    let papers = papers_of(to.conn, &ballot)?;
    let rows = rows(to.order.session()?, &ballot, &options, &papers, to.order.lang);
    Ok(to.sheet.rows(&rows)?)
}

/// Returns the certified ballot of an order. One that is not certified yet answers as if it did not exist.
pub(in crate::exports) fn certified(conn: &mut AnyConnection, order: &Order) -> Result<Ballot, StoreError> {
    let all = ballots::store::certified_of_session(conn, &order.session()?.id)?;
    let is_asked = |ballot: &Ballot| order.ballot.is_none_or(|number| number == ballot.number);
    all.into_iter().rfind(is_asked).ok_or(StoreError::NotFound)
}

/// Returns the papers of a certified ballot. Where only the order is published they answer as if they did not exist.
pub(in crate::exports) fn papers_of(conn: &mut AnyConnection, ballot: &Ballot) -> Result<Vec<Cast>, StoreError> {
    if !ballots::store::is_cast_public(conn, ballot)? {
        return Err(StoreError::NotFound);
    }
    ballots::store::counted(conn, ballot)
}

/// Gives a certified ballot with what it came to, to a function that writes it.
pub(super) fn with_count(
    conn: &mut AnyConnection,
    session: &Session,
    ballot: &Ballot,
    write: impl FnOnce(Certified<'_>) -> io::Result<()>,
) -> Result<(), ExportError> {
    let options = ballots::store::options_of(conn, &ballot.id)?;
    let counted = ballots::store::outcome_of(conn, &ballot.id)?.ok_or(StoreError::NotFound)?;
    let fingerprint = ballots::store::fingerprint_of(conn, &ballot.id)?.unwrap_or_default();
    Ok(write(Certified { session, ballot, options: &options, counted: &counted, fingerprint: &fingerprint })?)
}

/// Gives each certified ballot of a session to a function that writes it.
pub(super) fn each_certified(
    conn: &mut AnyConnection,
    order: &Order,
    mut write: impl FnMut(Certified<'_>) -> io::Result<()>,
) -> Result<(), ExportError> {
    let session = order.session()?;
    let all = ballots::store::certified_of_session(conn, &session.id)?;
    all.iter().try_for_each(|ballot| with_count(conn, session, ballot, &mut write))
}
