//! What the countries that an action names say to a report.

use serde_json::json;

use super::{By, Course, letters, permit, record};
use crate::db::Tx;
use crate::kernel::fields::{FieldErrors, Message};
use crate::kernel::ids::DelegationId;
use crate::policy::{Action, Actor};
use crate::progress::model::{Answer, Confirmation, NOTE_CHARS_MAX, Report};
use crate::progress::store;
use crate::progress::workflow::{Event, State, next};
use crate::refusals::OperationError;

/// Returns what the delegation of an actor says to a report.
pub fn own<'a>(report: &'a Report, actor: &Actor) -> Option<&'a Confirmation> {
    report.confirmations.iter().find(|one| actor.delegations().any(|own| *own == one.delegation))
}

/// Answers for the delegation of the actor: confirms the report that it has read, or comments on it. With the last
/// confirmation everybody may read it.
pub fn answer(tx: &mut Tx<'_>, by: &By, answer: Answer, note: &str, edition: i32) -> Result<(), OperationError> {
    let course = Course::of(tx, &by.reference)?;
    let report = course.newest().ok_or_else(|| OperationError::refused("progress-none"))?;
    permit(&by.actor, Action::ConfirmReport, &course.target_of(report))?;
    if report.edition != edition {
        return Err(OperationError::Stale);
    }
    let before = own(report, &by.actor).ok_or_else(|| OperationError::refused("progress-not-asked"))?;
    check_note(answer, note)?;
    if answer == Answer::Asked || before.answer == Answer::Confirmed {
        return Err(OperationError::refused("progress-confirmed-already"));
    }
    let after = Confirmation {
        answer,
        note: note.trim().to_owned(),
        account: Some(by.account()?.clone()),
        answered_at: Some(by.now),
        ..before.clone()
    };
    store::set_answer(tx, &report.id, (before.answer, &after))?;
    let country = crate::delegations::store::by_id(tx, &after.delegation)?;
    record(tx, by, answer.code(), report, json!({ "country": country.code }))?;
    letters::answered(tx, by, &course, &country, &after)?;
    complete(tx, by, report, &after.delegation, &after)
}

/// Lets everybody read a report that the last country has confirmed.
fn complete(
    tx: &mut Tx<'_>,
    by: &By,
    report: &Report,
    delegation: &DelegationId,
    after: &Confirmation,
) -> Result<(), OperationError> {
    let confirmations = report.confirmations.iter();
    let confirmations: Vec<Confirmation> =
        confirmations.map(|one| if one.delegation == *delegation { after.clone() } else { one.clone() }).collect();
    let answered = Report { confirmations, ..report.clone() };
    if !answered.is_agreed() {
        return Ok(());
    }
    let confirmed = Report {
        state: next(report.state, Event::Complete)?,
        edition: report.edition + 1,
        updated_at: by.now,
        confirmed_at: Some(by.now),
        ..answered
    };
    store::save(tx, &confirmed, State::Given)?;
    Ok(record(tx, by, "complete", &confirmed, json!({}))?)
}

fn check_note(answer: Answer, note: &str) -> Result<(), FieldErrors> {
    let mut errors = FieldErrors::none();
    if answer == Answer::Commented && note.trim().is_empty() {
        errors.add("note", Message::new("progress-comment-missing"));
    }
    if note.trim().chars().count() > NOTE_CHARS_MAX {
        let max = i64::try_from(NOTE_CHARS_MAX).unwrap_or(i64::MAX);
        errors.add("note", Message::new("too-long").number("max", max));
    }
    errors.into_result()
}
