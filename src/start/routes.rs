//! The address of the start page.

use rocket::{Route, get, routes};

use super::{operations, pages};
use crate::web::{Answer, PageResult, Reader};

#[get("/")]
async fn start(reader: &Reader) -> PageResult {
    if reader.needs_factor {
        return Answer::go("/account/second-factor");
    }
    let (actor, now) = (reader.actor.clone(), reader.now());
    let desk = reader.db.read(move |conn| operations::desk(conn, &actor, now)).await?;
    pages::show(reader, &desk)
}

/// Returns the routes of the room.
pub fn routes() -> Vec<Route> {
    routes![start]
}
