//! The page of attached files, and how a file is named where a submission is shown.

use askama::Template;
use rocket::http::Status;

use super::model::{Attachment, COUNT_MAX, Content, SIZE_BYTES_MAX};
use super::operations::Listing;
use crate::i18n::Texts;
use crate::kernel::fields::FieldErrors;
use crate::kernel::reference::Kind;
use crate::submissions::Submission;
use crate::submissions::pages::frame_of;
use crate::web::errors::refusal;
use crate::web::forms::FormView;
use crate::web::{Answer, Fields, Frame, PageResult, Reader};

/// A file as it is shown.
pub struct FileView {
    /// Its address.
    pub href: String,
    /// Its name.
    pub name: String,
    /// What it is.
    pub content: String,
    /// Its size.
    pub size: String,
    /// Who attached it; empty where that is not told.
    pub by: String,
    /// When it was attached.
    pub on: String,
    /// Whether everybody sees it once the practice is published.
    pub is_shown: bool,
}

/// An upload that has not ended.
struct ArrivingView {
    /// Address at which it goes on.
    href: String,
    discard: String,
    name: String,
    source: String,
    mark: String,
    bytes: String,
    standing: String,
}

#[derive(Template)]
#[template(path = "submissions/attachments.html")]
struct AttachmentsPage {
    frame: Frame,
    form: FormView,
    state: &'static str,
    reference: String,
    back: String,
    action: String,
    explanation: String,
    limits: String,
    accept: String,
    too_large: String,
    full: String,
    not_done: Option<String>,
    closed: Option<String>,
    files: Vec<FileView>,
    arriving: Vec<ArrivingView>,
    is_practice: bool,
    is_full: bool,
    may_edit: bool,
}

/// Returns the address of the files of a submission.
pub fn address(reference: &str) -> String {
    format!("/submissions/{reference}/attachments")
}

/// Shows the files of a submission; with why something was not done.
pub fn page(reader: &Reader, listing: &Listing, not_done: Option<(Status, String)>) -> PageResult {
    let (texts, submission) = (reader.texts(), &listing.dossier.submission);
    let back = crate::submissions::pages::address(&submission.reference);
    let (code, not_done) = not_done.map_or((Status::Ok, None), |(code, words)| (code, Some(words)));
    let explanation = if submission.kind == Kind::Practice { "attachments-practice" } else { "attachments-action" };
    let mut files = files(reader, submission, &listing.files);
    for (view, one) in files.iter_mut().zip(&listing.files) {
        view.by = listing.people.get(&one.account).cloned().unwrap_or_default();
    }
    let page = AttachmentsPage {
        frame: frame_of(reader, &listing.dossier, texts.text("attachments-title"))
            .crumb(submission.reference.clone(), back.clone()),
        form: FormView::again(texts, Fields::none(), &FieldErrors::none()),
        state: submission.state.code(),
        reference: submission.reference.clone(),
        back,
        action: address(&submission.reference),
        explanation: texts.text(explanation),
        limits: texts
            .with("attachment-limits", &[("count", COUNT_MAX.to_string()), ("size", size(texts, SIZE_BYTES_MAX))]),
        accept: Content::ALL
            .iter()
            .flat_map(|one| one.endings())
            .map(|end| format!(".{end}"))
            .collect::<Vec<_>>()
            .join(","),
        too_large: texts.one("refusal-attachment-too-large", "megabytes", SIZE_BYTES_MAX / 1024 / 1024),
        full: texts.one("refusal-attachment-too-many", "count", COUNT_MAX),
        not_done,
        closed: listing.closed.as_ref().map(|message| refusal(texts, message)),
        files,
        arriving: listing.arriving.iter().map(|one| arriving(texts, &submission.reference, one)).collect(),
        is_practice: submission.kind == Kind::Practice,
        is_full: listing.files.len() + listing.arriving.len() >= COUNT_MAX,
        may_edit: listing.may_edit,
    };
    Answer::page_as(code, &page)
}

/// Returns files as they are shown, without who attached them.
pub fn files(reader: &Reader, submission: &Submission, files: &[Attachment]) -> Vec<FileView> {
    let texts = reader.texts();
    let view = |one: &Attachment| FileView {
        href: format!("{}/{}", address(&submission.reference), one.id),
        name: one.name.clone(),
        content: one.content.map_or_else(String::new, |content| texts.code("attachment-is", content)),
        size: size(texts, one.size.unwrap_or(0)),
        by: String::new(),
        on: one.finished_at.map_or_else(String::new, |at| texts.moment(at, reader.zone)),
        is_shown: one.is_public,
    };
    files.iter().map(view).collect()
}

fn arriving(texts: Texts, reference: &str, one: &Attachment) -> ArrivingView {
    let announced = one.size.unwrap_or(0);
    let sizes = [("sent", size(texts, one.received)), ("size", size(texts, announced))];
    ArrivingView {
        href: format!("{}/uploads/{}", address(reference), one.id),
        discard: format!("{}/{}/remove", address(reference), one.id),
        name: one.name.clone(),
        source: one.name.clone(),
        mark: one.mark.clone(),
        bytes: announced.to_string(),
        standing: texts.with("attachment-standing", &sizes),
    }
}

/// Words a size as people say it.
fn size(texts: Texts, bytes: i64) -> String {
    const KILO: i64 = 1024;
    if bytes < KILO {
        return texts.one("attachment-bytes", "number", bytes);
    }
    if bytes < KILO * KILO {
        return texts.one("attachment-kilobytes", "number", (bytes + KILO / 2) / KILO);
    }
    let tenths = (bytes * 10 + KILO * KILO / 2) / (KILO * KILO);
    let whole = if tenths % 10 == 0 { (tenths / 10).to_string() } else { format!("{}.{}", tenths / 10, tenths % 10) };
    texts.one("attachment-megabytes", "number", texts.decimal(&whole))
}
