//! The address of duplicates.

use rocket::{Route, get, routes};

use super::{operations, pages};
use crate::web::{Member, PageResult};

#[get("/sessions/<number>/duplicates")]
async fn duplicates(member: Member<'_>, number: i32) -> PageResult {
    let actor = member.actor.clone();
    let found = member.db.read(move |conn| operations::duplicates(conn, &actor, number)).await?;
    pages::duplicates(&member, &found)
}

/// Returns the routes of duplicates.
pub fn routes() -> Vec<Route> {
    routes![duplicates]
}
