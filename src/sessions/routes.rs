//! Addresses of the room.

use rocket::http::ContentType;
use rocket::{Route, get, post, routes};

use super::model::Seen;
use super::operations::{self, Managed};
use super::pages::manage::{Form, Shown};
use super::{forms, pages};
use crate::db::Tx;
use crate::i18n::Texts;
use crate::kernel::code::Code as _;
use crate::kernel::fields::{FieldErrors, Message};
use crate::kernel::ids::AccountId;
use crate::kernel::lang::Lang;
use crate::policy::Actor;
use crate::refusals::OperationError;
use crate::web::{Answer, Browser, Fields, Member, Nothing, PageError, PageResult, Posted, Reader};

#[get("/sessions")]
async fn list(reader: &Reader) -> PageResult {
    let actor = reader.actor.clone();
    let calendars = reader.db.read(move |conn| operations::list(conn, &actor)).await?;
    pages::list::show(reader, &calendars)
}

#[get("/sessions/<number>")]
async fn hub(reader: &Reader, number: i32) -> PageResult {
    let actor = reader.actor.clone();
    let hub = reader.db.read(move |conn| operations::hub(conn, &actor, number)).await?;
    pages::hub::show(reader, &hub)
}

#[get("/sessions/<number>/calendar.ics?<lang>")]
async fn calendar(reader: &Reader, browser: Browser<'_>, number: i32, lang: Option<&str>) -> PageResult {
    let actor = reader.actor.clone();
    let hub = reader.db.read(move |conn| operations::hub(conn, &actor, number)).await?;
    let texts = Texts::of(lang.and_then(Lang::from_code).unwrap_or(reader.lang));
    let file = pages::calendar::of_session(texts, &hub.calendar, &browser.origin, reader.now());
    let kind = ContentType::new("text", "calendar").with_params(("charset", "utf-8"));
    Ok(Answer::File(kind, format!("session-{number}.ics"), file.into_bytes()))
}

#[get("/sessions/new")]
async fn new(member: Member<'_>) -> PageResult {
    pages::manage::new_session(&member, next_number(&member).await?, None)
}

#[post("/sessions/new", data = "<posted>")]
async fn create(member: Member<'_>, posted: Posted<Nothing>) -> PageResult {
    let (actor, now, number) = (member.actor.clone(), member.now(), next_number(&member).await?);
    let (new, fields) = match read(posted, forms::new_session) {
        Ok(read) => read,
        Err(typed) => return pages::manage::new_session(&member, number, Some(typed)),
    };
    match member.db.write(move |tx| operations::create(tx, &actor, &new, now)).await {
        Err(OperationError::Invalid(errors)) => pages::manage::new_session(&member, number, Some((fields, errors))),
        Err(other) => Err(other.into()),
        Ok(session) => Answer::done(pages::address(session.number, "windows"), member.texts().text("session-created")),
    }
}

#[get("/sessions/<number>/edit")]
async fn edit(member: Member<'_>, number: i32) -> PageResult {
    pages::manage::show(&member, Form::Details, &managed(&member, number).await?, Shown::Stored)
}

#[get("/sessions/<number>/windows")]
async fn windows(member: Member<'_>, number: i32) -> PageResult {
    pages::manage::show(&member, Form::Windows, &managed(&member, number).await?, Shown::Stored)
}

#[get("/sessions/<number>/criteria")]
async fn criteria(member: Member<'_>, number: i32) -> PageResult {
    pages::manage::show(&member, Form::Criteria, &managed(&member, number).await?, Shown::Stored)
}

#[get("/sessions/<number>/rules")]
async fn rules(member: Member<'_>, number: i32) -> PageResult {
    pages::manage::show(&member, Form::Rules, &managed(&member, number).await?, Shown::Stored)
}

