//! Questions about submissions and their answers as rows: one question a row.

use super::{Export, ExportError, Words, Writing, by_id, cleared_title, moment};
use crate::delegations::Delegation;
use crate::exports::model::Reach;
use crate::policy::{Actor, Denial};
use crate::submissions::clarifications::{self, Clarification, Side};

pub(super) const EXPORT: Export = Export { is_of_session: true, reach: signed_in, columns: &COLUMNS, write };

/// Names of the columns, in order.
const COLUMNS: [&str; 14] = [
    "reference",
    "title",
    "delegation",
    "delegation_title",
    "number",
    "asked_as",
    "asked_by",
    "asked_by_title",
    "reach",
    "reach_title",
    "asked_at",
    "question",
    "answered_at",
    "answer",
];

/// The submission that is asked about.
#[derive(Debug, Clone, Copy)]
pub struct About<'a> {
    /// Its reference.
    pub reference: &'a str,
    /// Its title; empty where that may not be read.
    pub title: &'a str,
    /// The delegation that leads it.
    pub delegation: Option<&'a Delegation>,
}

/// Lets whoever is signed in take what of it that reader may see: the policy is asked about each row when it is written.
pub(super) fn signed_in(actor: &Actor) -> Result<Reach, Denial> {
    actor.account.as_ref().map(|_| Reach::Reader).ok_or(Denial::NotSignedIn)
}

/// Writes the questions about submissions that the reader reads on their pages, with their answers.
fn write(to: &mut Writing<'_>) -> Result<(), ExportError> {
    let delegations = by_id(to.conn)?;
    let all = clarifications::operations::of_session(to.conn, to.order.asked_of(), &to.order.session()?.id)?;
    for (submission, asked) in &all {
        let about = About {
            reference: &submission.reference,
            title: cleared_title(submission, to.order.lang),
            delegation: delegations.get(&submission.delegation),
        };
        for (number, one) in (1..).zip(asked) {
            let asker = one.asked_for.as_ref().and_then(|id| delegations.get(id));
            to.sheet.row(&row(about, (number, one), asker, to.said))?;
        }
    }
    Ok(())
}

/// Returns the cells of a question, which is the number-th of its submission that the reader reads, with the delegation that
/// asked.
fn row(
    about: About<'_>,
    (number, one): (usize, &Clarification),
    asker: Option<&Delegation>,
    said: Words<'_>,
) -> [String; COLUMNS.len()] {
    let code = |delegation: Option<&Delegation>| delegation.map_or_else(String::new, |found| found.code.clone());
    let name = |delegation: Option<&Delegation>| delegation.map_or_else(String::new, |found| said.either(&found.name));
    let asker = asker.filter(|_| one.asked_as == Side::Delegation);
    let asked_by_title = match one.asked_as {
        Side::Delegation => name(asker),
        side => (said.code)("clarification-by", side.code()),
    };
    [
        about.reference.to_owned(),
        about.title.to_owned(),
        code(about.delegation),
        name(about.delegation),
        number.to_string(),
        one.asked_as.code().to_owned(),
        code(asker),
        asked_by_title,
        one.reach.code().to_owned(),
        said.code("exports-clarification-reach", one.reach.code()),
        moment(Some(one.asked_at)),
        one.question.clone(),
        moment(one.answered_at),
        one.answer.clone(),
    ]
}
