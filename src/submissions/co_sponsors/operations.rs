//! Inviting, joining, declining, leaving, and asking again after a change of substance.

use chrono::NaiveDateTime;
use serde_json::json;

use super::model::{self, CoSponsor, INVITED};
use super::store;
use super::workflow::{self, Event, State};
use crate::audit;
use crate::db::{AnyConnection, Tx};
use crate::delegations::{self, Delegation, DelegationKind};
use crate::kernel::fields::{FieldErrors, Message, Value};
use crate::kernel::ids::{AccountId, DelegationId};
use crate::kernel::reference::Kind;
use crate::outbox::Kind as Mail;
use crate::policy::{Action, Actor, Target, may};
use crate::refusals::OperationError;
use crate::submissions::consents::{self, model::differs};
use crate::submissions::operations::{Asked, Dossier, account_of, letters};
use crate::submissions::store as submission_store;

/// Returns what the policy is asked about when a delegation joins, declines or leaves.
pub fn target_for(dossier: &Dossier, delegation: &DelegationId) -> Target {
    Target { delegation: Some(delegation.clone()), ..dossier.target() }
}

/// Returns the delegation for which an actor could answer, when it is not the one that leads the action.
pub fn own_delegation<'a>(dossier: &Dossier, actor: &'a Actor) -> Option<&'a DelegationId> {
    let answers = |own: &&DelegationId| may(actor, Action::CoSponsor, &target_for(dossier, own));
    actor.delegations().find(answers).filter(|own| **own != dossier.submission.delegation)
}

/// Says why nobody can invite, join or leave any more: the ballots are over, or the action is in an adopted programme.
pub fn closed(
    conn: &mut AnyConnection,
    dossier: &Dossier,
    now: NaiveDateTime,
) -> Result<Option<Message>, OperationError> {
    let calendar = &dossier.calendar;
    if let Some(closes_at) = model::closes_at(calendar).filter(|at| *at <= now) {
        let at = Value::Moment(closes_at, calendar.session.time_zone);
        return Ok(Some(Message::new("co-sponsors-closed").with("at", at)));
    }
    let is_adopted = store::is_in_programme(conn, &dossier.submission.id)?;
    Ok(is_adopted.then(|| Message::new("co-sponsors-adopted")))
}

fn expect_open(conn: &mut AnyConnection, dossier: &Dossier, now: NaiveDateTime) -> Result<(), OperationError> {
    closed(conn, dossier, now)?.map_or(Ok(()), |message| Err(OperationError::Refused(message)))
}

fn expect_action(dossier: &Dossier) -> Result<(), OperationError> {
    if dossier.submission.kind == Kind::Action { Ok(()) } else { Err(OperationError::refused("co-sponsors-action")) }
}

/// Invites delegations by their codes; those who have joined or are invited already are passed over.
pub fn invite(tx: &mut Tx<'_>, asked: &Asked<'_>, codes: &[String]) -> Result<(), OperationError> {
    let dossier = Dossier::load(tx, asked.reference)?;
    dossier.permit(asked.actor, Action::InviteCoSponsors)?;
    expect_action(&dossier)?;
    expect_open(tx, &dossier, asked.now)?;
    let all = delegations::store::all(tx)?;
    let wanted: Vec<&Delegation> =
        all.iter().filter(|one| codes.contains(&one.code) && can_join(&dossier, one)).collect();
    if wanted.is_empty() {
        return Err(OperationError::Invalid(FieldErrors::one("delegations", Message::new("required"))));
    }
    let revision = dossier.submission.revision;
    let by = (asked.actor.account.as_ref(), asked.now);
    let invited = invite_all(tx, &dossier, &wanted, revision, by)?;
    if !invited.is_empty() {
        let detail = json!({ "countries": invited, "revision": revision });
        audit::record(tx, asked.now, asked.actor.account.as_ref(), "co-sponsor.invite", asked.reference, &detail)?;
    }
    Ok(())
}

/// Returns whether a delegation can co-sponsor: countries and organizations, but not the one that leads.
pub fn can_join(dossier: &Dossier, delegation: &Delegation) -> bool {
    delegation.kind != DelegationKind::Group && delegation.id != dossier.submission.delegation
}

