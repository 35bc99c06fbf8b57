//! Addresses of the room: the page, and the events that keep it up to date.

use std::time::Duration;

use rocket::futures::Stream;
use rocket::response::stream::{Event, EventStream};
use rocket::tokio::time::{Instant, sleep_until};
use rocket::{Route, Shutdown, State, get, routes, tokio};

use super::feed::{Feed, Picture, Seat};
use super::{operations, pages};
use crate::kernel::lang::Lang;
use crate::web::{Member, PageError, PageResult};

/// After how long a stream ends: the browser comes back by itself and is asked again who reads.
const LIFETIME: Duration = Duration::from_mins(10);
/// How long a browser waits before it comes back.
const RETRY: Duration = Duration::from_secs(2);

async fn expect_viewer(member: &Member<'_>, number: i32) -> Result<(), PageError> {
    let actor = member.actor.clone();
    Ok(member.db.read(move |conn| operations::expect_viewer(conn, &actor, number)).await?)
}

#[get("/sessions/<number>/plenary?<look>")]
async fn screen(member: Member<'_>, number: i32, look: Option<&str>) -> PageResult {
    expect_viewer(&member, number).await?;
    let now = member.now();
    let screen = member.db.read(move |conn| operations::screen(conn, number, now)).await?;
    pages::show(&member, look, &screen)
}

fn event(picture: &Picture, lang: Lang) -> Event {
    Event::data(picture.get(lang).to_owned()).event("screen").id(picture.id.clone()).with_retry(RETRY)
}

/// Sends the screen at once and whenever it changes; `once` asks for the screen alone.
#[get("/sessions/<number>/plenary/events?<once>")]
async fn events(
    member: Member<'_>,
    number: i32,
    once: bool,
    feed: &State<Feed>,
    end: Shutdown,
) -> Result<EventStream<impl Stream<Item = Event>>, PageError> {
    expect_viewer(&member, number).await?;
    Ok(stream(feed.seat(number)?, member.lang, once, end))
}

fn stream(mut seat: Seat, lang: Lang, once: bool, mut end: Shutdown) -> EventStream<impl Stream<Item = Event>> {
    let over = Instant::now() + LIFETIME;
    EventStream! {
        loop {
            let picture = seat.pictures.borrow_and_update().clone();
            if let Some(picture) = picture {
                yield event(&picture, lang);
                if once {
                    break;
                }
            }
            tokio::select! {
                changed = seat.pictures.changed() => if changed.is_err() { break },
                () = &mut end => break,
                () = sleep_until(over) => break,
            }
        }
    }
}

/// Returns the routes of the room.
pub fn routes() -> Vec<Route> {
    routes![screen, events]
}
