//! Addresses of one's own tokens.

use chrono::TimeDelta;
use rocket::{Route, get, post, routes};

use crate::api::forms::TokenForm;
use crate::api::model::{NewToken, Scope, Token, new_text};
use crate::api::operations;
use crate::api::pages::tokens as pages;
use crate::kernel::code::Code as _;
use crate::kernel::ids::ApiTokenId;
use crate::kernel::token::digest;
use crate::refusals::OperationError;
use crate::web::{Answer, Member, Nothing, PageError, PageResult, Posted};

async fn own(member: &Member<'_>) -> Result<Vec<Token>, PageError> {
    let (actor, now) = (member.actor.clone(), member.now());
    Ok(member.db.read(move |conn| operations::list(conn, &actor, now)).await?)
}

#[get("/account/tokens")]
async fn list(member: Member<'_>) -> PageResult {
    pages::show(&member, &own(&member).await?)
}

#[post("/account/tokens", data = "<posted>")]
async fn make(member: Member<'_>, posted: Posted<TokenForm>) -> PageResult {
    let (form, fields) = match posted.take() {
        Ok(taken) => taken,
        Err((fields, errors)) => return pages::again(&member, &own(&member).await?, fields, &errors),
    };
    let text = new_text();
    let (actor, now, stored, new) = (member.actor.clone(), member.now(), digest(&text), asked(&form));
    match member.db.write(move |tx| operations::make(tx, &actor, &new, &stored, now)).await {
        Ok(_) => pages::made(&member, &own(&member).await?, text),
        Err(OperationError::Invalid(errors)) => pages::again(&member, &own(&member).await?, fields, &errors),
        Err(error) => Err(error.into()),
    }
}

fn asked(form: &TokenForm) -> NewToken {
    NewToken {
        name: form.name.clone(),
        scopes: form.scopes.iter().filter_map(|code| Scope::from_code(code)).collect(),
        life: TimeDelta::days(form.days),
    }
}

#[post("/account/tokens/<id>/revoke", data = "<_posted>")]
async fn revoke(member: Member<'_>, id: &str, _posted: Posted<Nothing>) -> PageResult {
    let (actor, id, now) = (member.actor.clone(), ApiTokenId::from(id), member.now());
    member.db.write(move |tx| operations::revoke(tx, &actor, &id, now)).await?;
    Answer::done(pages::ADDRESS, member.texts().text("token-revoked"))
}

/// Returns the routes of tokens.
pub fn routes() -> Vec<Route> {
    routes![list, make, revoke]
}
