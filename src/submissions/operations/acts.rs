//! Moving along the workflow, by the `rules` of each act. Whoever acts says what was seen, so that nobody clears or accepts a text
//! that has changed.

use chrono::NaiveDateTime;
use serde_json::json;

use super::drafts::account_of;
use super::rules::{Rules, rules};
use super::{Dossier, after, letters};
use crate::audit;
use crate::db::{AnyConnection, Tx};
use crate::kernel::fields::{FieldErrors, Message};
use crate::policy::{Action, Actor, Target, decide};
use crate::refusals::OperationError;
use crate::submissions::model::Submission;
use crate::submissions::store::{self, Act, Comment};
use crate::submissions::workflow::Event;
use crate::submissions::{clearance, co_sponsors, consents, links, pending};

/// Longest note or comment in characters.
pub const NOTE_CHARS_MAX: usize = 2000;

/// An act asked for: by whom, on what, having seen which revision.
#[derive(Debug, Clone, Copy)]
pub struct Asked<'a> {
    /// Who acts.
    pub actor: &'a Actor,
    /// Reference of the submission.
    pub reference: &'a str,
    /// The revision seen by the one who acts; nothing when the program itself has just written it.
    pub seen: Option<i32>,
    /// When.
    pub now: NaiveDateTime,
}

/// Words that go with an act.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Words {
    /// Note to the other side; may be empty.
    pub note: String,
    /// Comments by the code of their question.
    pub comments: Vec<(String, String)>,
}

impl Words {
    /// Returns a note without comments.
    pub fn note(text: &str) -> Self {
        Self { note: text.to_owned(), comments: Vec::new() }
    }

    /// Returns whether nothing is said.
    pub(in crate::submissions) fn is_silent(&self) -> bool {
        self.note.trim().is_empty() && self.comments.iter().all(|(_, text)| text.trim().is_empty())
    }
}

impl Asked<'_> {
    /// Loads the submission for an act, unless the policy, the window or a newer revision stands against it.
    fn load(&self, tx: &mut Tx<'_>, rules: &Rules) -> Result<Dossier, OperationError> {
        let dossier = Dossier::load(tx, self.reference)?;
        permit(&dossier, rules, self.actor, self.now)?;
        rules.expect(&dossier, self.actor, self.now)?;
        if self.seen.is_some_and(|seen| seen != dossier.submission.revision) {
            return Err(OperationError::Stale);
        }
        Ok(dossier)
    }

    /// Moves a submission, and keeps the act with its words.
    pub(in crate::submissions) fn go(
        &self,
        tx: &mut Tx<'_>,
        dossier: &Dossier,
        event: Event,
        words: &Words,
    ) -> Result<Submission, OperationError> {
        let submission = &dossier.submission;
        let to = after(submission, event)?;
        let account = account_of(self.actor)?;
        let (at, note) = (self.now, words.note.trim().to_owned());
        check_words(dossier, words)?;
        store::set_state(tx, submission, to, at)?;
        let (from, revision) = (submission.state, submission.revision);
        let act = Act { event, from, to, revision, account: account.clone(), note, at };
        let act_id = store::insert_act(tx, &submission.id, &act)?;
        clearance::operations::follow(tx, dossier, (event, &act_id), &act.note, (account, at))?;
        for (question, text) in words.comments.iter().filter(|(_, text)| !text.trim().is_empty()) {
            let comment = Comment { question: question.clone(), text: text.trim().to_owned(), at };
            store::insert_comment(tx, &submission.id, &act_id, &comment)?;
        }
        let detail = json!({ "from": from, "to": to, "revision": revision });
        audit::record(tx, at, Some(account), &format!("submission.{event}"), self.reference, &detail)?;
        letters::tell(tx, dossier, event, words, (account, at))?;
        if pending::EVENTS.contains(&event) {
            pending::store::remove(tx, &submission.id)?;
        }
        Ok(store::by_id(tx, &submission.id)?)
    }
}

/// Complains of a text that is too long for a note.
fn check_length(errors: &mut FieldErrors, field: &str, text: &str) {
    let over = text.trim().chars().count().saturating_sub(NOTE_CHARS_MAX);
    if over > 0 {
        let number = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
        let message = Message::new("too-long").number("max", number(NOTE_CHARS_MAX)).number("over", number(over));
        errors.add(field, message);
    }
}

