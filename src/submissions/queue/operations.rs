//! Looking at the queue, for those who screen.

use super::model::Queue;
use super::store;
use crate::db::AnyConnection;
use crate::policy::{Action, Actor, Target, decide};
use crate::refusals::OperationError;
use crate::sessions;
use crate::submissions::store as submission_store;

/// Returns the queue of a session behind a text that somebody has just looked at.
pub fn queue(
    conn: &mut AnyConnection,
    actor: &Actor,
    session: i32,
    after: Option<&str>,
) -> Result<Queue, OperationError> {
    decide(actor, Action::ViewDesk, &Target::none()).map_err(|denial| OperationError::from(denial).hidden())?;
    let session = sessions::store::by_number(conn, session)?;
    let after = match after {
        Some(reference) => {
            let submission = submission_store::by_reference(conn, reference)?;
            Some(store::place_of(conn, &submission)?).filter(|_| submission.session == session.id)
        }
        None => None,
    };
    let places = store::waiting(conn, &session.id)?;
    Ok(Queue::behind(session.number, places, after.as_ref()))
}
