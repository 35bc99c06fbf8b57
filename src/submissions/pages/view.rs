//! The page of a submission: its answers, where it stands, what can be done next, what was done.

use askama::Template;

use super::shown::{SectionView, not_yet, sections};
use super::{address, frame_of, moment};
use crate::accounts::{Account, Office};
use crate::kernel::fields::FieldErrors;
use crate::kernel::reference::Kind;
use crate::policy::{Action, Target};
use crate::submissions::attachments::{self, pages::FileView};
use crate::submissions::clarifications::{self, pages::ClarificationsView};
use crate::submissions::clearance::{self, pages::ClearanceView};
use crate::submissions::co_sponsors::{self, pages::CoSponsorsView};
use crate::submissions::consents::{self, pages::ConsentsView};
use crate::submissions::copies::{self, pages::CopiesView};
use crate::submissions::edits::{self, pages::EditsView};
use crate::submissions::languages::{self, Parity, model::Count};
use crate::submissions::links::{self, pages::LinksView};
use crate::submissions::merging::{self, pages::MergesView};
use crate::submissions::model::Submission;
use crate::submissions::operations::{Dossier, History, Opened, Said, is_own, rules};
use crate::submissions::pending;
use crate::submissions::workflow::{self, Event, State};
use crate::web::errors::refusal;
use crate::web::forms::FormView;
use crate::web::{Answer, Fields, Frame, PageResult, Reader};

/// What to show again after an act that was not done.
#[derive(Debug, Default)]
pub struct Again {
    /// What was typed.
    pub fields: Fields,
    /// Messages about it.
    pub errors: FieldErrors,
    /// Why the act was not done.
    pub reason: Option<String>,
}

/// An act that the reader can do now.
struct ActView {
    event: &'static str,
    label: String,
    help: String,
    is_primary: bool,
    is_screening: bool,
    note: Option<String>,
}

/// A line of the timeline (`parts/shown.html`).
pub(super) struct LineView {
    pub at: String,
    pub on: String,
    pub what: String,
    pub who: String,
    pub note: String,
}

#[derive(Template)]
#[template(path = "submissions/view.html")]
struct ViewPage {
    frame: Frame,
    form: FormView,
    here: String,
    reference: String,
    title_note: String,
    state: &'static str,
    revision: i32,
    reason: Option<String>,
    facts: Vec<(String, String)>,
    source: Vec<(String, String)>,
    source_url: String,
    sections: Vec<SectionView>,
    files: Vec<FileView>,
    files_link: bool,
    languages: String,
    translate: bool,
    is_action: bool,
    consents: ConsentsView,
    co_sponsors: CoSponsorsView,
    clearance: ClearanceView,
    clarifications: ClarificationsView,
    links: LinksView,
    acts: Vec<ActView>,
    waits: Option<String>,
    edit: Option<bool>,
    closed: Option<String>,
    entered: Option<String>,
    screen_link: bool,
    is_screening: bool,
    timeline: Vec<LineView>,
    has_history: bool,
    queue: Option<QueueView>,
    merges: MergesView,
    copies: CopiesView,
    edits: EditsView,
    pending: Option<String>,
    pending_choices: Vec<(String, String)>,
}

/// The queue in which the submission is being screened.
struct QueueView {
    session: i32,
    left: String,
    later: String,
}

/// Shows a submission; `is_screening` with a box for comments at each question.
pub fn view(reader: &Reader, opened: &Opened, is_screening: bool, again: Option<&Again>) -> PageResult {
    let page = page_of(reader, opened, is_screening, again);
    match again {
        Some(again) if again.reason.is_some() => Answer::conflict(&page),
        Some(again) => Answer::again(&page, !again.errors.is_empty()),
        None => Answer::page(&page),
    }
}

