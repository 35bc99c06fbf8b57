//! Delegations for whose answer others wait: consents, invitations to co-sponsor, questions. Told three days and one day
//! before it is too late, and a week after each was asked; all that waits in one mail.

use std::collections::BTreeMap;

use chrono::{NaiveDateTime, TimeDelta};

use super::{HEADS, Person, Reminder, addressed, stage, titled};
use crate::accounts::Office;
use crate::accounts::store::recipients;
use crate::db::{AnyConnection, StoreError};
use crate::delegations::{self, DelegationKind};
use crate::kernel::ids::DelegationId;
use crate::outbox::{Fact, Kind, Letter, WRITERS};
use crate::policy::Capacity;
use crate::sessions::{Calendar, Step};
use crate::submissions::store::Waiting;
use crate::submissions::{clarifications, co_sponsors, consents};

/// How long an answer is awaited before somebody is reminded.
const PATIENCE: TimeDelta = TimeDelta::days(7);

/// One kind of thing that waits.
struct Round<'a> {
    kind: Kind,
    calendar: &'a Calendar,
    deadline: Option<NaiveDateTime>,
    capacities: &'a [Capacity],
    now: NaiveDateTime,
}

/// Finds who is to be reminded in a session.
pub fn remind(
    conn: &mut AnyConnection,
    calendar: &Calendar,
    now: NaiveDateTime,
    found: &mut Vec<Reminder>,
) -> Result<(), StoreError> {
    if !calendar.is_current(now) {
        return Ok(());
    }
    let session = &calendar.session.id;
    let round = |kind, deadline, capacities| Round { kind, calendar, deadline, capacities, now };
    let voted = calendar.window(Step::Ballots).is_some_and(|window| window.opens_at <= now);
    if !voted {
        let open = consents::store::open(conn, session)?;
        let deadline = consents::model::deadline(calendar, now);
        round(Kind::ConsentsOpen, deadline, HEADS).add(conn, open, found)?;
    }
    if co_sponsors::model::closes_at(calendar).is_none_or(|at| now < at) {
        let open = co_sponsors::store::open(conn, session)?;
        let deadline = co_sponsors::model::deadline(calendar, now);
        round(Kind::CoSponsorsOpen, deadline, HEADS).add(conn, open, found)?;
    }
    let open = clarifications::store::open(conn, session)?;
    let screening = calendar.window(Step::Screening).filter(|window| window.is_open(now));
    let deadline = screening.map(|window| window.closes_at);
    round(Kind::ClarificationsOpen, deadline, WRITERS).add(conn, open, found)
}

impl Round<'_> {
    fn add(&self, conn: &mut AnyConnection, open: Vec<Waiting>, found: &mut Vec<Reminder>) -> Result<(), StoreError> {
        let mut of: BTreeMap<DelegationId, Vec<(String, NaiveDateTime)>> = BTreeMap::new();
        for (delegation, reference, asked_at) in open {
            of.entry(delegation).or_default().push((reference, asked_at));
        }
        for (delegation, waiting) in of {
            let Some(key) = self.key(&waiting) else { continue };
            let letter = self.letter(&waiting).once(format!("{} {delegation} {key}", self.kind));
            self.address(conn, &delegation, &letter, found)?;
        }
        Ok(())
    }

    /// Returns what makes a reminder a new one: the deadline that comes nearer, or what has waited for too long.
    fn key(&self, waiting: &[(String, NaiveDateTime)]) -> Option<String> {
        let session = &self.calendar.session.id;
        let near = self.deadline.and_then(|at| Some((at, stage(at, self.now)?)));
        if let Some((at, stage)) = near {
            return Some(format!("{session} {at} {stage}"));
        }
        let overdue = waiting.iter().map(|(_, asked_at)| *asked_at).filter(|at| *at + PATIENCE <= self.now);
        overdue.max().map(|at| format!("{session} {at}"))
    }

    fn letter(&self, waiting: &[(String, NaiveDateTime)]) -> Letter {
        let session = &self.calendar.session;
        let link = match waiting {
            [(reference, _)] => format!("/submissions/{reference}"),
            _ if self.kind == Kind::ClarificationsOpen => format!("/sessions/{}/submissions", session.number),
            _ => "/".to_owned(),
        };
        let count = i64::try_from(waiting.len()).unwrap_or(i64::MAX);
        let letter = titled(Letter::new(self.kind, link), self.calendar).with("count", Fact::Number(count));
        let deadline = self.deadline.map(|at| Fact::moment(at, session.time_zone));
        deadline.map_or_else(|| letter.clone(), |at| letter.clone().with("deadline", at))
    }

    fn address(
        &self,
        conn: &mut AnyConnection,
        delegation: &DelegationId,
        letter: &Letter,
        found: &mut Vec<Reminder>,
    ) -> Result<(), StoreError> {
        if delegations::store::by_id(conn, delegation)?.kind == DelegationKind::Group {
            let secretariat = recipients::in_office(conn, Office::Secretariat)?.into_iter().map(|account| Person {
                account: account.id,
                capacity: Capacity::Secretariat,
                delegation: None,
            });
            found.extend(secretariat.map(|person| (letter.clone(), person)));
            return Ok(());
        }
        let people = recipients::accredited_to(conn, delegation, self.capacities, self.now.date())?;
        found.extend(people.iter().map(|person| addressed(letter, person)));
        Ok(())
    }
}
