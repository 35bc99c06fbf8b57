//! What waits in a session and until when, and its lead times; `bulk` acts on several submissions at once.

pub mod bulk;

use std::collections::{BTreeMap, BTreeSet};

use chrono::{NaiveDateTime, TimeZone as _, Utc};
use serde_json::json;

use super::model::{LeadTimes, Matter, Milestone, Stop, Waiting, plan};
use super::store;
use crate::ballots::State as BallotState;
use crate::db::{AnyConnection, StoreError, Tx};
use crate::delegations::{self, DelegationKind};
use crate::kernel::ids::DelegationId;
use crate::policy::{Action, Actor, Target, decide};
use crate::refusals::OperationError;
use crate::reviews::operations::Standing;
use crate::sessions::{self, Calendar};
use crate::submissions::languages::store::counts;
use crate::submissions::{self, State, Submission};
use crate::{audit, meetings, outbox, reviews};

/// The desk of a session.
#[derive(Debug, Clone)]
pub struct Desk {
    /// The session with its windows.
    pub calendar: Calendar,
    /// What waits, in the order of the session; nothing without a number.
    pub waiting: Vec<Waiting>,
    /// The calendar computed back from the first day.
    pub stops: Vec<Stop>,
    /// The lead times behind it.
    pub lead: LeadTimes,
}

/// Returns a session to somebody who may sit at its desk.
pub(super) fn session_of(conn: &mut AnyConnection, actor: &Actor, number: i32) -> Result<Calendar, OperationError> {
    decide(actor, Action::ViewDesk, &Target::none()).map_err(|denial| OperationError::from(denial).hidden())?;
    let session = sessions::store::by_number(conn, number)?;
    Ok(sessions::store::calendar(conn, &session.id)?)
}

/// Returns the desk of a session.
pub fn desk(conn: &mut AnyConnection, actor: &Actor, number: i32, now: NaiveDateTime) -> Result<Desk, OperationError> {
    let calendar = session_of(conn, actor, number)?;
    let lead = LeadTimes::with(store::lead_times_of(conn, &calendar.session.id)?);
    let waiting = waiting(conn, actor, &calendar, now)?;
    let mut open: BTreeMap<Milestone, i64> = BTreeMap::new();
    for one in &waiting {
        if let Some(milestone) = one.matter.milestone() {
            *open.entry(milestone).or_default() += one.number;
        }
    }
    let today = Utc.from_utc_datetime(&now).with_timezone(&calendar.session.time_zone).date_naive();
    let stops = plan(&calendar, &lead, &open, today);
    Ok(Desk { calendar, waiting, stops, lead })
}

