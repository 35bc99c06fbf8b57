//! The acts of the room: give a review or keep it as a draft, declare oneself recused; and what each may look at.
//!
//! An action that is not accepted, or not open to the actor, answers as if it did not exist.

pub mod offline;
mod recusals;

pub use recusals::{recusable, recuse, take_back};

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDateTime;
use serde_json::json;

use super::assignments::{self, model::Assignments};
use super::model::{Ground, Judgement, Review, State};
use super::ranking::{Agreement, Ranking};
use super::remarks::{self, Kept, Recommendation};
use super::store;
use crate::db::{AnyConnection, StoreError, Tx};
use crate::delegations::{self, Delegation, DelegationKind};
use crate::kernel::fields::Message;
use crate::kernel::ids::{AccountId, DelegationId, ReviewId, SessionId, SubmissionId};
use crate::kernel::reference::Kind;
use crate::policy::{Action, Actor, Denial, Target, decide, may};
use crate::questionnaires::{self, Answers, Questionnaire};
use crate::refusals::OperationError;
use crate::sessions::{self, Calendar, Criterion, Step};
use crate::submissions::{self, State as SubmissionState, Submission};
use crate::{accounts, audit};

/// An accepted action with all that decides who may review it.
#[derive(Debug, Clone)]
pub struct Subject {
    /// The action.
    pub submission: Submission,
    /// The delegation that leads it.
    pub delegation: Delegation,
    /// Its session.
    pub calendar: Calendar,
    /// The criteria of the session.
    pub criteria: Vec<Criterion>,
    /// Why the actor is recused, if so.
    pub ground: Option<Ground>,
}

impl Subject {
    fn target(&self) -> Target {
        Target {
            delegation: Some(self.submission.delegation.clone()),
            session: Some(self.submission.session.clone()),
            submission: Some(self.submission.state),
            is_recused: self.ground.is_some(),
            ..Target::none()
        }
    }

    /// Refuses unless the actor may act as reviewer. Only a recusal is told as such: anything else looks like nothing.
    fn expect(&self, actor: &Actor, action: Action) -> Result<(), OperationError> {
        match decide(actor, action, &self.target()) {
            Err(Denial::Recused) => Err(Denial::Recused.into()),
            other => other.map_err(|denial| OperationError::from(denial).hidden()),
        }
    }
}

/// Returns an accepted action by its reference.
fn subject(conn: &mut AnyConnection, actor: &Actor, reference: &str) -> Result<Subject, OperationError> {
    let submission = submissions::store::by_reference(conn, reference)?;
    if submission.kind != Kind::Action || submission.state != SubmissionState::Accepted {
        return Err(OperationError::NotFound);
    }
    let delegation = delegations::store::by_id(conn, &submission.delegation)?;
    let calendar = sessions::store::calendar(conn, &submission.session)?;
    let criteria = sessions::store::criteria_of(conn, &submission.session)?;
    let stated = match &actor.account {
        Some(account) => store::recusal_of(conn, &submission.id, account)?,
        None => None,
    };
    let own = actor.delegations().cloned().collect();
    let ground = stated.map(Ground::Stated).or_else(|| own_delegation(&delegation, &own));
    Ok(Subject { submission, delegation, calendar, criteria, ground })
}

/// A country or organization does not judge its own action; what the group as a whole carries is nobody's own.
fn own_delegation(lead: &Delegation, own: &BTreeSet<DelegationId>) -> Option<Ground> {
    (lead.kind != DelegationKind::Group && own.contains(&lead.id)).then_some(Ground::OwnDelegation)
}

/// A given review as somebody else sees it.
#[derive(Debug, Clone)]
pub struct Shown {
    /// The review.
    pub review: Review,
    /// Name of the reviewer, for those who may know it.
    pub name: Option<String>,
    /// What it says beside its marks.
    pub kept: Option<Kept>,
}

/// What the page of one action's reviews needs.
#[derive(Debug, Clone)]
pub struct Look {
    /// The action.
    pub subject: Subject,
    /// Its questionnaire.
    pub questionnaire: Questionnaire,
    /// Its answers.
    pub answers: Answers,
    /// Whether the actor reviews it: a reviewer of the session who is not recused.
    pub reviews: bool,
    /// The actor's own review.
    pub own: Option<Review>,
    /// What the own review says beside its marks.
    pub own_kept: Option<Kept>,
    /// What others gave; empty for a reviewer who has not given the own review.
    pub others: Vec<Shown>,
    /// Why nothing can be saved now, when the window is closed.
    pub closed: Option<Message>,
}

