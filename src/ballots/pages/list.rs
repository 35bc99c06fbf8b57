//! The ballots of a session.

use askama::Template;

use super::{address, list_address, moment, place, session_frame};
use crate::ballots::State;
use crate::ballots::model::Ballot;
use crate::ballots::operations::target;
use crate::policy::{Action, Target};
use crate::sessions::Session;
use crate::web::{Answer, Frame, PageResult, Reader};

/// One ballot.
struct Row {
    number: i32,
    title: String,
    href: String,
    state: &'static str,
    state_words: String,
    closes: String,
    method: String,
    result: Option<String>,
}

/// The list.
#[derive(Template)]
#[template(path = "ballots/list.html")]
struct ListPage {
    frame: Frame,
    rows: Vec<Row>,
    new: Option<String>,
    /// Where the files of the certified ballots are, when there are any.
    exports: Option<String>,
}

/// Shows the ballots of a session that the reader may know of.
pub fn list(reader: &Reader, session: &Session, ballots: &[Ballot]) -> PageResult {
    let texts = reader.texts();
    let to_be = Target { ballot: Some(State::Prepared), ..Target::of_session(session.id.clone()) };
    let rows = ballots.iter().map(|ballot| {
        let href = address(place(session, ballot));
        let sees_result = reader.may(Action::ViewResult, &target(ballot));
        Row {
            number: ballot.number,
            title: ballot.title.get(reader.lang).clone(),
            state: ballot.state.code(),
            state_words: texts.code("ballot-state", ballot.state),
            closes: moment(reader, session, ballot.closes_at),
            method: texts.code("method", ballot.rules.method),
            result: sees_result.then(|| format!("{href}/result")),
            href,
        }
    });
    Answer::page(&ListPage {
        frame: session_frame(reader, session, texts.text("ballot-list")),
        rows: rows.collect(),
        exports: ballots
            .iter()
            .any(|ballot| ballot.state == State::Certified)
            .then(|| format!("/sessions/{}/exports", session.number)),
        new: reader.may(Action::PrepareBallot, &to_be).then(|| format!("{}/new", list_address(session.number))),
    })
}
