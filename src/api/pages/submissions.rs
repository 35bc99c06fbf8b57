//! Submissions with their answers, consents, co-sponsors and history, as far as the caller may see them.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use super::{Both, utc};
use crate::delegations::Delegation;
use crate::kernel::ids::{AccountId, DelegationId};
use crate::kernel::lang::Lang;
use crate::kernel::reference::Kind;
use crate::policy::Actor;
use crate::questionnaires::Answers;
use crate::submissions::clarifications::Clarification;
use crate::submissions::clarifications::model::{Reach, Side};
use crate::submissions::co_sponsors::workflow as co_sponsors;
use crate::submissions::consents;
use crate::submissions::operations::{History, Opened, is_own};
use crate::submissions::{Columns, CompiledSource, Event, State, Submission};

/// Returns answers by their keys.
pub fn answers(answers: &Answers) -> BTreeMap<String, String> {
    answers.iter().map(|(key, text)| (key.to_string(), text.to_owned())).collect()
}

fn code_of(delegations: &[Delegation], id: &DelegationId) -> String {
    delegations.iter().find(|one| one.id == *id).map_or_else(String::new, |one| one.code.clone())
}

/// A submission, as lists show it.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = SubmissionRow)]
pub struct RowView {
    /// Its reference.
    #[schema(example = "PA-KAZ-2020-003")]
    pub reference: String,
    /// Good practice or priority action.
    kind: Kind,
    /// Number of its session.
    session: i32,
    /// Code of the delegation that owns it.
    delegation: String,
    /// Where it stands.
    state: State,
    /// The language it was written in.
    original_language: Lang,
    /// Its title.
    title: Both,
    /// Its summary.
    summary: Both,
    /// Main deliverable or area.
    theme: Option<String>,
    /// Main SDG target.
    main_target: Option<String>,
    /// First year.
    first_year: Option<i32>,
    /// Last year.
    last_year: Option<i32>,
    /// Total cost in whole units of the currency.
    cost_total: Option<i64>,
    /// Currency, ISO 4217.
    currency: Option<String>,
    /// Staff weeks asked of the secretariat.
    staff_weeks: Option<i64>,
    /// When it was started.
    created_at: DateTime<Utc>,
    /// When it last changed; not told to others while its delegation works on it anew.
    updated_at: Option<DateTime<Utc>>,
    /// When it was accepted.
    accepted_at: Option<DateTime<Utc>>,
    /// When it entered the public library.
    published_at: Option<DateTime<Utc>>,
}

impl RowView {
    /// Shows a submission with the columns that an actor may see.
    pub fn new(
        actor: &Actor,
        session: i32,
        delegations: &[Delegation],
        submission: &Submission,
        columns: &Columns,
    ) -> Self {
        let is_worked_on = submission.state == State::Returned && !is_own(actor, submission);
        Self {
            reference: submission.reference.clone(),
            kind: submission.kind,
            session,
            delegation: code_of(delegations, &submission.delegation),
            state: submission.state,
            original_language: submission.original,
            title: (&columns.title).into(),
            summary: (&columns.summary).into(),
            theme: columns.theme.clone(),
            main_target: columns.main_target.clone(),
            first_year: columns.first_year,
            last_year: columns.last_year,
            cost_total: columns.cost_total,
            currency: columns.currency.clone(),
            staff_weeks: columns.staff_weeks,
            created_at: utc(submission.created_at),
            updated_at: (!is_worked_on).then(|| utc(submission.updated_at)),
            accepted_at: submission.accepted_at.map(utc),
            published_at: submission.published_at.map(utc),
        }
    }
}

/// A submission with everything that the caller may see.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Submission)]
pub struct SubmissionView {
    /// The submission.
    #[serde(flatten)]
    row: RowView,
    /// Number of the revision shown.
    revision: i32,
    /// Answers by the key of their question: `title|en`, `indicators.0.name|ru`, `theme`.
    #[schema(example = json!({"title|en": "Single window", "title|ru": "Единое окно", "theme": "D2"}))]
    answers: BTreeMap<String, String>,
    /// What the other countries that it names say to it.
    consents: Vec<ConsentView>,
    /// Who puts it forward together with its delegation.
    co_sponsors: Vec<CoSponsorView>,
    /// Questions about it and their answers.
    clarifications: Vec<ClarificationView>,
    /// Where it comes from, when it was compiled from public sources.
    source: Option<SourceView>,
}

/// What a country says to an action that names it.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Consent)]
pub struct ConsentView {
    /// Code of the delegation asked.
    delegation: String,
    /// Where the consent stands.
    state: consents::State,
    /// Note to the delegation that leads the action, for the two sides and the secretariat.
    note: String,
    /// When it was asked, for the last time.
    asked_at: DateTime<Utc>,
    /// When it was answered.
    answered_at: Option<DateTime<Utc>>,
}

/// A delegation that puts an action forward together with another, or is invited to.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = CoSponsor)]
pub struct CoSponsorView {
    /// Code of the delegation.
    delegation: String,
    /// Where it stands.
    state: co_sponsors::State,
    /// When it answered.
    answered_at: Option<DateTime<Utc>>,
}

