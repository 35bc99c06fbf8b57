//! The page on which a head sets the steps, and the list of steps on the page of a text.

use askama::Template;
use chrono::NaiveDateTime;

use super::forms::{field, fields_of};
use super::model::{Chain, NAME_CHARS_MAX, NAME_CHARS_MAX_RUSSIAN, STEPS_MAX, Step, TAKERS};
use super::operations::Sheet;
use super::workflow::State;
use crate::kernel::fields::FieldErrors;
use crate::kernel::ids::AccountId;
use crate::kernel::lang::{Bilingual, Lang};
use crate::submissions::operations::{Opened, is_own};
use crate::submissions::workflow::{Event as Act, State as Standing};
use crate::web::forms::FormView;
use crate::web::{Answer, Fields, Frame, PageResult, Reader};

/// The page of the steps of a delegation.
#[derive(Template)]
#[template(path = "submissions/clearance_steps.html")]
struct StepsPage {
    frame: Frame,
    form: FormView,
    reason: Option<String>,
    places: Vec<PlaceView>,
    capacities: Vec<(String, String)>,
    people: Vec<(String, String)>,
    name_limits: (u32, u32),
}

/// One place for a step: the names of its fields.
struct PlaceView {
    number: usize,
    name_en: String,
    name_ru: String,
    capacity: String,
    people: String,
}

/// Shows the steps of a delegation: as stored, or again with what was typed and why it was not kept.
pub fn steps(
    reader: &Reader,
    sheet: &Sheet,
    typed: Option<(Fields, FieldErrors)>,
    reason: Option<String>,
) -> PageResult {
    let texts = reader.texts();
    let (fields, errors) = typed.unwrap_or_else(|| (fields_of(&sheet.steps), FieldErrors::none()));
    let (is_overtaken, has_errors) = (reason.is_some(), !errors.is_empty());
    let place = |number: usize| PlaceView {
        number: number + 1,
        name_en: field(number, "name_en"),
        name_ru: field(number, "name_ru"),
        capacity: field(number, "capacity"),
        people: field(number, "people"),
    };
    let page = StepsPage {
        frame: Frame::new(reader, texts.text("clearance-title"))
            .crumb(texts.text("nav-accounts"), "/accounts")
            .form("main"),
        form: FormView::again(texts, fields, &errors),
        reason,
        places: (0..STEPS_MAX).map(place).collect(),
        capacities: TAKERS
            .iter()
            .map(|capacity| (capacity.code().to_owned(), texts.code("clearance-open-to", capacity)))
            .collect(),
        people: sheet
            .people
            .iter()
            .map(|(account, capacity)| {
                (account.id.to_string(), format!("{} ({})", account.name, texts.code("capacity", capacity)))
            })
            .collect(),
        name_limits: (NAME_CHARS_MAX, NAME_CHARS_MAX_RUSSIAN),
    };
    if is_overtaken { Answer::conflict(&page) } else { Answer::again(&page, has_errors) }
}

/// A step of a text, as its delegation sees it.
pub struct StepView {
    /// Its name.
    pub name: String,
    /// `passed`, `returned`, `now`, `to-come` or `not-reached`.
    pub standing: &'static str,
    /// Who took it, or who can.
    pub who: String,
    /// When it was taken; empty before.
    pub on: String,
    /// What was said; may be empty.
    pub note: String,
}

/// The steps of a text.
#[derive(Default)]
pub struct ClearanceView {
    /// The steps, the clearance by the head last.
    pub rows: Vec<StepView>,
    /// Says that the text changed on its way, and when the steps began again; empty otherwise.
    pub again: String,
}

/// Returns the steps of a text for its own delegation; for others there are none.
pub fn shown(reader: &Reader, opened: &Opened) -> ClearanceView {
    let dossier = &opened.dossier;
    let Some(chain) = dossier.chain.as_ref().filter(|_| is_own(&reader.actor, &dossier.submission)) else {
        return ClearanceView::default();
    };
    let mut rows: Vec<StepView> = chain.steps.iter().map(|step| row(reader, opened, chain, step)).collect();
    rows.push(last(reader, opened, chain));
    let on = moment(reader, chain.began_at);
    let again = if chain.is_again { reader.texts().one("clearance-again", "at", on) } else { String::new() };
    ClearanceView { rows, again }
}

fn moment(reader: &Reader, at: NaiveDateTime) -> String {
    reader.texts().moment(at, reader.zone)
}

/// Returns a name in a language, or in the other where it has none.
fn named(name: &Bilingual<String>, lang: Lang) -> String {
    let own = name.get(lang);
    if own.is_empty() { name.get(lang.other()).clone() } else { own.clone() }
}

fn row(reader: &Reader, opened: &Opened, chain: &Chain, step: &Step) -> StepView {
    let is_next = opened.dossier.step().is_some_and(|next| next.position == step.position);
    let is_under_way = opened.dossier.submission.state == Standing::AwaitingClearance && chain.next().is_some();
    let standing = match step.state {
        State::Passed => "passed",
        State::Returned => "returned",
        State::Waiting if is_next => "now",
        State::Waiting if is_under_way => "to-come",
        State::Waiting => "not-reached",
    };
    StepView {
        name: named(&step.name, reader.lang),
        standing,
        who: step.account.as_ref().map_or_else(|| open_to(reader, step), |account| person(opened, account)),
        on: step.acted_at.map_or_else(String::new, |at| moment(reader, at)),
        note: step.note.clone(),
    }
}

fn person(opened: &Opened, account: &AccountId) -> String {
    let people = opened.history.as_ref().map(|history| &history.people);
    people.and_then(|people| people.get(account)).map(|account| account.name.clone()).unwrap_or_default()
}

/// Says who can take a step: by name, or by capacity.
fn open_to(reader: &Reader, step: &Step) -> String {
    let mut names: Vec<&str> = step.takers_on(reader.now().date()).map(|taker| taker.name.as_str()).collect();
    names.dedup();
    if names.is_empty() { reader.texts().code("clearance-open-to", step.capacity) } else { names.join(", ") }
}

/// Returns the last step, which is always the head's.
fn last(reader: &Reader, opened: &Opened, chain: &Chain) -> StepView {
    let dossier = &opened.dossier;
    let is_cleared = |act: Act| matches!(act, Act::Clear | Act::HandInLate);
    let cleared = dossier.acts.iter().rev().find(|act| is_cleared(act.event) && act.at >= chain.began_at);
    let is_waiting = dossier.submission.state == Standing::AwaitingClearance;
    let standing = match (cleared, is_waiting, dossier.step()) {
        (Some(_), false, _) => "passed",
        (_, true, None) => "now",
        (_, true, Some(_)) => "to-come",
        (None, false, _) => "not-reached",
    };
    let cleared = cleared.filter(|_| !is_waiting);
    StepView {
        name: reader.texts().text("clearance-last"),
        standing,
        who: cleared
            .map_or_else(|| reader.texts().text("clearance-open-to-alternate"), |act| person(opened, &act.account)),
        on: cleared.map_or_else(String::new, |act| moment(reader, act.at)),
        note: String::new(),
    }
}
