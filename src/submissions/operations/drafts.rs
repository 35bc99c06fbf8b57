//! Writing: a draft begins, and is saved as often as its delegation likes, with anything missing or wrong.

use chrono::NaiveDateTime;
use serde_json::json;

use super::{Dossier, is_own};
use crate::audit;
use crate::db::{AnyConnection, Tx};
use crate::kernel::ids::{AccountId, DelegationId, SessionId, SubmissionId};
use crate::kernel::lang::Lang;
use crate::kernel::reference::{Kind, Reference};
use crate::policy::{Action, Actor, Denial, Target, decide};
use crate::questionnaires::{self, Answers};
use crate::refusals::OperationError;
use crate::sessions;
use crate::submissions::clearance;
use crate::submissions::copies::{self, Origin};
use crate::submissions::links;
use crate::submissions::merge::{Choices, Merged, merge};
use crate::submissions::model::{Columns, Submission};
use crate::submissions::presences::{self, Presence};
use crate::submissions::similar::{self, operations::Found};
use crate::submissions::store::{self, Comment};
use crate::submissions::workflow::State;
use crate::{accounts, delegations};

/// What a new draft is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewDraft {
    /// Number of the session.
    pub session: i32,
    /// Good practice or priority action.
    pub kind: Kind,
    /// The delegation that will own it.
    pub delegation: DelegationId,
    /// The language it will be written in.
    pub original: Lang,
}

/// Starts an empty draft of a delegation and returns it.
pub fn create(
    tx: &mut Tx<'_>,
    actor: &Actor,
    new: &NewDraft,
    now: NaiveDateTime,
) -> Result<Submission, OperationError> {
    decide(actor, Action::CreateSubmission, &Target::of_delegation(new.delegation.clone()))?;
    let session = sessions::store::by_number(tx, new.session)?;
    let calendar = sessions::store::calendar(tx, &session.id)?;
    calendar.expect_writing(now).map_err(OperationError::Refused)?;
    let submission = numbered(tx, new, &session.id, session.year(), now)?;
    let questionnaire = questionnaires::store::by_id(tx, &submission.questionnaire)?;
    let account = account_of(actor)?;
    store::insert(tx, &submission, &questionnaire, &Answers::none(), account)?;
    audit::record(tx, now, Some(account), "submission.create", &submission.reference, &json!({}))?;
    Ok(submission)
}

/// Returns a draft with the next number of its delegation, kind and session.
pub(in crate::submissions) fn numbered(
    tx: &mut Tx<'_>,
    new: &NewDraft,
    session: &SessionId,
    year: i32,
    now: NaiveDateTime,
) -> Result<Submission, OperationError> {
    let (questionnaire, _) = questionnaires::store::newest(tx, session, new.kind)?;
    let delegation = delegations::store::by_id(tx, &new.delegation)?;
    let number = store::next_number(tx, session, new.kind, &new.delegation)?;
    let reference = Reference { kind: new.kind, delegation: delegation.code, year, number };
    Ok(Submission {
        id: SubmissionId::new(),
        kind: new.kind,
        session: session.clone(),
        delegation: new.delegation.clone(),
        reference: reference.to_string(),
        number,
        state: State::Draft,
        questionnaire,
        original: new.original,
        revision: 1,
        columns: Columns::default(),
        created_at: now,
        updated_at: now,
        accepted_at: None,
        published_at: None,
    })
}

/// Returns the account of an actor who is signed in.
pub(in crate::submissions) fn account_of(actor: &Actor) -> Result<&AccountId, OperationError> {
    actor.account.as_ref().ok_or(OperationError::Denied(Denial::NotSignedIn))
}

/// What the form of a submission needs.
#[derive(Debug, Clone)]
pub struct Draft {
    /// The submission with its rules.
    pub dossier: Dossier,
    /// The newest answers.
    pub answers: Answers,
    /// Comments of the secretariat.
    pub comments: Vec<Comment>,
    /// What is similar and put forward already.
    pub similar: Found,
    /// Practices on which the action can build.
    pub suggested: Vec<Submission>,
    /// Who saved it last, and when.
    pub last_saved: Option<(String, NaiveDateTime)>,
    /// Who else has it open.
    pub others: Vec<Presence>,
    /// What it was copied from.
    pub origin: Option<Origin>,
}

