//! What the pages of proposed changes show: the rounds of a submission with the form in which its delegation answers, and the
//! two copies of a round. `writing` is the form of the secretariat, `setting` the rounds of a session.

pub mod setting;
pub mod writing;

use askama::Template;

use super::forms;
use super::model::{Answer, Edit, Round, is_moved};
use super::operations::answering::{ANSWER, REASON};
use super::operations::{Rounds, Shown};
use super::workflow::State;
use crate::accounts::{Account, Office};
use crate::i18n::Texts;
use crate::kernel::fields::FieldErrors;
use crate::kernel::ids::AccountId;
use crate::policy::Action;
use crate::questionnaires::{Answers, Questionnaire};
use crate::submissions::compare::words;
use crate::submissions::operations::{Opened, is_own};
use crate::submissions::pages::history::{PieceView, lang_of, piece};
use crate::submissions::pages::wording::{place, unit_text, units};
use crate::submissions::pages::{address, frame_of, moment};
use crate::web::again::Again;
use crate::web::errors::refusal;
use crate::web::{Answer as Reply, Fields, FormView, Frame, PageResult, Reader};

/// Proposed changes, as the page of a submission tells of them (`submissions/view.html`).
#[derive(Default)]
pub struct EditsView {
    /// Says that changes wait for the delegation.
    pub waiting: Option<String>,
    /// Whether the page of the rounds is offered.
    pub link: bool,
}

/// Tells of the changes proposed to a submission.
pub fn told(reader: &Reader, opened: &Opened) -> EditsView {
    let dossier = &opened.dossier;
    let Some((is_waiting, were_any)) = opened.edits else { return EditsView::default() };
    let own = is_own(&reader.actor, &dossier.submission);
    let key = if own { "edits-waiting-own" } else { "edits-waiting" };
    EditsView {
        waiting: is_waiting.then(|| reader.texts().text(key)),
        link: were_any || (reader.may(Action::ProposeEdits, &dossier.target()) && !own),
    }
}

/// A question with both texts in one.
struct MarkedView {
    name: String,
    place: String,
    lang: &'static str,
    pieces: Vec<PieceView>,
    is_changed: bool,
}

/// Returns every question that is answered in either text, in the order of the questionnaire, with what changed marked.
fn marked(texts: Texts, questionnaire: &Questionnaire, before: &Answers, after: &Answers) -> Vec<MarkedView> {
    let view = |name: String| {
        let (old, new) =
            (unit_text(texts, questionnaire, before, &name), unit_text(texts, questionnaire, after, &name));
        (!old.is_empty() || !new.is_empty()).then(|| MarkedView {
            place: place(texts, questionnaire, &name),
            lang: lang_of(texts, &name),
            pieces: words(&old, &new).into_iter().map(piece).collect(),
            is_changed: old != new,
            name,
        })
    };
    units(questionnaire).into_iter().filter_map(view).collect()
}

/// A change that waits for an answer.
struct EditView {
    place: String,
    lang: &'static str,
    pieces: Vec<PieceView>,
    now: Option<String>,
    answer: String,
    answer_label: String,
    reason: String,
}

/// The round that waits.
struct WaitingView {
    title: String,
    by: String,
    note: String,
    edits: Vec<EditView>,
    revision: i32,
    edition: i32,
    can_prepare: bool,
    can_confirm: bool,
}

/// A round in the list.
struct RoundView {
    title: String,
    state: &'static str,
    lines: Vec<String>,
    marked: String,
    clean: String,
}

#[derive(Template)]
#[template(path = "submissions/edits.html")]
struct RoundsPage {
    frame: Frame,
    form: FormView,
    here: String,
    notice: Option<String>,
    left: String,
    is_last: bool,
    choices: Vec<(String, String)>,
    waiting: Option<WaitingView>,
    rounds: Vec<RoundView>,
    write: Option<String>,
    closed: Option<String>,
    take_back: Option<(i32, String)>,
}

