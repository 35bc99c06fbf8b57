//! The page of the form.

use askama::Template;
use rocket::http::Status;
use rocket::response::content::RawJson;
use serde_json::json;

use super::fields::{Builder, FieldView};
use super::view::is_open_to;
use super::wording::{Pointer, gaps, summary};
use super::{address, count, frame_of};
use crate::kernel::fields::FieldErrors;
use crate::kernel::lang::Lang;
use crate::questionnaires::Answers;
use crate::submissions::copies;
use crate::submissions::forms::{ORIGINAL, fields_of};
use crate::submissions::operations::{Dossier, Draft};
use crate::submissions::presences;
use crate::submissions::similar::{self, pages::SimilarView};
use crate::submissions::workflow::{Event, State};
use crate::web::forms::FormView;
use crate::web::{Answer, Fields, Frame, PageResult, Reader};

/// What the form shows.
pub struct FormState {
    /// The submission with what the form needs; its answers are those shown, for counting and for what is missing.
    pub draft: Draft,
    /// The revision that the answers were loaded from.
    pub revision: i32,
    /// What was typed; nothing when the stored answers are shown.
    pub typed: Option<Fields>,
    /// Messages at the fields.
    pub errors: FieldErrors,
    /// Why something was not done.
    pub reason: Option<String>,
}

/// A section of the form.
struct SectionView {
    anchor: String,
    title: String,
    intro: String,
    missing: usize,
    questions: Vec<FieldView>,
}

/// A count of characters in one language.
struct CountView {
    text: String,
    is_over: bool,
}

