//! Addresses of the room.

use rocket::{Route, get, post, routes};

use super::forms::{self, GIVE};
use super::model::Answer as Said;
use super::operations::viewing::{self, Writing};
use super::operations::{By, confirming, practice, writing};
use super::pages;
use crate::kernel::code::Code as _;
use crate::kernel::fields::FieldErrors;
use crate::refusals::OperationError;
use crate::web::again::Again;
use crate::web::{Answer, Fields, Member, Nothing, PageError, PageResult, Posted, Reader};

fn by(reader: &Reader, reference: &str) -> By {
    By { actor: reader.actor.clone(), reference: reference.to_owned(), now: reader.now() }
}

#[get("/sessions/<number>/progress")]
async fn board(reader: &Reader, number: i32) -> PageResult {
    let (actor, now) = (reader.actor.clone(), reader.now());
    let board = reader.db.read(move |conn| viewing::board(conn, &actor, number, now)).await?;
    pages::board::show(reader, &board)
}

#[get("/submissions/<reference>/progress")]
async fn action(reader: &Reader, reference: &str) -> PageResult {
    show(reader, reference, None).await
}

async fn show(reader: &Reader, reference: &str, again: Option<(Fields, Again)>) -> PageResult {
    let by = by(reader, reference);
    let look = reader.db.read(move |conn| viewing::look(conn, &by)).await?;
    pages::action::show(reader, &look, again)
}

async fn load(member: &Member<'_>, reference: &str) -> Result<Writing, PageError> {
    let by = by(member, reference);
    Ok(member.db.read(move |conn| viewing::writing(conn, &by)).await?)
}

#[get("/submissions/<reference>/progress/report")]
async fn report(member: Member<'_>, reference: &str) -> PageResult {
    pages::edit::show(&member, &load(&member, reference).await?, None)
}

#[post("/submissions/<reference>/progress/report", data = "<posted>")]
async fn write(member: Member<'_>, reference: &str, posted: Posted<Fields>) -> PageResult {
    let shown = load(&member, reference).await?;
    let fields = match posted.take() {
        Ok((_, fields)) => fields,
        Err((fields, _)) => {
            return pages::edit::show(&member, &shown, Some((fields, Again::Wrong(FieldErrors::none()))));
        }
    };
    match save(&member, reference, &shown, &fields).await {
        Ok(key) => done(&member, reference, key),
        Err(error) => pages::edit::show(&member, &shown, Some((fields, Again::of(error)?))),
    }
}

/// Saves a report, and gives it to the group where that button was pressed; returns the key of what to say.
async fn save(
    member: &Member<'_>,
    reference: &str,
    shown: &Writing,
    fields: &Fields,
) -> Result<&'static str, OperationError> {
    let typed = forms::report(fields, &shown.course.plan)?;
    let (by, gives) = (by(member, reference), fields.value("then") == GIVE);
    let act = move |tx: &mut crate::db::Tx<'_>| {
        let report = writing::write(tx, &by, &typed)?;
        if gives { writing::give(tx, &by, report.edition) } else { Ok(()) }
    };
    member.db.write(act).await?;
    Ok(if gives { "progress-given" } else { "progress-saved" })
}

fn done(reader: &Reader, reference: &str, key: &str) -> PageResult {
    Answer::done(pages::address(reference, ""), reader.texts().text(key))
}

#[post("/submissions/<reference>/progress/take-back", data = "<posted>")]
async fn take_back(member: Member<'_>, reference: &str, posted: Posted<Fields>) -> PageResult {
    let (by, edition) = (by(&member, reference), forms::edition(&posted.fields));
    match member.db.write(move |tx| writing::take_back(tx, &by, edition)).await {
        Ok(()) => done(&member, reference, "progress-taken-back"),
        Err(error) => show(&member, reference, Some((posted.fields, Again::of(error)?))).await,
    }
}

#[post("/submissions/<reference>/progress/answer", data = "<posted>")]
async fn answer(member: Member<'_>, reference: &str, posted: Posted<Fields>) -> PageResult {
    let (by, edition) = (by(&member, reference), forms::edition(&posted.fields));
    let said = Said::from_code(posted.fields.value("answer")).ok_or_else(PageError::not_found)?;
    let note = posted.fields.value("note").to_owned();
    match member.db.write(move |tx| confirming::answer(tx, &by, said, &note, edition)).await {
        Ok(()) => done(&member, reference, "progress-answered"),
        Err(error) => show(&member, reference, Some((posted.fields, Again::of(error)?))).await,
    }
}

#[post("/submissions/<reference>/progress/practice", data = "<_posted>")]
async fn make_practice(member: Member<'_>, reference: &str, _posted: Posted<Nothing>) -> PageResult {
    let by = by(&member, reference);
    match member.db.write(move |tx| practice::make(tx, &by)).await {
        Ok(made) => Answer::done(format!("/submissions/{made}/edit"), member.texts().text("progress-practice-made")),
        Err(error) => show(&member, reference, Some((Fields::none(), Again::of(error)?))).await,
    }
}

/// Returns the routes of the room.
pub fn routes() -> Vec<Route> {
    routes![board, action, report, write, take_back, answer, make_practice]
}
