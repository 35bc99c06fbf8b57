//! Reading for the pages, limited to what the reader may see: private answers, earlier revisions and acts inside the
//! delegation never reach a page of others.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDateTime;

use super::{Dossier, is_own};
use crate::accounts::{self, Account};
use crate::db::{AnyConnection, StoreError};
use crate::delegations::{self, Delegation};
use crate::kernel::ids::AccountId;
use crate::kernel::reference::Kind;
use crate::policy::{Action, Actor, Target, may};
use crate::questionnaires::{self, AnswerKey, Answers, Questionnaire};
use crate::refusals::OperationError;
use crate::sessions::{self, Calendar};
use crate::submissions::attachments::{self, Attachment};
use crate::submissions::clarifications::{self, Clarification};
use crate::submissions::co_sponsors;
use crate::submissions::consents;
use crate::submissions::copies::{self, Ties};
use crate::submissions::edits;
use crate::submissions::languages::{self, TextState};
use crate::submissions::links::{self, operations::Links};
use crate::submissions::merging::{self, Links as Merges};
use crate::submissions::pending::{self, Outcome};
use crate::submissions::queue::Queue;
use crate::submissions::store::{self, Act, Comment, Revision};
use crate::submissions::workflow::{Event, State};

/// A submission opened for reading.
#[derive(Debug, Clone)]
pub struct Opened {
    /// The submission with its rules.
    pub dossier: Dossier,
    /// Its delegation.
    pub delegation: Delegation,
    /// Every delegation: those that it names are among them.
    pub delegations: Vec<Delegation>,
    /// The revision shown.
    pub revision: i32,
    /// The answers, without private ones unless the reader may see them.
    pub answers: Answers,
    /// The files that go with it, as far as the reader may see them.
    pub attachments: Vec<Attachment>,
    /// Questions about it and their answers, as far as the reader may read them.
    pub clarifications: Vec<Clarification>,
    /// Its texts in both languages, with how each translation stands.
    pub texts: Vec<TextState>,
    /// What ties it to other submissions, as far as the reader may see.
    pub links: Links,
    /// Whether delegations can still be invited, join and leave.
    pub co_sponsors_open: bool,
    /// Whether a ballot has opened over it: what others say to it stands as it stood then.
    pub is_voted_on: bool,
    /// What was done, for those who may see it.
    pub history: Option<History>,
    /// The queue in which it is being screened, if it is.
    pub queue: Option<Queue>,
    /// The merges around it.
    pub merges: Merges,
    /// The copies around it.
    pub copies: Ties,
    /// What the secretariat means to do with it, while it is being screened.
    pub pending: Option<Outcome>,
    /// Whether changes that the secretariat proposes wait, and whether there ever were any; for those who may know.
    pub edits: Option<(bool, bool)>,
}

/// What was done with a submission, as far as the reader may see.
#[derive(Debug, Clone, Default)]
pub struct History {
    /// Revisions, oldest first.
    pub revisions: Vec<Revision>,
    /// Acts, oldest first.
    pub acts: Vec<Act>,
    /// Comments of the secretariat, oldest first.
    pub comments: Vec<Comment>,
    /// Who confirmed, for the delegation, the revisions that the secretariat proposed; by number.
    pub confirmed: BTreeMap<i32, AccountId>,
    /// Accounts named in these.
    pub people: BTreeMap<AccountId, Account>,
}

/// Opens a submission for somebody who may see it; for others it does not exist.
pub fn open(
    conn: &mut AnyConnection,
    actor: &Actor,
    reference: &str,
    now: NaiveDateTime,
) -> Result<Opened, OperationError> {
    let dossier = Dossier::load(conn, reference)?;
    dossier.permit(actor, Action::ViewSubmission)?;
    let revision = dossier.visible_revision(actor).ok_or(OperationError::NotFound)?;
    let delegations = delegations::store::all(conn)?;
    let own = delegations.iter().find(|one| one.id == dossier.submission.delegation);
    let delegation = own.cloned().ok_or(OperationError::NotFound)?;
    let mut answers = store::answers_at(conn, &dossier.submission.id, revision)?;
    let sees_history = may(actor, Action::ViewSubmissionHistory, &dossier.target());
    let history = if sees_history { Some(history_of(conn, actor, &dossier, revision)?) } else { None };
    if history.is_none() {
        answers = public_part(&dossier.questionnaire, &answers);
    }
    let is_voted_on = !dossier.consents.is_empty() && consents::store::is_voted_on(conn, &dossier.submission.id)?;
    let co_sponsors_open = dossier.submission.kind == Kind::Action
        && actor.account.is_some()
        && co_sponsors::operations::closed(conn, &dossier, now)?.is_none();
    let mut clarifications = clarifications::store::of(conn, &dossier.submission.id)?;
    clarifications.retain(|one| clarifications::operations::is_readable(actor, &dossier, one));
    let texts = languages::operations::texts(conn, &dossier, revision)?;
    let attachments = attachments::operations::visible(conn, actor, &dossier)?;
    let links = links::operations::of(conn, actor, &dossier.submission, &answers)?;
    let merges = merging::operations::links(conn, &dossier)?;
    let copies = copies::operations::ties(conn, actor, &dossier, now)?;
    let edits = edits::operations::told(conn, actor, &dossier)?;
    Ok(Opened {
        dossier,
        delegation,
        delegations,
        revision,
        answers,
        attachments,
        clarifications,
        texts,
        links,
        co_sponsors_open,
        is_voted_on,
        history,
        queue: None,
        merges,
        copies,
        pending: None,
        edits,
    })
}

