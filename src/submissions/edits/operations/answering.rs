//! What the delegation does: prepare what it says to each change, and confirm.
//!
//! What was written at home since the changes were proposed is never overwritten: whoever confirms has seen the newest text.

use chrono::NaiveDateTime;
use serde_json::json;

use super::writing::new_errors;
use super::{Shown, shown};
use crate::audit;
use crate::db::Tx;
use crate::kernel::fields::{FieldErrors, Message};
use crate::policy::{Action, Actor};
use crate::questionnaires::AnswerKey;
use crate::refusals::OperationError;
use crate::submissions::edits::model::{self, Edits, Round};
use crate::submissions::edits::store;
use crate::submissions::edits::workflow::{self, Event, State};
use crate::submissions::merge::unit;
use crate::submissions::operations::{Dossier, NOTE_CHARS_MAX, account_of, letters};
use crate::submissions::workflow::State as SubmissionState;
use crate::submissions::{co_sponsors, consents, store as submission_store};

/// Beginning of the fields with the answer to a change.
pub const ANSWER: &str = "answer.";
/// Beginning of the fields with the reason why a change is declined.
pub const REASON: &str = "reason.";

/// What a delegation says, and what it has seen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reply {
    /// What is said to each change.
    pub edits: Edits,
    /// The edition of the round that was shown.
    pub edition: i32,
    /// The revision of the text that was shown.
    pub revision: i32,
}

/// Keeps what a delegate prepares; whoever heads the delegation confirms it later.
pub fn prepare(
    tx: &mut Tx<'_>,
    actor: &Actor,
    reference: &str,
    reply: &Reply,
    now: NaiveDateTime,
) -> Result<(), OperationError> {
    let (dossier, held) = load(tx, actor, reference, (Action::PrepareEdits, reply))?;
    check(&held, reply, false).into_result()?;
    let account = account_of(actor)?;
    write(tx, &held, reply)?;
    let round = Round { edition: held.round.edition + 1, ..held.round };
    store::update(tx, &round)?;
    let detail = json!({ "round": round.number });
    Ok(audit::record(tx, now, Some(account), "edits.prepare", &dossier.submission.reference, &detail)?)
}

/// Answers for the delegation: what is confirmed becomes a new revision of the text, written by whoever proposed it.
pub fn answer(
    tx: &mut Tx<'_>,
    actor: &Actor,
    reference: &str,
    reply: &Reply,
    now: NaiveDateTime,
) -> Result<(), OperationError> {
    let (dossier, held) = load(tx, actor, reference, (Action::ConfirmEdits, reply))?;
    let submission = &dossier.submission;
    if submission.revision != reply.revision {
        return Err(OperationError::Stale);
    }
    let before = submission_store::answers_at(tx, &submission.id, submission.revision)?;
    let confirmed = model::confirmed(&reply.edits);
    let after = model::taking(&before, &held.proposed, &confirmed);
    let mut errors = check(&held, reply, true);
    errors.extend(&placed(&held, &new_errors(&dossier, &before, &after)));
    errors.into_result()?;
    let account = account_of(actor)?;
    write(tx, &held, reply)?;
    let revision = if after == before {
        None
    } else {
        let by = &held.round.account;
        Some(submission_store::save_revision(tx, submission, &dossier.questionnaire, &before, &after, by, now)?)
    };
    let round = Round {
        state: workflow::next(held.round.state, Event::Answer)?,
        edition: held.round.edition + 1,
        answered_by: Some(account.clone()),
        answered_at: Some(now),
        revision,
        is_shared: SubmissionState::HANDED_OVER.contains(&submission.state),
        ..held.round.clone()
    };
    store::update(tx, &round)?;
    let declined = held.edits.len() - confirmed.len();
    let detail = json!({
        "round": round.number, "confirmed": confirmed.len(), "declined": declined, "revision": revision,
        "author": round.account,
    });
    audit::record(tx, now, Some(account), "edits.answer", &submission.reference, &detail)?;
    if revision.is_some() && round.is_shared {
        ask_again(tx, &dossier, account, now)?;
    }
    Ok(letters::edits_answered(tx, &dossier, (confirmed.len(), declined), (account, now))?)
}

/// Asks countries named and co-sponsors again where what was confirmed changes the substance.
fn ask_again(
    tx: &mut Tx<'_>,
    dossier: &Dossier,
    account: &crate::kernel::ids::AccountId,
    now: NaiveDateTime,
) -> Result<(), OperationError> {
    let submission = submission_store::by_id(tx, &dossier.submission.id)?;
    let dossier = Dossier { submission, ..dossier.clone() };
    consents::operations::ask(tx, &dossier, account, now)?;
    co_sponsors::operations::ask(tx, &dossier, account, now)
}

/// Loads the round that waits, for an act of the delegation that has seen its newest edition.
fn load(
    tx: &mut Tx<'_>,
    actor: &Actor,
    reference: &str,
    (action, reply): (Action, &Reply),
) -> Result<(Dossier, Shown), OperationError> {
    let dossier = Dossier::load(tx, reference)?;
    dossier.permit(actor, action)?;
    if consents::store::is_voted_on(tx, &dossier.submission.id)? {
        return Err(OperationError::refused("edits-voted-on"));
    }
    let rounds = store::rounds_of(tx, &dossier.submission.id)?;
    let waiting = rounds.iter().find(|round| round.state == State::Proposed);
    let round = waiting.ok_or_else(|| OperationError::refused("edits-none"))?;
    if round.edition != reply.edition {
        return Err(OperationError::Stale);
    }
    let shown = shown(tx, round)?;
    Ok((dossier, shown))
}

fn write(tx: &mut Tx<'_>, held: &Shown, reply: &Reply) -> Result<(), OperationError> {
    for question in held.edits.keys() {
        let edit = reply.edits.get(question).cloned().unwrap_or_default();
        store::set_answer(tx, &held.round.id, question, &edit)?;
    }
    Ok(())
}

/// Returns what is wrong with a reply: a change without an answer, where it is to be whole; a reason that is too long; an
/// answer to what was not proposed.
fn check(held: &Shown, reply: &Reply, is_whole: bool) -> FieldErrors {
    let mut errors = FieldErrors::none();
    for question in held.edits.keys() {
        let edit = reply.edits.get(question).cloned().unwrap_or_default();
        if is_whole && edit.answer.is_none() {
            errors.add(format!("{ANSWER}{question}"), Message::new("edits-unanswered"));
        }
        let over = edit.reason.chars().count().saturating_sub(NOTE_CHARS_MAX);
        if over > 0 {
            let number = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
            let message = Message::new("too-long").number("max", number(NOTE_CHARS_MAX)).number("over", number(over));
            errors.add(format!("{REASON}{question}"), message);
        }
    }
    errors
}

/// Puts messages about a text at the change of their question; what comes from a question that does not change, at all changes.
fn placed(held: &Shown, errors: &FieldErrors) -> FieldErrors {
    let code = |name: &str| AnswerKey::parse(name).question;
    let mut all = FieldErrors::none();
    for (field, messages) in errors.iter() {
        let own = unit(&AnswerKey::parse(field));
        let tests: [&dyn Fn(&String) -> bool; 3] = [&|name| *name == own, &|name| code(name) == code(&own), &|_| true];
        let found = |test: &&dyn Fn(&String) -> bool| held.edits.keys().filter(|name| test(name)).collect::<Vec<_>>();
        let places = tests.iter().map(found).find(|places| !places.is_empty()).unwrap_or_default();
        for message in messages {
            for place in &places {
                all.add(format!("{ANSWER}{place}"), message.clone());
            }
        }
    }
    all
}
