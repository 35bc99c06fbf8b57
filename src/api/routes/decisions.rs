//! Decisions, and what delegations say about them: as the pages have it, sealed while a sense check is open.

use rocket::{Route, get, post, put, routes};

use crate::api::asked::{Query, Seen, Sent};
use crate::api::caller::{Caller, DecisionWriter, Who};
use crate::api::forms::Paging;
use crate::api::forms::decisions::{NewAmendment, NewObjection, NewPosition, NewSettlement, NewSupport};
use crate::api::forms::texts::as_sent;
use crate::api::pages::Page;
use crate::api::pages::decisions::{DecisionView, Sees, WholeView};
use crate::api::problems::{Problem, Reading, Writing};
use crate::api::reply::{ApiResult, Reply, validator};
use crate::db::Tx;
use crate::decisions::model::{Decision, ObjectionState};
use crate::decisions::operations::viewing::{self, Look};
use crate::decisions::operations::{By, Place, target, voices};
use crate::kernel::fields::tidy;
use crate::kernel::ids::ObjectionId;
use crate::kernel::lang::Bilingual;
use crate::policy::Action;
use crate::refusals::OperationError;

fn by(who: &Who) -> By {
    By { actor: who.actor.clone(), now: who.now }
}

/// Shows a decision as far as the caller may see it.
fn view(who: &Who, look: &Look) -> WholeView {
    let sees = |action| who.may(action, &target(&look.decision));
    WholeView::new(look, Sees { register: sees(Action::ViewObjections), support: sees(Action::ViewSupport) })
}

/// The decisions of a session that the caller may know of.
#[utoipa::path(
    tag = "Decisions",
    operation_id = "decisions",
    params(("session" = i32, Path, description = "Number of the session.", example = 15), Paging),
    responses((status = 200, description = "A part of the list.", body = Page<DecisionView>), Reading),
    security((), ("token" = ["read"]))
)]
#[get("/api/v1/sessions/<session>/decisions")]
pub async fn list(caller: Caller, session: i32, query: Query) -> ApiResult {
    let by = by(&caller);
    let (_, all) = caller.db.read(move |conn| viewing::list(conn, &by, session)).await?;
    let row = |decision| DecisionView::new(session, decision);
    query.part(all.iter().map(|decision| (format!("{:06}", decision.number), row(decision))).collect())
}

/// A decision with its texts, what delegations say about it, and its votes.
#[utoipa::path(
    tag = "Decisions",
    operation_id = "decision",
    params(
        ("session" = i32, Path, description = "Number of the session.", example = 15),
        ("number" = i32, Path, description = "Number of the decision.", example = 1)
    ),
    responses((status = 200, description = "The decision.", body = WholeView, headers(("ETag" = String, description = "Validator, for `If-Match` of requests that write."))), (status = 304, description = "Nothing has changed."), Reading),
    security((), ("token" = ["read"]))
)]
#[get("/api/v1/sessions/<session>/decisions/<number>")]
pub async fn decision(caller: Caller, session: i32, number: i32) -> ApiResult {
    let (by, place) = (by(&caller), Place { session, number });
    let look = caller.db.read(move |conn| viewing::look(conn, &by, place)).await?;
    Reply::one(&view(&caller, &look))
}

/// Does an act on a decision as the caller has seen it.
async fn done(
    writer: &DecisionWriter,
    place: Place,
    as_read: Seen,
    act: impl Fn(&mut Tx<'_>, &By, &Decision) -> Result<(), OperationError> + Send + Sync + 'static,
) -> ApiResult {
    let who = (**writer).clone();
    let work = move |tx: &mut Tx<'_>| -> ApiResult {
        let by = by(&who);
        let before = viewing::look(tx, &by, place)?;
        as_read.expect(&validator(&view(&who, &before))?)?;
        act(tx, &by, &before.decision).map_err(as_sent)?;
        Reply::one(&view(&who, &viewing::look(tx, &by, place)?))
    };
    writer.db.write(work).await
}

/// Says in a sense check how far one's delegation supports the text; a later answer takes the place of an earlier one.
#[utoipa::path(
    tag = "Decisions",
    operation_id = "give_support",
    params(
        ("session" = i32, Path, description = "Number of the session.", example = 15),
        ("number" = i32, Path, description = "Number of the decision.", example = 1),
        ("If-Match" = String, Header, description = "`ETag` of the decision as it was read.")
    ),
    request_body = NewSupport,
    responses((status = 200, description = "The decision as it stands now.", body = WholeView, headers(("ETag" = String, description = "Validator, for `If-Match` of requests that write."))), Writing),
    security(("token" = ["write-decisions"]))
)]
#[put("/api/v1/sessions/<session>/decisions/<number>/support", data = "<sent>")]
pub async fn support(
    writer: DecisionWriter,
    session: i32,
    number: i32,
    seen: Seen,
    sent: Sent<NewSupport>,
) -> ApiResult {
    let (place, NewSupport { grade, note }) = (Place { session, number }, sent.0);
    let act = move |tx: &mut Tx<'_>, by: &By, _: &Decision| voices::give_support(tx, by, place, grade, &tidy(&note));
    done(&writer, place, seen, act).await
}

