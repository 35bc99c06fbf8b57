//! Asking, answering, and taking a country out; and what a ballot must know.

use std::collections::BTreeMap;

use chrono::NaiveDateTime;
use serde_json::json;

use super::model::{self, Consent, Missing};
use super::store;
use super::workflow::{self, Event, State};
use crate::audit;
use crate::db::{AnyConnection, Tx};
use crate::delegations::{self, Delegation};
use crate::kernel::ids::{AccountId, DelegationId, SessionId, SubmissionId};
use crate::kernel::reference::Kind;
use crate::policy::{Action, Actor, Target};
use crate::refusals::OperationError;
use crate::submissions::co_sponsors;
use crate::submissions::operations::{Asked, Dossier, account_of, check_note, letters};
use crate::submissions::store as submission_store;

/// Returns what the policy is asked about when a delegation answers.
pub fn target_for(dossier: &Dossier, delegation: &DelegationId) -> Target {
    Target { delegation: Some(delegation.clone()), ..dossier.target() }
}

/// Asks every other country that an action names, when it has just been cleared or handed in; those who have answered
/// only after a change of substance. Consents of countries no longer named are taken out. What is compiled from public
/// sources speaks for nobody: it asks once a delegation has taken it over and cleared it.
pub(in crate::submissions) fn ask(
    tx: &mut Tx<'_>,
    dossier: &Dossier,
    account: &AccountId,
    now: NaiveDateTime,
) -> Result<(), OperationError> {
    let submission = &dossier.submission;
    if submission.kind != Kind::Action || dossier.is_compiled() {
        return Ok(());
    }
    let (id, revision) = (&submission.id, submission.revision);
    let delegations = delegations::store::all(tx)?;
    let owner = delegations.iter().find(|one| one.id == submission.delegation).map_or("", |one| one.code.as_str());
    let answers = submission_store::answers_at(tx, id, revision)?;
    let named = model::named(&answers, owner);
    let (mut asked, mut told, mut dropped) = (Vec::new(), Vec::new(), Vec::new());
    for delegation in &delegations {
        let held = dossier.consents.iter().find(|consent| consent.delegation == delegation.id);
        match (held, named.contains(delegation.code.as_str())) {
            (None, true) => store::insert(tx, id, &delegation.id, revision, now)?,
            (Some(consent), true) => {
                let before = submission_store::answers_at(tx, id, consent.revision)?;
                if !model::differs(&dossier.questionnaire, submission.original, &before, &answers) {
                    continue;
                }
                let to = workflow::next(consent.state, Event::AskAgain)?;
                store::ask_again(tx, id, consent, (to, revision), now)?;
            }
            (Some(_), false) => {
                store::remove(tx, id, &delegation.id)?;
                dropped.push(delegation.code.as_str());
                continue;
            }
            (None, false) => continue,
        }
        asked.push(delegation.code.as_str());
        told.push((&delegation.id, held.is_some_and(|consent| consent.state != State::Asked)));
    }
    letters::consents_asked(tx, dossier, &told, (account, now))?;
    if !asked.is_empty() {
        let detail = json!({ "countries": asked, "revision": revision });
        audit::record(tx, now, Some(account), "consent.ask", &submission.reference, &detail)?;
    }
    if !dropped.is_empty() {
        audit::record(tx, now, Some(account), "consent.drop", &submission.reference, &json!({ "countries": dropped }))?;
    }
    Ok(())
}

/// Answers for the delegation of the actor: consents, does not consent, or takes a consent back before the ballot opens.
/// A country that does not consent does not co-sponsor either.
pub fn answer(tx: &mut Tx<'_>, asked: &Asked<'_>, event: Event, note: &str) -> Result<(), OperationError> {
    let dossier = Dossier::load(tx, asked.reference)?;
    let (delegation, to) = settle(tx, asked, &dossier, event, note)?;
    let by = (account_of(asked.actor)?, asked.now);
    Ok(letters::consent_answered(tx, &dossier, (&delegation, to, note), by)?)
}

/// Writes the answer down and tells nobody; returns whose it is and where the consent stands then.
pub(in crate::submissions) fn settle(
    tx: &mut Tx<'_>,
    asked: &Asked<'_>,
    dossier: &Dossier,
    event: Event,
    note: &str,
) -> Result<(DelegationId, State), OperationError> {
    let own = own_consent(dossier, asked.actor);
    let target = own.map_or_else(|| dossier.target(), |consent| target_for(dossier, &consent.delegation));
    dossier.permit_on(asked.actor, Action::AnswerConsent, &target)?;
    let consent = own.ok_or_else(|| OperationError::refused("consent-not-asked"))?;
    if asked.seen != dossier.visible_revision(asked.actor) {
        return Err(OperationError::Stale);
    }
    let to = workflow::next(consent.state, event)?;
    check_note(note)?;
    let submission = &dossier.submission;
    expect_not_voted_on(tx, &submission.id)?;
    let account = account_of(asked.actor)?;
    store::answer(tx, &submission.id, consent, (to, note.trim()), (account, asked.now))?;
    let country = delegations::store::by_id(tx, &consent.delegation)?.code;
    let detail = json!({ "country": country, "revision": consent.revision });
    audit::record(tx, asked.now, Some(account), &format!("consent.{event}"), asked.reference, &detail)?;
    if to == State::Declined {
        let by = (account, asked.now);
        co_sponsors::operations::leave_without_consent(tx, dossier, &consent.delegation, by)?;
    }
    Ok((consent.delegation.clone(), to))
}

