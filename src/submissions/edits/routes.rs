//! Addresses of proposed changes.

use rocket::{Route, get, post, routes};

use super::operations::writing::{self, Kept, Writing};
use super::operations::{self, Rounds, answering, setting};
use super::pages::writing::Typed;
use super::{forms, pages};
use crate::kernel::fields::FieldErrors;
use crate::refusals::OperationError;
use crate::submissions::forms as answers;
use crate::web::again::Again;
use crate::web::{Answer, Fields, Member, PageError, PageResult, Posted, Reader};

#[get("/submissions/<reference>/edits")]
async fn rounds(member: Member<'_>, reference: &str) -> PageResult {
    pages::rounds(&member, &known(&member, reference).await?, None)
}

async fn known(reader: &Reader, reference: &str) -> Result<Rounds, PageError> {
    let (actor, reference, now) = (reader.actor.clone(), reference.to_owned(), reader.now());
    Ok(reader.db.read(move |conn| operations::rounds(conn, &actor, &reference, now)).await?)
}

#[post("/submissions/<reference>/edits", data = "<posted>")]
async fn answer(member: Member<'_>, reference: &str, posted: Posted<Fields>) -> PageResult {
    let is_switched = posted.switch.is_some();
    let fields = posted.fields;
    let again = match answered(&member, reference, &fields, is_switched).await {
        Ok(Some(words)) => {
            return Answer::done(format!("/submissions/{reference}/edits"), member.texts().text(words));
        }
        Ok(None) => Again::Wrong(FieldErrors::none()),
        Err(error) => Again::of(error)?,
    };
    pages::rounds(&member, &known(&member, reference).await?, Some((fields, again)))
}

/// Keeps or confirms what the delegation says, unless only the language was switched; returns the words for what was done.
async fn answered(
    reader: &Reader,
    reference: &str,
    fields: &Fields,
    is_switched: bool,
) -> Result<Option<&'static str>, OperationError> {
    if is_switched {
        return Ok(None);
    }
    let (actor, now, reference, reply) =
        (reader.actor.clone(), reader.now(), reference.to_owned(), forms::reply(fields));
    if fields.value(forms::ACT) == forms::CONFIRM {
        reader.db.write(move |tx| answering::answer(tx, &actor, &reference, &reply, now)).await?;
        return Ok(Some("edits-done-answer"));
    }
    reader.db.write(move |tx| answering::prepare(tx, &actor, &reference, &reply, now)).await?;
    Ok(Some("edits-done-prepare"))
}

#[get("/submissions/<reference>/edits/write")]
async fn write_page(member: Member<'_>, reference: &str) -> PageResult {
    let (actor, asked, now) = (member.actor.clone(), reference.to_owned(), member.now());
    let opened = member.db.read(move |conn| writing::open(conn, &actor, &asked, now)).await;
    match opened {
        Ok(opened) => pages::writing::write(&member, &opened, None),
        // Why: the page of the rounds says what is in the way.
        Err(OperationError::Refused(_)) => Answer::go(format!("/submissions/{reference}/edits")),
        Err(error) => Err(error.into()),
    }
}

#[post("/submissions/<reference>/edits/write", data = "<posted>")]
async fn write(member: Member<'_>, reference: &str, posted: Posted<Fields>) -> PageResult {
    let is_shown_again = posted.switch.is_some() || !posted.fields.value(answers::ADD).is_empty();
    let fields = posted.fields;
    let again = match written(&member, reference, &fields, is_shown_again).await {
        Ok(Some(kept)) => return after_write(&member, reference, kept),
        Ok(None) => Again::Wrong(FieldErrors::none()),
        Err(error) => Again::of(error)?,
    };
    write_again(&member, reference, fields, again).await
}

/// Keeps or proposes the changes typed, unless the form is only shown again.
async fn written(
    reader: &Reader,
    reference: &str,
    fields: &Fields,
    is_shown_again: bool,
) -> Result<Option<Kept>, OperationError> {
    if is_shown_again {
        return Ok(None);
    }
    let (actor, now, reference, typed) =
        (reader.actor.clone(), reader.now(), reference.to_owned(), answers::typed(fields));
    let (note, edition) = (fields.value(forms::NOTE).to_owned(), forms::edition(fields));
    let propose = fields.value(forms::ACT) == forms::PROPOSE;
    let with =
        move |tx: &mut crate::db::Tx<'_>| writing::save(tx, &actor, &reference, &typed, (&note, edition, propose), now);
    reader.db.write(with).await.map(Some)
}

