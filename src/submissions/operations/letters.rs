//! Who is told of an act, and what: written to the outbox in its transaction.

use std::collections::BTreeMap;

use chrono::NaiveDateTime;

use super::Dossier;
use super::acts::Words;
use super::rules::{Told, Until, Whom, rules};
use crate::accounts::Office;
use crate::db::{AnyConnection, StoreError, Tx};
use crate::delegations::{self, DelegationKind};
use crate::kernel::ids::{AccountId, DelegationId};
use crate::outbox::{self, Fact, HEADS, Kind, Letter, To, WRITERS};
use crate::policy::{Actor, Capacity};
use crate::sessions::{self, Step};
use crate::submissions::clarifications::{Clarification, Side};
use crate::submissions::clearance::operations::capacities;
use crate::submissions::clearance::{self, Chain};
use crate::submissions::model::Columns;
use crate::submissions::workflow::Event;
use crate::submissions::{co_sponsors, consents, store};

/// Who acts, and when.
type By<'a> = (&'a AccountId, NaiveDateTime);

/// Tells those whom an act concerns, but not the one who acts.
pub fn tell(
    tx: &mut Tx<'_>,
    dossier: &Dossier,
    event: Event,
    words: &Words,
    (by, now): By<'_>,
) -> Result<(), StoreError> {
    let submission = &dossier.submission;
    let (kind, whom, until) = match rules(event).told {
        Told::Nobody => return Ok(()),
        Told::NextInDelegation => return ask_for_clearance(tx, dossier, by, now),
        Told::One(kind, whom, until) => (kind, whom, until),
    };
    let own = |capacities| To::Delegation(&submission.delegation, capacities);
    let asked = dossier.acts.iter().rev().find(|act| act.event == Event::RequestClearance).map(|act| &act.account);
    let to = match whom {
        Whom::Secretariat => To::Office(Office::Secretariat),
        Whom::Heads => own(HEADS),
        Whom::Writers => own(WRITERS),
        Whom::Asker => asked.map_or(own(WRITERS), To::Account),
    };
    let step = match until {
        Until::Never => None,
        Until::Ready => dossier.deadline_step(now),
        Until::Screened => Some(Step::Screening),
    };
    let mut letter = letter(dossier, kind, step).text("note", words.note.trim());
    if whom == Whom::Secretariat {
        letter = letter.with("delegation", Fact::Both(delegations::store::by_id(tx, &submission.delegation)?.name));
    }
    outbox::write(tx, &letter, to, Some(by), now)?;
    Ok(())
}

/// Returns a letter about a submission, with its newest title: for those who write it.
fn about(dossier: &Dossier, kind: Kind) -> Letter {
    let submission = &dossier.submission;
    Letter::new(kind, format!("/submissions/{}", submission.reference))
        .text("reference", submission.reference.clone())
        .with("title", Fact::Both(submission.columns.title.clone()))
        .with("session", Fact::Both(dossier.calendar.session.title.clone()))
}

/// Returns a letter about a submission for others, with the title as it was cleared: what is being written at home
/// concerns nobody else yet.
fn about_for_others(conn: &mut AnyConnection, dossier: &Dossier, kind: Kind) -> Result<Letter, StoreError> {
    let submission = &dossier.submission;
    let letter = about(dossier, kind);
    match dossier.visible_revision(&Actor::visitor()) {
        Some(revision) if revision != submission.revision => {
            let cleared = store::answers_at(conn, &submission.id, revision)?;
            Ok(letter.with("title", Fact::Both(Columns::of(&cleared).title)))
        }
        _ => Ok(letter),
    }
}

/// Returns a letter about an action to a delegation that is asked to agree to it.
fn asking(
    conn: &mut AnyConnection,
    dossier: &Dossier,
    kind: Kind,
    until: Option<NaiveDateTime>,
) -> Result<Letter, StoreError> {
    let owner = delegations::store::by_id(conn, &dossier.submission.delegation)?;
    let letter = about_for_others(conn, dossier, kind)?.with("delegation", Fact::Both(owner.name));
    let zone = dossier.calendar.session.time_zone;
    Ok(until.map_or_else(|| letter.clone(), |at| letter.clone().with("deadline", Fact::moment(at, zone))))
}

/// Tells the heads of delegations that a country of theirs is asked to consent, for the first time or again.
pub(in crate::submissions) fn consents_asked(
    tx: &mut Tx<'_>,
    dossier: &Dossier,
    delegations: &[(&DelegationId, bool)],
    (by, now): By<'_>,
) -> Result<(), StoreError> {
    for (kind, is_again) in [(Kind::ConsentAsked, false), (Kind::ConsentAskedAgain, true)] {
        let told: Vec<&DelegationId> =
            delegations.iter().filter(|(_, again)| *again == is_again).map(|(delegation, _)| *delegation).collect();
        if !told.is_empty() {
            let letter = asking(tx, dossier, kind, consents::model::deadline(&dossier.calendar, now))?;
            to_heads(tx, &letter, &told, (Some(by), now))?;
        }
    }
    Ok(())
}