/// Returns what an actor may see of an action under review.
pub fn look(
    conn: &mut AnyConnection,
    actor: &Actor,
    reference: &str,
    now: NaiveDateTime,
) -> Result<Look, OperationError> {
    let subject = subject(conn, actor, reference)?;
    let sees_all = may(actor, Action::ViewAllReviews, &subject.target());
    let reviews = match subject.expect(actor, Action::GiveReview) {
        Ok(()) => true,
        Err(OperationError::Denied(Denial::Recused)) => false,
        Err(_) if sees_all => false,
        Err(error) => return Err(error),
    };
    let own = match &actor.account {
        Some(account) if reviews => store::of_reviewer(conn, &subject.submission.id, account)?,
        _ => None,
    };
    let own_kept = match &own {
        Some(review) => remarks::store::of(conn, &review.id)?,
        None => None,
    };
    let has_given = own.as_ref().is_some_and(|review| review.state == State::Given);
    let others = if sees_all || has_given { others(conn, actor, &subject, sees_all)? } else { Vec::new() };
    let closed = subject.calendar.expect_open(Step::Reviews, now).err();
    let questionnaire = questionnaires::store::by_id(conn, &subject.submission.questionnaire)?;
    let answers = submissions::store::answers_at(conn, &subject.submission.id, subject.submission.revision)?;
    Ok(Look { subject, questionnaire, answers, reviews, own, own_kept, others, closed })
}

fn others(
    conn: &mut AnyConnection,
    actor: &Actor,
    subject: &Subject,
    named: bool,
) -> Result<Vec<Shown>, OperationError> {
    let given = store::given_in(conn, &subject.submission.session)?;
    let mut remarks = remarks::store::of_session(conn, &subject.submission.session)?;
    given
        .into_iter()
        .filter(|review| review.submission == subject.submission.id && Some(&review.account) != actor.account.as_ref())
        .map(|review| {
            let name = if named { Some(accounts::store::account(conn, &review.account)?.name) } else { None };
            let kept = remarks.remove(&review.id);
            Ok(Shown { review, name, kept })
        })
        .collect()
}

/// Gives a review, or keeps it as a draft, unless the reviewer has saved it elsewhere since `edition` (0 for a new one).
/// A given review stays given: it can only be changed for another whole one.
pub fn save(
    tx: &mut Tx<'_>,
    actor: &Actor,
    reference: &str,
    judgement: Judgement,
    (give, edition): (bool, i32),
    now: NaiveDateTime,
) -> Result<State, OperationError> {
    let subject = subject(tx, actor, reference)?;
    subject.expect(actor, Action::GiveReview)?;
    let account = actor.account.clone().ok_or(Denial::NotSignedIn)?;
    subject.calendar.expect_open(Step::Reviews, now).map_err(OperationError::Refused)?;
    let held = store::of_reviewer(tx, &subject.submission.id, &account)?;
    if held.as_ref().map_or(0, |review| review.edition) != edition {
        return Err(OperationError::Stale);
    }
    let was_given = held.as_ref().is_some_and(|review| review.state == State::Given);
    let mut judgement = judgement;
    judgement.marks.retain(|id, _| subject.criteria.iter().any(|criterion| criterion.id == *id));
    let mut wrong = if give || was_given { judgement.missing(&subject.criteria) } else { judgement.too_long() };
    if let Some(remarks) = &judgement.remarks {
        wrong.extend(&remarks.errors());
    }
    wrong.into_result()?;
    let state = if give || was_given { State::Given } else { State::Draft };
    let given_at = held.as_ref().and_then(|review| review.given_at).or((state == State::Given).then_some(now));
    let id = held.as_ref().map_or_else(ReviewId::new, |review| review.id.clone());
    let Judgement { marks, reason, remarks: said, seen } = judgement;
    let newest = subject.submission.revision;
    let (submission, by) = (subject.submission.id.clone(), account.clone());
    let review =
        Review { id, submission, account: by, state, marks, reason, edition: edition + 1, updated_at: now, given_at };
    let saved = if held.is_some() { store::save(tx, &review) } else { store::insert(tx, &review) };
    // Why: a review that another window began at the same moment is news to this one.
    saved.map_err(|error| if matches!(error, StoreError::Conflict(_)) { StoreError::Stale } else { error })?;
    let held = remarks::store::of(tx, &review.id)?.map(|kept| kept.remarks);
    let remarks = said.or(held).unwrap_or_default();
    let kept = Kept { revision: seen.unwrap_or(newest).clamp(1, newest), remarks };
    remarks::store::set(tx, &review.id, &kept)?;
    let act = match (state, was_given) {
        (State::Draft, _) => "review.drafted",
        (State::Given, false) => "review.given",
        (State::Given, true) => "review.changed",
    };
    audit::record(tx, now, Some(&account), act, &subject.submission.reference, &json!({ "edition": edition + 1 }))?;
    Ok(state)
}

