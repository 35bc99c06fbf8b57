//! Who is told of an act, and what: written to the outbox in its transaction.

use chrono::NaiveDateTime;

use super::Dossier;
use super::acts::Words;
use crate::accounts::Office;
use crate::db::{StoreError, Tx};
use crate::delegations;
use crate::kernel::ids::AccountId;
use crate::outbox::{self, Fact, HEADS, Kind, Letter, To, WRITERS};
use crate::sessions::Step;
use crate::submissions::workflow::Event;

/// Tells those whom an act concerns, but not the one who acts.
pub fn tell(
    tx: &mut Tx<'_>,
    dossier: &Dossier,
    event: Event,
    words: &Words,
    (by, now): (&AccountId, NaiveDateTime),
) -> Result<(), StoreError> {
    let submission = &dossier.submission;
    let asked = dossier.acts.iter().rev().find(|act| act.event == Event::RequestClearance).map(|act| &act.account);
    let own = |capacities| To::Delegation(&submission.delegation, capacities);
    let (kind, to, step) = match event {
        Event::RequestClearance => (Kind::ClearanceRequested, own(HEADS), Some(dossier.writing_step(now))),
        Event::SendBack => {
            let to = asked.map_or(own(WRITERS), To::Account);
            (Kind::SentBack, to, Some(dossier.writing_step(now)))
        }
        Event::Clear | Event::HandIn => (Kind::Submitted, To::Office(Office::Secretariat), Some(Step::Screening)),
        Event::Return => (Kind::Returned, own(WRITERS), Some(Step::Screening)),
        Event::Accept => (Kind::Accepted, own(WRITERS), None),
        Event::NotRetain => (Kind::NotRetained, own(WRITERS), None),
        Event::TakeUp | Event::Withdraw | Event::TakeOver => return Ok(()),
    };
    let delegation = delegations::store::by_id(tx, &submission.delegation)?;
    let mut letter = Letter::new(kind, format!("/submissions/{}", submission.reference))
        .text("reference", submission.reference.clone())
        .with("kind", Fact::code("kind", submission.kind.code()))
        .with("title", Fact::Both(submission.columns.title.clone()))
        .with("session", Fact::Both(dossier.calendar.session.title.clone()))
        .text("note", words.note.trim());
    if kind == Kind::Submitted {
        letter = letter.with("delegation", Fact::Both(delegation.name));
    }
    if let Some(window) = step.and_then(|step| dossier.calendar.window(step)) {
        letter = letter.with("deadline", Fact::moment(window.closes_at, dossier.calendar.session.time_zone));
    }
    outbox::write(tx, &letter, to, Some(by), now)?;
    Ok(())
}