/// Reminds the heads of delegations that a country of theirs has not said whether it consents; the same head once a day.
pub(in crate::submissions) fn consents_awaited(
    tx: &mut Tx<'_>,
    dossier: &Dossier,
    delegations: &[&DelegationId],
    (by, now): By<'_>,
) -> Result<(), StoreError> {
    let letter = asking(tx, dossier, Kind::ConsentAsked, consents::model::deadline(&dossier.calendar, now))?
        .once(format!("consent-asked {} {}", dossier.submission.reference, now.date()));
    to_heads(tx, &letter, delegations, (Some(by), now))
}

/// Writes a letter to the heads of delegations.
fn to_heads(
    tx: &mut Tx<'_>,
    letter: &Letter,
    delegations: &[&DelegationId],
    (by, now): (Option<&AccountId>, NaiveDateTime),
) -> Result<(), StoreError> {
    for delegation in delegations {
        outbox::write(tx, letter, To::Delegation(delegation, HEADS), by, now)?;
    }
    Ok(())
}

/// Tells the heads of delegations that they are invited to co-sponsor, or asked again.
pub(in crate::submissions) fn co_sponsors_asked(
    tx: &mut Tx<'_>,
    dossier: &Dossier,
    kind: Kind,
    delegations: &[&DelegationId],
    (by, now): (Option<&AccountId>, NaiveDateTime),
) -> Result<(), StoreError> {
    if delegations.is_empty() {
        return Ok(());
    }
    let letter = asking(tx, dossier, kind, co_sponsors::model::deadline(&dossier.calendar, now))?;
    to_heads(tx, &letter, delegations, (by, now))
}

/// Tells the delegation that leads a submission.
fn tell_lead(tx: &mut Tx<'_>, dossier: &Dossier, letter: &Letter, (by, now): By<'_>) -> Result<(), StoreError> {
    let owner = delegations::store::by_id(tx, &dossier.submission.delegation)?;
    // Why: what is carried on behalf of the group is in the hands of the secretariat.
    let to = match owner.kind {
        DelegationKind::Group => To::Office(Office::Secretariat),
        DelegationKind::Country | DelegationKind::Organization => To::Delegation(&owner.id, WRITERS),
    };
    outbox::write(tx, letter, to, Some(by), now)?;
    Ok(())
}

/// Tells the delegation that leads an action what a country says to it.
pub(in crate::submissions) fn consent_answered(
    tx: &mut Tx<'_>,
    dossier: &Dossier,
    (delegation, to, note): (&DelegationId, consents::State, &str),
    by: By<'_>,
) -> Result<(), StoreError> {
    let country = delegations::store::by_id(tx, delegation)?;
    let letter = about(dossier, Kind::ConsentAnswered)
        .with("country", Fact::Both(country.name))
        .with("answer", Fact::code("consent-state", to.code()))
        .text("note", note.trim());
    tell_lead(tx, dossier, &letter, by)
}

/// Tells the delegation that leads an action that a country was taken out of it.
pub(in crate::submissions) fn country_removed(
    tx: &mut Tx<'_>,
    dossier: &Dossier,
    delegation: &DelegationId,
    by: By<'_>,
) -> Result<(), StoreError> {
    let country = delegations::store::by_id(tx, delegation)?;
    let letter = about(dossier, Kind::CountryRemoved).with("country", Fact::Both(country.name));
    tell_lead(tx, dossier, &letter, by)
}

/// Tells the delegation that leads an action that a delegation joined, declined or left.
pub(in crate::submissions) fn co_sponsor_answered(
    tx: &mut Tx<'_>,
    dossier: &Dossier,
    (delegation, to): (&DelegationId, co_sponsors::State),
    by: By<'_>,
) -> Result<(), StoreError> {
    let country = delegations::store::by_id(tx, delegation)?;
    let letter = about(dossier, Kind::CoSponsorAnswered)
        .with("country", Fact::Both(country.name))
        .with("answer", Fact::code("co-sponsor-state", to.code()));
    tell_lead(tx, dossier, &letter, by)
}

/// Tells the delegation that leads a submission that it is asked something; the question is read on the page alone.
pub(in crate::submissions) fn clarification_asked(
    tx: &mut Tx<'_>,
    dossier: &Dossier,
    by: By<'_>,
) -> Result<(), StoreError> {
    let kind = Fact::code("kind", dossier.submission.kind.code());
    tell_lead(tx, dossier, &about(dossier, Kind::ClarificationAsked).with("kind", kind), by)
}

