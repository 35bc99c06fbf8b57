//! The acts of the room: start, edit, revise, and in `adoption` adopt, in `tabling` bring before the group; what each may look at is in `looks`. Each act is one of the secretariat within the window of the step.
//!
//! Reasons that the program writes come in as a function of `wording`.

pub mod adoption;
pub mod capacity;
pub mod looks;
pub mod order;
pub mod scenarios;
pub mod tabling;

use chrono::NaiveDateTime;
use serde_json::json;

use super::model::proposal::{Grounds, propose};
use super::model::{INTRODUCTION_CHARS_MAX, Item, PLACES_MAX, Programme, REASON_CHARS_MAX, item_field, reference};
use super::store;
use super::workflow::{Event, Refusal, State};
use crate::audit;
use crate::db::{AnyConnection, StoreError, Tx};
use crate::kernel::fields::{FieldErrors, Message};
use crate::kernel::ids::{BallotId, ItemId, ProgrammeId, SubmissionId};
use crate::kernel::lang::Bilingual;
use crate::policy::{Action, Actor, Target, decide};
use crate::refusals::OperationError;
use crate::sessions::{self, Calendar, Session, Step};

/// Words the reason of a proposal.
pub type WordReason = fn(&Grounds) -> Bilingual<String>;

/// Refuses unless the actor builds programmes and the window of the step is open.
fn open_session(
    conn: &mut AnyConnection,
    actor: &Actor,
    number: i32,
    now: NaiveDateTime,
) -> Result<Calendar, OperationError> {
    let session = sessions::store::by_number(conn, number)?;
    expect_builder(actor, &session)?;
    let calendar = sessions::store::calendar(conn, &session.id)?;
    calendar.expect_open(Step::Programme, now).map_err(OperationError::Refused)?;
    Ok(calendar)
}

/// Refuses unless the actor builds programmes.
pub fn expect_builder(actor: &Actor, session: &Session) -> Result<(), OperationError> {
    decide(actor, Action::BuildProgramme, &Target::of_session(session.id.clone()))
        .map_err(|denial| OperationError::from(denial).hidden())
}

/// Returns the draft of a session, also while it is before the group. Where there is none an act of drafts does not fit the newest programme.
fn draft_of(conn: &mut AnyConnection, session: &Session, event: Event) -> Result<Programme, OperationError> {
    let held = store::of_session(conn, &session.id)?;
    if let Some(draft) = held.iter().find(|programme| programme.state.is_pending()) {
        return Ok(draft.clone());
    }
    let newest = held.first().ok_or(StoreError::NotFound)?;
    Err(Refusal { from: newest.state, event }.into())
}

fn places_errors(places: i32) -> FieldErrors {
    if (1..=PLACES_MAX).contains(&places) {
        return FieldErrors::none();
    }
    FieldErrors::one("places", Message::new("range").number("min", 1).number("max", PLACES_MAX.into()))
}

/// Whoever collides with another start or revision finds the other's draft.
fn first(result: Result<(), StoreError>) -> Result<(), StoreError> {
    result.map_err(|error| if matches!(error, StoreError::Conflict(_)) { StoreError::Stale } else { error })
}

fn record(
    tx: &mut Tx<'_>,
    actor: &Actor,
    now: NaiveDateTime,
    act: &str,
    programme: &Programme,
    detail: &serde_json::Value,
) -> Result<(), StoreError> {
    audit::record(tx, now, actor.account.as_ref(), act, &programme.reference, detail)
}

/// Starts the programme of a session: proposes as many actions as there are places, by a certified ballot or, without
/// one, by the ranking.
pub fn start(
    tx: &mut Tx<'_>,
    actor: &Actor,
    number: i32,
    (places, ballot): (i32, Option<&BallotId>),
    word: WordReason,
    now: NaiveDateTime,
) -> Result<(), OperationError> {
    let calendar = open_session(tx, actor, number, now)?;
    if !store::of_session(tx, &calendar.session.id)?.is_empty() {
        return Err(OperationError::refused("programme-exists"));
    }
    places_errors(places).into_result()?;
    let order = order::order(tx, &calendar.session.id, ballot)?;
    let programme = Programme::draft((&calendar.session.id, calendar.session.year()), ballot, places, now);
    first(store::insert(tx, &programme))?;
    for (position, (submission, grounds)) in (1..).zip(propose(&order, size(places))) {
        store::insert_item(tx, &programme.id, &proposed_item(submission, position, &grounds, word))?;
    }
    Ok(record(tx, actor, now, "programme.started", &programme, &json!({ "places": places, "ballot": order.ballot }))?)
}