fn page_of(reader: &Reader, opened: &Opened, is_screening: bool, again: Option<&Again>) -> ViewPage {
    let (texts, dossier) = (reader.texts(), &opened.dossier);
    let submission = &dossier.submission;
    let columns = crate::submissions::Columns::of(&opened.answers);
    let shown = Submission { columns, ..submission.clone() };
    let (title, title_lang) = shown.title(reader.lang).unwrap_or((&submission.reference, reader.lang));
    let frame = frame_of(reader, dossier, title);
    let (typed, errors, reason) = if let Some(again) = again {
        (again.fields.clone(), again.errors.clone(), again.reason.clone())
    } else {
        let pending = opened.pending.as_ref().filter(|_| is_screening);
        (pending.map(pending::pages::fields_of).unwrap_or_default(), FieldErrors::none(), None)
    };
    let acts = acts(reader, dossier);
    let can_screen = acts.iter().any(|act| act.is_screening);
    let edit = edit(reader, dossier).then(|| !acts.iter().any(|act| act.is_primary));
    let mut sections = sections(texts, &dossier.questionnaire, &opened.answers, opened.history.is_some());
    place_comments(&mut sections, opened);
    for answer in sections.iter_mut().flat_map(|section| section.answers.iter_mut()) {
        answer.parity = languages::pages::worst(&opened.texts, &answer.code).map_or("", Parity::code);
    }
    ViewPage {
        frame: if is_screening { frame.form("main") } else { frame },
        form: FormView::again(texts, typed, &errors),
        here: address(&submission.reference),
        reference: submission.reference.clone(),
        title_note: if title_lang == reader.lang { String::new() } else { not_yet(texts, reader.lang) },
        state: submission.state.code(),
        revision: opened.revision,
        reason,
        facts: facts(reader, opened),
        source: source(reader, dossier),
        source_url: dossier.source.as_ref().map(|source| source.url.clone()).unwrap_or_default(),
        sections,
        files: attachments::pages::files(reader, submission, &opened.attachments),
        files_link: reader.may(Action::ViewAttachments, &dossier.target()),
        languages: languages::pages::count(texts, Count::of(&opened.texts)),
        translate: reader.may(Action::TranslateSubmission, &dossier.target()) && !opened.is_voted_on,
        is_action: submission.kind == Kind::Action,
        consents: consents::pages::shown(reader, opened),
        co_sponsors: co_sponsors::pages::shown(reader, opened),
        clearance: clearance::pages::shown(reader, opened),
        clarifications: clarifications::pages::shown(reader, opened),
        links: links::pages::shown(
            reader,
            &dossier.submission,
            &opened.links,
            &opened.delegations,
            dossier.calendar.session.number,
        ),
        acts: acts.into_iter().filter(|act| is_screening == act.is_screening).collect(),
        edit: edit.filter(|_| !is_screening),
        waits: waits(reader, dossier),
        closed: closed(reader, dossier),
        entered: entered(reader, dossier),
        screen_link: can_screen && !is_screening,
        is_screening,
        timeline: opened.history.as_ref().map(|history| timeline(reader, opened, history)).unwrap_or_default(),
        has_history: opened.history.is_some(),
        queue: queue(reader, opened),
        merges: merging::pages::merges(reader, opened),
        copies: copies::pages::shown(reader, &opened.copies),
        edits: edits::pages::told(reader, opened),
        pending: opened.pending.as_ref().filter(|_| is_screening).map(|one| {
            let values =
                [("act", texts.code("submission-act", one.event)), ("at", moment(texts, one.changed_at, reader))];
            texts.with("pending-held", &values)
        }),
        pending_choices: pending::pages::choices(texts),
    }
}

/// Says how many are left in the queue, to somebody who came by it and while the text is still in it.
fn queue(reader: &Reader, opened: &Opened) -> Option<QueueView> {
    let submission = &opened.dossier.submission;
    let is_waiting = matches!(submission.state, State::Submitted | State::UnderReview | State::Late);
    let queue = opened.queue.as_ref().filter(|_| is_waiting)?;
    Some(QueueView {
        session: queue.session,
        left: reader.texts().one("queue-left", "number", queue.left),
        later: format!("/sessions/{}/submissions/next?after={}", queue.session, submission.reference),
    })
}

