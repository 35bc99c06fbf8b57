//! The table of who is asked to review what.

use askama::Template;

use super::model::EACH_MAX;
use super::operations::{Table, field};
use crate::kernel::fields::FieldErrors;
use crate::policy::{Action, Target};
use crate::reviews::operations::{Progress, Standing};
use crate::reviews::pages::frame_in;
use crate::submissions::Submission;
use crate::web::PageResult;
use crate::web::again::{Again, SEEN};
use crate::web::forms::{Fields, FormView};
use crate::web::layout::Frame;
use crate::web::reader::Member;

/// A reviewer of an action.
struct CellView {
    account: String,
    name: String,
    is_recused: bool,
    is_asked: bool,
    has_given: bool,
}

/// An action with its reviewers.
struct RowView {
    reference: String,
    title: String,
    href: String,
    field: String,
    error: Option<String>,
    cells: Vec<CellView>,
    number: String,
}

/// The load of a reviewer.
struct LoadView {
    name: String,
    asked: usize,
    given: usize,
    recused: usize,
}

#[derive(Template)]
#[template(path = "reviews/assignments.html")]
struct TablePage {
    frame: Frame,
    form: FormView,
    action: String,
    notice: Option<String>,
    proposed: Option<String>,
    short: Vec<String>,
    each: String,
    each_max: usize,
    seen: String,
    rows: Vec<RowView>,
    loads: Vec<LoadView>,
    can_set: bool,
    exports: String,
}

/// Shows the table; `typed` with what was ticked and why it is shown again.
pub fn table(member: &Member<'_>, table: &Table, each: Option<usize>, typed: Option<(Fields, Again)>) -> PageResult {
    let texts = member.texts();
    let session = &table.overview.calendar.session;
    let (typed, again) = typed.unzip();
    let again = again.as_ref();
    let errors: FieldErrors = Again::errors(again);
    let ticked = table.proposal.as_ref().map_or(&table.held, |proposal| &proposal.assignments);
    let is_asked = |action: &Submission, one: &Progress| match &typed {
        Some(fields) => fields.values(&field(action)).iter().any(|account| *account == one.account.to_string()),
        None => ticked.contains(&(action.id.clone(), one.account.clone())),
    };
    let title = |action: &Submission| action.title_or_reference(member.lang).to_owned();
    let form = FormView::again(texts, typed.clone().unwrap_or_default(), &errors);
    let row = |action: &Submission| {
        let cells: Vec<CellView> =
            table.reviewers().iter().map(|one| cell(action, one, is_asked(action, one))).collect();
        RowView {
            reference: action.reference.clone(),
            title: title(action),
            href: format!("/submissions/{}/review", action.reference),
            field: field(action),
            error: form.errors.of(&field(action)),
            number: texts.one("assignment-number", "number", cells.iter().filter(|cell| cell.is_asked).count()),
            cells,
        }
    };
    let load = |one: &Progress| LoadView {
        name: one.name.clone(),
        asked: table.overview.actions.iter().filter(|action| is_asked(action, one)).count(),
        given: one.number(Standing::Given),
        recused: one.number(Standing::Recused),
    };
    let short = table.proposal.iter().flat_map(|proposal| &proposal.short);
    let short = short.filter_map(|id| table.overview.actions.iter().find(|action| action.id == *id));
    // Why: whoever saves again after having seen that somebody else was first, saves over what is stored now.
    let held = typed.as_ref().filter(|_| !matches!(again, Some(Again::Stale))).map(|fields| fields.value(SEEN));
    let page = TablePage {
        frame: frame_in(member, session, texts.text("assignment-title"))
            .crumb(texts.text("reviews-title"), format!("/sessions/{}/reviews", session.number))
            .form("main"),
        action: format!("/sessions/{}/reviews/assignments", session.number),
        notice: Again::notice(again, texts, "assignment-stale"),
        proposed: table.proposal.as_ref().map(|_| texts.one("assignment-proposed", "number", each.unwrap_or(0))),
        short: short.map(|action| format!("{} {}", action.reference, title(action))).collect(),
        each: each.map_or_else(|| "2".to_owned(), |each| each.to_string()),
        each_max: EACH_MAX,
        seen: held.map_or_else(|| table.seen(), str::to_owned),
        rows: table.overview.actions.iter().map(row).collect(),
        loads: table.reviewers().iter().map(load).collect(),
        exports: format!("/sessions/{}/exports/assignments.csv", session.number),
        can_set: member.may(Action::ManageSessions, &Target::none()),
        form,
    };
    Again::answer(again, &page)
}

fn cell(action: &Submission, one: &Progress, is_asked: bool) -> CellView {
    let held = one.standings.iter().find(|(id, _)| *id == action.id).map(|(_, standing)| *standing);
    let is_recused = held == Some(Standing::Recused);
    CellView {
        account: one.account.to_string(),
        name: one.name.clone(),
        is_recused,
        is_asked: is_asked && !is_recused,
        has_given: held == Some(Standing::Given),
    }
}
