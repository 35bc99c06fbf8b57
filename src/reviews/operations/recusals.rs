//! Declaring oneself recused from an action, and taking that back.

use chrono::NaiveDateTime;
use serde_json::json;

use super::{Subject, subject};
use crate::audit;
use crate::db::{AnyConnection, Tx};
use crate::policy::{Action, Actor, Denial};
use crate::refusals::OperationError;
use crate::reviews::model::{Ground, Recusal, reason_errors};
use crate::reviews::store;
use crate::sessions::Step;

/// Declares the actor recused from an action. A review of it that was given before counts no more.
pub fn recuse(
    tx: &mut Tx<'_>,
    actor: &Actor,
    reference: &str,
    reason: &str,
    now: NaiveDateTime,
) -> Result<(), OperationError> {
    let subject = subject(tx, actor, reference)?;
    subject.expect(actor, Action::Recuse)?;
    let account = actor.account.clone().ok_or(Denial::NotSignedIn)?;
    subject.calendar.expect_open(Step::Reviews, now).map_err(OperationError::Refused)?;
    let reason = reason.trim().to_owned();
    reason_errors(&reason).into_result()?;
    let by = account.clone();
    let submission = subject.submission.id.clone();
    store::insert_recusal(tx, &Recusal { submission, account: by, reason, created_at: now })?;
    Ok(audit::record(tx, now, Some(&account), "review.recused", &subject.submission.reference, &json!({}))?)
}

/// Takes the actor's own statement back. Who belongs to the delegation that leads the action stays recused in any case.
pub fn take_back(tx: &mut Tx<'_>, actor: &Actor, reference: &str, now: NaiveDateTime) -> Result<(), OperationError> {
    let found = subject(tx, actor, reference)?;
    let is_stated = matches!(found.ground, Some(Ground::Stated(_)));
    // Why: the statement itself does not stand in the way of taking it back; anything else does.
    let asked = if is_stated { Subject { ground: None, ..found.clone() } } else { found };
    asked.expect(actor, Action::Recuse)?;
    if !is_stated {
        return Err(OperationError::refused("review-not-recused"));
    }
    let account = actor.account.clone().ok_or(Denial::NotSignedIn)?;
    asked.calendar.expect_open(Step::Reviews, now).map_err(OperationError::Refused)?;
    store::remove_recusal(tx, &asked.submission.id, &account)?;
    let act = "review.recusal-taken-back";
    Ok(audit::record(tx, now, Some(&account), act, &asked.submission.reference, &json!({}))?)
}

/// Returns an action from which a reviewer may declare the own recusal.
pub fn recusable(conn: &mut AnyConnection, actor: &Actor, reference: &str) -> Result<Subject, OperationError> {
    let subject = subject(conn, actor, reference)?;
    subject.expect(actor, Action::Recuse)?;
    Ok(subject)
}
