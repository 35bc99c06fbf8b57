//! The nouns of the room: a session, its steps with their windows, its criteria, its voting rules.
//!
//! `zones` turns the legal zone's clock into moments, `drafts` holds what a form or a command hands over, with its
//! rules.

pub mod drafts;
pub mod zones;

use chrono::{NaiveDate, NaiveDateTime};
use chrono_tz::Tz;

use crate::coded_enum;
use crate::kernel::fields::{Message, Value};
use crate::kernel::ids::{CriterionId, SessionId};
use crate::kernel::lang::Bilingual;
use crate::tally::turnout::{Base, Quorum};
use crate::tally::{Method, TieRule};

pub use drafts::{Dates, Details, NewCriterion, NewSession, Seen};

coded_enum! {
    /// A step of a session that has a window.
    pub enum Step {
        /// Delegations draft, clear and hand in.
        Submissions = "submissions",
        /// The secretariat screens.
        Screening = "screening",
        /// Reviewers score.
        Reviews = "reviews",
        /// Delegations vote.
        Ballots = "ballots",
        /// The work programme is built and adopted.
        Programme = "programme",
    }
}

/// When a step is open: from its opening to just before its closing, in Coordinated Universal Time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Window {
    /// The step.
    pub step: Step,
    /// From when.
    pub opens_at: NaiveDateTime,
    /// Until when.
    pub closes_at: NaiveDateTime,
}

impl Window {
    /// Returns whether the window is open at a moment.
    pub fn is_open(&self, now: NaiveDateTime) -> bool {
        self.opens_at <= now && now < self.closes_at
    }
}

/// The rules that a ballot of the session starts with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VotingRules {
    /// How votes are counted.
    pub method: Method,
    /// Code of the tie rule (`tally::TieRule::CODES`); the seed belongs to each ballot.
    pub tie_rule: String,
    /// Of whom a majority is reckoned.
    pub base: Base,
    /// How many must be present.
    pub quorum: Quorum,
}

impl VotingRules {
    /// Returns the methods that a ballot may choose: those that put options into an order and read more of a paper than
    /// its first place.
    pub fn methods() -> impl Iterator<Item = Method> {
        let is_offered = |method: &Method| !matches!(method, Method::Plurality | Method::Stv);
        Method::ALL.iter().copied().filter(is_offered)
    }

    /// Returns whether the code names a tie rule.
    pub fn is_tie_rule(code: &str) -> bool {
        TieRule::CODES.contains(&code)
    }
}

/// A session of the Working Group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// Its id.
    pub id: SessionId,
    /// Its number: the fifteenth session is 15.
    pub number: i32,
    /// Its title.
    pub title: Bilingual<String>,
    /// Where it meets.
    pub place: Bilingual<String>,
    /// First day.
    pub starts_on: NaiveDate,
    /// Last day.
    pub ends_on: NaiveDate,
    /// The one legal time zone of its deadlines.
    pub time_zone: Tz,
    /// First and last year of its programme.
    pub programme_years: (i32, i32),
    /// Rules that its ballots start with.
    pub rules: VotingRules,
    /// Whether it only demonstrates.
    pub is_demonstration: bool,
    /// Whether what is handed in after the window of submissions is taken as late, and not refused.
    pub takes_late: bool,
    /// Counts saved changes, so that a stale form is noticed.
    pub edition: i32,
}

impl Session {
    /// Returns the year that its references carry.
    pub fn year(&self) -> i32 {
        use chrono::Datelike as _;
        self.starts_on.year()
    }

    /// Returns what its form holds.
    pub fn details(&self) -> Details {
        Details {
            title: self.title.clone(),
            place: self.place.clone(),
            starts_on: self.starts_on,
            ends_on: self.ends_on,
            time_zone: self.time_zone,
            programme_years: self.programme_years,
        }
    }

    /// Returns the session with other details.
    #[must_use]
    pub fn with(self, details: Details) -> Self {
        let Details { title, place, starts_on, ends_on, time_zone, programme_years } = details;
        Self { title, place, starts_on, ends_on, time_zone, programme_years, ..self }
    }
}

