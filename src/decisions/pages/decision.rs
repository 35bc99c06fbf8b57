//! The page of a decision: the record, the text in both languages, the rungs climbed, what the reader may do now.

use askama::Template;

use super::parts::{ActView, GradeRow, ObjectionView, PositionView, RollRow, acts, grades, positions, register, roll};
use super::separate::{PartView, parts};
use super::{address, frame, moment, name, place, wording};
use crate::decisions::model::Text;
use crate::decisions::model::equality::unequal;
use crate::decisions::operations::acts::Act;
use crate::decisions::operations::viewing::Look;
use crate::decisions::operations::{own_target, target};
use crate::decisions::workflow::State;
use crate::i18n::Texts;
use crate::policy::Action;
use crate::programmes;
use crate::tally::turnout::QuorumCheck;
use crate::web::errors::refusal;
use crate::web::{Answer, Frame, PageResult, Reader};

/// The page.
#[derive(Template)]
#[template(path = "decisions/decision.html")]
struct DecisionPage {
    frame: Frame,
    is_made_up: bool,
    state: &'static str,
    state_words: String,
    lead: String,
    record: Option<String>,
    facts: Vec<(String, String)>,
    about: Option<(String, String, String)>,
    address: String,
    edition: i32,
    primary: Option<(String, String)>,
    others: Vec<(String, String)>,
    unequal: Option<String>,
    text: (String, String),
    earlier: Vec<(i32, String, String)>,
    sense: Option<Sense>,
    register: Option<Vec<ObjectionView>>,
    roll: Vec<RollRow>,
    counts: Vec<(String, usize)>,
    rolled: Vec<String>,
    positions: Vec<PositionView>,
    parts: Vec<PartView>,
    acts: Vec<ActView>,
    vacant: Vec<String>,
}

/// The sense check: sealed with a number of answers, or open with all of them.
struct Sense {
    number: String,
    own: Option<String>,
    rows: Vec<GradeRow>,
}

/// Shows a decision.
pub fn show(reader: &Reader, look: &Look) -> PageResult {
    let texts = reader.texts();
    let decision = &look.decision;
    let side = |text: &Text| (text.text.en.clone(), text.text.ru.clone());
    let (primary, others) = offers(reader, look);
    let sees_objections = reader.may(Action::ViewObjections, &target(decision));
    let leads = reader.may(Action::ManageDecision, &target(decision));
    Answer::page(&DecisionPage {
        frame: frame(reader, look, decision.title.get(reader.lang).clone()),
        is_made_up: decision.is_made_up,
        state: decision.state.code(),
        state_words: texts.code("decision-state", decision.state),
        lead: texts.text(&format!("decision-state-{}-explained", decision.state)),
        record: wording::record(look, reader.lang),
        facts: facts(reader, look),
        about: look.about.as_ref().map(|about| {
            let is_adopted_with_it = about.programme.is_some_and(programmes::State::is_pending);
            let key = if is_adopted_with_it { "decision-adopts" } else { "decision-about" };
            (texts.text(key), about.reference.clone(), about.href.clone())
        }),
        address: address(place(&look.session, decision), ""),
        edition: decision.edition,
        primary,
        others,
        unequal: look.text().filter(|_| leads).and_then(|text| gap(texts, text)),
        text: look.text().map(side).unwrap_or_default(),
        earlier: look
            .texts
            .iter()
            .filter(|text| text.revision != decision.revision)
            .map(|text| (text.revision, text.text.en.clone(), text.text.ru.clone()))
            .collect(),
        sense: sense(reader, look),
        register: (sees_objections && look.has_register()).then(|| register(reader, look)),
        roll: roll(texts, look),
        counts: counts(texts, look),
        rolled: rolled(texts, look),
        positions: positions(look, reader.lang),
        parts: parts(texts, look),
        acts: acts(reader, look),
        vacant: look.vacant.iter().map(|each| each.name.get(reader.lang).clone()).collect(),
    })
}

/// Words what keeps the text from going before the group, for who leads it.
fn gap(texts: Texts, text: &Text) -> Option<String> {
    match unequal(&text.text) {
        Some(message) => Some(refusal(texts, &message)),
        None if text.is_checked => None,
        None => Some(texts.text("refusal-decision-unchecked")),
    }
}