/// Puts the comments of the secretariat at their questions while the text is being mended or screened.
fn place_comments(sections: &mut [SectionView], opened: &Opened) {
    let is_decided = matches!(opened.dossier.submission.state, State::Accepted | State::Merged);
    let Some(history) = opened.history.as_ref().filter(|_| !is_decided) else { return };
    for answer in sections.iter_mut().flat_map(|section| section.answers.iter_mut()) {
        let own = history.comments.iter().filter(|comment| comment.question == answer.code);
        answer.comments = own.map(|comment| comment.text.clone()).collect();
    }
}

fn facts(reader: &Reader, opened: &Opened) -> Vec<(String, String)> {
    let (texts, submission) = (reader.texts(), &opened.dossier.submission);
    let language = texts.code("submission-language", submission.original);
    let mut facts = vec![
        (texts.text("submission-reference"), submission.reference.clone()),
        (texts.text("submission-kind"), texts.code("kind", submission.kind)),
        (texts.text("submission-delegation"), opened.delegation.name.get(reader.lang).clone()),
        (texts.text("submission-original"), language),
    ];
    if let Some(accepted_at) = submission.accepted_at {
        facts.push((texts.text("submission-accepted-on"), texts.day(accepted_at.date())));
    }
    facts
}

fn source(reader: &Reader, dossier: &Dossier) -> Vec<(String, String)> {
    let Some(source) = &dossier.source else { return Vec::new() };
    let texts = reader.texts();
    // The sources grade in one word, sometimes with a reason in brackets.
    let (grade, rest) = source.confidence.split_once(' ').unwrap_or((&source.confidence, ""));
    let key = format!("submission-confidence-{grade}");
    let grade = if texts.has(&key) { texts.text(&key) } else { grade.to_owned() };
    let confidence = format!("{grade} {rest}").trim().to_owned();
    let mut facts = vec![
        (texts.text("submission-source"), source.title.clone()),
        (texts.text("submission-source-date"), source.date.clone()),
        (texts.text("submission-source-period"), source.period.clone()),
        (texts.text("submission-source-confidence"), confidence),
    ];
    if let Some(at) = source.taken_over_at {
        facts.push((texts.text("submission-taken-over-on"), texts.day(at.date())));
    }
    facts.retain(|(_, value)| !value.is_empty());
    facts
}

fn edit(reader: &Reader, dossier: &Dossier) -> bool {
    reader.may(Action::EditSubmission, &dossier.target()) && dossier.expect_writing(reader.now()).is_ok()
}

/// Says that the window is closed, to those who could write in it, and whether the text can still be handed in as late.
fn closed(reader: &Reader, dossier: &Dossier) -> Option<String> {
    let can_write = reader.may(Action::EditSubmission, &dossier.target());
    if dossier.is_late(reader.now()) {
        return can_write.then(|| reader.texts().text("submission-late-now"));
    }
    let step = dossier.writing_step(reader.now());
    let message = dossier.calendar.expect_open(step, reader.now()).err().filter(|_| can_write)?;
    Some(refusal(reader.texts(), &message))
}

/// Says, while its delegation is asked to confirm a text, from which file the secretariat has entered it, and when.
fn entered(reader: &Reader, dossier: &Dossier) -> Option<String> {
    let (texts, act) = (reader.texts(), dossier.asked_to_confirm()?);
    let on = texts.day(act.at.and_utc().with_timezone(&reader.zone).date_naive());
    Some(texts.with("submission-entered", &[("file", act.note.clone()), ("on", on)]))
}

/// What those are told who wrote a text that only the head can move on.
fn waits(reader: &Reader, dossier: &Dossier) -> Option<String> {
    let submission = &dossier.submission;
    let is_theirs = submission.state == State::AwaitingClearance && is_own(&reader.actor, submission);
    let is_for_head = is_theirs && !reader.may(Action::ClearSubmission, &dossier.target());
    is_for_head.then(|| reader.texts().text("submission-waits-for-head"))
}

