//! Addresses of the assignments.

use std::collections::BTreeSet;

use rocket::{Route, get, post, routes};

use super::operations::{self, Table};
use super::pages;
use crate::kernel::fields::FieldErrors;
use crate::kernel::ids::AccountId;
use crate::refusals::OperationError;
use crate::web::again::{Again, SEEN};
use crate::web::errors::PageError;
use crate::web::forms::{Fields, Posted};
use crate::web::reader::Member;
use crate::web::{Answer, PageResult};

#[get("/sessions/<number>/reviews/assignments?<each>")]
async fn table(member: Member<'_>, number: i32, each: Option<usize>) -> PageResult {
    pages::table(&member, &known(&member, number, each).await?, each, None)
}

async fn known(member: &Member<'_>, number: i32, each: Option<usize>) -> Result<Table, PageError> {
    let (actor, now) = (member.actor.clone(), member.now());
    Ok(member.db.read(move |conn| operations::table(conn, &actor, number, each, now)).await?)
}

#[post("/sessions/<number>/reviews/assignments", data = "<posted>")]
async fn set(member: Member<'_>, number: i32, posted: Posted<Fields>) -> PageResult {
    let is_switched = posted.switch.is_some();
    let fields = posted.fields;
    let again = match assigned(&member, number, &fields, is_switched).await {
        Ok(true) => {
            let words = member.texts().text("assignment-done");
            return Answer::done(format!("/sessions/{number}/reviews/assignments"), words);
        }
        Ok(false) => Again::Wrong(FieldErrors::none()),
        Err(error) => Again::of(error)?,
    };
    pages::table(&member, &known(&member, number, None).await?, None, Some((fields, again)))
}

/// Sets what was ticked, unless only the language was switched; returns whether it did.
async fn assigned(
    member: &Member<'_>,
    number: i32,
    fields: &Fields,
    is_switched: bool,
) -> Result<bool, OperationError> {
    if is_switched {
        return Ok(false);
    }
    let pair = |(name, account): (&str, &str)| {
        name.strip_prefix("assign.").map(|reference| (reference.to_owned(), AccountId::from(account)))
    };
    let wanted: BTreeSet<(String, AccountId)> = fields.iter().filter_map(pair).collect();
    let (actor, now, seen) = (member.actor.clone(), member.now(), fields.value(SEEN).to_owned());
    member.db.write(move |tx| operations::set(tx, &actor, number, (&wanted, &seen), now)).await?;
    Ok(true)
}

/// Returns the routes of the assignments.
pub fn routes() -> Vec<Route> {
    routes![table, set]
}
