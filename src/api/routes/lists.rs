//! Lists of codes, the library, and the account of a token.

use rocket::{Route, get, routes};

use crate::api::asked::Query;
use crate::api::caller::{Caller, Holder};
use crate::api::forms::{Paging, Shelf};
use crate::api::model::Code;
use crate::api::pages::Page;
use crate::api::pages::lists::{EntryView, ListView, ListsView, MeView, PracticeView};
use crate::api::problems::Reading;
use crate::api::reply::{ApiResult, Reply};
use crate::classification::List;
use crate::kernel::code::Code as _;
use crate::library::model::{Collection, Facet, Filters, Index, Order};
use crate::library::operations as library;

/// The account of the token, and the token.
#[utoipa::path(
    tag = "About",
    operation_id = "me",
    responses((status = 200, description = "The account and the token.", body = MeView), (status = 304, description = "Nothing has changed."), Reading),
    security(("token" = ["read"]))
)]
#[get("/api/v1/me")]
pub fn me(holder: Holder) -> ApiResult {
    let entered = holder.entered.as_ref().ok_or(Code::TokenMissing)?;
    Reply::one(&MeView::from(entered))
}

/// Which lists of codes there are.
#[utoipa::path(
    tag = "Lists",
    operation_id = "lists",
    responses((status = 200, description = "The lists.", body = ListsView), (status = 304, description = "Nothing has changed."), Reading),
    security((), ("token" = ["read"]))
)]
#[get("/api/v1/lists")]
pub fn lists(_caller: Caller) -> ApiResult {
    Reply::fixed(&ListsView::all())
}

/// A list of codes: countries, SDG targets, deliverables, measures.
#[utoipa::path(
    tag = "Lists",
    operation_id = "list",
    params(("list" = List, Path, description = "Which list.", example = "theme")),
    responses((status = 200, description = "The list.", body = ListView), (status = 304, description = "Nothing has changed."), Reading),
    security((), ("token" = ["read"]))
)]
#[get("/api/v1/lists/<list>")]
pub fn list(_caller: Caller, list: &str) -> ApiResult {
    let list = List::from_code(list).ok_or(Code::NotFound)?;
    Reply::fixed(&ListView::new(list))
}

/// Published good practices.
#[utoipa::path(
    tag = "Library",
    operation_id = "practices",
    params(Shelf, Paging),
    responses((status = 200, description = "A part of the list.", body = Page<EntryView>), Reading),
    security((), ("token" = ["read"]))
)]
#[get("/api/v1/library")]
pub async fn practices(caller: Caller, query: Query) -> ApiResult {
    let actor = caller.actor.clone();
    let held = caller.db.read(move |conn| library::newer_than(conn, &actor, None)).await?;
    let Collection { entries, .. } = held.ok_or(Code::NotFound)?;
    let places = Index::of(&entries).find(&filters(&query));
    let found = entries.iter().enumerate().filter(|(place, _)| places.has(*place));
    query.part(found.map(|(_, entry)| (entry.reference.clone(), EntryView::from(entry))).collect())
}

fn filters(query: &Query) -> Filters {
    let chosen = Facet::ALL.iter().filter_map(|facet| Some((*facet, query.value(facet.code())?.to_owned())));
    Filters {
        words: query.value("words").unwrap_or_default().to_owned(),
        chosen: chosen.collect(),
        order: Order::Newest,
    }
}

/// A published good practice.
#[utoipa::path(
    tag = "Library",
    operation_id = "practice",
    params(("reference" = String, Path, description = "Its reference.", example = "GP-KGZ-2020-001")),
    responses((status = 200, description = "The practice.", body = PracticeView), (status = 304, description = "Nothing has changed."), Reading),
    security((), ("token" = ["read"]))
)]
#[get("/api/v1/library/<reference>")]
pub async fn practice(caller: Caller, reference: &str) -> ApiResult {
    let (actor, reference) = (caller.actor.clone(), reference.to_owned());
    let found = caller.db.read(move |conn| library::practice(conn, &actor, &reference)).await?;
    Reply::one(&PracticeView::from(&found))
}

/// Returns the routes of lists.
pub fn routes() -> Vec<Route> {
    routes![me, lists, list, practices, practice]
}
