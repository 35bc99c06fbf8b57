//! Work programmes.

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use super::{Both, utc};
use crate::kernel::ids::DelegationId;
use crate::programmes::State;
use crate::programmes::model::{AdoptedBy, VoteAnswer};
use crate::programmes::operations::looks::{Line, Look};
use crate::programmes::pages::wording;

/// A work programme, in one revision.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Programme)]
pub struct ProgrammeView {
    /// Its reference.
    #[schema(example = "WP-2020")]
    reference: String,
    /// Number of its session.
    session: i32,
    /// Number of the revision; the first programme is 0.
    revision: i32,
    /// Where it stands.
    state: State,
    /// Number of the ballot whose order it follows; none follows the ranking.
    ballot: Option<i32>,
    /// How many actions it has room for.
    places: i32,
    /// What it says before its items.
    introduction: Both,
    /// How it was adopted.
    adopted_by: Option<AdoptedBy>,
    /// On which day it was adopted.
    adopted_on: Option<NaiveDate>,
    /// The sentence of the report that records the adoption.
    record: Both,
    /// When it last changed.
    updated_at: DateTime<Utc>,
    /// Items: included ones in their order, then excluded ones.
    items: Vec<ItemView>,
    /// The answers of the roll call, when one was held.
    votes: Vec<VoteView>,
    /// Numbers of the revisions that the caller may see, newest first.
    revisions: Vec<i32>,
}

/// A line of a programme.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ProgrammeItem)]
pub struct ItemView {
    /// Its place, from 1; excluded items follow.
    position: i32,
    /// Reference of the action.
    reference: String,
    /// Title of the action as it stood then.
    title: Both,
    /// Code of the delegation that leads it.
    delegation: String,
    /// Codes of its co-sponsors.
    co_sponsors: Vec<String>,
    /// SDG targets.
    targets: Vec<String>,
    /// First year.
    first_year: Option<i32>,
    /// Last year.
    last_year: Option<i32>,
    /// Whether the program proposed it.
    proposed: bool,
    /// Whether it is in.
    included: bool,
    /// Why it is in or out.
    reason: Both,
    /// Why the decision differs from the proposal; empty where it does not.
    override_reason: String,
}

/// An answer of the roll call.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = RollCallVote)]
pub struct VoteView {
    /// Code of the delegation.
    pub delegation: String,
    /// What it answered.
    pub answer: VoteAnswer,
}

impl From<&Look> for ProgrammeView {
    fn from(look: &Look) -> Self {
        let code = |id: &DelegationId| look.delegations.get(id).map_or_else(String::new, |one| one.code.clone());
        let item = |line: &Line| ItemView {
            position: line.item.position,
            reference: line.submission.reference.clone(),
            title: (&line.columns.title).into(),
            delegation: code(&line.submission.delegation),
            co_sponsors: line.partners.iter().map(|one| one.code.clone()).collect(),
            targets: line.targets.clone(),
            first_year: line.columns.first_year,
            last_year: line.columns.last_year,
            proposed: line.item.proposed,
            included: line.item.included,
            reason: (&line.item.reason).into(),
            override_reason: line.item.override_reason.clone(),
        };
        let programme = &look.programme;
        Self {
            reference: programme.reference.clone(),
            session: look.session.number,
            revision: programme.revision,
            state: programme.state,
            ballot: look.ballot,
            places: programme.places,
            introduction: (&programme.introduction).into(),
            adopted_by: programme.adoption.map(|(by, _)| by),
            adopted_on: programme.adoption.map(|(_, on)| on),
            record: (&wording::record(programme, &look.session, &look.votes)).into(),
            updated_at: utc(programme.updated_at),
            items: look.lines.iter().map(item).collect(),
            votes: look.votes.iter().map(|(id, answer)| VoteView { delegation: code(id), answer: *answer }).collect(),
            revisions: look.revisions.iter().map(|one| one.revision).collect(),
        }
    }
}
