//! The decisions of a session.

use askama::Template;

use super::{address, moment, place, session_frame};
use crate::decisions::model::Decision;
use crate::decisions::operations::target;
use crate::decisions::workflow::State;
use crate::policy::{Action, Target};
use crate::sessions::Session;
use crate::web::{Answer, Frame, PageResult, Reader};

/// One decision.
struct Row {
    number: i32,
    title: String,
    href: String,
    state: &'static str,
    state_words: String,
    when: String,
}

/// The list.
#[derive(Template)]
#[template(path = "decisions/list.html")]
struct ListPage {
    frame: Frame,
    rows: Vec<Row>,
    new: Option<String>,
    export: String,
    objections: Option<String>,
    sense_checks: Option<String>,
}

/// Shows the decisions of a session that the reader may know of.
pub fn show(reader: &Reader, session: &Session, found: &[Decision]) -> PageResult {
    let texts = reader.texts();
    let leads = reader.may(Action::ManageDecision, &Target::of_session(session.id.clone()));
    let rows = found.iter().map(|decision| Row {
        number: decision.number,
        title: decision.title.get(reader.lang).clone(),
        href: address(place(session, decision), ""),
        state: decision.state.code(),
        state_words: texts.code("decision-state", decision.state),
        when: when(reader, session, decision),
    });
    let sees = |action| found.iter().any(|decision| reader.may(action, &target(decision)));
    let file = |name: &str| format!("/sessions/{}/exports/{name}.csv", session.number);
    Answer::page(&ListPage {
        frame: session_frame(reader, session, texts.text("decision-list")),
        rows: rows.collect(),
        export: format!("/sessions/{}/exports/decisions.csv?lang={}", session.number, reader.lang),
        objections: sees(Action::ViewObjections).then(|| file("objections")),
        sense_checks: sees(Action::ViewSupport).then(|| file("sense-checks")),
        new: leads.then(|| format!("/sessions/{}/decisions/new", session.number)),
    })
}

/// Words until when a silence procedure runs, or when the group was done.
fn when(reader: &Reader, session: &Session, decision: &Decision) -> String {
    let texts = reader.texts();
    match (decision.state, decision.decided, decision.silence) {
        (_, Some((rung, at)), _) => {
            let at = moment(reader, session, at);
            format!("{}, {at}", texts.code("decision-rung", rung))
        }
        (State::Silence, None, Some(silence)) => {
            texts.one("decision-silence-until", "at", moment(reader, session, silence.until))
        }
        _ => "\u{2013}".to_owned(),
    }
}
