//! Who is told of a report, and what: written to the outbox in its transaction.

use super::{By, Course};
use crate::accounts::Office;
use crate::db::Tx;
use crate::delegations::{Delegation, DelegationKind};
use crate::outbox::{self, Fact, HEADS, Kind, Letter, To, WRITERS};
use crate::progress::model::Confirmation;
use crate::refusals::OperationError;

/// Returns a letter about the progress of an action.
fn about(course: &Course, kind: Kind) -> Letter {
    let reference = &course.submission.reference;
    Letter::new(kind, format!("/submissions/{reference}/progress"))
        .text("reference", reference.clone())
        .with("title", Fact::Both(course.title()))
        .with("session", Fact::Both(course.session.title.clone()))
}

/// Asks the heads of the countries named to confirm a report.
pub fn asked(tx: &mut Tx<'_>, by: &By, course: &Course) -> Result<(), OperationError> {
    let letter = about(course, Kind::ProgressAsked).with("delegation", Fact::Both(course.delegation.name.clone()));
    for one in &course.named {
        outbox::write(tx, &letter, To::Delegation(&one.id, HEADS), by.actor.account.as_ref(), by.now)?;
    }
    Ok(())
}

/// Tells the delegation that leads an action what a country says to its report.
pub fn answered(
    tx: &mut Tx<'_>,
    by: &By,
    course: &Course,
    country: &Delegation,
    said: &Confirmation,
) -> Result<(), OperationError> {
    let letter = about(course, Kind::ProgressAnswered)
        .with("country", Fact::Both(country.name.clone()))
        .with("answer", Fact::code("progress-answer", said.answer.code()))
        .text("note", said.note.clone());
    // Why: what is carried on behalf of the group is in the hands of the secretariat.
    let to = match course.delegation.kind {
        DelegationKind::Group => To::Office(Office::Secretariat),
        DelegationKind::Country | DelegationKind::Organization => To::Delegation(&course.delegation.id, WRITERS),
    };
    outbox::write(tx, &letter, to, by.actor.account.as_ref(), by.now)?;
    Ok(())
}
