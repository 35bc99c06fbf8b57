//! The side-by-side editor: translations are written through the same door as drafts, and marked as checked.

use std::collections::BTreeSet;

use chrono::NaiveDateTime;
use serde_json::json;

use super::model::{self, Check, Parity, TextState};
use super::store;
use crate::audit;
use crate::db::{AnyConnection, StoreError, Tx};
use crate::kernel::ids::AccountId;
use crate::kernel::lang::Lang;
use crate::policy::{Action, Actor};
use crate::questionnaires::{AnswerKey, Answers};
use crate::refusals::OperationError;
use crate::submissions::consents;
use crate::submissions::merge::merge;
use crate::submissions::operations::{Dossier, Saving, Typed, account_of, keep};
use crate::submissions::store as submission_store;
use crate::submissions::workflow::is_editable;

/// What the editor shows.
#[derive(Debug, Clone)]
pub struct Editor {
    /// The submission with its rules.
    pub dossier: Dossier,
    /// Its texts in both languages.
    pub texts: Vec<TextState>,
}

/// Returns the texts of a submission as they stood at a revision.
pub fn texts(conn: &mut AnyConnection, dossier: &Dossier, revision: i32) -> Result<Vec<TextState>, StoreError> {
    let id = &dossier.submission.id;
    let (trail, checks) = (store::trail(conn, id, revision)?, store::checks(conn, id)?);
    Ok(model::texts(&dossier.questionnaire, dossier.submission.original, &trail, &checks))
}

/// Opens the editor for those who may translate.
pub fn editor(conn: &mut AnyConnection, actor: &Actor, reference: &str) -> Result<Editor, OperationError> {
    let dossier = Dossier::load(conn, reference)?;
    dossier.permit(actor, Action::TranslateSubmission)?;
    let texts = texts(conn, &dossier, dossier.submission.revision)?;
    Ok(Editor { dossier, texts })
}

/// Saves translations typed into the editor, compared with the revision it was loaded from, and marks as checked those that
/// are ticked. Nothing but the other language than the original can change here.
pub fn save(
    tx: &mut Tx<'_>,
    actor: &Actor,
    reference: &str,
    (typed, ticked): (&Typed, &BTreeSet<String>),
    now: NaiveDateTime,
) -> Result<Saving, OperationError> {
    let dossier = Dossier::load(tx, reference)?;
    dossier.permit(actor, Action::TranslateSubmission)?;
    let submission = &dossier.submission;
    if is_editable(submission.state) {
        dossier.expect_writing(now)?;
    }
    if consents::store::is_voted_on(tx, &submission.id)? {
        return Err(OperationError::refused("languages-voted-on"));
    }
    let account = account_of(actor)?;
    let given = read(tx, &dossier, typed)?;
    let saving = keep(tx, &dossier, (account, now), (typed.revision, &given), "submission.translate")?;
    if let Saving::Saved { revision, .. } = saving {
        let check = Check { revision, account: account.clone(), at: now };
        mark(tx, &dossier, typed, ticked, &check)?;
    }
    Ok(saving)
}

/// Lays what was typed over the revision it began from; where that settles a dispute, with the choices made.
fn read(tx: &mut Tx<'_>, dossier: &Dossier, typed: &Typed) -> Result<Answers, OperationError> {
    let submission = &dossier.submission;
    let began = typed.since.unwrap_or(typed.revision).clamp(0, submission.revision);
    let base = submission_store::answers_at(tx, &submission.id, began)?;
    let fields = typed.fields.iter().map(|(name, value)| (name.as_str(), value.as_str()));
    let given = base.translated(&dossier.questionnaire, submission.original.other(), fields);
    if typed.since.is_none() {
        return Ok(given);
    }
    let theirs = submission_store::answers_at(tx, &submission.id, typed.revision.min(submission.revision))?;
    Ok(merge(&base, &theirs, &given, &typed.choices).answers)
}

/// Marks the texts shown in the editor as checked or not. A text whose original changed while it was read stays unchecked.
fn mark(
    tx: &mut Tx<'_>,
    dossier: &Dossier,
    typed: &Typed,
    ticked: &BTreeSet<String>,
    check: &Check,
) -> Result<(), OperationError> {
    let submission = &dossier.submission;
    let lang: Lang = submission.original.other();
    let shown: BTreeSet<AnswerKey> = typed.fields.iter().map(|(name, _)| AnswerKey::parse(name)).collect();
    let trail = store::trail(tx, &submission.id, check.revision)?;
    let seen = |path: &str| {
        let original = trail.get(&AnswerKey::new(path, submission.original));
        original.and_then(|all| all.last()).is_none_or(|(at, _)| *at <= typed.revision)
    };
    let (mut checked, mut unchecked) = (0, 0);
    for text in texts(tx, dossier, check.revision)? {
        let key = AnswerKey::new(&text.path, lang);
        if !shown.contains(&key) {
            continue;
        }
        let is_ticked = ticked.contains(&key.to_string());
        if is_ticked && text.parity != Parity::Checked && text.parity != Parity::Missing && seen(&text.path) {
            store::set_check(tx, &submission.id, (&text.path, lang), check)?;
            checked += 1;
        } else if !is_ticked && text.check.is_some() {
            unchecked += i32::from(store::remove_check(tx, &submission.id, &text.path, lang)?);
        }
    }
    if checked + unchecked > 0 {
        let detail = json!({ "checked": checked, "unchecked": unchecked, "revision": check.revision });
        let by: &AccountId = &check.account;
        audit::record(tx, check.at, Some(by), "submission.check-texts", &submission.reference, &detail)?;
    }
    Ok(())
}
