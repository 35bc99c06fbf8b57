//! Decisions: where each stands, its texts, how far it is supported, and what belongs to it, as far as the caller may see it.

mod parts;

use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use self::parts::{
    DecisionActView, DecisionPartView, DecisionPositionView, ObjectionView, RollPlaceView, VoteResultView, acts,
    positions, register, roll, separate,
};
use super::{Both, utc};
use crate::decisions::model::{Decision, Grade, Rung, Text};
use crate::decisions::operations::viewing::Look;
use crate::decisions::pages::wording;
use crate::decisions::workflow::State;
use crate::kernel::ids::DelegationId;
use crate::kernel::lang::Lang;
use crate::programmes;

/// A decision, as lists show it.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = DecisionRow)]
pub struct DecisionView {
    /// Number of its session.
    session: i32,
    /// Its number within the session, from 1.
    number: i32,
    /// What it is called.
    title: Both,
    /// Where it stands.
    state: State,
    /// Revision of the text that is before the group.
    revision: i32,
    /// When the silence procedure began that runs, or was the last to run.
    silence_from: Option<DateTime<Utc>>,
    /// When it is over: an objection at this very moment comes too late.
    silence_until: Option<DateTime<Utc>>,
    /// On which rung the group was done with it.
    rung: Option<Rung>,
    /// When the group was done with it.
    decided_at: Option<DateTime<Utc>>,
    /// Whether it is made up for a demonstration.
    is_made_up: bool,
}

impl DecisionView {
    /// Shows a decision of a session.
    pub fn new(session: i32, decision: &Decision) -> Self {
        Self {
            session,
            number: decision.number,
            title: (&decision.title).into(),
            state: decision.state,
            revision: decision.revision,
            silence_from: decision.silence.map(|silence| utc(silence.from)),
            silence_until: decision.silence.map(|silence| utc(silence.until)),
            rung: decision.decided.map(|(rung, _)| rung),
            decided_at: decision.decided.map(|(_, at)| utc(at)),
            is_made_up: decision.is_made_up,
        }
    }
}

/// A decision with everything that belongs to it.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Decision)]
pub struct WholeView {
    /// The decision.
    #[serde(flatten)]
    decision: DecisionView,
    /// What it is about, when that is more than its text.
    subject: Option<SubjectView>,
    /// The sentence of the report that records it, once the group was done with it.
    record: Option<Both>,
    /// What is before the group.
    text: Both,
    /// Earlier texts, the newest first; none for those who may not see the register.
    earlier: Vec<EarlierView>,
    /// The sense check, while it is open and for those who may see what came of it.
    sense: Option<SenseView>,
    /// The register of objections; nothing for those who may not see it.
    objections: Option<Vec<ObjectionView>>,
    /// Code of the delegation that asked for a vote, if one did.
    asked_by: Option<String>,
    /// The seed of the order of the roll; empty before a vote was asked for.
    seed: String,
    /// The roll in the order of the call.
    roll: Vec<RollPlaceView>,
    /// What the roll came to, once the vote is closed.
    result: Option<VoteResultView>,
    /// Parts of the text that are voted separately.
    parts: Vec<DecisionPartView>,
    /// Explanations of position.
    positions: Vec<DecisionPositionView>,
    /// What happened, the newest first; none for those who may not see the register.
    acts: Vec<DecisionActView>,
    /// Codes of delegations that have nobody who could speak for them, for who leads the decision.
    vacant: Vec<String>,
}

/// What a decision is about.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = DecisionSubject)]
pub struct SubjectView {
    /// Reference of the programme or action.
    #[schema(example = "WP-2020")]
    reference: String,
    /// Address of its page.
    page: String,
    /// Where the programme stands, if it is one.
    programme_state: Option<programmes::State>,
}

/// A text that was before the group.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = DecisionText)]
pub struct EarlierView {
    /// Its number, from 1.
    revision: i32,
    /// What it says.
    text: Both,
}

