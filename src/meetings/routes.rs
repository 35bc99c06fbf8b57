//! Addresses of the room.

use rocket::http::ContentType;
use rocket::{Route, get, post, routes};

use super::model::{Meeting, Part, When};
use super::operations::attendance::{self, Sitting};
use super::operations::letters::{self, Dossier};
use super::{forms, pages};
use crate::kernel::code::Code as _;
use crate::kernel::fields::FieldErrors;
use crate::kernel::ids::CredentialsId;
use crate::policy::Action;
use crate::refusals::OperationError;
use crate::web::again::Again;
use crate::web::{Answer, Fields, Member, Nothing, PageError, PageResult, Posted};

#[get("/sessions/<number>/credentials")]
async fn credentials(member: Member<'_>, number: i32) -> PageResult {
    let actor = member.actor.clone();
    let (session, rows) = member.db.read(move |conn| letters::list(conn, &actor, number)).await?;
    pages::letters::list(&member, &session, &rows)
}

async fn dossier(member: &Member<'_>, number: i32, code: &str) -> Result<Dossier, PageError> {
    let (actor, code) = (member.actor.clone(), code.to_owned());
    Ok(member.db.read(move |conn| letters::dossier(conn, &actor, number, &code)).await?)
}

#[get("/sessions/<number>/credentials/<code>")]
async fn of_delegation(member: Member<'_>, number: i32, code: &str) -> PageResult {
    pages::letters::letters(&member, &dossier(&member, number, code).await?, None)
}

#[post("/sessions/<number>/credentials/<code>", data = "<posted>")]
async fn hand_in(member: Member<'_>, number: i32, code: &str, posted: Posted<Fields>) -> PageResult {
    let shown = dossier(&member, number, code).await?;
    letters::expect(&member.actor, Action::HandInCredentials, &shown)?;
    let (fields, again) = match posted.take() {
        Err((fields, errors)) => (fields, Again::Wrong(errors)),
        Ok((_, fields)) => match handed_in(&member, (number, code), &fields).await {
            Ok(()) => return done(&member, number, code, "credentials-done-hand-in"),
            Err(error) => (fields, Again::of(error)?),
        },
    };
    pages::letters::letters(&member, &shown, Some((fields, again)))
}

async fn handed_in(member: &Member<'_>, (number, code): (i32, &str), fields: &Fields) -> Result<(), OperationError> {
    let new = forms::letter(fields)?;
    let (actor, now, code) = (member.actor.clone(), member.now(), code.to_owned());
    member.db.write(move |tx| letters::hand_in(tx, &actor, (number, &code), &new, now)).await
}

#[post("/sessions/<number>/credentials/<code>/examine", data = "<posted>")]
async fn examine(member: Member<'_>, number: i32, code: &str, posted: Posted<Fields>) -> PageResult {
    let shown = dossier(&member, number, code).await?;
    letters::expect(&member.actor, Action::ExamineCredentials, &shown)?;
    let (fields, again) = match posted.take() {
        Err((fields, errors)) => (fields, Again::Wrong(errors)),
        Ok((_, fields)) => match examined(&member, (number, code), &fields).await {
            Ok(()) => return done(&member, number, code, "credentials-done-examine"),
            Err(error) => (fields, Again::of(error)?),
        },
    };
    pages::letters::letters(&member, &shown, Some((fields, again)))
}

async fn examined(member: &Member<'_>, (number, code): (i32, &str), fields: &Fields) -> Result<(), OperationError> {
    let finding = forms::finding(fields)?;
    let (actor, now, code) = (member.actor.clone(), member.now(), code.to_owned());
    member.db.write(move |tx| letters::examine_letter(tx, &actor, (number, &code), &finding, now)).await
}

fn done(member: &Member<'_>, number: i32, code: &str, said: &str) -> PageResult {
    Answer::done(pages::letters::place(number, code), member.texts().text(said))
}

#[get("/sessions/<number>/credentials/<code>/<id>/letter")]
async fn letter(member: Member<'_>, number: i32, code: &str, id: &str) -> PageResult {
    let (actor, code, id) = (member.actor.clone(), code.to_owned(), CredentialsId::from(id));
    let found = member.db.read(move |conn| letters::letter(conn, &actor, (number, &code), &id)).await?;
    let kind = ContentType::parse_flexible(found.0.content.media_type()).unwrap_or(ContentType::Binary);
    Ok(Answer::File(kind, found.0.file_name, found.1))
}

