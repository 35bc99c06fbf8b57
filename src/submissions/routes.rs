//! Addresses of the room: the form, the view, the acts, the revisions, the list of a session.

use rocket::http::Status;
use rocket::response::content::RawJson;
use rocket::{Route, get, post, routes};

use super::forms::{self, StartForm};
use super::operations::{self, Asked, Dispute, Draft, Filter, NewDraft, Opened, Saving, Wanted};
use super::pages::{self, Again, FormState, StartAgain};
use super::workflow::{Event, State};
use super::{
    Submission, attachments, clarifications, clearance, co_sponsors, consents, copies, duplicates, edits, filters,
    languages, links, merging, pending, presences, queue, similar,
};
use crate::kernel::code::Code as _;
use crate::kernel::fields::{FieldErrors, Message};
use crate::kernel::lang::Lang;
use crate::kernel::reference::Kind;
use crate::questionnaires::Answers;
use crate::questionnaires::workbook::Filled;
use crate::refusals::OperationError;
use crate::web::{Answer, Fields, Member, PageError, PageResult, Posted, Reader};

#[get("/submissions/<reference>?<queue>")]
async fn view(reader: &Reader, reference: &str, queue: Option<i32>) -> PageResult {
    let opened = opened(reader, reference).await?;
    let queue = queue::routes::around(reader, queue, reference).await?;
    pages::view(reader, &Opened { queue, ..opened }, false, None)
}

#[get("/submissions/<reference>/screen?<queue>")]
async fn screen(member: Member<'_>, reference: &str, queue: Option<i32>) -> PageResult {
    let (actor, wanted, now) = (member.actor.clone(), reference.to_owned(), member.now());
    let opened = member.db.read(move |conn| operations::screen(conn, &actor, &wanted, now)).await?;
    if opened.dossier.submission.state != State::UnderReview {
        return Answer::go(format!("/submissions/{reference}"));
    }
    let queue = queue::routes::around(&member, queue, reference).await?;
    pages::view(&member, &Opened { queue, ..opened }, true, None)
}

/// Opens a submission for reading.
pub(in crate::submissions) async fn opened(reader: &Reader, reference: &str) -> Result<Opened, PageError> {
    let (actor, reference, now) = (reader.actor.clone(), reference.to_owned(), reader.now());
    Ok(reader.db.read(move |conn| operations::open(conn, &actor, &reference, now)).await?)
}

#[get("/submissions/<reference>/edit")]
async fn edit(member: Member<'_>, reference: &str) -> PageResult {
    let (actor, reference, now) = (member.actor.clone(), reference.to_owned(), member.now());
    let draft = member.db.read(move |conn| operations::form_of(conn, &actor, &reference, now)).await?;
    presences::routes::seen(&member, &draft.dossier).await?;
    pages::form(&member, &stored(draft, FieldErrors::none(), None))
}

#[post("/submissions/<reference>/edit", data = "<posted>")]
async fn save(member: Member<'_>, reference: &str, posted: Posted<Fields>) -> PageResult {
    if posted.switch.is_some() || !posted.fields.value(forms::ADD).is_empty() {
        return typed_again(&member, reference, posted.fields, None).await;
    }
    let then = forms::then(&posted.fields);
    match saved(&member, reference, &posted.fields).await {
        Ok(Saving::Saved { revision, joined }) => after_save(&member, reference, (revision, joined), then).await,
        Ok(Saving::Disputed(dispute)) => show_dispute(&member, &dispute),
        Err(error) => unsaved(&member, reference, posted.fields, error).await,
    }
}

fn show_dispute(reader: &Reader, dispute: &Dispute) -> PageResult {
    pages::dispute(reader, dispute, "edit")
}

/// Saves what was typed.
async fn saved(reader: &Reader, reference: &str, fields: &Fields) -> Result<Saving, OperationError> {
    let (actor, now, reference) = (reader.actor.clone(), reader.now(), reference.to_owned());
    let typed = forms::typed(fields);
    reader.db.write(move |tx| operations::save(tx, &actor, &reference, &typed, now)).await
}

#[post("/submissions/<reference>/autosave", data = "<posted>")]
async fn autosave(
    member: Member<'_>,
    reference: &str,
    posted: Posted<Fields>,
) -> Result<(Status, RawJson<String>), PageError> {
    let (actor, now, wanted, typed) =
        (member.actor.clone(), member.now(), reference.to_owned(), forms::typed(&posted.fields));
    let saved = member.db.write(move |tx| operations::autosave(tx, &actor, &wanted, &typed, now)).await;
    let saved = match saved {
        Ok(revision) => Ok(revision),
        Err(error) => Err(reason(&member, error)?),
    };
    Ok(pages::autosaved(&member, saved))
}

