//! Writing submissions. Every request but the one that starts a draft says which state it was made for, and nothing is
//! done when that has changed.

use rocket::{Route, patch, post, routes};

use crate::api::asked::{Once, Seen, Sent};
use crate::api::caller::{SubmissionWriter, Who};
use crate::api::forms::{Changes, NewAct, NewCoSponsorship, NewConsent, NewSubmission, laid_over};
use crate::api::model::Code;
use crate::api::operations::{self as own, Doing};
use crate::api::pages::submissions::SubmissionView;
use crate::api::problems::{Problem, Writing};
use crate::api::reply::{ApiResult, Reply, validator};
use crate::db::Tx;
use crate::kernel::fields::{FieldErrors, Message};
use crate::refusals::OperationError;
use crate::submissions::operations::{self, Asked, NewDraft, Opened, Saving, Typed};
use crate::submissions::{co_sponsors, consents};

/// Opens a submission as the caller sees it, unless it has changed since it was read.
fn seen(tx: &mut Tx<'_>, who: &Who, reference: &str, seen: &Seen) -> Result<Opened, Problem> {
    let opened = operations::open(tx, &who.actor, reference, who.now)?;
    seen.expect(&validator(&SubmissionView::new(&who.actor, &opened))?)?;
    Ok(opened)
}

/// Answers with a submission as it stands now; with nothing when the caller sees it no more.
fn now(tx: &mut Tx<'_>, who: &Who, reference: &str) -> ApiResult {
    match operations::open(tx, &who.actor, reference, who.now) {
        Ok(opened) => Reply::one(&SubmissionView::new(&who.actor, &opened)),
        Err(OperationError::NotFound) => Ok(Reply::nothing()),
        Err(error) => Err(error.into()),
    }
}

/// Starts a draft of a delegation.
#[utoipa::path(
    tag = "Submissions",
    operation_id = "start_submission",
    params(
        ("number" = i32, Path, description = "Number of the session.", example = 15),
        ("Idempotency-Key" = Option<String>, Header, description = "A key of the caller's making; the same request with the same key within a day starts nothing new.")
    ),
    request_body = NewSubmission,
    responses((status = 201, description = "The draft.", body = SubmissionView, headers(("ETag" = String, description = "Validator, for `If-Match` of requests that write."), ("Location" = String, description = "Its address."))), Writing),
    security(("token" = ["write-submissions"]))
)]
#[post("/api/v1/sessions/<number>/submissions", data = "<sent>")]
pub async fn start(writer: SubmissionWriter, number: i32, once: Once, sent: Sent<NewSubmission>) -> ApiResult {
    let who = (*writer).clone();
    writer.db.write(move |tx| started(tx, &who, number, once.0.as_deref(), &sent.0)).await
}

fn started(tx: &mut Tx<'_>, who: &Who, session: i32, key: Option<&str>, new: &NewSubmission) -> ApiResult {
    let token = who.entered.as_ref().map(|entered| &entered.token.id).ok_or(Code::TokenMissing)?;
    let request = format!("start {session} {} {} {}", new.kind, new.delegation, new.original_language);
    let reference = match own::once(tx, token, key, &request)? {
        Doing::Done(reference) => reference,
        Doing::Otherwise => return Err(Code::KeyReused.into()),
        Doing::New => {
            let wanted = operations::start(tx, &who.actor, session, new.kind)?;
            let Some(delegation) = wanted.delegations.iter().find(|one| one.code == new.delegation) else {
                let errors = FieldErrors::one("delegation", Message::new("unreadable"));
                return Err(OperationError::from(errors).into());
            };
            let (delegation, original) = (delegation.id.clone(), new.original_language);
            let draft = NewDraft { session, kind: new.kind, delegation, original };
            let made = operations::create(tx, &who.actor, &draft, who.now)?;
            own::keep_once(tx, token, key, (&request, &made.reference), who.now)?;
            made.reference
        }
    };
    Ok(now(tx, who, &reference)?.created(format!("/api/v1/submissions/{reference}")))
}

/// Saves answers: those that are sent, and no others. A draft saves with anything missing or wrong.
#[utoipa::path(
    tag = "Submissions",
    operation_id = "save_answers",
    params(
        ("reference" = String, Path, description = "Its reference.", example = "PA-KAZ-2020-003"),
        ("If-Match" = String, Header, description = "`ETag` of the submission as it was read.")
    ),
    request_body = Changes,
    responses((status = 200, description = "The submission as it stands now.", body = SubmissionView, headers(("ETag" = String, description = "Validator, for `If-Match` of requests that write."))), Writing),
    security(("token" = ["write-submissions"]))
)]
#[patch("/api/v1/submissions/<reference>/answers", data = "<sent>")]
pub async fn save(writer: SubmissionWriter, reference: &str, seen: Seen, sent: Sent<Changes>) -> ApiResult {
    let (who, reference) = ((*writer).clone(), reference.to_owned());
    writer.db.write(move |tx| saved(tx, &who, &reference, &seen, &sent.0)).await
}

