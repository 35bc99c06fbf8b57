//! Acts on sessions: create, change, set windows, criteria and voting rules, appoint and dismiss reviewers.
//!
//! Each act is the secretariat's. Forms hand over the edition they showed: when the session has changed since, the
//! act answers `Stale` and nothing is overwritten.

use chrono::NaiveDateTime;
use serde_json::{Value, json};

use super::model::drafts::{check_criteria, check_windows};
use super::model::{Calendar, Criterion, Dates, Details, NewCriterion, NewSession, Seen, Session, Step, VotingRules};
use super::store;
use super::store::reviewers::{self, Reviewer};
use crate::accounts::model::folded_email;
use crate::accounts::store as accounts;
use crate::audit;
use crate::db::{AnyConnection, StoreError, Tx};
use crate::kernel::fields::{FieldErrors, Message};
use crate::kernel::ids::{AccountId, CriterionId, SessionId};
use crate::kernel::reference::Kind;
use crate::outbox::{self, Fact, Letter, To};
use crate::policy::{Action, Actor, Capacity, Target, decide};
use crate::questionnaires::{self, Questionnaire};
use crate::refusals::OperationError;

/// A session as its own page shows it.
#[derive(Debug, Clone)]
pub struct Hub {
    /// The session with its windows.
    pub calendar: Calendar,
    /// Its criteria.
    pub criteria: Vec<Criterion>,
    /// Whether the result of a ballot is public.
    pub has_certified_ballot: bool,
    /// Whether the group has concluded a decision.
    pub has_decision: bool,
    /// Whether a programme was adopted.
    pub has_programme: bool,
    /// Whether the draft of a programme is before the group.
    pub has_tabled_programme: bool,
}

/// A session as the secretariat edits it.
#[derive(Debug, Clone)]
pub struct Managed {
    /// The session with its windows.
    pub calendar: Calendar,
    /// Its criteria.
    pub criteria: Vec<Criterion>,
    /// Whether reviews exist, so that the criteria stand.
    pub has_reviews: bool,
}

/// The reviewers of a session and who can become one.
#[derive(Debug, Clone)]
pub struct Appointments {
    /// The session.
    pub session: Session,
    /// Those appointed.
    pub reviewers: Vec<Reviewer>,
    /// Accounts that can be appointed: id, name, e-mail address.
    pub candidates: Vec<(AccountId, String, String)>,
}

/// Returns every session with its windows, the newest first: sessions are public.
pub fn list(conn: &mut AnyConnection, actor: &Actor) -> Result<Vec<Calendar>, OperationError> {
    decide(actor, Action::ViewSession, &Target::none()).map_err(|denial| OperationError::from(denial).hidden())?;
    Ok(store::calendars(conn)?)
}

/// Returns one session as its page shows it.
pub fn hub(conn: &mut AnyConnection, actor: &Actor, number: i32) -> Result<Hub, OperationError> {
    let session = store::by_number(conn, number)?;
    let target = Target::of_session(session.id.clone());
    decide(actor, Action::ViewSession, &target).map_err(|denial| OperationError::from(denial).hidden())?;
    let windows = store::windows_of(conn, &session.id)?;
    let criteria = store::criteria_of(conn, &session.id)?;
    let (has_certified_ballot, has_programme) = store::has_published(conn, &session.id)?;
    let has_decision = store::has_decision(conn, &session.id)?;
    let has_tabled_programme = store::has_tabled_programme(conn, &session.id)?;
    let calendar = Calendar { session, windows };
    Ok(Hub { calendar, criteria, has_certified_ballot, has_decision, has_programme, has_tabled_programme })
}

/// Returns the number that the next session most likely has.
pub fn next_number(conn: &mut AnyConnection, actor: &Actor) -> Result<i32, OperationError> {
    decide(actor, Action::ManageSessions, &Target::none())?;
    Ok(store::all(conn)?.first().map_or(1, |session| session.number + 1))
}

/// Returns a session to be edited.
pub fn to_manage(conn: &mut AnyConnection, actor: &Actor, number: i32) -> Result<Managed, OperationError> {
    decide(actor, Action::ManageSessions, &Target::none())?;
    let session = store::by_number(conn, number)?;
    let windows = store::windows_of(conn, &session.id)?;
    let criteria = store::criteria_of(conn, &session.id)?;
    let has_reviews = store::has_reviews(conn, &session.id)?;
    Ok(Managed { calendar: Calendar { session, windows }, criteria, has_reviews })
}

/// Returns the reviewers of a session and who can become one.
pub fn appointments(conn: &mut AnyConnection, actor: &Actor, number: i32) -> Result<Appointments, OperationError> {
    decide(actor, Action::ManageSessions, &Target::none())?;
    let session = store::by_number(conn, number)?;
    let reviewers = reviewers::named(conn, &session.id)?;
    let candidates = reviewers::to_appoint(conn, &session.id)?;
    Ok(Appointments { session, reviewers, candidates })
}

