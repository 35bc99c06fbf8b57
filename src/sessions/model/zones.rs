//! The legal zone of a session: which ones are offered, and how its clock is turned into moments and back.
//!
//! A clock that is put forward leaves out an hour: a time in it is no time. A clock that is put back has an hour
//! twice: the caller says which one is meant.

use chrono::{LocalResult, NaiveDateTime, TimeDelta, TimeZone, Utc};
use chrono_tz::Tz;

use crate::kernel::zones::ZONES;

/// Returns the zones that can be the legal one, in the order in which they are offered, with the word of each: those
/// where the group or its secretariat sits.
pub fn legal_zones() -> impl Iterator<Item = (Tz, &'static str)> {
    ZONES.iter().copied().filter(|(zone, _)| *zone != Tz::America__New_York)
}

/// Returns the zone of a name, if it can be the legal one.
pub fn legal_zone(name: &str) -> Option<Tz> {
    legal_zones().map(|(zone, _)| zone).find(|zone| zone.name() == name)
}

/// Which of two equal times is meant in the hour that comes twice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Twice {
    /// The first: for openings.
    First,
    /// The second: for closings, so that nobody loses an hour.
    Second,
}

/// Returns the moment of a time on the clock of a zone; nothing for a time that the clock leaves out.
pub fn to_utc(local: NaiveDateTime, zone: Tz, twice: Twice) -> Option<NaiveDateTime> {
    match (zone.from_local_datetime(&local), twice) {
        (LocalResult::Single(at), _)
        | (LocalResult::Ambiguous(at, _), Twice::First)
        | (LocalResult::Ambiguous(_, at), Twice::Second) => Some(at.naive_utc()),
        (LocalResult::None, _) => None,
    }
}

/// Returns the moment of a time on the clock of a zone; a time that is left out counts as an hour later.
pub fn to_utc_or_later(local: NaiveDateTime, zone: Tz, twice: Twice) -> NaiveDateTime {
    to_utc(local, zone, twice).or_else(|| to_utc(local + TimeDelta::hours(1), zone, twice)).unwrap_or(local)
}

/// Returns the time that the clock of a zone shows at a moment.
pub fn to_local(at: NaiveDateTime, zone: Tz) -> NaiveDateTime {
    Utc.from_utc_datetime(&at).with_timezone(&zone).naive_local()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn time(text: &str) -> NaiveDateTime {
        NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").unwrap()
    }

    #[test]
    fn kabul_is_four_hours_and_a_half_ahead() {
        let at = to_utc(time("2020-10-01 09:00"), Tz::Asia__Kabul, Twice::First);
        assert_eq!(at, Some(time("2020-10-01 04:30")));
        assert_eq!(to_local(time("2020-10-01 04:30"), Tz::Asia__Kabul), time("2020-10-01 09:00"));
    }

    #[test]
    fn an_hour_left_out_is_no_time_and_an_hour_that_comes_twice_is_two() {
        let geneva = Tz::Europe__Zurich;
        assert_eq!(to_utc(time("2021-03-28 02:30"), geneva, Twice::First), None);
        assert_eq!(to_utc_or_later(time("2021-03-28 02:30"), geneva, Twice::First), time("2021-03-28 01:30"));
        assert_eq!(to_utc(time("2020-10-25 02:30"), geneva, Twice::First), Some(time("2020-10-25 00:30")));
        assert_eq!(to_utc(time("2020-10-25 02:30"), geneva, Twice::Second), Some(time("2020-10-25 01:30")));
    }

    #[test]
    fn only_zones_on_the_list_are_legal() {
        assert_eq!(legal_zone("Asia/Almaty"), Some(Tz::Asia__Almaty));
        assert_eq!((legal_zone("America/New_York"), legal_zone("")), (None, None));
    }
}
