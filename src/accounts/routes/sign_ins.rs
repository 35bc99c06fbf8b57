//! Addresses of signing in and out, of the language, and the place where forms without a sign-in arrive.

use rocket::{Route, get, post, routes};

use crate::accounts::forms::sign_ins::{self as forms, LanguageForm, SignInForm};
use crate::accounts::operations::sign_ins::{self as operations, Credentials, Outcome};
use crate::accounts::pages::{factors, sign_ins as pages};
use crate::kernel::code::Code as _;
use crate::kernel::ids::SignInId;
use crate::kernel::lang::Lang;
use crate::web::{Answer, Browser, Fields, Member, Nothing, PageError, PageResult, Posted, Reader, language};

#[get("/sign-in?<next>")]
fn sign_in_page(reader: &Reader, next: Option<String>) -> PageResult {
    if reader.signed_in.is_some() {
        return Answer::go(next.unwrap_or_default());
    }
    pages::sign_in(reader, next)
}

#[post("/sign-in", data = "<posted>")]
async fn sign_in(reader: &Reader, browser: Browser<'_>, posted: Posted<SignInForm>) -> PageResult {
    let (form, fields) = match posted.take() {
        Ok(taken) => taken,
        Err((fields, errors)) => return pages::again(reader, fields, &errors),
    };
    match operations::sign_in(&reader.db, credentials(reader, &browser, form), reader.now()).await? {
        Outcome::In(token, signed_in) => {
            browser.keep_sign_in(token);
            pages::go_on(&reader.signed_in_as(*signed_in), &fields)
        }
        Outcome::Code(token) => code_follows(reader, &browser, token, &fields),
        Outcome::No => pages::failed(reader, fields),
        Outcome::Wait(until) => pages::wait(reader, fields, until),
    }
}

/// Asks for the code that follows a right password.
fn code_follows(reader: &Reader, browser: &Browser<'_>, token: String, fields: &Fields) -> PageResult {
    browser.keep_sign_in_step(token);
    factors::code(reader, fields)
}

fn credentials(reader: &Reader, browser: &Browser<'_>, form: SignInForm) -> Credentials {
    let replaces = reader.signed_in.as_ref().map(|old| (old.account.id.clone(), old.sign_in.clone()));
    Credentials {
        email: form.email,
        password: form.password,
        address: browser.address,
        machine: browser.machine.clone(),
        replaces,
    }
}

#[post("/sign-out", data = "<_posted>")]
async fn sign_out(reader: &Reader, browser: Browser<'_>, _posted: Posted<Nothing>) -> PageResult {
    if let Some(signed_in) = &reader.signed_in {
        let (account, id, now) = (signed_in.account.id.clone(), signed_in.sign_in.clone(), reader.now());
        reader.db.write(move |tx| operations::sign_out(tx, &account, &id, now)).await?;
    }
    browser.forget_sign_in();
    Answer::done("/", reader.texts().text("sign-out-done"))
}

#[post("/language", data = "<posted>")]
async fn choose_language(reader: &Reader, browser: Browser<'_>, posted: Posted<LanguageForm>) -> PageResult {
    let Ok((form, _)) = posted.take() else { return Answer::go("/") };
    if let Some(lang) = Lang::from_code(&form.language) {
        language::keep(browser.cookies, reader, lang).await?;
    }
    Answer::go(forms::without_language(&form.return_to))
}

#[post("/account/sign-ins/<id>/revoke", data = "<_posted>")]
async fn revoke(member: Member<'_>, id: &str, _posted: Posted<Nothing>) -> PageResult {
    let (actor, id, now) = (member.actor.clone(), SignInId::from(id), member.now());
    member.db.write(move |tx| operations::revoke(tx, &actor, &id, now)).await?;
    Answer::done("/account#sign-ins", member.texts().text("sign-in-revoked"))
}

#[post("/account/sign-ins/revoke-all", data = "<_posted>")]
async fn sign_out_everywhere(member: Member<'_>, browser: Browser<'_>, _posted: Posted<Nothing>) -> PageResult {
    let (actor, now) = (member.actor.clone(), member.now());
    member.db.write(move |tx| operations::sign_out_everywhere(tx, &actor, now)).await?;
    browser.forget_sign_in();
    Answer::done("/sign-in", member.texts().text("sign-out-everywhere-done"))
}

/// Takes every form whose own handler asked for a sign-in and found none: it is kept until there is one.
#[post("/<_..>", data = "<posted>", rank = 100)]
fn interrupted(reader: &Reader, posted: Posted<Fields>) -> PageResult {
    let kept = || forms::keeping(&reader.path, &posted.fields, posted.switch);
    match &reader.signed_in {
        None => pages::interrupted(reader, kept()),
        Some(signed_in) if reader.needs_factor => factors::interrupted(&Member { reader, signed_in }, &kept()),
        Some(_) => Err(PageError::not_found()),
    }
}

/// Returns the routes of the room.
pub fn routes() -> Vec<Route> {
    routes![sign_in_page, sign_in, sign_out, choose_language, sign_out_everywhere, revoke, interrupted]
}
