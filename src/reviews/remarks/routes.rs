//! The address of the comments for the delegation.

use rocket::{Route, get, routes};

use super::{operations, pages};
use crate::web::PageResult;
use crate::web::reader::Member;

#[get("/submissions/<reference>/reviewers-comments")]
async fn comments(member: Member<'_>, reference: &str) -> PageResult {
    let (actor, reference, now) = (member.actor.clone(), reference.to_owned(), member.now());
    let (opened, comments) = member.db.read(move |conn| operations::comments(conn, &actor, &reference, now)).await?;
    pages::comments(&member, &opened, comments)
}

/// Returns the routes of the remarks.
pub fn routes() -> Vec<Route> {
    routes![comments]
}