/// Opens the form of a submission that the actor may edit now.
pub fn form_of(
    conn: &mut AnyConnection,
    actor: &Actor,
    reference: &str,
    now: NaiveDateTime,
) -> Result<Draft, OperationError> {
    let draft = kept_form_of(conn, actor, reference, now)?;
    draft.dossier.permit(actor, Action::EditSubmission)?;
    Ok(draft)
}

/// Opens the form for showing again what was typed, even if it cannot be saved any more.
pub fn kept_form_of(
    conn: &mut AnyConnection,
    actor: &Actor,
    reference: &str,
    now: NaiveDateTime,
) -> Result<Draft, OperationError> {
    let dossier = Dossier::load(conn, reference)?;
    dossier.permit(actor, Action::ViewSubmission)?;
    if !is_own(actor, &dossier.submission) {
        dossier.permit(actor, Action::EditSubmission)?;
    }
    let answers = store::answers_at(conn, &dossier.submission.id, dossier.submission.revision)?;
    let comments = store::comments_of(conn, &dossier.submission.id)?;
    let similar = similar::operations::like_stored(conn, actor, &dossier.calendar.session, &dossier.submission)?;
    let last_saved = match store::revisions_of(conn, &dossier.submission.id)?.pop() {
        Some(last) => Some((accounts::store::account(conn, &last.account)?.name, last.at)),
        None => None,
    };
    let suggested = links::operations::suggested(conn, actor, &dossier.submission)?;
    let others = presences::operations::others(conn, actor, &dossier, now)?;
    let origin = copies::operations::origin(conn, actor, (&dossier.submission, &dossier.questionnaire))?;
    Ok(Draft { dossier, answers, comments, similar, suggested, last_saved, others, origin })
}

/// What a form sends back.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Typed {
    /// The revision that the form was loaded from.
    pub revision: i32,
    /// Every field with its value.
    pub fields: Vec<(String, String)>,
    /// The language the text is written in, when the form says so.
    pub original: Option<Lang>,
    /// The revision at which both sides of a dispute began, when this settles one.
    pub since: Option<i32>,
    /// Choices that settle a dispute.
    pub choices: Choices,
}

/// What became of a save.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Saving {
    /// Saved as this revision; whether another's changes were taken in as well.
    Saved {
        /// The newest revision.
        revision: i32,
        /// Whether somebody else had changed other questions meanwhile.
        joined: bool,
    },
    /// Both changed the same questions: somebody has to choose.
    Disputed(Box<Dispute>),
}

/// Two texts for the same questions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dispute {
    /// The submission as it stands.
    pub dossier: Dossier,
    /// The revision at which both sides began.
    pub since: i32,
    /// What is stored.
    pub stored: Answers,
    /// What was typed, with the changes of the other side to other questions.
    pub typed: Answers,
    /// What is in dispute.
    pub disputed: Vec<String>,
}

/// Saves a draft, compared with the revision that its form was loaded from.
pub fn save(
    tx: &mut Tx<'_>,
    actor: &Actor,
    reference: &str,
    typed: &Typed,
    now: NaiveDateTime,
) -> Result<Saving, OperationError> {
    let dossier = Dossier::load(tx, reference)?;
    dossier.permit(actor, Action::EditSubmission)?;
    dossier.expect_writing(now)?;
    let given = read(tx, &dossier, typed)?;
    let account = account_of(actor)?;
    let saving = keep(tx, &dossier, (account, now), (typed.revision, &given), "submission.save")?;
    let original = typed.original.filter(|original| *original != dossier.submission.original);
    if let (Saving::Saved { .. }, Some(original)) = (&saving, original) {
        store::set_original(tx, &dossier.submission.id, original)?;
    }
    Ok(saving)
}