/// Shows the rounds of a submission; `typed` with what was typed and why it is shown again.
pub fn rounds(reader: &Reader, rounds: &Rounds, typed: Option<(Fields, Again)>) -> PageResult {
    let (texts, dossier) = (reader.texts(), &rounds.dossier);
    let reference = &dossier.submission.reference;
    let stored = rounds.waiting.as_ref().map(|shown| forms::fields_of(&shown.edits)).unwrap_or_default();
    let (fields, again) = typed.map_or_else(|| (stored, None), |(fields, again)| (fields, Some(again)));
    let errors: FieldErrors = Again::errors(again.as_ref());
    let page = RoundsPage {
        frame: frame_of(reader, dossier, texts.text("edits-title"))
            .crumb(reference.clone(), address(reference))
            .form("main"),
        form: FormView::again(texts, fields, &errors),
        here: format!("{}/edits", address(reference)),
        notice: Again::notice(again.as_ref(), texts, "edits-stale"),
        left: texts.one("edits-left", "number", rounds.left),
        is_last: rounds.left == 0 && rounds.waiting.is_some(),
        choices: Answer::ALL.iter().map(|one| (one.code().to_owned(), texts.code("edits-say", one))).collect(),
        waiting: rounds.waiting.as_ref().map(|shown| waiting(reader, rounds, shown)),
        rounds: rounds.rounds.iter().map(|round| round_view(reader, rounds, round)).collect(),
        write: write(reader, rounds).filter(|_| rounds.closed.is_none()),
        closed: rounds.closed.as_ref().filter(|_| write(reader, rounds).is_some()).map(|why| refusal(texts, why)),
        take_back: take_back(reader, rounds),
    };
    Again::answer(again.as_ref(), &page)
}

fn waiting(reader: &Reader, rounds: &Rounds, shown: &Shown) -> WaitingView {
    let (texts, dossier) = (reader.texts(), &rounds.dossier);
    let questionnaire = &dossier.questionnaire;
    let round = &shown.round;
    let edit = |one: MarkedView| EditView {
        now: rounds
            .now
            .as_ref()
            .filter(|now| is_moved(&shown.base, now, &one.name))
            .map(|now| unit_text(texts, questionnaire, now, &one.name)),
        answer: format!("{ANSWER}{}", one.name),
        answer_label: texts.one("edits-answer", "place", &one.place),
        reason: format!("{REASON}{}", one.name),
        place: one.place,
        lang: one.lang,
        pieces: one.pieces,
    };
    let changed = marked(texts, questionnaire, &shown.base, &shown.proposed).into_iter();
    let is_open = |action| reader.may(action, &dossier.target()) && !rounds.is_voted_on;
    WaitingView {
        title: texts.one("edits-round", "number", round.number),
        by: line(reader, rounds, "edits-proposed-by", &round.account, round.proposed_at),
        note: round.note.clone(),
        edits: changed.filter(|one| shown.edits.contains_key(&one.name)).map(edit).collect(),
        revision: dossier.submission.revision,
        edition: round.edition,
        can_prepare: is_open(Action::PrepareEdits),
        can_confirm: is_open(Action::ConfirmEdits),
    }
}

/// Words who did something when.
fn line(reader: &Reader, rounds: &Rounds, key: &str, account: &AccountId, at: Option<chrono::NaiveDateTime>) -> String {
    let texts = reader.texts();
    let at = at.map(|at| moment(texts, at, reader)).unwrap_or_default();
    texts.with(key, &[("who", name(reader, rounds.people.get(account))), ("at", at)])
}

/// Words an account: its name, with the office that it acts for.
fn name(reader: &Reader, account: Option<&Account>) -> String {
    let Some(account) = account else { return String::new() };
    match account.office {
        Office::None => account.name.clone(),
        office => {
            let place = office.capacity().map(|capacity| reader.texts().code("capacity", capacity));
            format!("{} ({})", account.name, place.unwrap_or_default())
        }
    }
}