fn number(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

/// Gathers one matter: how many there are, and each thing that they are about once.
fn gathered(matter: Matter, about: Vec<String>) -> Waiting {
    let number = number(about.len());
    let about = about.into_iter().collect::<BTreeSet<_>>().into_iter().collect();
    Waiting { matter, number, about }
}

fn waiting(
    conn: &mut AnyConnection,
    actor: &Actor,
    calendar: &Calendar,
    now: NaiveDateTime,
) -> Result<Vec<Waiting>, OperationError> {
    let id = &calendar.session.id;
    let held = [State::Submitted, State::Late, State::UnderReview, State::Returned, State::Accepted];
    let all = submissions::store::of_session(conn, id, None, &held)?;
    let returned = store::were_returned(conn, id)?;
    let among = |matter, test: &dyn Fn(&Submission) -> bool| {
        gathered(matter, all.iter().filter(|one| test(one)).map(|one| one.reference.clone()).collect())
    };
    let was_returned = |one: &Submission| returned.contains(&one.id);
    let accepted: Vec<Submission> = all.iter().filter(|one| one.state == State::Accepted).cloned().collect();
    let unequal = counts(conn, &accepted)?;
    let is_unequal = |one: &Submission| unequal.get(&one.id).is_some_and(|count| count.checked < count.all);
    let edits = submissions::edits::store::waiting_in(conn, id)?;
    let prepared = submissions::pending::store::of_session(conn, id)?;
    let named = |one: &Submission| prepared.iter().any(|outcome| outcome.submission == one.id);
    let pending = all.iter().filter(|one| named(one)).map(|one| one.reference.clone()).collect();
    let mut found = vec![
        among(Matter::TakeUp, &|one| one.state == State::Submitted && !was_returned(one)),
        among(Matter::CameBack, &|one| one.state == State::Submitted && was_returned(one)),
        among(Matter::Late, &|one| one.state == State::Late),
        among(Matter::Decide, &|one| one.state == State::UnderReview),
        among(Matter::Returned, &|one| one.state == State::Returned),
        among(Matter::Parity, &is_unequal),
        gathered(Matter::Pending, pending),
        gathered(Matter::Edits, edits.into_iter().map(|one| one.reference).collect()),
        Waiting { matter: Matter::Credentials, number: unexamined(conn, calendar)?, about: Vec::new() },
        gathered(Matter::Consents, store::open_consents(conn, id)?),
        gathered(Matter::CoSponsors, store::open_co_sponsors(conn, id)?),
    ];
    found.extend(questions(conn, calendar)?);
    found.extend(ballots(conn, calendar, now)?);
    found.push(Waiting { matter: Matter::Reviews, number: unwritten(conn, actor, calendar, now)?, about: Vec::new() });
    let programme = i64::from(store::has_programme_in_draft(conn, id)?);
    found.push(Waiting { matter: Matter::Programme, number: programme, about: Vec::new() });
    let lost = |(state, _): &&(outbox::State, i64)| matches!(state, outbox::State::Failed | outbox::State::GivenUp);
    let lost = outbox::store::counts(conn)?.iter().filter(lost).map(|(_, count)| count).sum();
    found.push(Waiting { matter: Matter::Mails, number: lost, about: Vec::new() });
    found.retain(|one| one.number > 0);
    found.sort_by_key(|one| one.matter);
    Ok(found)
}

/// Counts the letters of credentials that nobody has examined.
fn unexamined(conn: &mut AnyConnection, calendar: &Calendar) -> Result<i64, StoreError> {
    let newest = meetings::store::newest_of(conn, &calendar.session.id)?;
    Ok(number(newest.values().filter(|one| one.state == meetings::State::HandedIn).count()))
}

/// Questions without an answer: those about what the group carries wait for the secretariat.
fn questions(conn: &mut AnyConnection, calendar: &Calendar) -> Result<Vec<Waiting>, StoreError> {
    let open = store::open_questions(conn, &calendar.session.id)?;
    let group: Vec<DelegationId> = delegations::store::all(conn)?
        .into_iter()
        .filter(|one| one.kind == DelegationKind::Group)
        .map(|one| one.id)
        .collect();
    let (ours, others): (Vec<_>, Vec<_>) = open.into_iter().partition(|(_, delegation)| group.contains(delegation));
    let references = |rows: Vec<(String, DelegationId)>| rows.into_iter().map(|(reference, _)| reference).collect();
    Ok(vec![gathered(Matter::Answer, references(ours)), gathered(Matter::Clarifications, references(others))])
}

fn ballots(conn: &mut AnyConnection, calendar: &Calendar, now: NaiveDateTime) -> Result<Vec<Waiting>, StoreError> {
    let all = store::unsettled_ballots(conn, &calendar.session.id)?;
    let of = |matter, test: &dyn Fn(BallotState, NaiveDateTime) -> bool| {
        let rows = all.iter().filter(|(_, state, closes_at)| test(*state, *closes_at));
        gathered(matter, rows.map(|(number, ..)| number.to_string()).collect())
    };
    Ok(vec![
        of(Matter::OpenBallot, &|state, _| state == BallotState::Prepared),
        of(Matter::CloseBallot, &|state, closes_at| state == BallotState::Open && closes_at <= now),
        of(Matter::CertifyBallot, &|state, _| state == BallotState::Closed),
    ])
}

/// Counts the reviews that their reviewers have not given, without a look at any mark.
fn unwritten(
    conn: &mut AnyConnection,
    actor: &Actor,
    calendar: &Calendar,
    now: NaiveDateTime,
) -> Result<i64, OperationError> {
    let overview = reviews::operations::overview(conn, actor, calendar.session.number, now)?;
    let all = overview.all.unwrap_or_default();
    Ok(all.iter().map(|one| number(one.number_asked(Standing::NotBegun) + one.number_asked(Standing::Draft))).sum())
}

/// Returns the lead times of a session to be set.
pub fn lead_times(
    conn: &mut AnyConnection,
    actor: &Actor,
    number: i32,
) -> Result<(Calendar, LeadTimes), OperationError> {
    decide(actor, Action::ManageSessions, &Target::none())?;
    let calendar = session_of(conn, actor, number)?;
    let lead = LeadTimes::with(store::lead_times_of(conn, &calendar.session.id)?);
    Ok((calendar, lead))
}

/// Sets the lead times of a session; `seen` is what the form showed.
pub fn set_lead_times(
    tx: &mut Tx<'_>,
    actor: &Actor,
    number: i32,
    (wanted, seen): (&LeadTimes, &str),
    now: NaiveDateTime,
) -> Result<(), OperationError> {
    let (calendar, held) = lead_times(tx, actor, number)?;
    if held.print() != seen {
        return Err(OperationError::Stale);
    }
    wanted.check().into_result()?;
    for (milestone, days) in wanted.iter().filter(|(milestone, days)| held.days(*milestone) != *days) {
        store::set_lead_time(tx, &calendar.session.id, milestone, days)?;
    }
    let detail = json!({ "changed": wanted.print() });
    audit::record(tx, now, actor.account.as_ref(), "session.lead-times", &number.to_string(), &detail)?;
    Ok(())
}
