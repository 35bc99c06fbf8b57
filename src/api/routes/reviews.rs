//! Reviews and the ranking.

use rocket::{Route, get, put, routes};

use crate::api::asked::{Seen, Sent};
use crate::api::caller::{Holder, ReviewWriter};
use crate::api::forms::NewReview;
use crate::api::pages::reviews::{OthersView, OwnView, RankingView};
use crate::api::problems::{Problem, Reading, Writing};
use crate::api::reply::{ApiResult, Reply, validator};
use crate::db::Tx;
use crate::refusals::OperationError;
use crate::reviews::operations::{self, Look};

/// The ranking of a session.
#[utoipa::path(
    tag = "Reviews",
    operation_id = "ranking",
    params(("number" = i32, Path, description = "Number of the session.", example = 15)),
    responses((status = 200, description = "The ranking.", body = RankingView), (status = 304, description = "Nothing has changed."), Reading),
    security(("token" = ["read"]))
)]
#[get("/api/v1/sessions/<number>/ranking")]
pub async fn ranking(holder: Holder, number: i32) -> ApiResult {
    let actor = holder.actor.clone();
    let look = holder.db.read(move |conn| operations::ranking(conn, &actor, number)).await?;
    Reply::one(&RankingView::from(&look))
}

async fn look(holder: &Holder, reference: &str) -> Result<Look, Problem> {
    let (actor, reference, now) = (holder.actor.clone(), reference.to_owned(), holder.now);
    Ok(holder.db.read(move |conn| operations::look(conn, &actor, &reference, now)).await?)
}

/// One's own review of an action.
#[utoipa::path(
    tag = "Reviews",
    operation_id = "own_review",
    params(("reference" = String, Path, description = "Reference of the action.", example = "PA-KAZ-2020-003")),
    responses((status = 200, description = "The review, if it is begun.", body = OwnView, headers(("ETag" = String, description = "Validator, for `If-Match` of requests that write."))), (status = 304, description = "Nothing has changed."), Reading),
    security(("token" = ["read"]))
)]
#[get("/api/v1/submissions/<reference>/review")]
pub async fn own(holder: Holder, reference: &str) -> ApiResult {
    Reply::one(&OwnView::from(&look(&holder, reference).await?))
}

/// The reviews that others gave of an action.
#[utoipa::path(
    tag = "Reviews",
    operation_id = "reviews",
    params(("reference" = String, Path, description = "Reference of the action.", example = "PA-KAZ-2020-003")),
    responses((status = 200, description = "The reviews.", body = OthersView), (status = 304, description = "Nothing has changed."), Reading),
    security(("token" = ["read"]))
)]
#[get("/api/v1/submissions/<reference>/reviews")]
pub async fn others(holder: Holder, reference: &str) -> ApiResult {
    Reply::one(&OthersView::from(&look(&holder, reference).await?))
}

/// Keeps one's own review of an action as a draft, or gives it.
#[utoipa::path(
    tag = "Reviews",
    operation_id = "save_review",
    params(
        ("reference" = String, Path, description = "Reference of the action.", example = "PA-KAZ-2020-003"),
        ("If-Match" = String, Header, description = "`ETag` of the review as it was read.")
    ),
    request_body = NewReview,
    responses((status = 200, description = "The review as it stands now.", body = OwnView, headers(("ETag" = String, description = "Validator, for `If-Match` of requests that write."))), Writing),
    security(("token" = ["write-reviews"]))
)]
#[put("/api/v1/submissions/<reference>/review", data = "<sent>")]
pub async fn save(writer: ReviewWriter, reference: &str, seen: Seen, sent: Sent<NewReview>) -> ApiResult {
    let (who, reference) = ((*writer).clone(), reference.to_owned());
    let act = move |tx: &mut Tx<'_>| -> ApiResult {
        let look = operations::look(tx, &who.actor, &reference, who.now)?;
        seen.expect(&validator(&OwnView::from(&look))?)?;
        let judgement = sent.0.judgement(&look.subject.criteria).map_err(OperationError::from)?;
        let edition = look.own.as_ref().map_or(0, |review| review.edition);
        operations::save(tx, &who.actor, &reference, judgement, (sent.0.give, edition), who.now)?;
        Reply::one(&OwnView::from(&operations::look(tx, &who.actor, &reference, who.now)?))
    };
    writer.db.write(act).await
}

/// Returns the routes of reviews.
pub fn routes() -> Vec<Route> {
    routes![ranking, own, others, save]
}
