//! The page of one action: its reports, what countries say to them, and its history from proposal to end.

use askama::Template;

use super::{address, day, frame, half_year, name, side, title};
use crate::policy::{Action, Target};
use crate::progress::model::{Answer as Said, Confirmation, NOTE_CHARS_MAX, Report};
use crate::progress::operations::Course;
use crate::progress::operations::confirming::own;
use crate::progress::operations::viewing::{Entry, Happened, Look};
use crate::progress::workflow::State;
use crate::web::again::Again;
use crate::web::{Fields, FormView, Frame, PageResult, Reader};

/// An entry of the history.
struct EntryView {
    when: String,
    what: String,
    href: Option<String>,
}

/// What a country says.
struct SaidView {
    name: String,
    answer: &'static str,
    words: String,
    note: String,
}

/// A report.
struct ReportView {
    name: String,
    state: &'static str,
    state_words: String,
    on: String,
    is_last: bool,
    text: (String, &'static str),
    outputs: Vec<(String, String, &'static str, String)>,
    indicators: Vec<(String, String, String, String)>,
    said: Vec<SaidView>,
}

/// What the reader is asked to say to the newest report.
struct Asked {
    words: String,
    edition: i32,
}

/// The page.
#[derive(Template)]
#[template(path = "progress/action.html")]
struct ActionPage {
    frame: Frame,
    form: FormView,
    notice: Option<String>,
    title: (String, &'static str),
    is_made_up: bool,
    light: Option<(&'static str, String)>,
    facts: Vec<(String, String)>,
    submission: Option<String>,
    write: Option<String>,
    asked: Option<Asked>,
    take_back: Option<i32>,
    practice: bool,
    reports: Vec<ReportView>,
    history: Vec<EntryView>,
    address: String,
    note_max: usize,
}

/// Shows the page, fresh or again with what was typed.
pub fn show(reader: &Reader, look: &Look, typed: Option<(Fields, Again)>) -> PageResult {
    let texts = reader.texts();
    let reference = &look.submission.reference;
    let (typed, again) = typed.unzip();
    let again = again.as_ref();
    let today = reader.now().date();
    let follows = reader.may(Action::FollowProgress, &Target::of_session(look.session.id.clone()));
    let course = look.course.as_ref();
    let light = course.filter(|_| follows).map(|course| course.light(today));
    let newest = course.and_then(Course::newest);
    let page = ActionPage {
        frame: frame(reader, &look.session, texts.one("progress-of", "reference", reference)),
        form: FormView::again(texts, typed.unwrap_or_default(), &Again::errors(again)),
        notice: Again::notice(again, texts, "progress-stale"),
        title: title(&look.columns.title, reference, reader.lang),
        is_made_up: look.session.is_demonstration,
        light: light.map(|light| (light.code(), texts.code("progress-light", light))),
        facts: facts(reader, look),
        submission: look.sees_submission.then(|| format!("/submissions/{reference}")),
        write: course.filter(|course| may_write(reader, course)).map(|_| address(reference, "/report")),
        asked: course.zip(newest).and_then(|(course, report)| asked(reader, look, course, report)),
        take_back: course
            .zip(newest)
            .filter(|(course, report)| {
                report.state == State::Given && reader.may(Action::TakeReportBack, &course.target_of(report))
            })
            .map(|(_, report)| report.edition),
        practice: course.zip(newest).is_some_and(|(course, report)| {
            let may = reader.may(Action::MakePractice, &course.target_of(report));
            may && course.is_finished() && look.practices.is_empty()
        }),
        reports: course.map_or_else(Vec::new, |course| {
            course.reports.iter().map(|report| shown(reader, look, course, report)).collect()
        }),
        history: look.history.iter().map(|entry| history(reader, entry)).collect(),
        address: address(reference, ""),
        note_max: NOTE_CHARS_MAX,
    };
    Again::answer(again, &page)
}

/// Returns whether the reader can write a report now: go on with the draft, or begin the next.
fn may_write(reader: &Reader, course: &Course) -> bool {
    let is_waiting = course.newest().is_some_and(|report| report.state == State::Given);
    let is_to_come = course.is_in_force() && !course.is_finished() && !is_waiting;
    (course.draft().is_some() || is_to_come) && reader.may(Action::WriteReport, &course.target(State::Draft))
}

fn facts(reader: &Reader, look: &Look) -> Vec<(String, String)> {
    let texts = reader.texts();
    let lead = look.delegations.get(&look.submission.delegation);
    let mut facts =
        vec![(texts.text("progress-lead"), lead.map_or_else(String::new, |one| one.name.get(reader.lang).clone()))];
    if let Some(course) = &look.course {
        let values = [("reference", course.programme.reference.clone()), ("day", texts.day(course.adopted_on()))];
        facts.push((texts.text("progress-programme"), texts.with("progress-programme-since", &values)));
        let named: Vec<String> = course.named.iter().map(|one| one.name.get(reader.lang).clone()).collect();
        if !named.is_empty() {
            facts.push((texts.text("progress-countries"), named.join(", ")));
        }
    }
    facts
}

/// Returns what the reader's delegation is asked, while it has not confirmed.
fn asked(reader: &Reader, look: &Look, course: &Course, report: &Report) -> Option<Asked> {
    let said = own(report, &reader.actor).filter(|said| said.answer != Said::Confirmed)?;
    if !reader.may(Action::ConfirmReport, &course.target_of(report)) {
        return None;
    }
    let country = look.delegations.get(&said.delegation)?.name.get(reader.lang).clone();
    let values = [("country", country), ("report", name(reader.texts(), report))];
    Some(Asked { words: reader.texts().with("progress-asked", &values), edition: report.edition })
}

fn shown(reader: &Reader, look: &Look, course: &Course, report: &Report) -> ReportView {
    let texts = reader.texts();
    let today = reader.now().date();
    let outputs = course.plan.outputs.iter().zip(&report.outputs).map(|(output, state)| {
        let is_late = *state != crate::progress::OutputState::Done && output.is_overdue(today);
        let late = if is_late { texts.text("progress-output-late") } else { String::new() };
        let words = [texts.code("progress-output", state), late].into_iter().filter(|text| !text.is_empty());
        let words = words.collect::<Vec<_>>().join(", ");
        (side(&output.name, reader.lang).0, half_year(texts, &output.due), state.code(), words)
    });
    let indicators = course.plan.indicators.iter().zip(&report.values).map(|(indicator, value)| {
        let of = |text| side(text, reader.lang).0;
        (of(&indicator.name), of(&indicator.baseline), of(&indicator.target), of(value))
    });
    // Why: comments are for the group until everybody agrees; then there are none left to read.
    let follows = reader.may(Action::FollowProgress, &Target::of_session(look.session.id.clone()));
    let said = |one: &Confirmation| SaidView {
        name: look.delegations.get(&one.delegation).map_or_else(String::new, |each| each.name.get(reader.lang).clone()),
        answer: one.answer.code(),
        words: match one.answered_at {
            Some(at) => format!("{}, {}", texts.code("progress-answer", one.answer), day(reader, at)),
            None => texts.code("progress-answer", one.answer),
        },
        note: if follows { one.note.clone() } else { String::new() },
    };
    let mut said: Vec<SaidView> = report.confirmations.iter().map(said).collect();
    said.sort_by(|a, b| crate::i18n::order::compare(reader.lang, &a.name, &b.name));
    ReportView {
        name: name(texts, report),
        state: report.state.code(),
        state_words: texts.code("progress-state", report.state),
        on: day(reader, report.given_at.unwrap_or(report.updated_at)),
        is_last: report.is_last,
        text: side(&report.text, reader.lang),
        outputs: outputs.collect(),
        indicators: indicators.collect(),
        said,
    }
}

fn history(reader: &Reader, (session, at, what): &Entry) -> EntryView {
    let texts = reader.texts();
    let in_session = |page: String| Some(format!("/sessions/{session}/{page}"));
    let (what, href) = match what {
        Happened::Proposed => (texts.text("progress-history-proposed"), None),
        Happened::Accepted => (texts.text("progress-history-accepted"), None),
        Happened::Ranked(rank, of) => {
            (texts.with("progress-history-ranked", &[("rank", rank), ("of", of)]), in_session("ranking".to_owned()))
        }
        Happened::Voted(number, place, of) => {
            let values = [("number", number.to_string()), ("place", place.to_string()), ("of", of.to_string())];
            (texts.with("progress-history-voted", &values), in_session(format!("ballots/{number}/result")))
        }
        Happened::InProgramme(reference, revision, place) => {
            let values = [("reference", reference.clone()), ("place", place.to_string())];
            (texts.with("progress-history-in", &values), in_session(format!("programme/{revision}")))
        }
        Happened::LeftOut(reference, revision) => {
            (texts.one("progress-history-out", "reference", reference), in_session(format!("programme/{revision}")))
        }
        Happened::Decided(number, rung) => {
            let values = [("number", number.to_string()), ("rung", texts.code("decision-rung", rung))];
            (texts.with("progress-history-decided", &values), in_session(format!("decisions/{number}")))
        }
        Happened::Reported(number) => (texts.one("progress-history-reported", "number", number), None),
        Happened::Confirmed(number) => (texts.one("progress-history-confirmed", "number", number), None),
        Happened::Finished => (texts.text("progress-history-finished"), None),
        Happened::BecamePractice(reference) => {
            let href = Some(format!("/submissions/{reference}"));
            (texts.one("progress-history-practice", "reference", reference), href)
        }
    };
    let session = texts.one("progress-history-session", "number", session);
    EntryView { when: at.map_or(session, |at| day(reader, at)), what, href }
}
