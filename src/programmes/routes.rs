//! Addresses of the room.

use rocket::{Route, get, post, routes};

use super::forms::{self, LimitsForm, StartForm};
use super::operations::capacity::{capacities, set_capacities};
use super::operations::looks::{self, Adopting, Build};
use super::operations::scenarios::compare;
use super::operations::{self, adoption as adopting_act};
use super::pages::{self, wording};
use crate::db::Tx;
use crate::refusals::OperationError;
use crate::web::again::{Again, SEEN};
use crate::web::{Answer, Fields, Member, Nothing, PageError, PageResult, Posted, Reader};

fn address(number: i32, rest: &str) -> String {
    format!("/sessions/{number}/programme{rest}")
}

#[get("/sessions/<number>/programme")]
async fn in_force(reader: &Reader, number: i32) -> PageResult {
    show(reader, number, None).await
}

#[get("/sessions/<number>/programme/<revision>", rank = 2)]
async fn revision(reader: &Reader, number: i32, revision: i32) -> PageResult {
    show(reader, number, Some(revision)).await
}

async fn show(reader: &Reader, number: i32, revision: Option<i32>) -> PageResult {
    let actor = reader.actor.clone();
    match reader.db.read(move |conn| looks::look(conn, &actor, number, revision)).await? {
        Some(look) => pages::show(reader, &look),
        None => Answer::go(address(number, "/edit")),
    }
}

async fn build(member: &Member<'_>, number: i32) -> Result<Build, PageError> {
    let (actor, now) = (member.actor.clone(), member.now());
    Ok(member.db.read(move |conn| looks::build(conn, &actor, number, now)).await?)
}

#[get("/sessions/<number>/programme/edit")]
async fn edit(member: Member<'_>, number: i32) -> PageResult {
    pages::edit::show(&member, &build(&member, number).await?, None)
}

#[post("/sessions/<number>/programme/start", data = "<posted>")]
async fn start(member: Member<'_>, number: i32, posted: Posted<StartForm>) -> PageResult {
    let (form, fields) = match posted.take() {
        Ok(taken) => taken,
        Err((fields, errors)) => {
            return pages::edit::show(&member, &build(&member, number).await?, Some((fields, Again::Wrong(errors))));
        }
    };
    let (actor, now, ballot) = (member.actor.clone(), member.now(), forms::ballot(&form.ballot));
    let act = move |tx: &mut Tx<'_>| {
        operations::start(tx, &actor, number, (form.places, ballot.as_ref()), wording::reason, now)
    };
    match member.db.write(act).await {
        Ok(()) => Answer::done(address(number, "/edit"), member.texts().text("programme-started")),
        Err(error) => pages::edit::show(&member, &build(&member, number).await?, Some((fields, Again::of(error)?))),
    }
}

#[post("/sessions/<number>/programme/edit", data = "<posted>")]
async fn save(member: Member<'_>, number: i32, posted: Posted<Fields>) -> PageResult {
    let before = build(&member, number).await?;
    let (_, fields) = match posted.take() {
        Ok(taken) => taken,
        Err((fields, errors)) => return pages::edit::show(&member, &before, Some((fields, Again::Wrong(errors)))),
    };
    match store(&member, number, &before, &fields).await {
        Ok(()) => Answer::done(address(number, "/edit"), member.texts().text("programme-saved")),
        Err(error) => pages::edit::show(&member, &build(&member, number).await?, Some((fields, Again::of(error)?))),
    }
}

async fn store(member: &Member<'_>, number: i32, before: &Build, fields: &Fields) -> Result<(), OperationError> {
    let (_, lines) = before.draft.as_ref().ok_or(OperationError::Stale)?;
    let edit = forms::edit(fields, lines)?;
    let (actor, now) = (member.actor.clone(), member.now());
    let act = move |tx: &mut Tx<'_>| operations::edit(tx, &actor, number, &edit, wording::reason, now);
    member.db.write(act).await
}

#[get("/sessions/<number>/programme/scenarios?<limits..>")]
async fn scenarios(member: Member<'_>, number: i32, limits: LimitsForm) -> PageResult {
    let (actor, limits) = (member.actor.clone(), limits.into());
    let compared = member.db.read(move |conn| compare(conn, &actor, number, limits)).await?;
    pages::scenarios::show(&member, &compared)
}

