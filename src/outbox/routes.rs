//! Addresses of the outbox, and of the choice how one's own mails come.

use rocket::{FromForm, Route, get, post, routes};
use validator::{Validate, ValidationError};

use super::model::Wording;
use super::{Kind, Pace, State, operations, pages};
use crate::db::Tx;
use crate::kernel::code::Code as _;
use crate::kernel::ids::MessageId;
use crate::kernel::lang::Lang;
use crate::refusals::OperationError;
use crate::web::again::Again;
use crate::web::paging::Page;
use crate::web::{Answer, Member, Nothing, PageError, PageResult, Posted};

/// Messages a page.
const MESSAGES: i64 = 50;

/// How one's own mails come.
#[derive(FromForm, Validate)]
struct PaceForm {
    /// Code of the pace.
    #[validate(custom(function = "pace"))]
    pace: String,
}

/// What mails of one kind say in one language.
#[derive(FromForm, Validate)]
struct WordingForm {
    /// Subject.
    subject: String,
    /// Text.
    body: String,
    /// The edition that was seen.
    edition: i32,
    /// Save, look, or go back to the standard text.
    act: String,
}

impl WordingForm {
    fn wording(&self) -> Wording {
        let body = self.body.replace("\r\n", "\n");
        Wording { subject: self.subject.trim().to_owned(), body: body.trim().to_owned() }
    }
}

fn pace(code: &str) -> Result<(), ValidationError> {
    if Pace::from_code(code).is_some() { Ok(()) } else { Err(ValidationError::new("required")) }
}

#[get("/outbox?<state>&<page>")]
async fn list(member: Member<'_>, state: Option<&str>, page: Option<i64>) -> PageResult {
    let state = state.and_then(State::from_code);
    let (page, actor) = (Page::new(page, MESSAGES), member.actor.clone());
    let listing = member.db.read(move |conn| operations::list(conn, &actor, state, page.skip(), page.size)).await?;
    pages::list(&member, page, state, &listing)
}

#[get("/outbox/<id>")]
async fn message(member: Member<'_>, id: &str) -> PageResult {
    let (actor, id) = (member.actor.clone(), MessageId::from(id));
    let opened = member.db.read(move |conn| operations::open(conn, &actor, &id)).await?;
    pages::message(&member, &opened)
}

#[post("/outbox/<id>/send-again", data = "<_posted>")]
async fn send_again(member: Member<'_>, id: &str, _posted: Posted<Nothing>) -> PageResult {
    let (actor, now, there) = (member.actor.clone(), member.now(), format!("/outbox/{id}"));
    let id = MessageId::from(id);
    member.db.write(move |tx| operations::send_again(tx, &actor, &id, now)).await?;
    Answer::done(there, member.texts().text("outbox-again-done"))
}

#[get("/account/mail")]
async fn own(member: Member<'_>) -> PageResult {
    let actor = member.actor.clone();
    let listing = member.db.read(move |conn| operations::own_messages(conn, &actor, MESSAGES)).await?;
    pages::own(&member, &listing)
}

#[post("/account/mail", data = "<posted>")]
async fn choose(member: Member<'_>, posted: Posted<PaceForm>) -> PageResult {
    let Ok((form, _)) = posted.take() else { return Answer::go("/account#mail") };
    let pace = Pace::from_code(&form.pace).ok_or_else(PageError::not_found)?;
    let actor = member.actor.clone();
    member.db.write(move |tx| operations::set_pace(tx, &actor, pace)).await?;
    Answer::done("/account#mail", member.texts().text("mail-pace-saved"))
}

#[get("/outbox/texts")]
async fn texts(member: Member<'_>) -> PageResult {
    let actor = member.actor.clone();
    let wordings = member.db.read(move |conn| operations::to_edit(conn, &actor)).await?;
    pages::texts::list(&member, &wordings)
}

/// Finds what the parts of an address name.
fn place(kind: &str, language: &str) -> Result<(Kind, Lang), PageError> {
    Kind::from_code(kind).zip(Lang::from_code(language)).ok_or_else(PageError::not_found)
}

#[get("/outbox/texts/<kind>/<language>")]
async fn wording(member: Member<'_>, kind: &str, language: &str) -> PageResult {
    let (place, actor) = (place(kind, language)?, member.actor.clone());
    let wordings = member.db.read(move |conn| operations::to_edit(conn, &actor)).await?;
    pages::texts::form(&member, place, &wordings, None)
}

#[post("/outbox/texts/<kind>/<language>", data = "<posted>")]
async fn set_wording(member: Member<'_>, kind: &str, language: &str, posted: Posted<WordingForm>) -> PageResult {
    let (place, actor) = (place(kind, language)?, member.actor.clone());
    let wordings = member.db.read(move |conn| operations::to_edit(conn, &actor)).await?;
    let again = |(fields, again)| pages::texts::form(&member, place, &wordings, Some((fields, again)));
    let (form, fields) = match posted.take() {
        Ok(taken) => taken,
        Err((fields, errors)) => return again((fields, Again::Wrong(errors))),
    };
    if form.act == "preview" {
        return again((fields, Again::Wrong(form.wording().check(place.0))));
    }
    match save(&member, place, form).await.map_err(Again::of) {
        Ok(()) => Answer::done(pages::texts::LIST, member.texts().text("mail-text-saved")),
        Err(why) => again((fields, why?)),
    }
}

async fn save(member: &Member<'_>, place: (Kind, Lang), form: WordingForm) -> Result<(), OperationError> {
    let (actor, now) = (member.actor.clone(), member.now());
    let write = move |tx: &mut Tx<'_>| {
        let wording = (form.act != "standard").then(|| form.wording());
        operations::set_wording(tx, &actor, place, (wording.as_ref(), form.edition), now)
    };
    member.db.write(write).await
}

/// Returns the routes of the outbox.
pub fn routes() -> Vec<Route> {
    routes![list, message, send_again, own, choose, texts, wording, set_wording]
}
