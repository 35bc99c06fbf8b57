//! Addresses of the room, all below `/sessions/<session>/decisions`.

use rocket::{Route, get, post, routes};

use super::forms;
use super::model::ObjectionState;
use super::operations::acts::{self, Act};
use super::operations::climbing::{self, Verdict};
use super::operations::viewing::{self, Look, Setting};
use super::operations::{By, Place, separate, setting, voices, voting};
use super::pages;
use crate::db::Tx;
use crate::kernel::code::Code as _;
use crate::kernel::fields::FieldErrors;
use crate::kernel::ids::{AmendmentId, ObjectionId};
use crate::kernel::token::new_token;
use crate::policy::Action;
use crate::refusals::OperationError;
use crate::web::again::Again;
use crate::web::{Answer, Fields, Member, PageError, PageResult, Posted, Reader};

fn by(reader: &Reader) -> By {
    By { actor: reader.actor.clone(), now: reader.now() }
}

/// Returns what was typed, without messages of the form itself: each act reads its fields by itself.
fn typed(posted: Posted<Fields>) -> Result<Fields, Fields> {
    posted.take().map(|(_, fields)| fields).map_err(|(fields, _)| fields)
}

#[get("/sessions/<session>/decisions")]
async fn list(reader: &Reader, session: i32) -> PageResult {
    let by = by(reader);
    let (session, found) = reader.db.read(move |conn| viewing::list(conn, &by, session)).await?;
    pages::list::show(reader, &session, &found)
}

async fn load_setting(reader: &Reader, session: i32, number: Option<i32>) -> Result<Setting, PageError> {
    let by = by(reader);
    Ok(reader.db.read(move |conn| viewing::setting(conn, &by, session, number)).await?)
}

#[get("/sessions/<session>/decisions/new")]
async fn new(member: Member<'_>, session: i32) -> PageResult {
    pages::edit::show(&member, &load_setting(&member, session, None).await?, None)
}

#[get("/sessions/<session>/decisions/<number>/edit")]
async fn edit_page(member: Member<'_>, session: i32, number: i32) -> PageResult {
    pages::edit::show(&member, &load_setting(&member, session, Some(number)).await?, None)
}

#[post("/sessions/<session>/decisions/new", data = "<posted>")]
async fn prepare(member: Member<'_>, session: i32, posted: Posted<Fields>) -> PageResult {
    save(&member, session, None, posted).await
}

#[post("/sessions/<session>/decisions/<number>/edit", data = "<posted>")]
async fn edit(member: Member<'_>, session: i32, number: i32, posted: Posted<Fields>) -> PageResult {
    save(&member, session, Some(number), posted).await
}

/// Prepares or changes a draft, or shows its form again.
async fn save(reader: &Reader, session: i32, number: Option<i32>, posted: Posted<Fields>) -> PageResult {
    let shown = load_setting(reader, session, number).await?;
    let fields = match typed(posted) {
        Ok(fields) => fields,
        Err(fields) => {
            return pages::edit::show(reader, &shown, Some((fields, Again::Wrong(FieldErrors::none()))));
        }
    };
    let (by, draft, edition) = (by(reader), forms::draft(&fields), forms::edition(&fields));
    let saved = reader.db.write(move |tx| match number {
        None => setting::prepare(tx, &by, session, &draft),
        Some(number) => {
            setting::edit(tx, &by, Place { session, number }, edition, &draft)?;
            Ok(number)
        }
    });
    match saved.await {
        Ok(number) => done(reader, Place { session, number }, "decision-saved"),
        Err(error) => pages::edit::show(reader, &shown, Some((fields, Again::of(error)?))),
    }
}

fn done(reader: &Reader, place: Place, key: &str) -> PageResult {
    Answer::done(pages::address(place, ""), reader.texts().text(key))
}

async fn look(reader: &Reader, place: Place) -> Result<Look, PageError> {
    let by = by(reader);
    Ok(reader.db.read(move |conn| viewing::look(conn, &by, place)).await?)
}

async fn look_to(reader: &Reader, place: Place, action: Action) -> Result<Look, PageError> {
    let by = by(reader);
    Ok(reader.db.read(move |conn| viewing::look_to(conn, &by, place, action)).await?)
}

#[get("/sessions/<session>/decisions/<number>", rank = 2)]
async fn decision(reader: &Reader, session: i32, number: i32) -> PageResult {
    pages::decision::show(reader, &look(reader, Place { session, number }).await?)
}

