//! The nouns: milestones with their lead times, what waits, and acts on several submissions at once.
//!
//! The calendar is reckoned back from the first day of the session: a milestone is due so many days before it.

use std::collections::BTreeMap;

use chrono::{NaiveDate, TimeDelta, TimeZone as _, Utc};

use crate::coded_enum;
use crate::kernel::fields::{FieldErrors, Message};
use crate::sessions::{Calendar, Step};
use crate::submissions::Event;

coded_enum! {
    /// What a session should have reached by a day, in the order of the calendar.
    pub enum Milestone {
        /// Delegations can hand in.
        SubmissionsOpen = "submissions-open",
        /// Nothing more is handed in.
        SubmissionsClose = "submissions-close",
        /// Every text is accepted, returned for good, or not retained.
        ScreeningEnds = "screening-ends",
        /// Both languages of every accepted text say the same.
        ParityReached = "parity-reached",
        /// Every review is given.
        ReviewsEnd = "reviews-end",
        /// The ballots are open.
        BallotsOpen = "ballots-open",
        /// The ballots are counted and certified.
        BallotsClose = "ballots-close",
    }
}

/// Longest lead time, in days.
pub const DAYS_MAX: i32 = 730;

impl Milestone {
    /// Returns the standard lead time in days before the session. Official documents are due twelve weeks before a session
    /// of a working party of ECE; by the 10-4-6 rule of the United Nations they go into processing ten weeks before it,
    /// four are for translation, and six weeks before it they are out in every language.
    pub const fn standard_days(self) -> i32 {
        match self {
            Self::SubmissionsOpen => 140,
            Self::SubmissionsClose => 84,
            Self::ScreeningEnds => 70,
            Self::ParityReached => 42,
            Self::ReviewsEnd => 21,
            Self::BallotsOpen => 14,
            Self::BallotsClose => 1,
        }
    }

    /// Returns the step whose window opens or closes with the milestone; whether it is the opening.
    pub const fn window(self) -> Option<(Step, bool)> {
        match self {
            Self::SubmissionsOpen => Some((Step::Submissions, true)),
            Self::SubmissionsClose => Some((Step::Submissions, false)),
            Self::ScreeningEnds => Some((Step::Screening, false)),
            Self::ParityReached => None,
            Self::ReviewsEnd => Some((Step::Reviews, false)),
            Self::BallotsOpen => Some((Step::Ballots, true)),
            Self::BallotsClose => Some((Step::Ballots, false)),
        }
    }
}

/// How many days before the session each milestone is due.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeadTimes(BTreeMap<Milestone, i32>);

impl LeadTimes {
    /// Returns the standard lead times, with those that a session has set instead.
    pub fn with(set: impl IntoIterator<Item = (Milestone, i32)>) -> Self {
        let mut days: BTreeMap<Milestone, i32> =
            Milestone::ALL.iter().map(|milestone| (*milestone, milestone.standard_days())).collect();
        days.extend(set);
        Self(days)
    }

    /// Returns the days of a milestone.
    pub fn days(&self, milestone: Milestone) -> i32 {
        self.0.get(&milestone).copied().unwrap_or_else(|| milestone.standard_days())
    }

    /// Returns every milestone with its days, in order.
    pub fn iter(&self) -> impl Iterator<Item = (Milestone, i32)> {
        Milestone::ALL.iter().map(|milestone| (*milestone, self.days(*milestone)))
    }

    /// Returns the days in one line, by which a form knows what it showed.
    pub fn print(&self) -> String {
        self.iter().map(|(_, days)| days.to_string()).collect::<Vec<_>>().join(" ")
    }

    /// Returns what is wrong: a number out of bounds, or a milestone due before the one that precedes it.
    pub fn check(&self) -> FieldErrors {
        let mut errors = FieldErrors::none();
        let mut before: Option<i32> = None;
        for (milestone, days) in self.iter() {
            let field = milestone.code();
            if !(0..=DAYS_MAX).contains(&days) {
                errors.add(field, Message::new("lead-time-range").number("max", i64::from(DAYS_MAX)));
            } else if before.is_some_and(|before| days > before) {
                errors.add(field, Message::new("lead-time-order"));
            }
            before = Some(days);
        }
        errors
    }
}

coded_enum! {
    /// How a milestone stands today.
    pub enum Standing {
        /// Its day is over, and something is left to do.
        Late = "late",
        /// Its day is over, and nothing is left.
        Past = "past",
        /// Its day is near.
        Soon = "soon",
        /// Its day is to come.
        Later = "later",
    }
}

/// A milestone is near when it is due within so many days.
const SOON_DAYS: i64 = 7;

/// A milestone as the calendar shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stop {
    /// The milestone.
    pub milestone: Milestone,
    /// The last day on which it is in time.
    pub due_on: NaiveDate,
    /// Days from today; negative when it is over.
    pub days_left: i64,
    /// The day that the window of the session says, in its legal zone.
    pub set_on: Option<NaiveDate>,
    /// By how many days the window is later than that; negative when it is earlier.
    pub behind_days: i64,
    /// How much is left to do.
    pub open: i64,
    /// How it stands.
    pub standing: Standing,
}