/// Tells whoever asked that there is an answer, as long as they may read it: the delegation for which it was asked, the
/// secretariat, or the reviewer, unless no longer appointed.
pub(in crate::submissions) fn clarification_answered(
    tx: &mut Tx<'_>,
    dossier: &Dossier,
    one: &Clarification,
    (by, now): By<'_>,
) -> Result<(), StoreError> {
    let kind = Fact::code("kind", dossier.submission.kind.code());
    let letter = about_for_others(tx, dossier, Kind::ClarificationAnswered)?.with("kind", kind);
    let to = match (one.asked_as, &one.asked_for) {
        (Side::Secretariat, _) => To::Office(Office::Secretariat),
        (Side::Delegation, Some(delegation)) => To::Delegation(delegation, WRITERS),
        (Side::Delegation, None) => return Ok(()),
        (Side::Reviewer, _) => {
            let appointed = sessions::store::reviewers_of(tx, &dossier.submission.session)?;
            if !appointed.contains(&one.asked_by) {
                return Ok(());
            }
            To::Account(&one.asked_by)
        }
    };
    outbox::write(tx, &letter, to, Some(by), now)?;
    Ok(())
}

/// Asks the heads of the delegation to confirm or decline changes that the secretariat proposes; they are read on the page.
pub(in crate::submissions) fn edits_proposed(
    tx: &mut Tx<'_>,
    dossier: &Dossier,
    note: &str,
    by: By<'_>,
) -> Result<(), StoreError> {
    let letter = letter(dossier, Kind::EditsProposed, None).text("note", note);
    to_heads(tx, &letter, &[&dossier.submission.delegation], (Some(by.0), by.1))
}

/// Tells the secretariat how many changes a delegation has confirmed and declined.
pub(in crate::submissions) fn edits_answered(
    tx: &mut Tx<'_>,
    dossier: &Dossier,
    (confirmed, declined): (usize, usize),
    (by, now): By<'_>,
) -> Result<(), StoreError> {
    let number = |count: usize| Fact::Number(i64::try_from(count).unwrap_or(i64::MAX));
    let owner = delegations::store::by_id(tx, &dossier.submission.delegation)?;
    let letter = about_for_others(tx, dossier, Kind::EditsAnswered)?
        .with("kind", Fact::code("kind", dossier.submission.kind.code()))
        .with("delegation", Fact::Both(owner.name))
        .with("confirmed", number(confirmed))
        .with("declined", number(declined));
    outbox::write(tx, &letter, To::Office(Office::Secretariat), Some(by), now)?;
    Ok(())
}

/// Asks whoever can take the step that a text waits for now; when it has passed all steps of its delegation, the head.
pub(in crate::submissions) fn ask_for_clearance(
    tx: &mut Tx<'_>,
    dossier: &Dossier,
    by: &AccountId,
    now: NaiveDateTime,
) -> Result<(), StoreError> {
    let submission = &dossier.submission;
    let writing = dossier.deadline_step(now);
    let chain = clearance::store::chain_of(tx, &submission.id, &submission.delegation)?;
    let Some(step) = chain.as_ref().and_then(Chain::next) else {
        let letter = letter(dossier, Kind::ClearanceRequested, writing);
        outbox::write(tx, &letter, To::Delegation(&submission.delegation, HEADS), Some(by), now)?;
        return Ok(());
    };
    let letter = letter(dossier, Kind::ClearanceStep, writing);
    let takers: BTreeMap<&AccountId, Capacity> =
        step.takers_on(now.date()).map(|taker| (&taker.account, taker.capacity)).collect();
    if takers.is_empty() {
        let to = To::Delegation(&submission.delegation, capacities(step.capacity));
        outbox::write(tx, &letter, to, Some(by), now)?;
    }
    for (account, capacity) in takers {
        let to = To::Holder(account, capacity, Some(&submission.delegation));
        outbox::write(tx, &letter, to, Some(by), now)?;
    }
    Ok(())
}

/// Returns a letter about a submission, with the end of the window of a step.
fn letter(dossier: &Dossier, kind: Kind, step: Option<Step>) -> Letter {
    let calendar = &dossier.calendar;
    let letter = about(dossier, kind).with("kind", Fact::code("kind", dossier.submission.kind.code()));
    match step.and_then(|step| calendar.window(step)) {
        Some(window) => letter.with("deadline", Fact::moment(window.closes_at, calendar.session.time_zone)),
        None => letter,
    }
}
