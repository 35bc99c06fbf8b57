//! Addresses of saved filters.

use rocket::{Route, post, routes};

use super::operations;
use crate::kernel::ids::SavedFilterId;
use crate::refusals::OperationError;
use crate::submissions::forms::filter;
use crate::submissions::routes::reason;
use crate::web::{Answer, Fields, Member, PageResult, Posted};

#[post("/sessions/<number>/submissions/filters", data = "<posted>")]
async fn keep(member: Member<'_>, number: i32, posted: Posted<Fields>) -> PageResult {
    let fields = posted.fields;
    let (actor, now, name) = (member.actor.clone(), member.now(), fields.value("name").to_owned());
    let (filter, shared) = (filter(&fields), fields.value("shared") == "yes");
    let list = format!("/sessions/{number}/submissions?{}", operations::query(&filter));
    let kept = move |tx: &mut crate::db::Tx<'_>| operations::keep(tx, &actor, number, (&name, &filter, shared), now);
    let texts = member.texts();
    match member.db.write(kept).await {
        Ok(()) => Answer::done(list, texts.text("filter-kept")),
        Err(OperationError::Invalid(_)) => Answer::not_done(list, texts.text("filter-name-needed")),
        Err(error) => Answer::not_done(list, reason(&member, error)?),
    }
}

#[post("/sessions/<number>/submissions/filters/<id>/remove", data = "<_posted>")]
async fn remove(member: Member<'_>, number: i32, id: &str, _posted: Posted<Fields>) -> PageResult {
    let (actor, id) = (member.actor.clone(), SavedFilterId::from(id));
    member.db.write(move |tx| operations::remove(tx, &actor, &id)).await?;
    Answer::done(format!("/sessions/{number}/submissions"), member.texts().text("filter-removed"))
}

/// Returns the routes of saved filters.
pub fn routes() -> Vec<Route> {
    routes![keep, remove]
}
