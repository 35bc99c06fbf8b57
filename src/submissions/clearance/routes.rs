//! Addresses of the steps that a delegation sets. What is done at a step is an act on the submission.

use rocket::{Route, get, post, routes};

use super::forms::{self, EDITION};
use super::model::edition;
use super::operations::{self, Sheet};
use super::pages;
use crate::kernel::fields::FieldErrors;
use crate::refusals::OperationError;
use crate::web::{Answer, Fields, Member, PageError, PageResult, Posted};

#[get("/delegations/<code>/clearance")]
async fn steps_page(member: Member<'_>, code: &str) -> PageResult {
    pages::steps(&member, &sheet(&member, code).await?, None, None)
}

async fn sheet(member: &Member<'_>, code: &str) -> Result<Sheet, PageError> {
    let (actor, code, now) = (member.actor.clone(), code.to_owned(), member.now());
    Ok(member.db.read(move |conn| operations::sheet(conn, &actor, &code, now)).await?)
}

#[post("/delegations/<code>/clearance", data = "<posted>")]
async fn set_steps(member: Member<'_>, code: &str, posted: Posted<Fields>) -> PageResult {
    let sheet = sheet(&member, code).await?;
    let (_, fields) = match posted.take() {
        Ok(taken) => taken,
        Err(typed) => return pages::steps(&member, &sheet, Some(typed), None),
    };
    match set(&member, code, &fields).await {
        Ok(()) => Answer::done(member.path.clone(), member.texts().text("clearance-set")),
        Err(OperationError::Invalid(errors)) => pages::steps(&member, &sheet, Some((fields, errors)), None),
        Err(OperationError::Stale) => overtaken(&member, &sheet, fields),
        Err(error) => Err(error.into()),
    }
}

/// Shows what was typed over steps that somebody else has set meanwhile; saving it again is then meant.
fn overtaken(member: &Member<'_>, sheet: &Sheet, fields: Fields) -> PageResult {
    let typed = (fields.set(EDITION, edition(&sheet.steps)), FieldErrors::none());
    pages::steps(member, sheet, Some(typed), Some(member.texts().text("clearance-overtaken")))
}

async fn set(member: &Member<'_>, code: &str, fields: &Fields) -> Result<(), OperationError> {
    let steps = forms::steps(fields)?;
    let (actor, code, now, seen) =
        (member.actor.clone(), code.to_owned(), member.now(), fields.value(EDITION).to_owned());
    member.db.write(move |tx| operations::set(tx, &actor, &code, (&steps, &seen), now)).await
}

/// Returns the routes of the steps.
pub fn routes() -> Vec<Route> {
    routes![steps_page, set_steps]
}
