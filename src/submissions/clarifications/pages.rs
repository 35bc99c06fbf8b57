//! What the page of a submission shows of clarifications.

use super::model::{Clarification, Reach, Side};
use super::operations::may_ask;
use crate::policy::Action;
use crate::submissions::operations::Opened;
use crate::web::Reader;

/// A question with its answer.
pub struct RowView {
    /// Address of the form of the answer, for those who may give it.
    pub answer_at: Option<String>,
    /// Its id.
    pub id: String,
    /// Who asked, and when.
    pub asked: String,
    /// Says that not everybody reads it; may be empty.
    pub note: String,
    /// The question.
    pub question: String,
    /// The answer; may be empty.
    pub answer: String,
    /// Who answered, and when; may be empty.
    pub answered: String,
}

/// The clarifications of a submission.
#[derive(Default)]
pub struct ClarificationsView {
    /// Those that the reader may read, oldest first.
    pub rows: Vec<RowView>,
    /// Codes and words of who is to read a new question; empty when the reader cannot ask.
    pub reaches: Vec<(String, String)>,
}

/// Returns the clarifications of a submission as its page shows them.
pub fn shown(reader: &Reader, opened: &Opened) -> ClarificationsView {
    let texts = reader.texts();
    let reaches = if may_ask(&reader.actor, &opened.dossier) { Reach::ALL } else { &[] };
    ClarificationsView {
        rows: opened.clarifications.iter().map(|one| row(reader, opened, one)).collect(),
        reaches: reaches
            .iter()
            .map(|reach| (reach.code().to_owned(), texts.code("clarification-reach", reach)))
            .collect(),
    }
}

fn row(reader: &Reader, opened: &Opened, one: &Clarification) -> RowView {
    let texts = reader.texts();
    let named = |found: Option<&crate::delegations::Delegation>| {
        found.map(|delegation| delegation.name.get(reader.lang).clone()).unwrap_or_default()
    };
    let who = match one.asked_as {
        Side::Delegation => named(opened.delegations.iter().find(|found| Some(&found.id) == one.asked_for.as_ref())),
        side => texts.code("clarification-by", side),
    };
    let at = |who: String, at| texts.with("clarification-line", &[("who", who), ("at", texts.moment(at, reader.zone))]);
    let can_answer = one.answered_at.is_none() && reader.may(Action::AnswerClarification, &opened.dossier.target());
    let reference = &opened.dossier.submission.reference;
    RowView {
        answer_at: can_answer.then(|| format!("/submissions/{reference}/clarifications/{}", one.id)),
        id: one.id.to_string(),
        asked: at(who, one.asked_at),
        note: if one.reach == Reach::Secretariat { texts.text("clarification-private") } else { String::new() },
        question: one.question.clone(),
        answer: one.answer.clone(),
        answered: one.answered_at.map_or_else(String::new, |when| at(named(Some(&opened.delegation)), when)),
    }
}