/// Where a reviewer stands with an action.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Nothing written yet.
    NotBegun,
    /// A draft.
    Draft,
    /// Given.
    Given,
    /// Recused.
    Recused,
}

/// A reviewer's work in a session.
#[derive(Debug, Clone)]
pub struct Progress {
    /// The reviewer.
    pub account: AccountId,
    /// Name of the account.
    pub name: String,
    /// Each accepted action by reference, and where the reviewer stands with it.
    pub standings: Vec<(SubmissionId, Standing)>,
    /// The actions for which the reviewer is asked; nothing while everybody is asked for every action.
    pub asked: Option<BTreeSet<SubmissionId>>,
}

impl Progress {
    /// Returns whether the reviewer is asked for an action.
    pub fn is_asked(&self, action: &SubmissionId) -> bool {
        self.asked.as_ref().is_none_or(|asked| asked.contains(action))
    }

    /// Returns how many of the actions for which the reviewer is asked stand so.
    pub fn number_asked(&self, standing: Standing) -> usize {
        self.standings.iter().filter(|(action, held)| *held == standing && self.is_asked(action)).count()
    }

    /// Returns how many actions stand so.
    pub fn number(&self, standing: Standing) -> usize {
        self.standings.iter().filter(|(_, held)| *held == standing).count()
    }
}

/// What the list of a session's reviews needs.
#[derive(Debug, Clone)]
pub struct Overview {
    /// The session.
    pub calendar: Calendar,
    /// Accepted actions, by reference.
    pub actions: Vec<Submission>,
    /// The delegations, by id.
    pub delegations: BTreeMap<DelegationId, Delegation>,
    /// The actor's own work, if the actor is a reviewer of the session.
    pub own: Option<Progress>,
    /// Everybody's progress, for those who may see it.
    pub all: Option<Vec<Progress>>,
    /// Of each action, how far its reviews agree and what they recommend; for those who may see them all.
    pub given: BTreeMap<SubmissionId, Given>,
    /// Why nothing can be saved now, when the window is closed.
    pub closed: Option<Message>,
}

/// Returns a session's reviews as far as an actor may see them.
pub fn overview(
    conn: &mut AnyConnection,
    actor: &Actor,
    number: i32,
    now: NaiveDateTime,
) -> Result<Overview, OperationError> {
    let session = sessions::store::by_number(conn, number)?;
    let target = Target::of_session(session.id.clone());
    let sees_all = may(actor, Action::ViewAllReviews, &target);
    let is_reviewer = match decide(actor, Action::ViewOwnReviews, &target) {
        Ok(()) => true,
        Err(_) if sees_all => false,
        Err(denial) => return Err(OperationError::from(denial).hidden()),
    };
    let calendar = sessions::store::calendar(conn, &session.id)?;
    let actions = store::accepted_actions(conn, &session.id)?;
    let delegations = delegations::store::all(conn)?.into_iter().map(|each| (each.id.clone(), each)).collect();
    let asked = assignments::store::of_session(conn, &session.id)?;
    let everybody = progress(conn, &session.id, (&actions, &asked), &delegations, now)?;
    let own = everybody.iter().find(|each| is_reviewer && Some(&each.account) == actor.account.as_ref()).cloned();
    let closed = calendar.expect_open(Step::Reviews, now).err();
    let given = if sees_all { given(conn, &session.id)? } else { BTreeMap::new() };
    Ok(Overview { calendar, actions, delegations, own, all: sees_all.then_some(everybody), given, closed })
}

/// The reviews of an action that were given, taken together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Given {
    /// How many there are.
    pub reviews: usize,
    /// How far their scores agree.
    pub agreement: Agreement,
    /// What they recommend.
    pub recommended: BTreeSet<Recommendation>,
}