fn act_of(code: &str) -> Result<Act, PageError> {
    Act::from_code(code).ok_or_else(PageError::not_found)
}

#[get("/sessions/<session>/decisions/<number>/acts/<act>")]
async fn act_page(member: Member<'_>, session: i32, number: i32, act: &str) -> PageResult {
    let act = act_of(act)?;
    pages::act::show(&member, &look_to(&member, Place { session, number }, act.action()).await?, act, None)
}

#[post("/sessions/<session>/decisions/<number>/acts/<act>", data = "<posted>")]
async fn do_act(member: Member<'_>, session: i32, number: i32, act: &str, posted: Posted<Fields>) -> PageResult {
    let (act, place) = (act_of(act)?, Place { session, number });
    let look = look_to(&member, place, act.action()).await?;
    let fields = match typed(posted) {
        Ok(fields) => fields,
        Err(fields) => {
            return pages::act::show(&member, &look, act, Some((fields, Again::Wrong(FieldErrors::none()))));
        }
    };
    match ask(&member, place, act, &look, &fields).await {
        Ok(()) => done(&member, place, &format!("decision-done-{act}")),
        Err(error) => pages::act::show(&member, &look, act, Some((fields, Again::of(error)?))),
    }
}

async fn ask(member: &Member<'_>, place: Place, act: Act, look: &Look, fields: &Fields) -> Result<(), OperationError> {
    let seed = new_token();
    let asked = forms::asked(act, fields, look.session.time_zone, &seed[..32])?;
    let (by, edition) = (by(member), forms::edition(fields));
    member.db.write(move |tx| acts::act(tx, &by, place, edition, &asked)).await
}

#[post("/sessions/<session>/decisions/<number>/objections/<id>/<event>", data = "<posted>", rank = 2)]
async fn settle(
    member: Member<'_>,
    session: i32,
    number: i32,
    id: &str,
    event: &str,
    posted: Posted<Fields>,
) -> PageResult {
    let (place, id, by) = (Place { session, number }, ObjectionId::from(id), by(&member));
    let is_end = |state: &ObjectionState| *state != ObjectionState::Open;
    let to = ObjectionState::from_code(event).filter(is_end).ok_or_else(PageError::not_found)?;
    drop(posted);
    member.db.write(move |tx| voices::settle_objection(tx, &by, place, &id, to)).await?;
    done(&member, place, &format!("decision-done-{to}"))
}

#[get("/sessions/<session>/decisions/<number>/objections/<id>/amend")]
async fn amend_page(member: Member<'_>, session: i32, number: i32, id: &str) -> PageResult {
    let look = look_to(&member, Place { session, number }, Action::ProposeAmendment).await?;
    pages::amend::show(&member, &look, &ObjectionId::from(id), None)
}

#[post("/sessions/<session>/decisions/<number>/objections/<id>/amend", data = "<posted>")]
async fn amend(member: Member<'_>, session: i32, number: i32, id: &str, posted: Posted<Fields>) -> PageResult {
    let (place, id) = (Place { session, number }, ObjectionId::from(id));
    let look = look_to(&member, place, Action::ProposeAmendment).await?;
    let again = |fields, again| pages::amend::show(&member, &look, &id, Some((fields, again)));
    let fields = match typed(posted) {
        Ok(fields) => fields,
        Err(fields) => return again(fields, Again::Wrong(FieldErrors::none())),
    };
    match propose(&member, place, id.clone(), &fields).await {
        Ok(()) => done(&member, place, "decision-done-amend"),
        Err(error) => again(fields, Again::of(error)?),
    }
}

async fn propose(member: &Member<'_>, place: Place, id: ObjectionId, fields: &Fields) -> Result<(), OperationError> {
    let (by, text) = (by(member), fields.both("text"));
    let revision = fields.value("revision").parse().unwrap_or(-1);
    member.db.write(move |tx| voices::propose(tx, &by, (place, revision), &id, &text)).await
}

