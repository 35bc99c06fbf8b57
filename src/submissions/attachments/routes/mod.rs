//! Addresses of attached files: their page, attaching and taking out, uploads that go on, and the files themselves.

mod resumable;
mod serving;
mod sweeper;
mod whole_form;

use rocket::http::Status;
use rocket::{Route, State, error, get, post, routes};

pub use sweeper::Sweeper;

use super::operations::carrying::{Carrier, CarryError};
use super::operations::{self, Asked};
use super::pages;
use crate::depot::Depot;
use crate::kernel::ids::AttachmentId;
use crate::submissions::routes::reason;
use crate::web::{Answer, Fields, Member, PageError, PageResult, Posted, Reader};

/// Returns who asks about which submission.
fn asked(reader: &Reader, reference: &str) -> Asked {
    Asked { actor: reader.actor.clone(), reference: reference.to_owned(), now: reader.now() }
}

/// Returns where rows and files are.
fn carrier(reader: &Reader, depot: &Depot) -> Carrier {
    Carrier { db: reader.db.clone(), depot: depot.clone() }
}

#[get("/submissions/<reference>/attachments")]
async fn page(member: Member<'_>, reference: &str) -> PageResult {
    shown(&member, reference, None).await
}

/// Shows the files of a submission, and why something was not done.
async fn shown(reader: &Reader, reference: &str, not_done: Option<(Status, String)>) -> PageResult {
    let asked = asked(reader, reference);
    let listing = reader.db.read(move |conn| operations::list(conn, &asked)).await?;
    pages::page(reader, &listing, not_done)
}

/// Words why a file was not carried, with the status that fits; what the reader cannot mend is logged.
fn not_carried(reader: &Reader, error: CarryError) -> Result<(Status, String), PageError> {
    match error {
        CarryError::Operation(error) => Ok((Status::Conflict, reason(reader, error)?)),
        CarryError::Depot(error) => {
            error!("request {}: {}: {error}", reader.request, reader.path);
            Ok((Status::ServiceUnavailable, reader.texts().text("refusal-attachment-store")))
        }
    }
}

/// Goes back to the page of the files, or shows there why nothing was done.
async fn after(reader: &Reader, reference: &str, done: Result<String, CarryError>) -> PageResult {
    match done {
        Ok(words) => Answer::done(pages::address(reference), words),
        Err(error) => shown(reader, reference, Some(not_carried(reader, error)?)).await,
    }
}

#[post("/submissions/<reference>/attachments/<attachment>/remove", data = "<_posted>")]
async fn remove(
    member: Member<'_>,
    reference: &str,
    attachment: &str,
    depot: &State<Depot>,
    _posted: Posted<Fields>,
) -> PageResult {
    let done = carrier(&member, depot).remove(&asked(&member, reference), &AttachmentId::from(attachment)).await;
    let words = done.map(|one| member.texts().one("attachment-done-remove", "name", one.name));
    after(&member, reference, words).await
}

#[post("/submissions/<reference>/attachments/<attachment>/public", data = "<posted>")]
async fn public(member: Member<'_>, reference: &str, attachment: &str, posted: Posted<Fields>) -> PageResult {
    let (asked, id, is_public) =
        (asked(&member, reference), AttachmentId::from(attachment), posted.fields.value("public") == "yes");
    let done = member.db.write(move |tx| operations::set_public(tx, &asked, &id, is_public)).await;
    let key = if is_public { "attachment-done-show" } else { "attachment-done-hide" };
    let words = done.map(|one| member.texts().one(key, "name", one.name)).map_err(CarryError::from);
    after(&member, reference, words).await
}

/// Returns the routes of attached files.
pub fn routes() -> Vec<Route> {
    let own = routes![page, remove, public];
    own.into_iter().chain(whole_form::routes()).chain(resumable::routes()).chain(serving::routes()).collect()
}