#[post("/sessions/<number>/edit", data = "<posted>")]
async fn save_details(member: Member<'_>, number: i32, posted: Posted<Nothing>) -> PageResult {
    let managed = managed(&member, number).await?;
    let read = read(posted, forms::details);
    save(&member, Form::Details, &managed, read, |tx, actor, seen, details, now| {
        operations::change(tx, actor, seen, details, now)
    })
    .await
}

#[post("/sessions/<number>/windows", data = "<posted>")]
async fn save_windows(member: Member<'_>, number: i32, posted: Posted<Nothing>) -> PageResult {
    let managed = managed(&member, number).await?;
    let zone = managed.calendar.session.time_zone;
    let read = read(posted, |fields| forms::dates(fields, zone));
    save(&member, Form::Windows, &managed, read, |tx, actor, seen, dates, now| {
        operations::set_windows(tx, actor, seen, dates, now)
    })
    .await
}

#[post("/sessions/<number>/criteria", data = "<posted>")]
async fn save_criteria(member: Member<'_>, number: i32, posted: Posted<Nothing>) -> PageResult {
    let managed = managed(&member, number).await?;
    let read = match forms::with_rows_changed(&posted.fields) {
        Some(fields) => Err((fields, FieldErrors::none())),
        None => read(posted, forms::criteria),
    };
    save(&member, Form::Criteria, &managed, read, |tx, actor, seen, criteria, now| {
        operations::set_criteria(tx, actor, seen, criteria, now)
    })
    .await
}

#[post("/sessions/<number>/rules", data = "<posted>")]
async fn save_rules(member: Member<'_>, number: i32, posted: Posted<Nothing>) -> PageResult {
    let managed = managed(&member, number).await?;
    let read = read(posted, forms::rules);
    save(&member, Form::Rules, &managed, read, |tx, actor, seen, rules, now| {
        operations::set_rules(tx, actor, seen, rules, now)
    })
    .await
}

#[get("/sessions/<number>/reviewers")]
async fn reviewers(member: Member<'_>, number: i32) -> PageResult {
    reviewers_page(&member, number, None).await
}

#[post("/sessions/<number>/reviewers", data = "<posted>")]
async fn appoint(member: Member<'_>, number: i32, posted: Posted<Nothing>) -> PageResult {
    let (fields, _) = match posted.take() {
        Ok(taken) => taken,
        Err(typed) => return reviewers_page(&member, number, Some(typed)).await,
    };
    match appointed(&member, number, &fields).await {
        Err(OperationError::Invalid(errors)) => reviewers_page(&member, number, Some((fields, errors))).await,
        Err(other) => Err(other.into()),
        Ok(()) => Answer::done(pages::address(number, "reviewers"), member.texts().text("reviewer-appointed")),
    }
}

#[post("/sessions/<number>/reviewers/dismiss", data = "<posted>")]
async fn dismiss(member: Member<'_>, number: i32, posted: Posted<Nothing>) -> PageResult {
    let (actor, now) = (member.actor.clone(), member.now());
    let account = AccountId::from(posted.fields.value("account"));
    member.db.write(move |tx| operations::dismiss(tx, &actor, number, &account, now)).await?;
    Answer::done(pages::address(number, "reviewers"), member.texts().text("reviewer-dismissed"))
}

/// What a form yields: the thing read and the fields, or the fields and what is wrong with them.
type Read<T> = Result<(T, Fields), (Fields, FieldErrors)>;

/// Reads a form, unless only the language was switched.
fn read<T>(posted: Posted<Nothing>, from: impl Fn(&Fields) -> Result<T, FieldErrors>) -> Read<T> {
    let (_, fields) = posted.take()?;
    match from(&fields) {
        Ok(read) => Ok((read, fields)),
        Err(errors) => Err((fields, errors)),
    }
}

async fn next_number(member: &Member<'_>) -> Result<i32, PageError> {
    let actor = member.actor.clone();
    Ok(member.db.read(move |conn| operations::next_number(conn, &actor)).await?)
}

