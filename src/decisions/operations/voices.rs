//! What delegations do, each through its head: say how far they support a text, object, propose amendments, explain.

use serde_json::json;

use super::setting::too_long;
use super::{By, Place, Told, advance, letters, open, open_for, own, record, target};
use crate::db::{AnyConnection, StoreError, Tx};
use crate::decisions::model::equality::unequal;
use crate::decisions::model::{
    Amendment, AmendmentState, Decision, Grade, NOTE_CHARS_MAX, Objection, ObjectionState, POSITION_CHARS_MAX,
    Position, Support, TEXT_CHARS_MAX,
};
use crate::decisions::store;
use crate::decisions::workflow::{Event, State};
use crate::delegations;
use crate::kernel::fields::{FieldErrors, Message};
use crate::kernel::ids::{AmendmentId, DelegationId, ObjectionId};
use crate::kernel::lang::Bilingual;
use crate::policy::{Action, decide};
use crate::refusals::OperationError;

fn code(conn: &mut AnyConnection, delegation: &DelegationId) -> Result<String, StoreError> {
    Ok(delegations::store::by_id(conn, delegation)?.code)
}

/// Says how far a delegation supports the text; a later answer takes the place of an earlier one.
pub fn give_support(tx: &mut Tx<'_>, by: &By, place: Place, grade: Grade, note: &str) -> Result<(), OperationError> {
    let (session, decision, delegation) = open_for(tx, by, place, Action::GiveSupport)?;
    let mut errors = FieldErrors::none();
    too_long(&mut errors, "note", note, NOTE_CHARS_MAX);
    errors.into_result()?;
    let support = Support { delegation, grade, note: note.to_owned() };
    store::set_grade(tx, &decision.id, &support, (&by.account()?, by.now))?;
    // Why: the answers are sealed while the check is open, and the trail is read meanwhile.
    let detail = json!({ "delegation": code(tx, &support.delegation)? });
    Ok(record(tx, by, &session, &decision, "support-given", &detail)?)
}

/// Raises an objection. During a silence procedure it breaks the silence at once, and everybody is told.
pub fn object(tx: &mut Tx<'_>, by: &By, place: Place, passage: &str, reason: &str) -> Result<(), OperationError> {
    let (session, before, delegation) = open_for(tx, by, place, Action::ObjectToDecision)?;
    let mut errors = FieldErrors::none();
    too_long(&mut errors, "passage", passage, NOTE_CHARS_MAX);
    too_long(&mut errors, "reason", reason, NOTE_CHARS_MAX);
    if reason.is_empty() {
        errors.add("reason", Message::new("required"));
    }
    errors.into_result()?;
    let broke_silence = before.state == State::Silence;
    let objection = Objection {
        id: ObjectionId::new(),
        delegation: delegation.clone(),
        revision: before.revision,
        passage: passage.to_owned(),
        reason: reason.to_owned(),
        broke_silence,
        state: ObjectionState::Open,
        raised_at: by.now,
        settled_at: None,
    };
    store::insert_objection(tx, &before.id, &objection, &by.account()?)?;
    let event = if broke_silence { Event::BreakSilence } else { Event::Object };
    let told = Told {
        detail: Some(json!({ "delegation": code(tx, &delegation)? })),
        delegation: Some(delegation),
        note: reason.to_owned(),
        until: None,
    };
    let after = advance(tx, by, &session, (&before, before.clone()), event, &told)?;
    letters::objected(tx, by, &session, &after, &objection)
}

/// Settles an objection of one's own delegation: the amended text resolves it, or it is not maintained.
pub fn settle_objection(
    tx: &mut Tx<'_>,
    by: &By,
    place: Place,
    id: &ObjectionId,
    to: ObjectionState,
) -> Result<(), OperationError> {
    let (session, decision) = open(tx, by, place)?;
    let delegation = own(&by.actor, Action::SettleObjection, &decision)?;
    let objection = store::objection(tx, &decision.id, id)?;
    if objection.delegation != delegation {
        return Err(OperationError::NotFound);
    }
    store::settle_objection(tx, id, to, by.now)?;
    let detail = json!({ "delegation": code(tx, &delegation)? });
    Ok(record(tx, by, &session, &decision, &format!("objection-{to}"), &detail)?)
}

/// Proposes a text in answer to an open objection: for one's delegation, or as the secretariat.
pub fn propose(
    tx: &mut Tx<'_>,
    by: &By,
    (place, revision): (Place, i32),
    id: &ObjectionId,
    text: &Bilingual<String>,
) -> Result<(), OperationError> {
    let (session, decision) = open(tx, by, place)?;
    let is_secretariat = decide(&by.actor, Action::ManageDecision, &target(&decision)).is_ok();
    let delegation = if is_secretariat {
        decide(&by.actor, Action::ProposeAmendment, &target(&decision))?;
        None
    } else {
        Some(open_for(tx, by, place, Action::ProposeAmendment)?.2)
    };
    let objection = store::objection(tx, &decision.id, id)?;
    if decision.revision != revision || objection.state != ObjectionState::Open {
        return Err(OperationError::Stale);
    }
    check_text(text)?;
    let amendment = Amendment {
        id: AmendmentId::new(),
        objection: objection.id,
        delegation,
        revision,
        text: text.clone(),
        state: AmendmentState::Proposed,
        proposed_at: by.now,
    };
    store::insert_amendment(tx, &decision.id, &amendment, &by.account()?)?;
    let detail = match &amendment.delegation {
        Some(delegation) => json!({ "delegation": code(tx, delegation)? }),
        None => json!({}),
    };
    Ok(record(tx, by, &session, &decision, "amendment-proposed", &detail)?)
}

fn check_text(text: &Bilingual<String>) -> Result<(), FieldErrors> {
    let mut errors = FieldErrors::none();
    for (side, field, max) in [(&text.en, "text_en", TEXT_CHARS_MAX.0), (&text.ru, "text_ru", TEXT_CHARS_MAX.1)] {
        too_long(&mut errors, field, side, max);
        if side.is_empty() {
            errors.add(field, Message::new("required"));
        }
    }
    if errors.is_empty()
        && let Some(message) = unequal(text)
    {
        errors.add("text_ru", message);
    }
    errors.into_result()
}

/// Explains the position of a delegation, in one language or both; a later text takes the place of an earlier one.
pub fn explain(tx: &mut Tx<'_>, by: &By, place: Place, text: &Bilingual<String>) -> Result<(), OperationError> {
    let (session, decision, delegation): (_, Decision, _) = open_for(tx, by, place, Action::ExplainPosition)?;
    let mut errors = FieldErrors::none();
    too_long(&mut errors, "text_en", &text.en, POSITION_CHARS_MAX.0);
    too_long(&mut errors, "text_ru", &text.ru, POSITION_CHARS_MAX.1);
    if text.en.is_empty() && text.ru.is_empty() {
        errors.add("text_en", Message::new("required"));
    }
    errors.into_result()?;
    let position = Position { delegation, text: text.clone(), given_at: by.now };
    store::set_position(tx, &decision.id, &position, &by.account()?)?;
    let detail = json!({ "delegation": code(tx, &position.delegation)? });
    Ok(record(tx, by, &session, &decision, "position-explained", &detail)?)
}
