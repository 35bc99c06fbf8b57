//! Preparing a decision and changing it while it is a draft.

use serde_json::json;

use super::{By, Place, is_draft, open_to_lead, record, text_of};
use crate::db::{AnyConnection, Tx};
use crate::decisions::model::{Decision, Subject, TEXT_CHARS_MAX, TITLE_CHARS_MAX, Text};
use crate::decisions::store;
use crate::decisions::workflow::{Event, Refusal, State};
use crate::kernel::fields::{FieldErrors, Message};
use crate::kernel::ids::DecisionId;
use crate::kernel::lang::Bilingual;
use crate::policy::{Action, Target, decide};
use crate::programmes;
use crate::refusals::OperationError;
use crate::sessions::{self, Session};
use crate::submissions;

/// What the secretariat sets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// What it is called.
    pub title: Bilingual<String>,
    /// Reference of the programme or action that it is about; empty for its text alone.
    pub about: String,
    /// What it says.
    pub text: Bilingual<String>,
    /// Whether both languages were checked to say the same.
    pub is_checked: bool,
}

/// Returns the references that a decision of a session can be about: its programmes, then its accepted actions.
pub fn subjects(conn: &mut AnyConnection, session: &Session) -> Result<Vec<(String, Subject)>, OperationError> {
    let programmes = programmes::store::of_session(conn, &session.id)?;
    let actions = submissions::store::of_session(
        conn,
        &session.id,
        Some(crate::kernel::reference::Kind::Action),
        &[submissions::State::Accepted],
    )?;
    let programmes = programmes.into_iter().map(|each| (each.reference, Subject::Programme(each.id)));
    let actions = actions.into_iter().map(|each| (each.reference, Subject::Action(each.id)));
    Ok(programmes.chain(actions).collect())
}

/// Prepares a decision and returns its number.
pub fn prepare(tx: &mut Tx<'_>, by: &By, session: i32, draft: &Draft) -> Result<i32, OperationError> {
    let session = sessions::store::by_number(tx, session)?;
    decide(&by.actor, Action::ManageDecision, &Target::of_session(session.id.clone()))?;
    let subject = check(tx, &session, draft)?;
    let decision = Decision {
        id: DecisionId::new(),
        session: session.id.clone(),
        number: store::next_number(tx, &session.id)?,
        title: draft.title.clone(),
        subject,
        state: State::Draft,
        revision: 1,
        silence: None,
        asked_by: None,
        seed: String::new(),
        rules: None,
        decided: None,
        is_made_up: session.is_demonstration,
        edition: 1,
        created_at: by.now,
        updated_at: by.now,
    };
    store::insert(tx, &decision)?;
    store::insert_text(tx, &decision.id, &text(by, draft)?)?;
    record(tx, by, &session, &decision, "prepared", &json!({ "title": decision.title.en }))?;
    Ok(decision.number)
}

/// Changes a draft that still stands at the edition it was read at.
pub fn edit(tx: &mut Tx<'_>, by: &By, place: Place, edition: i32, draft: &Draft) -> Result<(), OperationError> {
    let (session, before) = open_to_lead(tx, by, place, edition)?;
    if !is_draft(&before) {
        return Err(Refusal { from: before.state, event: Event::OpenRegister }.into());
    }
    let subject = check(tx, &session, draft)?;
    let after =
        Decision { title: draft.title.clone(), subject, edition: before.edition + 1, updated_at: by.now, ..before };
    store::save(tx, &after, State::Draft)?;
    text_of(tx, &after)?;
    store::replace_text(tx, &after.id, &text(by, draft)?)?;
    Ok(record(tx, by, &session, &after, "edited", &json!({ "title": after.title.en }))?)
}

fn text(by: &By, draft: &Draft) -> Result<Text, OperationError> {
    Ok(Text {
        revision: 1,
        text: draft.text.clone(),
        is_checked: draft.is_checked,
        entered_by: by.account()?,
        entered_at: by.now,
    })
}

/// Checks everything at once, and returns what the decision is about.
fn check(conn: &mut AnyConnection, session: &Session, draft: &Draft) -> Result<Subject, OperationError> {
    let mut errors = FieldErrors::none();
    for (side, field, max) in [
        (&draft.title.en, "title_en", TITLE_CHARS_MAX.0),
        (&draft.title.ru, "title_ru", TITLE_CHARS_MAX.1),
        (&draft.text.en, "text_en", TEXT_CHARS_MAX.0),
        (&draft.text.ru, "text_ru", TEXT_CHARS_MAX.1),
    ] {
        too_long(&mut errors, field, side, max);
    }
    for (side, field) in [(&draft.title.en, "title_en"), (&draft.title.ru, "title_ru")] {
        if side.is_empty() {
            errors.add(field, Message::new("required"));
        }
    }
    let named = subjects(conn, session)?.into_iter().find(|(reference, _)| *reference == draft.about);
    if named.is_none() && !draft.about.is_empty() {
        errors.add("about", Message::new("decision-about"));
    }
    errors.into_result()?;
    Ok(named.map_or(Subject::Text, |(_, subject)| subject))
}

/// Says by how much a text is too long.
pub(super) fn too_long(errors: &mut FieldErrors, field: &str, text: &str, max: usize) {
    let chars = text.chars().count();
    if chars > max {
        let number = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
        let message = Message::new("decision-too-long").number("max", number(max)).number("over", number(chars - max));
        errors.add(field, message);
    }
}