async fn managed(member: &Member<'_>, number: i32) -> Result<Managed, PageError> {
    let actor = member.actor.clone();
    Ok(member.db.read(move |conn| operations::to_manage(conn, &actor, number)).await?)
}

/// Saves one of the forms of a session; shows it again with messages, or beside what somebody else stored meanwhile.
async fn save<T, F>(member: &Member<'_>, form: Form, managed: &Managed, read: Read<T>, act: F) -> PageResult
where
    T: Send + 'static,
    F: Fn(&mut Tx<'_>, &Actor, Seen, &T, chrono::NaiveDateTime) -> Result<(), OperationError> + Send + 'static,
{
    let (value, fields) = match read {
        Ok(read) => read,
        Err((fields, errors)) => {
            return pages::manage::show(member, form, managed, Shown::Typed(fields, errors));
        }
    };
    let (actor, now, number) = (member.actor.clone(), member.now(), managed.calendar.session.number);
    let seen = Seen { number, edition: forms::edition(&fields) };
    match member.db.write(move |tx| act(tx, &actor, seen, &value, now)).await {
        // Why: criteria that stand by now are shown like any other change made meanwhile: what was typed stays.
        Err(OperationError::Stale | OperationError::Refused(_)) => {
            let managed = self::managed(member, number).await?;
            pages::manage::show(member, form, &managed, Shown::Overtaken(fields))
        }
        Err(OperationError::Invalid(errors)) => {
            pages::manage::show(member, form, managed, Shown::Typed(fields, errors))
        }
        Err(other) => Err(other.into()),
        Ok(()) => Answer::done(pages::address(number, ""), member.texts().text("session-saved")),
    }
}

#[get("/sessions/<number>/second-factor")]
async fn second_factor(member: Member<'_>, number: i32) -> PageResult {
    let actor = member.actor.clone();
    let asked = member.db.read(move |conn| operations::second_factor(conn, &actor, number)).await?;
    pages::second_factor::show(&member, &asked.0, asked.1)
}

#[post("/sessions/<number>/second-factor", data = "<posted>")]
async fn ask_second_factor(member: Member<'_>, number: i32, posted: Posted<Nothing>) -> PageResult {
    let (actor, now, is_asked) = (member.actor.clone(), member.now(), posted.fields.value("heads") == "yes");
    member.db.write(move |tx| operations::ask_second_factor(tx, &actor, number, is_asked, now)).await?;
    Answer::done(pages::address(number, ""), member.texts().text("session-saved"))
}

async fn reviewers_page(member: &Member<'_>, number: i32, typed: Option<(Fields, FieldErrors)>) -> PageResult {
    let actor = member.actor.clone();
    let appointments = member.db.read(move |conn| operations::appointments(conn, &actor, number)).await?;
    pages::reviewers::show(member, &appointments, typed)
}

/// Appoints by the e-mail address typed or, without one, the account chosen.
async fn appointed(member: &Member<'_>, number: i32, fields: &Fields) -> Result<(), OperationError> {
    let (actor, now) = (member.actor.clone(), member.now());
    let (email, account) = (fields.value("email").trim().to_owned(), fields.value("account").to_owned());
    if email.is_empty() && account.is_empty() {
        return Err(FieldErrors::one("email", Message::new("reviewer-missing")).into());
    }
    let appoint = move |tx: &mut Tx<'_>| {
        if email.is_empty() {
            operations::appoint(tx, &actor, number, &AccountId::from(account.as_str()), now)
        } else {
            operations::appoint_by_email(tx, &actor, number, &email, now)
        }
    };
    member.db.write(appoint).await
}

/// Returns the routes of the room.
pub fn routes() -> Vec<Route> {
    routes![
        list,
        hub,
        calendar,
        new,
        create,
        edit,
        windows,
        criteria,
        rules,
        save_details,
        save_windows,
        save_criteria,
        save_rules,
        reviewers,
        appoint,
        dismiss,
        second_factor,
        ask_second_factor
    ]
}
