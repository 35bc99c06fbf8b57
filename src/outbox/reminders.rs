//! Who has not acted while there is still time: told three days and one day before a window or a ballot closes, and when
//! reviews open. Each is told once for each deadline; a deadline that is moved is a new one. `open` is about what others
//! wait for: consents, co-sponsors, answers to questions; `progress` about the actions of the programmes in force.

mod open;
mod progress;

use chrono::{NaiveDateTime, TimeDelta};
use chrono_tz::Tz;

use super::{Fact, HEADS, Kind, Letter, WRITERS, store};
use crate::accounts;
use crate::accounts::store::recipients::{self, Addressed};
use crate::ballots;
use crate::db::{AnyConnection, StoreError};
use crate::delegations::{self, DelegationKind};
use crate::kernel::ids::{AccountId, DelegationId, SessionId};
use crate::policy::Capacity;
use crate::reviews;
use crate::sessions::{self, Calendar, Step};
use crate::submissions::{self, State as SubmissionState};

/// How long before a deadline reminders go out, the first first.
const BEFORE: &[TimeDelta] = &[TimeDelta::days(3), TimeDelta::days(1)];
/// How long after the opening of reviews their reviewers are still told of it.
const NEWS: TimeDelta = TimeDelta::days(3);

/// Who is reminded, in which capacity, for which delegation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// The account.
    pub account: AccountId,
    /// The capacity.
    pub capacity: Capacity,
    /// The delegation, unless the capacity is none of a delegation.
    pub delegation: Option<DelegationId>,
}

/// A reminder: what it says, and to whom.
pub type Reminder = (Letter, Person);

/// Returns the reminders that are due and were not written.
pub fn due(conn: &mut AnyConnection, now: NaiveDateTime) -> Result<Vec<Reminder>, StoreError> {
    let mut found = Vec::new();
    for calendar in sessions::store::calendars(conn)? {
        submissions_closing(conn, &calendar, now, &mut found)?;
        reviews_of(conn, &calendar, now, &mut found)?;
        ballots_closing(conn, &calendar, now, &mut found)?;
        open::remind(conn, &calendar, now, &mut found)?;
    }
    progress::remind(conn, now, &mut found)?;
    let mut unwritten = Vec::new();
    for (letter, person) in found {
        let key = format!("{} {}", letter.once.as_deref().unwrap_or_default(), person.account);
        if !store::is_written(conn, &key)? {
            unwritten.push((letter, person));
        }
    }
    Ok(unwritten)
}

/// Returns which reminder a deadline calls for now: the last whose time has come, or nothing.
fn stage(closes_at: NaiveDateTime, now: NaiveDateTime) -> Option<i64> {
    let is_due = |before: &&TimeDelta| closes_at - **before <= now && now < closes_at;
    BEFORE.iter().rev().find(is_due).map(TimeDelta::num_days)
}

fn reminder(kind: Kind, link: String, thing: &str, closes_at: NaiveDateTime, zone: Tz, stage: i64) -> Letter {
    Letter::new(kind, link)
        .with("deadline", Fact::moment(closes_at, zone))
        .once(format!("{kind} {thing} {closes_at} {stage}"))
}

fn titled(letter: Letter, calendar: &Calendar) -> Letter {
    letter.with("session", Fact::Both(calendar.session.title.clone()))
}

/// Those who write for a delegation that has handed nothing in.
fn submissions_closing(
    conn: &mut AnyConnection,
    calendar: &Calendar,
    now: NaiveDateTime,
    found: &mut Vec<Reminder>,
) -> Result<(), StoreError> {
    let session = &calendar.session;
    let Some(window) = calendar.window(Step::Submissions).filter(|window| window.is_open(now)) else { return Ok(()) };
    let Some(stage) = stage(window.closes_at, now) else { return Ok(()) };
    let all = submissions::store::of_session(conn, &session.id, None, SubmissionState::ALL)?;
    let at_home = [SubmissionState::Draft, SubmissionState::AwaitingClearance, SubmissionState::Withdrawn];
    let has_acted = |delegation| all.iter().any(|one| one.delegation == delegation && !at_home.contains(&one.state));
    let letter = reminder(
        Kind::SubmissionsClosing,
        format!("/sessions/{}/submissions", session.number),
        session.id.as_str(),
        window.closes_at,
        session.time_zone,
        stage,
    );
    let letter = titled(letter, calendar);
    let people = recipients::accredited(conn, WRITERS, now.date())?;
    let countries = delegations::store::all(conn)?;
    for delegation in countries.into_iter().filter(|one| one.kind != DelegationKind::Group) {
        if !has_acted(delegation.id.clone()) {
            let own = people.iter().filter(|(_, _, of)| *of == delegation.id);
            found.extend(own.map(|person| addressed(&letter, person)));
        }
    }
    Ok(())
}