fn facts(reader: &Reader, look: &Look) -> Vec<(String, String)> {
    let texts = reader.texts();
    let decision = &look.decision;
    let mut facts = vec![
        (texts.text("decision-number"), decision.number.to_string()),
        (texts.text("decision-revision"), decision.revision.to_string()),
    ];
    if let Some(silence) = decision.silence {
        facts.push((texts.text("decision-silence-from"), moment(reader, &look.session, silence.from)));
        facts.push((texts.text("decision-silence-ends"), moment(reader, &look.session, silence.until)));
    }
    if let Some(asker) = &decision.asked_by {
        facts.push((texts.text("decision-asked-by"), name(look, asker, reader.lang)));
    }
    if let Some((rung, at)) = decision.decided {
        facts.push((texts.text("decision-rung"), texts.code("decision-rung", rung)));
        facts.push((texts.text("decision-decided-at"), moment(reader, &look.session, at)));
    }
    facts
}

/// An act as label and address.
type Offer = (String, String);

/// Returns the acts that the reader may do now: the one that matters most, and the others.
fn offers(reader: &Reader, look: &Look) -> (Option<Offer>, Vec<Offer>) {
    let texts = reader.texts();
    let decision = &look.decision;
    let at = place(&look.session, decision);
    let is_checked = look.text().is_some_and(|text| text.is_checked);
    let may = |act: &Act| {
        let own = look.own.as_ref().is_some_and(|own| reader.may(act.action(), &own_target(decision, own)));
        let is_needed = *act != Act::CheckText || !is_checked;
        act.is_offered(decision.state) && is_needed && (own || reader.may(act.action(), &target(decision)))
    };
    let mut offers: Vec<Offer> = Vec::new();
    let leads = reader.may(Action::ManageDecision, &target(decision));
    if leads && decision.state == State::Draft {
        offers.push((texts.text("decision-edit"), address(at, "/edit")));
    }
    if leads && decision.state == State::Voting {
        offers.push((texts.text("decision-roll"), address(at, "/roll")));
    }
    let asks = look.own.as_ref().is_some_and(|own| reader.may(Action::AskForPart, &own_target(decision, own)));
    if asks || reader.may(Action::AskForPart, &target(decision)) {
        offers.push((texts.text("decision-parts"), address(at, "/parts")));
    }
    let acts = Act::ALL.iter().filter(|act| may(act));
    offers.extend(acts.map(|act| (texts.code("decision-act", act), address(at, &format!("/acts/{act}")))));
    let has_primary = !offers.is_empty();
    let mut rest = offers.into_iter();
    (if has_primary { rest.next() } else { None }, rest.collect())
}

fn sense(reader: &Reader, look: &Look) -> Option<Sense> {
    let texts = reader.texts();
    let is_sealed = look.decision.state == State::Sensing;
    let sees = reader.may(Action::ViewSupport, &target(&look.decision)) && look.answered > 0;
    if !is_sealed && !sees {
        return None;
    }
    let own = look.support.iter().find(|each| Some(&each.delegation) == look.own.as_ref());
    Some(Sense {
        number: texts.one("decision-sense-answered", "count", look.answered),
        own: own.filter(|_| is_sealed).map(|own| texts.code("decision-grade", own.grade)),
        rows: if is_sealed { Vec::new() } else { grades(texts, look) },
    })
}

fn counts(texts: Texts, look: &Look) -> Vec<(String, usize)> {
    let Some(result) = look.result() else { return Vec::new() };
    vec![
        (texts.text("decision-vote-yes"), result.yes),
        (texts.text("decision-vote-no"), result.no),
        (texts.text("decision-vote-abstain"), result.abstain),
    ]
}

/// Words the lot, and once the vote is closed the base and the quorum.
fn rolled(texts: Texts, look: &Look) -> Vec<String> {
    let Some(first) = look.votes.first() else { return Vec::new() };
    let first = name(look, &first.delegation, texts.lang());
    let mut lines = vec![texts.with("decision-roll-lot", &[("first", first), ("seed", look.decision.seed.clone())])];
    if let Some(result) = look.result() {
        let QuorumCheck { present, needed, .. } = result.quorum;
        lines.push(texts.with("decision-roll-quorum", &[("present", present), ("needed", needed)]));
        if let Some((base, _)) = look.decision.rules {
            lines.push(texts.one(&format!("decision-base-{base}"), "needed", result.needed));
        }
    }
    lines
}
