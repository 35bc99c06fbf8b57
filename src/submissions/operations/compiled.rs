//! Entries compiled from public sources, entered by the secretariat for a delegation or for the group.

use chrono::NaiveDateTime;
use serde_json::json;

use super::drafts::{NewDraft, account_of, numbered};
use crate::audit;
use crate::db::Tx;
use crate::policy::{Action, Actor, Target, decide};
use crate::questionnaires::{self, Answers};
use crate::refusals::OperationError;
use crate::sessions;
use crate::submissions::model::{CompiledSource, Submission};
use crate::submissions::store;

/// An entry compiled from public sources.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Compiled {
    /// Session, kind, delegation and language.
    pub draft: NewDraft,
    /// What the sources tell.
    pub answers: Answers,
    /// Where it comes from.
    pub source: CompiledSource,
}

/// Enters a compiled entry as a draft and returns it; handing in, taking up and acceptance follow.
pub fn create_compiled(
    tx: &mut Tx<'_>,
    actor: &Actor,
    entry: &Compiled,
    now: NaiveDateTime,
) -> Result<Submission, OperationError> {
    decide(actor, Action::ImportSubmissions, &Target::of_delegation(entry.draft.delegation.clone()))?;
    let session = sessions::store::by_number(tx, entry.draft.session)?;
    let submission = numbered(tx, &entry.draft, &session.id, session.year(), now)?;
    let questionnaire = questionnaires::store::by_id(tx, &submission.questionnaire)?;
    let account = account_of(actor)?;
    store::insert(tx, &submission, &questionnaire, &entry.answers, account)?;
    store::insert_source(tx, &submission.id, &entry.source)?;
    let detail = json!({ "source": entry.source.key });
    audit::record(tx, now, Some(account), "submission.compile", &submission.reference, &detail)?;
    Ok(store::by_id(tx, &submission.id)?)
}
