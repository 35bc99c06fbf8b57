//! The roll call as the secretary leads it: who is called now, one button an answer, the roll so far.

use askama::Template;

use super::parts::{RollRow, roll};
use super::{address, frame, place};
use crate::decisions::forms::PASS;
use crate::decisions::model::next_called;
use crate::decisions::operations::viewing::Look;
use crate::decisions::workflow::State;
use crate::programmes::VoteAnswer;
use crate::web::{Answer, Frame, PageResult, Reader};

/// The page.
#[derive(Template)]
#[template(path = "decisions/roll.html")]
struct RollPage {
    frame: Frame,
    edition: i32,
    action: String,
    close: Option<String>,
    called: Option<Called>,
    rows: Vec<RollRow>,
    answers: Vec<(String, String)>,
    seed: String,
    back: String,
}

/// The delegation that is called now.
struct Called {
    code: String,
    name: String,
    is_second: bool,
    answers: Vec<(String, String)>,
}

/// Shows the roll call.
pub fn show(reader: &Reader, look: &Look) -> PageResult {
    let texts = reader.texts();
    let at = place(&look.session, &look.decision);
    let answers: Vec<(String, String)> =
        VoteAnswer::ALL.iter().map(|answer| (answer.code().to_owned(), texts.code("decision-vote", answer))).collect();
    let is_open = look.decision.state == State::Voting;
    let called = next_called(&look.votes).filter(|_| is_open).and_then(|vote| {
        let delegation = look.delegations.get(&vote.delegation)?;
        let pass = (!vote.has_passed).then(|| (PASS.to_owned(), texts.text("decision-vote-pass")));
        Some(Called {
            code: delegation.code.clone(),
            name: delegation.formal_name.get(reader.lang).clone(),
            is_second: vote.has_passed,
            answers: answers.iter().cloned().chain(pass).collect(),
        })
    });
    Answer::page(&RollPage {
        frame: frame(reader, look, texts.text("decision-roll"))
            .crumb(look.decision.title.get(reader.lang).clone(), address(at, "")),
        edition: look.decision.edition,
        action: address(at, "/roll"),
        close: (is_open && called.is_none()).then(|| address(at, "/acts/close-vote")),
        called,
        rows: roll(texts, look),
        answers: if is_open { answers } else { Vec::new() },
        seed: look.decision.seed.clone(),
        back: address(at, ""),
    })
}