/// Saves a draft in passing, while somebody types: only when nobody else has saved since the form was loaded, so that the
/// form stays what is stored. Returns the newest revision.
pub fn autosave(
    tx: &mut Tx<'_>,
    actor: &Actor,
    reference: &str,
    typed: &Typed,
    now: NaiveDateTime,
) -> Result<i32, OperationError> {
    let dossier = Dossier::load(tx, reference)?;
    dossier.permit(actor, Action::EditSubmission)?;
    if typed.revision != dossier.submission.revision || typed.since.is_some() {
        return Err(OperationError::Stale);
    }
    match save(tx, actor, reference, typed, now)? {
        Saving::Saved { revision, .. } => Ok(revision),
        Saving::Disputed(_) => Err(OperationError::Stale),
    }
}

/// Keeps answers that began from a revision, joined with what others have saved since, as an act of the trail; a question
/// that both changed differently comes back as a dispute.
pub(in crate::submissions) fn keep(
    tx: &mut Tx<'_>,
    dossier: &Dossier,
    (account, now): (&AccountId, NaiveDateTime),
    (began, given): (i32, &Answers),
    act: &str,
) -> Result<Saving, OperationError> {
    let submission = &dossier.submission;
    let since = began.clamp(0, submission.revision);
    let stored = store::answers_at(tx, &submission.id, submission.revision)?;
    let base =
        if since == submission.revision { stored.clone() } else { store::answers_at(tx, &submission.id, since)? };
    let merged = merge(&base, &stored, given, &Choices::new());
    if !merged.disputed.is_empty() {
        let Merged { answers: typed, disputed } = merged;
        let dossier = dossier.clone();
        return Ok(Saving::Disputed(Box::new(Dispute { dossier, since, stored, typed, disputed })));
    }
    let joined = since < submission.revision && merged.answers != *given;
    if merged.answers == stored {
        return Ok(Saving::Saved { revision: submission.revision, joined });
    }
    let after = &merged.answers;
    let revision = store::save_revision(tx, submission, &dossier.questionnaire, &stored, after, account, now)?;
    audit::record(tx, now, Some(account), act, &submission.reference, &json!({ "revision": revision }))?;
    clearance::operations::begin_again(tx, dossier, (account, now))?;
    Ok(Saving::Saved { revision, joined })
}

/// What a workbook would change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Uploaded {
    /// The submission as it stands.
    pub dossier: Dossier,
    /// What is stored.
    pub stored: Answers,
    /// What is stored with what was filled in; in dispute, as it was filled in.
    pub after: Answers,
    /// What the form sends when the change is confirmed: the answers of the workbook.
    pub given: Answers,
    /// The revision that they began from.
    pub since: i32,
}

/// Compares a workbook with the draft as it stands. One that was filled from the draft is compared as a form that was
/// loaded then; a blank form adds to what is stored and takes nothing away.
pub fn upload(
    conn: &mut AnyConnection,
    actor: &Actor,
    reference: &str,
    filled: &Answers,
    (began, now): (Option<i32>, NaiveDateTime),
) -> Result<Uploaded, OperationError> {
    let Draft { dossier, answers: stored, .. } = form_of(conn, actor, reference, now)?;
    let newest = dossier.submission.revision;
    let since = began.unwrap_or(newest).clamp(1, newest);
    let base = store::answers_at(conn, &dossier.submission.id, since)?;
    let given = if began.is_some() { filled.clone() } else { stored.supplemented(filled) };
    let after = merge(&base, &stored, &given, &Choices::new()).answers;
    Ok(Uploaded { dossier, stored, after, given, since })
}

/// Reads what was typed; where it settles a dispute, with the choices made.
fn read(tx: &mut Tx<'_>, dossier: &Dossier, typed: &Typed) -> Result<Answers, OperationError> {
    let fields = typed.fields.iter().map(|(name, value)| (name.as_str(), value.as_str()));
    let given = Answers::from_fields(&dossier.questionnaire, fields);
    let Some(since) = typed.since else { return Ok(given) };
    let id = &dossier.submission.id;
    let base = store::answers_at(tx, id, since)?;
    let theirs = store::answers_at(tx, id, typed.revision.min(dossier.submission.revision))?;
    // Why: what was left in dispute counts as typed, as the page has it ticked.
    Ok(merge(&base, &theirs, &given, &typed.choices).answers)
}
