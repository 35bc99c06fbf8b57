//! The deadlines of a session as a calendar file (RFC 5545): moments in Coordinated Universal Time, so that each program
//! shows them in the zone of its user.

use chrono::{NaiveDateTime, TimeDelta};
use icalendar::{Calendar as File, Component as _, Event, EventLike as _, Property};

use super::address;
use crate::i18n::Texts;
use crate::sessions::model::Calendar;

/// What the file says of its maker.
const MAKER: &str = "-//SPECA Working Group on Trade//speca//";

/// A moment for a calendar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// What it is known by: the same entry again replaces the earlier one.
    pub uid: String,
    /// What happens.
    pub summary: String,
    /// When.
    pub at: NaiveDateTime,
    /// Address of the page about it; may be empty.
    pub url: String,
}

impl Entry {
    fn event(&self, written_at: NaiveDateTime, edition: u32) -> Event {
        let mut event = Event::new();
        event
            .uid(&self.uid)
            .sequence(edition)
            .timestamp(written_at.and_utc())
            .summary(&one_line(&self.summary))
            .starts(self.at.and_utc())
            .ends(self.at.and_utc());
        if !self.url.is_empty() {
            event.url(&self.url);
        }
        event
    }
}

/// Returns a calendar file with some entries.
pub fn file(name: &str, entries: &[Entry], written_at: NaiveDateTime, edition: u32) -> String {
    let mut file = opened(name);
    for entry in entries {
        file.push(entry.event(written_at, edition));
    }
    file.to_string()
}

fn opened(name: &str) -> File {
    let mut file = File::empty();
    for (key, value) in [("VERSION", "2.0"), ("PRODID", MAKER), ("CALSCALE", "GREGORIAN"), ("METHOD", "PUBLISH")] {
        file.append_property(Property::new(key, value));
    }
    file.name(&one_line(name));
    file
}

/// Returns a text without control characters: the lines of the file are ours.
fn one_line(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

/// Returns the calendar of a session: when each step opens and closes, and the days of the session.
pub fn of_session(texts: Texts, calendar: &Calendar, base: &str, now: NaiveDateTime) -> String {
    let session = &calendar.session;
    let (title, edition) = (session.title.get(texts.lang()), u32::try_from(session.edition).unwrap_or(0));
    let entry = |step, key: &str, at| Entry {
        uid: format!("{}-{step}-{key}@speca", session.id),
        summary: format!(
            "{} ({title})",
            texts.one(&format!("session-calendar-{key}"), "step", texts.code("step", step))
        ),
        at,
        url: format!("{base}{}", address(session.number, "")),
    };
    let entries = calendar.windows.iter().flat_map(|window| {
        [entry(window.step, "opens", window.opens_at), entry(window.step, "closes", window.closes_at)]
    });
    let mut file = opened(title);
    for entry in entries {
        file.push(entry.event(now, edition));
    }
    let mut days = Event::new();
    days.uid(&format!("{}-days@speca", session.id))
        .sequence(edition)
        .timestamp(now.and_utc())
        .summary(&one_line(title))
        .location(&one_line(session.place.get(texts.lang())))
        .starts(session.starts_on)
        .ends(session.ends_on + TimeDelta::days(1));
    file.push(days.done());
    file.to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::NaiveDate;

    #[test]
    fn a_file_is_folded_escaped_and_in_universal_time() {
        let at = NaiveDate::from_ymd_opt(2020, 9, 14).unwrap().and_hms_opt(8, 30, 0).unwrap();
        let summary = format!("Срок; один, два\r\nи \\три {}", "ю".repeat(60));
        let entry = Entry { uid: "1@speca".into(), summary, at, url: "https://a.example/b".into() };
        let text = file("Calendar", &[entry], at, 3);
        assert!(text.starts_with("BEGIN:VCALENDAR\r\n") && text.ends_with("END:VCALENDAR\r\n"), "{text}");
        assert!(text.lines().all(|line| line.len() <= 75), "{text}");
        assert_eq!(text.matches('\n').count(), text.matches("\r\n").count());
        let whole = text.replace("\r\n ", "");
        for line in [
            "VERSION:2.0",
            "METHOD:PUBLISH",
            "PRODID:-//SPECA Working Group on Trade//speca//",
            "UID:1@speca",
            "SEQUENCE:3",
            "DTSTAMP:20200914T083000Z",
            "DTSTART:20200914T083000Z",
            "URL:https://a.example/b",
        ] {
            assert!(whole.lines().any(|found| found == line), "{line}\n{whole}");
        }
        assert!(whole.contains("SUMMARY:Срок\\; один\\, два  и \\\\три "), "{whole}");
        assert_eq!(whole.matches("PRODID").count(), 1);
    }
}