/// Reckons the calendar back from the first day of the session. `open` says how much is left to do for a milestone.
pub fn plan(calendar: &Calendar, lead: &LeadTimes, open: &BTreeMap<Milestone, i64>, today: NaiveDate) -> Vec<Stop> {
    let session = &calendar.session;
    let on = |at: chrono::NaiveDateTime| Utc.from_utc_datetime(&at).with_timezone(&session.time_zone).date_naive();
    let stop = |(milestone, days): (Milestone, i32)| {
        let due_on = session.starts_on - TimeDelta::days(i64::from(days));
        let set_on = milestone.window().and_then(|(step, opens)| {
            let window = calendar.window(step)?;
            Some(on(if opens { window.opens_at } else { window.closes_at }))
        });
        let open = open.get(&milestone).copied().unwrap_or(0);
        let days_left = (due_on - today).num_days();
        let standing = match days_left {
            ..0 if open > 0 => Standing::Late,
            ..0 => Standing::Past,
            0..=SOON_DAYS => Standing::Soon,
            _ => Standing::Later,
        };
        let behind_days = set_on.map_or(0, |set_on| (set_on - due_on).num_days());
        Stop { milestone, due_on, days_left, set_on, behind_days, open, standing }
    };
    lead.iter().map(stop).collect()
}

coded_enum! {
    /// Something that waits.
    pub enum Matter {
        /// Handed in for the first time, and not taken up.
        TakeUp = "take-up",
        /// Handed in again after a return, and not taken up.
        CameBack = "came-back",
        /// Handed in late, neither admitted nor kept as an informal paper.
        Late = "late",
        /// Taken up, and not decided.
        Decide = "decide",
        /// Decided by the secretariat, and not yet applied.
        Pending = "pending",
        /// Questions that the secretariat has to answer for the group.
        Answer = "answer",
        /// Letters of credentials that wait to be examined.
        Credentials = "credentials",
        /// Accepted texts whose two languages are not checked against each other.
        Parity = "parity",
        /// Ballots that are prepared and not open.
        OpenBallot = "open-ballot",
        /// Ballots that are open beyond their time.
        CloseBallot = "close-ballot",
        /// Ballots that are counted and not certified.
        CertifyBallot = "certify-ballot",
        /// A programme in draft.
        Programme = "programme",
        /// Mails that did not go out.
        Mails = "mails",
        /// Returned texts in the hands of their delegations.
        Returned = "returned",
        /// Questions that delegations have not answered.
        Clarifications = "clarifications",
        /// Changes proposed to delegations that have not answered.
        Edits = "edits",
        /// Countries named that have not said whether they consent.
        Consents = "consents",
        /// Invited co-sponsors that have not answered.
        CoSponsors = "co-sponsors",
        /// Reviews that have not been given.
        Reviews = "reviews",
    }
}

impl Matter {
    /// Returns whether others have to act, and not the secretariat.
    pub const fn is_with_others(self) -> bool {
        matches!(
            self,
            Self::Returned | Self::Clarifications | Self::Edits | Self::Consents | Self::CoSponsors | Self::Reviews
        )
    }

    /// Returns the milestone by which it should be done.
    pub const fn milestone(self) -> Option<Milestone> {
        match self {
            Self::TakeUp
            | Self::CameBack
            | Self::Late
            | Self::Decide
            | Self::Returned
            | Self::Clarifications
            | Self::Edits
            | Self::Pending
            | Self::Answer => Some(Milestone::ScreeningEnds),
            Self::Parity => Some(Milestone::ParityReached),
            Self::Reviews => Some(Milestone::ReviewsEnd),
            Self::Consents | Self::CoSponsors | Self::Credentials | Self::OpenBallot => Some(Milestone::BallotsOpen),
            Self::CloseBallot | Self::CertifyBallot => Some(Milestone::BallotsClose),
            Self::Programme | Self::Mails => None,
        }
    }
}

/// What waits, and how much of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting {
    /// What.
    pub matter: Matter,
    /// How many there are.
    pub number: i64,
    /// What it is about: references of submissions, numbers of ballots.
    pub about: Vec<String>,
}

coded_enum! {
    /// An act that the secretariat does to several submissions at once.
    pub enum BulkAct {
        /// Take up for screening.
        TakeUp = "take-up",
        /// Accept.
        Accept = "accept",
        /// Do not retain, with one reason for all.
        NotRetain = "not-retain",
        /// Ask the countries named again that have not answered.
        RemindConsents = "remind-consents",
    }
}

impl BulkAct {
    /// Returns the event of the workflow, when it is one.
    pub const fn event(self) -> Option<Event> {
        match self {
            Self::TakeUp => Some(Event::TakeUp),
            Self::Accept => Some(Event::Accept),
            Self::NotRetain => Some(Event::NotRetain),
            Self::RemindConsents => None,
        }
    }
}

/// Most submissions of one act.
pub const CHOSEN_MAX: usize = 200;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn standard_lead_times_are_in_order() {
        assert!(LeadTimes::with([]).check().is_empty());
        let wrong = LeadTimes::with([(Milestone::ParityReached, 80), (Milestone::BallotsClose, -1)]).check();
        let fields: Vec<&str> = wrong.iter().map(|(field, _)| field).collect();
        assert_eq!(fields, ["ballots-close", "parity-reached"]);
    }
}
