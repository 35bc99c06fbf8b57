//! The page of one session: its days, steps and rules, what to do now, and the rooms that the reader may use.

use askama::Template;

use super::{FORMS, StepView, TaskView, address, days, may_for_own, moment, steps, title, zone_name};
use crate::i18n::Texts;
use crate::kernel::code::Code;
use crate::policy::{Action, Target};
use crate::sessions::operations::Hub;
use crate::sessions::{Calendar, Session, Step, VotingRules};
use crate::tally::turnout::Quorum;
use crate::web::{Answer, Frame, PageResult, Reader};

/// The page.
#[derive(Template)]
#[template(path = "sessions/hub.html")]
struct HubPage {
    frame: Frame,
    lead: String,
    facts: Vec<(String, String)>,
    is_demonstration: bool,
    takes_late: bool,
    calendar: String,
    steps: Vec<StepView>,
    tasks: Vec<TaskView>,
    quiet: String,
    rooms: Vec<LinkView>,
    manage: Vec<LinkView>,
    criteria: Vec<CriterionRow>,
    rules: Vec<(String, String)>,
}

/// A link to a room.
struct LinkView {
    label: String,
    detail: String,
    href: String,
}

/// A criterion with its weight.
struct CriterionRow {
    name: String,
    help: String,
    weight: i32,
}

/// Shows the page of a session.
pub fn show(reader: &Reader, hub: &Hub) -> PageResult {
    let texts = reader.texts();
    let session = &hub.calendar.session;
    let tasks = tasks(reader, &hub.calendar);
    Answer::page(&HubPage {
        frame: Frame::new(reader, title(session, reader.lang)).crumb(texts.text("nav-sessions"), "/sessions"),
        lead: format!("{} · {}", days(texts, session), session.place.get(reader.lang)),
        facts: facts(reader, session),
        is_demonstration: session.is_demonstration,
        takes_late: session.takes_late,
        calendar: format!("{}?lang={}", address(session.number, "calendar.ics"), reader.lang),
        steps: steps(reader, &hub.calendar),
        quiet: if tasks.is_empty() { quiet(reader, &hub.calendar) } else { String::new() },
        tasks,
        rooms: rooms(reader, hub),
        manage: manage(reader, session),
        criteria: hub
            .criteria
            .iter()
            .map(|criterion| CriterionRow {
                name: criterion.name.get(reader.lang).clone(),
                help: criterion.help.get(reader.lang).clone(),
                weight: criterion.weight,
            })
            .collect(),
        rules: rules(texts, &session.rules),
    })
}

fn facts(reader: &Reader, session: &Session) -> Vec<(String, String)> {
    let texts = reader.texts();
    let (first, last) = session.programme_years;
    vec![
        (texts.text("session-number"), session.number.to_string()),
        (texts.text("session-dates"), days(texts, session)),
        (texts.text("session-place"), session.place.get(reader.lang).clone()),
        (texts.text("session-programme-years"), format!("{first}–{last}")),
        (texts.text("session-zone"), zone_name(texts, session.time_zone)),
    ]
}

/// Words the voting rules of a session.
fn rules(texts: Texts, rules: &VotingRules) -> Vec<(String, String)> {
    vec![
        (texts.text("session-method"), texts.code("method", rules.method)),
        (texts.text("session-tie-rule"), texts.code("tie-rule", &rules.tie_rule)),
        (texts.text("session-base"), texts.code("session-base", rules.base)),
        (texts.text("session-quorum"), quorum(texts, rules.quorum)),
    ]
}

fn quorum(texts: Texts, quorum: Quorum) -> String {
    match quorum {
        Quorum::Number(number) => texts.one("session-quorum-of", "number", number),
        other => texts.code("session-quorum", other),
    }
}

/// What to do now, by the steps that are open and what the reader may do in them.
fn tasks(reader: &Reader, calendar: &Calendar) -> Vec<TaskView> {
    let texts = reader.texts();
    let session = &calendar.session;
    let mut tasks = Vec::new();
    if reader.may(Action::ManageSessions, &Target::none()) && calendar.windows.len() < Step::ALL.len() {
        tasks.push(TaskView {
            text: texts.text("session-now-windows"),
            detail: String::new(),
            action: texts.text("session-windows"),
            href: address(session.number, "windows"),
            soon: false,
        });
    }
    for window in calendar.windows.iter().filter(|window| window.is_open(reader.now())) {
        let Some((key, page)) = asked(reader, session, window.step) else { continue };
        tasks.push(TaskView {
            text: texts.text(key),
            detail: texts.one(
                "session-open-until",
                "at",
                moment(reader, window.closes_at, session.time_zone).line(texts),
            ),
            action: texts.code("session-go", window.step),
            href: address(session.number, page),
            soon: false,
        });
    }
    tasks
}

