//! Explanations of position: handed in before or after the vote, sealed with the ballot, part of its record once certified.

use serde_json::json;

use super::papers::account;
use super::{By, Place, load, paper_target};
use crate::ballots::model::{Ballot, POSITION_CHARS_MAX, Position};
use crate::ballots::{State, store};
use crate::db::{AnyConnection, Tx};
use crate::kernel::fields::{FieldErrors, Message};
use crate::kernel::ids::DelegationId;
use crate::kernel::lang::{Bilingual, Lang};
use crate::policy::{Action, Actor, decide};
use crate::refusals::OperationError;
use crate::sessions::Session;

/// Refuses what the record cannot take: a secret vote is not explained, and what is published stands. Returns the code of
/// the delegation.
fn check(conn: &mut AnyConnection, ballot: &Ballot, delegation: &DelegationId) -> Result<String, OperationError> {
    if ballot.rules.is_secret() {
        return Err(OperationError::refused("ballot-position-secret"));
    }
    let electorate = store::electorate_of(conn, &ballot.id)?;
    let elector = electorate.into_iter().find(|elector| elector.delegation == *delegation);
    let elector = elector.ok_or_else(|| OperationError::refused("ballot-not-in-electorate"))?;
    let is_given = store::position_of(conn, &ballot.id, delegation)?.is_some();
    if ballot.state == State::Certified && is_given {
        return Err(OperationError::refused("ballot-position-published"));
    }
    Ok(elector.code)
}

/// Refuses unless an explanation can be handed in now.
pub fn expect_open(conn: &mut AnyConnection, place: Place, delegation: &DelegationId) -> Result<(), OperationError> {
    let (_, ballot) = load(conn, place)?;
    check(conn, &ballot, delegation).map(drop)
}

/// Returns what the form of an explanation needs, to those who hand in explanations.
pub fn position(
    conn: &mut AnyConnection,
    actor: &Actor,
    place: Place,
    delegation: &DelegationId,
) -> Result<(Session, Ballot, Option<Position>), OperationError> {
    let (session, ballot) = load(conn, place)?;
    decide(actor, Action::ExplainVote, &paper_target(&ballot, delegation))
        .map_err(|denial| OperationError::Denied(denial).hidden())?;
    let given = store::position_of(conn, &ballot.id, delegation)?;
    Ok((session, ballot, given))
}

/// Hands in the explanation of a delegation, in its language and, if there is one, in translation. Until the result is
/// certified a later text takes the place of an earlier one.
pub fn explain(
    tx: &mut Tx<'_>,
    by: &By,
    place: Place,
    delegation: &DelegationId,
    (original, text): (Lang, &Bilingual<String>),
) -> Result<(), OperationError> {
    let (session, ballot) = load(tx, place)?;
    by.decide(Action::ExplainVote, &paper_target(&ballot, delegation))?;
    let code = check(tx, &ballot, delegation)?;
    check_text(original, text)?;
    let position = Position { delegation: delegation.clone(), original, text: text.clone(), given_at: by.now };
    store::set_position(tx, &ballot.id, &position, &account(by)?)?;
    by.record(tx, "ballot.position-explained", &ballot.name(&session), &json!({ "delegation": code }))
}

fn check_text(original: Lang, text: &Bilingual<String>) -> Result<(), FieldErrors> {
    let mut errors = FieldErrors::none();
    let sides =
        [(Lang::En, "text_en", &text.en, POSITION_CHARS_MAX.0), (Lang::Ru, "text_ru", &text.ru, POSITION_CHARS_MAX.1)];
    for (lang, field, side, most) in sides {
        if side.chars().count() > most {
            let most = i64::try_from(most).unwrap_or(i64::MAX);
            errors.add(field, Message::new("ballot-objection-long").number("most", most));
        }
        if lang == original && side.is_empty() {
            errors.add(field, Message::new("required"));
        }
    }
    errors.into_result()
}
