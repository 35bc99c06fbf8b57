//! The list of what can be copied to a session, and copying.

use rocket::{Route, get, post, routes};

use super::{operations, pages};
use crate::kernel::fields::{FieldErrors, Message};
use crate::refusals::OperationError;
use crate::web::{Answer, Fields, Member, PageResult, Posted};

#[get("/sessions/<number>/submissions/earlier")]
async fn earlier(member: Member<'_>, number: i32) -> PageResult {
    let actor = member.actor.clone();
    let earlier = member.db.read(move |conn| operations::earlier(conn, &actor, number)).await?;
    pages::earlier(&member, &earlier)
}

#[post("/submissions/<reference>/copy", data = "<posted>")]
async fn copy(member: Member<'_>, reference: &str, posted: Posted<Fields>) -> PageResult {
    let (actor, source, now) = (member.actor.clone(), reference.to_owned(), member.now());
    let Ok(session) = posted.fields.value("session").parse::<i32>() else {
        return Err(OperationError::Invalid(FieldErrors::one("session", Message::new("required"))).into());
    };
    let draft = member.db.write(move |tx| operations::copy(tx, &actor, &source, session, now)).await?;
    let words = member.texts().one("copy-done", "reference", reference);
    Answer::done(format!("/submissions/{}/edit", draft.reference), words)
}

/// Returns the routes of copying.
pub fn routes() -> Vec<Route> {
    routes![earlier, copy]
}
