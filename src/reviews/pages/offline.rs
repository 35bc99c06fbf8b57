//! Reviews off line: the workbook, the sheets to print, the page that takes the workbook back, and what it changes.

use askama::Template;

use super::{CriterionView, criteria_views, frame_in, marks_words};
use crate::i18n::Texts;
use crate::kernel::lang::Lang;
use crate::kernel::workbook::Fault;
use crate::reviews::model::{Judgement, Marks, State};
use crate::reviews::operations::offline::{Assigned, Desk};
use crate::reviews::remarks::pages::parts;
use crate::reviews::workbook::{self, Change};
use crate::submissions::pages::pieces;
use crate::web::reader::Member;
use crate::web::{Answer, Frame, PageResult, sheets};

/// Returns the address of the reviews of a session.
pub fn list(number: i32) -> String {
    format!("/sessions/{number}/reviews")
}

/// Returns the address of the page that takes a workbook.
pub fn upload_address(number: i32) -> String {
    format!("{}/upload", list(number))
}

/// Answers with the workbook of a reviewer.
pub fn file(lang: Lang, desk: &Desk) -> PageResult {
    let name = format!("speca-{}-reviews-{lang}.xlsx", desk.calendar.session.number);
    sheets::file(name, workbook::write(Texts::of(lang), desk))
}

/// Returns addresses and words of the workbook in each language.
pub fn files(texts: Texts, number: i32) -> Vec<(String, String)> {
    let one = |lang: &Lang| {
        let words = texts.one("review-file-in", "language", texts.code("submission-in", *lang));
        (format!("{}.xlsx?lang={lang}", list(number)), words)
    };
    Lang::ALL.iter().map(one).collect()
}

fn frame(member: &Member<'_>, desk: &Desk, title: &str) -> Frame {
    let texts = member.texts();
    frame_in(member, &desk.calendar.session, texts.text(title))
        .crumb(texts.text("reviews-title"), list(desk.calendar.session.number))
}

/// The page that takes a workbook.
#[derive(Template)]
#[template(path = "reviews/upload.html")]
struct UploadPage {
    frame: Frame,
    action: String,
    blank: String,
    files: Vec<(String, String)>,
    faults: Vec<(String, String)>,
}

/// Shows the page that takes a workbook, with everything that is wrong with the one sent before.
pub fn upload(member: &Member<'_>, desk: &Desk, faults: &[Fault]) -> PageResult {
    let (texts, number) = (member.texts(), desk.calendar.session.number);
    let page = UploadPage {
        frame: frame(member, desk, "review-file-title"),
        action: upload_address(number),
        blank: format!("{}/blank", list(number)),
        files: files(texts, number),
        faults: sheets::faults(texts, faults),
    };
    Answer::again(&page, !faults.is_empty())
}

/// What the workbook says about one action.
struct ChangeView {
    reference: String,
    title: String,
    is_stale: bool,
    state: String,
    /// Criterion, mark now, mark in the file, whether they differ.
    marks: Vec<(String, String, String, bool)>,
    pieces: Vec<(&'static str, String)>,
    /// What is said beside the marks and changes, with what changes in it.
    remarks: Vec<(String, Vec<(&'static str, String)>)>,
    given: Vec<(String, String)>,
}

/// What a workbook changes.
#[derive(Template)]
#[template(path = "reviews/uploaded.html")]
struct UploadedPage {
    frame: Frame,
    explanation: String,
    action: String,
    back: String,
    has_stale: bool,
    changes: Vec<ChangeView>,
}

/// Shows what a workbook changes, action by action, to be confirmed.
pub fn uploaded(member: &Member<'_>, desk: &Desk, changes: &[Change]) -> PageResult {
    let (texts, number) = (member.texts(), desk.calendar.session.number);
    let view = |change: &Change| {
        let assigned = desk.assigned.iter().find(|one| one.action.reference == change.handed.reference)?;
        Some(change_view(member, desk, assigned, change))
    };
    Answer::page(&UploadedPage {
        frame: frame(member, desk, "review-file-shown").crumb(texts.text("review-file-title"), upload_address(number)),
        explanation: texts.one("review-file-changes", "count", changes.len()),
        action: format!("{}/apply", upload_address(number)),
        back: upload_address(number),
        has_stale: changes.iter().any(|change| change.is_stale),
        changes: changes.iter().filter_map(view).collect(),
    })
}

fn change_view(member: &Member<'_>, desk: &Desk, assigned: &Assigned, change: &Change) -> ChangeView {
    let (texts, handed) = (member.texts(), &change.handed);
    let none = Marks::new();
    let before = assigned.held.as_ref().map_or(&none, |review| &review.marks);
    let rows = marks_words(texts, &desk.criteria, before)
        .into_iter()
        .zip(marks_words(texts, &desk.criteria, &handed.judgement.marks))
        .map(|((name, before), (_, after))| (name, before.clone(), after.clone(), before != after));
    let reason = assigned.held.as_ref().map_or("", |review| review.reason.as_str());
    let state = if handed.gives { State::Given } else { State::Draft };
    ChangeView {
        reference: handed.reference.clone(),
        title: assigned.action.title_or_reference(member.lang).to_owned(),
        is_stale: change.is_stale,
        state: texts.code("review-file-becomes", state),
        marks: rows.collect(),
        pieces: pieces(reason, &handed.judgement.reason),
        remarks: remarks_view(texts, assigned, &handed.judgement),
        given: crate::reviews::forms::handed_fields(handed),
    }
}

/// Returns what changes of what is said beside the marks.
fn remarks_view(
    texts: Texts,
    assigned: &Assigned,
    judgement: &Judgement,
) -> Vec<(String, Vec<(&'static str, String)>)> {
    let before = assigned.kept.as_ref().map(|kept| kept.remarks.clone()).unwrap_or_default();
    let after = judgement.remarks.as_ref().unwrap_or(&before);
    let both = parts(texts, &before).into_iter().zip(parts(texts, after));
    let changed = both.filter(|((_, before), (_, after))| before != after);
    changed.map(|((name, before), (_, after))| (name, pieces(&before, &after))).collect()
}

/// The sheets to print.
#[derive(Template)]
#[template(path = "reviews/blank.html")]
struct BlankPage {
    frame: Frame,
    back: String,
    scale: Vec<(String, String)>,
    criteria: Vec<CriterionView>,
    actions: Vec<(String, String, String, String)>,
}

/// Shows a sheet for each action, with room to write.
pub fn blank(member: &Member<'_>, desk: &Desk) -> PageResult {
    let (texts, lang) = (member.texts(), member.lang);
    let action = |one: &Assigned| {
        let summary = &one.action.columns.summary;
        let summary = if summary.get(lang).is_empty() { summary.get(lang.other()) } else { summary.get(lang) };
        let title = one.action.title_or_reference(lang).to_owned();
        (one.action.reference.clone(), title, one.delegation.name.get(lang).clone(), summary.clone())
    };
    let criteria = criteria_views(texts, &desk.criteria);
    Answer::page(&BlankPage {
        frame: frame(member, desk, "review-blank"),
        back: upload_address(desk.calendar.session.number),
        scale: criteria.first().map(|one| one.choices.clone()).unwrap_or_default(),
        criteria,
        actions: desk.assigned.iter().map(action).collect(),
    })
}
