//! The sessions of the demonstration: the fifteenth with its real dates and windows that stay open long enough to try
//! everything, and one before it, made up, that is over.

use chrono::{NaiveDate, NaiveDateTime, NaiveTime, TimeDelta};
use chrono_tz::Tz;

use super::texts::both;
use crate::sessions::model::{Details, NewSession};
use crate::sessions::{Step, Window};

/// Number of the session.
pub const NUMBER: i32 = 15;

/// Number of the session before it.
pub const EARLIER: i32 = 14;

/// Returns a moment of 2020, in Coordinated Universal Time.
pub fn at(month: u32, day: u32, hour: u32) -> NaiveDateTime {
    moment(2020, month, day, hour)
}

/// Returns a moment of 2019, the year of the earlier session.
pub fn then(month: u32, day: u32, hour: u32) -> NaiveDateTime {
    moment(2019, month, day, hour)
}

fn moment(year: i32, month: u32, day: u32, hour: u32) -> NaiveDateTime {
    NaiveDate::from_ymd_opt(year, month, day)
        .and_then(|day| day.and_hms_opt(hour, 0, 0))
        .expect("invariant: the demonstration names days that exist")
}

/// Returns six in the evening in Bishkek, so many days after a moment.
pub fn evening(now: NaiveDateTime, days: i64) -> NaiveDateTime {
    (now.date() + TimeDelta::days(days)).and_time(NaiveTime::MIN) + TimeDelta::hours(12)
}

/// Returns the session: its windows open as they did in 2020 and close long after `now`, so that each step can be tried.
pub fn fifteenth(now: NaiveDateTime) -> NewSession {
    let day = at(11, 16, 0).date();
    let details = Details {
        title: both("demonstration-session-title"),
        place: both("demonstration-session-place"),
        starts_on: day,
        ends_on: day,
        time_zone: Tz::Asia__Bishkek,
        programme_years: (2021, 2023),
    };
    let window = |step, opens_at, days| Window { step, opens_at, closes_at: evening(now, days) };
    let windows = vec![
        window(Step::Submissions, at(8, 10, 6), 60),
        window(Step::Screening, at(8, 10, 6), 75),
        window(Step::Reviews, at(10, 5, 6), 75),
        window(Step::Ballots, at(11, 9, 6), 90),
        window(Step::Programme, at(11, 9, 6), 120),
    ];
    NewSession { windows, is_demonstration: true, ..NewSession::new(NUMBER, details) }
}

/// Returns the earlier session: what was handed in after its window was taken as late.
pub fn earlier() -> NewSession {
    let day = then(11, 20, 0).date();
    let details = Details {
        title: both("demonstration-earlier-title"),
        place: both("demonstration-session-place"),
        starts_on: day,
        ends_on: day,
        time_zone: Tz::Asia__Bishkek,
        programme_years: (2020, 2022),
    };
    NewSession { windows: earlier_windows(), is_demonstration: true, ..NewSession::new(EARLIER, details) }
}

/// Returns the windows of the earlier session.
pub fn earlier_windows() -> Vec<Window> {
    let window = |step, opens_at, closes_at| Window { step, opens_at, closes_at };
    vec![
        window(Step::Submissions, then(8, 12, 6), then(9, 30, 12)),
        window(Step::Screening, then(8, 12, 6), then(11, 20, 12)),
        window(Step::Reviews, then(10, 7, 6), then(10, 31, 12)),
        window(Step::Ballots, then(11, 4, 6), then(11, 29, 12)),
        window(Step::Programme, then(11, 4, 6), then(12, 20, 12)),
    ]
}
