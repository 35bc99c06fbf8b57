//! Preparing what is to be done with texts under review, and doing all of it at once.
//!
//! The trail of what is prepared says who and when and about which submission, and not what: administrators read it as well.

use chrono::NaiveDateTime;
use serde_json::json;

use super::model::{EVENTS, Outcome};
use super::store;
use crate::audit;
use crate::db::{AnyConnection, Tx};
use crate::delegations::{self, Delegation};
use crate::kernel::fields::{FieldErrors, Message};
use crate::policy::{Action, Actor, Target, decide};
use crate::refusals::OperationError;
use crate::sessions::{self, Calendar};
use crate::submissions::model::Submission;
use crate::submissions::operations::{self, Asked, Dossier, Words, account_of, check, check_words, rules};
use crate::submissions::store as submission_store;
use crate::submissions::workflow::{Event, State};

/// Field of what is to be done.
pub const EVENT: &str = "event";

/// What is prepared for one submission.
#[derive(Debug, Clone)]
pub struct Prepared {
    /// The submission.
    pub submission: Submission,
    /// What is meant to be done with it.
    pub outcome: Outcome,
    /// Why it cannot be done now.
    pub obstacle: Option<Message>,
}

/// What is prepared in a session.
#[derive(Debug, Clone)]
pub struct Pending {
    /// The session with its windows.
    pub calendar: Calendar,
    /// What is prepared, by reference.
    pub all: Vec<Prepared>,
    /// Every delegation.
    pub delegations: Vec<Delegation>,
}

/// Returns what is prepared in a session to somebody of the secretariat.
pub fn pending(
    conn: &mut AnyConnection,
    actor: &Actor,
    number: i32,
    now: NaiveDateTime,
) -> Result<Pending, OperationError> {
    decide(actor, Action::ViewDesk, &Target::none()).map_err(|denial| OperationError::from(denial).hidden())?;
    let session = sessions::store::by_number(conn, number)?;
    let mut all = Vec::new();
    for outcome in store::of_session(conn, &session.id)? {
        let submission = submission_store::by_id(conn, &outcome.submission)?;
        let obstacle = obstacle(conn, actor, (&submission, &outcome), now)?;
        all.push(Prepared { submission, outcome, obstacle });
    }
    let calendar = sessions::store::calendar(conn, &session.id)?;
    Ok(Pending { calendar, all, delegations: delegations::store::all(conn)? })
}

/// Says why what was prepared cannot be done: the text is no longer under review, or has changed since.
fn obstacle(
    conn: &mut AnyConnection,
    actor: &Actor,
    (submission, outcome): (&Submission, &Outcome),
    now: NaiveDateTime,
) -> Result<Option<Message>, OperationError> {
    // Why: a delegation may be at work on it again, and how far it is concerns nobody else.
    if submission.state != State::UnderReview {
        return Ok(Some(Message::new("pending-moved")));
    }
    if submission.revision != outcome.revision {
        return Ok(Some(Message::new("pending-changed")));
    }
    match check(conn, actor, &submission.reference, outcome.event, now) {
        Ok(()) => Ok(None),
        Err(OperationError::Refused(message)) => Ok(Some(message)),
        Err(error) => Err(error),
    }
}

/// Prepares what is to be done with a submission, or changes it; nothing happens yet.
pub fn prepare(tx: &mut Tx<'_>, asked: &Asked<'_>, event: Event, words: &Words) -> Result<(), OperationError> {
    let dossier = Dossier::load(tx, asked.reference)?;
    dossier.permit(asked.actor, Action::ScreenSubmission)?;
    let submission = &dossier.submission;
    if !EVENTS.contains(&event) {
        return Err(FieldErrors::one(EVENT, Message::new("required")).into());
    }
    if submission.state != State::UnderReview {
        return Err(OperationError::refused("pending-moved"));
    }
    if asked.seen != Some(submission.revision) {
        return Err(OperationError::Stale);
    }
    check_words(&dossier, words)?;
    rules(event).said.of(words, &dossier)?;
    let account = account_of(asked.actor)?;
    let held = store::of(tx, &submission.id)?;
    let said = words.comments.iter().filter(|(_, text)| !text.trim().is_empty());
    let outcome = Outcome {
        submission: submission.id.clone(),
        event,
        note: words.note.trim().to_owned(),
        comments: said.map(|(question, text)| (question.clone(), text.trim().to_owned())).collect(),
        revision: submission.revision,
        edition: held.map_or(0, |held| held.edition) + 1,
        account: account.clone(),
        changed_at: asked.now,
    };
    store::set(tx, &outcome)?;
    Ok(audit::record(tx, asked.now, Some(account), "pending.prepare", asked.reference, &json!({}))?)
}

/// Forgets what was prepared for a submission of a session; of one for which nothing was, it says just that.
pub fn forget(
    tx: &mut Tx<'_>,
    actor: &Actor,
    (number, reference): (i32, &str),
    now: NaiveDateTime,
) -> Result<(), OperationError> {
    let pending = pending(tx, actor, number, now)?;
    let found = pending.all.iter().find(|one| one.submission.reference == reference);
    let one = found.ok_or_else(|| OperationError::refused("pending-nothing"))?;
    store::remove(tx, &one.submission.id)?;
    Ok(audit::record(tx, now, actor.account.as_ref(), "pending.forget", reference, &json!({}))?)
}

/// What became of everything that was to be done.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Applied {
    /// References of what was done.
    pub done: Vec<String>,
    /// References of what was passed over: it changed after it was shown.
    pub passed_over: Vec<String>,
}

/// Does what is prepared for the submissions shown, each as it was shown, and writes the mails with it. What has changed since,
/// in the text or in what is meant to be done, is passed over.
pub fn apply(
    tx: &mut Tx<'_>,
    actor: &Actor,
    number: i32,
    shown: &[(String, i32)],
    now: NaiveDateTime,
) -> Result<Applied, OperationError> {
    let pending = pending(tx, actor, number, now)?;
    let mut applied = Applied::default();
    for (reference, edition) in shown {
        let found = pending.all.iter().find(|one| one.submission.reference == *reference);
        let Some(one) = found.filter(|one| one.outcome.edition == *edition && one.obstacle.is_none()) else {
            applied.passed_over.push(reference.clone());
            continue;
        };
        let asked = Asked { actor, reference, seen: Some(one.outcome.revision), now };
        let words = Words { note: one.outcome.note.clone(), comments: one.outcome.comments.clone() };
        operations::act(tx, one.outcome.event, &asked, &words)?;
        applied.done.push(reference.clone());
    }
    if applied.done.is_empty() {
        return Err(OperationError::Stale);
    }
    let detail = json!({ "done": applied.done, "passed-over": applied.passed_over });
    audit::record(tx, now, actor.account.as_ref(), "pending.apply", &number.to_string(), &detail)?;
    Ok(applied)
}
