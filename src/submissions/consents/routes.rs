//! Addresses of consents: the answer of the reader's delegation, and taking a country out.

use rocket::{Route, post, routes};

use super::operations;
use super::workflow::Event;
use crate::kernel::code::Code as _;
use crate::kernel::fields::FieldErrors;
use crate::refusals::OperationError;
use crate::submissions::forms;
use crate::submissions::operations::Asked;
use crate::submissions::pages::{self, Again};
use crate::submissions::routes::{opened, reason};
use crate::web::{Answer, Fields, Member, PageError, PageResult, Posted, Reader};

#[post("/submissions/<reference>/consent/<event>", data = "<posted>")]
async fn answer(member: Member<'_>, reference: &str, event: &str, posted: Posted<Fields>) -> PageResult {
    let event = Event::from_code(event).filter(|event| *event != Event::AskAgain).ok_or_else(PageError::not_found)?;
    let (actor, now, wanted) = (member.actor.clone(), member.now(), reference.to_owned());
    let (seen, note) = (forms::revision(&posted.fields), posted.fields.value("note").to_owned());
    let done = member
        .db
        .write(move |tx| {
            let asked = Asked { actor: &actor, reference: &wanted, seen, now };
            operations::answer(tx, &asked, event, &note)
        })
        .await;
    after(&member, reference, done, &format!("consent-done-{event}"), posted.fields).await
}

#[post("/submissions/<reference>/countries/<country>/remove", data = "<posted>")]
async fn remove(member: Member<'_>, reference: &str, country: &str, posted: Posted<Fields>) -> PageResult {
    let (actor, now, wanted, code) = (member.actor.clone(), member.now(), reference.to_owned(), country.to_owned());
    let seen = forms::revision(&posted.fields);
    let done = member
        .db
        .write(move |tx| {
            let asked = Asked { actor: &actor, reference: &wanted, seen, now };
            operations::remove_country(tx, &asked, &code)
        })
        .await;
    after(&member, reference, done, "consent-done-remove", posted.fields).await
}

/// Goes back to the page of the submission, or shows there why nothing was done, with what was typed.
pub(in crate::submissions) async fn after(
    reader: &Reader,
    reference: &str,
    done: Result<(), OperationError>,
    key: &str,
    fields: Fields,
) -> PageResult {
    let again = match done {
        Ok(()) => return Answer::done(format!("/submissions/{reference}"), reader.texts().text(key)),
        Err(OperationError::Invalid(errors)) => Again { fields, errors, reason: None },
        Err(error) => Again { fields, errors: FieldErrors::none(), reason: Some(reason(reader, error)?) },
    };
    pages::view(reader, &opened(reader, reference).await?, false, Some(&again))
}

/// Returns the routes of consents.
pub fn routes() -> Vec<Route> {
    routes![answer, remove]
}