fn addressed(letter: &Letter, (account, capacity, delegation): &Addressed) -> Reminder {
    let person = Person { account: account.id.clone(), capacity: *capacity, delegation: Some(delegation.clone()) };
    (letter.clone(), person)
}

fn reviewer(letter: &Letter, account: &AccountId) -> Reminder {
    (letter.clone(), Person { account: account.clone(), capacity: Capacity::Reviewer, delegation: None })
}

/// Reviewers: when reviews open, and those with reviews missing before they close.
fn reviews_of(
    conn: &mut AnyConnection,
    calendar: &Calendar,
    now: NaiveDateTime,
    found: &mut Vec<Reminder>,
) -> Result<(), StoreError> {
    let session = &calendar.session;
    let Some(window) = calendar.window(Step::Reviews).filter(|window| window.is_open(now)) else { return Ok(()) };
    let link = format!("/sessions/{}/reviews", session.number);
    let reviewers = sessions::store::reviewers_of(conn, &session.id)?;
    let letter = |kind, stage| {
        let letter = reminder(kind, link.clone(), session.id.as_str(), window.closes_at, session.time_zone, stage);
        titled(letter, calendar)
    };
    if now - window.opens_at < NEWS {
        let key = format!("{} {} {}", Kind::ReviewsOpened, session.id, window.opens_at);
        let opened = letter(Kind::ReviewsOpened, 0).once(key);
        found.extend(reviewers.iter().map(|account| reviewer(&opened, account)));
    }
    if let Some(stage) = stage(window.closes_at, now) {
        let closing = letter(Kind::ReviewsClosing, stage);
        for account in reviewers {
            if has_reviews_to_give(conn, &session.id, &account, now)? {
                found.push(reviewer(&closing, &account));
            }
        }
    }
    Ok(())
}

/// Returns whether an accepted action still waits for the review of an account that is not recused from it.
fn has_reviews_to_give(
    conn: &mut AnyConnection,
    session: &SessionId,
    account: &AccountId,
    now: NaiveDateTime,
) -> Result<bool, StoreError> {
    let given = reviews::store::given_in(conn, session)?;
    let recusals = reviews::store::recusals_in(conn, session)?;
    let own = accounts::store::accreditations_of(conn, account, now.date())?;
    let actions = reviews::store::accepted_actions(conn, session)?;
    let assigned = reviews::assignments::store::of_session(conn, session)?;
    Ok(actions.iter().any(|action| {
        let is_given = given.iter().any(|one| one.submission == action.id && one.account == *account);
        let is_recused = recusals.iter().any(|one| one.submission == action.id && one.account == *account);
        let is_own = own.iter().any(|one| one.delegation == action.delegation);
        // Where nobody is assigned to anything, everybody is asked for every action.
        let is_asked = assigned.is_empty() || assigned.contains(&(action.id.clone(), account.clone()));
        is_asked && !is_given && !is_recused && !is_own
    }))
}

/// Those who confirm for a delegation of the electorate that has confirmed no paper, and who prepares one.
fn ballots_closing(
    conn: &mut AnyConnection,
    calendar: &Calendar,
    now: NaiveDateTime,
    found: &mut Vec<Reminder>,
) -> Result<(), StoreError> {
    let session = &calendar.session;
    for ballot in ballots::store::of_session(conn, &session.id)? {
        let Some(stage) = stage(ballot.closes_at, now).filter(|_| ballot.state == ballots::State::Open) else {
            continue;
        };
        let letter = reminder(
            Kind::BallotClosing,
            format!("/sessions/{}/ballots/{}", session.number, ballot.number),
            ballot.id.as_str(),
            ballot.closes_at,
            session.time_zone,
            stage,
        );
        let letter = titled(letter, calendar).with("ballot", Fact::Both(ballot.title.clone()));
        let turnout = ballots::store::turnout_of(conn, &ballot.id)?;
        let electorate = ballots::store::electorate_of(conn, &ballot.id)?;
        let people = recipients::accredited(conn, HEADS, now.date())?;
        for elector in electorate.into_iter().filter(|elector| !turnout.contains(&elector.code)) {
            let own = people.iter().filter(|(_, _, of)| *of == elector.delegation);
            found.extend(own.map(|person| addressed(&letter, person)));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::NaiveDate;

    #[test]
    fn a_deadline_calls_for_the_nearest_reminder_alone() {
        let at = |day: u32, hour: u32| NaiveDate::from_ymd_opt(2020, 9, day).unwrap().and_hms_opt(hour, 0, 0).unwrap();
        let closes = at(20, 12);
        let stages: Vec<Option<i64>> = [at(17, 11), at(17, 12), at(19, 11), at(19, 12), at(20, 11), at(20, 12)]
            .map(|now| stage(closes, now))
            .into();
        assert_eq!(stages, [None, Some(3), Some(3), Some(1), Some(1), None]);
    }
}
