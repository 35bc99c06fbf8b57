//! What the start page shows: what this is, tasks by role, the next deadline of each session in both zones.

use askama::Template;
use chrono::{NaiveDateTime, TimeDelta};

use super::model::{Desk, PaperState, PendingSubmission};
use crate::ballots::State as BallotState;
use crate::kernel::ids::SessionId;
use crate::kernel::reference::Kind;
use crate::policy::{Action, Target};
use crate::sessions::pages::{TaskView, address, days, list::deadline, moment, title};
use crate::sessions::{Session, Step};
use crate::submissions::State;
use crate::web::{Answer, Frame, PageResult, Reader};

/// A closing is soon when it is this near.
const SOON: TimeDelta = TimeDelta::days(7);
/// Most contributions of one kind of task that are named one by one.
const NAMED_MAX: usize = 8;

/// The page.
#[derive(Template)]
#[template(path = "start/start.html")]
struct StartPage {
    frame: Frame,
    is_member: bool,
    tasks: Vec<TaskView>,
    sessions: Vec<SessionView>,
}

/// A session under way.
struct SessionView {
    title: String,
    href: String,
    days: String,
    deadline: String,
}

/// Shows the start page.
pub fn show(reader: &Reader, desk: &Desk) -> PageResult {
    let sessions = desk.current(reader.now()).map(|calendar| SessionView {
        title: title(&calendar.session, reader.lang),
        href: address(calendar.session.number, ""),
        days: days(reader.texts(), &calendar.session),
        deadline: deadline(reader, calendar),
    });
    Answer::page(&StartPage {
        frame: Frame::new(reader, reader.texts().text("start-title")),
        is_member: reader.signed_in.is_some(),
        tasks: tasks(reader, desk),
        sessions: sessions.collect(),
    })
}

/// Everything that needs the reader, the most pressing first.
fn tasks(reader: &Reader, desk: &Desk) -> Vec<TaskView> {
    let table = Table { reader, desk };
    let mut tasks = Vec::new();
    table.ballots(&mut tasks);
    table.decisions(&mut tasks);
    table.consents(&mut tasks);
    table.questions(&mut tasks);
    table.edits(&mut tasks);
    table.submissions(&mut tasks);
    table.reports(&mut tasks);
    table.hand_in(&mut tasks);
    table.reviews(&mut tasks);
    table.screening(&mut tasks);
    table.to_run(&mut tasks);
    table.programmes(&mut tasks);
    table.to_open(&mut tasks);
    table.overview(&mut tasks);
    table.accounts(&mut tasks);
    // Why: a stable order keeps each role's own order within what is urgent and what is not.
    tasks.sort_by_key(|task| !task.soon);
    tasks
}

/// Words the tasks of a reader.
struct Table<'a> {
    reader: &'a Reader,
    desk: &'a Desk,
}

