//! Parts of the page of a decision: the register, grades of support, the roll, explanations, what happened.

use super::{moment, name};
use crate::decisions::model::{Act, Amendment, AmendmentState, Grade, Objection, ObjectionState, Vote, next_called};
use crate::decisions::operations::own_target;
use crate::decisions::operations::viewing::Look;
use crate::decisions::workflow::State;
use crate::i18n::Texts;
use crate::kernel::clock::written;
use crate::kernel::lang::Lang;
use crate::policy::Action;
use crate::programmes::VoteAnswer;
use crate::web::Reader;

/// A place in the roll.
pub struct RollRow {
    /// Code of the delegation.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Class of the answer.
    pub class: &'static str,
    /// The answer, worded.
    pub answer: String,
    /// Whether it is called now.
    pub is_called: bool,
    /// Whether it has answered.
    pub has_answered: bool,
}

/// Returns the roll in the order of the call.
pub fn roll(texts: Texts, look: &Look) -> Vec<RollRow> {
    let is_open = look.decision.state == State::Voting;
    let called = next_called(&look.votes).filter(|_| is_open).map(|vote| vote.delegation.clone());
    let row = |vote: &Vote| RollRow {
        code: look.delegations.get(&vote.delegation).map_or_else(String::new, |each| each.code.clone()),
        name: name(look, &vote.delegation, texts.lang()),
        class: match vote.answer {
            None => "",
            Some(VoteAnswer::NotVoting) => "absent",
            Some(answer) => answer.code(),
        },
        answer: match vote.answer {
            Some(answer) => texts.code("decision-vote", answer),
            None if vote.has_passed => texts.text("decision-vote-passed"),
            None => texts.text("decision-vote-waiting"),
        },
        is_called: called.as_ref() == Some(&vote.delegation),
        has_answered: vote.answer.is_some(),
    };
    look.votes.iter().map(row).collect()
}

/// A grade with the delegations that gave it.
pub struct GradeRow {
    /// The grade, worded.
    pub grade: String,
    /// How many gave it.
    pub number: usize,
    /// Each with what it adds.
    pub delegations: Vec<(String, String)>,
}

/// Returns the grades of support from full support down, and last who gave none.
pub fn grades(texts: Texts, look: &Look) -> Vec<GradeRow> {
    let lang = texts.lang();
    let given = |grade: &Grade| {
        let found = look.support.iter().filter(|each| each.grade == *grade);
        found.map(|each| (name(look, &each.delegation, lang), each.note.clone())).collect::<Vec<_>>()
    };
    let mut rows: Vec<GradeRow> = Grade::ALL
        .iter()
        .map(|grade| {
            let delegations = given(grade);
            GradeRow { grade: texts.code("decision-grade", grade), number: delegations.len(), delegations }
        })
        .collect();
    let silent: Vec<(String, String)> = look
        .delegations
        .values()
        .filter(|each| each.votes && !look.support.iter().any(|given| given.delegation == each.id))
        .map(|each| (each.name.get(lang).clone(), String::new()))
        .collect();
    rows.push(GradeRow { grade: texts.text("decision-grade-none"), number: silent.len(), delegations: silent });
    rows
}

/// An objection with the amendments that answer it.
pub struct ObjectionView {
    /// Id, for the addresses of its acts.
    pub id: String,
    /// Who objects, when, to which revision.
    pub who: String,
    /// When and to which revision.
    pub when: String,
    /// To which passage.
    pub passage: String,
    /// Why.
    pub reason: String,
    /// Code of the state.
    pub state: &'static str,
    /// The state, worded.
    pub state_words: String,
    /// Whether it broke a silence procedure.
    pub broke_silence: bool,
    /// Whether the reader may settle it.
    pub settles: bool,
    /// Whether the reader may propose an amendment.
    pub amends: bool,
    /// Amendments.
    pub amendments: Vec<AmendmentView>,
}

/// An amendment.
pub struct AmendmentView {
    /// Id, for the addresses of its acts.
    pub id: String,
    /// Who proposes it.
    pub who: String,
    /// When.
    pub when: String,
    /// In English.
    pub en: String,
    /// In Russian.
    pub ru: String,
    /// The state, worded.
    pub state_words: String,
    /// Whether it can be taken in now.
    pub waits: bool,
}

