//! Addresses of co-sponsors: inviting, and the answer of the reader's delegation.

use rocket::{Route, post, routes};

use super::operations;
use super::workflow::Event;
use crate::kernel::code::Code as _;
use crate::submissions::consents::routes::after;
use crate::submissions::forms;
use crate::submissions::operations::Asked;
use crate::web::{Fields, Member, PageError, PageResult, Posted};

#[post("/submissions/<reference>/co-sponsors/invite", data = "<posted>")]
async fn invite(member: Member<'_>, reference: &str, posted: Posted<Fields>) -> PageResult {
    let (actor, now, wanted) = (member.actor.clone(), member.now(), reference.to_owned());
    let codes = posted.fields.values("delegations").to_vec();
    let done = member
        .db
        .write(move |tx| {
            let asked = Asked { actor: &actor, reference: &wanted, seen: None, now };
            operations::invite(tx, &asked, &codes)
        })
        .await;
    after(&member, reference, done, "co-sponsor-done-invite", posted.fields).await
}

#[post("/submissions/<reference>/co-sponsorship/<event>", data = "<posted>")]
async fn answer(member: Member<'_>, reference: &str, event: &str, posted: Posted<Fields>) -> PageResult {
    let is_answer = |event: &Event| matches!(event, Event::Join | Event::Decline | Event::Leave);
    let event = Event::from_code(event).filter(is_answer).ok_or_else(PageError::not_found)?;
    let (actor, now, wanted) = (member.actor.clone(), member.now(), reference.to_owned());
    let seen = forms::revision(&posted.fields);
    let done = member
        .db
        .write(move |tx| {
            let asked = Asked { actor: &actor, reference: &wanted, seen, now };
            operations::answer(tx, &asked, event)
        })
        .await;
    after(&member, reference, done, &format!("co-sponsor-done-{event}"), posted.fields).await
}

/// Returns the routes of co-sponsors.
pub fn routes() -> Vec<Route> {
    routes![invite, answer]
}
