//! The rounds of a session: what waits for delegations, and how many rounds a text can have.

use askama::Template;

use crate::kernel::fields::FieldErrors;
use crate::policy::{Action, Target};
use crate::submissions::edits::operations::setting::{Overview, ROUNDS};
use crate::submissions::edits::store::WaitingRound;
use crate::submissions::pages::{address, frame_in, moment};
use crate::web::again::{Again, SEEN};
use crate::web::{Fields, FormView, Frame, PageResult, Reader};

/// A round that waits.
struct RowView {
    reference: String,
    href: String,
    delegation: String,
    round: String,
    since: String,
}

#[derive(Template)]
#[template(path = "submissions/edits_session.html")]
struct SettingPage {
    frame: Frame,
    form: FormView,
    action: String,
    notice: Option<String>,
    rows: Vec<RowView>,
    can_set: bool,
}

/// Shows the rounds of a session; `typed` with what was typed and why it is shown again.
pub fn overview(reader: &Reader, overview: &Overview, typed: Option<(Fields, Again)>) -> PageResult {
    let texts = reader.texts();
    let session = &overview.calendar.session;
    let stored = || {
        let number = overview.rounds_max.to_string();
        Fields::none().set(ROUNDS, number.clone()).set(SEEN, number)
    };
    let (fields, again) = typed.map_or_else(|| (stored(), None), |(fields, again)| (fields, Some(again)));
    let fields = Again::fields(again.as_ref(), fields, overview.rounds_max.to_string());
    let errors: FieldErrors = Again::errors(again.as_ref());
    let row = |one: &WaitingRound| RowView {
        reference: one.reference.clone(),
        href: format!("{}/edits", address(&one.reference)),
        delegation: overview
            .delegations
            .iter()
            .find(|delegation| delegation.id == one.delegation)
            .map(|delegation| delegation.name.get(reader.lang).clone())
            .unwrap_or_default(),
        round: texts.one("edits-round", "number", one.number),
        since: one.proposed_at.map(|at| moment(texts, at, reader)).unwrap_or_default(),
    };
    let page = SettingPage {
        frame: frame_in(reader, session, texts.text("edits-session-title"))
            .crumb(texts.text("desk-title"), format!("/sessions/{}/desk", session.number))
            .form("main"),
        form: FormView::again(texts, fields, &errors),
        action: format!("/sessions/{}/edits", session.number),
        notice: Again::notice(again.as_ref(), texts, "edits-session-stale"),
        rows: overview.waiting.iter().map(row).collect(),
        can_set: reader.may(Action::ManageSessions, &Target::none()),
    };
    Again::answer(again.as_ref(), &page)
}
