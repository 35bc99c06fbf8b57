//! The meetings of a session: who was present at each, and the form of one.

use askama::Template;

use super::{frame, when_words};
use crate::i18n::order;
use crate::meetings::forms::fields_of;
use crate::meetings::model::{Meeting, Part};
use crate::meetings::operations::attendance::Sitting;
use crate::policy::{Action, Target};
use crate::sessions::pages::address;
use crate::web::again::Again;
use crate::web::{Answer, Fields, FormView, Frame, PageResult, Reader};

/// A meeting as a column.
struct MeetingView {
    words: String,
    href: Option<String>,
    quorum: String,
    is_met: bool,
}

/// A delegation as a row: its name, and whether it was present at each meeting.
struct PresenceRow {
    name: String,
    present: Vec<bool>,
}

/// The list of meetings.
#[derive(Template)]
#[template(path = "meetings/meetings.html")]
struct MeetingsPage {
    frame: Frame,
    meetings: Vec<MeetingView>,
    rows: Vec<PresenceRow>,
    add: Option<String>,
    export: Option<String>,
    credentials: Option<String>,
}

/// The form of a meeting.
#[derive(Template)]
#[template(path = "meetings/meeting.html")]
struct MeetingPage {
    frame: Frame,
    form: FormView,
    notice: Option<String>,
    action: String,
    cancel: String,
    parts: Vec<(String, String)>,
    delegations: Vec<(String, String)>,
    take_out: Option<String>,
    is_new: bool,
}

fn meeting_view(reader: &Reader, sitting: &Sitting, meeting: &Meeting, keeps: bool) -> MeetingView {
    let texts = reader.texts();
    let check = meeting.quorum(sitting.session.rules.quorum, &sitting.delegations);
    let key = if check.is_met() { "meeting-quorum-met" } else { "meeting-quorum-not-met" };
    MeetingView {
        words: when_words(texts, meeting.when),
        href: keeps.then(|| address(sitting.session.number, &format!("meetings/{}", meeting.when))),
        quorum: texts
            .with(key, &[("present", check.present), ("electorate", check.electorate), ("needed", check.needed)]),
        is_met: check.is_met(),
    }
}

/// Shows the meetings of a session with who was present.
pub fn list(reader: &Reader, sitting: &Sitting) -> PageResult {
    let (texts, number) = (reader.texts(), sitting.session.number);
    let target = Target::of_session(sitting.session.id.clone());
    let keeps = reader.may(Action::KeepAttendance, &target);
    let mut rows: Vec<PresenceRow> = sitting
        .delegations
        .iter()
        .map(|one| PresenceRow {
            name: one.name.get(reader.lang).clone(),
            present: sitting.meetings.iter().map(|meeting| meeting.present.contains(&one.id)).collect(),
        })
        .collect();
    rows.sort_by(|a, b| order::compare(reader.lang, &a.name, &b.name));
    Answer::page(&MeetingsPage {
        frame: frame(reader, &sitting.session, texts.text("meetings-title")),
        meetings: sitting.meetings.iter().map(|meeting| meeting_view(reader, sitting, meeting, keeps)).collect(),
        rows,
        add: keeps.then(|| address(number, "meetings/new")),
        export: keeps.then(|| address(number, "exports/attendance.csv")),
        credentials: crate::sessions::pages::may_for_own(reader, Action::ViewCredentials, &target)
            .then(|| super::letters::place(number, "")),
    })
}

/// Shows the form of a meeting, or of a new one; fresh, or again with what was typed.
pub fn form(
    reader: &Reader,
    sitting: &Sitting,
    stored: Option<&Meeting>,
    typed: Option<(Fields, Again)>,
) -> PageResult {
    let (texts, number) = (reader.texts(), sitting.session.number);
    let list = address(number, "meetings");
    let (typed, again) = typed.unzip();
    let again = again.as_ref();
    let new = || Fields::none().set("held_on", reader.now().date().to_string());
    let fresh = || stored.map_or_else(new, |meeting| fields_of(sitting, meeting));
    let seen = stored.map_or_else(String::new, Meeting::print);
    let fields = Again::fields(again, typed.unwrap_or_else(fresh), seen);
    let here = stored.map(|meeting| format!("{list}/{}", meeting.when));
    let mut delegations: Vec<(String, String)> =
        sitting.delegations.iter().map(|one| (one.code.clone(), one.name.get(reader.lang).clone())).collect();
    delegations.sort_by(|a, b| order::compare(reader.lang, &a.1, &b.1));
    let title = stored.map_or_else(|| texts.text("meeting-new"), |meeting| when_words(texts, meeting.when));
    let page = MeetingPage {
        frame: frame(reader, &sitting.session, title).crumb(texts.text("meetings-title"), list.clone()).form("main"),
        notice: Again::notice(again, texts, "meeting-stale"),
        action: here.clone().unwrap_or_else(|| list.clone()),
        cancel: list,
        parts: Part::ALL.iter().map(|part| (part.to_string(), texts.code("meeting-part", part))).collect(),
        delegations,
        take_out: here.map(|here| format!("{here}/take-out")),
        is_new: stored.is_none(),
        form: FormView::again(texts, fields, &Again::errors(again)),
    };
    Again::answer(again, &page)
}