#[post("/sessions/<session>/decisions/<number>/amendments/<amendment>/<verdict>", data = "<posted>")]
async fn judge(
    member: Member<'_>,
    session: i32,
    number: i32,
    amendment: &str,
    verdict: &str,
    posted: Posted<Fields>,
) -> PageResult {
    let (place, id, by, fields) = (Place { session, number }, AmendmentId::from(amendment), by(&member), posted.fields);
    let verdict = match verdict {
        "take-in" => Verdict::TakeIn(fields.value("checked") == forms::TICKED),
        "leave" => Verdict::Leave,
        _ => return Err(PageError::not_found()),
    };
    let place_seen = (place, forms::edition(&fields));
    member.db.write(move |tx| climbing::settle_amendment(tx, &by, place_seen, &id, verdict)).await?;
    done(&member, place, "decision-done-amendment")
}

#[get("/sessions/<session>/decisions/<number>/roll")]
async fn roll(member: Member<'_>, session: i32, number: i32) -> PageResult {
    pages::roll::show(&member, &look_to(&member, Place { session, number }, Action::ManageDecision).await?)
}

#[post("/sessions/<session>/decisions/<number>/roll", data = "<posted>")]
async fn enter(member: Member<'_>, session: i32, number: i32, posted: Posted<Fields>) -> PageResult {
    let (place, by, fields) = (Place { session, number }, by(&member), posted.fields);
    let code = fields.value("delegation").to_owned();
    let heard = forms::heard(&fields).ok_or_else(PageError::not_found)?;
    let place_seen = (place, forms::edition(&fields));
    let act = move |tx: &mut Tx<'_>| voting::enter(tx, &by, place_seen, &code, heard);
    member.db.write(act).await?;
    Answer::go(pages::address(place, "/roll"))
}

#[get("/sessions/<session>/decisions/<number>/parts")]
async fn parts(member: Member<'_>, session: i32, number: i32) -> PageResult {
    let look = look_to(&member, Place { session, number }, Action::AskForPart).await?;
    pages::separate::show(&member, &look, None)
}

#[post("/sessions/<session>/decisions/<number>/parts", data = "<posted>")]
async fn ask_part(member: Member<'_>, session: i32, number: i32, posted: Posted<Fields>) -> PageResult {
    let place = Place { session, number };
    let look = look_to(&member, place, Action::AskForPart).await?;
    let again = |fields, again| pages::separate::show(&member, &look, Some((fields, again)));
    let fields = match typed(posted) {
        Ok(fields) => fields,
        Err(fields) => return again(fields, Again::Wrong(FieldErrors::none())),
    };
    match ask_for_part(&member, place, &fields).await {
        Ok(()) => parts_done(&member, place, "decision-part-asked"),
        Err(error) => again(fields, Again::of(error)?),
    }
}

#[post("/sessions/<session>/decisions/<number>/parts/<letter>", data = "<posted>")]
async fn vote_part(member: Member<'_>, session: i32, number: i32, letter: &str, posted: Posted<Fields>) -> PageResult {
    let place = Place { session, number };
    let look = look_to(&member, place, Action::ManageDecision).await?;
    let again = |fields, again| pages::separate::show(&member, &look, Some((fields, again)));
    let fields = match typed(posted) {
        Ok(fields) => fields,
        Err(fields) => return again(fields, Again::Wrong(FieldErrors::none())),
    };
    match vote_on_part(&member, place, letter, &fields).await {
        Ok(()) => parts_done(&member, place, "decision-part-voted"),
        Err(error) => again(fields, Again::of(error)?),
    }
}

async fn ask_for_part(member: &Member<'_>, place: Place, fields: &Fields) -> Result<(), OperationError> {
    let (by, paragraph) = (by(member), fields.value("paragraph").parse().ok());
    let asked_by = fields.value("asked_by").to_owned();
    member.db.write(move |tx| separate::ask(tx, &by, place, paragraph, &asked_by)).await
}

async fn vote_on_part(member: &Member<'_>, place: Place, letter: &str, fields: &Fields) -> Result<(), OperationError> {
    let (by, seen, answers) = (by(member), (place, forms::edition(fields)), forms::answers(fields));
    let letter = letter.to_owned();
    member.db.write(move |tx| separate::vote(tx, &by, seen, &letter, &answers)).await
}

fn parts_done(member: &Member<'_>, place: Place, said: &str) -> PageResult {
    Answer::done(pages::address(place, "/parts"), member.texts().text(said))
}

/// Returns the routes of the room.
pub fn routes() -> Vec<Route> {
    routes![
        list, new, prepare, edit_page, edit, decision, act_page, do_act, settle, amend_page, amend, judge, roll, enter,
        parts, ask_part, vote_part
    ]
}