fn round_view(reader: &Reader, rounds: &Rounds, round: &Round) -> RoundView {
    let here = format!("{}/edits/{}", address(&rounds.dossier.submission.reference), round.number);
    let mut lines = Vec::new();
    if round.proposed_at.is_some() {
        lines.push(line(reader, rounds, "edits-proposed-by", &round.account, round.proposed_at));
    }
    if let Some(account) = &round.answered_by {
        lines.push(line(reader, rounds, "edits-answered-by", account, round.answered_at));
    }
    if let Some(revision) = round.revision {
        lines.push(reader.texts().one("edits-became", "number", revision));
    }
    RoundView {
        title: reader.texts().one("edits-round", "number", round.number),
        state: round.state.code(),
        lines,
        marked: format!("{here}/marked"),
        clean: format!("{here}/clean"),
    }
}

/// Words the way to the form, for the secretariat while it can write.
fn write(reader: &Reader, rounds: &Rounds) -> Option<String> {
    let dossier = &rounds.dossier;
    let may = reader.may(Action::ProposeEdits, &dossier.target()) && !is_own(&reader.actor, &dossier.submission);
    let has_draft = rounds.rounds.iter().any(|round| round.state == State::Draft);
    let key = if has_draft { "edits-go-on" } else { "edits-begin" };
    (may && rounds.waiting.is_none() && rounds.left > 0).then(|| reader.texts().text(key))
}

/// Words the way to take back what is written or proposed, with the edition of the round.
fn take_back(reader: &Reader, rounds: &Rounds) -> Option<(i32, String)> {
    let dossier = &rounds.dossier;
    let may = reader.may(Action::TakeBackEdits, &dossier.target()) && !is_own(&reader.actor, &dossier.submission);
    let open = rounds.rounds.iter().find(|round| matches!(round.state, State::Draft | State::Proposed));
    let round = open.filter(|_| may)?;
    let key = if round.state == State::Draft { "edits-throw-away" } else { "edits-take-back" };
    Some((round.edition, reader.texts().text(key)))
}

/// A question of a copy.
struct CopyView {
    place: String,
    lang: &'static str,
    pieces: Vec<PieceView>,
    answer: Option<(&'static str, String)>,
}

#[derive(Template)]
#[template(path = "submissions/edits_copy.html")]
struct CopyPage {
    frame: Frame,
    lead: String,
    note: String,
    lines: Vec<String>,
    other: (String, String),
    rows: Vec<CopyView>,
}

/// Shows a round as a copy to be read or printed: marked, with what goes and what comes, or clean.
pub fn copy(reader: &Reader, rounds: &Rounds, shown: &Shown, is_marked: bool) -> PageResult {
    let (texts, dossier) = (reader.texts(), &rounds.dossier);
    let reference = &dossier.submission.reference;
    let here = format!("{}/edits", address(reference));
    let clean = shown.clean();
    let (before, after) = if is_marked { (&shown.base, &shown.proposed) } else { (&clean, &clean) };
    let row = |one: MarkedView| CopyView {
        answer: shown.edits.get(&one.name).filter(|_| is_marked && one.is_changed).and_then(said),
        place: one.place,
        lang: one.lang,
        pieces: one.pieces,
    };
    let values = [("number", shown.round.number.to_string()), ("reference", reference.clone())];
    let (title, lead, other) = if is_marked {
        ("edits-marked-title", "edits-marked-lead", "clean")
    } else {
        ("edits-clean-title", "edits-clean-lead", "marked")
    };
    Reply::page(&CopyPage {
        frame: frame_of(reader, dossier, texts.with(title, &values))
            .crumb(reference.clone(), address(reference))
            .crumb(texts.text("edits-title"), here.clone()),
        lead: texts.one(lead, "revision", shown.round.base),
        note: shown.round.note.clone(),
        lines: round_view(reader, rounds, &shown.round).lines,
        other: (format!("{here}/{}/{other}", shown.round.number), texts.text(&format!("edits-{other}"))),
        rows: marked(texts, &dossier.questionnaire, before, after).into_iter().map(row).collect(),
    })
}

/// Returns the answer to a change with its reason.
fn said(edit: &Edit) -> Option<(&'static str, String)> {
    edit.answer.map(|answer| (answer.code(), edit.reason.clone()))
}