/// Returns, of each action, the reviews that were given.
fn given(conn: &mut AnyConnection, session: &SessionId) -> Result<BTreeMap<SubmissionId, Given>, StoreError> {
    let remarks = remarks::store::of_session(conn, session)?;
    let given = store::given_in(conn, session)?;
    let recommended = |action: &SubmissionId| {
        let own = given.iter().filter(|review| review.submission == *action);
        own.filter_map(|review| remarks.get(&review.id)?.remarks.recommendation).collect()
    };
    let lines = store::ranking(conn, session)?.lines.into_iter();
    let of = |line: super::ranking::RankingLine| {
        let recommended = recommended(&line.submission.id);
        let given = Given { reviews: line.reviews, agreement: line.agreement(), recommended };
        (line.submission.id, given)
    };
    Ok(lines.map(of).collect())
}

fn progress(
    conn: &mut AnyConnection,
    session: &SessionId,
    (actions, assigned): (&[Submission], &Assignments),
    delegations: &BTreeMap<DelegationId, Delegation>,
    now: NaiveDateTime,
) -> Result<Vec<Progress>, StoreError> {
    let reviews = store::all_in(conn, session)?;
    let recusals = store::recusals_in(conn, session)?;
    let mut all = Vec::new();
    for account in sessions::store::reviewers_of(conn, session)? {
        let accreditations = accounts::store::accreditations_of(conn, &account, now.date())?;
        let own: BTreeSet<DelegationId> = accreditations.into_iter().map(|each| each.delegation).collect();
        let standing = |action: &Submission| {
            let lead = delegations.get(&action.delegation);
            let stated = recusals.iter().any(|each| each.submission == action.id && each.account == account);
            let held = reviews.iter().find(|each| each.submission == action.id && each.account == account);
            match held.map(|review| review.state) {
                _ if stated || lead.is_some_and(|lead| own_delegation(lead, &own).is_some()) => Standing::Recused,
                None => Standing::NotBegun,
                Some(State::Draft) => Standing::Draft,
                Some(State::Given) => Standing::Given,
            }
        };
        let standings = actions.iter().map(|action| (action.id.clone(), standing(action))).collect();
        let name = accounts::store::account(conn, &account)?.name;
        let own = assigned.iter().filter(|(_, reviewer)| *reviewer == account).map(|(action, _)| action.clone());
        let asked = (!assigned.is_empty()).then(|| own.collect());
        all.push(Progress { account, name, standings, asked });
    }
    Ok(all)
}

/// What the page of the ranking needs.
#[derive(Debug, Clone)]
pub struct RankingLook {
    /// The session.
    pub session: sessions::Session,
    /// The ranking.
    pub ranking: Ranking,
    /// The delegations, by id.
    pub delegations: BTreeMap<DelegationId, Delegation>,
}

/// Returns the ranking of a session to those who may see it.
pub fn ranking(conn: &mut AnyConnection, actor: &Actor, number: i32) -> Result<RankingLook, OperationError> {
    let session = sessions::store::by_number(conn, number)?;
    decide(actor, Action::ViewRanking, &Target::of_session(session.id.clone()))
        .map_err(|denial| OperationError::from(denial).hidden())?;
    let ranking = store::ranking(conn, &session.id)?;
    let delegations = delegations::store::all(conn)?.into_iter().map(|each| (each.id.clone(), each)).collect();
    Ok(RankingLook { session, ranking, delegations })
}

/// What the page on how sure the ranking is needs.
#[derive(Debug, Clone)]
pub struct SureLook {
    /// The ranking as its page shows it.
    pub look: RankingLook,
    /// The reviews that count in it.
    pub given: Vec<Review>,
    /// Names of the reviewers, for those who may know them.
    pub names: Option<BTreeMap<AccountId, String>>,
}

/// Returns the ranking of a session with the reviews behind it, to those who may see the ranking.
pub fn sure(conn: &mut AnyConnection, actor: &Actor, number: i32) -> Result<SureLook, OperationError> {
    let look = ranking(conn, actor, number)?;
    let given = store::given_in(conn, &look.session.id)?;
    let knows_names = may(actor, Action::ViewAllReviews, &Target::of_session(look.session.id.clone()));
    let names = knows_names.then(|| accounts::store::names(conn)).transpose()?;
    Ok(SureLook { look, given, names })
}
