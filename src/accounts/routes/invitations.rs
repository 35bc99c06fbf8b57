//! Addresses of inviting and of the page behind an invitation.

use rocket::{Route, get, post, routes};

use crate::accounts::Office;
use crate::accounts::forms::invitations::{AcceptForm, InviteForm, NewPasswordForm};
use crate::accounts::model::invitations::Standing;
use crate::accounts::operations::invitations::{self as operations, Found, NewInvitation};
use crate::accounts::operations::{NewAccount, factors, sign_ins};
use crate::accounts::pages::factors::code;
use crate::accounts::pages::invitations::{self as pages, Towards};
use crate::accounts::password::{self, guessed};
use crate::db::StoreError;
use crate::delegations;
use crate::kernel::code::Code as _;
use crate::kernel::ids::{AccountId, InvitationId};
use crate::kernel::lang::Lang;
use crate::kernel::token::{digest, new_token};
use crate::kernel::zones;
use crate::refusals::OperationError;
use crate::web::{Answer, Browser, Fields, Member, Nothing, PageError, PageResult, Posted, Reader};

#[get("/accounts/invitations/new?<to>")]
async fn invite_page(member: Member<'_>, to: &str) -> PageResult {
    pages::invite(&member, &towards(&member, to).await?, None)
}

/// Finds where an invitation goes: `offices`, or a delegation by its code.
async fn towards(reader: &Reader, to: &str) -> Result<Towards, PageError> {
    if to == "offices" {
        return Ok(Towards::Offices);
    }
    let code = to.to_owned();
    let found = reader.db.read(move |conn| delegations::store::by_code(conn, &code)).await;
    Ok(Towards::Delegation(found?))
}

#[post("/accounts/invitations", data = "<posted>")]
async fn invite(member: Member<'_>, browser: Browser<'_>, posted: Posted<InviteForm>) -> PageResult {
    let towards = towards(&member, posted.fields.value("to")).await?;
    let (form, fields) = match posted.take() {
        Ok(taken) => taken,
        Err(typed) => return pages::invite(&member, &towards, Some(typed)),
    };
    let new = invitation_of(&towards, form, &member).ok_or_else(PageError::not_found)?;
    let ((token, link), actor, now) = (member.site.link_key.new_link(), member.actor.clone(), member.now());
    let made = member.db.write(move |tx| operations::invite(tx, &actor, new.clone(), &link, now)).await;
    match made {
        Ok(invitation) => pages::invited(&member, &invitation, format!("{}/invitations/{token}", browser.origin)),
        Err(OperationError::Invalid(errors)) => pages::invite(&member, &towards, Some((fields, errors))),
        Err(error) => Err(error.into()),
    }
}

fn invitation_of(towards: &Towards, form: InviteForm, reader: &Reader) -> Option<NewInvitation> {
    let place = towards.place(&form.role)?;
    let language = Lang::from_code(&form.language).unwrap_or(reader.lang);
    Some(NewInvitation { email: form.email, name: form.name, place, language })
}

#[post("/accounts/invitations/<id>/withdraw", data = "<_posted>")]
async fn withdraw(member: Member<'_>, id: &str, _posted: Posted<Nothing>) -> PageResult {
    let (actor, id, now) = (member.actor.clone(), InvitationId::from(id), member.now());
    member.db.write(move |tx| operations::withdraw(tx, &actor, &id, now)).await?;
    Answer::done("/accounts", member.texts().text("invitation-withdrawn"))
}

async fn find(reader: &Reader, token: &str) -> Result<Found, PageError> {
    let stored = digest(token);
    Ok(reader.db.read(move |conn| -> Result<_, StoreError> { operations::find(conn, &stored) }).await?)
}

#[get("/invitations/<token>")]
async fn invitation(reader: &Reader, token: &str) -> PageResult {
    pages::invitation(reader, &find(reader, token).await?, None)
}

#[post("/invitations/<token>", data = "<posted>")]
async fn accept(reader: &Reader, browser: Browser<'_>, token: &str, posted: Posted<AcceptForm>) -> PageResult {
    let found = find(reader, token).await?;
    if found.invitation.standing(reader.now()) != Standing::Open {
        return pages::invitation(reader, &found, None);
    }
    if reader.signed_in.is_some() && posted.switch.is_none() {
        return join(reader, token).await;
    }
    match posted.take() {
        Ok((form, fields)) => match guessed(&form.password, &[&form.name, &found.invitation.email]) {
            Some(errors) => pages::invitation(reader, &found, Some((fields, errors))),
            None => accept_anew(reader, &browser, token, &found, form).await,
        },
        Err(typed) => pages::invitation(reader, &found, Some(typed)),
    }
}

