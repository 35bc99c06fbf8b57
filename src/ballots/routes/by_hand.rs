//! Votes taken by hand in the room: entered by the secretariat, confirmed or contested by each delegation.

use rocket::{Route, get, post, routes};

use super::{by, new_nonce, own_delegation, own_papers};
use crate::ballots::forms;
use crate::ballots::model::HandPaper;
use crate::ballots::operations::Place;
use crate::ballots::operations::by_hand::{self, Entry, Says};
use crate::ballots::operations::viewing::{self, Shown};
use crate::ballots::pages::{address, by_hand as page, paper as paper_page};
use crate::kernel::fields::{FieldErrors, tidy};
use crate::refusals::OperationError;
use crate::web::again::Again;
use crate::web::{Answer, Fields, Member, Nothing, PageError, PageResult, Posted};

async fn load(member: &Member<'_>, place: Place) -> Result<(Shown, Vec<HandPaper>), PageError> {
    let actor = member.actor.clone();
    Ok(member
        .db
        .read(move |conn| -> Result<_, OperationError> {
            let papers = by_hand::entered(conn, &actor, place)?;
            Ok((viewing::ballot(conn, &actor, place)?.0, papers))
        })
        .await?)
}

#[get("/sessions/<session>/ballots/<number>/by-hand")]
async fn entered(member: Member<'_>, session: i32, number: i32) -> PageResult {
    let (shown, papers) = load(&member, Place { session, number }).await?;
    page::by_hand(&member, &shown, &papers, None)
}

#[post("/sessions/<session>/ballots/<number>/by-hand", data = "<posted>")]
async fn enter(member: Member<'_>, session: i32, number: i32, posted: Posted<Fields>) -> PageResult {
    let place = Place { session, number };
    let (shown, papers) = load(&member, place).await?;
    let (is_switch, fields) = (posted.switch.is_some(), posted.fields);
    let again = |fields, again| page::by_hand(&member, &shown, &papers, Some((fields, again)));
    if is_switch {
        return again(fields, Again::Wrong(FieldErrors::none()));
    }
    match keep(&member, place, &shown, &fields).await {
        Ok(()) => Answer::done(format!("{}/by-hand", address(place)), member.texts().text("ballot-hand-kept")),
        Err(error) => again(fields, Again::of(error)?),
    }
}

async fn keep(member: &Member<'_>, place: Place, shown: &Shown, fields: &Fields) -> Result<(), OperationError> {
    let vote = forms::read_vote(fields, &shown.options, shown.ballot.rules.levels)?;
    let text = |name: &str| fields.value(name).trim().to_owned();
    let entry = Entry { code: text("delegation"), vote, source: text("source") };
    let (by, nonce) = (by(member), new_nonce());
    member.db.write(move |tx| by_hand::enter(tx, &by, place, &entry, &nonce)).await
}

#[post("/sessions/<session>/ballots/<number>/by-hand/<code>/take-out", data = "<posted>")]
async fn take_out(member: Member<'_>, session: i32, number: i32, code: &str, posted: Posted<Nothing>) -> PageResult {
    drop(posted);
    let (place, by, code) = (Place { session, number }, by(&member), code.to_owned());
    member.db.write(move |tx| by_hand::take_out(tx, &by, place, &code)).await?;
    Answer::done(format!("{}/by-hand", address(place)), member.texts().text("ballot-hand-taken-out-done"))
}

#[post("/sessions/<session>/ballots/<number>/paper/entered", data = "<posted>")]
async fn answer(member: Member<'_>, session: i32, number: i32, posted: Posted<Fields>) -> PageResult {
    let (place, by, delegation) = (Place { session, number }, by(&member), own_delegation(&member)?);
    let own = own_papers(&member, place, &delegation).await?;
    let (is_switch, fields) = (posted.switch.is_some(), posted.fields);
    let again = |fields, again| paper_page::contesting(&member, &own, fields, again);
    if is_switch {
        return again(fields, Again::Wrong(FieldErrors::none()));
    }
    let (says, said) = says(&fields);
    match member.db.write(move |tx| by_hand::answer(tx, &by, place, &delegation, &says)).await {
        Ok(()) => Answer::done(format!("{}/paper", address(place)), member.texts().text(said)),
        Err(error) => again(fields, Again::of(error)?),
    }
}

/// Reads what a delegation says, and with which key it is told that this is kept.
fn says(fields: &Fields) -> (Says, &'static str) {
    if fields.value("says") == "confirm" {
        return (Says::Confirms, "ballot-hand-confirmed-done");
    }
    let reason = tidy(fields.value("reason"));
    (Says::Contests(reason), "ballot-hand-contested-done")
}

/// Returns the routes of votes taken by hand.
pub fn routes() -> Vec<Route> {
    routes![entered, enter, take_out, answer]
}
