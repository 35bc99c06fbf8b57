//! Addresses of the copy of one's own data, and of erasing an account.

use rocket::{Route, get, post, routes};

use super::{operations, pages};
use crate::kernel::ids::AccountId;
use crate::web::{Answer, Member, Nothing, PageResult, Posted};

#[get("/account/data")]
async fn copy(member: Member<'_>) -> PageResult {
    let (actor, now) = (member.actor.clone(), member.now());
    pages::copy(&member.db.read(move |conn| operations::copy(conn, &actor, now)).await?)
}

#[get("/accounts/<id>/erase")]
async fn ask(member: Member<'_>, id: &str) -> PageResult {
    let (actor, id) = (member.actor.clone(), AccountId::from(id));
    pages::erase(&member, &member.db.read(move |conn| operations::asked_about(conn, &actor, &id)).await?)
}

#[post("/accounts/<id>/erase", data = "<_posted>")]
async fn erase(member: Member<'_>, id: &str, _posted: Posted<Nothing>) -> PageResult {
    let (actor, id, now) = (member.actor.clone(), AccountId::from(id), member.now());
    member.db.write(move |tx| operations::erase(tx, &actor, &id, now)).await?;
    Answer::done("/accounts", member.texts().text("personal-erased"))
}

/// Returns the routes of the room.
pub fn routes() -> Vec<Route> {
    routes![copy, ask, erase]
}
