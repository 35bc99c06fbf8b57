//! The address of the page on who can help whom.

use rocket::{Route, get, routes};

use super::model::Filter;
use super::{operations, pages};
use crate::web::{Member, PageResult};

#[get("/sessions/<number>/matches?<offering>&<needing>")]
async fn matches(member: Member<'_>, number: i32, offering: Option<&str>, needing: Option<&str>) -> PageResult {
    let code = |text: Option<&str>| text.unwrap_or_default().to_owned();
    let filter = Filter { offering: code(offering), needing: code(needing) };
    let (actor, wanted) = (member.actor.clone(), filter.clone());
    let board = member.db.read(move |conn| operations::board(conn, &actor, number, &wanted)).await?;
    pages::board(&member, &board, &filter)
}

/// Returns the routes of the room's part.
pub fn routes() -> Vec<Route> {
    routes![matches]
}
