//! The address of the trail.

use rocket::{Route, get, routes};

use super::pages;
use crate::web::paging::Page;
use crate::web::{Member, PageResult};

/// Lines a page.
const LINES: i64 = 50;

#[get("/audit?<page>")]
async fn list(member: Member<'_>, page: Option<i64>) -> PageResult {
    let (page, actor) = (Page::new(page, LINES), member.actor.clone());
    let (part, count) = member.db.read(move |conn| super::read(conn, &actor, page.skip(), page.size)).await?;
    pages::list(&member, page, &part, count)
}

/// Returns the routes of the room.
pub fn routes() -> Vec<Route> {
    routes![list]
}
