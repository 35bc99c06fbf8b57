//! The progress of adopted actions: reports of the delegation that leads, and what the countries named say to them.

use rocket::{Route, get, post, put, routes};

use crate::api::asked::{Query, Seen, Sent};
use crate::api::caller::{Caller, Holder, ProgressWriter, Who};
use crate::api::forms::Paging;
use crate::api::forms::progress::{NewReport, NewReportAct, NewReportAnswer};
use crate::api::forms::texts::as_sent;
use crate::api::pages::Page;
use crate::api::pages::progress::{ProgressView, RowView, Sees};
use crate::api::problems::{Problem, Reading, Writing};
use crate::api::reply::{ApiResult, Reply, validator};
use crate::db::Tx;
use crate::kernel::fields::tidy;
use crate::policy::{Action, Target};
use crate::progress::model::Answer;
use crate::progress::operations::viewing::{self, Look};
use crate::progress::operations::{By, Course, confirming, writing};
use crate::progress::workflow::{Event, State};
use crate::refusals::OperationError;

fn by(who: &Who, reference: &str) -> By {
    By { actor: who.actor.clone(), reference: reference.to_owned(), now: who.now }
}

/// Shows the progress of an action as far as the caller may see it.
fn view(who: &Who, look: &Look) -> ProgressView {
    let follows = who.may(Action::FollowProgress, &Target::of_session(look.session.id.clone()));
    let to_write = |course: &Course| who.may(Action::WriteReport, &course.target(State::Draft));
    let writes = look.course.as_ref().is_some_and(to_write);
    ProgressView::new(look, Sees { follows, writes }, who.now.date())
}

/// How the actions of a session's programme go, in the order of their references.
#[utoipa::path(
    tag = "Progress",
    operation_id = "progress_of_session",
    params(("number" = i32, Path, description = "Number of the session.", example = 15), Paging),
    responses((status = 200, description = "A part of the list.", body = Page<RowView>), Reading),
    security(("token" = ["read"]))
)]
#[get("/api/v1/sessions/<number>/progress")]
pub async fn list(holder: Holder, number: i32, query: Query) -> ApiResult {
    let (actor, now) = (holder.actor.clone(), holder.now);
    let board = holder.db.read(move |conn| viewing::board(conn, &actor, number, now)).await?;
    let row = |course: &Course| (course.submission.reference.clone(), RowView::new(course, board.today));
    query.part(board.courses.iter().map(row).collect())
}

/// The progress of an action with the reports on it and what happened to it.
#[utoipa::path(
    tag = "Progress",
    operation_id = "progress",
    params(("reference" = String, Path, description = "Reference of the action.", example = "PA-KAZ-2020-003")),
    responses((status = 200, description = "The progress.", body = ProgressView, headers(("ETag" = String, description = "Validator, for `If-Match` of requests that write."))), (status = 304, description = "Nothing has changed."), Reading),
    security((), ("token" = ["read"]))
)]
#[get("/api/v1/submissions/<reference>/progress")]
pub async fn progress(caller: Caller, reference: &str) -> ApiResult {
    let by = by(&caller, reference);
    let look = caller.db.read(move |conn| viewing::look(conn, &by)).await?;
    Reply::one(&view(&caller, &look))
}

/// Does an act on a report as the caller has seen it.
async fn done(
    writer: &ProgressWriter,
    reference: &str,
    as_read: Seen,
    act: impl Fn(&mut Tx<'_>, &By, &Look) -> Result<(), OperationError> + Send + Sync + 'static,
) -> ApiResult {
    let (who, by) = ((**writer).clone(), by(writer, reference));
    let work = move |tx: &mut Tx<'_>| -> ApiResult {
        let look = viewing::look(tx, &by)?;
        as_read.expect(&validator(&view(&who, &look))?)?;
        act(tx, &by, &look).map_err(as_sent)?;
        Reply::one(&view(&who, &viewing::look(tx, &by)?))
    };
    writer.db.write(work).await
}

