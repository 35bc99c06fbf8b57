//! Reading submissions.

use rocket::{Route, get, routes};

use crate::api::asked::Query;
use crate::api::caller::{Caller, Holder};
use crate::api::forms::{Paging, Wanted};
use crate::api::model::Code;
use crate::api::pages::Page;
use crate::api::pages::submissions::{HistoryView, RowView, SubmissionView};
use crate::api::problems::Reading;
use crate::api::reply::{ApiResult, Reply};
use crate::db::AnyConnection;
use crate::refusals::OperationError;
use crate::submissions::Submission;
use crate::submissions::operations::{self, Filter};

/// The submissions of a session that the caller may see.
#[utoipa::path(
    tag = "Submissions",
    operation_id = "submissions",
    params(("number" = i32, Path, description = "Number of the session.", example = 15), Wanted, Paging),
    responses((status = 200, description = "A part of the list.", body = Page<RowView>), Reading),
    security(("token" = ["read"]))
)]
#[get("/api/v1/sessions/<number>/submissions")]
pub async fn list(holder: Holder, number: i32, query: Query) -> ApiResult {
    let delegation = query.value("country").map(str::to_owned);
    let target = query.value("target").map(str::to_owned);
    let filter = Filter { kind: query.code("kind")?, state: query.code("state")?, delegation, target };
    let (actor, part) = (holder.actor.clone(), query.wanted()?);
    let read = move |conn: &mut AnyConnection| {
        let mut found = operations::find(conn, &actor, number, &filter)?;
        let goes_on = part.cut(&mut found.keys, |key| &key.reference);
        let rows = operations::rows(conn, &actor, &found.keys)?;
        Ok::<_, OperationError>((rows, found.delegations, goes_on))
    };
    let (rows, delegations, goes_on) = holder.db.read(read).await?;
    let view = |row: &Submission| RowView::new(&holder.actor, number, &delegations, row, &row.columns);
    let last = rows.last().map(|row| row.reference.as_str()).filter(|_| goes_on);
    query.answer(rows.iter().map(view).collect(), last)
}

/// A submission with its answers in both languages.
#[utoipa::path(
    tag = "Submissions",
    operation_id = "submission",
    params(("reference" = String, Path, description = "Its reference.", example = "PA-KAZ-2020-003")),
    responses((status = 200, description = "The submission.", body = SubmissionView, headers(("ETag" = String, description = "Validator, for `If-Match` of requests that write."))), (status = 304, description = "Nothing has changed."), Reading),
    security((), ("token" = ["read"]))
)]
#[get("/api/v1/submissions/<reference>")]
pub async fn submission(caller: Caller, reference: &str) -> ApiResult {
    let (actor, reference, now) = (caller.actor.clone(), reference.to_owned(), caller.now);
    let opened = caller.db.read(move |conn| operations::open(conn, &actor, &reference, now)).await?;
    Reply::one(&SubmissionView::new(&caller.actor, &opened))
}

/// What was done with a submission, and by whom.
#[utoipa::path(
    tag = "Submissions",
    operation_id = "history",
    params(("reference" = String, Path, description = "Its reference.", example = "PA-KAZ-2020-003")),
    responses((status = 200, description = "The history.", body = HistoryView), (status = 304, description = "Nothing has changed."), Reading),
    security(("token" = ["read"]))
)]
#[get("/api/v1/submissions/<reference>/history")]
pub async fn history(holder: Holder, reference: &str) -> ApiResult {
    let (actor, wanted, now) = (holder.actor.clone(), reference.to_owned(), holder.now);
    let opened = holder.db.read(move |conn| operations::history(conn, &actor, &wanted, now)).await?;
    Reply::one(&HistoryView::new(reference, &opened.history.ok_or(Code::NotFound)?))
}

/// Returns the routes of reading submissions.
pub fn routes() -> Vec<Route> {
    routes![list, submission, history]
}
