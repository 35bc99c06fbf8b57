//! Asking and answering, and who reads what.

use serde_json::json;

use super::model::{Clarification, Reach, Side};
use super::store;
use crate::audit;
use crate::db::{AnyConnection, StoreError, Tx};
use crate::kernel::fields::{FieldErrors, Message};
use crate::kernel::ids::{ClarificationId, DelegationId, SessionId};
use crate::policy::{Action, Actor, Capacity, may};
use crate::refusals::OperationError;
use crate::submissions::Submission;
use crate::submissions::operations::{Asked, Dossier, account_of, check_text, is_own, letters};

/// Returns whether an actor reads a clarification of a submission that it may see.
pub fn is_readable(actor: &Actor, dossier: &Dossier, one: &Clarification) -> bool {
    let Some(account) = &actor.account else { return false };
    let is_party = *account == one.asked_by
        || one.asked_for.as_ref().is_some_and(|asker| actor.delegations().any(|own| own == asker))
        || may(actor, Action::ViewSubmissionHistory, &dossier.target());
    one.reach == Reach::Delegations || is_party
}

/// Returns the clarifications of a session that a reader may read on the pages of their submissions, by reference; all of them
/// where no reader is named.
pub fn of_session(
    conn: &mut AnyConnection,
    reader: Option<&Actor>,
    session: &SessionId,
) -> Result<Vec<(Submission, Vec<Clarification>)>, StoreError> {
    let mut all = Vec::new();
    for reference in store::asked_about(conn, session)? {
        let dossier = Dossier::load(conn, &reference)?;
        let mut asked = store::of(conn, &dossier.submission.id)?;
        if let Some(actor) = reader {
            let is_seen = may(actor, Action::ViewSubmission, &dossier.target());
            asked.retain(|one| is_seen && is_readable(actor, &dossier, one));
        }
        all.push((dossier.submission, asked));
    }
    Ok(all)
}

/// Returns whether an actor may ask: not those who would have to answer.
pub fn may_ask(actor: &Actor, dossier: &Dossier) -> bool {
    may(actor, Action::AskClarification, &dossier.target()) && !is_own(actor, &dossier.submission)
}

/// Asks the delegation that leads a submission to clarify something.
pub fn ask(tx: &mut Tx<'_>, asked: &Asked<'_>, reach: Reach, question: &str) -> Result<(), OperationError> {
    let dossier = Dossier::load(tx, asked.reference)?;
    dossier.permit(asked.actor, Action::ViewSubmission)?;
    dossier.permit(asked.actor, Action::AskClarification)?;
    if is_own(asked.actor, &dossier.submission) {
        return Err(OperationError::refused("clarification-own"));
    }
    let question = filled("question", question)?;
    let account = account_of(asked.actor)?;
    let (asked_as, asked_for) = side(asked.actor);
    let new = Clarification {
        id: ClarificationId::new(),
        reach,
        asked_by: account.clone(),
        asked_for,
        asked_as,
        question,
        asked_at: asked.now,
        answer: String::new(),
        answered_at: None,
    };
    store::insert(tx, &dossier.submission.id, &new)?;
    let detail = json!({ "reach": reach });
    audit::record(tx, asked.now, Some(account), "clarification.ask", asked.reference, &detail)?;
    Ok(letters::clarification_asked(tx, &dossier, (account, asked.now))?)
}

/// Returns in what capacity an actor asks, and on whose behalf.
fn side(actor: &Actor) -> (Side, Option<DelegationId>) {
    if actor.is(Capacity::Secretariat) {
        return (Side::Secretariat, None);
    }
    // Why: somebody who reviews asks as a reviewer, so that the question does not name the country of an expert.
    if actor.is(Capacity::Reviewer) {
        return (Side::Reviewer, None);
    }
    (Side::Delegation, actor.delegations().next().cloned())
}

/// Answers a question for the delegation that leads the submission.
pub fn answer(tx: &mut Tx<'_>, asked: &Asked<'_>, id: &ClarificationId, text: &str) -> Result<(), OperationError> {
    let dossier = Dossier::load(tx, asked.reference)?;
    dossier.permit(asked.actor, Action::AnswerClarification)?;
    let known = store::of(tx, &dossier.submission.id)?;
    let one = known.iter().find(|one| one.id == *id).ok_or(OperationError::NotFound)?;
    if one.answered_at.is_some() {
        return Err(OperationError::Stale);
    }
    let text = filled("answer", text)?;
    let account = account_of(asked.actor)?;
    store::answer(tx, id, &text, account, asked.now)?;
    let detail = json!({ "reach": one.reach });
    audit::record(tx, asked.now, Some(account), "clarification.answer", asked.reference, &detail)?;
    Ok(letters::clarification_answered(tx, &dossier, one, (account, asked.now))?)
}

fn filled(field: &str, text: &str) -> Result<String, OperationError> {
    let text = text.trim();
    if text.is_empty() {
        return Err(OperationError::Invalid(FieldErrors::one(field, Message::new("required"))));
    }
    check_text(field, text)?;
    Ok(text.to_owned())
}
