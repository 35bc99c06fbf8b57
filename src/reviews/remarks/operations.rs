//! What the delegation reads of the reviews of its action: the comments meant for it, without the names of the reviewers.

use chrono::NaiveDateTime;

use super::store;
use crate::db::AnyConnection;
use crate::policy::Actor;
use crate::refusals::OperationError;
use crate::reviews;
use crate::submissions::operations::{Opened, history};

/// Returns the comments for the delegation of an action in reviews that were given, in no order that tells who wrote them, to
/// those who may see the history of the action.
pub fn comments(
    conn: &mut AnyConnection,
    actor: &Actor,
    reference: &str,
    now: NaiveDateTime,
) -> Result<(Opened, Vec<String>), OperationError> {
    let opened = history(conn, actor, reference, now)?;
    let submission = &opened.dossier.submission;
    let mut remarks = store::of_session(conn, &submission.session)?;
    let given = reviews::store::given_in(conn, &submission.session)?;
    let own = given.into_iter().filter(|review| review.submission == submission.id);
    let mut comments: Vec<String> = own
        .filter_map(|review| remarks.remove(&review.id))
        .map(|kept| kept.remarks.to_delegation)
        .filter(|text| !text.is_empty())
        .collect();
    comments.sort();
    Ok((opened, comments))
}
