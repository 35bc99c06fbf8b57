//! How the actions of a session's programme go: how old the last word on each is, what is overdue.

use askama::Template;

use super::{address, day, frame, title};
use crate::progress::model::{Light, OutputState, due_on};
use crate::progress::operations::Course;
use crate::progress::operations::viewing::Board;
use crate::web::{Answer, Frame, PageResult, Reader};

/// One action.
struct Row {
    reference: String,
    href: String,
    title: String,
    lang: &'static str,
    delegation: String,
    light: &'static str,
    light_words: String,
    last: String,
    next: String,
    outputs: String,
    overdue: String,
}

/// The board.
#[derive(Template)]
#[template(path = "progress/board.html")]
struct BoardPage {
    frame: Frame,
    programme: String,
    counts: Vec<(String, usize)>,
    rows: Vec<Row>,
    paper: String,
    export: String,
}

/// Shows the board of a session.
pub fn show(reader: &Reader, board: &Board) -> PageResult {
    let texts = reader.texts();
    let number = board.session.number;
    let lights: Vec<Light> = board.courses.iter().map(|course| course.light(board.today)).collect();
    let count = |light: &Light| {
        let words = texts.code("progress-light", light);
        (words, lights.iter().filter(|one| *one == light).count())
    };
    Answer::page(&BoardPage {
        frame: frame(reader, &board.session, texts.text("progress-title")),
        programme: format!("/sessions/{number}/programme"),
        counts: Light::ALL.iter().map(count).collect(),
        rows: board.courses.iter().map(|course| row(reader, board, course)).collect(),
        paper: format!("/sessions/{number}/papers"),
        export: format!("/sessions/{number}/exports/progress.csv?lang={}", reader.lang),
    })
}

fn row(reader: &Reader, board: &Board, course: &Course) -> Row {
    let texts = reader.texts();
    let reference = &course.submission.reference;
    let (title, lang) = title(&course.title(), reference, reader.lang);
    let light = course.light(board.today);
    let last = course.newest().and_then(|report| Some((report, report.given_at?)));
    let states = course.newest().map_or(&[][..], |report| report.outputs.as_slice());
    let state_of = |at: usize| states.get(at).copied().unwrap_or(OutputState::NotBegun);
    let outputs = &course.plan.outputs;
    let done = (0..outputs.len()).filter(|at| state_of(*at) == OutputState::Done).count();
    let overdue = outputs.iter().enumerate();
    let overdue = overdue.filter(|(at, one)| state_of(*at) != OutputState::Done && one.is_overdue(board.today)).count();
    let is_due = course.is_in_force() && light != Light::Finished;
    Row {
        href: address(reference, ""),
        reference: reference.clone(),
        title,
        lang,
        delegation: course.delegation.name.get(reader.lang).clone(),
        light: light.code(),
        light_words: texts.code("progress-light", light),
        last: match last {
            Some((report, at)) => {
                let values = [("state", texts.code("progress-state", report.state)), ("day", day(reader, at))];
                texts.with("progress-last", &values)
            }
            None => texts.one("progress-none-since", "day", texts.day(course.adopted_on())),
        },
        next: if is_due { texts.day(due_on(course.last_word())) } else { "\u{2013}".to_owned() },
        outputs: texts.with("progress-outputs-done", &[("done", done), ("all", outputs.len())]),
        overdue: if overdue > 0 { texts.one("progress-overdue", "count", overdue) } else { String::new() },
    }
}