/// Goes on after a save: back to the form, or the act that was asked for with it.
async fn after_save(
    reader: &Reader,
    reference: &str,
    (revision, joined): (i32, bool),
    then: Option<Event>,
) -> PageResult {
    let texts = reader.texts();
    let Some(event) = then else {
        let key = if joined { "submission-saved-joined" } else { "submission-saved" };
        let words = texts.one(key, "at", texts.moment(reader.now(), reader.zone));
        return Answer::done(format!("/submissions/{reference}/edit"), words);
    };
    match acted(reader, reference, event, Some(revision), &Fields::none()).await {
        Ok(()) => Answer::done(format!("/submissions/{reference}"), texts.code("submission-done", event)),
        Err(OperationError::Invalid(errors)) => incomplete(reader, reference, errors).await,
        Err(error) => match reason(reader, error) {
            Ok(reason) => kept(reader, reference, FieldErrors::none(), Some(reason)).await,
            Err(error) => Err(error),
        },
    }
}

/// Shows the form with what is stored and every message at its question.
async fn incomplete(reader: &Reader, reference: &str, errors: FieldErrors) -> PageResult {
    kept(reader, reference, errors, None).await
}

async fn kept(reader: &Reader, reference: &str, errors: FieldErrors, reason: Option<String>) -> PageResult {
    let draft = kept_form(reader, reference).await?;
    pages::form(reader, &stored(draft, errors, reason))
}

async fn kept_form(reader: &Reader, reference: &str) -> Result<Draft, PageError> {
    let (actor, reference, now) = (reader.actor.clone(), reference.to_owned(), reader.now());
    Ok(reader.db.read(move |conn| operations::kept_form_of(conn, &actor, &reference, now)).await?)
}

/// Returns a form that shows what is stored.
fn stored(draft: Draft, errors: FieldErrors, reason: Option<String>) -> FormState {
    FormState { revision: draft.dossier.submission.revision, draft, typed: None, errors, reason }
}

/// Shows what was typed again: in the other language, with one more row, or because it could not be saved.
async fn typed_again(reader: &Reader, reference: &str, fields: Fields, reason: Option<String>) -> PageResult {
    let mut draft = kept_form(reader, reference).await?;
    draft.answers = Answers::from_fields(&draft.dossier.questionnaire, fields.iter());
    let revision = forms::revision(&fields).unwrap_or(draft.dossier.submission.revision);
    pages::form(reader, &FormState { draft, revision, typed: Some(fields), errors: FieldErrors::none(), reason })
}

/// Keeps what was typed on the page when a rule is in the way of saving it.
async fn unsaved(reader: &Reader, reference: &str, fields: Fields, error: OperationError) -> PageResult {
    let reason = reason(reader, error)?;
    typed_again(reader, reference, fields, Some(reason)).await
}

/// Words what is in the way, when it is a rule of the subject and not something else.
pub(in crate::submissions) fn reason(reader: &Reader, error: OperationError) -> Result<String, PageError> {
    let error = PageError::from(error);
    error.reason(reader.texts()).ok_or(error)
}

#[get("/submissions/<reference>/form.xlsx?<lang>")]
async fn workbook(member: Member<'_>, reference: &str, lang: Option<&str>) -> PageResult {
    let (actor, reference, now) = (member.actor.clone(), reference.to_owned(), member.now());
    let draft = member.db.read(move |conn| operations::form_of(conn, &actor, &reference, now)).await?;
    pages::workbook(lang.and_then(Lang::from_code).unwrap_or(member.lang), &draft)
}

#[get("/submissions/<reference>/upload")]
async fn upload_page(member: Member<'_>, reference: &str) -> PageResult {
    let (actor, reference, now) = (member.actor.clone(), reference.to_owned(), member.now());
    let draft = member.db.read(move |conn| operations::form_of(conn, &actor, &reference, now)).await?;
    pages::upload(&member, &draft, &FieldErrors::none())
}