/// Invites delegations and returns the codes of those who were not invited or joined before.
fn invite_all(
    tx: &mut Tx<'_>,
    dossier: &Dossier,
    wanted: &[&Delegation],
    revision: i32,
    (by, now): (Option<&AccountId>, NaiveDateTime),
) -> Result<Vec<String>, OperationError> {
    let (mut invited, mut told) = (Vec::new(), Vec::new());
    for delegation in wanted {
        let held = dossier.co_sponsors.iter().find(|one| one.delegation == delegation.id);
        let new = |state| CoSponsor {
            delegation: delegation.id.clone(),
            state,
            revision,
            account: None,
            asked_at: now,
            answered_at: None,
        };
        match held {
            None => store::insert(tx, &dossier.submission.id, &new(State::Invited))?,
            Some(one) => {
                let Ok(to) = workflow::next(one.state, Event::Invite) else { continue };
                store::update(tx, &dossier.submission.id, one.state, &new(to))?;
            }
        }
        invited.push(delegation.code.clone());
        told.push(&delegation.id);
    }
    letters::co_sponsors_asked(tx, dossier, Mail::CoSponsorInvited, &told, (by, now))?;
    Ok(invited)
}

/// Brings co-sponsors up to date when an action has just been cleared: invites those whom the text names and who were never
/// invited, and asks those who joined again after a change of substance.
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
    let answers = submission_store::answers_at(tx, id, revision)?;
    let all = delegations::store::all(tx)?;
    let named = answers.codes(INVITED);
    let is_new = |one: &&Delegation| !dossier.co_sponsors.iter().any(|held| held.delegation == one.id);
    let wanted: Vec<&Delegation> =
        all.iter().filter(|one| named.contains(&one.code.as_str()) && can_join(dossier, one)).filter(is_new).collect();
    let has_changed = |tx: &mut Tx<'_>, one: &CoSponsor| -> Result<bool, OperationError> {
        let before = submission_store::answers_at(tx, id, one.revision)?;
        Ok(differs(&dossier.questionnaire, submission.original, &before, &answers))
    };
    invite_and_ask_again(tx, dossier, (&wanted, &all), has_changed, (account, now))
}

