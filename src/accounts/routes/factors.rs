//! Addresses of the second factor: one's own, the code at the sign-in, taking a lost one away.

use rocket::{Route, get, post, routes};

use crate::accounts::forms::factors::{ChangeForm, CodeForm, SetUpForm, Wanted};
use crate::accounts::operations::factors::{self as operations, Changed, Outcome, SecondStep, Standing};
use crate::accounts::pages::{factors as pages, sign_ins};
use crate::db::Tx;
use crate::kernel::fields::{FieldErrors, Message};
use crate::kernel::ids::AccountId;
use crate::refusals::OperationError;
use crate::web::{Answer, Browser, Fields, Member, Nothing, PageError, PageResult, Posted, Reader};

#[get("/account/second-factor?<next>")]
async fn factor(member: Member<'_>, next: Option<String>) -> PageResult {
    let standing = standing(&member).await?;
    match standing.since {
        Some(_) => pages::factor(&member, &standing),
        None => pages::set_up(&member, &Fields::none().set("next", next.unwrap_or_default())),
    }
}

async fn standing(member: &Member<'_>) -> Result<Standing, PageError> {
    let actor = member.actor.clone();
    Ok(member.db.read(move |conn| operations::standing(conn, &actor)).await?)
}

#[post("/account/second-factor", data = "<posted>")]
async fn set_up(member: Member<'_>, posted: Posted<SetUpForm>) -> PageResult {
    let (form, fields) = match posted.take() {
        Ok(taken) => taken,
        Err((fields, errors)) => return pages::set_up_again(&member, &fields, &errors),
    };
    let (actor, key, now) = (member.actor.clone(), member.site.factor_key.clone(), member.now());
    let sign_in = member.signed_in.sign_in.clone();
    let set = move |tx: &mut Tx<'_>| operations::set_up(tx, &actor, &key, (&sign_in, &form.seed, &form.code), now);
    match member.db.write(set).await {
        Ok(codes) => pages::codes(&member, codes, &fields),
        Err(OperationError::Invalid(errors)) => pages::set_up_again(&member, &fields, &errors),
        Err(other) => Err(other.into()),
    }
}

#[post("/account/second-factor/change", data = "<posted>")]
async fn change(member: Member<'_>, posted: Posted<ChangeForm>) -> PageResult {
    let standing = standing(&member).await?;
    let wanted = posted.take().and_then(|(form, fields)| match form.wanted() {
        Ok(wanted) => Ok((wanted, fields)),
        Err(errors) => Err((fields, errors)),
    });
    match wanted {
        Ok((wanted, fields)) => changed(&member, &standing, wanted, &fields).await,
        Err((_, errors)) => pages::factor_again(&member, &standing, &errors),
    }
}

/// Makes new recovery codes, or switches off.
async fn changed(member: &Member<'_>, standing: &Standing, wanted: Wanted, fields: &Fields) -> PageResult {
    let wrong = |field, code| pages::factor_again(member, standing, &FieldErrors::one(field, Message::new(code)));
    match operations::change(&member.db, &member.actor, &member.site.factor_key, wanted, member.now()).await? {
        Changed::Codes(codes) => pages::codes(member, codes, fields),
        Changed::Off => Answer::done("/account", member.texts().text("factor-off-done")),
        Changed::WrongPassword => wrong("password", "password-wrong"),
        Changed::WrongCode => wrong("code", "factor-code"),
        Changed::Wait(until) => pages::factor_wait(member, standing, until),
    }
}

#[get("/sign-in/code")]
fn code_page(reader: &Reader, browser: Browser<'_>) -> PageResult {
    match browser.sign_in_step() {
        Some(_) if reader.signed_in.is_none() => pages::code(reader, &Fields::none()),
        _ => Answer::go("/sign-in"),
    }
}

#[post("/sign-in/code", data = "<posted>")]
async fn code(reader: &Reader, browser: Browser<'_>, posted: Posted<CodeForm>) -> PageResult {
    let (form, fields) = match posted.take() {
        Ok(taken) => taken,
        Err((fields, errors)) => return pages::code_again(reader, &fields, &errors),
    };
    match (browser.sign_in_step(), form.typed()) {
        (None, _) => sign_ins::over(reader, fields),
        (Some(_), Err(errors)) => pages::code_again(reader, &fields, &errors),
        (Some(token), Ok(code)) => finish(reader, &browser, (token, code), fields).await,
    }
}

/// Signs in with the code that follows the password.
async fn finish(reader: &Reader, browser: &Browser<'_>, (token, code): (String, String), fields: Fields) -> PageResult {
    let replaces = reader.signed_in.as_ref().map(|old| (old.account.id.clone(), old.sign_in.clone()));
    let step = SecondStep { token, code, address: browser.address, machine: browser.machine.clone(), replaces };
    match operations::finish(&reader.db, &reader.site.factor_key, step, reader.now()).await? {
        Outcome::In(token, signed_in) => {
            browser.forget_sign_in_step();
            browser.keep_sign_in(token);
            sign_ins::go_on(&reader.signed_in_as(*signed_in), &fields)
        }
        Outcome::No => pages::code_wrong(reader, &fields),
        Outcome::Over => sign_ins::over(reader, fields),
        Outcome::Wait(until) => pages::code_wait(reader, &fields, until),
    }
}

#[post("/accounts/<id>/second-factor/remove", data = "<_posted>")]
async fn remove(member: Member<'_>, id: &str, _posted: Posted<Nothing>) -> PageResult {
    let (actor, id, now) = (member.actor.clone(), AccountId::from(id), member.now());
    member.db.write(move |tx| operations::remove(tx, &actor, &id, now)).await?;
    Answer::done("/accounts", member.texts().text("factor-removed"))
}

/// Returns the routes of the room.
pub fn routes() -> Vec<Route> {
    routes![factor, set_up, change, code_page, code, remove]
}
