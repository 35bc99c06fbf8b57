//! The fifteenth session of the demonstration: real dates, windows that stay open long enough to try everything.

use chrono::{NaiveDate, NaiveDateTime, NaiveTime, TimeDelta};
use chrono_tz::Tz;

use super::texts::both;
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