/// Invites delegations, and asks those again who had joined and for whom something has changed; tells them, and records it.
fn invite_and_ask_again(
    tx: &mut Tx<'_>,
    dossier: &Dossier,
    (wanted, all): (&[&Delegation], &[Delegation]),
    has_changed: impl Fn(&mut Tx<'_>, &CoSponsor) -> Result<bool, OperationError>,
    (account, now): (&AccountId, NaiveDateTime),
) -> Result<(), OperationError> {
    let (id, revision) = (&dossier.submission.id, dossier.submission.revision);
    let invited = invite_all(tx, dossier, wanted, revision, (Some(account), now))?;
    let (mut again, mut told) = (Vec::new(), Vec::new());
    for one in &dossier.co_sponsors {
        let Ok(to) = workflow::next(one.state, Event::AskAgain) else { continue };
        if has_changed(tx, one)? {
            let asked = CoSponsor { state: to, revision, asked_at: now, answered_at: None, ..one.clone() };
            store::update(tx, id, one.state, &asked)?;
            again.extend(all.iter().filter(|held| held.id == one.delegation).map(|held| held.code.clone()));
            told.push(&one.delegation);
        }
    }
    letters::co_sponsors_asked(tx, dossier, Mail::CoSponsorAskedAgain, &told, (Some(account), now))?;
    for (act, countries) in [("co-sponsor.invite", invited), ("co-sponsor.ask-again", again)] {
        if !countries.is_empty() {
            let detail = json!({ "countries": countries, "revision": revision });
            audit::record(tx, now, Some(account), act, &dossier.submission.reference, &detail)?;
        }
    }
    Ok(())
}

/// Brings co-sponsors up to date after another action was joined to this one: those of the other and the delegation that led
/// it are invited, and those who had joined this one are asked again. Nobody's support moves by itself.
pub(in crate::submissions) fn ask_after_merge(
    tx: &mut Tx<'_>,
    from: &Dossier,
    into: &Dossier,
    account: &AccountId,
    now: NaiveDateTime,
) -> Result<(), OperationError> {
    if into.submission.kind != Kind::Action {
        return Ok(());
    }
    let all = delegations::store::all(tx)?;
    let had_joined = |one: &Delegation| {
        from.co_sponsors.iter().any(|held| held.delegation == one.id && workflow::is_concerned(held.state))
    };
    let is_new = |one: &Delegation| !into.co_sponsors.iter().any(|held| held.delegation == one.id);
    let wanted: Vec<&Delegation> = all
        .iter()
        .filter(|one| (one.id == from.submission.delegation || had_joined(one)) && can_join(into, one) && is_new(one))
        .collect();
    invite_and_ask_again(tx, into, (&wanted, &all), |_, _| Ok(true), (account, now))
}

/// Answers for the delegation of the actor: joins, declines, or leaves. Joining consents as well, where the country is
/// named.
pub fn answer(tx: &mut Tx<'_>, asked: &Asked<'_>, event: Event) -> Result<(), OperationError> {
    let dossier = Dossier::load(tx, asked.reference)?;
    dossier.permit(asked.actor, Action::ViewSubmission)?;
    let own = own_delegation(&dossier, asked.actor);
    let target = own.map_or_else(|| dossier.target(), |own| target_for(&dossier, own));
    dossier.permit_on(asked.actor, Action::CoSponsor, &target)?;
    let own = own.ok_or_else(|| OperationError::refused("co-sponsors-own"))?;
    expect_action(&dossier)?;
    if asked.seen != dossier.visible_revision(asked.actor) {
        return Err(OperationError::Stale);
    }
    expect_open(tx, &dossier, asked.now)?;
    let account = account_of(asked.actor)?;
    let held = dossier.co_sponsors.iter().find(|one| one.delegation == *own);
    let revision = asked.seen.unwrap_or(dossier.submission.revision);
    let new = |state| CoSponsor {
        delegation: own.clone(),
        state,
        revision,
        account: Some(account.clone()),
        asked_at: held.map_or(asked.now, |one| one.asked_at),
        answered_at: Some(asked.now),
    };
    let id = &dossier.submission.id;
    let to = |from| workflow::next(from, event);
    match held {
        Some(one) => store::update(tx, id, one.state, &new(to(one.state)?))?,
        None if event == Event::Join => store::insert(tx, id, &new(State::Joined))?,
        None => return Err(OperationError::refused("co-sponsors-not-invited")),
    }
    let stands = held.map_or(Ok(State::Joined), |one| to(one.state))?;
    letters::co_sponsor_answered(tx, &dossier, (own, stands), (account, asked.now))?;
    let country = delegations::store::by_id(tx, own)?.code;
    let detail = json!({ "country": country, "revision": revision });
    audit::record(tx, asked.now, Some(account), &format!("co-sponsor.{event}"), asked.reference, &detail)?;
    let consent = dossier.consents.iter().find(|consent| consent.delegation == *own);
    match consent.filter(|consent| event == Event::Join && consent.state != consents::State::Given) {
        // The letter about the co-sponsor says both.
        Some(_) => consents::operations::settle(tx, asked, &dossier, consents::Event::Give, "").map(|_| ()),
        None => Ok(()),
    }
}

/// Lets a delegation leave that does not consent to the action any more: nobody sponsors what it does not agree to.
pub(in crate::submissions) fn leave_without_consent(
    tx: &mut Tx<'_>,
    dossier: &Dossier,
    delegation: &DelegationId,
    (account, now): (&AccountId, NaiveDateTime),
) -> Result<(), OperationError> {
    let Some(one) = dossier.co_sponsors.iter().find(|one| one.delegation == *delegation) else { return Ok(()) };
    let event = if one.state == State::Invited { Event::Decline } else { Event::Leave };
    let Ok(to) = workflow::next(one.state, event) else { return Ok(()) };
    let new = CoSponsor { state: to, account: Some(account.clone()), answered_at: Some(now), ..one.clone() };
    Ok(store::update(tx, &dossier.submission.id, one.state, &new)?)
}
