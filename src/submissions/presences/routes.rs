//! The address that the script asks while a form is open, and what loading and saving a form call.

use rocket::{Route, post, routes};

use super::{operations, pages};
use crate::refusals::OperationError;
use crate::submissions::operations::Dossier;
use crate::web::{Fields, Member, PageError, PageResult, Posted, Reader};

#[post("/submissions/<reference>/presence", data = "<posted>")]
async fn presence(member: Member<'_>, reference: &str, posted: Posted<Fields>) -> PageResult {
    let (actor, now, wanted) = (member.actor.clone(), member.now(), reference.to_owned());
    let field = posted.fields.value("question").to_owned();
    member.db.write(move |tx| operations::touch(tx, &actor, &wanted, &field, now)).await?;
    let (actor, wanted) = (member.actor.clone(), reference.to_owned());
    let seen = member.db.read(move |conn| -> Result<_, OperationError> {
        let dossier = Dossier::load(conn, &wanted)?;
        let others = operations::others(conn, &actor, &dossier, now)?;
        Ok((dossier.questionnaire, others))
    });
    let (questionnaire, others) = seen.await?;
    pages::part(&member, &questionnaire, &others)
}

/// Writes down that the reader has a form open, unless that was done just now.
pub(in crate::submissions) async fn seen(reader: &Reader, dossier: &Dossier) -> Result<(), PageError> {
    let (actor, now, known) = (reader.actor.clone(), reader.now(), dossier.clone());
    if reader.db.read(move |conn| operations::is_due(conn, &actor, &known, ("", now))).await? {
        let (actor, reference) = (reader.actor.clone(), dossier.submission.reference.clone());
        reader.db.write(move |tx| operations::touch(tx, &actor, &reference, "", now)).await?;
    }
    Ok(())
}

/// Returns the routes of presences.
pub fn routes() -> Vec<Route> {
    routes![presence]
}
