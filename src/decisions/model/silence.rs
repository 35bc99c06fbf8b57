//! The time of a silence procedure: how long at least, how long unless said otherwise, and when it is over.

use chrono::{Datelike as _, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Weekday};
use chrono_tz::Tz;

use crate::sessions::model::zones::{Twice, to_local, to_utc_or_later};

/// The shortest silence procedure.
pub const LEAST: TimeDelta = TimeDelta::hours(72);
/// Working days of a silence procedure unless the secretariat says otherwise.
const WORKING_DAYS: u32 = 5;
/// The hour at which one ends unless the secretariat says otherwise, in the legal zone.
const HOUR: u32 = 18;

/// A silence procedure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Silence {
    /// When it began.
    pub from: NaiveDateTime,
    /// When it is over: an objection at this very moment comes too late.
    pub until: NaiveDateTime,
}

impl Silence {
    /// Returns whether it is over.
    pub fn is_over(&self, now: NaiveDateTime) -> bool {
        now >= self.until
    }
}

/// Returns when a silence procedure that begins now ends unless the secretariat says otherwise: on the fifth working day
/// of the legal zone in the evening.
pub fn usual_end(now: NaiveDateTime, zone: Tz) -> NaiveDateTime {
    let mut day: NaiveDate = to_local(now, zone).date();
    let mut working = 0;
    while working < WORKING_DAYS {
        day = day.succ_opt().unwrap_or(day);
        working += u32::from(!matches!(day.weekday(), Weekday::Sat | Weekday::Sun));
    }
    let evening = NaiveTime::from_hms_opt(HOUR, 0, 0).unwrap_or_default();
    to_utc_or_later(day.and_time(evening), zone, Twice::Second)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_usual_end_leaves_out_weekends_and_is_never_too_short() {
        let at = |day, hour| NaiveDate::from_ymd_opt(2020, 9, day).unwrap().and_hms_opt(hour, 0, 0).unwrap();
        // Monday 14 September, then Thursday 17, then Saturday 19: six hours ahead in Almaty.
        assert_eq!(usual_end(at(14, 8), Tz::Asia__Almaty), at(21, 12));
        assert_eq!(usual_end(at(17, 8), Tz::Asia__Almaty), at(24, 12));
        assert_eq!(usual_end(at(19, 8), Tz::Asia__Almaty), at(25, 12));
        for hour in 0..24 * 7 {
            let begin = at(14, 0) + TimeDelta::hours(hour);
            assert!(usual_end(begin, Tz::Asia__Kabul) - begin >= LEAST, "{begin}");
        }
    }

    #[test]
    fn the_last_second_is_within_and_the_end_is_not() {
        let at = |second| NaiveDate::from_ymd_opt(2020, 9, 21).unwrap().and_hms_opt(12, 0, second).unwrap();
        let silence = Silence { from: at(0), until: at(30) };
        assert_eq!([29, 30, 31].map(|second| silence.is_over(at(second))), [false, true, true]);
    }
}
