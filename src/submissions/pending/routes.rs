//! Addresses of what is prepared.

use rocket::{Route, get, post, routes};

use super::operations::{self, Applied, EVENT, Pending};
use super::pages::{self, REFERENCE, SHOWN};
use crate::kernel::code::Code as _;
use crate::kernel::fields::FieldErrors;
use crate::refusals::OperationError;
use crate::submissions::operations::Asked;
use crate::submissions::pages::Again;
use crate::submissions::routes::{reason, screening_again};
use crate::submissions::workflow::Event;
use crate::submissions::{forms, queue};
use crate::web::{Answer, Fields, Member, PageError, PageResult, Posted, Reader};

#[get("/sessions/<number>/pending")]
async fn list(member: Member<'_>, number: i32) -> PageResult {
    pages::pending(&member, &found(&member, number).await?, None)
}

async fn found(reader: &Reader, number: i32) -> Result<Pending, PageError> {
    let (actor, now) = (reader.actor.clone(), reader.now());
    Ok(reader.db.read(move |conn| operations::pending(conn, &actor, number, now)).await?)
}

#[post("/sessions/<number>/pending", data = "<posted>")]
async fn apply(member: Member<'_>, number: i32, posted: Posted<Fields>) -> PageResult {
    if posted.switch.is_some() {
        return pages::pending(&member, &found(&member, number).await?, None);
    }
    let (actor, now, shown) = (member.actor.clone(), member.now(), shown(&posted.fields));
    match member.db.write(move |tx| operations::apply(tx, &actor, number, &shown, now)).await {
        Ok(applied) => done(&member, number, &applied),
        Err(OperationError::Stale) => {
            let words = member.texts().text("pending-stale");
            pages::pending(&member, &found(&member, number).await?, Some(words))
        }
        Err(error) => Err(error.into()),
    }
}

/// Returns what the page showed: references, each with the edition of what was prepared.
fn shown(fields: &Fields) -> Vec<(String, i32)> {
    let pair = |text: &String| {
        let (reference, edition) = text.split_once('@')?;
        Some((reference.to_owned(), edition.parse().ok()?))
    };
    fields.values(SHOWN).iter().filter_map(pair).collect()
}

/// Says what was done, and names what was passed over.
fn done(reader: &Reader, number: i32, applied: &Applied) -> PageResult {
    let texts = reader.texts();
    let mut words = texts.one("pending-done", "number", applied.done.len());
    if !applied.passed_over.is_empty() {
        let rest = texts.one("pending-passed-over", "references", applied.passed_over.join(", "));
        words = format!("{words} {rest}");
    }
    Answer::done(format!("/sessions/{number}/pending"), words)
}

#[post("/submissions/<reference>/pending", data = "<posted>")]
async fn prepare(member: Member<'_>, reference: &str, posted: Posted<Fields>) -> PageResult {
    let is_switched = posted.switch.is_some();
    let fields = posted.fields;
    let (errors, reason) = match prepared(&member, reference, &fields, is_switched).await {
        Ok(true) => return go_on(&member, reference, &fields),
        Ok(false) => (FieldErrors::none(), None),
        Err(OperationError::Invalid(errors)) => (errors, None),
        Err(error) => (FieldErrors::none(), Some(reason(&member, error)?)),
    };
    screening_again(&member, reference, Again { fields, errors, reason }).await
}

/// Prepares what was chosen, unless only the language was switched; returns whether it did.
async fn prepared(
    reader: &Reader,
    reference: &str,
    fields: &Fields,
    is_switched: bool,
) -> Result<bool, OperationError> {
    if is_switched {
        return Ok(false);
    }
    let (actor, now, reference, words) =
        (reader.actor.clone(), reader.now(), reference.to_owned(), forms::words(fields));
    let (event, seen) = (Event::from_code(fields.value(EVENT)), forms::revision(fields));
    reader
        .db
        .write(move |tx| {
            let asked = Asked { actor: &actor, reference: &reference, seen, now };
            match event {
                Some(event) => operations::prepare(tx, &asked, event, &words),
                None => operations::prepare(tx, &asked, Event::TakeUp, &words),
            }
        })
        .await?;
    Ok(true)
}

/// Goes on within the queue, or to what is prepared.
fn go_on(reader: &Reader, reference: &str, fields: &Fields) -> PageResult {
    let words = reader.texts().one("pending-prepared", "reference", reference);
    match queue::routes::number(fields) {
        Some(number) => Answer::done(format!("/sessions/{number}/submissions/next?after={reference}"), words),
        None => Answer::done(format!("/submissions/{reference}/screen"), words),
    }
}

#[post("/sessions/<number>/pending/forget", data = "<posted>")]
async fn forget(member: Member<'_>, number: i32, posted: Posted<Fields>) -> PageResult {
    let (actor, now, reference) = (member.actor.clone(), member.now(), posted.fields.value(REFERENCE).to_owned());
    let words = member.texts().one("pending-forgotten", "reference", &reference);
    match member.db.write(move |tx| operations::forget(tx, &actor, (number, &reference), now)).await {
        Ok(()) => Answer::done(format!("/sessions/{number}/pending"), words),
        Err(error) => {
            let words = reason(&member, error)?;
            pages::pending(&member, &found(&member, number).await?, Some(words))
        }
    }
}

/// Returns the routes of what is prepared.
pub fn routes() -> Vec<Route> {
    routes![list, apply, prepare, forget]
}
