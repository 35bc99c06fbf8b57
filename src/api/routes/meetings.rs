//! Meetings and who is present: read by those in the room, noted by the secretariat.

use rocket::{Route, delete, get, patch, post, routes};

use crate::api::asked::{Query, Seen, Sent};
use crate::api::caller::{Holder, MeetingWriter};
use crate::api::forms::Paging;
use crate::api::forms::meetings::{NewMeeting, NewPresence};
use crate::api::model::Code;
use crate::api::pages::Page;
use crate::api::pages::meetings::MeetingView;
use crate::api::problems::{Problem, Reading, Writing};
use crate::api::reply::{ApiResult, Reply, validator};
use crate::db::Tx;
use crate::kernel::code::Code as _;
use crate::meetings::model::{Meeting, Part, When};
use crate::meetings::operations::attendance::{self, Sitting};
use crate::refusals::OperationError;

/// Reads from an address when a meeting was held.
fn when(day: &str, part: &str) -> Result<When, Problem> {
    let found = day.parse().ok().zip(Part::from_code(part));
    Ok(found.map(|(held_on, part)| When { held_on, part }).ok_or(Code::NotFound)?)
}

fn found(sitting: &Sitting, when: When) -> Result<&Meeting, Problem> {
    Ok(sitting.meeting(when).ok_or(Code::NotFound)?)
}

/// The meetings of a session, in the order in which they were held.
#[utoipa::path(
    tag = "Meetings",
    operation_id = "meetings",
    params(("session" = i32, Path, description = "Number of the session.", example = 15), Paging),
    responses((status = 200, description = "A part of the list.", body = Page<MeetingView>), Reading),
    security(("token" = ["read"]))
)]
#[get("/api/v1/sessions/<session>/meetings")]
pub async fn list(holder: Holder, session: i32, query: Query) -> ApiResult {
    let actor = holder.actor.clone();
    let sitting = holder.db.read(move |conn| attendance::sitting(conn, &actor, session)).await?;
    let place = |part: Part| Part::ALL.iter().position(|one| *one == part).unwrap_or_default();
    let key = |one: &Meeting| format!("{}/{}", one.when.held_on, place(one.when.part));
    query.part(sitting.meetings.iter().map(|one| (key(one), MeetingView::new(&sitting, one))).collect())
}

/// A meeting with who was present.
#[utoipa::path(
    tag = "Meetings",
    operation_id = "meeting",
    params(
        ("session" = i32, Path, description = "Number of the session.", example = 15),
        ("day" = String, Path, description = "The day.", example = "2020-11-10"),
        ("part" = Part, Path, description = "The part of the day.", example = "morning")
    ),
    responses((status = 200, description = "The meeting.", body = MeetingView, headers(("ETag" = String, description = "Validator, for `If-Match` of requests that write."))), (status = 304, description = "Nothing has changed."), Reading),
    security(("token" = ["read"]))
)]
#[get("/api/v1/sessions/<session>/meetings/<day>/<part>")]
pub async fn meeting(holder: Holder, session: i32, day: &str, part: &str) -> ApiResult {
    let (actor, when) = (holder.actor.clone(), when(day, part)?);
    let sitting = holder.db.read(move |conn| attendance::sitting(conn, &actor, session)).await?;
    Reply::one(&MeetingView::new(&sitting, found(&sitting, when)?))
}

/// Notes a meeting with who is present.
#[utoipa::path(
    tag = "Meetings",
    operation_id = "note_meeting",
    params(("session" = i32, Path, description = "Number of the session.", example = 15)),
    request_body = NewMeeting,
    responses((status = 201, description = "The meeting.", body = MeetingView, headers(("ETag" = String, description = "Validator, for `If-Match` of requests that write."), ("Location" = String, description = "Its address."))), Writing),
    security(("token" = ["write-meetings"]))
)]
#[post("/api/v1/sessions/<session>/meetings", data = "<sent>")]
pub async fn note(writer: MeetingWriter, session: i32, sent: Sent<NewMeeting>) -> ApiResult {
    let who = (*writer).clone();
    let act = move |tx: &mut Tx<'_>| -> ApiResult {
        let sitting = attendance::kept(tx, &who.actor, session)?;
        let (when, present) = sent.0.read(&sitting).map_err(OperationError::from)?;
        attendance::note(tx, &who.actor, session, (when, &present), who.now)?;
        let sitting = attendance::kept(tx, &who.actor, session)?;
        let made = Reply::one(&MeetingView::new(&sitting, found(&sitting, when)?))?;
        Ok(made.created(format!("/api/v1/sessions/{session}/meetings/{when}")))
    };
    writer.db.write(act).await
}

