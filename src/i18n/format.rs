//! Dates, times and numbers as each language writes them.

use chrono::{Datelike, NaiveDate, NaiveDateTime, TimeZone, Timelike, Utc};
use chrono_tz::Tz;

use super::Texts;
use crate::kernel::lang::Lang;

impl Texts {
    /// Writes a day: `16 November 2020`, `16 ноября 2020 года`.
    pub fn day(&self, day: NaiveDate) -> String {
        let month = self.code("month", day.month());
        match self.lang() {
            Lang::En => format!("{} {month} {}", day.day(), day.year()),
            Lang::Ru => format!("{} {month} {} года", day.day(), day.year()),
        }
    }

    /// Writes a moment of Coordinated Universal Time in a zone, with the zone's offset: `16 November 2020, 14:30 (UTC+4:30)`.
    pub fn moment(&self, at: NaiveDateTime, zone: Tz) -> String {
        let local = Utc.from_utc_datetime(&at).with_timezone(&zone);
        format!("{}, {:02}:{:02} ({})", self.day(local.date_naive()), local.hour(), local.minute(), offset(at, zone))
    }

    /// Writes a whole number with groups of three: `12,500`, `12 500`.
    pub fn number(&self, number: i64) -> String {
        let digits = number.unsigned_abs().to_string();
        // Russian groups from five digits on, with a no-break space.
        let separator = match self.lang() {
            Lang::En => ",",
            Lang::Ru if digits.len() < 5 => "",
            Lang::Ru => "\u{a0}",
        };
        let mut text = String::new();
        for (index, digit) in digits.chars().enumerate() {
            if index > 0 && (digits.len() - index).is_multiple_of(3) {
                text.push_str(separator);
            }
            text.push(digit);
        }
        if number < 0 { format!("\u{2212}{text}") } else { text }
    }

    /// Writes a decimal that comes with a point, with the language's mark: `3.25`, `3,25`.
    pub fn decimal(&self, text: &str) -> String {
        match self.lang() {
            Lang::En => text.to_owned(),
            Lang::Ru => text.replace('.', ","),
        }
    }
}

/// Writes the offset of a zone at a moment: `UTC+4:30`.
pub fn offset(at: NaiveDateTime, zone: Tz) -> String {
    use chrono::Offset;
    let seconds = Utc.from_utc_datetime(&at).with_timezone(&zone).offset().fix().local_minus_utc();
    let (hours, minutes) = (seconds.abs() / 3600, seconds.abs() % 3600 / 60);
    let sign = if seconds < 0 { '\u{2212}' } else { '+' };
    match (seconds, minutes) {
        (0, _) => "UTC".to_owned(),
        (_, 0) => format!("UTC{sign}{hours}"),
        _ => format!("UTC{sign}{hours}:{minutes:02}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn moment(lang: Lang, zone: Tz) -> String {
        let at = NaiveDate::from_ymd_opt(2020, 11, 16).unwrap().and_hms_opt(10, 0, 0).unwrap();
        Texts::of(lang).moment(at, zone)
    }

    #[test]
    fn a_moment_is_written_in_the_zone_of_its_reader() {
        assert_eq!(moment(Lang::En, Tz::Asia__Kabul), "16 November 2020, 14:30 (UTC+4:30)");
        assert_eq!(moment(Lang::Ru, Tz::Asia__Almaty), "16 ноября 2020 года, 16:00 (UTC+6)");
        assert_eq!(moment(Lang::En, Tz::UTC), "16 November 2020, 10:00 (UTC)");
    }

    #[test]
    fn numbers_are_grouped_as_the_language_does() {
        let (en, ru) = (Texts::of(Lang::En), Texts::of(Lang::Ru));
        assert_eq!((en.number(1_250_000), ru.number(1_250_000)), ("1,250,000".into(), "1\u{a0}250\u{a0}000".into()));
        assert_eq!((en.number(2020), ru.number(2020)), ("2,020".into(), "2020".into()));
        assert_eq!((en.number(-5), ru.decimal("3.25")), ("\u{2212}5".into(), "3,25".into()));
    }
}