/// Returns a session, and whether it asks heads and alternates for a second factor.
pub fn second_factor(conn: &mut AnyConnection, actor: &Actor, number: i32) -> Result<(Session, bool), OperationError> {
    decide(actor, Action::ManageSessions, &Target::none())?;
    let session = store::by_number(conn, number)?;
    let is_asked = accounts::factors::is_asked_by(conn, &session.id)?;
    Ok((session, is_asked))
}

/// Sets whether heads and alternates need a second factor until the session is over.
pub fn ask_second_factor(
    tx: &mut Tx<'_>,
    actor: &Actor,
    number: i32,
    is_asked: bool,
    now: NaiveDateTime,
) -> Result<(), OperationError> {
    decide(actor, Action::ManageSessions, &Target::none())?;
    let session = store::by_number(tx, number)?;
    let account = actor.account.as_ref().ok_or(OperationError::NotFound)?;
    if is_asked == accounts::factors::is_asked_by(tx, &session.id)? {
        return Ok(());
    }
    accounts::factors::set_asked_by(tx, &session.id, is_asked, (account, now))?;
    let act = if is_asked { "session.factor-asked" } else { "session.factor-not-asked" };
    record(tx, actor, act, number, &json!({}), now)
}

/// Creates a session with its windows, criteria, voting rules and the default questionnaires.
pub fn create(tx: &mut Tx<'_>, actor: &Actor, new: &NewSession, now: NaiveDateTime) -> Result<Session, OperationError> {
    decide(actor, Action::ManageSessions, &Target::none())?;
    new.check().into_result()?;
    let details = new.details.clone();
    let session = Session {
        id: SessionId::new(),
        number: new.number,
        title: details.title,
        place: details.place,
        starts_on: details.starts_on,
        ends_on: details.ends_on,
        time_zone: details.time_zone,
        programme_years: details.programme_years,
        rules: new.rules.clone(),
        is_demonstration: new.is_demonstration,
        takes_late: false,
        edition: 1,
    };
    match store::insert(tx, &session, now) {
        Err(StoreError::Conflict(_)) => {
            return Err(FieldErrors::one("number", Message::new("session-number-taken")).into());
        }
        inserted => inserted?,
    }
    for window in &new.windows {
        store::set_window(tx, &session.id, window)?;
    }
    insert_criteria(tx, &session.id, &new.criteria)?;
    for kind in Kind::ALL {
        questionnaires::store::insert(tx, &session.id, Questionnaire::default_of(*kind), now)?;
    }
    record(tx, actor, "session.created", session.number, &json!({ "title": session.title.en }), now)?;
    Ok(session)
}

/// Changes title, place, days, zone and programme years.
pub fn change(
    tx: &mut Tx<'_>,
    actor: &Actor,
    seen: Seen,
    details: &Details,
    now: NaiveDateTime,
) -> Result<(), OperationError> {
    let session = seen_now(tx, actor, seen)?;
    details.check().into_result()?;
    store::update(tx, &session.with(details.clone()), now)?;
    let detail = json!({
        "title": details.title.en,
        "starts_on": details.starts_on,
        "ends_on": details.ends_on,
        "time_zone": details.time_zone.name(),
        "programme_years": details.programme_years,
    });
    record(tx, actor, "session.changed", seen.number, &detail, now)
}

/// Sets the windows of all steps, and whether what is late is taken.
pub fn set_windows(
    tx: &mut Tx<'_>,
    actor: &Actor,
    seen: Seen,
    dates: &Dates,
    now: NaiveDateTime,
) -> Result<(), OperationError> {
    let session = seen_now(tx, actor, seen)?;
    let Dates { windows, takes_late } = dates;
    check_windows(windows).into_result()?;
    store::update(tx, &Session { takes_late: *takes_late, ..session.clone() }, now)?;
    for step in Step::ALL {
        match windows.iter().find(|window| window.step == *step) {
            Some(window) => store::set_window(tx, &session.id, window)?,
            None => store::delete_window(tx, &session.id, *step)?,
        }
    }
    let mut detail: serde_json::Map<String, Value> = windows
        .iter()
        .map(|window| (window.step.code().to_owned(), json!([window.opens_at, window.closes_at])))
        .collect();
    detail.insert("takes_late".to_owned(), json!(takes_late));
    record(tx, actor, "session.windows-set", seen.number, &Value::Object(detail), now)
}

/// Sets the criteria of review; refused once any review of the session exists.
pub fn set_criteria(
    tx: &mut Tx<'_>,
    actor: &Actor,
    seen: Seen,
    criteria: &[NewCriterion],
    now: NaiveDateTime,
) -> Result<(), OperationError> {
    let session = seen_now(tx, actor, seen)?;
    if store::has_reviews(tx, &session.id)? {
        return Err(OperationError::refused("criteria-stand"));
    }
    check_criteria(criteria).into_result()?;
    store::update(tx, &session, now)?;
    store::delete_criteria(tx, &session.id)?;
    insert_criteria(tx, &session.id, criteria)?;
    let detail: Vec<Value> =
        criteria.iter().map(|criterion| json!({ "name": criterion.name.en, "weight": criterion.weight })).collect();
    record(tx, actor, "session.criteria-set", seen.number, &json!({ "criteria": detail }), now)
}

