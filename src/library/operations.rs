//! Looks at the library: the policy is asked, then the stores.

use super::model::{Collection, public_answers};
use super::store;
use crate::classification::List;
use crate::db::AnyConnection;
use crate::delegations::{self, Delegation};
use crate::policy::{Action, Actor, Target, decide};
use crate::questionnaires::{self, Answers, Questionnaire};
use crate::refusals::OperationError;
use crate::sessions::{self, Session};
use crate::submissions::attachments::Attachment;
use crate::submissions::{self, CompiledSource, Submission};

/// Returns the library unless `held` is its newest edition: one query when it is, four when it is not, whatever the
/// number of entries.
pub fn newer_than(
    conn: &mut AnyConnection,
    actor: &Actor,
    held: Option<&str>,
) -> Result<Option<Collection>, OperationError> {
    let published = Target { is_published: true, ..Target::none() };
    decide(actor, Action::ViewSubmission, &published).map_err(|denial| OperationError::from(denial).hidden())?;
    let edition = store::edition(conn)?;
    if held == Some(edition.as_str()) { Ok(None) } else { Ok(Some(store::collection(conn)?)) }
}

/// A published practice with all that its page shows.
#[derive(Debug, Clone)]
pub struct Practice {
    /// The submission.
    pub submission: Submission,
    /// Its delegation.
    pub delegation: Delegation,
    /// Its session.
    pub session: Session,
    /// The version of the questionnaire that it answers.
    pub questionnaire: Questionnaire,
    /// Its public answers.
    pub answers: Answers,
    /// Codes by which it is found.
    pub tags: Vec<(List, String)>,
    /// Where it comes from, if it was compiled from public sources.
    pub source: Option<CompiledSource>,
    /// The files that its delegation shows to everybody.
    pub files: Vec<Attachment>,
    /// Actions that build on it and that the reader may see, with the delegations that lead them.
    pub used_by: Vec<(Submission, Delegation)>,
}

impl Practice {
    /// Returns what the policy is asked about.
    pub fn target(&self) -> Target {
        Target {
            delegation: Some(self.submission.delegation.clone()),
            session: Some(self.submission.session.clone()),
            submission: Some(self.submission.state),
            is_published: true,
            ..Target::none()
        }
    }
}

/// Returns a published practice. Private answers are left out before anybody sees them.
pub fn practice(conn: &mut AnyConnection, actor: &Actor, reference: &str) -> Result<Practice, OperationError> {
    let id = store::published_id(conn, reference)?;
    let submission = submissions::store::by_id(conn, &id)?;
    let questionnaire = questionnaires::store::by_id(conn, &submission.questionnaire)?;
    let answers = submissions::store::answers_at(conn, &id, submission.revision)?;
    let practice = Practice {
        delegation: delegations::store::by_id(conn, &submission.delegation)?,
        session: sessions::store::by_id(conn, &submission.session)?,
        answers: public_answers(&questionnaire, &answers),
        tags: submissions::store::tags_of(conn, &id)?,
        source: submissions::store::source_of(conn, &id)?,
        files: submissions::attachments::operations::shown(conn, &id)?,
        used_by: used_by(conn, actor, reference)?,
        questionnaire,
        submission,
    };
    decide(actor, Action::ViewSubmission, &practice.target())
        .map_err(|denial| OperationError::from(denial).hidden())?;
    Ok(practice)
}

fn used_by(
    conn: &mut AnyConnection,
    actor: &Actor,
    reference: &str,
) -> Result<Vec<(Submission, Delegation)>, OperationError> {
    let actions = submissions::links::operations::used_by(conn, actor, reference)?;
    actions
        .into_iter()
        .map(|one| {
            let delegation = delegations::store::by_id(conn, &one.delegation)?;
            Ok((one, delegation))
        })
        .collect()
}