/// Returns the register of objections.
pub fn register(reader: &Reader, look: &Look) -> Vec<ObjectionView> {
    let texts = reader.texts();
    let proposes = look.decision.state == State::Discussing
        && (leads(reader, look)
            || look.own.as_ref().is_some_and(|own| may_own(reader, look, own, Action::ProposeAmendment)));
    let view = |each: &Objection| {
        let is_open = each.state == ObjectionState::Open;
        ObjectionView {
            id: each.id.to_string(),
            who: name(look, &each.delegation, reader.lang),
            when: texts.with(
                "decision-objection-when",
                &[("at", moment(reader, &look.session, each.raised_at)), ("revision", each.revision.to_string())],
            ),
            passage: each.passage.clone(),
            reason: each.reason.clone(),
            state: each.state.code(),
            state_words: texts.code("decision-objection", each.state),
            broke_silence: each.broke_silence,
            settles: is_open && may_own(reader, look, &each.delegation, Action::SettleObjection),
            amends: is_open && proposes,
            amendments: look
                .amendments
                .iter()
                .filter(|amendment| amendment.objection == each.id)
                .map(|amendment| amendment_view(reader, look, amendment))
                .collect(),
        }
    };
    look.objections.iter().map(view).collect()
}

fn leads(reader: &Reader, look: &Look) -> bool {
    reader.may(Action::ManageDecision, &crate::decisions::operations::target(&look.decision))
}

fn may_own(reader: &Reader, look: &Look, own: &crate::kernel::ids::DelegationId, action: Action) -> bool {
    reader.may(action, &own_target(&look.decision, own))
}

fn amendment_view(reader: &Reader, look: &Look, each: &Amendment) -> AmendmentView {
    let texts = reader.texts();
    AmendmentView {
        id: each.id.to_string(),
        who: match &each.delegation {
            Some(delegation) => name(look, delegation, reader.lang),
            None => texts.text("capacity-secretariat"),
        },
        when: moment(reader, &look.session, each.proposed_at),
        en: each.text.en.clone(),
        ru: each.text.ru.clone(),
        state_words: texts.code("decision-amendment", each.state),
        waits: each.state == AmendmentState::Proposed
            && look.decision.state == State::Discussing
            && leads(reader, look),
    }
}

/// An explanation of position.
pub struct PositionView {
    /// Whose.
    pub who: String,
    /// Each language in which it was given.
    pub texts: Vec<(&'static str, String)>,
}

/// Returns the explanations of position.
pub fn positions(look: &Look, lang: Lang) -> Vec<PositionView> {
    let view = |each: &crate::decisions::model::Position| PositionView {
        who: name(look, &each.delegation, lang),
        texts: [lang, lang.other()]
            .into_iter()
            .map(|side| (side.code(), each.text.get(side).clone()))
            .filter(|(_, text)| !text.is_empty())
            .collect(),
    };
    look.positions.iter().map(view).collect()
}

/// Something that happened, for the macro `timeline`.
pub struct ActView {
    /// Machine time.
    pub at: String,
    /// Worded time.
    pub on: String,
    /// What.
    pub what: String,
    /// Who.
    pub who: String,
    /// The reason given.
    pub note: String,
}

/// Returns what happened, the newest first.
pub fn acts(reader: &Reader, look: &Look) -> Vec<ActView> {
    let texts = reader.texts();
    let view = |act: &Act| ActView {
        at: written(act.at),
        on: moment(reader, &look.session, act.at),
        what: match act.until {
            Some(until) => {
                let until = moment(reader, &look.session, until);
                format!("{}: {until}", texts.code("decision-event", act.event))
            }
            None => texts.code("decision-event", act.event),
        },
        who: match (&act.delegation, &act.account) {
            (Some(delegation), _) => name(look, delegation, reader.lang),
            (None, Some(_)) => texts.text("capacity-secretariat"),
            (None, None) => texts.text("decision-by-itself"),
        },
        note: act.note.clone(),
    };
    look.acts.iter().rev().map(view).collect()
}