/// Saves the draft of a report, or begins one.
#[utoipa::path(
    tag = "Progress",
    operation_id = "save_report",
    params(
        ("reference" = String, Path, description = "Reference of the action.", example = "PA-KAZ-2020-003"),
        ("If-Match" = String, Header, description = "`ETag` of the progress as it was read.")
    ),
    request_body = NewReport,
    responses((status = 200, description = "The progress as it stands now.", body = ProgressView, headers(("ETag" = String, description = "Validator, for `If-Match` of requests that write."))), Writing),
    security(("token" = ["write-progress"]))
)]
#[put("/api/v1/submissions/<reference>/progress/report", data = "<sent>")]
pub async fn save(writer: ProgressWriter, reference: &str, seen: Seen, sent: Sent<NewReport>) -> ApiResult {
    let act = move |tx: &mut Tx<'_>, by: &By, _: &Look| -> Result<(), OperationError> {
        let held = viewing::writing(tx, by)?;
        let typed = sent.0.typed(&held.course.plan, held.report.edition)?;
        writing::write(tx, by, &typed).map(drop)
    };
    done(&writer, reference, seen, act).await
}

/// Gives the report to the group, or takes it back to mend it.
#[utoipa::path(
    tag = "Progress",
    operation_id = "act_on_report",
    params(
        ("reference" = String, Path, description = "Reference of the action.", example = "PA-KAZ-2020-003"),
        ("If-Match" = String, Header, description = "`ETag` of the progress as it was read.")
    ),
    request_body = NewReportAct,
    responses((status = 200, description = "The progress as it stands now.", body = ProgressView, headers(("ETag" = String, description = "Validator, for `If-Match` of requests that write."))), Writing),
    security(("token" = ["write-progress"]))
)]
#[post("/api/v1/submissions/<reference>/progress/acts", data = "<sent>")]
pub async fn act(writer: ProgressWriter, reference: &str, seen: Seen, sent: Sent<NewReportAct>) -> ApiResult {
    let event = sent.0.event;
    if event == Event::Complete {
        return Err(Problem::not_offered("event", event.code()));
    }
    let act = move |tx: &mut Tx<'_>, by: &By, look: &Look| match event {
        Event::TakeBack => writing::take_back(tx, by, newest(look)),
        Event::Give | Event::Complete => writing::give(tx, by, draft(look)),
    };
    done(&writer, reference, seen, act).await
}

/// Returns the edition of the draft that was read; 0 when there is none.
fn draft(look: &Look) -> i32 {
    look.course.as_ref().and_then(Course::draft).map_or(0, |report| report.edition)
}

/// Returns the edition of the newest report before the group that was read; 0 when there is none.
fn newest(look: &Look) -> i32 {
    look.course.as_ref().and_then(Course::newest).map_or(0, |report| report.edition)
}

/// Confirms the newest report for one's country, which the action names, or comments on it.
#[utoipa::path(
    tag = "Progress",
    operation_id = "answer_report",
    params(
        ("reference" = String, Path, description = "Reference of the action.", example = "PA-KAZ-2020-003"),
        ("If-Match" = String, Header, description = "`ETag` of the progress as it was read.")
    ),
    request_body = NewReportAnswer,
    responses((status = 200, description = "The progress as it stands now.", body = ProgressView, headers(("ETag" = String, description = "Validator, for `If-Match` of requests that write."))), Writing),
    security(("token" = ["write-progress"]))
)]
#[put("/api/v1/submissions/<reference>/progress/answer", data = "<sent>")]
pub async fn answer(writer: ProgressWriter, reference: &str, seen: Seen, sent: Sent<NewReportAnswer>) -> ApiResult {
    let (said, note) = (sent.0.answer, tidy(&sent.0.note));
    if said == Answer::Asked {
        return Err(Problem::not_offered("answer", said.code()));
    }
    let act = move |tx: &mut Tx<'_>, by: &By, look: &Look| confirming::answer(tx, by, said, &note, newest(look));
    done(&writer, reference, seen, act).await
}

/// Returns the routes of progress.
pub fn routes() -> Vec<Route> {
    routes![list, progress, save, act, answer]
}
