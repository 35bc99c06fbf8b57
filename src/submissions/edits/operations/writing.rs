//! What the secretariat does: write changes, propose them to the delegation, take them back.

use chrono::NaiveDateTime;
use serde_json::json;

use super::{left, shown};
use crate::audit;
use crate::db::{AnyConnection, Tx};
use crate::kernel::fields::{FieldErrors, Message};
use crate::kernel::ids::EditRoundId;
use crate::policy::{Action, Actor};
use crate::questionnaires::Answers;
use crate::refusals::OperationError;
use crate::sessions::Step;
use crate::submissions::edits::model::{self, Round};
use crate::submissions::edits::store;
use crate::submissions::edits::workflow::{self, Event, State};
use crate::submissions::merge::{Choices, merge};
use crate::submissions::operations::{Dossier, Typed, account_of, check_note, is_own, letters};
use crate::submissions::store as submission_store;

/// What the form of changes needs.
#[derive(Debug, Clone)]
pub struct Writing {
    /// The submission with its rules.
    pub dossier: Dossier,
    /// The draft, once something was saved.
    pub draft: Option<Round>,
    /// The text as it stands.
    pub stored: Answers,
    /// The text with the changes of the draft.
    pub answers: Answers,
    /// How many more rounds the session allows, the draft among them.
    pub left: i32,
}

/// Opens the form of changes. A draft that was written against an older text is shown laid over the newest one.
pub fn open(
    conn: &mut AnyConnection,
    actor: &Actor,
    reference: &str,
    now: NaiveDateTime,
) -> Result<Writing, OperationError> {
    let writing = kept(conn, actor, reference)?;
    expect(conn, &writing, now)?;
    Ok(writing)
}

/// Opens the form of changes for showing again what was typed, even if it cannot be saved any more.
pub fn kept(conn: &mut AnyConnection, actor: &Actor, reference: &str) -> Result<Writing, OperationError> {
    let dossier = Dossier::load(conn, reference)?;
    dossier.permit(actor, Action::ProposeEdits)?;
    if is_own(actor, &dossier.submission) {
        return Err(OperationError::refused("edits-own"));
    }
    let submission = &dossier.submission;
    let stored = submission_store::answers_at(conn, &submission.id, submission.revision)?;
    let rounds = store::rounds_of(conn, &submission.id)?;
    let left = left(conn, &dossier, &rounds)?;
    let draft = rounds.into_iter().find(|round| round.state == State::Draft);
    let answers = match &draft {
        Some(round) => {
            let held = shown(conn, round)?;
            merge(&held.base, &stored, &held.proposed, &Choices::new()).answers
        }
        None => stored.clone(),
    };
    Ok(Writing { dossier, draft, stored, answers, left })
}

/// Refuses to write while the window is closed, a round waits for the delegation, or no round is left.
fn expect(conn: &mut AnyConnection, writing: &Writing, now: NaiveDateTime) -> Result<(), OperationError> {
    let dossier = &writing.dossier;
    dossier.calendar.expect_open(Step::Screening, now).map_err(OperationError::Refused)?;
    let rounds = store::rounds_of(conn, &dossier.submission.id)?;
    if rounds.iter().any(|round| round.state == State::Proposed) {
        return Err(OperationError::refused("edits-wait"));
    }
    if writing.left == 0 {
        let max = store::rounds_max(conn, &dossier.submission.session)?;
        return Err(OperationError::Refused(Message::new("edits-rounds-over").number("max", i64::from(max))));
    }
    Ok(())
}

/// What became of a save.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kept {
    /// Kept as a draft.
    Draft,
    /// Kept as a draft; the text had changed meanwhile in so many of the questions that are changed here.
    Moved(usize),
    /// Proposed to the delegation.
    Proposed,
}

/// Keeps the changes typed, compared with the text that the form was loaded from, and proposes them when asked to. Where the
/// text has changed meanwhile in the same questions, they are kept and not proposed, so that the secretariat reads both.
pub fn save(
    tx: &mut Tx<'_>,
    actor: &Actor,
    reference: &str,
    typed: &Typed,
    (note, edition, propose): (&str, i32, bool),
    now: NaiveDateTime,
) -> Result<Kept, OperationError> {
    let writing = open(tx, actor, reference, now)?;
    check_note(note)?;
    if writing.draft.as_ref().map_or(0, |round| round.edition) != edition {
        return Err(OperationError::Stale);
    }
    let submission = &writing.dossier.submission;
    let fields = typed.fields.iter().map(|(name, value)| (name.as_str(), value.as_str()));
    let given = Answers::from_fields(&writing.dossier.questionnaire, fields);
    let began = submission_store::answers_at(tx, &submission.id, typed.revision.clamp(1, submission.revision))?;
    let merged = merge(&began, &writing.stored, &given, &Choices::new());
    let round = write(tx, actor, &writing, (&merged.answers, note), now)?;
    if !merged.disputed.is_empty() {
        return Ok(Kept::Moved(merged.disputed.len()));
    }
    if propose {
        self::propose(tx, &writing, round, &merged.answers, now)?;
        return Ok(Kept::Proposed);
    }
    Ok(Kept::Draft)
}

