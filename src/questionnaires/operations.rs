//! Looking at the questionnaire of a session: public, whatever the session's state.

use super::store::{self, OfSession};
use crate::db::AnyConnection;
use crate::kernel::reference::Kind;
use crate::policy::{Action, Actor, Target, decide};
use crate::refusals::OperationError;

/// Returns the newest questionnaire of a session and kind.
pub fn view(conn: &mut AnyConnection, actor: &Actor, number: i32, kind: Kind) -> Result<OfSession, OperationError> {
    decide(actor, Action::ViewSession, &Target::none()).map_err(|denial| OperationError::from(denial).hidden())?;
    Ok(store::of_number(conn, number, kind)?)
}
