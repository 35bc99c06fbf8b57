//! Ballots, one's own paper, and what came out: as the pages show them, sealed until certified.

use rocket::{Route, get, routes};

use crate::api::asked::Query;
use crate::api::caller::{Caller, Holder};
use crate::api::forms::Paging;
use crate::api::model::Code;
use crate::api::pages::Page;
use crate::api::pages::ballots::{BallotView, OwnPapersView, PapersView, ResultView, WholeView};
use crate::api::problems::Reading;
use crate::api::reply::{ApiResult, Reply};
use crate::ballots::operations::{Place, viewing};

/// The ballots of a session that the caller may know of.
#[utoipa::path(
    tag = "Ballots",
    operation_id = "ballots",
    params(("session" = i32, Path, description = "Number of the session.", example = 15), Paging),
    responses((status = 200, description = "A part of the list.", body = Page<BallotView>), Reading),
    security((), ("token" = ["read"]))
)]
#[get("/api/v1/sessions/<session>/ballots")]
pub async fn list(caller: Caller, session: i32, query: Query) -> ApiResult {
    let actor = caller.actor.clone();
    let (_, all) = caller.db.read(move |conn| viewing::list(conn, &actor, session)).await?;
    let row = |ballot| BallotView::new(session, ballot);
    query.part(all.iter().map(|ballot| (format!("{:06}", ballot.number), row(ballot))).collect())
}

/// A ballot with its options, electorate and turnout.
#[utoipa::path(
    tag = "Ballots",
    operation_id = "ballot",
    params(
        ("session" = i32, Path, description = "Number of the session.", example = 15),
        ("number" = i32, Path, description = "Number of the ballot.", example = 1)
    ),
    responses((status = 200, description = "The ballot.", body = WholeView), (status = 304, description = "Nothing has changed."), Reading),
    security((), ("token" = ["read"]))
)]
#[get("/api/v1/sessions/<session>/ballots/<number>")]
pub async fn ballot(caller: Caller, session: i32, number: i32) -> ApiResult {
    let (actor, place) = (caller.actor.clone(), Place { session, number });
    let (shown, turnout) = caller.db.read(move |conn| viewing::ballot(conn, &actor, place)).await?;
    Reply::one(&WholeView::new(&shown, turnout.as_ref()))
}

/// The papers of one's own delegation.
#[utoipa::path(
    tag = "Ballots",
    operation_id = "own_paper",
    params(
        ("session" = i32, Path, description = "Number of the session.", example = 15),
        ("number" = i32, Path, description = "Number of the ballot.", example = 1)
    ),
    responses((status = 200, description = "The newest paper and the one that counts.", body = OwnPapersView), (status = 304, description = "Nothing has changed."), Reading),
    security(("token" = ["read"]))
)]
#[get("/api/v1/sessions/<session>/ballots/<number>/paper")]
pub async fn paper(holder: Holder, session: i32, number: i32) -> ApiResult {
    let (actor, place) = (holder.actor.clone(), Place { session, number });
    let delegation = holder.delegation().cloned().ok_or(Code::NotFound)?;
    let own = holder.db.read(move |conn| viewing::own_papers(conn, &actor, place, &delegation)).await?;
    Reply::one(&OwnPapersView::from(&own))
}

/// What came out of a ballot.
#[utoipa::path(
    tag = "Ballots",
    operation_id = "result",
    params(
        ("session" = i32, Path, description = "Number of the session.", example = 15),
        ("number" = i32, Path, description = "Number of the ballot.", example = 1)
    ),
    responses((status = 200, description = "The result.", body = ResultView), (status = 304, description = "Nothing has changed."), Reading),
    security((), ("token" = ["read"]))
)]
#[get("/api/v1/sessions/<session>/ballots/<number>/result")]
pub async fn result(caller: Caller, session: i32, number: i32) -> ApiResult {
    let (actor, place) = (caller.actor.clone(), Place { session, number });
    let result = caller.db.read(move |conn| viewing::result(conn, &actor, place)).await?;
    Reply::one(&ResultView::from(&result))
}

/// The papers that counted in a certified ballot.
#[utoipa::path(
    tag = "Ballots",
    operation_id = "papers",
    params(
        ("session" = i32, Path, description = "Number of the session.", example = 15),
        ("number" = i32, Path, description = "Number of the ballot.", example = 1)
    ),
    responses((status = 200, description = "The papers.", body = PapersView), (status = 304, description = "Nothing has changed."), Reading),
    security((), ("token" = ["read"]))
)]
#[get("/api/v1/sessions/<session>/ballots/<number>/papers")]
pub async fn papers(caller: Caller, session: i32, number: i32) -> ApiResult {
    let (actor, place) = (caller.actor.clone(), Place { session, number });
    let (_, papers) = caller.db.read(move |conn| viewing::papers(conn, &actor, place)).await?;
    Reply::one(&PapersView::new(&papers))
}

/// Returns the routes of ballots.
pub fn routes() -> Vec<Route> {
    routes![list, ballot, paper, result, papers]
}
