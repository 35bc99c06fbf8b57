//! The list of sessions, newest first.

use askama::Template;

use super::{address, days, moment, title};
use crate::policy::{Action, Target};
use crate::sessions::Calendar;
use crate::web::{Answer, Frame, PageResult, Reader};

/// The list.
#[derive(Template)]
#[template(path = "sessions/list.html")]
struct ListPage {
    frame: Frame,
    sessions: Vec<SessionRow>,
    may_create: bool,
}

/// One session of the list.
struct SessionRow {
    title: String,
    href: String,
    days: String,
    place: String,
    deadline: String,
    is_demonstration: bool,
}

/// Shows the list of sessions.
pub fn show(reader: &Reader, calendars: &[Calendar]) -> PageResult {
    Answer::page(&ListPage {
        frame: Frame::new(reader, reader.texts().text("nav-sessions")),
        sessions: calendars.iter().map(|calendar| row(reader, calendar)).collect(),
        may_create: reader.may(Action::ManageSessions, &Target::none()),
    })
}

fn row(reader: &Reader, calendar: &Calendar) -> SessionRow {
    let session = &calendar.session;
    SessionRow {
        title: title(session, reader.lang),
        href: address(session.number, ""),
        days: days(reader.texts(), session),
        place: session.place.get(reader.lang).clone(),
        deadline: deadline(reader, calendar),
        is_demonstration: session.is_demonstration,
    }
}

/// Words the next deadline of a session, in both zones; nothing when none is to come.
pub fn deadline(reader: &Reader, calendar: &Calendar) -> String {
    let texts = reader.texts();
    calendar.next_deadline(reader.now()).map_or_else(String::new, |next| {
        let at = moment(reader, next.at, calendar.session.time_zone).line(texts);
        let step = texts.code("step", next.step);
        let key = if next.closes { "session-step-closes" } else { "session-step-opens" };
        texts.with(key, &[("step", step), ("at", at)])
    })
}
