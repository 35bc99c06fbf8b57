//! Addresses of clarifications: a question, and its answer.

use rocket::{Route, post, routes};

use super::model::Reach;
use super::operations;
use crate::kernel::code::Code as _;
use crate::kernel::ids::ClarificationId;
use crate::submissions::consents::routes::after;
use crate::submissions::operations::Asked;
use crate::web::{Fields, Member, PageResult, Posted};

#[post("/submissions/<reference>/clarifications", data = "<posted>")]
async fn ask(member: Member<'_>, reference: &str, posted: Posted<Fields>) -> PageResult {
    let (actor, now, wanted) = (member.actor.clone(), member.now(), reference.to_owned());
    // Why: without a choice fewer read it.
    let reach = Reach::from_code(posted.fields.value("reach")).unwrap_or(Reach::Secretariat);
    let question = posted.fields.value("question").to_owned();
    let done = member
        .db
        .write(move |tx| {
            let asked = Asked { actor: &actor, reference: &wanted, seen: None, now };
            operations::ask(tx, &asked, reach, &question)
        })
        .await;
    after(&member, reference, done, "clarification-done-ask", posted.fields).await
}

#[post("/submissions/<reference>/clarifications/<id>", data = "<posted>")]
async fn answer(member: Member<'_>, reference: &str, id: &str, posted: Posted<Fields>) -> PageResult {
    let (actor, now, wanted) = (member.actor.clone(), member.now(), reference.to_owned());
    let (id, text) = (ClarificationId::from(id), posted.fields.value("answer").to_owned());
    let done = member
        .db
        .write(move |tx| {
            let asked = Asked { actor: &actor, reference: &wanted, seen: None, now };
            operations::answer(tx, &asked, &id, &text)
        })
        .await;
    after(&member, reference, done, "clarification-done-answer", posted.fields).await
}

/// Returns the routes of clarifications.
pub fn routes() -> Vec<Route> {
    routes![ask, answer]
}
