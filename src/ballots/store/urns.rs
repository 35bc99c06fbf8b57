//! Queries about the urns of secret ballots, and the papers that count whether or not they are secret.

use diesel::prelude::*;

use super::papers::counted_papers;
use crate::ballots::model::{Ballot, Cast, Urn};
use crate::ballots::workflow::State;
use crate::db::schema::ballot_urns;
use crate::db::{AnyConnection, StoreError, Tx, expect_one};
use crate::kernel::ids::BallotId;

fn text(urn: &Urn) -> Result<String, StoreError> {
    serde_json::to_string(urn).map_err(|error| StoreError::Unreadable(format!("urn: {error}")))
}

/// Returns the urn of a secret ballot. Sealed: whoever calls this before the certification may only put in or count.
pub fn urn_of(conn: &mut AnyConnection, ballot: &BallotId) -> Result<Urn, StoreError> {
    let text: String = ballot_urns::table.find(ballot).select(ballot_urns::papers).first(conn)?;
    // Why: the reason is not passed on, as it could quote what a paper says.
    serde_json::from_str(&text).map_err(|_| StoreError::Unreadable(format!("the urn of ballot {ballot}")))
}

/// Sets up the empty urn of a secret ballot.
pub fn insert_urn(tx: &mut Tx<'_>, ballot: &BallotId) -> Result<(), StoreError> {
    let row = (ballot_urns::ballot_id.eq(ballot), ballot_urns::papers.eq(text(&Urn::default())?));
    diesel::insert_into(ballot_urns::table).values(row).execute(&mut **tx)?;
    Ok(())
}

/// Keeps an urn into which a paper was put.
pub fn set_urn(tx: &mut Tx<'_>, ballot: &BallotId, urn: &Urn) -> Result<(), StoreError> {
    let row = diesel::update(ballot_urns::table.find(ballot));
    expect_one(row.set(ballot_urns::papers.eq(text(urn)?)).execute(&mut **tx)?)
}

/// Takes an urn away with all its papers.
pub fn delete_urn(tx: &mut Tx<'_>, ballot: &BallotId) -> Result<(), StoreError> {
    diesel::delete(ballot_urns::table.find(ballot)).execute(&mut **tx)?;
    Ok(())
}

/// Returns the papers that count. Sealed until the ballot is certified, and then as [`is_cast_public`] says: whoever calls
/// this otherwise may only count them.
pub fn counted(conn: &mut AnyConnection, ballot: &Ballot) -> Result<Vec<Cast>, StoreError> {
    if ballot.rules.is_secret() {
        return Ok(urn_of(conn, &ballot.id)?.cast());
    }
    Ok(counted_papers(conn, &ballot.id)?.iter().map(Cast::from).collect())
}

/// Returns whether the papers of a ballot are published: it is certified, and numbers would not give them away.
pub fn is_cast_public(conn: &mut AnyConnection, ballot: &Ballot) -> Result<bool, StoreError> {
    if ballot.state != State::Certified {
        return Ok(false);
    }
    Ok(super::outcome_of(conn, &ballot.id)?.is_some_and(|counted| !counted.ranks_only))
}
