//! Addresses of the room.

use rocket::{Route, get, post, routes};

use super::forms::DelegationForm;
use super::model::{Delegation, DelegationKind};
use super::{operations, pages};
use crate::kernel::code::Code as _;
use crate::refusals::OperationError;
use crate::web::{Answer, Member, PageError, PageResult, Posted};

#[get("/delegations")]
async fn list(member: Member<'_>) -> PageResult {
    let actor = member.actor.clone();
    let delegations = member.db.read(move |conn| operations::list(conn, &actor)).await?;
    pages::list(&member, delegations)
}

#[get("/delegations/new")]
fn new_page(member: Member<'_>) -> PageResult {
    operations::must_manage(&member.actor)?;
    pages::form(&member, None, None)
}

#[post("/delegations", data = "<posted>")]
async fn add(member: Member<'_>, posted: Posted<DelegationForm>) -> PageResult {
    operations::must_manage(&member.actor)?;
    let (form, fields) = match posted.take() {
        Ok(taken) => taken,
        Err(typed) => return pages::form(&member, None, Some(typed)),
    };
    match added(&member, form).await {
        Ok(()) => Answer::done("/delegations", member.texts().text("delegation-added")),
        Err(OperationError::Invalid(errors)) => pages::form(&member, None, Some((fields, errors))),
        Err(error) => Err(error.into()),
    }
}

async fn added(member: &Member<'_>, form: DelegationForm) -> Result<(), OperationError> {
    let (actor, now) = (member.actor.clone(), member.now());
    let code = form.code.trim().to_uppercase();
    let kind = DelegationKind::from_code(&form.kind).unwrap_or(DelegationKind::Country);
    let particulars = form.particulars();
    member.db.write(move |tx| operations::add(tx, &actor, &code, kind, particulars.clone(), now)).await
}

#[get("/delegations/<code>/edit")]
async fn edit_page(member: Member<'_>, code: &str) -> PageResult {
    pages::form(&member, Some(&find(&member, code).await?), None)
}

async fn find(member: &Member<'_>, code: &str) -> Result<Delegation, PageError> {
    let (actor, code) = (member.actor.clone(), code.to_owned());
    Ok(member.db.read(move |conn| operations::find(conn, &actor, &code)).await?)
}

#[post("/delegations/<code>", data = "<posted>")]
async fn change(member: Member<'_>, code: &str, posted: Posted<DelegationForm>) -> PageResult {
    let stored = find(&member, code).await?;
    let (form, _) = match posted.take() {
        Ok(taken) => taken,
        Err(typed) => return pages::form(&member, Some(&stored), Some(typed)),
    };
    changed(&member, stored.code, form).await?;
    Answer::done("/delegations", member.texts().text("delegation-changed"))
}

async fn changed(member: &Member<'_>, code: String, form: DelegationForm) -> Result<(), OperationError> {
    let (actor, now, edition) = (member.actor.clone(), member.now(), form.edition.clone());
    let particulars = form.particulars();
    member.db.write(move |tx| operations::change(tx, &actor, &code, &edition, particulars.clone(), now)).await
}

/// Returns the routes of the room.
pub fn routes() -> Vec<Route> {
    routes![list, new_page, add, edit_page, change]
}