#[post("/submissions/<reference>/upload", data = "<posted>")]
async fn upload(member: Member<'_>, reference: &str, posted: Posted<Fields>) -> PageResult {
    let (actor, asked, now) = (member.actor.clone(), reference.to_owned(), member.now());
    let draft = member.db.read(move |conn| operations::form_of(conn, &actor, &asked, now)).await?;
    let filled = match posted.take() {
        Ok((_, fields)) => forms::workbook(&fields, &draft.dossier).map_err(|m| FieldErrors::one(forms::FILE, m)),
        Err((_, errors)) => Err(errors),
    };
    match filled {
        Err(errors) => pages::upload(&member, &draft, &errors),
        Ok(filled) => uploaded(&member, reference, filled).await,
    }
}

/// Shows what a workbook would change.
async fn uploaded(reader: &Reader, reference: &str, filled: Filled) -> PageResult {
    let (actor, reference, now) = (reader.actor.clone(), reference.to_owned(), reader.now());
    let began = (!filled.origin.reference.is_empty()).then_some(filled.origin.revision);
    let comparison =
        reader.db.read(move |conn| operations::upload(conn, &actor, &reference, &filled.answers, (began, now))).await?;
    pages::uploaded(reader, &comparison)
}

#[post("/submissions/<reference>/acts/<event>", data = "<posted>")]
async fn act(member: Member<'_>, reference: &str, event: &str, posted: Posted<Fields>) -> PageResult {
    let event = Event::from_code(event).ok_or_else(PageError::not_found)?;
    if posted.switch.is_some() {
        return view_again(&member, reference, event, Again { fields: posted.fields, ..Again::default() }).await;
    }
    let fields = posted.fields;
    match acted(&member, reference, event, forms::revision(&fields), &fields).await {
        Ok(()) => queue::routes::go_on(&member, reference, event, &fields).await,
        Err(error) => not_acted(&member, reference, event, fields, error).await,
    }
}

/// Does an act.
async fn acted(
    reader: &Reader,
    reference: &str,
    event: Event,
    seen: Option<i32>,
    fields: &Fields,
) -> Result<(), OperationError> {
    let (actor, now, reference, words) =
        (reader.actor.clone(), reader.now(), reference.to_owned(), forms::words(fields));
    reader
        .db
        .write(move |tx| {
            let asked = Asked { actor: &actor, reference: &reference, seen, now };
            operations::act(tx, event, &asked, &words).map(drop)
        })
        .await
}

/// Shows why an act was not done, with what was typed.
async fn not_acted(
    reader: &Reader,
    reference: &str,
    event: Event,
    fields: Fields,
    error: OperationError,
) -> PageResult {
    match error {
        OperationError::Invalid(errors) if operations::rules(event).is_complete => {
            incomplete(reader, reference, errors).await
        }
        OperationError::Invalid(errors) => {
            view_again(reader, reference, event, Again { fields, errors, reason: None }).await
        }
        error => {
            let reason = Some(reason(reader, error)?);
            view_again(reader, reference, event, Again { fields, errors: FieldErrors::none(), reason }).await
        }
    }
}

/// Shows the page of screening with what was typed.
pub(in crate::submissions) async fn screening_again(reader: &Reader, reference: &str, again: Again) -> PageResult {
    let (actor, wanted, now) = (reader.actor.clone(), reference.to_owned(), reader.now());
    let opened = reader.db.read(move |conn| operations::screen(conn, &actor, &wanted, now)).await?;
    let queue = queue::routes::around(reader, queue::routes::number(&again.fields), reference).await?;
    pages::view(reader, &Opened { queue, ..opened }, true, Some(&again))
}

async fn view_again(reader: &Reader, reference: &str, event: Event, again: Again) -> PageResult {
    let is_screening = operations::rules(event).said.has_comments();
    let queue = queue::routes::around(reader, queue::routes::number(&again.fields), reference).await?;
    pages::view(reader, &Opened { queue, ..opened(reader, reference).await? }, is_screening, Some(&again))
}

#[get("/submissions/<reference>/history")]
async fn history(member: Member<'_>, reference: &str) -> PageResult {
    let (actor, reference, now) = (member.actor.clone(), reference.to_owned(), member.now());
    let opened = member.db.read(move |conn| operations::history(conn, &actor, &reference, now)).await?;
    pages::revisions(&member, &opened)
}

#[get("/submissions/<reference>/compare?<from>&<to>")]
async fn compare(member: Member<'_>, reference: &str, from: i32, to: i32) -> PageResult {
    let (actor, reference, now) = (member.actor.clone(), reference.to_owned(), member.now());
    let (opened, before, after) =
        member.db.read(move |conn| operations::compare(conn, &actor, &reference, (from, to), now)).await?;
    pages::comparison(&member, &opened, (from, &before), (to, &after))
}

