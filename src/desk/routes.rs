//! Addresses of the room: the desk, its calendar and lead times, acts on several submissions.

use rocket::http::ContentType;
use rocket::{Route, get, post, routes};

use super::forms::{self, BulkForm};
use super::operations::{self, Desk, bulk};
use super::{export, pages};
use crate::db::AnyConnection;
use crate::i18n::Texts;
use crate::kernel::code::Code as _;
use crate::kernel::fields::FieldErrors;
use crate::kernel::lang::Lang;
use crate::refusals::OperationError;
use crate::submissions;
use crate::submissions::operations::{Filter, find, rows};
use crate::web::again::{Again, SEEN};
use crate::web::browser::Browser;
use crate::web::{Answer, Fields, Member, PageError, PageResult, Posted, Reader};

#[get("/sessions/<number>/desk")]
async fn desk(member: Member<'_>, number: i32) -> PageResult {
    pages::desk(&member, &found(&member, number).await?)
}

async fn found(reader: &Reader, number: i32) -> Result<Desk, PageError> {
    let (actor, now) = (reader.actor.clone(), reader.now());
    Ok(reader.db.read(move |conn| operations::desk(conn, &actor, number, now)).await?)
}

#[get("/sessions/<number>/desk/calendar.ics")]
async fn calendar(member: Member<'_>, browser: Browser<'_>, number: i32) -> PageResult {
    let desk = found(&member, number).await?;
    let file = pages::calendar_file(member.texts(), &desk, &browser.origin, member.now());
    let kind = ContentType::new("text", "calendar").with_params(("charset", "utf-8"));
    Ok(Answer::File(kind, format!("desk-{number}.ics"), file.into_bytes()))
}

#[get("/sessions/<number>/desk/lead-times")]
async fn lead_times(member: Member<'_>, number: i32) -> PageResult {
    lead_times_page(&member, number, None).await
}

async fn lead_times_page(reader: &Reader, number: i32, typed: Option<(Fields, Again)>) -> PageResult {
    let actor = reader.actor.clone();
    let held = reader.db.read(move |conn| operations::lead_times(conn, &actor, number)).await?;
    pages::lead_times(reader, &held, typed)
}

#[post("/sessions/<number>/desk/lead-times", data = "<posted>")]
async fn set_lead_times(member: Member<'_>, number: i32, posted: Posted<Fields>) -> PageResult {
    if posted.switch.is_some() {
        return lead_times_page(&member, number, Some((posted.fields, Again::Wrong(FieldErrors::none())))).await;
    }
    let fields = posted.fields;
    match lead_times_set(&member, number, &fields).await {
        Ok(()) => Answer::done(format!("/sessions/{number}/desk"), member.texts().text("lead-times-saved")),
        Err(error) => lead_times_page(&member, number, Some((fields, Again::of(error)?))).await,
    }
}

async fn lead_times_set(reader: &Reader, number: i32, fields: &Fields) -> Result<(), OperationError> {
    let (actor, now, seen) = (reader.actor.clone(), reader.now(), fields.value(SEEN).to_owned());
    // Why: who may not set them is told so, whatever was typed.
    let asking = actor.clone();
    reader.db.read(move |conn| operations::lead_times(conn, &asking, number).map(drop)).await?;
    let wanted = forms::lead_times(fields)?;
    reader.db.write(move |tx| operations::set_lead_times(tx, &actor, number, (&wanted, &seen), now)).await
}

#[get("/sessions/<number>/submissions/list.csv?<kind>&<state>&<delegation>&<lang>")]
async fn list_file(
    member: Member<'_>,
    number: i32,
    kind: Option<&str>,
    state: Option<&str>,
    delegation: Option<&str>,
    lang: Option<&str>,
) -> PageResult {
    let word = Option::unwrap_or_default;
    let filter = Filter::named(word(kind), word(state), word(delegation));
    file(&member, number, filter, lang.and_then(Lang::from_code).unwrap_or(member.lang)).await
}

