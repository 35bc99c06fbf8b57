//! Setting who is asked to review what, and proposing it.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDateTime;
use serde_json::json;

use super::model::{self, Assignments, EACH_MAX, Proposal};
use super::store;
use crate::audit;
use crate::db::{AnyConnection, Tx};
use crate::kernel::fields::{FieldErrors, Message};
use crate::kernel::ids::{AccountId, SubmissionId};
use crate::kernel::token::digest;
use crate::outbox::{self, Fact, Kind, Letter, To};
use crate::policy::{Action, Actor, Capacity, Denial, Target, decide};
use crate::refusals::OperationError;
use crate::reviews::operations::{Overview, Progress, Standing, overview};
use crate::sessions::Step;
use crate::submissions::Submission;

/// What the page of the assignments needs.
#[derive(Debug, Clone)]
pub struct Table {
    /// The reviews of the session.
    pub overview: Overview,
    /// What stands.
    pub held: Assignments,
    /// What is proposed, when that was asked for.
    pub proposal: Option<Proposal>,
}

impl Table {
    /// Returns everybody's progress.
    pub fn reviewers(&self) -> &[Progress] {
        self.overview.all.as_deref().unwrap_or_default()
    }

    /// Returns who is recused from what: by one's own country or organization, or by one's own statement.
    pub fn recused(&self) -> Assignments {
        let of = |one: &Progress| {
            let recused = one.standings.iter().filter(|(_, standing)| *standing == Standing::Recused);
            recused.map(|(action, _)| (action.clone(), one.account.clone())).collect::<Vec<_>>()
        };
        self.reviewers().iter().flat_map(of).collect()
    }

    /// Returns what stands in one line, by which a form knows what it showed.
    pub fn seen(&self) -> String {
        digest(&model::print(&self.held))
    }
}

/// Returns who is asked to review what to the secretariat; with a proposal for so many reviewers for each action.
pub fn table(
    conn: &mut AnyConnection,
    actor: &Actor,
    number: i32,
    each: Option<usize>,
    now: NaiveDateTime,
) -> Result<Table, OperationError> {
    decide(actor, Action::ManageSessions, &Target::none()).map_err(|denial| OperationError::from(denial).hidden())?;
    let overview = overview(conn, actor, number, now)?;
    let held = store::of_session(conn, &overview.calendar.session.id)?;
    let mut table = Table { overview, held, proposal: None };
    if let Some(each) = each {
        let actions: Vec<SubmissionId> = table.overview.actions.iter().map(|action| action.id.clone()).collect();
        let reviewers: Vec<AccountId> = table.reviewers().iter().map(|one| one.account.clone()).collect();
        let each = each.min(EACH_MAX);
        table.proposal = Some(model::propose(&actions, &reviewers, &table.recused(), &table.held, each));
    }
    Ok(table)
}

/// Sets who is asked to review what; `seen` is what the form showed. Who is recused is not asked.
pub fn set(
    tx: &mut Tx<'_>,
    actor: &Actor,
    number: i32,
    (wanted, seen): (&BTreeSet<(String, AccountId)>, &str),
    now: NaiveDateTime,
) -> Result<(), OperationError> {
    let table = table(tx, actor, number, None, now)?;
    if table.seen() != seen {
        return Err(OperationError::Stale);
    }
    let by = actor.account.as_ref().ok_or(Denial::NotSignedIn)?;
    let recused = table.recused();
    let mut assignments = Assignments::new();
    for (reference, account) in wanted {
        let action = table.overview.actions.iter().find(|action| action.reference == *reference);
        let reviewer = table.reviewers().iter().find(|one| one.account == *account);
        let (Some(action), Some(reviewer)) = (action, reviewer) else { return Err(OperationError::NotFound) };
        let pair = (action.id.clone(), account.clone());
        if recused.contains(&pair) {
            let message = Message::new("assignment-recused").text("name", reviewer.name.clone());
            let field = field(action);
            return Err(FieldErrors::one(field, message.text("reference", reference.clone())).into());
        }
        assignments.insert(pair);
    }
    let reference = |id: &SubmissionId| {
        let found = table.overview.actions.iter().find(|action| action.id == *id);
        found.map_or_else(String::new, |action| action.reference.clone())
    };
    let (mut added, mut removed) = (Vec::new(), Vec::new());
    for pair in assignments.difference(&table.held) {
        store::insert(tx, pair, (by, now))?;
        added.push(format!("{} {}", reference(&pair.0), pair.1));
    }
    for pair in table.held.difference(&assignments) {
        store::remove(tx, pair)?;
        removed.push(format!("{} {}", reference(&pair.0), pair.1));
    }
    let detail = json!({ "added": added, "removed": removed });
    audit::record(tx, now, Some(by), "review.assign", &number.to_string(), &detail)?;
    tell(tx, by, &table, &assignments, now)
}

/// Tells each reviewer of the actions that were not assigned to that reviewer before, in one mail however many they are.
fn tell(
    tx: &mut Tx<'_>,
    by: &AccountId,
    table: &Table,
    assignments: &Assignments,
    now: NaiveDateTime,
) -> Result<(), OperationError> {
    let calendar = &table.overview.calendar;
    let session = &calendar.session;
    let mut added: BTreeMap<&AccountId, i64> = BTreeMap::new();
    for (_, account) in assignments.difference(&table.held) {
        *added.entry(account).or_default() += 1;
    }
    for (account, count) in added {
        let mut letter = Letter::new(Kind::ReviewsAssigned, format!("/sessions/{}/reviews", session.number))
            .with("session", Fact::Both(session.title.clone()))
            .with("count", Fact::Number(count));
        if let Some(window) = calendar.window(Step::Reviews) {
            letter = letter.with("deadline", Fact::moment(window.closes_at, session.time_zone));
        }
        outbox::write(tx, &letter, To::Holder(account, Capacity::Reviewer, None), Some(by), now)?;
    }
    Ok(())
}

/// Returns the field with the reviewers of an action.
pub fn field(action: &Submission) -> String {
    format!("assign.{}", action.reference)
}