/// Opens a submission for screening.
pub fn screen(
    conn: &mut AnyConnection,
    actor: &Actor,
    reference: &str,
    now: NaiveDateTime,
) -> Result<Opened, OperationError> {
    let opened = open(conn, actor, reference, now)?;
    opened.dossier.permit(actor, Action::ScreenSubmission)?;
    let pending = pending::store::of(conn, &opened.dossier.submission.id)?;
    Ok(Opened { pending, ..opened })
}

/// Returns the answers to questions that are not private.
fn public_part(questionnaire: &Questionnaire, answers: &Answers) -> Answers {
    let is_public = |key: &AnswerKey| {
        let whole = key.cell().map_or(key.question.as_str(), |(question, _, _)| question);
        let private = |path: &str| questionnaire.at(path).is_none_or(|question| question.private);
        !private(&key.question) && !private(whole)
    };
    answers.iter().filter(|(key, _)| is_public(key)).map(|(key, text)| (key.clone(), text.to_owned())).collect()
}

/// Gathers the history: the delegation sees all of it, others what was handed in and what was done since.
fn history_of(conn: &mut AnyConnection, actor: &Actor, dossier: &Dossier, newest: i32) -> Result<History, StoreError> {
    let id = &dossier.submission.id;
    let (mut revisions, mut acts) = (store::revisions_of(conn, id)?, dossier.acts.clone());
    let edited = edits::store::confirmations_of(conn, id)?;
    if !is_own(actor, &dossier.submission) {
        let handed_in = acts.iter().filter(|act| State::HANDED_IN.contains(&act.to)).map(|act| act.revision);
        let shared = edited.iter().filter(|(_, (_, is_shared))| *is_shared).map(|(number, _)| *number);
        let known: BTreeSet<i32> = handed_in.chain(shared).chain([newest]).collect();
        revisions.retain(|revision| known.contains(&revision.number));
        // What stays inside the delegation is its own; that it is asked to confirm a text comes from the secretariat.
        let is_at_home = |to| matches!(to, State::Draft | State::AwaitingClearance);
        acts.retain(|act| !is_at_home(act.to) || act.event == Event::AskConfirmation);
    }
    let comments = store::comments_of(conn, id)?;
    let confirmed: BTreeMap<i32, AccountId> =
        edited.into_iter().map(|(number, (account, _))| (number, account)).collect();
    let named = revisions.iter().map(|revision| &revision.account).chain(acts.iter().map(|act| &act.account));
    let named = named.chain(confirmed.values());
    let mut people = BTreeMap::new();
    for account in named {
        if !people.contains_key(account) {
            people.insert(account.clone(), accounts::store::account(conn, account)?);
        }
    }
    Ok(History { revisions, acts, comments, confirmed, people })
}

/// Opens a submission with its history, for those who may see that.
pub fn history(
    conn: &mut AnyConnection,
    actor: &Actor,
    reference: &str,
    now: NaiveDateTime,
) -> Result<Opened, OperationError> {
    let opened = open(conn, actor, reference, now)?;
    opened.dossier.permit(actor, Action::ViewSubmissionHistory)?;
    Ok(opened)
}

/// Returns the answers at two revisions that the reader may see.
pub fn compare(
    conn: &mut AnyConnection,
    actor: &Actor,
    reference: &str,
    (from, to): (i32, i32),
    now: NaiveDateTime,
) -> Result<(Opened, Answers, Answers), OperationError> {
    let opened = history(conn, actor, reference, now)?;
    let known = |number: i32| {
        opened.history.as_ref().is_some_and(|history| history.revisions.iter().any(|one| one.number == number))
    };
    if !known(from) || !known(to) {
        return Err(OperationError::NotFound);
    }
    let id = opened.dossier.submission.id.clone();
    let before = store::answers_at(conn, &id, from)?;
    let after = store::answers_at(conn, &id, to)?;
    Ok((opened, before, after))
}

/// What the page that starts a submission needs.
#[derive(Debug, Clone)]
pub struct Wanted {
    /// The session with its windows.
    pub calendar: Calendar,
    /// The questionnaire of the kind.
    pub questionnaire: Questionnaire,
    /// The delegations for which the reader may start one.
    pub delegations: Vec<Delegation>,
}

/// Opens the page that starts a submission.
pub fn start(conn: &mut AnyConnection, actor: &Actor, session: i32, kind: Kind) -> Result<Wanted, OperationError> {
    let session = sessions::store::by_number(conn, session)?;
    let calendar = sessions::store::calendar(conn, &session.id)?;
    let (_, questionnaire) = questionnaires::store::newest(conn, &session.id, kind)?;
    let may_start = |one: &Delegation| may(actor, Action::CreateSubmission, &Target::of_delegation(one.id.clone()));
    let delegations: Vec<Delegation> = delegations::store::all(conn)?.into_iter().filter(may_start).collect();
    if delegations.is_empty() {
        return Err(OperationError::Denied(crate::policy::Denial::NoCapacity));
    }
    Ok(Wanted { calendar, questionnaire, delegations })
}