/// Sets the rules that ballots of the session start with. Ballots that exist keep their own.
pub fn set_rules(
    tx: &mut Tx<'_>,
    actor: &Actor,
    seen: Seen,
    rules: &VotingRules,
    now: NaiveDateTime,
) -> Result<(), OperationError> {
    let session = seen_now(tx, actor, seen)?;
    rules.check().into_result()?;
    store::update(tx, &Session { rules: rules.clone(), ..session }, now)?;
    let detail = json!({
        "method": rules.method,
        "tie_rule": rules.tie_rule,
        "base": rules.base,
        "quorum": rules.quorum,
    });
    record(tx, actor, "session.rules-set", seen.number, &detail, now)
}

/// Appoints the account of an e-mail address as reviewer.
pub fn appoint_by_email(
    tx: &mut Tx<'_>,
    actor: &Actor,
    number: i32,
    email: &str,
    now: NaiveDateTime,
) -> Result<(), OperationError> {
    decide(actor, Action::ManageSessions, &Target::none())?;
    match accounts::account_by_email(tx, &folded_email(email))? {
        Some((account, _)) => appoint(tx, actor, number, &account.id, now),
        None => Err(FieldErrors::one("email", Message::new("no-such-account")).into()),
    }
}

/// Appoints a reviewer. Who is appointed already stays so.
pub fn appoint(
    tx: &mut Tx<'_>,
    actor: &Actor,
    number: i32,
    account: &AccountId,
    now: NaiveDateTime,
) -> Result<(), OperationError> {
    decide(actor, Action::ManageSessions, &Target::none())?;
    let session = store::by_number(tx, number)?;
    let found = accounts::account(tx, account)?;
    if found.disabled_at.is_some() {
        return Err(FieldErrors::one("email", Message::new("no-such-account")).into());
    }
    if reviewers::reviewers_of(tx, &session.id)?.contains(account) {
        return Ok(());
    }
    reviewers::insert_reviewer(tx, &session.id, account, now)?;
    let detail = json!({ "account": account.as_str() });
    record(tx, actor, "session.reviewer-appointed", number, &detail, now)?;
    tell_reviewer(tx, actor, &session, account, now)
}

fn tell_reviewer(
    tx: &mut Tx<'_>,
    actor: &Actor,
    session: &Session,
    account: &AccountId,
    now: NaiveDateTime,
) -> Result<(), OperationError> {
    let mut letter = Letter::new(outbox::Kind::ReviewerAppointed, format!("/sessions/{}/reviews", session.number))
        .with("session", Fact::Both(session.title.clone()));
    let windows = store::windows_of(tx, &session.id)?;
    if let Some(window) = windows.iter().find(|window| window.step == Step::Reviews) {
        letter = letter.with("deadline", Fact::moment(window.closes_at, session.time_zone));
    }
    let to = To::Holder(account, Capacity::Reviewer, None);
    outbox::write(tx, &letter, to, actor.account.as_ref(), now)?;
    Ok(())
}

/// Ends an appointment; refused once the reviewer gave a review.
pub fn dismiss(
    tx: &mut Tx<'_>,
    actor: &Actor,
    number: i32,
    account: &AccountId,
    now: NaiveDateTime,
) -> Result<(), OperationError> {
    decide(actor, Action::ManageSessions, &Target::none())?;
    let session = store::by_number(tx, number)?;
    if reviewers::has_given(tx, &session.id, account)? {
        return Err(OperationError::refused("reviewer-gave-reviews"));
    }
    if !reviewers::delete_reviewer(tx, &session.id, account)? {
        return Err(OperationError::NotFound);
    }
    let detail = json!({ "account": account.as_str() });
    record(tx, actor, "session.reviewer-dismissed", number, &detail, now)
}

/// Returns the session that a form showed, unless it has changed since.
fn seen_now(tx: &mut Tx<'_>, actor: &Actor, seen: Seen) -> Result<Session, OperationError> {
    decide(actor, Action::ManageSessions, &Target::none())?;
    let session = store::by_number(tx, seen.number)?;
    if session.edition == seen.edition { Ok(session) } else { Err(OperationError::Stale) }
}

fn insert_criteria(tx: &mut Tx<'_>, session: &SessionId, criteria: &[NewCriterion]) -> Result<(), OperationError> {
    for (position, criterion) in (1..).zip(criteria) {
        let criterion = Criterion {
            id: CriterionId::new(),
            name: criterion.name.clone(),
            help: criterion.help.clone(),
            weight: criterion.weight,
        };
        store::insert_criterion(tx, session, position, &criterion)?;
    }
    Ok(())
}

fn record(
    tx: &mut Tx<'_>,
    actor: &Actor,
    act: &str,
    number: i32,
    detail: &Value,
    now: NaiveDateTime,
) -> Result<(), OperationError> {
    Ok(audit::record(tx, now, actor.account.as_ref(), act, &number.to_string(), detail)?)
}