/// A question about a submission, with its answer.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Clarification)]
pub struct ClarificationView {
    /// Its id.
    id: String,
    /// In what capacity it was asked.
    asked_as: Side,
    /// Who reads it.
    reach: Reach,
    /// The question.
    question: String,
    /// When it was asked.
    asked_at: DateTime<Utc>,
    /// The answer; empty before it is given.
    answer: String,
    /// When it was answered.
    answered_at: Option<DateTime<Utc>>,
}

impl From<&Clarification> for ClarificationView {
    fn from(one: &Clarification) -> Self {
        Self {
            id: one.id.to_string(),
            asked_as: one.asked_as,
            reach: one.reach,
            question: one.question.clone(),
            asked_at: utc(one.asked_at),
            answer: one.answer.clone(),
            answered_at: one.answered_at.map(utc),
        }
    }
}

/// Where an entry compiled from public sources comes from.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Source)]
pub struct SourceView {
    /// Title of the source.
    title: String,
    /// Address of the source.
    url: String,
    /// Date of the source.
    date: String,
    /// Period as the source gives it.
    period: String,
    /// How sure the entry is.
    confidence: String,
    /// When a delegation took it over, if one did.
    taken_over_at: Option<DateTime<Utc>>,
}

impl From<&CompiledSource> for SourceView {
    fn from(source: &CompiledSource) -> Self {
        Self {
            title: source.title.clone(),
            url: source.url.clone(),
            date: source.date.clone(),
            period: source.period.clone(),
            confidence: source.confidence.clone(),
            taken_over_at: source.taken_over_at.map(utc),
        }
    }
}

impl SubmissionView {
    /// Shows what was opened for an actor.
    pub fn new(actor: &Actor, opened: &Opened) -> Self {
        let (dossier, all) = (&opened.dossier, &opened.delegations);
        let is_party = |id: &DelegationId| opened.history.is_some() || actor.delegations().any(|own| own == id);
        let consent = |one: &consents::Consent| ConsentView {
            delegation: code_of(all, &one.delegation),
            state: one.state,
            note: if is_party(&one.delegation) { one.note.clone() } else { String::new() },
            asked_at: utc(one.asked_at),
            answered_at: one.answered_at.map(utc),
        };
        // Why: who declined or left is nobody's business but that of the delegation that leads, and its own.
        let partners =
            dossier.co_sponsors.iter().filter(|one| is_party(&one.delegation) || co_sponsors::is_concerned(one.state));
        let partner = |one: &crate::submissions::co_sponsors::CoSponsor| CoSponsorView {
            delegation: code_of(all, &one.delegation),
            state: one.state,
            answered_at: one.answered_at.map(utc),
        };
        let (session, columns) = (dossier.calendar.session.number, Columns::of(&opened.answers));
        Self {
            row: RowView::new(actor, session, all, &dossier.submission, &columns),
            revision: opened.revision,
            answers: answers(&opened.answers),
            consents: dossier.consents.iter().map(consent).collect(),
            co_sponsors: partners.map(partner).collect(),
            clarifications: opened.clarifications.iter().map(ClarificationView::from).collect(),
            source: dossier.source.as_ref().map(SourceView::from),
        }
    }
}

/// What was done with a submission, as far as the caller may see.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = History)]
pub struct HistoryView {
    /// Its reference.
    reference: String,
    /// Revisions, oldest first.
    revisions: Vec<RevisionView>,
    /// Acts, oldest first.
    acts: Vec<ActView>,
    /// Comments of the secretariat, oldest first.
    comments: Vec<CommentView>,
}

/// A revision.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Revision)]
pub struct RevisionView {
    /// Its number, from 1.
    number: i32,
    /// Name of the account that made it.
    by: String,
    /// Name of the account that confirmed it for the delegation, when the secretariat proposed it; otherwise empty.
    confirmed_by: String,
    /// When.
    at: DateTime<Utc>,
}

/// An act of the workflow.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Act)]
pub struct ActView {
    /// What was done.
    event: Event,
    /// From which state.
    from: State,
    /// To which state.
    to: State,
    /// At which revision.
    revision: i32,
    /// Name of the account that acted.
    by: String,
    /// Note to the other side; may be empty.
    note: String,
    /// When.
    at: DateTime<Utc>,
}

/// A comment of the secretariat about one question.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Comment)]
pub struct CommentView {
    /// Code of the question.
    question: String,
    /// The words.
    text: String,
    /// When.
    at: DateTime<Utc>,
}

impl HistoryView {
    /// Shows what was done with a submission.
    pub fn new(reference: &str, history: &History) -> Self {
        let name = |id: &AccountId| history.people.get(id).map_or_else(String::new, |account| account.name.clone());
        let revisions = history.revisions.iter().map(|one| RevisionView {
            number: one.number,
            by: name(&one.account),
            confirmed_by: history.confirmed.get(&one.number).map(name).unwrap_or_default(),
            at: utc(one.at),
        });
        let acts = history.acts.iter().map(|act| ActView {
            event: act.event,
            from: act.from,
            to: act.to,
            revision: act.revision,
            by: name(&act.account),
            note: act.note.clone(),
            at: utc(act.at),
        });
        let comments = history.comments.iter().map(|one| CommentView {
            question: one.question.clone(),
            text: one.text.clone(),
            at: utc(one.at),
        });
        Self {
            reference: reference.to_owned(),
            revisions: revisions.collect(),
            acts: acts.collect(),
            comments: comments.collect(),
        }
    }
}
