//! The addresses of the library.

use std::sync::Arc;

use rocket::{Route, State, get, routes};

use super::forms::Asked;
use super::operations;
use super::pages::{self, EntryPage, ListPage, Shelf, Shelved};
use crate::kernel::reference::Reference;
use crate::web::{Answer, PageError, PageResult, Reader};

/// Returns the routes of the room.
pub fn routes() -> Vec<Route> {
    routes![list, entry]
}

#[get("/library?<asked..>")]
async fn list(reader: &Reader, shelf: &State<Shelf>, asked: Asked) -> PageResult {
    let shelved = newest(reader, shelf).await?;
    let lang = pages::kept_language(reader, asked.lang.as_deref());
    Answer::page(&ListPage::new(reader, &shelved, asked.filters(), asked.page, lang))
}

#[get("/library/<reference>?<lang>")]
async fn entry(reader: &Reader, reference: &str, lang: Option<&str>) -> PageResult {
    let lang = pages::kept_language(reader, lang);
    let canonical = Reference::parse(reference).ok_or_else(PageError::not_found)?.to_string();
    if canonical != reference {
        return Answer::go(pages::entry_address(&canonical, lang));
    }
    let actor = reader.actor.clone();
    let practice = reader.db.read(move |conn| operations::practice(conn, &actor, &canonical)).await?;
    Answer::page(&EntryPage::new(reader, &practice, lang))
}

/// Returns the library as the database holds it now; it is read again only when it has changed.
async fn newest(reader: &Reader, shelf: &Shelf) -> Result<Arc<Shelved>, PageError> {
    let held = shelf.held();
    let edition = held.as_ref().map(|shelved| shelved.edition.clone());
    let actor = reader.actor.clone();
    let newer = reader.db.read(move |conn| operations::newer_than(conn, &actor, edition.as_deref())).await?;
    match (newer, held) {
        (None, Some(held)) => Ok(held),
        (newer, _) => Ok(shelf.put(newer.ok_or_else(PageError::not_found)?)),
    }
}