/// Asks every country that an action names again, after another action was joined to it.
pub(in crate::submissions) fn ask_after_merge(
    tx: &mut Tx<'_>,
    into: &Dossier,
    account: &AccountId,
    now: NaiveDateTime,
) -> Result<(), OperationError> {
    let (id, revision) = (&into.submission.id, into.submission.revision);
    let mut asked = Vec::new();
    for consent in &into.consents {
        let to = workflow::next(consent.state, Event::AskAgain)?;
        store::ask_again(tx, id, consent, (to, revision), now)?;
        asked.push(delegations::store::by_id(tx, &consent.delegation)?.code);
    }
    if !asked.is_empty() {
        let detail = json!({ "countries": asked, "revision": revision });
        audit::record(tx, now, Some(account), "consent.ask", &into.submission.reference, &detail)?;
    }
    Ok(())
}

/// Refuses to remind as `remind` would; changes nothing.
pub fn check_remind(conn: &mut AnyConnection, actor: &Actor, reference: &str) -> Result<(), OperationError> {
    let dossier = Dossier::load(conn, reference)?;
    dossier.permit(actor, Action::ViewSubmission)?;
    let is_open = dossier.consents.iter().any(|consent| consent.state == State::Asked);
    if !is_open {
        return Err(OperationError::refused("consent-none-open"));
    }
    dossier.permit(actor, Action::RemindConsents)
}

/// Asks the heads of delegation again who have not said whether they consent; the same head once a day at most.
pub fn remind(tx: &mut Tx<'_>, asked: &Asked<'_>) -> Result<(), OperationError> {
    check_remind(tx, asked.actor, asked.reference)?;
    let dossier = Dossier::load(tx, asked.reference)?;
    if asked.seen.is_some_and(|seen| seen != dossier.submission.revision) {
        return Err(OperationError::Stale);
    }
    let account = account_of(asked.actor)?;
    let awaited = dossier.consents.iter().filter(|consent| consent.state == State::Asked);
    let awaited: Vec<&DelegationId> = awaited.map(|consent| &consent.delegation).collect();
    letters::consents_awaited(tx, &dossier, &awaited, (account, asked.now))?;
    let mut countries = Vec::new();
    for delegation in awaited {
        countries.push(delegations::store::by_id(tx, delegation)?.code);
    }
    let detail = json!({ "countries": countries, "revision": dossier.submission.revision });
    audit::record(tx, asked.now, Some(account), "consent.remind", asked.reference, &detail)?;
    Ok(())
}

/// Returns the consent that the delegation of an actor has been asked for.
pub fn own_consent<'a>(dossier: &'a Dossier, actor: &Actor) -> Option<&'a Consent> {
    dossier.consents.iter().find(|consent| actor.delegations().any(|own| *own == consent.delegation))
}

/// Refuses to change anything about an action that a ballot has opened over.
fn expect_not_voted_on(conn: &mut AnyConnection, id: &SubmissionId) -> Result<(), OperationError> {
    if store::is_voted_on(conn, id)? { Err(OperationError::refused("consent-voted-on")) } else { Ok(()) }
}

/// Takes a country that has not consented out of an action that is no longer in the hands of its delegation.
pub fn remove_country(tx: &mut Tx<'_>, asked: &Asked<'_>, country: &str) -> Result<(), OperationError> {
    let dossier = Dossier::load(tx, asked.reference)?;
    dossier.permit_on(asked.actor, Action::RemoveCountry, &dossier.target())?;
    let submission = &dossier.submission;
    if asked.seen != Some(submission.revision) {
        return Err(OperationError::Stale);
    }
    let found = delegation_of(tx, country)?;
    let consent =
        dossier.consents.iter().find(|consent| found.as_ref().is_some_and(|one| one.id == consent.delegation));
    let consent = consent.ok_or_else(|| OperationError::refused("consent-not-asked"))?;
    if consent.state == State::Given {
        return Err(OperationError::refused("consent-given"));
    }
    expect_not_voted_on(tx, &submission.id)?;
    let before = submission_store::answers_at(tx, &submission.id, submission.revision)?;
    let after = model::without_country(&before, country);
    if after.codes(model::COUNTRIES).is_empty() {
        return Err(OperationError::refused("consent-last-country"));
    }
    let account = account_of(asked.actor)?;
    let questionnaire = &dossier.questionnaire;
    let revision = submission_store::save_revision(tx, submission, questionnaire, &before, &after, account, asked.now)?;
    store::remove(tx, &submission.id, &consent.delegation)?;
    let detail = json!({ "country": country, "revision": revision });
    audit::record(tx, asked.now, Some(account), "consent.remove", asked.reference, &detail)?;
    Ok(letters::country_removed(tx, &dossier, &consent.delegation, (account, asked.now))?)
}

fn delegation_of(conn: &mut AnyConnection, code: &str) -> Result<Option<Delegation>, OperationError> {
    Ok(delegations::store::all(conn)?.into_iter().find(|one| one.code == code))
}

/// Returns, of each accepted action of a session that cannot be voted on yet, the countries whose consent is missing.
pub fn missing(
    conn: &mut AnyConnection,
    session: &SessionId,
) -> Result<BTreeMap<SubmissionId, Vec<Missing>>, OperationError> {
    let consents = store::of_session(conn, session)?;
    let delegations: BTreeMap<String, DelegationId> =
        delegations::store::all(conn)?.into_iter().map(|one| (one.code, one.id)).collect();
    let mut all: BTreeMap<SubmissionId, Vec<Missing>> = BTreeMap::new();
    for (submission, owner, country) in store::named_by_actions(conn, session)? {
        let state = delegations.get(&country).and_then(|id| consents.get(&submission)?.get(id)).copied();
        if country != owner && state != Some(State::Given) {
            all.entry(submission).or_default().push(Missing { country, state });
        }
    }
    Ok(all)
}
