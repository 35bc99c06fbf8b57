//! Parts of a text that are voted separately when a member asks for it; what is left is voted as a whole afterwards.

use std::collections::BTreeMap;

use serde_json::json;

use super::voting::{asker, voting};
use super::{By, Place, open, open_to_lead, record, text_of};
use crate::db::{AnyConnection, Tx};
use crate::decisions::model::separate::{Part, next_letter, paragraphs, remainder};
use crate::decisions::model::{Decision, Text};
use crate::decisions::store;
use crate::decisions::workflow::{Event, Refusal, State};
use crate::delegations;
use crate::kernel::fields::{FieldErrors, Message};
use crate::kernel::lang::Bilingual;
use crate::policy::Action;
use crate::programmes::VoteAnswer;
use crate::refusals::OperationError;

/// Asks that a paragraph be voted separately: a head for the own delegation, or the secretariat for the delegation
/// (`asked_by`, its code) that asked in the room. It is asked before anybody has answered, and one paragraph at least is
/// left for the vote on the whole.
pub fn ask(
    tx: &mut Tx<'_>,
    by: &By,
    place: Place,
    paragraph: Option<usize>,
    asked_by: &str,
) -> Result<(), OperationError> {
    let (session, decision) = open(tx, by, place)?;
    let all = voting(tx)?;
    let asker = asker((by, Action::AskForPart), &decision, &all, asked_by)?;
    let parts = store::separate_parts(tx, &decision.id)?;
    let has_begun = parts.iter().any(|part| part.is_kept.is_some())
        || store::votes_of(tx, &decision.id)?.iter().any(|vote| vote.answer.is_some() || vote.has_passed);
    if has_begun {
        return Err(OperationError::refused("decision-part-late"));
    }
    let text = text_of(tx, &decision)?.text;
    let (en, ru) = (paragraphs(&text.en), paragraphs(&text.ru));
    let wanted = paragraph.filter(|number| (1..=en.len().min(ru.len())).contains(number));
    let is_asked = |number: &usize| parts.iter().any(|part| part.paragraph == *number);
    let Some(number) = wanted.filter(|number| !is_asked(number)) else {
        return Err(FieldErrors::one("paragraph", Message::new("required")).into());
    };
    let letter = next_letter(&parts).filter(|_| parts.len() + 1 < en.len());
    let letter = letter.ok_or_else(|| OperationError::refused("decision-part-whole"))?;
    let part = Part {
        letter,
        paragraph: number,
        text: Bilingual::new(en[number - 1].to_owned(), ru[number - 1].to_owned()),
        asked_by: asker.id,
        is_kept: None,
        votes: Vec::new(),
    };
    store::insert_separate_part(tx, &decision.id, &part)?;
    touch(tx, by, decision.clone())?;
    let detail = json!({ "part": part.letter, "paragraph": number, "asked_by": asker.code });
    Ok(record(tx, by, &session, &decision, "part-asked", &detail)?)
}

fn touch(tx: &mut Tx<'_>, by: &By, before: Decision) -> Result<Decision, OperationError> {
    let after = Decision { edition: before.edition + 1, updated_at: by.now, ..before };
    store::save(tx, &after, State::Voting)?;
    Ok(after)
}

/// Enters what every delegation answered about a part, by code, and concludes it. When the last part is voted, what is left
/// becomes the text before the group.
pub fn vote(
    tx: &mut Tx<'_>,
    by: &By,
    (place, edition): (Place, i32),
    letter: &str,
    answers: &BTreeMap<String, VoteAnswer>,
) -> Result<(), OperationError> {
    let (session, before) = open_to_lead(tx, by, place, edition)?;
    if before.state != State::Voting {
        return Err(Refusal { from: before.state, event: Event::Carry }.into());
    }
    let mut parts = store::separate_parts(tx, &before.id)?;
    let part = parts.iter_mut().find(|part| part.letter == letter).ok_or(OperationError::NotFound)?;
    if part.is_kept.is_some() {
        return Err(OperationError::Stale);
    }
    let mut errors = FieldErrors::none();
    for called in store::votes_of(tx, &before.id)? {
        let code = delegations::store::by_id(tx, &called.delegation)?.code;
        match answers.get(&code) {
            Some(answer) => part.votes.push((called.delegation, *answer)),
            None => errors.add(format!("answer|{code}"), Message::new("required")),
        }
    }
    errors.into_result()?;
    let (base, quorum) = before.rules.ok_or(OperationError::Stale)?;
    let result = part.result(base, quorum);
    part.is_kept = Some(result.is_carried());
    let detail = json!({ "part": letter, "is_kept": result.is_carried(), "yes": result.yes, "no": result.no, "abstained": result.abstain });
    store::conclude_separate_part(tx, &before.id, &part.clone())?;
    let left = leave_out(tx, by, before, &parts)?;
    let after = touch(tx, by, left)?;
    Ok(record(tx, by, &session, &after, "part-voted", &detail)?)
}

/// Puts what is left of the text before the group, once every part is voted and one of them was not kept.
fn leave_out(tx: &mut Tx<'_>, by: &By, before: Decision, parts: &[Part]) -> Result<Decision, OperationError> {
    let is_done = parts.iter().all(|part| part.is_kept.is_some());
    if !is_done || parts.iter().all(|part| part.is_kept == Some(true)) {
        return Ok(before);
    }
    let held = text_of(tx, &before)?;
    let text = Text {
        revision: before.revision + 1,
        text: remainder(&held.text, parts),
        is_checked: held.is_checked,
        entered_by: by.account()?,
        entered_at: by.now,
    };
    store::insert_text(tx, &before.id, &text)?;
    Ok(Decision { revision: text.revision, ..before })
}

/// Refuses to call the roll on the whole before every part is voted.
pub(super) fn expect_voted(conn: &mut AnyConnection, decision: &Decision) -> Result<(), OperationError> {
    let parts = store::separate_parts(conn, &decision.id)?;
    if parts.iter().any(|part| part.is_kept.is_none()) {
        return Err(OperationError::refused("decision-parts-first"));
    }
    Ok(())
}
