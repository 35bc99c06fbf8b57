//! What the pages of the room show: the desk with its calendar, the form of the lead times; `bulk` the acts on several,
//! `listing` the list of submissions as a file.

pub mod bulk;
pub mod listing;

use askama::Template;
use chrono::NaiveDate;

use super::forms;
use super::model::{LeadTimes, Matter, Milestone, Standing, Stop, Waiting};
use super::operations::Desk;
use crate::i18n::Texts;
use crate::kernel::fields::FieldErrors;
use crate::sessions::Calendar;
use crate::sessions::pages::calendar::{Entry, file};
use crate::web::again::Again;
use crate::web::{Fields, FormView, Frame, PageResult, Reader};

/// Most references that are named for one matter.
const NAMED_MAX: usize = 12;

/// Something that waits.
struct WaitingView {
    text: String,
    due: String,
    links: Vec<(String, String)>,
    more: String,
    action: Option<(String, String)>,
    is_late: bool,
}

/// A milestone in the calendar.
struct StopView {
    name: String,
    basis: String,
    days: String,
    due: String,
    window: String,
    standing: String,
    class: &'static str,
}

#[derive(Template)]
#[template(path = "desk/desk.html")]
struct DeskPage {
    frame: Frame,
    here: String,
    session: i32,
    ours: Vec<WaitingView>,
    others: Vec<WaitingView>,
    stops: Vec<StopView>,
    can_screen: bool,
}

/// Returns the frame of a page within a session.
fn frame_in(reader: &Reader, calendar: &Calendar, title: String) -> Frame {
    let session = &calendar.session;
    Frame::new(reader, title)
        .crumb(reader.texts().text("nav-sessions"), "/sessions")
        .crumb(session.title.get(reader.lang).clone(), format!("/sessions/{}", session.number))
}

/// Returns the frame of a page behind the desk.
fn frame_behind(reader: &Reader, calendar: &Calendar, title: String) -> Frame {
    let number = calendar.session.number;
    frame_in(reader, calendar, title).crumb(reader.texts().text("desk-title"), format!("/sessions/{number}/desk"))
}

/// Shows the desk.
pub fn desk(reader: &Reader, desk: &Desk) -> PageResult {
    let number = desk.calendar.session.number;
    let due = |one: &Waiting| {
        let stop = |milestone| desk.stops.iter().find(|stop| stop.milestone == milestone);
        one.matter.milestone().and_then(stop)
    };
    let mut waiting: Vec<(&Waiting, Option<&Stop>)> = desk.waiting.iter().map(|one| (one, due(one))).collect();
    waiting.sort_by_key(|(one, stop)| (stop.map_or(NaiveDate::MAX, |stop| stop.due_on), one.matter));
    let (others, ours): (Vec<_>, Vec<_>) = waiting.into_iter().partition(|(one, _)| one.matter.is_with_others());
    let views = |rows: Vec<(&Waiting, Option<&Stop>)>| {
        rows.into_iter().map(|(one, stop)| waiting_view(reader.texts(), number, one, stop)).collect()
    };
    let is_screening =
        |one: &Waiting| matches!(one.matter, Matter::TakeUp | Matter::CameBack | Matter::Late | Matter::Decide);
    crate::web::Answer::page(&DeskPage {
        frame: frame_in(reader, &desk.calendar, reader.texts().text("desk-title")),
        here: format!("/sessions/{number}/desk"),
        session: number,
        can_screen: desk.waiting.iter().any(is_screening),
        ours: views(ours),
        others: views(others),
        stops: desk.stops.iter().map(|stop| stop_view(reader.texts(), &desk.lead, stop)).collect(),
    })
}

fn waiting_view(texts: Texts, session: i32, one: &Waiting, stop: Option<&Stop>) -> WaitingView {
    let is_ballot = matches!(one.matter, Matter::OpenBallot | Matter::CloseBallot | Matter::CertifyBallot);
    let link = |about: &String| {
        if is_ballot {
            (texts.one("desk-ballot", "number", about), format!("/sessions/{session}/ballots/{about}"))
        } else {
            (about.clone(), format!("/submissions/{about}"))
        }
    };
    let more = one.about.len().saturating_sub(NAMED_MAX);
    WaitingView {
        text: texts.one(&format!("desk-matter-{}", one.matter), "number", one.number),
        due: stop.map_or_else(String::new, |stop| due(texts, stop)),
        links: one.about.iter().take(NAMED_MAX).map(link).collect(),
        more: if more > 0 { texts.one("desk-more", "number", more) } else { String::new() },
        action: action(session, one.matter).map(|(key, href)| (texts.text(key), href)),
        is_late: stop.is_some_and(|stop| stop.standing == Standing::Late),
    }
}