/// Objects for one's delegation. During a silence procedure that breaks the silence at once, and everybody is told.
#[utoipa::path(
    tag = "Decisions",
    operation_id = "object",
    params(
        ("session" = i32, Path, description = "Number of the session.", example = 15),
        ("number" = i32, Path, description = "Number of the decision.", example = 1),
        ("If-Match" = String, Header, description = "`ETag` of the decision as it was read.")
    ),
    request_body = NewObjection,
    responses((status = 200, description = "The decision as it stands now.", body = WholeView, headers(("ETag" = String, description = "Validator, for `If-Match` of requests that write."))), Writing),
    security(("token" = ["write-decisions"]))
)]
#[post("/api/v1/sessions/<session>/decisions/<number>/objections", data = "<sent>")]
pub async fn object(
    writer: DecisionWriter,
    session: i32,
    number: i32,
    seen: Seen,
    sent: Sent<NewObjection>,
) -> ApiResult {
    let (place, passage, reason) = (Place { session, number }, tidy(&sent.0.passage), tidy(&sent.0.reason));
    let act = move |tx: &mut Tx<'_>, by: &By, _: &Decision| voices::object(tx, by, place, &passage, &reason);
    done(&writer, place, seen, act).await
}

/// Settles an objection of one's delegation: the amended text resolves it, or it is not maintained.
#[utoipa::path(
    tag = "Decisions",
    operation_id = "settle_objection",
    params(
        ("session" = i32, Path, description = "Number of the session.", example = 15),
        ("number" = i32, Path, description = "Number of the decision.", example = 1),
        ("id" = String, Path, description = "Id of the objection."),
        ("If-Match" = String, Header, description = "`ETag` of the decision as it was read.")
    ),
    request_body = NewSettlement,
    responses((status = 200, description = "The decision as it stands now.", body = WholeView, headers(("ETag" = String, description = "Validator, for `If-Match` of requests that write."))), Writing),
    security(("token" = ["write-decisions"]))
)]
#[put("/api/v1/sessions/<session>/decisions/<number>/objections/<id>/state", data = "<sent>")]
pub async fn settle(
    writer: DecisionWriter,
    session: i32,
    number: i32,
    id: &str,
    seen: Seen,
    sent: Sent<NewSettlement>,
) -> ApiResult {
    let (place, id, to) = (Place { session, number }, ObjectionId::from(id), sent.0.state);
    if to == ObjectionState::Open {
        return Err(Problem::not_offered("state", to.code()));
    }
    let act = move |tx: &mut Tx<'_>, by: &By, _: &Decision| voices::settle_objection(tx, by, place, &id, to);
    done(&writer, place, seen, act).await
}

/// Proposes a text in answer to an open objection, for one's delegation or as the secretariat.
#[utoipa::path(
    tag = "Decisions",
    operation_id = "propose_amendment",
    params(
        ("session" = i32, Path, description = "Number of the session.", example = 15),
        ("number" = i32, Path, description = "Number of the decision.", example = 1),
        ("id" = String, Path, description = "Id of the objection."),
        ("If-Match" = String, Header, description = "`ETag` of the decision as it was read.")
    ),
    request_body = NewAmendment,
    responses((status = 200, description = "The decision as it stands now.", body = WholeView, headers(("ETag" = String, description = "Validator, for `If-Match` of requests that write."))), Writing),
    security(("token" = ["write-decisions"]))
)]
#[post("/api/v1/sessions/<session>/decisions/<number>/objections/<id>/amendments", data = "<sent>")]
pub async fn amend(
    writer: DecisionWriter,
    session: i32,
    number: i32,
    id: &str,
    seen: Seen,
    sent: Sent<NewAmendment>,
) -> ApiResult {
    let (place, id, text) = (Place { session, number }, ObjectionId::from(id), Bilingual::from(&sent.0.text));
    let act = move |tx: &mut Tx<'_>, by: &By, decision: &Decision| {
        voices::propose(tx, by, (place, decision.revision), &id, &text)
    };
    done(&writer, place, seen, act).await
}

/// Explains the position of one's delegation; a later text takes the place of an earlier one.
#[utoipa::path(
    tag = "Decisions",
    operation_id = "explain_position",
    params(
        ("session" = i32, Path, description = "Number of the session.", example = 15),
        ("number" = i32, Path, description = "Number of the decision.", example = 1),
        ("If-Match" = String, Header, description = "`ETag` of the decision as it was read.")
    ),
    request_body = NewPosition,
    responses((status = 200, description = "The decision as it stands now.", body = WholeView, headers(("ETag" = String, description = "Validator, for `If-Match` of requests that write."))), Writing),
    security(("token" = ["write-decisions"]))
)]
#[put("/api/v1/sessions/<session>/decisions/<number>/position", data = "<sent>")]
pub async fn explain(
    writer: DecisionWriter,
    session: i32,
    number: i32,
    seen: Seen,
    sent: Sent<NewPosition>,
) -> ApiResult {
    let (place, text) = (Place { session, number }, Bilingual::from(&sent.0.text));
    let act = move |tx: &mut Tx<'_>, by: &By, _: &Decision| voices::explain(tx, by, place, &text);
    done(&writer, place, seen, act).await
}

/// Returns the routes of decisions.
pub fn routes() -> Vec<Route> {
    routes![list, decision, support, object, settle, amend, explain]
}
