//! The acts of the room, one function each: `writing` writes a report, gives it to the group and takes it back,
//! `confirming` is what the countries named say, `practice` makes a good practice of a finished action, `viewing` loads what
//! pages show, `letters` tells. Start with [`Course`].

pub mod confirming;
mod letters;
pub mod practice;
pub mod viewing;
pub mod writing;

use chrono::{NaiveDate, NaiveDateTime};
use serde_json::{Value, json};

use super::model::{self, Light, Plan, Report};
use super::store;
use super::workflow::State;
use crate::audit;
use crate::db::{AnyConnection, StoreError, Tx};
use crate::delegations::{self, Delegation, DelegationKind};
use crate::kernel::ids::AccountId;
use crate::kernel::lang::Bilingual;
use crate::kernel::reference::Kind;
use crate::policy::{Action, Actor, Denial, Target, decide};
use crate::programmes::{self, Programme, State as ProgrammeState};
use crate::questionnaires::Answers;
use crate::refusals::OperationError;
use crate::sessions::{self, Session};
use crate::submissions::{self, Columns, Submission, consents};

/// Who acts, on which action, and when.
#[derive(Debug, Clone)]
pub struct By {
    /// The actor.
    pub actor: Actor,
    /// Reference of the action.
    pub reference: String,
    /// The time now.
    pub now: NaiveDateTime,
}

impl By {
    fn account(&self) -> Result<&AccountId, OperationError> {
        self.actor.account.as_ref().ok_or(OperationError::Denied(Denial::NotSignedIn))
    }
}

/// An action that the group adopted, with everything known of its progress.
#[derive(Debug, Clone)]
pub struct Course {
    /// The session that the action was made for.
    pub session: Session,
    /// The programme that held it last.
    pub programme: Programme,
    /// The action.
    pub submission: Submission,
    /// The delegation that leads it.
    pub delegation: Delegation,
    /// The revision of the action that the group adopted.
    pub revision: i32,
    /// Its answers then.
    pub answers: Answers,
    /// What it promised then.
    pub plan: Plan,
    /// The other delegations whose countries it names, by name.
    pub named: Vec<Delegation>,
    /// Every report, the newest first, whatever its state.
    pub reports: Vec<Report>,
}

impl Course {
    /// Loads the course of an action; nothing for what was never in an adopted programme.
    pub fn load(conn: &mut AnyConnection, submission: Submission) -> Result<Option<Self>, StoreError> {
        let Some(id) = store::programmes_with(conn, &submission.id)?.into_iter().next() else { return Ok(None) };
        let programme = programmes::store::by_id(conn, &id)?;
        let adopted_at = programme.adopted_at.unwrap_or(programme.updated_at);
        let then = programmes::store::revision_at(conn, &submission.id, adopted_at)?;
        let revision = then.unwrap_or(submission.revision);
        let answers = submissions::store::answers_at(conn, &submission.id, revision)?;
        let delegation = delegations::store::by_id(conn, &submission.delegation)?;
        let codes = consents::model::named(&answers, &delegation.code);
        let mut named = delegations::store::all(conn)?;
        named.retain(|one| one.kind == DelegationKind::Country && codes.contains(one.code.as_str()));
        Ok(Some(Self {
            session: sessions::store::by_id(conn, &submission.session)?,
            reports: store::of_action(conn, &submission.id)?,
            plan: Plan::of(&answers),
            programme,
            delegation,
            revision,
            answers,
            named,
            submission,
        }))
    }

    /// Loads the course of a reference for an act.
    fn of(conn: &mut AnyConnection, reference: &str) -> Result<Self, OperationError> {
        let submission = submissions::store::by_reference(conn, reference)?;
        if submission.kind != Kind::Action {
            return Err(OperationError::NotFound);
        }
        Self::load(conn, submission)?.ok_or(OperationError::NotFound)
    }

    /// Returns the report that is being written.
    pub fn draft(&self) -> Option<&Report> {
        self.reports.iter().find(|report| report.state == State::Draft)
    }

    /// Returns the newest report that is before the group.
    pub fn newest(&self) -> Option<&Report> {
        model::newest(&self.reports)
    }

    /// Returns whether a report has said that the action is finished.
    pub fn is_finished(&self) -> bool {
        self.reports.iter().any(|report| report.is_last && report.state != State::Draft)
    }

    /// Returns whether the programme in force holds the action.
    pub fn is_in_force(&self) -> bool {
        self.programme.state == ProgrammeState::Adopted
    }

    /// Returns the day on which the programme was adopted.
    pub fn adopted_on(&self) -> NaiveDate {
        self.programme.adoption.map_or_else(|| self.programme.updated_at.date(), |(_, on)| on)
    }

    /// Returns the title under which the group adopted it.
    pub fn title(&self) -> Bilingual<String> {
        Columns::of(&self.answers).title
    }

    /// Returns the day of the last word on it: of the newest report, or of the adoption.
    pub fn last_word(&self) -> NaiveDate {
        model::last_word(&self.reports, self.adopted_on())
    }

    /// Returns how long the last word on the action is ago.
    pub fn light(&self, today: NaiveDate) -> Light {
        model::light_of(&self.reports, self.adopted_on(), today)
    }

    /// Returns what the policy is asked about a report on the action that stands somewhere.
    pub fn target(&self, state: State) -> Target {
        Target {
            delegation: Some(self.submission.delegation.clone()),
            session: Some(self.session.id.clone()),
            report: Some(state),
            ..Target::none()
        }
    }

    /// Returns what the policy is asked about a report: the countries asked to confirm it are concerned.
    pub fn target_of(&self, report: &Report) -> Target {
        let concerned = report.confirmations.iter().map(|one| one.delegation.clone()).collect();
        Target { concerned, ..self.target(report.state) }
    }

    /// Refuses to begin another report where there is one to be written, nothing more to say, or no programme in force.
    fn expect_to_come(&self) -> Result<(), OperationError> {
        if !self.is_in_force() {
            return Err(OperationError::refused("progress-not-in-force"));
        }
        if self.is_finished() {
            return Err(OperationError::refused("progress-finished"));
        }
        if self.newest().is_some_and(|report| report.state == State::Given) {
            return Err(OperationError::refused("progress-not-confirmed-yet"));
        }
        Ok(())
    }
}

fn permit(actor: &Actor, action: Action, target: &Target) -> Result<(), OperationError> {
    decide(actor, action, target).map_err(OperationError::Denied)
}

/// Writes a line of the trail about a report.
fn record(tx: &mut Tx<'_>, by: &By, act: &str, report: &Report, detail: Value) -> Result<(), StoreError> {
    let mut facts = json!({ "report": report.number });
    if let (Some(facts), Value::Object(more)) = (facts.as_object_mut(), detail) {
        facts.extend(more);
    }
    audit::record(tx, by.now, by.actor.account.as_ref(), &format!("progress.{act}"), &by.reference, &facts)
}
