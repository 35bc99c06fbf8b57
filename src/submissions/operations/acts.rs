//! Moving along the workflow. Each act says what was seen, so that nobody clears or accepts a text that has changed.

use chrono::NaiveDateTime;
use serde_json::json;

use super::drafts::account_of;
use super::{Dossier, after, is_own, letters};
use crate::audit;
use crate::db::{AnyConnection, Tx};
use crate::kernel::fields::{FieldErrors, Message};
use crate::policy::{Action, Actor, Target, decide};
use crate::refusals::OperationError;
use crate::sessions::Step;
use crate::submissions::model::Submission;
use crate::submissions::store::{self, Act, Comment};
use crate::submissions::workflow::{Event, State};
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
    fn load(&self, tx: &mut Tx<'_>, action: Action) -> Result<Dossier, OperationError> {
        let dossier = Dossier::load(tx, self.reference)?;
        let target = clearance::operations::target_for(&dossier, self.actor, self.now);
        dossier.permit_on(self.actor, action, &target)?;
        if self.seen.is_some_and(|seen| seen != dossier.submission.revision) {
            return Err(OperationError::Stale);
        }
        Ok(dossier)
    }

    /// Refuses a screening act outside its window.
    fn load_for_screening(&self, tx: &mut Tx<'_>) -> Result<Dossier, OperationError> {
        let dossier = self.load(tx, Action::ScreenSubmission)?;
        dossier.calendar.expect_open(Step::Screening, self.now).map_err(OperationError::Refused)?;
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

fn required(field: &str) -> OperationError {
    OperationError::Invalid(FieldErrors::one(field, Message::new("required")))
}

/// Refuses while the answers are not as a submission needs them, with every message at once.
fn expect_complete(tx: &mut Tx<'_>, actor: &Actor, dossier: &Dossier) -> Result<(), OperationError> {
    let answers = store::answers_at(tx, &dossier.submission.id, dossier.submission.revision)?;
    let mut errors = dossier.check(&answers);
    errors.extend(&links::operations::check(tx, actor, &answers)?);
    Ok(errors.into_result()?)
}

/// Does what an event names.
pub fn act(tx: &mut Tx<'_>, event: Event, asked: &Asked<'_>, words: &Words) -> Result<Submission, OperationError> {
    match event {
        Event::RequestClearance => request_clearance(tx, asked),
        Event::PassOn => pass_on(tx, asked, &words.note),
        Event::SendBack => send_back(tx, asked, &words.note),
        Event::Clear => clear(tx, asked),
        Event::HandInLate => hand_in_late(tx, asked),
        Event::Admit => admit(tx, asked, &words.note),
        Event::KeepInformal => keep_informal(tx, asked, &words.note),
        Event::HandIn => hand_in(tx, asked),
        Event::TakeUp => take_up(tx, asked),
        Event::Return => return_to_delegation(tx, asked, words),
        Event::Accept => accept(tx, asked, words),
        Event::NotRetain => not_retain(tx, asked, words),
        Event::Withdraw => withdraw(tx, asked, &words.note),
        Event::TakeOver => take_over(tx, asked),
        // Why: merging is about two submissions, and confirmation is asked of what comes out of a file: each has a door of
        // its own.
        Event::Merge | Event::Unmerge | Event::AskConfirmation => Err(OperationError::NotFound),
    }
}

/// Asks for clearance: the steps of the delegation begin, or the head is asked at once.
pub fn request_clearance(tx: &mut Tx<'_>, asked: &Asked<'_>) -> Result<Submission, OperationError> {
    let dossier = asked.load(tx, Action::RequestClearance)?;
    dossier.expect_writing(asked.now)?;
    expect_complete(tx, asked.actor, &dossier)?;
    asked.go(tx, &dossier, Event::RequestClearance, &Words::default())
}

/// Asks the head of a delegation to confirm what the secretariat has just entered from a file of that name.
pub fn ask_confirmation(tx: &mut Tx<'_>, asked: &Asked<'_>, file: &str) -> Result<Submission, OperationError> {
    let dossier = Dossier::load(tx, asked.reference)?;
    let target = Target::of_session(dossier.submission.session.clone());
    decide(asked.actor, Action::ImportSubmissions, &target).map_err(|denial| OperationError::from(denial).hidden())?;
    let name: String = file.chars().take(NOTE_CHARS_MAX).collect();
    asked.go(tx, &dossier, Event::AskConfirmation, &Words::note(&name))
}

/// Passes a text on from the step that is to be taken now: to the next, or to the head.
pub fn pass_on(tx: &mut Tx<'_>, asked: &Asked<'_>, note: &str) -> Result<Submission, OperationError> {
    let dossier = asked.load(tx, Action::TakeClearanceStep)?;
    dossier.expect_writing(asked.now)?;
    asked.go(tx, &dossier, Event::PassOn, &Words::note(note))
}

/// Sends a text that waits for clearance back to the delegates; where it takes steps, with a comment.
pub fn send_back(tx: &mut Tx<'_>, asked: &Asked<'_>, note: &str) -> Result<Submission, OperationError> {
    let dossier = match asked.load(tx, Action::ClearSubmission) {
        Err(OperationError::Denied(_)) => asked.load(tx, Action::TakeClearanceStep)?,
        other => other?,
    };
    after(&dossier.submission, Event::SendBack)?;
    if dossier.chain.is_some() && note.trim().is_empty() {
        return Err(required("note"));
    }
    asked.go(tx, &dossier, Event::SendBack, &Words::note(note))
}

/// Clears a text: it goes to the secretariat, and the countries that it names are asked for their consent.
pub fn clear(tx: &mut Tx<'_>, asked: &Asked<'_>) -> Result<Submission, OperationError> {
    let dossier = asked.load(tx, Action::ClearSubmission)?;
    clearance::operations::expect_through(&dossier)?;
    dossier.expect_in_time(asked.now)?;
    expect_complete(tx, asked.actor, &dossier)?;
    put_forward(tx, asked, dossier, (Event::Clear, ""))
}

/// Puts a text forward: the countries that it names are asked for their consent, and invited delegations to join.
fn put_forward(
    tx: &mut Tx<'_>,
    asked: &Asked<'_>,
    dossier: Dossier,
    (event, note): (Event, &str),
) -> Result<Submission, OperationError> {
    let moved = asked.go(tx, &dossier, event, &Words::note(note))?;
    let dossier = Dossier { submission: moved.clone(), ..dossier };
    consents::operations::ask(tx, &dossier, account_of(asked.actor)?, asked.now)?;
    co_sponsors::operations::ask(tx, &dossier, account_of(asked.actor)?, asked.now)?;
    Ok(moved)
}

/// Hands a text in after the window: it goes to the secretariat as late, and nobody else is asked anything.
pub fn hand_in_late(tx: &mut Tx<'_>, asked: &Asked<'_>) -> Result<Submission, OperationError> {
    let dossier = asked.load(tx, Action::ClearSubmission)?;
    clearance::operations::expect_through(&dossier)?;
    dossier.expect_writing(asked.now)?;
    if !dossier.is_late(asked.now) {
        return Err(OperationError::refused("not-late"));
    }
    expect_complete(tx, asked.actor, &dossier)?;
    asked.go(tx, &dossier, Event::HandInLate, &Words::default())
}

/// Admits what was handed in late: from here it is put forward like any other.
pub fn admit(tx: &mut Tx<'_>, asked: &Asked<'_>, note: &str) -> Result<Submission, OperationError> {
    let dossier = asked.load(tx, Action::ReceiveLate)?;
    dossier.calendar.expect_open(Step::Screening, asked.now).map_err(OperationError::Refused)?;
    put_forward(tx, asked, dossier, (Event::Admit, note))
}

/// Keeps what was handed in late as an informal paper: every delegation reads it, nobody reviews it or votes on it.
pub fn keep_informal(tx: &mut Tx<'_>, asked: &Asked<'_>, note: &str) -> Result<Submission, OperationError> {
    let dossier = asked.load(tx, Action::ReceiveLate)?;
    asked.go(tx, &dossier, Event::KeepInformal, &Words::note(note))
}

/// Withdraws a submission.
pub fn withdraw(tx: &mut Tx<'_>, asked: &Asked<'_>, note: &str) -> Result<Submission, OperationError> {
    let dossier = asked.load(tx, Action::WithdrawSubmission)?;
    asked.go(tx, &dossier, Event::Withdraw, &Words::note(note))
}

/// Refuses an act of screening as the act itself would, but for the words that go with it; changes nothing.
pub fn check_screening(
    conn: &mut AnyConnection,
    actor: &Actor,
    reference: &str,
    event: Event,
    now: NaiveDateTime,
) -> Result<(), OperationError> {
    let dossier = Dossier::load(conn, reference)?;
    dossier.permit(actor, Action::ViewSubmission)?;
    dossier.visible_revision(actor).ok_or(OperationError::NotFound)?;
    after(&dossier.submission, event)?;
    dossier.permit(actor, Action::ScreenSubmission)?;
    dossier.calendar.expect_open(Step::Screening, now).map_err(OperationError::Refused)
}

/// Takes a submission up for screening.
pub fn take_up(tx: &mut Tx<'_>, asked: &Asked<'_>) -> Result<Submission, OperationError> {
    let dossier = asked.load_for_screening(tx)?;
    asked.go(tx, &dossier, Event::TakeUp, &Words::default())
}

/// Returns a submission to its delegation, with a note or comments on questions.
pub fn return_to_delegation(tx: &mut Tx<'_>, asked: &Asked<'_>, words: &Words) -> Result<Submission, OperationError> {
    let dossier = asked.load_for_screening(tx)?;
    after(&dossier.submission, Event::Return)?;
    if words.is_silent() {
        return Err(required("note"));
    }
    asked.go(tx, &dossier, Event::Return, words)
}

/// Accepts a submission: practices enter the library, actions are reviewed and voted on.
pub fn accept(tx: &mut Tx<'_>, asked: &Asked<'_>, words: &Words) -> Result<Submission, OperationError> {
    let dossier = asked.load_for_screening(tx)?;
    asked.go(tx, &dossier, Event::Accept, words)
}

/// Does not retain a submission in this session, and says why.
pub fn not_retain(tx: &mut Tx<'_>, asked: &Asked<'_>, words: &Words) -> Result<Submission, OperationError> {
    let dossier = asked.load_for_screening(tx)?;
    after(&dossier.submission, Event::NotRetain)?;
    if words.note.trim().is_empty() {
        return Err(required("note"));
    }
    asked.go(tx, &dossier, Event::NotRetain, words)
}

/// Hands in for the secretariat: an entry compiled from public sources, or what it wrote itself for the group.
pub fn hand_in(tx: &mut Tx<'_>, asked: &Asked<'_>) -> Result<Submission, OperationError> {
    let known = Dossier::load(tx, asked.reference)?;
    // Why: drafts of delegations are unknown to the secretariat, so that any other refusal would give them away.
    if !known.is_compiled() && !is_own(asked.actor, &known.submission) {
        return Err(OperationError::NotFound);
    }
    let dossier = asked.load(tx, Action::HandInSubmission)?;
    if !dossier.is_compiled() {
        dossier.expect_in_time(asked.now)?;
    }
    expect_complete(tx, asked.actor, &dossier)?;
    put_forward(tx, asked, dossier, (Event::HandIn, ""))
}

/// Takes over an entry compiled from public sources, so that its delegation completes it.
pub fn take_over(tx: &mut Tx<'_>, asked: &Asked<'_>) -> Result<Submission, OperationError> {
    let dossier = asked.load(tx, Action::TakeOverSubmission)?;
    if !dossier.is_compiled() {
        return Err(OperationError::refused("not-compiled"));
    }
    let is_open = |step| dossier.calendar.expect_open(step, asked.now);
    is_open(Step::Submissions).or_else(|_| is_open(Step::Screening)).map_err(OperationError::Refused)?;
    store::mark_taken_over(tx, &dossier.submission.id, asked.now)?;
    let moved = asked.go(tx, &dossier, Event::TakeOver, &Words::default())?;
    debug_assert_eq!(moved.state, State::Returned);
    Ok(moved)
}
