//! Writing a report, giving it to the group, taking it back to mend it.

use serde_json::json;

use super::{By, Course, letters, permit, record};
use crate::db::Tx;
use crate::kernel::fields::{FieldErrors, Message};
use crate::kernel::ids::ProgressReportId;
use crate::kernel::lang::Bilingual;
use crate::policy::Action;
use crate::progress::model::{Answer, Confirmation, OutputState, Report, TEXT_CHARS_MAX, VALUE_CHARS_MAX, value_field};
use crate::progress::store;
use crate::progress::workflow::{Event, State, next};
use crate::refusals::OperationError;

/// What a form sends back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Typed {
    /// How the work goes.
    pub text: Bilingual<String>,
    /// How far each output is.
    pub outputs: Vec<OutputState>,
    /// Where each indicator stands.
    pub values: Vec<Bilingual<String>>,
    /// Whether the action is finished.
    pub is_last: bool,
    /// The edition that the form was made from; 0 before there was one.
    pub edition: i32,
}

/// Returns a report as it begins: what the last one said of outputs stays.
pub fn fresh(course: &Course, now: chrono::NaiveDateTime) -> Report {
    let held = |position: usize| course.newest().and_then(|last| last.outputs.get(position).copied());
    Report {
        id: ProgressReportId::new(),
        submission: course.submission.id.clone(),
        programme: course.programme.id.clone(),
        number: course.reports.first().map_or(0, |last| last.number) + 1,
        state: State::Draft,
        plan_revision: course.revision,
        is_last: false,
        text: Bilingual::default(),
        outputs: (0..course.plan.outputs.len()).map(|at| held(at).unwrap_or(OutputState::NotBegun)).collect(),
        values: vec![Bilingual::default(); course.plan.indicators.len()],
        confirmations: Vec::new(),
        edition: 1,
        created_at: now,
        updated_at: now,
        given_at: None,
        confirmed_at: None,
    }
}

/// Refuses texts that are too long.
fn check_lengths(typed: &Typed) -> Result<(), FieldErrors> {
    let mut errors = FieldErrors::none();
    let mut limit = |field: &str, text: &Bilingual<String>, (en, ru): (usize, usize)| {
        for (side, suffix, max) in [(&text.en, "en", en), (&text.ru, "ru", ru)] {
            if side.chars().count() > max {
                let max = i64::try_from(max).unwrap_or(i64::MAX);
                errors.add(format!("{field}_{suffix}"), Message::new("too-long").number("max", max));
            }
        }
    };
    limit("text", &typed.text, TEXT_CHARS_MAX);
    for (position, value) in typed.values.iter().enumerate() {
        limit(&value_field(position), value, VALUE_CHARS_MAX);
    }
    errors.into_result()
}

/// Saves the draft of a report, or begins one.
pub fn write(tx: &mut Tx<'_>, by: &By, typed: &Typed) -> Result<Report, OperationError> {
    let course = Course::of(tx, &by.reference)?;
    permit(&by.actor, Action::WriteReport, &course.target(State::Draft))?;
    check_lengths(typed)?;
    let held = course.draft().cloned();
    if held.as_ref().map_or(0, |held| held.edition) != typed.edition {
        return Err(OperationError::Stale);
    }
    let (before, is_new) = if let Some(held) = held {
        (held, false)
    } else {
        course.expect_to_come()?;
        (fresh(&course, by.now), true)
    };
    let report = Report {
        text: typed.text.clone(),
        outputs: typed.outputs.clone(),
        values: typed.values.clone(),
        is_last: typed.is_last,
        edition: if is_new { 1 } else { before.edition + 1 },
        updated_at: by.now,
        ..before
    };
    if is_new {
        store::insert(tx, &report)?;
    } else {
        store::save(tx, &report, State::Draft)?;
    }
    record(tx, by, "save", &report, json!({}))?;
    Ok(report)
}

/// Gives the report to the group: every country that the action names is asked to confirm it. Where it names none there
/// is nobody to ask.
pub fn give(tx: &mut Tx<'_>, by: &By, edition: i32) -> Result<(), OperationError> {
    let course = Course::of(tx, &by.reference)?;
    permit(&by.actor, Action::GiveReport, &course.target(State::Draft))?;
    let held = course.draft().cloned().ok_or(OperationError::Stale)?;
    if held.edition != edition {
        return Err(OperationError::Stale);
    }
    let to = next(held.state, Event::Give)?;
    course.expect_to_come()?;
    held.gaps().into_result()?;
    let asked = |delegation: &crate::delegations::Delegation| Confirmation {
        delegation: delegation.id.clone(),
        answer: Answer::Asked,
        note: String::new(),
        account: None,
        asked_at: by.now,
        answered_at: None,
    };
    let confirmations: Vec<Confirmation> = course.named.iter().map(asked).collect();
    let is_alone = confirmations.is_empty();
    let given = Report {
        state: if is_alone { next(to, Event::Complete)? } else { to },
        confirmations,
        edition: held.edition + 1,
        updated_at: by.now,
        given_at: Some(by.now),
        confirmed_at: is_alone.then_some(by.now),
        ..held
    };
    store::save(tx, &given, State::Draft)?;
    let countries: Vec<&str> = course.named.iter().map(|one| one.code.as_str()).collect();
    record(tx, by, "give", &given, json!({ "countries": countries }))?;
    letters::asked(tx, by, &course)
}

/// Takes a report back that is not confirmed yet. What countries said to it is asked anew when it is given again.
pub fn take_back(tx: &mut Tx<'_>, by: &By, edition: i32) -> Result<(), OperationError> {
    let course = Course::of(tx, &by.reference)?;
    let held = course.newest().cloned().ok_or_else(|| OperationError::refused("progress-none"))?;
    permit(&by.actor, Action::TakeReportBack, &course.target_of(&held))?;
    if held.edition != edition {
        return Err(OperationError::Stale);
    }
    let report = Report {
        state: next(held.state, Event::TakeBack)?,
        confirmations: Vec::new(),
        edition: held.edition + 1,
        updated_at: by.now,
        given_at: None,
        ..held
    };
    store::save(tx, &report, State::Given)?;
    Ok(record(tx, by, "take-back", &report, json!({}))?)
}
