//! The acts of the room, one function each: policy, then workflow and rules, then store and audit trail.
//!
//! `drafts` writes texts, `acts` moves them along the workflow by what `rules` says of each act, `compiled` enters what the
//! secretariat gathered from public sources, `views` and `listing` read for the pages what the reader may see. Start with
//! [`Dossier`].

mod acts;
mod compiled;
mod drafts;
pub(in crate::submissions) mod letters;
mod listing;
mod rules;
mod views;

pub use acts::{Asked, Words, act, ask_confirmation, check};
pub(in crate::submissions) use acts::{NOTE_CHARS_MAX, check_note, check_text, check_words};
pub use compiled::{Compiled, create_compiled};
pub use drafts::{
    Dispute, Draft, NewDraft, Saving, Typed, Uploaded, autosave, create, form_of, kept_form_of, save, upload,
};
pub(in crate::submissions) use drafts::{account_of, keep, numbered};
pub(in crate::submissions) use letters::ask_for_clearance;
pub use listing::{Filter, Found, Listing, Outstanding, find, list, rows};
pub use rules::{Said, rules};
pub use views::{History, Opened, Wanted, compare, history, open, screen, start};

use chrono::NaiveDateTime;

use super::clearance;
use super::co_sponsors::{self, CoSponsor};
use super::consents::{self, Consent};
use super::merging;
use super::model::{CompiledSource, Submission};
use super::store::{self, Act, Key};
use super::workflow::{self, State};
use crate::db::{AnyConnection, StoreError};
use crate::kernel::fields::FieldErrors;
use crate::kernel::ids::{DelegationId, SessionId};
use crate::policy::{Action, Actor, Target, decide, may};
use crate::questionnaires::{self, Answers, Context, Questionnaire};
use crate::refusals::OperationError;
use crate::sessions::{self, Calendar, Step};

/// A submission with everything that the rules about it need.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dossier {
    /// The submission.
    pub submission: Submission,
    /// Its session with the windows.
    pub calendar: Calendar,
    /// The version of the questionnaire that it answers.
    pub questionnaire: Questionnaire,
    /// Where it comes from, when it was compiled from public sources.
    pub source: Option<CompiledSource>,
    /// What was done with it, oldest first.
    pub acts: Vec<Act>,
    /// The steps inside its delegation since its clearance was asked for the last time, when there are any.
    pub chain: Option<clearance::Chain>,
    /// Whether its delegation has set steps, for the next time that clearance is asked.
    pub has_steps: bool,
    /// What the other countries that it names say to it.
    pub consents: Vec<Consent>,
    /// Who is invited to put it forward together, or has joined.
    pub co_sponsors: Vec<CoSponsor>,
    /// The delegations of what it was joined to, and of what was joined to it.
    pub joined: Vec<DelegationId>,
}

impl Dossier {
    /// Loads the dossier of a reference.
    pub fn load(conn: &mut AnyConnection, reference: &str) -> Result<Self, StoreError> {
        let submission = store::by_reference(conn, reference)?;
        let acts = store::acts_of(conn, &submission.id)?;
        let was_asked = acts.iter().any(|act| act.event == workflow::Event::RequestClearance);
        let chain =
            if was_asked { clearance::store::chain_of(conn, &submission.id, &submission.delegation)? } else { None };
        Ok(Self {
            calendar: sessions::store::calendar(conn, &submission.session)?,
            questionnaire: questionnaires::store::by_id(conn, &submission.questionnaire)?,
            source: store::source_of(conn, &submission.id)?,
            acts,
            chain,
            has_steps: clearance::store::has_steps(conn, &submission.delegation)?,
            consents: consents::store::of(conn, &submission.id)?,
            co_sponsors: co_sponsors::store::of(conn, &submission.id)?,
            joined: merging::store::delegations(conn, &submission.id)?,
            submission,
        })
    }

    /// Returns whether it is still an entry compiled from public sources, not taken over by a delegation.
    pub fn is_compiled(&self) -> bool {
        self.source.as_ref().is_some_and(|source| source.taken_over_at.is_none())
    }

    /// Returns whether it ever came back to the delegation: then it may be mended while screening is open.
    pub fn was_returned(&self) -> bool {
        self.submission.state == State::Returned || self.acts.iter().any(|act| act.to == State::Returned)
    }

    /// Returns the act by which the secretariat asked the delegation to confirm what it entered, while that is open.
    pub fn asked_to_confirm(&self) -> Option<&Act> {
        let is_waiting = self.submission.state == State::AwaitingClearance;
        self.acts.last().filter(|act| is_waiting && act.event == workflow::Event::AskConfirmation)
    }

    /// Returns the step inside the delegation that is to be taken now; nothing when the head is asked, or nobody.
    pub fn step(&self) -> Option<&clearance::Step> {
        let is_waiting = self.submission.state == State::AwaitingClearance;
        self.chain.as_ref().filter(|_| is_waiting).and_then(clearance::Chain::next)
    }

    /// Returns whether the head can clear, as far as the steps of the delegation go.
    pub fn can_be_cleared(&self) -> bool {
        clearance::operations::expect_through(self).is_ok()
    }

