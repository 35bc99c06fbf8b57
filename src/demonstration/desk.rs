//! What lies on the desk of the secretariat: changes that wait for a delegation, an outcome that is prepared, who is asked to
//! review what, a question to a delegation, a filter that is kept.

use std::collections::BTreeSet;

use chrono::NaiveDateTime;

use super::papers::{Room, write};
use super::session::{NUMBER, at};
use super::texts::{both, text, whole};
use crate::db::Tx;
use crate::kernel::ids::SubmissionId;
use crate::kernel::lang::Lang;
use crate::kernel::reference::Kind;
use crate::programmes::model::capacity::{Capacities, Capacity, halves};
use crate::programmes::operations::capacity::set_capacities;
use crate::questionnaires::Questionnaire;
use crate::refusals::OperationError;
use crate::reviews::assignments;
use crate::reviews::operations::recuse;
use crate::submissions::clarifications::{self, model::Reach};
use crate::submissions::operations::{Asked, Filter, Typed, Words};
use crate::submissions::{self, Event, State, edits, filters, pending};

/// The currency of the demonstration.
pub const CURRENCY: &str = "USD";
/// What the secretariat can carry in each half-year.
const EACH_HALF: Capacity = Capacity { staff_weeks: Some(8), missions: Some(3), money: Some(30_000) };
/// How many reviewers each action gets.
const EACH: usize = 2;

/// Fills the desk.
pub fn fill(tx: &mut Tx<'_>, room: &Room<'_>) -> Result<(), OperationError> {
    propose_edits(tx, room)?;
    prepare_outcome(tx, room)?;
    ask(tx, room)?;
    let filter = Filter { kind: Some(Kind::Action), state: Some(State::UnderReview), ..Filter::default() };
    let name = text(Lang::En, "demonstration-filter");
    filters::operations::keep(tx, &room.secretariat(), NUMBER, (&name, &filter, true), at(9, 30, 8))
}

/// The secretariat proposes other words for a title; the delegation has not answered.
fn propose_edits(tx: &mut Tx<'_>, room: &Room<'_>) -> Result<(), OperationError> {
    let (head, secretariat) = (room.people.actor("kgz-head"), room.secretariat());
    let answers = whole(Questionnaire::default_of(Kind::Practice), "demonstration-title-edited");
    let reference = write(tx, (&head, "KGZ"), room, Kind::Practice, &answers, at(9, 28, 8))?;
    let asked = |actor| Asked { actor, reference: &reference, seen: None, now: at(9, 29, 8) };
    submissions::operations::act(tx, Event::Clear, &asked(&head), &Words::default())?;
    let taken_up = submissions::operations::act(tx, Event::TakeUp, &asked(&secretariat), &Words::default())?;
    let title = both("demonstration-title-edited-after");
    let answers = submissions::store::answers_at(tx, &taken_up.id, taken_up.revision)?
        .with("title", Lang::En, title.en)
        .with("title", Lang::Ru, title.ru);
    let fields = answers.iter().map(|(key, text)| (key.to_string(), text.to_owned())).collect();
    let typed = Typed { revision: taken_up.revision, fields, ..Typed::default() };
    let note = text(Lang::Ru, "demonstration-note-edited");
    edits::operations::writing::save(tx, &secretariat, &reference, &typed, (&note, 0, true), at(9, 30, 8)).map(drop)
}

/// An outcome is prepared and not applied yet.
fn prepare_outcome(tx: &mut Tx<'_>, room: &Room<'_>) -> Result<(), OperationError> {
    let secretariat = room.secretariat();
    let under_review = submissions::store::of_session(tx, &room.session.id, Some(Kind::Action), &[State::UnderReview])?;
    let Some(action) = under_review.first() else { return Err(OperationError::NotFound) };
    let seen = Some(action.revision);
    let asked = Asked { actor: &secretariat, reference: &action.reference, seen, now: at(9, 30, 9) };
    let words = Words::note(&text(Lang::En, "demonstration-note-pending"));
    pending::operations::prepare(tx, &asked, Event::Accept, &words)
}

/// A delegation asks another about its action, before all delegations.
fn ask(tx: &mut Tx<'_>, room: &Room<'_>) -> Result<(), OperationError> {
    let head = room.people.actor("kaz-head");
    let azerbaijan = room.people.delegation("AZE");
    let actions = submissions::store::of_session(tx, &room.session.id, Some(Kind::Action), &[State::Submitted])?;
    let made_up = actions.iter().rev().find(|action| action.delegation == *azerbaijan);
    let reference = &made_up.ok_or(OperationError::NotFound)?.reference;
    let asked = Asked { actor: &head, reference, seen: None, now: at(10, 1, 8) };
    clarifications::operations::ask(tx, &asked, Reach::Delegations, &text(Lang::En, "demonstration-question"))
}

/// Each action is given to so many reviewers by their load, after one of them has stated a recusal.
pub fn assign(tx: &mut Tx<'_>, room: &Room<'_>) -> Result<(), OperationError> {
    let secretariat = room.secretariat();
    let now = at(10, 6, 8);
    let actions = submissions::store::of_session(tx, &room.session.id, Some(Kind::Action), &[State::Accepted])?;
    let reviewer = room.people.clone().reviewing(room.session).actor("reviewer-3");
    // The action is one that this reviewer leaves for the reader to try.
    if let Some(action) = actions.get(3) {
        recuse(tx, &reviewer, &action.reference, &text(Lang::En, "demonstration-recusal"), now)?;
    }
    let table = assignments::operations::table(tx, &secretariat, NUMBER, Some(EACH), now)?;
    let seen = table.seen();
    let proposed = table.proposal.map(|proposal| proposal.assignments).unwrap_or_default();
    let reference = |id: SubmissionId| {
        let action = table.overview.actions.iter().find(|action| action.id == id);
        action.map(|action| action.reference.clone())
    };
    let wanted: BTreeSet<_> =
        proposed.into_iter().filter_map(|(id, account)| Some((reference(id)?, account))).collect();
    assignments::operations::set(tx, &secretariat, NUMBER, (&wanted, &seen), now)
}

/// Sets what the secretariat can carry in each half-year of a session's programme.
pub fn capacities(tx: &mut Tx<'_>, room: &Room<'_>, now: NaiveDateTime) -> Result<(), OperationError> {
    let by_half = halves(room.session.programme_years).into_iter().map(|half| (half, EACH_HALF)).collect();
    let wanted = Capacities { by_half, currency: CURRENCY.to_owned() };
    let seen = Capacities::default().print();
    set_capacities(tx, &room.secretariat(), room.session.number, (&wanted, &seen), now)
}