#[get("/sessions/<number>/programme/capacity")]
async fn capacity(member: Member<'_>, number: i32) -> PageResult {
    capacity_page(&member, number, None).await
}

async fn capacity_page(member: &Member<'_>, number: i32, typed: Option<(Fields, Again)>) -> PageResult {
    let actor = member.actor.clone();
    let held = member.db.read(move |conn| capacities(conn, &actor, number)).await?;
    pages::capacity::show(member, &held, typed)
}

#[post("/sessions/<number>/programme/capacity", data = "<posted>")]
async fn set_capacity(member: Member<'_>, number: i32, posted: Posted<Fields>) -> PageResult {
    let (_, fields) = match posted.take() {
        Ok(taken) => taken,
        Err((fields, errors)) => return capacity_page(&member, number, Some((fields, Again::Wrong(errors)))).await,
    };
    match carry(&member, number, &fields).await {
        Ok(()) => Answer::done(address(number, "/scenarios"), member.texts().text("capacity-saved")),
        Err(error) => capacity_page(&member, number, Some((fields, Again::of(error)?))).await,
    }
}

async fn carry(member: &Member<'_>, number: i32, fields: &Fields) -> Result<(), OperationError> {
    let (actor, now, seen) = (member.actor.clone(), member.now(), fields.value(SEEN).to_owned());
    // Why: who may not set it is told so, whatever was typed.
    let asking = actor.clone();
    let (session, _) = member.db.read(move |conn| capacities(conn, &asking, number)).await?;
    let wanted = forms::capacities(fields, session.programme_years)?;
    member.db.write(move |tx| set_capacities(tx, &actor, number, (&wanted, &seen), now)).await
}

async fn adopting(member: &Member<'_>, number: i32) -> Result<Adopting, PageError> {
    let (actor, now) = (member.actor.clone(), member.now());
    Ok(member.db.read(move |conn| looks::adopting(conn, &actor, number, now)).await?)
}

#[get("/sessions/<number>/programme/adopt")]
async fn adoption(member: Member<'_>, number: i32) -> PageResult {
    pages::adopt::show(&member, &adopting(&member, number).await?, None)
}

#[post("/sessions/<number>/programme/adopt", data = "<posted>")]
async fn adopt(member: Member<'_>, number: i32, posted: Posted<Fields>) -> PageResult {
    let adopting = adopting(&member, number).await?;
    let (_, fields) = match posted.take() {
        Ok(taken) => taken,
        Err((fields, errors)) => return pages::adopt::show(&member, &adopting, Some((fields, Again::Wrong(errors)))),
    };
    match enter(&member, number, &adopting, &fields).await {
        Ok(()) => Answer::done(address(number, ""), member.texts().text("programme-adopted-done")),
        Err(error) => pages::adopt::show(&member, &adopting, Some((fields, Again::of(error)?))),
    }
}

async fn enter(member: &Member<'_>, number: i32, adopting: &Adopting, fields: &Fields) -> Result<(), OperationError> {
    let (adoption, edition) =
        forms::adoption(fields, adopting, &pages::adopt::proposed(adopting), pages::adopt::today(member, adopting))?;
    let (actor, now) = (member.actor.clone(), member.now());
    let act = move |tx: &mut Tx<'_>| adopting_act::adopt(tx, &actor, number, (&adoption, edition), now);
    member.db.write(act).await
}

#[post("/sessions/<number>/programme/revise", data = "<_posted>")]
async fn revise(member: Member<'_>, number: i32, _posted: Posted<Nothing>) -> PageResult {
    let (actor, now) = (member.actor.clone(), member.now());
    member.db.write(move |tx| operations::revise(tx, &actor, number, now)).await?;
    Answer::done(address(number, "/edit"), member.texts().text("programme-revised"))
}

/// Returns the routes of the room.
pub fn routes() -> Vec<Route> {
    routes![in_force, revision, edit, scenarios, capacity, set_capacity, start, save, adoption, adopt, revise]
}
