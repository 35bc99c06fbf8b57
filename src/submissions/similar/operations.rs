//! Finding what is similar, among what the reader may see.

use super::model::{Similar, is_like, shared, wanted};
use crate::db::AnyConnection;
use crate::delegations::{self, Delegation};
use crate::policy::{Action, Actor, Denial, may};
use crate::refusals::OperationError;
use crate::sessions::{self, Session};
use crate::submissions::Submission;
use crate::submissions::operations::{is_own, target_of};
use crate::submissions::store;
use crate::submissions::workflow::State;

/// What is similar, with the names that its list needs.
#[derive(Debug, Clone, Default)]
pub struct Found {
    /// The submissions, the nearest first.
    pub rows: Vec<Similar>,
    /// Every delegation; none when there is nothing to name.
    pub delegations: Vec<Delegation>,
}

/// Most submissions that are shown.
const SHOWN_MAX: usize = 5;
/// Longest title that is looked at, in characters.
const TITLE_CHARS_MAX: usize = 400;

/// Returns what is similar to a title typed just now, the nearest first; `of` is the submission that it belongs to.
pub fn similar(
    conn: &mut AnyConnection,
    actor: &Actor,
    session: i32,
    (title, of): (&str, &str),
) -> Result<Found, OperationError> {
    if actor.account.is_none() {
        return Err(OperationError::Denied(Denial::NotSignedIn));
    }
    let session = sessions::store::by_number(conn, session)?;
    let title: String = title.chars().take(TITLE_CHARS_MAX).collect();
    like(conn, actor, &session, &title, of)
}

/// Returns what is similar to a submission as it is stored.
pub fn like_stored(
    conn: &mut AnyConnection,
    actor: &Actor,
    session: &Session,
    one: &Submission,
) -> Result<Found, OperationError> {
    let title = format!("{} {}", one.columns.title.en, one.columns.title.ru);
    like(conn, actor, session, &title, &one.reference)
}

fn like(
    conn: &mut AnyConnection,
    actor: &Actor,
    session: &Session,
    title: &str,
    of: &str,
) -> Result<Found, OperationError> {
    let wanted = wanted(title);
    if wanted.is_empty() {
        return Ok(Found::default());
    }
    let all = store::of_session(conn, &session.id, None, State::ALL)?;
    let own = all.iter().find(|one| one.reference == of && is_own(actor, one)).cloned();
    let is_asked = |one: &Submission| {
        let is_settled = matches!(one.state, State::Submitted | State::UnderReview | State::Accepted);
        let is_open = is_own(actor, one) && !matches!(one.state, State::Withdrawn | State::NotRetained);
        let is_seen = is_settled && may(actor, Action::ViewSubmission, &target_of(one));
        one.reference != of && (is_open || is_seen) && own.as_ref().is_none_or(|own| own.kind == one.kind)
    };
    let both = |a: &Option<String>, b: Option<&Option<String>>| a.clone().filter(|_| b == Some(a));
    let mut found: Vec<Similar> = all
        .into_iter()
        .filter(is_asked)
        .map(|one| Similar {
            words: shared(&wanted, &one.columns.title),
            theme: both(&one.columns.theme, own.as_ref().map(|own| &own.columns.theme)),
            target: both(&one.columns.main_target, own.as_ref().map(|own| &own.columns.main_target)),
            reference: one.reference,
            title: one.columns.title,
            delegation: one.delegation,
        })
        .filter(|one| is_like(&wanted, one.words.len()))
        .collect();
    found.sort_by_key(|one| std::cmp::Reverse((one.words.len(), one.theme.is_some(), one.target.is_some())));
    found.truncate(SHOWN_MAX);
    let delegations = if found.is_empty() { Vec::new() } else { delegations::store::all(conn)? };
    Ok(Found { rows: found, delegations })
}
