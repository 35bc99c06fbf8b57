//! The page of one ballot: its rules in words, its options, who votes, and what can be done.

use std::collections::BTreeSet;

use askama::Template;

use super::{OptionView, address, list_address, moment, named, place, quorum, quorum_words, session_frame};
use crate::ballots::State;
use crate::ballots::model::{Ballot, Elector, quorum_now};
use crate::ballots::operations::viewing::Shown;
use crate::ballots::operations::{paper_target, target};
use crate::i18n::{Texts, order};
use crate::meetings;
use crate::meetings::pages::letters::state_words;
use crate::policy::Action;
use crate::web::{Answer, Frame, PageResult, Reader};

/// A rule in words.
pub struct RuleView {
    label: String,
    value: String,
    explained: String,
}

impl std::fmt::Display for RuleView {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {}. {}", self.label, self.value, self.explained)
    }
}

/// A delegation of the electorate.
struct ElectorView {
    code: String,
    name: String,
    is_present: bool,
    has_confirmed: bool,
    /// Where its credentials stand, for those who run the ballot.
    credentials: String,
}

/// What the reader can do.
struct Acts {
    edit: bool,
    open: bool,
    presence: bool,
    close: bool,
    certify: bool,
    cancel: bool,
    paper: Option<String>,
    result: bool,
    position: bool,
    by_hand: bool,
}

/// The page.
#[derive(Template)]
#[template(path = "ballots/ballot.html")]
struct BallotPage {
    frame: Frame,
    address: String,
    edition: i32,
    state: &'static str,
    state_words: String,
    state_explained: String,
    is_made_up: bool,
    notice: Option<String>,
    law: String,
    facts: Vec<(String, String)>,
    rules: Vec<RuleView>,
    options: Vec<OptionView>,
    waiting: Vec<(String, String)>,
    electors: Vec<ElectorView>,
    turnout: Option<String>,
    present_as: Option<String>,
    acts: Acts,
}

/// Shows a ballot; `turnout` holds the codes of those who confirmed a paper, for readers who may know them.
pub fn ballot(reader: &Reader, shown: &Shown, turnout: Option<&BTreeSet<String>>) -> PageResult {
    let (texts, session, ballot) = (reader.texts(), &shown.session, &shown.ballot);
    let frame = session_frame(reader, session, ballot.title.get(reader.lang).clone())
        .crumb(texts.text("ballot-list"), list_address(session.number));
    let turnout_words = turnout.filter(|_| ballot.opened_at.is_some()).map(|confirmed| {
        texts.with("ballot-turnout-words", &[("confirmed", confirmed.len()), ("electorate", shown.electorate.len())])
    });
    let mut facts = facts(reader, shown);
    if turnout.is_some() && ballot.state == State::Open {
        let check = quorum_now(ballot, &shown.electorate);
        facts.push((texts.text("ballot-quorum-now"), quorum_words(texts, &check)));
    }
    Answer::page(&BallotPage {
        frame,
        address: address(place(session, ballot)),
        edition: ballot.edition,
        state: ballot.state.code(),
        state_words: texts.code("ballot-state", ballot.state),
        state_explained: explained(reader, ballot),
        is_made_up: ballot.is_made_up,
        law: law(texts, ballot),
        notice: (ballot.state == State::Open).then(|| notice(texts, ballot)),
        facts,
        rules: rules(texts, ballot),
        options: shown
            .options
            .iter()
            .map(|option| OptionView::new(reader, option).with_partners(reader, option, &shown.partners))
            .collect(),
        waiting: super::waiting(
            reader,
            shown.options.iter().filter_map(|option| {
                Some((option.reference.as_str(), shown.missing.get(&option.submission)?.as_slice()))
            }),
        ),
        electors: electors(reader, shown, turnout),
        turnout: turnout_words,
        present_as: shown
            .last_meeting
            .map(|when| texts.one("ballot-present-as", "when", meetings::pages::when_words(texts, when))),
        acts: acts(reader, ballot),
    })
}

/// Says to whom the paper belongs and until when it can be changed.
pub(in crate::ballots) fn law(texts: Texts, ballot: &Ballot) -> String {
    texts.text(if ballot.rules.is_secret() { "ballot-secret-law" } else { "ballot-paper-law" })
}

/// Says what becomes of the papers.
pub(super) fn notice(texts: Texts, ballot: &Ballot) -> String {
    texts.text(if ballot.rules.is_secret() { "ballot-secret" } else { "ballot-recorded" })
}

/// Says what the state means now: an open ballot whose time is over takes no papers.
fn explained(reader: &Reader, ballot: &Ballot) -> String {
    let texts = reader.texts();
    if ballot.state == State::Open && ballot.is_over(reader.now()) {
        return texts.text("ballot-over-explained");
    }
    match (ballot.rules.is_secret(), ballot.state) {
        (true, State::Certified) => texts.text("ballot-secret-certified"),
        (true, State::Cancelled) => texts.text("ballot-secret-cancelled"),
        _ => texts.code("ballot-explained", ballot.state),
    }
}

