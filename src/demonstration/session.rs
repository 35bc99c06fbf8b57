//! The fifteenth session of the demonstration: real dates, windows that stay open long enough to try everything.

use chrono::{NaiveDate, NaiveDateTime, TimeDelta};
use chrono_tz::Tz;

use super::texts::both;
use crate::kernel::lang::Bilingual;
use crate::sessions::model::{Details, NewSession};
use crate::sessions::{Step, Window};

/// Number of the session.
pub const NUMBER: i32 = 15;

/// Returns a moment of 2020, in Coordinated Universal Time.
pub fn at(month: u32, day: u32, hour: u32) -> NaiveDateTime {
    NaiveDate::from_ymd_opt(2020, month, day)
        .and_then(|day| day.and_hms_opt(hour, 0, 0))
        .expect("invariant: the demonstration names days that exist")
}

/// Returns the session: its windows open as they did in 2020 and close long after `now`, so that each step can be tried.
pub fn fifteenth(now: NaiveDateTime) -> NewSession {
    let day = at(11, 16, 0).date();
    let details = Details {
        title: both("demonstration-session-title"),
        place: Bilingual::new(both("demonstration-session-place").en, both("demonstration-session-place").ru),
        starts_on: day,
        ends_on: day,
        time_zone: Tz::Asia__Bishkek,
        programme_years: (2021, 2023),
    };
    let window = |step, opens_at, days| Window { step, opens_at, closes_at: now + TimeDelta::days(days) };
    let windows = vec![
        window(Step::Submissions, at(8, 10, 6), 60),
        window(Step::Screening, at(8, 10, 6), 75),
        window(Step::Reviews, at(10, 5, 6), 75),
        window(Step::Ballots, at(11, 9, 6), 90),
        window(Step::Programme, at(11, 9, 6), 120),
    ];
    NewSession { windows, is_demonstration: true, ..NewSession::new(NUMBER, details) }
}
