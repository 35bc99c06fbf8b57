//! The address of the editor.

use rocket::{Route, get, post, routes};

use super::{operations, pages};
use crate::refusals::OperationError;
use crate::submissions::forms;
use crate::submissions::operations::Saving;
use crate::submissions::pages::dispute;
use crate::submissions::routes::reason;
use crate::web::{Answer, Fields, Member, PageError, PageResult, Posted, Reader};

#[get("/submissions/<reference>/languages")]
async fn editor(member: Member<'_>, reference: &str) -> PageResult {
    pages::editor(&member, &opened(&member, reference).await?, None, None)
}

async fn opened(reader: &Reader, reference: &str) -> Result<operations::Editor, PageError> {
    let (actor, reference) = (reader.actor.clone(), reference.to_owned());
    Ok(reader.db.read(move |conn| operations::editor(conn, &actor, &reference)).await?)
}

#[post("/submissions/<reference>/languages", data = "<posted>")]
async fn save(member: Member<'_>, reference: &str, posted: Posted<Fields>) -> PageResult {
    if posted.switch.is_some() {
        let editor = opened(&member, reference).await?;
        return pages::editor(&member, &editor, Some(posted.fields), None);
    }
    match saved(&member, reference, &posted.fields).await {
        Ok(Saving::Saved { .. }) => {
            let at = member.texts().moment(member.now(), member.zone);
            let words = member.texts().one("submission-saved", "at", at);
            Answer::done(format!("/submissions/{reference}/languages"), words)
        }
        Ok(Saving::Disputed(disputed)) => dispute(&member, &disputed, "languages"),
        Err(error) => unsaved(&member, reference, posted.fields, error).await,
    }
}

async fn saved(reader: &Reader, reference: &str, fields: &Fields) -> Result<Saving, OperationError> {
    let (actor, now, reference) = (reader.actor.clone(), reader.now(), reference.to_owned());
    let (typed, ticked) = (forms::typed(fields), pages::ticked(fields));
    reader.db.write(move |tx| operations::save(tx, &actor, &reference, (&typed, &ticked), now)).await
}

/// Keeps what was typed on the page when a rule is in the way of saving it.
async fn unsaved(reader: &Reader, reference: &str, fields: Fields, error: OperationError) -> PageResult {
    let reason = reason(reader, error)?;
    pages::editor(reader, &opened(reader, reference).await?, Some(fields), Some(reason))
}

/// Returns the routes of languages.
pub fn routes() -> Vec<Route> {
    routes![editor, save]
}
