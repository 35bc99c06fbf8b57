//! The address that the script asks while a title is written.

use rocket::{Route, get, routes};

use super::{operations, pages};
use crate::web::{Member, PageResult};

#[get("/sessions/<number>/similar?<title>&<of>")]
async fn similar(member: Member<'_>, number: i32, title: &str, of: Option<&str>) -> PageResult {
    let (actor, title, of) = (member.actor.clone(), title.to_owned(), of.unwrap_or_default().to_owned());
    let found = member.db.read(move |conn| operations::similar(conn, &actor, number, (&title, &of))).await?;
    pages::part(&member, &found)
}

/// Returns the routes of similar proposals.
pub fn routes() -> Vec<Route> {
    routes![similar]
}
