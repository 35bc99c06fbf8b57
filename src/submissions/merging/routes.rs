//! Addresses of merging.

use rocket::{Route, get, post, routes};

use super::operations::{self, Proposed};
use super::pages;
use crate::kernel::fields::FieldErrors;
use crate::refusals::OperationError;
use crate::submissions::consents::routes::after;
use crate::submissions::forms;
use crate::submissions::operations::Asked;
use crate::web::again::Again;
use crate::web::{Answer, Fields, Member, PageError, PageResult, Posted, Reader};

#[get("/submissions/<reference>/merge?<into>")]
async fn page(member: Member<'_>, reference: &str, into: &str) -> PageResult {
    pages::merge(&member, &proposed(&member, reference, into).await?, None)
}

async fn proposed(reader: &Reader, reference: &str, into: &str) -> Result<Proposed, PageError> {
    let (actor, reference, into) = (reader.actor.clone(), reference.to_owned(), into.to_owned());
    Ok(reader.db.read(move |conn| operations::propose(conn, &actor, &reference, &into)).await?)
}

#[post("/submissions/<reference>/merge?<into>", data = "<posted>")]
async fn merge(member: Member<'_>, reference: &str, into: &str, posted: Posted<Fields>) -> PageResult {
    let is_switched = posted.switch.is_some();
    let fields = posted.fields;
    let again = match merged(&member, reference, into, &fields, is_switched).await {
        Ok(true) => {
            let words = member.texts().one("merge-done", "reference", reference);
            return Answer::done(format!("/submissions/{into}"), words);
        }
        Ok(false) => Again::Wrong(FieldErrors::none()),
        Err(error) => Again::of(error)?,
    };
    pages::merge(&member, &proposed(&member, reference, into).await?, Some((fields, again)))
}

/// Merges, unless only the language was switched; returns whether it did.
async fn merged(
    reader: &Reader,
    reference: &str,
    into: &str,
    fields: &Fields,
    is_switched: bool,
) -> Result<bool, OperationError> {
    if is_switched {
        return Ok(false);
    }
    let (actor, now, reference, into) = (reader.actor.clone(), reader.now(), reference.to_owned(), into.to_owned());
    let seen = forms::revision(fields);
    let seen_into = fields.value("into_revision").parse().unwrap_or(0);
    let note = fields.value("note").to_owned();
    reader
        .db
        .write(move |tx| {
            let asked = Asked { actor: &actor, reference: &reference, seen, now };
            operations::merge(tx, &asked, (&into, seen_into), &note)
        })
        .await?;
    Ok(true)
}

#[post("/submissions/<reference>/unmerge", data = "<posted>")]
async fn unmerge(member: Member<'_>, reference: &str, posted: Posted<Fields>) -> PageResult {
    let (actor, now, wanted) = (member.actor.clone(), member.now(), reference.to_owned());
    let done = member
        .db
        .write(move |tx| operations::unmerge(tx, &Asked { actor: &actor, reference: &wanted, seen: None, now }))
        .await;
    after(&member, reference, done, "merge-taken-back", posted.fields).await
}

/// Returns the routes of merging.
pub fn routes() -> Vec<Route> {
    routes![page, merge, unmerge]
}