fn saved(tx: &mut Tx<'_>, who: &Who, reference: &str, as_read: &Seen, changes: &Changes) -> ApiResult {
    seen(tx, who, reference, as_read)?;
    let draft = operations::form_of(tx, &who.actor, reference, who.now)?;
    let fields = laid_over(&draft.dossier.questionnaire, &draft.answers, changes).map_err(OperationError::from)?;
    let revision = draft.dossier.submission.revision;
    let typed = Typed { revision, fields, original: changes.original_language, ..Typed::default() };
    match operations::save(tx, &who.actor, reference, &typed, who.now)? {
        Saving::Saved { .. } => now(tx, who, reference),
        Saving::Disputed(_) => Err(OperationError::Stale.into()),
    }
}

/// Moves a submission: asks for clearance, clears, withdraws; for the secretariat, takes up, returns, accepts.
#[utoipa::path(
    tag = "Submissions",
    operation_id = "act_on_submission",
    params(
        ("reference" = String, Path, description = "Its reference.", example = "PA-KAZ-2020-003"),
        ("If-Match" = String, Header, description = "`ETag` of the submission as it was read.")
    ),
    request_body = NewAct,
    responses(
        (status = 200, description = "The submission as it stands now.", body = SubmissionView, headers(("ETag" = String, description = "Validator, for `If-Match` of requests that write."))),
        (status = 204, description = "Done; the caller does not see the submission any more."),
        Writing
    ),
    security(("token" = ["write-submissions"]))
)]
#[post("/api/v1/submissions/<reference>/acts", data = "<sent>")]
pub async fn act(writer: SubmissionWriter, reference: &str, seen: Seen, sent: Sent<NewAct>) -> ApiResult {
    let (event, words) = (sent.0.event, sent.0.words());
    let act = move |tx: &mut Tx<'_>, asked: &Asked<'_>| operations::act(tx, event, asked, &words).map(drop);
    done(&writer, reference, seen, act).await
}

/// Does an act on a submission as the caller has seen it.
async fn done(
    writer: &SubmissionWriter,
    reference: &str,
    as_read: Seen,
    act: impl Fn(&mut Tx<'_>, &Asked<'_>) -> Result<(), OperationError> + Send + Sync + 'static,
) -> ApiResult {
    let (who, reference) = ((**writer).clone(), reference.to_owned());
    let work = move |tx: &mut Tx<'_>| -> ApiResult {
        let opened = seen(tx, &who, &reference, &as_read)?;
        let asked = Asked { actor: &who.actor, reference: &reference, seen: Some(opened.revision), now: who.now };
        act(tx, &asked)?;
        now(tx, &who, &reference)
    };
    writer.db.write(work).await
}

/// Consents to an action that names one's country, or declines.
#[utoipa::path(
    tag = "Submissions",
    operation_id = "answer_consent",
    params(
        ("reference" = String, Path, description = "Reference of the action.", example = "PA-KAZ-2020-003"),
        ("If-Match" = String, Header, description = "`ETag` of the submission as it was read.")
    ),
    request_body = NewConsent,
    responses(
        (status = 200, description = "The action as it stands now.", body = SubmissionView, headers(("ETag" = String, description = "Validator, for `If-Match` of requests that write."))),
        (status = 204, description = "Done; the caller does not see the action any more."),
        Writing
    ),
    security(("token" = ["write-submissions"]))
)]
#[post("/api/v1/submissions/<reference>/consent", data = "<sent>")]
pub async fn consent(writer: SubmissionWriter, reference: &str, seen: Seen, sent: Sent<NewConsent>) -> ApiResult {
    let NewConsent { event, note } = sent.0;
    expect(event != consents::Event::AskAgain, event.code())?;
    let act = move |tx: &mut Tx<'_>, asked: &Asked<'_>| consents::operations::answer(tx, asked, event, &note);
    done(&writer, reference, seen, act).await
}

/// Joins, declines or leaves the co-sponsors of an action.
#[utoipa::path(
    tag = "Submissions",
    operation_id = "answer_co_sponsorship",
    params(
        ("reference" = String, Path, description = "Reference of the action.", example = "PA-KAZ-2020-003"),
        ("If-Match" = String, Header, description = "`ETag` of the submission as it was read.")
    ),
    request_body = NewCoSponsorship,
    responses(
        (status = 200, description = "The action as it stands now.", body = SubmissionView, headers(("ETag" = String, description = "Validator, for `If-Match` of requests that write."))),
        (status = 204, description = "Done; the caller does not see the action any more."),
        Writing
    ),
    security(("token" = ["write-submissions"]))
)]
#[post("/api/v1/submissions/<reference>/co-sponsorship", data = "<sent>")]
pub async fn co_sponsor(
    writer: SubmissionWriter,
    reference: &str,
    seen: Seen,
    sent: Sent<NewCoSponsorship>,
) -> ApiResult {
    use co_sponsors::Event::{Decline, Join, Leave};
    let event = sent.0.event;
    expect(matches!(event, Join | Decline | Leave), event.code())?;
    let act = move |tx: &mut Tx<'_>, asked: &Asked<'_>| co_sponsors::operations::answer(tx, asked, event);
    done(&writer, reference, seen, act).await
}

/// Refuses an event that is not for delegations to choose.
fn expect(is_offered: bool, event: &str) -> Result<(), Problem> {
    if is_offered { Ok(()) } else { Err(Problem::not_offered("event", event)) }
}

/// Returns the routes of writing submissions.
pub fn routes() -> Vec<Route> {
    routes![start, save, act, consent, co_sponsor]
}