async fn file(reader: &Reader, number: i32, filter: Filter, lang: Lang) -> PageResult {
    let actor = reader.actor.clone();
    let read = move |conn: &mut AnyConnection| {
        let found = find(conn, &actor, number, &filter)?;
        Ok::<_, OperationError>((rows(conn, &actor, &found.keys)?, found.delegations))
    };
    let (rows, delegations) = reader.db.read(read).await?;
    let (header, rows) = pages::listing::cells(Texts::of(lang), (&delegations, &rows));
    let content = export::file(&header, &rows).map_err(|error| PageError::Template(error.to_string()))?;
    Ok(Answer::File(ContentType::CSV, format!("submissions-{number}-{lang}.csv"), content))
}

#[get("/sessions/<number>/bulk?<kind>&<state>&<delegation>&<act>")]
async fn choose(
    member: Member<'_>,
    number: i32,
    kind: Option<&str>,
    state: Option<&str>,
    delegation: Option<&str>,
    act: Option<&str>,
) -> PageResult {
    let word = Option::unwrap_or_default;
    let filter = Filter::named(word(kind), word(state), word(delegation));
    let fields = Fields::none().set("act", word(act));
    choose_page(&member, number, &filter, (fields, FieldErrors::none())).await
}

async fn choose_page(reader: &Reader, number: i32, filter: &Filter, typed: (Fields, FieldErrors)) -> PageResult {
    let (actor, wanted) = (reader.actor.clone(), filter.clone());
    let offered = reader.db.read(move |conn| bulk::offered(conn, &actor, number, &wanted)).await?;
    pages::bulk::choose(reader, &offered, filter, (typed.0, &typed.1))
}

#[post("/sessions/<number>/bulk/check", data = "<posted>")]
async fn check(member: Member<'_>, number: i32, posted: Posted<Fields>) -> PageResult {
    let is_switched = posted.switch.is_some();
    let fields = posted.fields;
    let errors = match forms::bulk(&fields) {
        Ok(form) if !is_switched => return check_page(&member, number, &form, None).await,
        Err(errors) if !is_switched => errors,
        _ => FieldErrors::none(),
    };
    let filter = submissions::forms::filter(&fields);
    choose_page(&member, number, &filter, (fields, errors)).await
}

async fn check_page(reader: &Reader, number: i32, form: &BulkForm, notice: Option<String>) -> PageResult {
    let (actor, now, act, references) = (reader.actor.clone(), reader.now(), form.act, form.references());
    let checked = reader.db.read(move |conn| bulk::check(conn, &actor, number, (act, &references), now)).await?;
    pages::bulk::check(reader, &checked, form, notice)
}

#[post("/sessions/<number>/bulk", data = "<posted>")]
async fn act(member: Member<'_>, number: i32, posted: Posted<Fields>) -> PageResult {
    let is_switched = posted.switch.is_some();
    let form = match forms::bulk(&posted.fields) {
        Ok(form) if is_switched => return check_page(&member, number, &form, None).await,
        Ok(form) => form,
        Err(errors) => {
            let filter = submissions::forms::filter(&posted.fields);
            return choose_page(&member, number, &filter, (posted.fields, errors)).await;
        }
    };
    done(&member, number, form).await
}

/// Does the act; when something has changed since it was shown, nothing is done, and it is shown anew.
async fn done(reader: &Reader, number: i32, form: BulkForm) -> PageResult {
    let (actor, now, wanted) = (reader.actor.clone(), reader.now(), form.clone());
    let done =
        reader.db.write(move |tx| bulk::act(tx, &actor, number, (wanted.act, &wanted.chosen, &wanted.note), now)).await;
    let texts = reader.texts();
    match done {
        Ok(count) => {
            let words = texts.one(&format!("bulk-done-{}", form.act), "number", count);
            Answer::done(format!("/sessions/{number}/desk"), words)
        }
        Err(OperationError::Stale | OperationError::Refused(_) | OperationError::Denied(_)) => {
            check_page(reader, number, &form, Some(texts.text("bulk-stale"))).await
        }
        Err(OperationError::Invalid(errors)) => {
            let fields =
                form.chosen.iter().fold(Fields::none().set("act", form.act.code()), |mut fields, (one, at)| {
                    fields.push(forms::CHOSEN, format!("{one}@{at}"));
                    fields
                });
            choose_page(reader, number, &Filter::default(), (fields.set("note", form.note), errors)).await
        }
        Err(error) => Err(error.into()),
    }
}

/// Returns the routes of the room.
pub fn routes() -> Vec<Route> {
    routes![desk, calendar, lead_times, set_lead_times, list_file, choose, check, act]
}