#[get("/sessions/<number>/submissions?<kind>&<state>&<delegation>&<page>")]
async fn list(
    member: Member<'_>,
    number: i32,
    kind: Option<&str>,
    state: Option<&str>,
    delegation: Option<&str>,
    page: Option<i64>,
) -> PageResult {
    let filter = Filter {
        kind: kind.and_then(Kind::from_code),
        state: state.and_then(State::from_code),
        delegation: shown_delegation(&member, delegation),
        target: None,
    };
    let (actor, wanted) = (member.actor.clone(), filter.clone());
    let range = pages::range(page);
    let listing = member.db.read(move |conn| operations::list(conn, &actor, number, &wanted, range)).await?;
    pages::list(&member, &listing, &filter, page)
}

/// Returns whose submissions to list: those asked for, or else the reader's own delegation's.
fn shown_delegation(member: &Member<'_>, asked: Option<&str>) -> Option<String> {
    match asked {
        Some("all" | "") => None,
        Some(code) => Some(code.to_owned()),
        None => {
            let own = member.delegation()?;
            let accreditations = &member.signed_in.accreditations;
            accreditations.iter().find(|one| one.delegation == *own).map(|one| one.delegation_code.clone())
        }
    }
}

#[get("/sessions/<number>/submissions/new?<kind>")]
async fn start_page(member: Member<'_>, number: i32, kind: &str) -> PageResult {
    let kind = Kind::from_code(kind).ok_or_else(PageError::not_found)?;
    let wanted = wanted(&member, number, kind).await?;
    pages::start(&member, &wanted, kind, None)
}

async fn wanted(reader: &Reader, number: i32, kind: Kind) -> Result<Wanted, PageError> {
    let actor = reader.actor.clone();
    Ok(reader.db.read(move |conn| operations::start(conn, &actor, number, kind)).await?)
}

#[post("/sessions/<number>/submissions/new?<kind>", data = "<posted>")]
async fn start(member: Member<'_>, number: i32, kind: &str, posted: Posted<StartForm>) -> PageResult {
    let kind = Kind::from_code(kind).ok_or_else(PageError::not_found)?;
    let wanted = wanted(&member, number, kind).await?;
    let again = match posted.take() {
        Ok((form, fields)) => match started(&member, &wanted, kind, &form).await {
            Ok(submission) => return Answer::go(format!("/submissions/{}/edit", submission.reference)),
            Err(OperationError::Invalid(errors)) => StartAgain { fields, errors, is_refused: false },
            Err(OperationError::Refused(_)) => StartAgain { fields, errors: FieldErrors::none(), is_refused: true },
            Err(error) => return Err(error.into()),
        },
        Err((fields, errors)) => StartAgain { fields, errors, is_refused: false },
    };
    pages::start(&member, &wanted, kind, Some(again))
}

/// Starts a draft for one of the delegations for which the reader may.
async fn started(reader: &Reader, wanted: &Wanted, kind: Kind, form: &StartForm) -> Result<Submission, OperationError> {
    let Some(delegation) = wanted.delegations.iter().find(|one| one.code == form.delegation) else {
        return Err(FieldErrors::one("delegation", Message::new("unreadable")).into());
    };
    let new = NewDraft {
        session: wanted.calendar.session.number,
        kind,
        delegation: delegation.id.clone(),
        original: Lang::from_code(&form.original).unwrap_or(reader.lang),
    };
    let (actor, now) = (reader.actor.clone(), reader.now());
    reader.db.write(move |tx| operations::create(tx, &actor, &new, now)).await
}

/// Returns the routes of the room.
pub fn routes() -> Vec<Route> {
    let own = routes![
        view,
        screen,
        edit,
        save,
        autosave,
        workbook,
        upload_page,
        upload,
        act,
        history,
        compare,
        list,
        start_page,
        start
    ];
    let parts = [
        attachments::routes::routes(),
        consents::routes::routes(),
        copies::routes::routes(),
        co_sponsors::routes::routes(),
        languages::routes::routes(),
        clarifications::routes::routes(),
        links::routes::routes(),
        clearance::routes::routes(),
        queue::routes::routes(),
        filters::routes::routes(),
        duplicates::routes::routes(),
        merging::routes::routes(),
        edits::routes::routes(),
        pending::routes::routes(),
        similar::routes::routes(),
        presences::routes::routes(),
    ];
    own.into_iter().chain(parts.into_iter().flatten()).collect()
}