/// A session with the windows of its steps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Calendar {
    /// The session.
    pub session: Session,
    /// Windows in the order of the steps; a step without one is closed.
    pub windows: Vec<Window>,
}

impl Calendar {
    /// Returns the window of a step.
    pub fn window(&self, step: Step) -> Option<&Window> {
        self.windows.iter().find(|window| window.step == step)
    }

    /// Returns whether anything is still to come: a window that has not closed, or the session itself.
    pub fn is_current(&self, now: NaiveDateTime) -> bool {
        self.session.ends_on >= now.date() || self.windows.iter().any(|window| now < window.closes_at)
    }

    /// Returns whether a step is open.
    pub fn is_open(&self, step: Step, now: NaiveDateTime) -> bool {
        self.window(step).is_some_and(|window| window.is_open(now))
    }

    /// Returns whether what is handed in at a moment is late and taken all the same: after the window of submissions and
    /// up to the last day of the session.
    pub fn takes_late(&self, now: NaiveDateTime) -> bool {
        let is_over = self.window(Step::Submissions).is_some_and(|window| window.closes_at <= now);
        let today = zones::to_local(now, self.session.time_zone).date();
        self.session.takes_late && is_over && today <= self.session.ends_on
    }

    /// Refuses to write outside the window of submissions, unless what is late is taken.
    pub fn expect_writing(&self, now: NaiveDateTime) -> Result<(), Message> {
        if self.takes_late(now) { Ok(()) } else { self.expect_open(Step::Submissions, now) }
    }

    /// Returns the next closing of an open window or, when none is open, the next opening.
    pub fn next_deadline(&self, now: NaiveDateTime) -> Option<Deadline> {
        let deadline = |window: &Window, at, closes| Deadline { step: window.step, at, closes };
        let closing = self
            .windows
            .iter()
            .filter(|window| window.is_open(now))
            .min_by_key(|window| window.closes_at)
            .map(|window| deadline(window, window.closes_at, true));
        closing.or_else(|| {
            self.windows
                .iter()
                .filter(|window| now < window.opens_at)
                .min_by_key(|window| window.opens_at)
                .map(|window| deadline(window, window.opens_at, false))
        })
    }

    /// Refuses an act outside the window of its step, saying when the window is.
    pub fn expect_open(&self, step: Step, now: NaiveDateTime) -> Result<(), Message> {
        let step_value = || Value::Code("step", step.code().to_owned());
        let Some(window) = self.window(step) else {
            return Err(Message::new("window-not-set").with("step", step_value()));
        };
        if window.is_open(now) {
            return Ok(());
        }
        Err(Message::new("outside-window")
            .with("step", step_value())
            .with("opens", Value::Moment(window.opens_at, self.session.time_zone))
            .with("closes", Value::Moment(window.closes_at, self.session.time_zone)))
    }
}

/// The next moment at which a step opens or closes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Deadline {
    /// The step.
    pub step: Step,
    /// When.
    pub at: NaiveDateTime,
    /// Whether it closes then; otherwise it opens.
    pub closes: bool,
}

/// A criterion by which actions are reviewed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Criterion {
    /// Its id.
    pub id: CriterionId,
    /// Its name.
    pub name: Bilingual<String>,
    /// What to look at.
    pub help: Bilingual<String>,
    /// Its share of the whole, in per cent.
    pub weight: i32,
}

/// Sum that the weights of a session must have, in per cent.
pub const WEIGHTS_SUM: i32 = 100;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_window_includes_its_opening_and_excludes_its_closing() {
        let at = |hour| NaiveDate::from_ymd_opt(2020, 10, 1).unwrap().and_hms_opt(hour, 0, 0).unwrap();
        let window = Window { step: Step::Submissions, opens_at: at(9), closes_at: at(18) };
        let open: Vec<bool> = [8, 9, 17, 18].into_iter().map(|hour| window.is_open(at(hour))).collect();
        assert_eq!(open, [false, true, true, false]);
    }
}