/// Returns where a matter is dealt with, when that is one page.
fn action(session: i32, matter: Matter) -> Option<(&'static str, String)> {
    let list = |state: &str| format!("/sessions/{session}/submissions?state={state}&delegation=all");
    Some(match matter {
        Matter::TakeUp => ("desk-go-next", format!("/sessions/{session}/submissions/next")),
        Matter::CameBack => ("desk-go-list", list("submitted")),
        Matter::Late => ("desk-go-list", list("late")),
        Matter::Decide => ("desk-go-list", list("under-review")),
        Matter::Returned => ("desk-go-list", list("returned")),
        Matter::Consents => ("desk-go-remind", format!("/sessions/{session}/bulk?kind=action&act=remind-consents")),
        Matter::Reviews => ("desk-go-reviews", format!("/sessions/{session}/reviews")),
        Matter::Pending => ("desk-go-pending", format!("/sessions/{session}/pending")),
        Matter::Edits => ("desk-go-edits", format!("/sessions/{session}/edits")),
        Matter::Credentials => ("desk-go-credentials", format!("/sessions/{session}/credentials")),
        Matter::Programme => ("desk-go-programme", format!("/sessions/{session}/programme")),
        Matter::Mails => ("desk-go-mails", "/outbox".to_owned()),
        Matter::Answer
        | Matter::Parity
        | Matter::OpenBallot
        | Matter::CloseBallot
        | Matter::CertifyBallot
        | Matter::Clarifications
        | Matter::CoSponsors => return None,
    })
}

/// Words a day with the days until then, or since.
fn due(texts: Texts, stop: &Stop) -> String {
    let key = if stop.days_left < 0 { "desk-due-over" } else { "desk-due" };
    texts.with(key, &[("day", texts.day(stop.due_on)), ("days", stop.days_left.abs().to_string())])
}

fn stop_view(texts: Texts, lead: &LeadTimes, stop: &Stop) -> StopView {
    let window = match (stop.milestone.window(), stop.set_on) {
        (None, _) => texts.text("desk-window-none"),
        (_, None) => texts.text("desk-window-unset"),
        (_, Some(day)) => {
            let key = match stop.behind_days {
                ..0 => "desk-window-earlier",
                0 => "desk-window-same",
                _ => "desk-window-later",
            };
            texts.with(key, &[("day", texts.day(day)), ("days", stop.behind_days.abs().to_string())])
        }
    };
    let values = [("open", stop.open), ("days", stop.days_left.abs())];
    StopView {
        name: texts.code("milestone", stop.milestone),
        basis: texts.code("milestone-basis", stop.milestone),
        days: texts.one("desk-days", "days", lead.days(stop.milestone)),
        due: texts.day(stop.due_on),
        window,
        standing: texts.with(&format!("desk-standing-{}", stop.standing), &values),
        class: match stop.standing {
            Standing::Late => "bad",
            Standing::Soon => "note",
            Standing::Past => "good",
            Standing::Later => "",
        },
    }
}

/// Returns the calendar of the desk as a file for calendars.
pub fn calendar_file(texts: Texts, desk: &Desk, base: &str, now: chrono::NaiveDateTime) -> String {
    let session = &desk.calendar.session;
    let title = session.title.get(texts.lang());
    let entry = |stop: &Stop| Entry {
        uid: format!("{}-milestone-{}@speca", session.id, stop.milestone),
        summary: format!("{} ({title})", texts.code("milestone", stop.milestone)),
        at: stop.due_on.and_time(chrono::NaiveTime::MIN),
        url: format!("{base}/sessions/{}/desk", session.number),
    };
    let entries: Vec<Entry> = desk.stops.iter().map(entry).collect();
    file(title, &entries, now, u32::try_from(session.edition).unwrap_or(0))
}

/// A field of the form.
struct LeadField {
    name: &'static str,
    label: String,
    hint: String,
}

#[derive(Template)]
#[template(path = "desk/lead_times.html")]
struct LeadTimesPage {
    frame: Frame,
    form: FormView,
    action: String,
    cancel: String,
    notice: Option<String>,
    rows: Vec<LeadField>,
}

/// Shows the form of the lead times; `typed` with what was typed and why it is shown again.
pub fn lead_times(
    reader: &Reader,
    (calendar, lead): &(Calendar, LeadTimes),
    typed: Option<(Fields, Again)>,
) -> PageResult {
    let texts = reader.texts();
    let number = calendar.session.number;
    let (fields, again) = typed.map_or_else(|| (forms::fields_of(lead), None), |(fields, again)| (fields, Some(again)));
    let errors: FieldErrors = Again::errors(again.as_ref());
    let fields = Again::fields(again.as_ref(), fields, lead.print());
    let row = |milestone: &Milestone| LeadField {
        name: milestone.code(),
        label: texts.code("milestone", milestone),
        hint: format!(
            "{} {}",
            texts.code("milestone-basis", milestone),
            texts.one("lead-time-standard", "days", milestone.standard_days())
        ),
    };
    let page = LeadTimesPage {
        frame: frame_behind(reader, calendar, texts.text("lead-times-title")).form("main"),
        form: FormView::again(texts, fields, &errors),
        action: format!("/sessions/{number}/desk/lead-times"),
        cancel: format!("/sessions/{number}/desk"),
        notice: Again::notice(again.as_ref(), texts, "lead-times-stale"),
        rows: Milestone::ALL.iter().map(row).collect(),
    };
    Again::answer(again.as_ref(), &page)
}