#[post("/accounts/<id>/password-link", data = "<_posted>")]
async fn restore(member: Member<'_>, browser: Browser<'_>, id: &str, _posted: Posted<Nothing>) -> PageResult {
    let ((token, link), actor, id) = (member.site.link_key.new_link(), member.actor.clone(), AccountId::from(id));
    let now = member.now();
    let made = member.db.write(move |tx| operations::restore(tx, &actor, &id, &link, now)).await?;
    pages::invited(&member, &made, format!("{}/invitations/{token}", browser.origin))
}

#[post("/invitations/<token>/password", data = "<posted>")]
async fn set_password(
    reader: &Reader,
    browser: Browser<'_>,
    token: &str,
    posted: Posted<NewPasswordForm>,
) -> PageResult {
    let found = find(reader, token).await?;
    if found.invitation.standing(reader.now()) != Standing::Open {
        return pages::invitation(reader, &found, None);
    }
    match posted.take() {
        Ok((form, fields)) => match guessed(&form.password, &[&found.invitation.name, &found.invitation.email]) {
            Some(errors) => pages::invitation(reader, &found, Some((fields, errors))),
            None => come_back(reader, &browser, token, form).await,
        },
        Err(typed) => pages::invitation(reader, &found, Some(typed)),
    }
}

/// Sets the new password and signs in with it.
async fn come_back(reader: &Reader, browser: &Browser<'_>, token: &str, form: NewPasswordForm) -> PageResult {
    let hash = password::hash(form.password).await;
    let (stored, cookie, machine, now) = (digest(token), new_token(), browser.machine.clone(), reader.now());
    let kept = digest(&cookie);
    let begun = reader
        .db
        .write(move |tx| -> Result<_, OperationError> {
            let account = operations::accept_return(tx, &stored, &hash, now)?;
            if factors::begin_step(tx, &account, &kept, now)? {
                return Ok(None);
            }
            sign_ins::begin(tx, &account, &machine, &kept, now).map(Some)
        })
        .await?;
    let Some(begun) = begun else {
        browser.keep_sign_in_step(cookie);
        return code(reader, &Fields::none());
    };
    browser.keep_sign_in(cookie);
    Answer::done("/", reader.signed_in_as(begun).texts().text("password-set-done"))
}

/// Accepts with the account that is signed in.
async fn join(reader: &Reader, token: &str) -> PageResult {
    let (actor, stored, now) = (reader.actor.clone(), digest(token), reader.now());
    reader.db.write(move |tx| operations::accept(tx, &actor, &stored, now)).await?;
    Answer::done("/", reader.texts().text("invitation-accepted"))
}

/// Accepts with a new account, which is then signed in.
async fn accept_anew(
    reader: &Reader,
    browser: &Browser<'_>,
    token: &str,
    found: &Found,
    form: AcceptForm,
) -> PageResult {
    let person = NewAccount {
        email: found.invitation.email.clone(),
        name: form.name,
        office: Office::None,
        language: Lang::from_code(&form.language).unwrap_or(reader.lang),
        time_zone: zones::of_country(found.delegation.as_ref().map_or("", |delegation| delegation.code.as_str())),
        password_hash: password::hash(form.password).await,
    };
    let (stored, cookie, machine, now) = (digest(token), new_token(), browser.machine.clone(), reader.now());
    let kept = digest(&cookie);
    let begun = reader
        .db
        .write(move |tx| -> Result<_, OperationError> {
            let account = operations::accept_anew(tx, &stored, person.clone(), now)?;
            sign_ins::begin(tx, &account, &machine, &kept, now)
        })
        .await?;
    browser.keep_sign_in(cookie);
    Answer::done("/", reader.signed_in_as(begun).texts().text("invitation-accepted"))
}

/// Returns the routes of the room.
pub fn routes() -> Vec<Route> {
    routes![invite_page, invite, withdraw, restore, invitation, accept, set_password]
}
