//! Addresses of the room.

use rocket::{Route, get, post, routes};

use super::forms::DelegationForm;
use super::model::{Delegation, DelegationKind};
use super::{operations, pages};
use crate::kernel::code::Code as _;
use crate::policy::{Action, Target, decide};
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
    decide(&member.actor, Action::ManageDelegations, &Target::none())?;
    pages::form(&member, None, None)
}

#[post("/delegations", data = "<posted>")]
async fn add(member: Member<'_>, posted: Posted<DelegationForm>) -> PageResult {
    decide(&member.actor, Action::ManageDelegations, &Target::none())?;
    let (form, fields) = match posted.take() {
        Ok(taken) => taken,
        Err(typed) => return pages::form(&member, None, Some(typed)),
    };
    let (actor, now) = (member.actor.clone(), member.now());
    let code = form.code.trim().to_uppercase();
    let kind = DelegationKind::from_code(&form.kind).unwrap_or(DelegationKind::Country);
    let particulars = form.particulars();
    let added = member.db.write(move |tx| operations::add(tx, &actor, &code, kind, particulars.clone(), now)).await;
    match added {
        Ok(()) => Answer::done("/delegations", member.texts().text("delegation-added")),
        Err(OperationError::Invalid(errors)) => pages::form(&member, None, Some((fields, errors))),
        Err(error) => Err(error.into()),
    }
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
    let (actor, now, edition) = (member.actor.clone(), member.now(), form.edition.clone());
    let particulars = form.particulars();
    let code = stored.code;
    let act =
        move |tx: &mut crate::db::Tx<'_>| operations::change(tx, &actor, &code, &edition, particulars.clone(), now);
    member.db.write(act).await?;
    Answer::done("/delegations", member.texts().text("delegation-changed"))
}

/// Returns the routes of the room.
pub fn routes() -> Vec<Route> {
    routes![list, new_page, add, edit_page, change]
}