fn size(places: i32) -> usize {
    usize::try_from(places).unwrap_or(0)
}

fn proposed_item(submission: SubmissionId, position: i32, grounds: &Grounds, word: WordReason) -> Item {
    Item {
        id: ItemId::new(),
        submission,
        position,
        proposed: grounds.is_proposed(),
        included: grounds.is_proposed(),
        reason: word(grounds),
        override_reason: String::new(),
    }
}

/// What the builder decides about one item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ItemEdit {
    /// The item.
    pub id: ItemId,
    /// Whether it is in.
    pub included: bool,
    /// Its place among the included; equal ones keep their order.
    pub position: i32,
    /// Why it is in or out.
    pub reason: Bilingual<String>,
    /// Why the decision differs from the proposal.
    pub override_reason: String,
}

/// What the builder decides.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// How many actions there is room for.
    pub places: i32,
    /// The ballot to follow; none follows the ranking.
    pub ballot: Option<BallotId>,
    /// What stands before the items.
    pub introduction: Bilingual<String>,
    /// The items.
    pub items: Vec<ItemEdit>,
    /// The edition that the builder saw.
    pub edition: i32,
}

/// Saves the draft. Another number of places or another ballot makes new proposals: items that followed the old one follow
/// the new one, others must say why they do not.
pub fn edit(
    tx: &mut Tx<'_>,
    actor: &Actor,
    number: i32,
    edit: &Edit,
    word: WordReason,
    now: NaiveDateTime,
) -> Result<(), OperationError> {
    let calendar = open_session(tx, actor, number, now)?;
    let held = draft_of(tx, &calendar.session, Event::Adopt)?;
    if held.edition != edit.edition {
        return Err(OperationError::Stale);
    }
    if let Some(message) = tabling::kept_by(tx, &held)? {
        return Err(OperationError::Refused(message));
    }
    let mut errors = places_errors(edit.places);
    long(&mut errors, "introduction", &edit.introduction, INTRODUCTION_CHARS_MAX);
    let mut items = store::items_of(tx, &held.id)?;
    for item in &mut items {
        if let Some(typed) = edit.items.iter().find(|typed| typed.id == item.id) {
            apply(item, typed);
        }
    }
    let is_new_order = held.places != edit.places || held.ballot != edit.ballot;
    let mut added = Vec::new();
    if is_new_order && errors.is_empty() {
        let stored = store::items_of(tx, &held.id)?;
        let order = order::order(tx, &calendar.session.id, edit.ballot.as_ref())?;
        for (position, (submission, grounds)) in (1..).zip(propose(&order, size(edit.places))) {
            let old = stored.iter().find(|item| item.submission == submission);
            match items.iter_mut().find(|item| item.submission == submission).zip(old) {
                Some((item, old)) => {
                    let is_moved = held.ballot != edit.ballot && item.position == old.position;
                    item.position = if is_moved { position } else { item.position };
                    follow(item, old, &grounds, word);
                }
                None => added.push(proposed_item(submission, position + 10_000, &grounds, word)),
            }
        }
    }
    for item in &items {
        item_errors(&mut errors, item);
    }
    errors.into_result()?;
    let next = Programme {
        places: edit.places,
        ballot: edit.ballot.clone(),
        introduction: edit.introduction.clone(),
        edition: held.edition + 1,
        updated_at: now,
        ..held
    };
    store::save(tx, &next, next.state)?;
    save_items(tx, &next.id, items, added)?;
    Ok(record(tx, actor, now, "programme.edited", &next, &json!({ "places": next.places }))?)
}