impl Table<'_> {
    fn session(&self, id: &SessionId) -> Option<&Session> {
        self.desk.calendar(id).map(|calendar| &calendar.session)
    }

    fn is_soon(&self, at: NaiveDateTime) -> bool {
        at - self.reader.now() <= SOON
    }

    /// Makes a task of a session: its detail names the session, and when it has to be done.
    fn task(
        &self,
        session: &Session,
        text: String,
        action: &str,
        page: &str,
        until: Option<NaiveDateTime>,
    ) -> TaskView {
        let texts = self.reader.texts();
        let name = title(session, self.reader.lang);
        let detail = until.map(|at| {
            let at = moment(self.reader, at, session.time_zone).line(texts);
            texts.with("start-detail", &[("session", name.clone()), ("at", at)])
        });
        TaskView {
            text,
            detail: detail.unwrap_or(name),
            action: texts.text(action),
            href: if page.starts_with('/') { page.to_owned() } else { address(session.number, page) },
            soon: until.is_some_and(|at| self.is_soon(at)),
        }
    }

    fn ballots(&self, tasks: &mut Vec<TaskView>) {
        let texts = self.reader.texts();
        for ballot in &self.desk.ballots {
            let Some(session) = self.session(&ballot.session) else { continue };
            let (key, until) = match ballot.paper {
                PaperState::Entered => ("start-ballot-entered", None),
                PaperState::Prepared => ("start-ballot-confirm", Some(ballot.closes_at)),
                PaperState::Missing | PaperState::Confirmed => ("start-ballot-prepare", Some(ballot.closes_at)),
            };
            let text = texts.one(key, "title", ballot.title.get(self.reader.lang));
            let page = format!("ballots/{}/paper", ballot.number);
            tasks.push(self.task(session, text, "start-go-paper", &page, until));
        }
    }

    fn consents(&self, tasks: &mut Vec<TaskView>) {
        let lists = [(&self.desk.consents, "start-consent"), (&self.desk.invitations_to_join, "start-co-sponsor")];
        for (one, key) in lists.into_iter().flat_map(|(list, key)| list.iter().map(move |one| (one, key))) {
            let Some(calendar) = self.desk.calendar(&one.session) else { continue };
            let text = self.reader.texts().one(key, "title", one.title_or_reference(self.reader.lang));
            let page = format!("/submissions/{}", one.reference);
            let window = calendar.window(Step::Ballots);
            // A consent is needed before a ballot opens, a co-sponsor before the ballots are over.
            let until = window.map(|window| if key == "start-consent" { window.opens_at } else { window.closes_at });
            let until = until.filter(|at| *at > self.reader.now());
            tasks.push(self.task(&calendar.session, text, "start-go-consent", &page, until));
        }
    }

    fn questions(&self, tasks: &mut Vec<TaskView>) {
        let mut found = Vec::new();
        for one in &self.desk.questions {
            let Some(calendar) = self.desk.calendar(&one.session) else { continue };
            let window = calendar.window(Step::Screening).filter(|window| window.is_open(self.reader.now()));
            found.push((window.map(|window| window.closes_at), calendar, one));
        }
        found.sort_by_key(|(until, ..)| until.unwrap_or(NaiveDateTime::MAX));
        for (until, calendar, one) in found {
            let text = self.reader.texts().one("start-question", "title", one.title_or_reference(self.reader.lang));
            let page = format!("/submissions/{}", one.reference);
            tasks.push(self.task(&calendar.session, text, "start-go-answer", &page, until));
        }
    }

    fn decisions(&self, tasks: &mut Vec<TaskView>) {
        for one in &self.desk.decisions {
            let Some(session) = self.session(&one.session) else { continue };
            let key = if one.until.is_some() { "start-silence" } else { "start-sense" };
            let text = self.reader.texts().one(key, "title", one.title.get(self.reader.lang));
            let page = format!("decisions/{}", one.number);
            tasks.push(self.task(session, text, "start-go-decision", &page, one.until));
        }
    }

    fn edits(&self, tasks: &mut Vec<TaskView>) {
        for one in &self.desk.edits {
            let Some(session) = self.session(&one.session) else { continue };
            let text = self.reader.texts().one("start-edits", "title", one.title_or_reference(self.reader.lang));
            let page = format!("/submissions/{}/edits", one.reference);
            tasks.push(self.task(session, text, "start-go-edits", &page, None));
        }
    }

    fn submissions(&self, tasks: &mut Vec<TaskView>) {
        let kinds = [
            (State::AwaitingClearance, "start-clear", "start-go-clear"),
            (State::Returned, "start-returned", "start-go-returned"),
            (State::Draft, "start-draft", "start-go-draft"),
        ];
        for calendar in &self.desk.calendars {
            for (state, key, action) in kinds {
                let of = |one: &&PendingSubmission| one.session == calendar.session.id && one.state == state;
                let all: Vec<&PendingSubmission> = self.desk.submissions.iter().filter(of).collect();
                let until = calendar
                    .window(if state == State::Returned { Step::Screening } else { Step::Submissions })
                    .map(|window| window.closes_at)
                    .filter(|at| *at > self.reader.now());
                for one in all.iter().take(NAMED_MAX) {
                    let (key, action) = match one.step {
                        Some(_) => ("start-clearance-step", "start-go-clearance-step"),
                        None => (key, action),
                    };
                    let text = self.reader.texts().one(key, "title", one.title_or_reference(self.reader.lang));
                    let edit = if state == State::Draft { "/edit" } else { "" };
                    let page = format!("/submissions/{}{edit}", one.reference);
                    tasks.push(self.task(&calendar.session, text, action, &page, until));
                }
                if all.len() > NAMED_MAX {
                    let text = self.reader.texts().one("start-more", "number", all.len() - NAMED_MAX);
                    tasks.push(self.task(&calendar.session, text, "start-go-list", "submissions", until));
                }
            }
        }
    }

    fn reports(&self, tasks: &mut Vec<TaskView>) {
        let lists = [
            (&self.desk.reports_to_confirm, "start-report-confirm", "start-go-report", ""),
            (&self.desk.reports_due, "start-report-write", "start-go-report-write", "/report"),
        ];
        for (list, key, action, page) in lists {
            for one in list {
                let Some(session) = self.session(&one.session) else { continue };
                let text = self.reader.texts().one(key, "title", one.title_or_reference(self.reader.lang));
                let page = format!("/submissions/{}/progress{page}", one.reference);
                tasks.push(TaskView { soon: one.is_late, ..self.task(session, text, action, &page, None) });
            }
        }
    }

    fn hand_in(&self, tasks: &mut Vec<TaskView>) {
        for id in &self.desk.can_hand_in {
            let Some(calendar) = self.desk.calendar(id) else { continue };
            let Some(window) = calendar.window(Step::Submissions) else { continue };
            let key = if self.is_soon(window.closes_at) { "start-window-soon" } else { "start-window-open" };
            let text = self.reader.texts().text(key);
            tasks.push(self.task(&calendar.session, text, "start-go-list", "submissions", Some(window.closes_at)));
        }
    }

    fn reviews(&self, tasks: &mut Vec<TaskView>) {
        for count in &self.desk.reviews {
            let Some(calendar) = self.desk.calendar(&count.session) else { continue };
            let text = self.reader.texts().one("start-review", "number", count.number);
            let until = calendar.window(Step::Reviews).map(|window| window.closes_at);
            tasks.push(self.task(&calendar.session, text, "start-go-review", "reviews", until));
        }
    }

    fn screening(&self, tasks: &mut Vec<TaskView>) {
        for count in &self.desk.screening {
            let Some(session) = self.session(&count.session) else { continue };
            let (key, page) = match count.what {
                State::Submitted => ("start-take-up", "submissions"),
                State::Late => ("start-late", "submissions?state=late&delegation=all"),
                _ => ("start-screen", "submissions"),
            };
            let text = self.reader.texts().one(key, "number", count.number);
            tasks.push(self.task(session, text, "start-go-list", page, None));
        }
    }

    fn to_run(&self, tasks: &mut Vec<TaskView>) {
        for ballot in &self.desk.to_run {
            let Some(session) = self.session(&ballot.session) else { continue };
            let is_over = ballot.state == BallotState::Open;
            let key = if is_over { "start-ballot-close" } else { "start-ballot-certify" };
            let text = self.reader.texts().one(key, "title", ballot.title.get(self.reader.lang));
            let page = format!("ballots/{}", ballot.number);
            tasks.push(TaskView { soon: is_over, ..self.task(session, text, "start-go-ballot", &page, None) });
        }
    }

    fn programmes(&self, tasks: &mut Vec<TaskView>) {
        for session in self.desk.programmes.iter().filter_map(|id| self.session(id)) {
            let text = self.reader.texts().text("start-programme");
            tasks.push(self.task(session, text, "start-go-programme", "programme", None));
        }
    }

    /// While no session is under way, those who open one are told where.
    fn to_open(&self, tasks: &mut Vec<TaskView>) {
        let texts = self.reader.texts();
        let has_session = self.desk.current(self.reader.now()).next().is_some();
        if !has_session && self.reader.may(Action::ManageSessions, &Target::none()) {
            tasks.push(TaskView {
                text: texts.text("start-no-session"),
                detail: texts.text("start-open-session"),
                action: texts.text("session-new"),
                href: "/sessions/new".to_owned(),
                soon: false,
            });
        }
    }

    fn overview(&self, tasks: &mut Vec<TaskView>) {
        for calendar in self.desk.current(self.reader.now()).filter(|_| self.desk.presides) {
            let session = &calendar.session;
            let count = |kind| {
                let of = |count: &&super::model::Count<Kind>| count.session == session.id && count.what == kind;
                self.desk.accepted.iter().find(of).map_or(0, |count| count.number)
            };
            let counts = [("practices", count(Kind::Practice)), ("actions", count(Kind::Action))];
            let text = self.reader.texts().with("start-overview", &counts);
            tasks.push(self.task(session, text, "start-go-session", "", None));
        }
    }

    fn accounts(&self, tasks: &mut Vec<TaskView>) {
        let texts = self.reader.texts();
        if let Some(number) = self.desk.invitations {
            tasks.push(TaskView {
                text: texts.text("start-accounts"),
                detail: texts.one("start-invitations", "number", number),
                action: texts.text("start-go-accounts"),
                href: "/accounts".to_owned(),
                soon: false,
            });
        }
    }
}
