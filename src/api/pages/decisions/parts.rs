//! What belongs to a decision: the register, the roll, parts voted separately, explanations, what happened.

use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use super::code;
use crate::api::pages::ballots::QuorumView;
use crate::api::pages::programmes::VoteView;
use crate::api::pages::{Both, utc};
use crate::decisions::model::separate::Part;
use crate::decisions::model::{Act, Amendment, AmendmentState, Objection, ObjectionState, Position, Vote, VoteResult};
use crate::decisions::operations::viewing::Look;
use crate::decisions::workflow::Event;
use crate::programmes::VoteAnswer;

/// An objection with the amendments that answer it.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Objection)]
pub struct ObjectionView {
    /// Its id.
    id: String,
    /// Code of the delegation that objects.
    delegation: String,
    /// To which revision of the text.
    revision: i32,
    /// To which passage; empty for the whole.
    passage: String,
    /// Why.
    reason: String,
    /// Whether it broke a silence procedure.
    broke_silence: bool,
    /// Where it stands.
    state: ObjectionState,
    /// When it was raised.
    raised_at: DateTime<Utc>,
    /// When it was settled.
    settled_at: Option<DateTime<Utc>>,
    /// Texts proposed in answer.
    amendments: Vec<AmendmentView>,
}

/// A text proposed in answer to an objection.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Amendment)]
pub struct AmendmentView {
    /// Its id.
    id: String,
    /// Code of the delegation that proposes it; nothing is the secretariat.
    delegation: Option<String>,
    /// Over which revision of the text.
    revision: i32,
    /// The whole text as amended.
    text: Both,
    /// Where it stands.
    state: AmendmentState,
    /// When it was proposed.
    proposed_at: DateTime<Utc>,
}

/// Shows the register.
pub fn register(look: &Look) -> Vec<ObjectionView> {
    let amendment = |each: &Amendment| AmendmentView {
        id: each.id.to_string(),
        delegation: each.delegation.as_ref().map(|id| code(look, id)),
        revision: each.revision,
        text: (&each.text).into(),
        state: each.state,
        proposed_at: utc(each.proposed_at),
    };
    let objection = |each: &Objection| ObjectionView {
        id: each.id.to_string(),
        delegation: code(look, &each.delegation),
        revision: each.revision,
        passage: each.passage.clone(),
        reason: each.reason.clone(),
        broke_silence: each.broke_silence,
        state: each.state,
        raised_at: utc(each.raised_at),
        settled_at: each.settled_at.map(utc),
        amendments: look.amendments.iter().filter(|one| one.objection == each.id).map(amendment).collect(),
    };
    look.objections.iter().map(objection).collect()
}

/// A place in the roll.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = RollPlace)]
pub struct RollPlaceView {
    /// Code of the delegation.
    delegation: String,
    /// Whether it passed when it was called for the first time.
    has_passed: bool,
    /// What it answered; nothing before it did.
    answer: Option<VoteAnswer>,
}

/// Shows the roll.
pub fn roll(look: &Look) -> Vec<RollPlaceView> {
    let place = |vote: &Vote| RollPlaceView {
        delegation: code(look, &vote.delegation),
        has_passed: vote.has_passed,
        answer: vote.answer,
    };
    look.votes.iter().map(place).collect()
}

/// What a roll came to.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = VoteResult)]
pub struct VoteResultView {
    /// In favour.
    yes: usize,
    /// Against.
    no: usize,
    /// Abstaining; not votes.
    abstain: usize,
    /// How many in favour carry it.
    needed: usize,
    /// Whether enough were present.
    quorum: QuorumView,
    /// Whether it is carried.
    is_carried: bool,
}

impl From<&VoteResult> for VoteResultView {
    fn from(result: &VoteResult) -> Self {
        Self {
            yes: result.yes,
            no: result.no,
            abstain: result.abstain,
            needed: result.needed,
            quorum: (&result.quorum).into(),
            is_carried: result.is_carried(),
        }
    }
}

/// A part of the text that is voted separately.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = DecisionPart)]
pub struct DecisionPartView {
    /// Its letter.
    #[schema(example = "A")]
    letter: String,
    /// Which paragraph of the text it was, from 1.
    paragraph: usize,
    /// What it says.
    text: Both,
    /// Code of the delegation that asked for a separate vote.
    asked_by: String,
    /// Whether the group kept it; nothing before it has voted.
    is_kept: Option<bool>,
    /// What delegations answered; none before the group has voted.
    votes: Vec<VoteView>,
}

/// Shows the parts that are voted separately.
pub fn separate(look: &Look) -> Vec<DecisionPartView> {
    let part = |part: &Part| DecisionPartView {
        letter: part.letter.clone(),
        paragraph: part.paragraph,
        text: (&part.text).into(),
        asked_by: code(look, &part.asked_by),
        is_kept: part.is_kept,
        votes: part.votes.iter().map(|(id, answer)| VoteView { delegation: code(look, id), answer: *answer }).collect(),
    };
    look.parts.iter().map(part).collect()
}

/// An explanation of position.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = DecisionPosition)]
pub struct DecisionPositionView {
    /// Code of the delegation.
    delegation: String,
    /// In one language or both.
    text: Both,
}

/// Shows the explanations of position.
pub fn positions(look: &Look) -> Vec<DecisionPositionView> {
    let position =
        |each: &Position| DecisionPositionView { delegation: code(look, &each.delegation), text: (&each.text).into() };
    look.positions.iter().map(position).collect()
}

/// Something that happened to a decision.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = DecisionAct)]
pub struct DecisionActView {
    /// What.
    event: Event,
    /// When.
    at: DateTime<Utc>,
    /// Over which revision of the text.
    revision: i32,
    /// Code of the delegation that acted, or that asked for it; nothing is the secretariat.
    delegation: Option<String>,
    /// Whether it came about by itself.
    is_by_itself: bool,
    /// Until when, for a silence procedure.
    until: Option<DateTime<Utc>>,
    /// The reason given; may be empty.
    note: String,
}

/// Shows what happened, the newest first.
pub fn acts(look: &Look) -> Vec<DecisionActView> {
    let act = |act: &Act| DecisionActView {
        event: act.event,
        at: utc(act.at),
        revision: act.revision,
        delegation: act.delegation.as_ref().map(|id| code(look, id)),
        is_by_itself: act.delegation.is_none() && act.account.is_none(),
        until: act.until.map(utc),
        note: act.note.clone(),
    };
    look.acts.iter().rev().map(act).collect()
}
