//! The concluded decisions of a session as rows: one decision a row.

use super::{Export, ExportError, Words, Writing};
use crate::db::StoreError;
use crate::decisions::model::{Subject, Text};
use crate::decisions::{self, Decision, State};
use crate::exports::model::Reach;
use crate::policy::{Action, Actor, Denial, Target, decide};
use crate::{programmes, submissions};

pub(super) const EXPORT: Export = Export {
    is_of_session: true,
    reach: |actor| concluded(actor, Action::ViewDecision, Reach::Public),
    columns: &COLUMNS,
    write,
};

/// Names of the columns, in order.
const COLUMNS: [&str; 10] =
    ["number", "title", "about", "state", "state_title", "rung", "rung_title", "decided_on", "revision", "text"];

/// Lets those take a file who may do something about a decision that is done.
pub(super) fn concluded(actor: &Actor, action: Action, reach: Reach) -> Result<Reach, Denial> {
    let decided = Target { decision: Some(State::Decided), ..Target::none() };
    decide(actor, action, &decided).map(|()| reach)
}

/// Writes the decisions on which the group is done: what is still before it leaves with nobody.
fn write(to: &mut Writing<'_>) -> Result<(), ExportError> {
    for decision in decisions::store::of_session(to.conn, &to.order.session()?.id)? {
        if !matches!(decision.state, State::Decided | State::NotAdopted) {
            continue;
        }
        let about = match &decision.subject {
            Subject::Programme(id) => programmes::store::by_id(to.conn, id)?.reference,
            Subject::Action(id) => submissions::store::by_id(to.conn, id)?.reference,
            Subject::Text => String::new(),
        };
        let texts = decisions::store::texts_of(to.conn, &decision.id)?;
        let text = texts.iter().find(|text| text.revision == decision.revision).ok_or(StoreError::NotFound)?;
        to.sheet.row(&row(&decision, &about, text, to.said))?;
    }
    Ok(())
}

/// Returns the cells of a decision, with the reference of what it is about and the text that was decided on.
fn row(decision: &Decision, about: &str, text: &Text, said: Words<'_>) -> [String; COLUMNS.len()] {
    let (rung, rung_title, decided_on) = match decision.decided {
        Some((rung, at)) => (rung.code().to_owned(), (said.code)("decision-rung", rung.code()), at.date().to_string()),
        None => Default::default(),
    };
    [
        decision.number.to_string(),
        said.either(&decision.title),
        about.to_owned(),
        decision.state.code().to_owned(),
        (said.code)("decision-state", decision.state.code()),
        rung,
        rung_title,
        decided_on,
        text.revision.to_string(),
        said.either(&text.text),
    ]
}