    /// Returns every message about answers, as a submission is checked.
    pub fn check(&self, answers: &Answers) -> FieldErrors {
        let context = Context {
            original: self.submission.original,
            programme_years: self.calendar.session.programme_years,
            is_compiled: self.is_compiled(),
        };
        questionnaires::check(&self.questionnaire, answers, context)
    }

    /// Returns the step in whose window the delegation writes: screening for texts that came back.
    pub fn writing_step(&self, now: NaiveDateTime) -> Step {
        let is_late = self.calendar.expect_open(Step::Submissions, now).is_err();
        if is_late && self.was_returned() { Step::Screening } else { Step::Submissions }
    }

    /// Returns whether the text would be late if it were handed in now, and the session takes what is late.
    pub fn is_late(&self, now: NaiveDateTime) -> bool {
        !self.was_returned() && self.calendar.takes_late(now)
    }

    /// Returns the step by whose end the delegation has to be ready; nothing for what is late already.
    pub(in crate::submissions) fn deadline_step(&self, now: NaiveDateTime) -> Option<Step> {
        (!self.is_late(now)).then(|| self.writing_step(now))
    }

    /// Refuses to hand in outside the window.
    pub(in crate::submissions) fn expect_in_time(&self, now: NaiveDateTime) -> Result<(), OperationError> {
        self.calendar.expect_open(self.writing_step(now), now).map_err(OperationError::Refused)
    }

    /// Refuses to write outside the window, unless the session takes what is late.
    pub(in crate::submissions) fn expect_writing(&self, now: NaiveDateTime) -> Result<(), OperationError> {
        if self.is_late(now) { Ok(()) } else { self.expect_in_time(now) }
    }

    /// Returns the newest revision that an actor may see: the delegation's own readers see the newest of all, others
    /// the one that was cleared last, and nothing that never was.
    pub fn visible_revision(&self, actor: &Actor) -> Option<i32> {
        if is_own(actor, &self.submission) {
            return Some(self.submission.revision);
        }
        let cleared = || self.acts.iter().rev().find(|act| State::HANDED_IN.contains(&act.to)).map(|act| act.revision);
        match self.submission.state {
            State::Draft | State::AwaitingClearance => None,
            State::Withdrawn => cleared(),
            State::Returned => Some(cleared().unwrap_or(self.submission.revision)),
            State::Late
            | State::Informal
            | State::Submitted
            | State::UnderReview
            | State::Accepted
            | State::NotRetained
            | State::Merged => Some(self.submission.revision),
        }
    }

    /// Returns what the policy is asked about.
    pub fn target(&self) -> Target {
        let named = self.consents.iter().map(|consent| &consent.delegation);
        let partners = self.co_sponsors.iter().filter(|one| co_sponsors::workflow::is_concerned(one.state));
        let concerned = named.chain(partners.map(|one| &one.delegation)).chain(&self.joined).cloned().collect();
        Target { concerned, ..target_of(&self.submission) }
    }

    /// Refuses an act that the policy does not allow; hides the submission from those who may not know of it.
    pub(in crate::submissions) fn permit(&self, actor: &Actor, action: Action) -> Result<(), OperationError> {
        self.permit_on(actor, action, &self.target())
    }

    /// Refuses an act on a part of the submission, such as the consent of one delegation, in the same way.
    pub(in crate::submissions) fn permit_on(
        &self,
        actor: &Actor,
        action: Action,
        target: &Target,
    ) -> Result<(), OperationError> {
        decide(actor, action, target).map_err(|denial| {
            let is_seen = may(actor, Action::ViewSubmission, &self.target());
            let is_known = is_seen && self.visible_revision(actor).is_some();
            if is_known { OperationError::Denied(denial) } else { OperationError::NotFound }
        })
    }
}

/// Returns what the policy is asked about, as far as the submission alone tells: not whom it concerns.
pub fn target_of(submission: &Submission) -> Target {
    let Submission { delegation, session, state, published_at, .. } = submission;
    target((delegation, session), *state, *published_at)
}

/// The same for a line of the list.
fn target_of_key(key: &Key) -> Target {
    target((&key.delegation, &key.session), key.state, key.published_at)
}

fn target(
    (delegation, session): (&DelegationId, &SessionId),
    state: State,
    published_at: Option<NaiveDateTime>,
) -> Target {
    Target {
        delegation: Some(delegation.clone()),
        session: Some(session.clone()),
        submission: Some(state),
        is_published: published_at.is_some(),
        ..Target::none()
    }
}

/// Returns whether an actor sees a submission as one of its delegation.
pub fn is_own(actor: &Actor, submission: &Submission) -> bool {
    owns(actor, target_of(submission))
}

/// The same of what the policy is asked about.
fn owns(actor: &Actor, target: Target) -> bool {
    may(actor, Action::ViewSubmission, &Target { submission: Some(State::Draft), is_published: false, ..target })
}

/// Returns the state after an act, or the refusal of an act that does not fit.
fn after(submission: &Submission, event: workflow::Event) -> Result<State, OperationError> {
    Ok(workflow::next(submission.state, event)?)
}
