//! Copying, what can be copied where, and the ties as far as the reader may see them.

use chrono::NaiveDateTime;
use serde_json::json;

use super::model::carry;
use super::store;
use crate::audit;
use crate::db::{AnyConnection, StoreError, Tx};
use crate::kernel::ids::DelegationId;
use crate::policy::{Action, Actor, Denial, Target, may};
use crate::questionnaires::{self, AnswerKey, Questionnaire};
use crate::refusals::OperationError;
use crate::sessions::{self, Calendar, Session};
use crate::submissions::operations::{Dossier, NewDraft, account_of, is_own, numbered, target_of};
use crate::submissions::workflow::State;
use crate::submissions::{self as room, Submission};

/// What a draft was copied from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    /// The earlier submission.
    pub source: Submission,
    /// Whether it was compiled from public sources, and its delegation has not taken it over.
    pub is_compiled: bool,
    /// The questionnaire that it answers.
    pub questionnaire: Questionnaire,
    /// Its answers that the later questionnaire does not take, wholly or in part; for the delegation alone.
    pub left: Vec<AnswerKey>,
}

/// The copies around a submission, as far as the reader may see.
#[derive(Debug, Clone, Default)]
pub struct Ties {
    /// What it was copied from.
    pub from: Option<Origin>,
    /// What was copied from it.
    pub to: Vec<Submission>,
    /// The later sessions to which the reader can copy it now.
    pub offers: Vec<Session>,
}

/// Begins a draft for a later session with the answers of a submission that still fit.
pub fn copy(
    tx: &mut Tx<'_>,
    actor: &Actor,
    reference: &str,
    session: i32,
    now: NaiveDateTime,
) -> Result<Submission, OperationError> {
    let dossier = Dossier::load(tx, reference)?;
    let source = &dossier.submission;
    dossier.permit_on(actor, Action::CreateSubmission, &Target::of_delegation(source.delegation.clone()))?;
    let later = sessions::store::by_number(tx, session)?;
    if later.number <= dossier.calendar.session.number {
        return Err(OperationError::refused("copy-not-later"));
    }
    let calendar = sessions::store::calendar(tx, &later.id)?;
    calendar.expect_writing(now).map_err(OperationError::Refused)?;
    let new = NewDraft { session, kind: source.kind, delegation: source.delegation.clone(), original: source.original };
    let draft = numbered(tx, &new, &later.id, later.year(), now)?;
    let questionnaire = questionnaires::store::by_id(tx, &draft.questionnaire)?;
    let answers = room::store::answers_at(tx, &source.id, source.revision)?;
    let account = account_of(actor)?;
    room::store::insert(tx, &draft, &questionnaire, &carry(&questionnaire, &answers).answers, account)?;
    store::insert(tx, &draft.id, (&source.id, source.revision), now)?;
    audit::record(tx, now, Some(account), "submission.copy", &draft.reference, &json!({ "from": reference }))?;
    Ok(draft)
}

/// Returns what a submission was copied from, for its own delegation with what did not fit.
pub fn origin(
    conn: &mut AnyConnection,
    actor: &Actor,
    (submission, questionnaire): (&Submission, &Questionnaire),
) -> Result<Option<Origin>, StoreError> {
    let Some((source, revision)) = store::source_of(conn, &submission.id)? else { return Ok(None) };
    if !is_seen(actor, &source) {
        return Ok(None);
    }
    let compiled = room::store::source_of(conn, &source.id)?;
    let left = if is_own(actor, submission) {
        carry(questionnaire, &room::store::answers_at(conn, &source.id, revision)?).left
    } else {
        Vec::new()
    };
    Ok(Some(Origin {
        is_compiled: compiled.is_some_and(|one| one.taken_over_at.is_none()),
        questionnaire: questionnaires::store::by_id(conn, &source.questionnaire)?,
        left,
        source,
    }))
}

/// Returns the copies around a submission.
pub fn ties(
    conn: &mut AnyConnection,
    actor: &Actor,
    dossier: &Dossier,
    now: NaiveDateTime,
) -> Result<Ties, OperationError> {
    let submission = &dossier.submission;
    let from = origin(conn, actor, (submission, &dossier.questionnaire))?;
    let mut to = store::copies_of(conn, &submission.id)?;
    to.retain(|one| is_seen(actor, one));
    let mut offers = Vec::new();
    if may(actor, Action::CreateSubmission, &Target::of_delegation(submission.delegation.clone())) {
        let is_later = |one: &Calendar| one.session.number > dossier.calendar.session.number;
        let open = sessions::store::calendars(conn)?.into_iter().filter(|one| is_later(one));
        offers = open.filter(|one| one.expect_writing(now).is_ok()).map(|one| one.session).collect();
    }
    Ok(Ties { from, to, offers })
}

/// Whether an actor sees a submission named beside another: one's own, or what the group or the secretariat knows.
fn is_seen(actor: &Actor, one: &Submission) -> bool {
    is_own(actor, one) || one.state != State::Withdrawn && may(actor, Action::ViewSubmission, &target_of(one))
}

/// Returns the delegations for which an actor can begin a draft.
pub fn writes_for(actor: &Actor) -> Vec<DelegationId> {
    let may_begin = |id: &&DelegationId| may(actor, Action::CreateSubmission, &Target::of_delegation((*id).clone()));
    actor.delegations().filter(may_begin).cloned().collect()
}

/// What can be copied to a session.
#[derive(Debug, Clone)]
pub struct Earlier {
    /// The later session.
    pub calendar: Calendar,
    /// Submissions of the reader's delegations, with the number of their session.
    pub rows: Vec<(i32, Submission)>,
}

/// Returns what an actor can copy to a session.
pub fn earlier(conn: &mut AnyConnection, actor: &Actor, session: i32) -> Result<Earlier, OperationError> {
    let own = writes_for(actor);
    if own.is_empty() {
        return Err(OperationError::Denied(Denial::NoCapacity));
    }
    let session = sessions::store::by_number(conn, session)?;
    let calendar = sessions::store::calendar(conn, &session.id)?;
    Ok(Earlier { rows: store::earlier(conn, &own, session.number)?, calendar })
}