fn after_write(reader: &Reader, reference: &str, kept: Kept) -> PageResult {
    let (texts, here) = (reader.texts(), format!("/submissions/{reference}/edits"));
    match kept {
        Kept::Draft => Answer::done(here, texts.text("edits-done-draft")),
        Kept::Proposed => Answer::done(here, texts.text("edits-done-propose")),
        Kept::Moved(number) => Answer::done(format!("{here}/write"), texts.one("edits-done-moved", "number", number)),
    }
}

async fn write_again(reader: &Reader, reference: &str, fields: Fields, again: Again) -> PageResult {
    let (actor, asked) = (reader.actor.clone(), reference.to_owned());
    let kept: Writing = reader.db.read(move |conn| writing::kept(conn, &actor, &asked)).await?;
    // Why: whoever saves again has been told that somebody else saved the draft, and saves over it.
    let newest = kept.draft.as_ref().map_or(0, |draft| draft.edition);
    let edition = if matches!(again, Again::Stale) { newest } else { forms::edition(&fields) };
    let seen = (answers::revision(&fields).unwrap_or(0), edition);
    pages::writing::write(reader, &kept, Some(Typed { fields, seen, again }))
}

#[post("/submissions/<reference>/edits/take-back", data = "<posted>")]
async fn take_back(member: Member<'_>, reference: &str, posted: Posted<Fields>) -> PageResult {
    let (actor, now, wanted, edition) =
        (member.actor.clone(), member.now(), reference.to_owned(), forms::edition(&posted.fields));
    let done = member.db.write(move |tx| writing::take_back(tx, &actor, &wanted, edition, now)).await;
    match done {
        Ok(()) => Answer::done(format!("/submissions/{reference}/edits"), member.texts().text("edits-done-take-back")),
        Err(error) => {
            let again = Again::of(error)?;
            pages::rounds(&member, &known(&member, reference).await?, Some((Fields::none(), again)))
        }
    }
}

#[get("/submissions/<reference>/edits/<number>/<copy>")]
async fn copy(member: Member<'_>, reference: &str, number: i32, copy: &str) -> PageResult {
    let is_marked = match copy {
        "marked" => true,
        "clean" => false,
        _ => return Err(PageError::not_found()),
    };
    let (actor, reference, now) = (member.actor.clone(), reference.to_owned(), member.now());
    let (rounds, shown) =
        member.db.read(move |conn| operations::round(conn, &actor, (&reference, number), now)).await?;
    pages::copy(&member, &rounds, &shown, is_marked)
}

#[get("/sessions/<number>/edits")]
async fn overview(member: Member<'_>, number: i32) -> PageResult {
    overview_page(&member, number, None).await
}

async fn overview_page(reader: &Reader, number: i32, typed: Option<(Fields, Again)>) -> PageResult {
    let actor = reader.actor.clone();
    let overview = reader.db.read(move |conn| setting::overview(conn, &actor, number)).await?;
    pages::setting::overview(reader, &overview, typed)
}

#[post("/sessions/<number>/edits", data = "<posted>")]
async fn set(member: Member<'_>, number: i32, posted: Posted<Fields>) -> PageResult {
    if posted.switch.is_some() {
        return overview_page(&member, number, Some((posted.fields, Again::Wrong(FieldErrors::none())))).await;
    }
    let fields = posted.fields;
    match rounds_set(&member, number, &fields).await {
        Ok(()) => Answer::done(format!("/sessions/{number}/edits"), member.texts().text("edits-done-set")),
        Err(error) => overview_page(&member, number, Some((fields, Again::of(error)?))).await,
    }
}

async fn rounds_set(reader: &Reader, number: i32, fields: &Fields) -> Result<(), OperationError> {
    let (actor, now) = (reader.actor.clone(), reader.now());
    // Why: who may not set it is told so, whatever was typed.
    let asking = actor.clone();
    reader.db.read(move |conn| setting::overview(conn, &asking, number).map(drop)).await?;
    let typed = forms::rounds(fields)?;
    reader.db.write(move |tx| setting::set(tx, &actor, number, typed, now)).await
}

/// Returns the routes of proposed changes.
pub fn routes() -> Vec<Route> {
    routes![rounds, answer, write_page, write, take_back, copy, overview, set]
}