/// How far delegations support the text: sealed while the check is open.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = SenseCheck)]
pub struct SenseView {
    /// Whether it is open: then only the number of answers and the own one are shown.
    is_open: bool,
    /// How many delegations have answered.
    answered: usize,
    /// What one's own delegation has answered.
    own: Option<Grade>,
    /// Answers from full support down; none while the check is open.
    grades: Vec<GradeView>,
    /// Codes of the delegations that gave no answer; none while the check is open.
    unanswered: Vec<String>,
}

/// A grade with the delegations that gave it.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = SenseGrade)]
pub struct GradeView {
    /// The grade.
    grade: Grade,
    /// How many delegations gave it.
    number: usize,
    /// Who gave it.
    given: Vec<SupportView>,
}

/// What a delegation answered.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = SenseAnswer)]
pub struct SupportView {
    /// Code of the delegation.
    delegation: String,
    /// What it adds; may be empty.
    note: String,
}

/// Returns the code of a delegation.
fn code(look: &Look, id: &DelegationId) -> String {
    look.delegations.get(id).map_or_else(String::new, |one| one.code.clone())
}

/// What the caller may see of a decision beside its text.
#[derive(Debug, Clone, Copy)]
pub struct Sees {
    /// The register of objections.
    pub register: bool,
    /// How far each delegation supports it.
    pub support: bool,
}

impl WholeView {
    /// Shows a decision as far as it may be seen.
    pub fn new(look: &Look, sees: Sees) -> Self {
        let decision = &look.decision;
        let record = |lang| wording::record(look, lang);
        let earlier = |text: &Text| EarlierView { revision: text.revision, text: (&text.text).into() };
        Self {
            decision: DecisionView::new(look.session.number, decision),
            subject: look.about.as_ref().map(|about| SubjectView {
                reference: about.reference.clone(),
                page: about.href.clone(),
                programme_state: about.programme,
            }),
            record: record(Lang::En).zip(record(Lang::Ru)).map(|(en, ru)| Both { en, ru }),
            text: look.text().map_or_else(Both::empty, |text| (&text.text).into()),
            earlier: look.texts.iter().filter(|text| text.revision != decision.revision).map(earlier).collect(),
            sense: sense(look, sees),
            objections: (sees.register && look.has_register()).then(|| register(look)),
            asked_by: decision.asked_by.as_ref().map(|id| code(look, id)),
            seed: decision.seed.clone(),
            roll: roll(look),
            result: look.result().as_ref().map(VoteResultView::from),
            parts: separate(look),
            positions: positions(look),
            acts: acts(look),
            vacant: look.vacant.iter().map(|one| one.code.clone()).collect(),
        }
    }
}

/// Shows the sense check as the page does: sealed with a number of answers, or with all of them.
fn sense(look: &Look, sees: Sees) -> Option<SenseView> {
    let is_open = look.decision.state == State::Sensing;
    let is_shown = is_open || (sees.support && look.answered > 0);
    if !is_shown {
        return None;
    }
    let own = look.support.iter().find(|each| Some(&each.delegation) == look.own.as_ref());
    let grade = |grade: &Grade| {
        let found = look.support.iter().filter(|each| each.grade == *grade);
        let given: Vec<SupportView> = found
            .map(|each| SupportView { delegation: code(look, &each.delegation), note: each.note.clone() })
            .collect();
        GradeView { grade: *grade, number: given.len(), given }
    };
    let has_answered = |id: &DelegationId| look.support.iter().any(|each| each.delegation == *id);
    let unanswered = look.delegations.values().filter(|one| !is_open && one.votes && !has_answered(&one.id));
    Some(SenseView {
        is_open,
        answered: look.answered,
        own: own.map(|own| own.grade),
        grades: if is_open { Vec::new() } else { Grade::ALL.iter().map(grade).collect() },
        unanswered: unanswered.map(|one| one.code.clone()).collect(),
    })
}