fn facts(reader: &Reader, shown: &Shown) -> Vec<(String, String)> {
    let (texts, session, ballot) = (reader.texts(), &shown.session, &shown.ballot);
    let asked = shown.asked_by.as_ref();
    let asked = asked
        .map_or_else(|| texts.text("ballot-asked-by-nobody"), |delegation| delegation.name.get(reader.lang).clone());
    let mut facts = vec![
        (texts.text("ballot-asked-by"), asked),
        (texts.text("ballot-closes-at"), moment(reader, session, ballot.closes_at)),
    ];
    let acts = [
        (texts.text("ballot-opened-at"), ballot.opened_at),
        (texts.text("ballot-closed-at"), ballot.closed_at),
        (texts.text("ballot-certified-at"), ballot.certified_at),
    ];
    facts.extend(acts.into_iter().filter_map(|(label, at)| at.map(|at| (label, moment(reader, session, at)))));
    if !ballot.seed.is_empty() {
        facts.push((texts.text("ballot-seed"), ballot.seed.clone()));
    }
    facts
}

/// Words the rules of a ballot.
pub fn rules(texts: Texts, ballot: &Ballot) -> Vec<RuleView> {
    let rules = &ballot.rules;
    let (method, tie_rule, base) = (rules.method, &rules.tie_rule, rules.base);
    vec![
        RuleView {
            label: texts.text("ballot-method"),
            value: texts.code("method", method),
            explained: texts.text(&format!("method-{method}-explained")),
        },
        RuleView {
            label: texts.text("ballot-levels"),
            value: texts.one("ballot-levels-words", "number", rules.levels),
            explained: texts.text("ballot-levels-explained"),
        },
        RuleView {
            label: texts.text("ballot-tie-rule"),
            value: texts.code("tie-rule", tie_rule),
            explained: texts.text(&format!("tie-rule-{tie_rule}-explained")),
        },
        RuleView {
            label: texts.text("ballot-base"),
            value: texts.code("ballot-base", base),
            explained: texts.text(&format!("ballot-base-{base}-explained")),
        },
        RuleView {
            label: texts.text("ballot-quorum"),
            value: quorum(texts, rules.quorum),
            explained: texts.text("ballot-quorum-explained"),
        },
        secrecy(texts, rules.fewest_papers),
    ]
}

fn secrecy(texts: Texts, fewest_papers: Option<u32>) -> RuleView {
    let (code, explained) = match fewest_papers {
        None => ("recorded", texts.text("ballot-recorded")),
        Some(fewest) => ("secret", texts.one("ballot-secret-explained", "fewest", fewest)),
    };
    RuleView { label: texts.text("ballot-secrecy"), value: texts.code("ballot-secrecy", code), explained }
}

fn electors(reader: &Reader, shown: &Shown, turnout: Option<&BTreeSet<String>>) -> Vec<ElectorView> {
    let standing = |elector: &Elector| {
        let words = |letter| state_words(reader.texts(), letter, &shown.session);
        let letters = shown.credentials.as_ref();
        letters.map_or_else(String::new, |letters| words(letters.get(&elector.delegation)))
    };
    let mut all: Vec<ElectorView> = shown
        .electorate
        .iter()
        .map(|elector| ElectorView {
            credentials: standing(elector),
            code: elector.code.clone(),
            name: named(elector.name.get(reader.lang), &elector.code),
            is_present: elector.is_present,
            has_confirmed: turnout.is_some_and(|confirmed| confirmed.contains(&elector.code)),
        })
        .collect();
    all.sort_by(|a, b| order::compare(reader.lang, &a.name, &b.name));
    all
}

fn acts(reader: &Reader, ballot: &Ballot) -> Acts {
    let (target, state) = (target(ballot), ballot.state);
    let runs = reader.may(Action::RunBallot, &target);
    let is_over = ballot.is_over(reader.now());
    let paper = reader.delegation().and_then(|delegation| {
        let target = paper_target(ballot, delegation);
        if reader.may(Action::PreparePaper, &target) && !is_over {
            return Some(reader.texts().text("ballot-paper-fill"));
        }
        reader.may(Action::ViewPaper, &target).then(|| reader.texts().text("ballot-paper-see"))
    });
    Acts {
        edit: reader.may(Action::PrepareBallot, &target),
        open: runs && state == State::Prepared,
        presence: runs && state == State::Open,
        close: runs && state == State::Open && is_over,
        certify: runs && state == State::Closed,
        cancel: runs && matches!(state, State::Prepared | State::Open),
        paper,
        result: reader.may(Action::ViewResult, &target),
        position: !ballot.rules.is_secret()
            && reader
                .delegation()
                .is_some_and(|delegation| reader.may(Action::ExplainVote, &paper_target(ballot, delegation))),
        by_hand: !ballot.rules.is_secret() && reader.may(Action::EnterPaper, &target),
    }
}