#[get("/sessions/<number>/meetings")]
async fn meetings(member: Member<'_>, number: i32) -> PageResult {
    let actor = member.actor.clone();
    let sitting = member.db.read(move |conn| attendance::sitting(conn, &actor, number)).await?;
    pages::sitting::list(&member, &sitting)
}

async fn kept(member: &Member<'_>, number: i32) -> Result<Sitting, PageError> {
    let actor = member.actor.clone();
    Ok(member.db.read(move |conn| attendance::kept(conn, &actor, number)).await?)
}

/// Reads when a meeting was held from its address, and finds it.
async fn found(member: &Member<'_>, number: i32, day: &str, part: &str) -> Result<(Sitting, Meeting), PageError> {
    let sitting = kept(member, number).await?;
    let held_on = day.parse().ok();
    let when = held_on.zip(Part::from_code(part)).map(|(held_on, part)| When { held_on, part });
    let meeting = when.and_then(|when| sitting.meeting(when)).cloned().ok_or_else(PageError::not_found)?;
    Ok((sitting, meeting))
}

#[get("/sessions/<number>/meetings/new")]
async fn new_meeting(member: Member<'_>, number: i32) -> PageResult {
    pages::sitting::form(&member, &kept(&member, number).await?, None, None)
}

#[post("/sessions/<number>/meetings", data = "<posted>")]
async fn note(member: Member<'_>, number: i32, posted: Posted<Fields>) -> PageResult {
    let sitting = kept(&member, number).await?;
    let (fields, again) = match posted.take() {
        Err((fields, errors)) => (fields, Again::Wrong(errors)),
        Ok((_, fields)) => match noted(&member, number, &fields).await {
            Ok(()) => return meetings_page(&member, number, "meeting-done-note"),
            Err(error) => (fields, Again::of(error)?),
        },
    };
    pages::sitting::form(&member, &sitting, None, Some((fields, again)))
}

async fn noted(member: &Member<'_>, number: i32, fields: &Fields) -> Result<(), OperationError> {
    let (when, present) = (forms::when(fields)?, forms::present(fields));
    let (actor, now) = (member.actor.clone(), member.now());
    member.db.write(move |tx| attendance::note(tx, &actor, number, (when, &present), now)).await
}

fn meetings_page(member: &Member<'_>, number: i32, said: &str) -> PageResult {
    Answer::done(crate::sessions::pages::address(number, "meetings"), member.texts().text(said))
}

#[get("/sessions/<number>/meetings/<day>/<part>")]
async fn meeting(member: Member<'_>, number: i32, day: &str, part: &str) -> PageResult {
    let (sitting, meeting) = found(&member, number, day, part).await?;
    pages::sitting::form(&member, &sitting, Some(&meeting), None)
}

#[post("/sessions/<number>/meetings/<day>/<part>", data = "<posted>")]
async fn change(member: Member<'_>, number: i32, day: &str, part: &str, posted: Posted<Fields>) -> PageResult {
    let (sitting, meeting) = found(&member, number, day, part).await?;
    let (is_switch, fields) = (posted.switch.is_some(), posted.fields);
    if is_switch {
        let again = Again::Wrong(FieldErrors::none());
        return pages::sitting::form(&member, &sitting, Some(&meeting), Some((fields, again)));
    }
    let (present, seen) = (forms::present(&fields), fields.value(crate::web::again::SEEN).to_owned());
    let (actor, now, when) = (member.actor.clone(), member.now(), meeting.when);
    let act = member.db.write(move |tx| attendance::change(tx, &actor, (number, when), (&present, &seen), now));
    match act.await {
        Ok(()) => meetings_page(&member, number, "meeting-done-change"),
        Err(error) => pages::sitting::form(&member, &sitting, Some(&meeting), Some((fields, Again::of(error)?))),
    }
}

#[post("/sessions/<number>/meetings/<day>/<part>/take-out", data = "<posted>")]
async fn take_out(member: Member<'_>, number: i32, day: &str, part: &str, posted: Posted<Nothing>) -> PageResult {
    drop(posted);
    let (_, meeting) = found(&member, number, day, part).await?;
    let (actor, now) = (member.actor.clone(), member.now());
    member.db.write(move |tx| attendance::take_out(tx, &actor, (number, meeting.when), now)).await?;
    meetings_page(&member, number, "meeting-done-take-out")
}

/// Returns the routes of the room.
pub fn routes() -> Vec<Route> {
    routes![
        credentials,
        of_delegation,
        hand_in,
        examine,
        letter,
        meetings,
        new_meeting,
        note,
        meeting,
        change,
        take_out
    ]
}