fn apply(item: &mut Item, typed: &ItemEdit) {
    item.included = typed.included;
    item.position = typed.position;
    item.reason = typed.reason.clone();
    item.override_reason.clone_from(&typed.override_reason);
}

/// Lets an item follow a new proposal where it followed the old one and its reason was the program's.
fn follow(item: &mut Item, old: &Item, grounds: &Grounds, word: WordReason) {
    if item.included == old.proposed {
        item.included = grounds.is_proposed();
    }
    if item.reason == old.reason {
        item.reason = word(grounds);
    }
    item.proposed = grounds.is_proposed();
}

fn item_errors(errors: &mut FieldErrors, item: &Item) {
    let field = |part| item_field(&item.id, part);
    for (side, part) in [(&item.reason.en, "reason_en"), (&item.reason.ru, "reason_ru")] {
        if side.is_empty() {
            errors.add(field(part), Message::new("required"));
        }
    }
    long(errors, &field("reason"), &item.reason, REASON_CHARS_MAX);
    if item.included != item.proposed && item.override_reason.is_empty() {
        errors.add(field("override_reason"), Message::new("programme-override-missing"));
    }
    too_long(errors, &field("override_reason"), &item.override_reason, REASON_CHARS_MAX.1);
}

fn long(errors: &mut FieldErrors, field: &str, text: &Bilingual<String>, (en, ru): (usize, usize)) {
    too_long(errors, &format!("{field}_en"), &text.en, en);
    too_long(errors, &format!("{field}_ru"), &text.ru, ru);
}

fn too_long(errors: &mut FieldErrors, field: &str, text: &str, max: usize) {
    let chars = text.chars().count();
    if chars > max {
        let number = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
        errors.add(
            field,
            Message::new("programme-too-long").number("max", number(max)).number("over", number(chars - max)),
        );
    }
}

/// Numbers the items anew, included ones first, and stores them. An override reason is kept only where it explains one.
fn save_items(tx: &mut Tx<'_>, programme: &ProgrammeId, held: Vec<Item>, added: Vec<Item>) -> Result<(), StoreError> {
    let known = held.len();
    let mut all: Vec<(bool, Item)> =
        held.into_iter().chain(added).enumerate().map(|(index, item)| (index >= known, item)).collect();
    all.sort_by_key(|(_, item)| (!item.included, item.position));
    for (position, (is_new, mut item)) in (1..).zip(all) {
        item.position = position;
        if item.included == item.proposed {
            item.override_reason.clear();
        }
        if is_new { store::insert_item(tx, programme, &item)? } else { store::save_item(tx, &item)? }
    }
    Ok(())
}

/// Starts a revision from the programme in force.
pub fn revise(tx: &mut Tx<'_>, actor: &Actor, number: i32, now: NaiveDateTime) -> Result<(), OperationError> {
    let calendar = open_session(tx, actor, number, now)?;
    let all = store::of_session(tx, &calendar.session.id)?;
    if all.iter().any(|programme| programme.state.is_pending()) {
        return Err(OperationError::refused("programme-draft-exists"));
    }
    let newest = all.first().ok_or(StoreError::NotFound)?;
    let in_force = all.iter().find(|programme| programme.state == State::Adopted);
    let held = in_force.ok_or(Refusal { from: newest.state, event: Event::Supersede })?;
    let revision = all.iter().map(|programme| programme.revision).max().unwrap_or(0) + 1;
    let draft = Programme {
        id: ProgrammeId::new(),
        reference: reference(calendar.session.year(), revision),
        revision,
        state: State::Draft,
        adoption: None,
        record: Bilingual::default(),
        edition: 1,
        created_at: now,
        updated_at: now,
        adopted_at: None,
        ..held.clone()
    };
    first(store::insert(tx, &draft))?;
    for item in store::items_of(tx, &held.id)? {
        store::insert_item(tx, &draft.id, &Item { id: ItemId::new(), ..item })?;
    }
    Ok(record(tx, actor, now, "programme.revised", &draft, &json!({ "from": held.reference }))?)
}