/// Returns whether an act fits where a submission stands, and its reader may do it.
pub(super) fn is_open_to(reader: &Reader, submission: &Submission, target: &Target, event: Event) -> bool {
    let may = rules(event).actions.iter().any(|action| reader.may(*action, target));
    may && workflow::next(submission.state, event).is_ok()
}

fn acts(reader: &Reader, dossier: &Dossier) -> Vec<ActView> {
    let (texts, submission) = (reader.texts(), &dossier.submission);
    let target = clearance::operations::target_for(dossier, &reader.actor, reader.now());
    let can_clear = reader.may(Action::ClearSubmission, &target);
    let is_late = dossier.is_late(reader.now());
    let is_offered = |event: Event| {
        let rules = rules(event);
        let is_of_use = match event {
            // Why: whoever can clear asks only where the delegation has steps.
            Event::RequestClearance => !can_clear || dossier.has_steps,
            // Why: the secretariat does not return to itself what it wrote for the group.
            Event::Return => !is_own(&reader.actor, submission),
            _ => true,
        };
        is_of_use
            && is_open_to(reader, submission, &target, event)
            && rules.expect(dossier, &reader.actor, reader.now()).is_ok()
    };
    let offered = Event::ALL.iter().copied().filter(|event| is_offered(*event));
    let primary = match submission.state {
        State::AwaitingClearance if target.is_turn => Some(Event::PassOn),
        State::AwaitingClearance if is_late => Some(Event::HandInLate),
        State::AwaitingClearance => Some(Event::Clear),
        State::Late => Some(Event::Admit),
        State::Submitted => Some(Event::TakeUp),
        State::UnderReview => Some(Event::Return),
        _ => None,
    };
    offered
        .map(|event| ActView {
            event: event.code(),
            label: texts.code("submission-act", event),
            help: texts.code("submission-act-help", event),
            is_primary: primary == Some(event),
            is_screening: rules(event).said.has_comments(),
            note: note_label(event, dossier).map(|key| texts.text(key)),
        })
        .collect()
}

/// Returns the key of the words beside the note that an act takes, if it takes one; on the page of screening one note serves
/// every act.
fn note_label(event: Event, dossier: &Dossier) -> Option<&'static str> {
    match rules(event).said {
        Said::NoteInSteps if dossier.chain.is_some() => Some("clearance-comment"),
        Said::Note | Said::NoteInSteps => Some("submission-note"),
        Said::Nothing | Said::Comments | Said::SomeComment | Said::Reason => None,
    }
}

/// Words who did something: the name, with the office or the delegation.
pub(in crate::submissions) fn who(reader: &Reader, opened: &Opened, account: Option<&Account>) -> String {
    let Some(account) = account else { return String::new() };
    let place = match account.office {
        Office::None => opened.delegation.name.get(reader.lang).clone(),
        office => office.capacity().map(|capacity| reader.texts().code("capacity", capacity)).unwrap_or_default(),
    };
    format!("{} ({place})", account.name)
}

fn timeline(reader: &Reader, opened: &Opened, history: &History) -> Vec<LineView> {
    let texts = reader.texts();
    let line = |at: chrono::NaiveDateTime, what: String, account, note: String| LineView {
        at: at.and_utc().to_rfc3339(),
        on: moment(texts, at, reader),
        what,
        who: who(reader, opened, history.people.get(account)),
        note,
    };
    let began = history.revisions.iter().find(|revision| revision.number == 1);
    let began = began.map(|first| line(first.at, texts.text("event-create"), &first.account, String::new()));
    let acts =
        history.acts.iter().map(|act| line(act.at, texts.code("event", act.event), &act.account, act.note.clone()));
    began.into_iter().chain(acts).collect()
}