/// Opens a meeting for an act, unless it has changed since it was read.
fn seen(sitting: &Sitting, when: When, as_read: &Seen) -> Result<Meeting, Problem> {
    let held = found(sitting, when)?;
    as_read.expect(&validator(&MeetingView::new(sitting, held))?)?;
    Ok(held.clone())
}

/// Registers who has come to a meeting or left it; delegations that are not named stay as they are.
#[utoipa::path(
    tag = "Meetings",
    operation_id = "register_presence",
    params(
        ("session" = i32, Path, description = "Number of the session.", example = 15),
        ("day" = String, Path, description = "The day.", example = "2020-11-10"),
        ("part" = Part, Path, description = "The part of the day.", example = "morning"),
        ("If-Match" = String, Header, description = "`ETag` of the meeting as it was read.")
    ),
    request_body = NewPresence,
    responses((status = 200, description = "The meeting as it stands now.", body = MeetingView, headers(("ETag" = String, description = "Validator, for `If-Match` of requests that write."))), Writing),
    security(("token" = ["write-meetings"]))
)]
#[patch("/api/v1/sessions/<session>/meetings/<day>/<part>", data = "<sent>")]
pub async fn register(
    writer: MeetingWriter,
    session: i32,
    day: &str,
    part: &str,
    seen: Seen,
    sent: Sent<NewPresence>,
) -> ApiResult {
    let (who, when) = ((*writer).clone(), when(day, part)?);
    let act = move |tx: &mut Tx<'_>| -> ApiResult {
        let sitting = attendance::kept(tx, &who.actor, session)?;
        let held = self::seen(&sitting, when, &seen)?;
        let present = sent.0.read(&sitting, &held).map_err(OperationError::from)?;
        attendance::change(tx, &who.actor, (session, when), (&present, &held.print()), who.now)?;
        let sitting = attendance::kept(tx, &who.actor, session)?;
        Reply::one(&MeetingView::new(&sitting, found(&sitting, when)?))
    };
    writer.db.write(act).await
}

/// Takes out a meeting that was noted by mistake.
#[utoipa::path(
    tag = "Meetings",
    operation_id = "take_meeting_out",
    params(
        ("session" = i32, Path, description = "Number of the session.", example = 15),
        ("day" = String, Path, description = "The day.", example = "2020-11-10"),
        ("part" = Part, Path, description = "The part of the day.", example = "morning"),
        ("If-Match" = String, Header, description = "`ETag` of the meeting as it was read.")
    ),
    responses((status = 204, description = "Done; there is no such meeting any more."), Writing),
    security(("token" = ["write-meetings"]))
)]
#[delete("/api/v1/sessions/<session>/meetings/<day>/<part>")]
pub async fn take_out(writer: MeetingWriter, session: i32, day: &str, part: &str, seen: Seen) -> ApiResult {
    let (who, when) = ((*writer).clone(), when(day, part)?);
    let act = move |tx: &mut Tx<'_>| -> ApiResult {
        let sitting = attendance::kept(tx, &who.actor, session)?;
        self::seen(&sitting, when, &seen)?;
        attendance::take_out(tx, &who.actor, (session, when), who.now)?;
        Ok(Reply::nothing())
    };
    writer.db.write(act).await
}

/// Returns the routes of meetings.
pub fn routes() -> Vec<Route> {
    routes![list, meeting, note, register, take_out]
}
