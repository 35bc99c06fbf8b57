//! The explanation of position of the reader's delegation.

use rocket::{Route, get, post, routes};

use super::{by, own_delegation};
use crate::ballots::forms;
use crate::ballots::model::{Ballot, Position};
use crate::ballots::operations::{Place, positions};
use crate::ballots::pages::{address, position as page};
use crate::kernel::fields::FieldErrors;
use crate::sessions::Session;
use crate::web::again::Again;
use crate::web::{Answer, Fields, Member, PageError, PageResult, Posted};

async fn load(member: &Member<'_>, place: Place) -> Result<(Session, Ballot, Option<Position>), PageError> {
    let (actor, delegation) = (member.actor.clone(), own_delegation(member)?);
    Ok(member.db.read(move |conn| positions::position(conn, &actor, place, &delegation)).await?)
}

#[get("/sessions/<session>/ballots/<number>/position")]
async fn position(member: Member<'_>, session: i32, number: i32) -> PageResult {
    let (place, delegation) = (Place { session, number }, own_delegation(&member)?);
    let found = load(&member, place).await?;
    member.db.read(move |conn| positions::expect_open(conn, place, &delegation)).await?;
    page::position(&member, &found, None)
}

#[post("/sessions/<session>/ballots/<number>/position", data = "<posted>")]
async fn explain(member: Member<'_>, session: i32, number: i32, posted: Posted<Fields>) -> PageResult {
    let place = Place { session, number };
    let found = load(&member, place).await?;
    if posted.switch.is_some() {
        return page::position(&member, &found, Some((posted.fields, Again::Wrong(FieldErrors::none()))));
    }
    let (by, delegation, fields) = (by(&member), own_delegation(&member)?, posted.fields);
    let (original, text) = forms::position(&fields);
    let kept = member.db.write(move |tx| positions::explain(tx, &by, place, &delegation, (original, &text)));
    match kept.await {
        Ok(()) => Answer::done(address(place), member.texts().text("ballot-position-kept")),
        Err(error) => page::position(&member, &found, Some((fields, Again::of(error)?))),
    }
}

/// Returns the routes of explanations.
pub fn routes() -> Vec<Route> {
    routes![position, explain]
}
