//! The one act of the room: applies a file as a whole, in one transaction, or not at all.

use chrono::NaiveDateTime;
use serde_json::json;

use super::model::{Change, Fault, Planned};
use super::prepare::prepare;
use crate::audit;
use crate::db::Tx;
use crate::kernel::ids::{AccountId, SubmissionId};
use crate::kernel::reference::{Kind, Reference};
use crate::policy::{Action, Actor, Denial, Target, decide};
use crate::questionnaires::{self, Questionnaire};
use crate::refusals::OperationError;
use crate::sessions::Session;
use crate::submissions::operations::{self as acts, Compiled, NewDraft, Words, create_compiled};
use crate::submissions::{self, Columns, Event, State, Submission};

/// Refuses whoever may not import.
pub fn permit(actor: &Actor, session: &Session) -> Result<(), Denial> {
    decide(actor, Action::ImportSubmissions, &Target::of_session(session.id.clone()))
}

/// What was done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Applied {
    /// References of new entries.
    pub new: Vec<String>,
    /// References of changed entries.
    pub changed: Vec<String>,
    /// Number of rows that changed nothing.
    pub unchanged: usize,
}

/// A file to be applied.
#[derive(Debug, Clone, Copy)]
pub struct Asked<'a> {
    /// To which session.
    pub session: &'a Session,
    /// Practices or actions.
    pub kind: Kind,
    /// The file.
    pub text: &'a str,
    /// Its name, as it stands on record with what it brought.
    pub name: &'a str,
    /// The digest of the plan that was shown; nothing when none was.
    pub digest: Option<&'a str>,
}

/// Applies a file as a whole, or says what is wrong with it. Refuses when it would do something else than was shown.
pub fn apply(
    tx: &mut Tx<'_>,
    actor: &Actor,
    asked: Asked<'_>,
    now: NaiveDateTime,
) -> Result<Result<Applied, Vec<Fault>>, OperationError> {
    let Asked { session, kind, text, name, digest } = asked;
    permit(actor, session)?;
    let plan = match prepare(tx, session, kind, text)? {
        Ok(plan) => plan,
        Err(faults) => return Ok(Err(faults)),
    };
    if digest.is_some_and(|digest| digest != plan.digest) {
        return Err(OperationError::Stale);
    }
    let account = actor.account.as_ref().ok_or(Denial::NotSignedIn)?;
    let hand = Hand { actor, account, session, kind, name, now };
    let mut applied = Applied { new: Vec::new(), changed: Vec::new(), unchanged: 0 };
    for row in &plan.rows {
        match (&row.change, &row.entry) {
            (Change::New, _) => {
                applied.new.push(add(tx, &hand, row, &plan.questionnaire)?);
            }
            (Change::Changed(_), Some(entry)) => {
                change(tx, &hand, entry, row)?;
                applied.changed.push(entry.reference.clone());
            }
            (Change::Changed(_) | Change::Unchanged, _) => applied.unchanged += 1,
        }
    }
    let detail = json!({
        "kind": kind.code(), "file": crate::kernel::token::digest(text), "new": applied.new.len(),
        "changed": applied.changed.len(), "unchanged": applied.unchanged,
    });
    if !applied.new.is_empty() || !applied.changed.is_empty() {
        audit::record(tx, now, Some(account), "import.apply", &session.number.to_string(), &detail)?;
    }
    Ok(Ok(applied))
}

/// Who imports, into what, when.
struct Hand<'a> {
    actor: &'a Actor,
    account: &'a AccountId,
    session: &'a Session,
    kind: Kind,
    name: &'a str,
    now: NaiveDateTime,
}

impl Hand<'_> {
    fn asked<'a>(&'a self, reference: &'a str) -> acts::Asked<'a> {
        acts::Asked { actor: self.actor, reference, seen: None, now: self.now }
    }

    fn record(
        &self,
        tx: &mut Tx<'_>,
        act: &str,
        subject: &str,
        detail: &serde_json::Value,
    ) -> Result<(), OperationError> {
        Ok(audit::record(tx, self.now, Some(self.account), act, subject, detail)?)
    }
}

/// Adds an entry: a text that its delegation is asked to confirm, or, with a source, a compiled entry that is handed in.
fn add(
    tx: &mut Tx<'_>,
    hand: &Hand<'_>,
    row: &Planned,
    questionnaire: &Questionnaire,
) -> Result<String, OperationError> {
    let Some((_, source)) = &row.source else {
        let draft = new_draft(tx, hand, row)?;
        submissions::store::insert(tx, &draft, questionnaire, &row.after, hand.account)?;
        hand.record(tx, "submission.create", &draft.reference, &json!({ "by": "import" }))?;
        if row.waits {
            acts::ask_confirmation(tx, &hand.asked(&draft.reference), hand.name)?;
        }
        return Ok(draft.reference);
    };
    let draft = NewDraft {
        session: hand.session.number,
        kind: hand.kind,
        delegation: row.delegation.clone(),
        original: row.original,
    };
    let entry = Compiled { draft, answers: row.after.clone(), source: source.clone() };
    let made = create_compiled(tx, hand.actor, &entry, hand.now)?;
    acts::act(tx, Event::HandIn, &hand.asked(&made.reference), &Words::default())?;
    Ok(made.reference)
}

fn new_draft(tx: &mut Tx<'_>, hand: &Hand<'_>, row: &Planned) -> Result<Submission, OperationError> {
    let (questionnaire, _) = questionnaires::store::newest(tx, &hand.session.id, hand.kind)?;
    let number = submissions::store::next_number(tx, &hand.session.id, hand.kind, &row.delegation)?;
    let year = hand.session.year();
    let reference = Reference { kind: hand.kind, delegation: row.delegation_code.clone(), year, number };
    Ok(Submission {
        id: SubmissionId::new(),
        kind: hand.kind,
        session: hand.session.id.clone(),
        delegation: row.delegation.clone(),
        reference: reference.to_string(),
        number,
        state: State::Draft,
        questionnaire,
        original: row.original,
        revision: 1,
        columns: Columns::default(),
        created_at: hand.now,
        updated_at: hand.now,
        accepted_at: None,
        published_at: None,
    })
}

/// Changes an entry: a new revision where answers differ, and where it comes from. Its state stays.
fn change(tx: &mut Tx<'_>, hand: &Hand<'_>, entry: &Submission, row: &Planned) -> Result<(), OperationError> {
    let mut revision = entry.revision;
    if row.before != row.after {
        let questionnaire = questionnaires::store::by_id(tx, &entry.questionnaire)?;
        let (before, after) = (&row.before, &row.after);
        revision = submissions::store::save_revision(tx, entry, &questionnaire, before, after, hand.account, hand.now)?;
    }
    if let Some((Some(before), after)) = &row.source
        && before != after
    {
        submissions::store::update_source(tx, &entry.id, after)?;
    }
    hand.record(tx, "submission.save", &entry.reference, &json!({ "revision": revision, "by": "import" }))
}
