//! Addresses of the room: the list of accounts, one's own account, and acts on others.

pub mod factors;
pub mod invitations;
pub mod resets;
pub mod sign_ins;

use rocket::{Route, get, post, routes};

use super::forms::{PasswordForm, ProfileForm};
use super::model::sign_ins::SignIn;
use super::operations::{self, PasswordOutcome};
use super::pages;
use super::password::guessed;
use crate::kernel::code::Code as _;
use crate::kernel::ids::{AccountId, AccreditationId};
use crate::kernel::lang::Lang;
use crate::kernel::zones::offered;
use crate::outbox::{self, Pace};
use crate::policy::Capacity;
use crate::refusals::OperationError;
use crate::web::{Answer, Member, Nothing, PageError, PageResult, Posted};

#[get("/accounts")]
async fn list(member: Member<'_>) -> PageResult {
    let (actor, now) = (member.actor.clone(), member.now());
    let directory = member.db.read(move |conn| operations::directory(conn, &actor, now)).await?;
    pages::list(&member, &directory)
}

#[post("/accounts/<id>/disable", data = "<_posted>")]
async fn disable(member: Member<'_>, id: &str, _posted: Posted<Nothing>) -> PageResult {
    let (actor, id, now) = (member.actor.clone(), AccountId::from(id), member.now());
    member.db.write(move |tx| operations::disable(tx, &actor, &id, now)).await?;
    Answer::done("/accounts", member.texts().text("account-disabled"))
}

#[post("/accounts/<id>/enable", data = "<_posted>")]
async fn enable(member: Member<'_>, id: &str, _posted: Posted<Nothing>) -> PageResult {
    let (actor, id, now) = (member.actor.clone(), AccountId::from(id), member.now());
    member.db.write(move |tx| operations::enable(tx, &actor, &id, now)).await?;
    Answer::done("/accounts", member.texts().text("account-enabled"))
}

#[post("/accounts/accreditations/<id>/end", data = "<_posted>")]
async fn end_accreditation(member: Member<'_>, id: &str, _posted: Posted<Nothing>) -> PageResult {
    let (actor, id, now) = (member.actor.clone(), AccreditationId::from(id), member.now());
    member.db.write(move |tx| operations::end_accreditation(tx, &actor, &id, now)).await?;
    Answer::done("/accounts", member.texts().text("accreditation-ended"))
}

#[post("/accounts/accreditations/<id>/capacity", data = "<posted>")]
async fn change_capacity(member: Member<'_>, id: &str, posted: Posted<Nothing>) -> PageResult {
    let (actor, id, now) = (member.actor.clone(), AccreditationId::from(id), member.now());
    let to = Capacity::from_code(posted.fields.value("capacity")).ok_or_else(PageError::not_found)?;
    member.db.write(move |tx| operations::change_capacity(tx, &actor, &id, to, now)).await?;
    Answer::done("/accounts", member.texts().text("accreditation-changed"))
}

#[get("/account")]
async fn own(member: Member<'_>) -> PageResult {
    pages::own(&member, &own_facts(&member).await?, None)
}

async fn own_facts(member: &Member<'_>) -> Result<(Vec<SignIn>, Pace), PageError> {
    let (actor, now) = (member.actor.clone(), member.now());
    let facts = member.db.read(move |conn| -> Result<_, OperationError> {
        Ok((operations::sign_ins::list(conn, &actor, now)?, outbox::operations::pace(conn, &actor)?))
    });
    Ok(facts.await?)
}

#[post("/account", data = "<posted>")]
async fn change_profile(member: Member<'_>, posted: Posted<ProfileForm>) -> PageResult {
    let (form, _) = match posted.take() {
        Ok(taken) => taken,
        Err(typed) => return pages::own(&member, &own_facts(&member).await?, Some(typed)),
    };
    let (actor, now) = (member.actor.clone(), member.now());
    let language = Lang::from_code(&form.language).unwrap_or(member.lang);
    let zone = offered(&form.time_zone).unwrap_or(member.zone);
    let profile = (form.name, language, zone);
    member.db.write(move |tx| operations::change_profile(tx, &actor, &profile, now)).await?;
    Answer::done("/account", crate::i18n::Texts::of(language).text("account-saved"))
}

#[get("/account/password")]
fn password_page(member: Member<'_>) -> PageResult {
    pages::password(&member)
}

#[post("/account/password", data = "<posted>")]
async fn change_password(member: Member<'_>, posted: Posted<PasswordForm>) -> PageResult {
    let (form, _) = match posted.take() {
        Ok(taken) => taken,
        Err((_, errors)) => return pages::password_again(&member, &errors),
    };
    let account = &member.signed_in.account;
    if let Some(errors) = guessed(&form.password, &[&account.name, &account.email]) {
        return pages::password_again(&member, &errors);
    }
    let (sign_in, passwords) = (member.signed_in.sign_in.clone(), (form.old_password, form.password));
    match operations::change_password(&member.db, &member.actor, sign_in, passwords, member.now()).await? {
        PasswordOutcome::Changed => Answer::done("/account", member.texts().text("password-changed")),
        PasswordOutcome::Wrong => pages::password_wrong(&member),
        PasswordOutcome::Wait(until) => pages::password_wait(&member, until),
    }
}

/// Returns the routes of the room and of the rooms within.
pub fn routes() -> Vec<Route> {
    let own = routes![
        list,
        disable,
        enable,
        end_accreditation,
        change_capacity,
        own,
        change_profile,
        password_page,
        change_password
    ];
    [own, factors::routes(), invitations::routes(), resets::routes(), sign_ins::routes()]
        .into_iter()
        .flatten()
        .collect()
}
