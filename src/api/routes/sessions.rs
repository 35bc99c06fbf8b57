//! Sessions, their questionnaires and programmes.

use rocket::{Route, get, routes};

use crate::api::asked::Query;
use crate::api::caller::Caller;
use crate::api::forms::Paging;
use crate::api::model::Code;
use crate::api::pages::Page;
use crate::api::pages::programmes::ProgrammeView;
use crate::api::pages::sessions::{HubView, QuestionnaireView, SessionView};
use crate::api::problems::Reading;
use crate::api::reply::{ApiResult, Reply};
use crate::kernel::code::Code as _;
use crate::kernel::reference::Kind;
use crate::programmes::operations::looks;
use crate::questionnaires;
use crate::sessions::operations;

/// The sessions of the Working Group.
#[utoipa::path(
    tag = "Sessions",
    operation_id = "sessions",
    params(Paging),
    responses((status = 200, description = "A part of the list.", body = Page<SessionView>), Reading),
    security((), ("token" = ["read"]))
)]
#[get("/api/v1/sessions")]
pub async fn list(caller: Caller, query: Query) -> ApiResult {
    let actor = caller.actor.clone();
    let all = caller.db.read(move |conn| operations::list(conn, &actor)).await?;
    query.part(
        all.iter().map(|calendar| (format!("{:06}", calendar.session.number), SessionView::from(calendar))).collect(),
    )
}

/// A session with its windows, criteria and voting rules.
#[utoipa::path(
    tag = "Sessions",
    operation_id = "session",
    params(("number" = i32, Path, description = "Number of the session.", example = 15)),
    responses((status = 200, description = "The session.", body = HubView), (status = 304, description = "Nothing has changed."), Reading),
    security((), ("token" = ["read"]))
)]
#[get("/api/v1/sessions/<number>")]
pub async fn session(caller: Caller, number: i32) -> ApiResult {
    let actor = caller.actor.clone();
    let hub = caller.db.read(move |conn| operations::hub(conn, &actor, number)).await?;
    Reply::one(&HubView::from(&hub))
}

/// The questionnaire of a session and kind.
#[utoipa::path(
    tag = "Sessions",
    operation_id = "questionnaire",
    params(
        ("number" = i32, Path, description = "Number of the session.", example = 15),
        ("kind" = Kind, Path, description = "For good practices or priority actions.", example = "action")
    ),
    responses((status = 200, description = "The questionnaire.", body = QuestionnaireView), (status = 304, description = "Nothing has changed."), Reading),
    security((), ("token" = ["read"]))
)]
#[get("/api/v1/sessions/<number>/questionnaires/<kind>")]
pub async fn questionnaire(caller: Caller, number: i32, kind: &str) -> ApiResult {
    let (actor, kind) = (caller.actor.clone(), Kind::from_code(kind).ok_or(Code::NotFound)?);
    let held = caller.db.read(move |conn| questionnaires::operations::view(conn, &actor, number, kind)).await?;
    Reply::one(&QuestionnaireView::from(&held))
}

/// The work programme in force, or the draft where that may be seen.
#[utoipa::path(
    tag = "Programmes",
    operation_id = "programme",
    params(("number" = i32, Path, description = "Number of the session.", example = 15)),
    responses((status = 200, description = "The programme.", body = ProgrammeView), (status = 304, description = "Nothing has changed."), Reading),
    security((), ("token" = ["read"]))
)]
#[get("/api/v1/sessions/<number>/programme")]
pub async fn programme(caller: Caller, number: i32) -> ApiResult {
    shown(&caller, number, None).await
}

/// A revision of the work programme.
#[utoipa::path(
    tag = "Programmes",
    operation_id = "programme_revision",
    params(
        ("number" = i32, Path, description = "Number of the session.", example = 15),
        ("revision" = i32, Path, description = "Number of the revision; the first programme is 0.", example = 0)
    ),
    responses((status = 200, description = "The programme.", body = ProgrammeView), (status = 304, description = "Nothing has changed."), Reading),
    security((), ("token" = ["read"]))
)]
#[get("/api/v1/sessions/<number>/programme/<revision>")]
pub async fn programme_revision(caller: Caller, number: i32, revision: i32) -> ApiResult {
    shown(&caller, number, Some(revision)).await
}

async fn shown(caller: &Caller, number: i32, revision: Option<i32>) -> ApiResult {
    let actor = caller.actor.clone();
    let look = caller.db.read(move |conn| looks::look(conn, &actor, number, revision)).await?;
    Reply::one(&ProgrammeView::from(&look.ok_or(Code::NotFound)?))
}

/// Returns the routes of sessions.
pub fn routes() -> Vec<Route> {
    routes![list, session, questionnaire, programme, programme_revision]
}
