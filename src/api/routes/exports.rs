//! The files of a session and of the platform: which there are, and their rows.

use rocket::{Route, get, routes};

use crate::api::asked::Query;
use crate::api::caller::Caller;
use crate::api::forms::{File, Paging};
use crate::api::model::Code;
use crate::api::pages::Page;
use crate::api::pages::exports::{ExportView, RowView};
use crate::api::problems::Reading;
use crate::api::reply::ApiResult;
use crate::db::{AnyConnection, StoreError};
use crate::exports::{self, Name, Order};
use crate::kernel::code::Code as _;
use crate::kernel::lang::Lang;
use crate::refusals::OperationError;
use crate::sessions;
use crate::sessions::operations::hub;

/// The files of a session, with their columns.
#[utoipa::path(
    tag = "Files",
    operation_id = "exports",
    params(("number" = i32, Path, description = "Number of the session.", example = 15), Paging),
    responses((status = 200, description = "A part of the list.", body = Page<ExportView>), Reading),
    security((), ("token" = ["read"]))
)]
#[get("/api/v1/sessions/<number>/exports")]
pub async fn list(caller: Caller, number: i32, query: Query) -> ApiResult {
    let actor = caller.actor.clone();
    caller.db.read(move |conn| hub(conn, &actor, number)).await?;
    let row = |name: &Name| (name.to_string(), ExportView::new(&caller.actor, number, *name));
    query.part(Name::ALL.iter().map(row).collect())
}

/// The rows of a file of a session.
#[utoipa::path(
    tag = "Files",
    operation_id = "rows",
    params(("number" = i32, Path, description = "Number of the session.", example = 15), ("name" = Name, Path, description = "Name of the file.", example = "practices"), File, Paging),
    responses((status = 200, description = "A part of the file.", body = Page<RowView>), Reading),
    security((), ("token" = ["read"]))
)]
#[get("/api/v1/sessions/<number>/exports/<name>")]
pub async fn rows(caller: Caller, number: i32, name: &str, query: Query) -> ApiResult {
    part(&caller, Some(number), name, &query).await
}

/// The rows of a file of the whole platform: sessions, delegations, accounts, mails, audit trail.
#[utoipa::path(
    tag = "Files",
    operation_id = "platform-rows",
    params(("name" = Name, Path, description = "Name of the file.", example = "sessions"), File, Paging),
    responses((status = 200, description = "A part of the file.", body = Page<RowView>), Reading),
    security((), ("token" = ["read"]))
)]
#[get("/api/v1/exports/<name>")]
pub async fn platform_rows(caller: Caller, name: &str, query: Query) -> ApiResult {
    part(&caller, None, name, &query).await
}

/// Answers with a part of a file. One of a session stands at its session alone, one of the platform at none.
async fn part(caller: &Caller, number: Option<i32>, name: &str, query: &Query) -> ApiResult {
    let name = Name::from_code(name).filter(|name| name.is_of_session() == number.is_some()).ok_or(Code::NotFound)?;
    let (lang, ballot) = (query.code("lang")?.unwrap_or(Lang::En), query.number("ballot")?);
    let (skipped, wanted) = query.wanted()?.places().ok_or_else(Query::unreadable)?;
    let reader = caller.actor.clone();
    let reach = name.reach(&reader).map_err(OperationError::from)?;
    let read = move |conn: &mut AnyConnection| -> Result<_, StoreError> {
        let session = number.map(|number| sessions::store::by_number(conn, number)).transpose()?;
        let order = Order { session, name, lang, reach, reader, ballot };
        Ok(exports::part(conn, &order, (skipped, wanted))?)
    };
    let (rows, goes_on) = caller.db.read(read).await?;
    let items: Vec<RowView> = (skipped + 1..).zip(rows).map(|(row, cells)| RowView::new(name, row, cells)).collect();
    let last = items.last().map(|item| item.row.to_string()).filter(|_| goes_on);
    query.answer(items, last.as_deref())
}

/// Returns the routes of files.
pub fn routes() -> Vec<Route> {
    routes![list, rows, platform_rows]
}
