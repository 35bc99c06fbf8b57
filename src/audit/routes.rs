//! The address of the trail.

use rocket::{Route, get, routes};

use super::pages;
use crate::policy::{Action, Target, decide};
use crate::refusals::OperationError;
use crate::web::paging::Page;
use crate::web::{Member, PageResult};

/// Lines a page.
const LINES: i64 = 50;

#[get("/audit?<page>")]
async fn list(member: Member<'_>, page: Option<i64>) -> PageResult {
    decide(&member.actor, Action::ViewAudit, &Target::none())?;
    let page = Page::new(page, LINES);
    let (lines, count, names) = member
        .db
        .read(move |conn| -> Result<_, OperationError> {
            let (lines, count) = super::newest(conn, page.skip(), page.size)?;
            let names = super::names(conn, &lines)?;
            Ok((lines, count, names))
        })
        .await?;
    pages::list(&member, page, &lines, count, &names)
}

/// Returns the routes of the room.
pub fn routes() -> Vec<Route> {
    routes![list]
}