/// Writes a draft down, for the first time or over the one before.
fn write(
    tx: &mut Tx<'_>,
    actor: &Actor,
    writing: &Writing,
    (after, note): (&Answers, &str),
    now: NaiveDateTime,
) -> Result<Round, OperationError> {
    let submission = &writing.dossier.submission;
    let account = account_of(actor)?;
    let numbers = store::rounds_of(tx, &submission.id)?.into_iter().map(|round| round.number);
    let round = Round {
        number: writing.draft.as_ref().map_or_else(|| numbers.max().unwrap_or(0) + 1, |draft| draft.number),
        id: writing.draft.as_ref().map_or_else(EditRoundId::new, |draft| draft.id.clone()),
        submission: submission.id.clone(),
        base: submission.revision,
        state: State::Draft,
        note: note.trim().to_owned(),
        edition: writing.draft.as_ref().map_or(0, |draft| draft.edition) + 1,
        account: account.clone(),
        started_at: writing.draft.as_ref().map_or(now, |draft| draft.started_at),
        proposed_at: None,
        answered_by: None,
        answered_at: None,
        revision: None,
        is_shared: false,
    };
    if writing.draft.is_some() {
        store::update(tx, &round)?;
    } else {
        store::insert(tx, &round)?;
    }
    let texts = model::differences(&writing.stored, after);
    store::set_changes(tx, &round.id, &texts, model::changed(&writing.stored, after))?;
    let detail = json!({ "round": round.number });
    audit::record(tx, now, Some(account), "edits.draft", &submission.reference, &detail)?;
    Ok(round)
}

/// Proposes a draft: nothing that is right may become wrong by it.
fn propose(
    tx: &mut Tx<'_>,
    writing: &Writing,
    round: Round,
    after: &Answers,
    now: NaiveDateTime,
) -> Result<(), OperationError> {
    let dossier = &writing.dossier;
    let changed = model::changed(&writing.stored, after);
    if changed.is_empty() {
        return Err(OperationError::refused("edits-nothing"));
    }
    new_errors(dossier, &writing.stored, after).into_result()?;
    let state = workflow::next(round.state, Event::Propose)?;
    let round = Round { state, proposed_at: Some(now), edition: round.edition + 1, ..round };
    store::update(tx, &round)?;
    let detail = json!({ "round": round.number, "questions": changed.len() });
    audit::record(tx, now, Some(&round.account), "edits.propose", &dossier.submission.reference, &detail)?;
    Ok(letters::edits_proposed(tx, dossier, &round.note, (&round.account, now))?)
}

/// Returns the messages about a text that its state before did not have.
pub(super) fn new_errors(dossier: &Dossier, before: &Answers, after: &Answers) -> FieldErrors {
    let held = dossier.check(before);
    let mut new = FieldErrors::none();
    for (field, messages) in dossier.check(after).iter() {
        for message in messages.iter().filter(|message| !held.of(field).contains(message)) {
            new.add(field, message.clone());
        }
    }
    new
}

/// Throws a draft away, or takes a round back that the delegation has not answered.
pub fn take_back(
    tx: &mut Tx<'_>,
    actor: &Actor,
    reference: &str,
    edition: i32,
    now: NaiveDateTime,
) -> Result<(), OperationError> {
    let dossier = Dossier::load(tx, reference)?;
    dossier.permit(actor, Action::TakeBackEdits)?;
    if is_own(actor, &dossier.submission) {
        return Err(OperationError::refused("edits-own"));
    }
    let account = account_of(actor)?;
    let rounds = store::rounds_of(tx, &dossier.submission.id)?;
    let open = rounds.into_iter().find(|round| matches!(round.state, State::Draft | State::Proposed));
    let round = open.ok_or_else(|| OperationError::refused("edits-none"))?;
    if round.edition != edition {
        return Err(OperationError::Stale);
    }
    let detail = json!({ "round": round.number });
    if round.state == State::Draft {
        store::remove(tx, &round)?;
    } else {
        let state = workflow::next(round.state, Event::TakeBack)?;
        store::update(tx, &Round { state, edition: round.edition + 1, ..round })?;
    }
    Ok(audit::record(tx, now, Some(account), "edits.take-back", reference, &detail)?)
}
