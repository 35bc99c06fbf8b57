//! Choosing submissions for one act, and what it would do, before it is done.

use askama::Template;

use super::frame_behind;
use crate::delegations::Delegation;
use crate::desk::forms::{BulkForm, CHOSEN};
use crate::desk::model::BulkAct;
use crate::desk::operations::bulk::{Checked, Offered};
use crate::kernel::code::Code as _;
use crate::kernel::fields::FieldErrors;
use crate::submissions::Submission;
use crate::submissions::operations::Filter;
use crate::web::errors::refusal;
use crate::web::{Answer, Fields, FormView, Frame, PageResult, Reader};

/// A submission to choose, or chosen.
struct RowView {
    reference: String,
    href: String,
    title: String,
    lang: &'static str,
    delegation: String,
    state: &'static str,
    value: String,
    is_chosen: bool,
    why: String,
}

fn row(reader: &Reader, delegations: &[Delegation], one: &Submission, why: String) -> RowView {
    let (title, lang) = match one.title(reader.lang) {
        Some((title, lang)) => (title.to_owned(), lang),
        None => (one.reference.clone(), reader.lang),
    };
    let delegation = delegations.iter().find(|delegation| delegation.id == one.delegation);
    RowView {
        reference: one.reference.clone(),
        href: format!("/submissions/{}", one.reference),
        title,
        lang: lang.code(),
        delegation: delegation.map(|one| one.name.get(reader.lang).clone()).unwrap_or_default(),
        state: one.state.code(),
        value: format!("{}@{}", one.reference, one.revision),
        is_chosen: false,
        why,
    }
}

#[derive(Template)]
#[template(path = "desk/choose.html")]
struct ChoosePage {
    frame: Frame,
    form: FormView,
    action: String,
    filter: Vec<(&'static str, String)>,
    acts: Vec<(String, String)>,
    rows: Vec<RowView>,
}

/// Shows what can be chosen; with what was typed and what is wrong with it.
pub fn choose(
    reader: &Reader,
    offered: &Offered,
    filter: &Filter,
    (fields, errors): (Fields, &FieldErrors),
) -> PageResult {
    let texts = reader.texts();
    let number = offered.calendar.session.number;
    let is_chosen = |row: &RowView| {
        fields.values(CHOSEN).iter().any(|value| value.split('@').next() == Some(row.reference.as_str()))
    };
    let rows = offered.rows.iter().map(|one| {
        let row = row(reader, &offered.delegations, one, String::new());
        RowView { is_chosen: is_chosen(&row), ..row }
    });
    let rows = rows.collect();
    let page = ChoosePage {
        frame: frame_behind(reader, &offered.calendar, texts.text("bulk-title")).form("main"),
        rows,
        form: FormView::again(texts, fields, errors),
        action: format!("/sessions/{number}/bulk/check"),
        filter: vec![
            ("kind", filter.kind.map(|kind| kind.code().to_owned()).unwrap_or_default()),
            ("state", filter.state.map(|state| state.code().to_owned()).unwrap_or_default()),
            ("delegation", filter.delegation.clone().unwrap_or_default()),
        ],
        acts: BulkAct::ALL.iter().map(|act| (act.code().to_owned(), texts.code("bulk-act", act))).collect(),
    };
    Answer::again(&page, !errors.is_empty())
}

#[derive(Template)]
#[template(path = "desk/check.html")]
struct CheckPage {
    frame: Frame,
    action: String,
    back: String,
    notice: Option<String>,
    lead: String,
    button: String,
    act: &'static str,
    note: String,
    ready: Vec<RowView>,
    obstacles: Vec<RowView>,
}

/// Shows what an act would do: how many, which, and what is in the way of the others.
pub fn check(reader: &Reader, checked: &Checked, form: &BulkForm, notice: Option<String>) -> PageResult {
    let texts = reader.texts();
    let number = checked.calendar.session.number;
    let is_conflict = notice.is_some();
    let obstacle = |(one, why): &(Submission, _)| row(reader, &checked.delegations, one, refusal(texts, why));
    let page = CheckPage {
        frame: frame_behind(reader, &checked.calendar, texts.code("bulk-act", form.act)).form("main"),
        action: format!("/sessions/{number}/bulk"),
        back: format!("/sessions/{number}/bulk"),
        notice,
        lead: texts.one("bulk-ready", "number", checked.ready.len()),
        button: texts.one(&format!("bulk-do-{}", form.act), "number", checked.ready.len()),
        act: form.act.code(),
        note: form.note.clone(),
        ready: checked.ready.iter().map(|one| row(reader, &checked.delegations, one, String::new())).collect(),
        obstacles: checked.obstacles.iter().map(obstacle).collect(),
    };
    if is_conflict { Answer::conflict(&page) } else { Answer::page(&page) }
}