#[derive(Template)]
#[template(path = "submissions/form.html")]
struct FormPage {
    frame: Frame,
    form: FormView,
    action: String,
    back: String,
    reference: String,
    state: &'static str,
    revision: i32,
    reason: Option<String>,
    summary: Vec<Pointer>,
    gaps: Vec<Pointer>,
    gaps_title: String,
    counts: Vec<CountView>,
    originals: Vec<(String, String)>,
    sections: Vec<SectionView>,
    similar: Vec<SimilarView>,
    similar_at: String,
    suggested: Vec<(String, String)>,
    last_saved: String,
    presences: Vec<String>,
    notice: Option<String>,
    copied: Vec<String>,
    then: Option<(&'static str, String)>,
}

/// Shows the form of a submission: 422 with messages, 409 with a reason, 200 otherwise.
pub fn form(reader: &Reader, state: &FormState) -> PageResult {
    let page = page_of(reader, state);
    match state.reason {
        Some(_) => Answer::conflict(&page),
        None => Answer::again(&page, !state.errors.is_empty()),
    }
}

/// Answers the script that saves in passing: the revision to go on from, or why nothing is saved.
pub fn autosaved(reader: &Reader, saved: Result<i32, String>) -> (Status, RawJson<String>) {
    match saved {
        Ok(revision) => {
            let words = reader.texts().one("submission-saved", "at", reader.texts().moment(reader.now(), reader.zone));
            (Status::Ok, RawJson(json!({ "revision": revision, "words": words }).to_string()))
        }
        Err(words) => (Status::Conflict, RawJson(json!({ "words": words }).to_string())),
    }
}

fn page_of(reader: &Reader, state: &FormState) -> FormPage {
    let (texts, draft) = (reader.texts(), &state.draft);
    let dossier = &draft.dossier;
    let submission = &dossier.submission;
    let reference = submission.reference.clone();
    let fields = state.typed.clone().unwrap_or_else(|| fields_of(&dossier.questionnaire, &draft.answers));
    let original = match fields.value(ORIGINAL) {
        "" => submission.original.code().to_owned(),
        typed => typed.to_owned(),
    };
    let form = FormView::again(texts, fields.set(ORIGINAL, original), &state.errors);
    let missing = dossier.check(&draft.answers);
    let gaps = gaps(texts, &dossier.questionnaire, &missing);
    let is_on_its_way = submission.state == State::AwaitingClearance;
    let title = match submission.title(reader.lang) {
        Some((title, _)) => title.to_owned(),
        None => texts.code("submission-untitled", submission.kind),
    };
    FormPage {
        frame: frame_of(reader, dossier, title).crumb(reference.clone(), address(&reference)).form("main"),
        action: format!("{}/edit", address(&reference)),
        back: address(&reference),
        state: submission.state.code(),
        revision: state.revision,
        reason: state.reason.clone(),
        summary: summary(texts, &dossier.questionnaire, &state.errors),
        gaps_title: texts.one("submission-gaps", "count", gaps.len()),
        gaps,
        counts: counts(reader, dossier, &draft.answers),
        originals: Lang::ALL
            .iter()
            .map(|lang| (lang.code().to_owned(), texts.code("submission-language", lang)))
            .collect(),
        sections: sections(reader, state, &form, &missing),
        similar: similar::pages::rows(reader, &draft.similar),
        similar_at: format!("/sessions/{}/similar?of={reference}", dossier.calendar.session.number),
        suggested: draft
            .suggested
            .iter()
            .map(|one| (one.reference.clone(), one.title_or_reference(reader.lang).to_owned()))
            .collect(),
        last_saved: draft.last_saved.as_ref().map_or_else(String::new, |(who, at)| {
            let values = [("who", who.clone()), ("at", texts.moment(*at, reader.zone))];
            texts.with("submission-last-saved", &values)
        }),
        presences: presences::pages::rows(reader, &dossier.questionnaire, &draft.others),
        notice: dossier.chain.as_ref().filter(|_| is_on_its_way).map(|_| texts.text("clearance-edit")),
        copied: draft.origin.as_ref().map(|origin| copies::pages::words(texts, origin)).unwrap_or_default(),
        then: next_step(reader, dossier),
        reference,
        form,
    }
}

fn sections(reader: &Reader, state: &FormState, form: &FormView, missing: &FieldErrors) -> Vec<SectionView> {
    let builder =
        Builder { texts: reader.texts(), form, comments: &state.draft.comments, is_fresh: state.typed.is_none() };
    let is_missing =
        |code: &str| missing.iter().filter(|(name, _)| name.split(['.', '|']).next() == Some(code)).count();
    let sections = &state.draft.dossier.questionnaire.sections;
    sections
        .iter()
        .map(|section| SectionView {
            anchor: format!("s-{}", section.code),
            title: section.title.get(reader.lang).clone(),
            intro: section.intro.as_ref().map(|intro| intro.get(reader.lang).clone()).unwrap_or_default(),
            missing: section.questions.iter().map(|question| is_missing(&question.code)).sum(),
            questions: section.questions.iter().map(|question| builder.question(question)).collect(),
        })
        .collect()
}

/// Characters below which the answers in one language should stay (DESIGN §6).
const fn chars_advised(kind: crate::kernel::reference::Kind) -> usize {
    match kind {
        crate::kernel::reference::Kind::Practice => 10_000,
        crate::kernel::reference::Kind::Action => 6_000,
    }
}

fn counts(reader: &Reader, dossier: &Dossier, answers: &Answers) -> Vec<CountView> {
    let texts = reader.texts();
    let advised = chars_advised(dossier.submission.kind);
    Lang::ALL
        .iter()
        .map(|lang| {
            let chars = answers.chars(*lang);
            let values = [("chars", texts.number(count(chars))), ("advised", texts.number(count(advised)))];
            CountView { text: texts.with(&format!("submission-chars-{lang}"), &values), is_over: chars > advised }
        })
        .collect()
}

/// Returns the act that the second button adds to a save: heads clear, delegates ask for it. Where a delegation has set
/// steps, heads ask for it as well, and a text that changes on its way takes its steps again.
fn next_step(reader: &Reader, dossier: &Dossier) -> Option<(&'static str, String)> {
    let target = dossier.target();
    let can = |event: Event| is_open_to(reader, &dossier.submission, &target, event);
    let takes_steps =
        dossier.has_steps || (dossier.chain.is_some() && dossier.submission.state == State::AwaitingClearance);
    let clear = if dossier.is_late(reader.now()) { Event::HandInLate } else { Event::Clear };
    let event = if !takes_steps && can(clear) {
        clear
    } else if can(Event::RequestClearance) {
        Event::RequestClearance
    } else if can(Event::HandIn) {
        Event::HandIn
    } else {
        return None;
    };
    Some((event.code(), reader.texts().code("submission-save-and", event)))
}
