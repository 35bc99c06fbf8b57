//! Looking who else is there, and being seen. Neither is an act: nothing comes into the trail.

use chrono::NaiveDateTime;

use super::model::{LIFE, Presence, question_of};
use super::store;
use crate::db::{AnyConnection, StoreError, Tx};
use crate::policy::{Action, Actor, may};
use crate::refusals::OperationError;
use crate::submissions::operations::{Dossier, account_of};

/// Returns who else has a draft open; nobody to those who may not edit it.
pub fn others(
    conn: &mut AnyConnection,
    actor: &Actor,
    dossier: &Dossier,
    now: NaiveDateTime,
) -> Result<Vec<Presence>, StoreError> {
    if !may(actor, Action::EditSubmission, &dossier.target()) {
        return Ok(Vec::new());
    }
    let mut found = store::of(conn, &dossier.submission.id)?;
    found.retain(|one| actor.account.as_ref() != Some(&one.account) && one.counts(now));
    Ok(found)
}

/// Returns whether an actor who edits a draft has to be written down: those who were just now need not.
pub fn is_due(
    conn: &mut AnyConnection,
    actor: &Actor,
    dossier: &Dossier,
    (field, now): (&str, NaiveDateTime),
) -> Result<bool, StoreError> {
    if !may(actor, Action::EditSubmission, &dossier.target()) {
        return Ok(false);
    }
    let question = known(dossier, field);
    let found = store::of(conn, &dossier.submission.id)?;
    let own = found.iter().find(|one| actor.account.as_ref() == Some(&one.account));
    Ok(own.is_none_or(|own| !own.is_fresh(question, now)))
}

/// Writes down that an actor has a draft open, at the question of a field, and sweeps what has run out.
pub fn touch(
    tx: &mut Tx<'_>,
    actor: &Actor,
    reference: &str,
    field: &str,
    now: NaiveDateTime,
) -> Result<(), OperationError> {
    let dossier = Dossier::load(tx, reference)?;
    dossier.permit(actor, Action::EditSubmission)?;
    store::sweep(tx, now - LIFE)?;
    Ok(store::touch(tx, &dossier.submission.id, (account_of(actor)?, known(&dossier, field)), now)?)
}

/// Returns the code of the question to which a field belongs; nothing when the questionnaire has none.
fn known<'a>(dossier: &Dossier, field: &'a str) -> &'a str {
    let code = question_of(field);
    if dossier.questionnaire.question(code).is_some() { code } else { "" }
}