/// Returns what the reader is asked to do in a step, and where.
fn asked(reader: &Reader, session: &Session, step: Step) -> Option<(&'static str, &'static str)> {
    let target = Target::of_session(session.id.clone());
    let handed_in = Target { submission: Code::from_code("submitted"), ..target.clone() };
    let open = Target { ballot: Code::from_code("open"), ..target.clone() };
    let (action, target, key, page) = match step {
        Step::Submissions => (Action::CreateSubmission, target, "session-now-draft", "submissions"),
        Step::Screening => (Action::ScreenSubmission, handed_in, "session-now-screen", "submissions"),
        Step::Reviews => (Action::GiveReview, accepted(session), "session-now-review", "reviews"),
        Step::Ballots => (Action::PreparePaper, open, "session-now-vote", "ballots"),
        Step::Programme => (Action::BuildProgramme, target, "session-now-programme", "programme"),
    };
    // Why: the secretariat can hand in for the group as a whole, but its step is the screening.
    let is_asked = step != Step::Submissions || !reader.may(Action::ManageSessions, &Target::none());
    (is_asked && may_for_own(reader, action, &target)).then_some((key, page))
}

/// What to say when nothing is asked of the reader: the next deadline, if there is one.
fn quiet(reader: &Reader, calendar: &Calendar) -> String {
    let next = super::list::deadline(reader, calendar);
    if next.is_empty() { reader.texts().text("session-nothing-open") } else { next }
}

/// Any accepted submission of the session: what the group shares.
fn accepted(session: &Session) -> Target {
    Target { submission: Code::from_code("accepted"), ..Target::of_session(session.id.clone()) }
}

/// The rooms of the session that the reader may use.
fn rooms(reader: &Reader, hub: &Hub) -> Vec<LinkView> {
    let session = &hub.calendar.session;
    let target = Target::of_session(session.id.clone());
    let called = Target { ballot: Code::from_code("open"), ..target.clone() };
    let tabled = Target { decision: Code::from_code("discussing"), ..target.clone() };
    let programme = Target {
        programme: Code::from_code(if hub.has_tabled_programme { "tabled" } else { "draft" }),
        ..target.clone()
    };
    let may = |action, target: &Target| may_for_own(reader, action, target);
    let shown = [
        ("desk", "desk", may(Action::ViewDesk, &target)),
        ("submissions", "submissions", may(Action::ViewSubmission, &accepted(session))),
        ("matches", "matches", may(Action::ViewSubmission, &accepted(session))),
        ("reviews", "reviews", may(Action::ViewOwnReviews, &target)),
        ("ranking", "ranking", may(Action::ViewRanking, &target)),
        ("meetings", "meetings", may(Action::ViewAttendance, &target)),
        ("credentials", "credentials", may(Action::ViewCredentials, &target)),
        ("ballots", "ballots", may(Action::ViewBallot, &called) || hub.has_certified_ballot),
        ("plenary", "plenary", may(Action::ViewPlenary, &target)),
        ("programme", "programme", may(Action::ViewProgramme, &programme) || hub.has_programme),
        ("progress", "progress", may(Action::FollowProgress, &target) && hub.has_programme),
        ("decisions", "decisions", may(Action::ViewDecision, &tabled) || hub.has_decision),
        ("figures", "figures", may(Action::ViewFigures, &target)),
        ("questionnaire-practice", "questionnaires/practice", may(Action::ViewSession, &target)),
        ("questionnaire-action", "questionnaires/action", may(Action::ViewSession, &target)),
        ("papers", "papers", may(Action::ViewSession, &target)),
        ("exports", "exports", may(Action::ExportPublic, &target)),
        ("import-practices", "imports/practice", may(Action::ImportSubmissions, &target)),
        ("import-actions", "imports/action", may(Action::ImportSubmissions, &target)),
    ];
    let texts = reader.texts();
    let shown = shown.into_iter().filter(|(.., is_shown)| *is_shown);
    shown
        .map(|(word, page, _)| LinkView {
            label: texts.code("session-room", word),
            detail: texts.code("session-room-explained", word),
            href: address(session.number, page),
        })
        .collect()
}

/// The forms of the session, for the secretariat.
fn manage(reader: &Reader, session: &Session) -> Vec<LinkView> {
    if !reader.may(Action::ManageSessions, &Target::of_session(session.id.clone())) {
        return Vec::new();
    }
    let texts = reader.texts();
    FORMS
        .iter()
        .map(|(key, page)| LinkView {
            label: texts.text(key),
            detail: texts.code("session-form-explained", page),
            href: address(session.number, page),
        })
        .collect()
}
