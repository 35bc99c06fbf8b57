//! The reviewers of a session: who was appointed, whom to appoint.

use askama::Template;

use super::{TabView, address, tabs, title};
use crate::kernel::fields::FieldErrors;
use crate::sessions::operations::Appointments;
use crate::web::{Answer, Fields, FormView, Frame, PageResult, Reader};

/// The page.
#[derive(Template)]
#[template(path = "sessions/reviewers.html")]
struct ReviewersPage {
    frame: Frame,
    tabs: Vec<TabView>,
    form: FormView,
    action: String,
    reviewers: Vec<ReviewerRow>,
    candidates: Vec<(String, String)>,
}

/// One reviewer.
struct ReviewerRow {
    name: String,
    email: String,
    since: String,
    given: i64,
    account: String,
    dismiss: Option<String>,
}

/// Shows the reviewers of a session.
pub fn show(reader: &Reader, appointments: &Appointments, typed: Option<(Fields, FieldErrors)>) -> PageResult {
    let texts = reader.texts();
    let session = &appointments.session;
    let own = address(session.number, "reviewers");
    let has_errors = typed.as_ref().is_some_and(|(_, errors)| !errors.is_empty());
    let form = match typed {
        Some((fields, errors)) => FormView::again(texts, fields, &errors),
        None => FormView::fresh(Fields::none()),
    };
    let rows = appointments.reviewers.iter().map(|reviewer| ReviewerRow {
        name: reviewer.name.clone(),
        email: reviewer.email.clone(),
        since: texts.moment(reviewer.appointed_at, reader.zone),
        given: reviewer.given,
        account: reviewer.account.to_string(),
        dismiss: (reviewer.given == 0).then(|| format!("{own}/dismiss")),
    });
    let none = (String::new(), texts.text("reviewer-choose"));
    let candidates =
        appointments.candidates.iter().map(|(id, name, email)| (id.to_string(), format!("{name}, {email}")));
    let page = ReviewersPage {
        frame: Frame::new(reader, texts.text("session-reviewers"))
            .crumb(texts.text("nav-sessions"), "/sessions")
            .crumb(title(session, reader.lang), address(session.number, ""))
            .form("main"),
        tabs: tabs(texts, session, "reviewers"),
        form,
        reviewers: rows.collect(),
        candidates: std::iter::once(none).chain(candidates).collect(),
        action: own.clone(),
    };
    Answer::again(&page, has_errors)
}