/// Refuses a note that is too long.
pub(in crate::submissions) fn check_note(note: &str) -> Result<(), OperationError> {
    check_text("note", note)
}

/// Refuses a text of a field that is longer than a note may be.
pub(in crate::submissions) fn check_text(field: &str, text: &str) -> Result<(), OperationError> {
    let mut errors = FieldErrors::none();
    check_length(&mut errors, field, text);
    Ok(errors.into_result()?)
}

/// Refuses words that are too long, all at once.
pub(in crate::submissions) fn check_words(dossier: &Dossier, words: &Words) -> Result<(), OperationError> {
    let mut errors = FieldErrors::none();
    check_length(&mut errors, "note", &words.note);
    for (question, text) in &words.comments {
        check_length(&mut errors, &format!("comment.{question}"), text);
    }
    if words.comments.iter().any(|(question, _)| dossier.questionnaire.question(question).is_none()) {
        return Err(OperationError::NotFound);
    }
    Ok(errors.into_result()?)
}

/// Refuses while the answers are not as a submission needs them, with every message at once.
fn expect_complete(tx: &mut Tx<'_>, actor: &Actor, dossier: &Dossier) -> Result<(), OperationError> {
    let answers = store::answers_at(tx, &dossier.submission.id, dossier.submission.revision)?;
    let mut errors = dossier.check(&answers);
    errors.extend(&links::operations::check(tx, actor, &answers)?);
    Ok(errors.into_result()?)
}

/// Refuses an act that the policy allows by none of its names.
fn permit(dossier: &Dossier, rules: &Rules, actor: &Actor, now: NaiveDateTime) -> Result<(), OperationError> {
    let target = clearance::operations::target_for(dossier, actor, now);
    let mut answer = Err(OperationError::NotFound);
    for action in rules.actions {
        answer = dossier.permit_on(actor, *action, &target);
        if answer.is_ok() {
            break;
        }
    }
    answer
}

/// Does an act by its rules: permission, window and revision, then state, words and answers; then it moves, those whom it
/// concerns are told, and whoever has a say is asked.
pub fn act(tx: &mut Tx<'_>, event: Event, asked: &Asked<'_>, words: &Words) -> Result<Submission, OperationError> {
    let rules = rules(event);
    let dossier = asked.load(tx, &rules)?;
    after(&dossier.submission, event)?;
    let words = rules.said.of(words, &dossier)?;
    if rules.is_complete {
        expect_complete(tx, asked.actor, &dossier)?;
    }
    if event == Event::TakeOver {
        store::mark_taken_over(tx, &dossier.submission.id, asked.now)?;
    }
    let moved = asked.go(tx, &dossier, event, &words)?;
    if rules.puts_forward {
        let (dossier, account) = (Dossier { submission: moved.clone(), ..dossier }, account_of(asked.actor)?);
        consents::operations::ask(tx, &dossier, account, asked.now)?;
        co_sponsors::operations::ask(tx, &dossier, account, asked.now)?;
    }
    Ok(moved)
}

/// Refuses an act as it would itself, but for the words and the answers that go with it; changes nothing.
pub fn check(
    conn: &mut AnyConnection,
    actor: &Actor,
    reference: &str,
    event: Event,
    now: NaiveDateTime,
) -> Result<(), OperationError> {
    let (dossier, rules) = (Dossier::load(conn, reference)?, rules(event));
    dossier.permit(actor, Action::ViewSubmission)?;
    dossier.visible_revision(actor).ok_or(OperationError::NotFound)?;
    after(&dossier.submission, event)?;
    permit(&dossier, &rules, actor, now)?;
    rules.expect(&dossier, actor, now)
}

/// Asks the head of a delegation to confirm what the secretariat has just entered from a file of that name.
pub fn ask_confirmation(tx: &mut Tx<'_>, asked: &Asked<'_>, file: &str) -> Result<Submission, OperationError> {
    let dossier = Dossier::load(tx, asked.reference)?;
    let target = Target::of_session(dossier.submission.session.clone());
    decide(asked.actor, Action::ImportSubmissions, &target).map_err(|denial| OperationError::from(denial).hidden())?;
    let name: String = file.chars().take(NOTE_CHARS_MAX).collect();
    asked.go(tx, &dossier, Event::AskConfirmation, &Words::note(&name))
}
