//! Addresses of the room.

use rocket::{Route, get, routes};

use super::{operations, pages};
use crate::kernel::code::Code as _;
use crate::kernel::reference::Kind;
use crate::web::{PageError, PageResult, Reader};

#[get("/sessions/<number>/questionnaires/<kind>")]
async fn show(reader: &Reader, number: i32, kind: &str) -> PageResult {
    let (actor, kind) = (reader.actor.clone(), Kind::from_code(kind).ok_or_else(PageError::not_found)?);
    let held = reader.db.read(move |conn| operations::view(conn, &actor, number, kind)).await?;
    pages::show(reader, &held)
}

/// Returns the routes of the room.
pub fn routes() -> Vec<Route> {
    routes![show]
}
