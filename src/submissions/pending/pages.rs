//! What is prepared in a session: what would be done, how often, to which submissions, and what is in the way of the others.

use askama::Template;

use super::model::{EVENTS, Outcome};
use super::operations::{EVENT, Pending, Prepared};
use crate::i18n::Texts;
use crate::submissions::forms::COMMENT;
use crate::submissions::pages::{address, frame_in, moment};
use crate::web::errors::refusal;
use crate::web::{Answer, Fields, Frame, PageResult, Reader};

/// Field of the submissions shown, each as `reference@edition`.
pub const SHOWN: &str = "shown";

/// Field of the submission for which what is prepared is forgotten.
pub const REFERENCE: &str = "reference";

/// Something that is prepared.
struct RowView {
    reference: String,
    href: String,
    title: String,
    lang: &'static str,
    delegation: String,
    event: String,
    note: String,
    comments: String,
    changed: String,
    value: String,
    why: String,
}

#[derive(Template)]
#[template(path = "submissions/pending.html")]
struct PendingPage {
    frame: Frame,
    action: String,
    notice: Option<String>,
    counts: Vec<String>,
    button: String,
    ready: Vec<RowView>,
    obstacles: Vec<RowView>,
    export: String,
}

/// Shows what is prepared in a session.
pub fn pending(reader: &Reader, pending: &Pending, notice: Option<String>) -> PageResult {
    let texts = reader.texts();
    let session = &pending.calendar.session;
    let (ready, obstacles): (Vec<&Prepared>, Vec<&Prepared>) =
        pending.all.iter().partition(|one| one.obstacle.is_none());
    let number = |event| ready.iter().filter(|one| one.outcome.event == event).count();
    let counts = EVENTS.iter().map(|event| (*event, number(*event))).filter(|(_, number)| *number > 0);
    let is_conflict = notice.is_some();
    let page = PendingPage {
        frame: frame_in(reader, session, texts.text("pending-title"))
            .crumb(texts.text("desk-title"), format!("/sessions/{}/desk", session.number))
            .form("main"),
        action: format!("/sessions/{}/pending", session.number),
        notice,
        counts: counts.map(|(event, number)| texts.one(&format!("pending-count-{event}"), "number", number)).collect(),
        button: texts.one("pending-do", "number", ready.len()),
        ready: ready.iter().map(|one| row(reader, pending, one)).collect(),
        obstacles: obstacles.iter().map(|one| row(reader, pending, one)).collect(),
        export: format!("/sessions/{}/exports/pending.csv", session.number),
    };
    if is_conflict { Answer::conflict(&page) } else { Answer::page(&page) }
}

fn row(reader: &Reader, pending: &Pending, one: &Prepared) -> RowView {
    let (texts, submission, outcome) = (reader.texts(), &one.submission, &one.outcome);
    // Why: the title may have changed at home since; the reference has not.
    let is_ready = one.obstacle.is_none();
    let (title, lang) = submission.title(reader.lang).filter(|_| is_ready).unwrap_or(("", reader.lang));
    let delegation = pending.delegations.iter().find(|delegation| delegation.id == submission.delegation);
    let comments = outcome.comments.len();
    RowView {
        reference: submission.reference.clone(),
        href: if is_ready {
            format!("{}/screen", address(&submission.reference))
        } else {
            address(&submission.reference)
        },
        title: title.to_owned(),
        lang: lang.code(),
        delegation: delegation.map(|one| one.name.get(reader.lang).clone()).unwrap_or_default(),
        event: texts.code("submission-act", outcome.event),
        note: outcome.note.clone(),
        comments: if comments > 0 { texts.one("pending-comments", "number", comments) } else { String::new() },
        changed: moment(texts, outcome.changed_at, reader),
        value: format!("{}@{}", submission.reference, outcome.edition),
        why: one.obstacle.as_ref().map(|why| refusal(texts, why)).unwrap_or_default(),
    }
}

/// Returns what is prepared as the fields of the form of screening.
pub fn fields_of(outcome: &Outcome) -> Fields {
    let fields = Fields::none().set(EVENT, outcome.event.code()).set("note", outcome.note.clone());
    outcome
        .comments
        .iter()
        .fold(fields, |fields, (question, text)| fields.set(&format!("{COMMENT}{question}"), text.clone()))
}

/// Returns what can be prepared, worded.
pub fn choices(texts: Texts) -> Vec<(String, String)> {
    EVENTS.iter().map(|event| (event.code().to_owned(), texts.code("submission-act", event))).collect()
}
