//! The address that leads to the next text, and where an act within the queue leads.

use rocket::{Route, get, routes};

use super::model::{Queue, address};
use super::operations;
use crate::submissions::State;
use crate::submissions::workflow::Event;
use crate::web::{Answer, Fields, Member, PageError, PageResult, Reader};

/// Field of the number of the session whose queue is being worked off.
pub const QUEUE: &str = "queue";

#[get("/sessions/<number>/submissions/next?<after>")]
async fn next(member: Member<'_>, number: i32, after: Option<&str>) -> PageResult {
    let queue = behind(&member, number, after).await?;
    match queue.next {
        Some(_) => Answer::go(queue.address()),
        None => Answer::done(queue.address(), member.texts().one("queue-left", "number", queue.left)),
    }
}

async fn behind(reader: &Reader, number: i32, after: Option<&str>) -> Result<Queue, PageError> {
    let (actor, after) = (reader.actor.clone(), after.map(str::to_owned));
    Ok(reader.db.read(move |conn| operations::queue(conn, &actor, number, after.as_deref())).await?)
}

/// Returns the queue in which a page is read; nothing when it is read by itself.
pub(in crate::submissions) async fn around(
    reader: &Reader,
    number: Option<i32>,
    reference: &str,
) -> Result<Option<Queue>, PageError> {
    match number {
        Some(number) => Ok(Some(behind(reader, number, Some(reference)).await?)),
        None => Ok(None),
    }
}

/// Returns the number of the session whose queue a form was sent from.
pub(in crate::submissions) fn number(fields: &Fields) -> Option<i32> {
    fields.value(QUEUE).parse().ok()
}

/// Goes on after an act: within the queue to what follows, otherwise back to the submission.
pub(in crate::submissions) async fn go_on(
    reader: &Reader,
    reference: &str,
    event: Event,
    fields: &Fields,
) -> PageResult {
    let texts = reader.texts();
    let words = texts.code("submission-done", event);
    let Some(queue) = around(reader, number(fields), reference).await? else {
        return Answer::done(format!("/submissions/{reference}"), words);
    };
    let left = texts.one("queue-left", "number", queue.left);
    let to =
        if event == Event::TakeUp { address(reference, State::UnderReview, queue.session) } else { queue.address() };
    Answer::done(to, format!("{reference}: {words} {left}"))
}

/// Returns the routes of the queue.
pub fn routes() -> Vec<Route> {
    routes![next]
}
