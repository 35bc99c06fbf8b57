//! The comments of the reviewers for the delegation; and the remarks of a review as pages show them.

use askama::Template;

use super::model::{BECAUSE, Kept, NOTE, RECOMMENDATION, Recommendation, Remarks, TO_DELEGATION};
use crate::i18n::Texts;
use crate::kernel::code::Code as _;
use crate::kernel::fields::tidy;
use crate::submissions::operations::Opened;
use crate::web::forms::Fields;
use crate::web::layout::Frame;
use crate::web::reader::Member;
use crate::web::{Answer, PageResult};

#[derive(Template)]
#[template(path = "reviews/comments.html")]
struct CommentsPage {
    frame: Frame,
    comments: Vec<String>,
}

/// Shows the comments for the delegation.
pub fn comments(member: &Member<'_>, opened: &Opened, comments: Vec<String>) -> PageResult {
    let reference = &opened.dossier.submission.reference;
    let session = &opened.dossier.calendar.session;
    let texts = member.texts();
    Answer::page(&CommentsPage {
        frame: Frame::new(member, texts.text("remark-comments-title"))
            .crumb(texts.text("nav-sessions"), "/sessions")
            .crumb(session.title.get(member.lang).clone(), format!("/sessions/{}", session.number))
            .crumb(reference.clone(), format!("/submissions/{reference}")),
        comments,
    })
}

/// The remarks of a review as it is read (`reviews/one.html`).
#[derive(Default)]
pub struct RemarksView {
    /// Which text was judged, and whether it has changed since.
    pub judged: String,
    /// What is recommended, worded; empty for nothing.
    pub recommendation: String,
    /// Why.
    pub because: String,
    /// What the delegation reads.
    pub to_delegation: String,
    /// What the other reviewers read.
    pub note: String,
}

/// Returns the remarks of a review; `now` is the revision as it stands.
pub fn shown(texts: Texts, kept: Option<&Kept>, now: i32) -> RemarksView {
    let Some(kept) = kept else { return RemarksView::default() };
    let remarks = &kept.remarks;
    RemarksView {
        judged: judged(texts, kept, now),
        recommendation: remarks.recommendation.map(|one| texts.code("recommendation", one)).unwrap_or_default(),
        because: remarks.because.clone(),
        to_delegation: remarks.to_delegation.clone(),
        note: remarks.note.clone(),
    }
}

/// Words which text a review judged, and whether it has changed since.
pub fn judged(texts: Texts, kept: &Kept, now: i32) -> String {
    let key = if kept.revision < now { "remark-judged-older" } else { "remark-judged" };
    texts.with(key, &[("revision", kept.revision), ("now", now)])
}

/// Returns what can be recommended, worded.
pub fn choices(texts: Texts) -> Vec<(String, String)> {
    let none = (String::new(), texts.text("recommendation-none"));
    let all = Recommendation::ALL.iter().map(|one| (one.code().to_owned(), texts.code("recommendation", one)));
    std::iter::once(none).chain(all).collect()
}

/// Returns the fields of a form with the remarks that are kept.
pub fn with_fields(fields: Fields, kept: Option<&Kept>) -> Fields {
    let remarks = kept.map(|kept| kept.remarks.clone()).unwrap_or_default();
    named(&remarks).into_iter().fold(fields, |fields, (name, text)| fields.set(name, text))
}

/// Returns remarks as the fields of a form.
pub fn named(remarks: &Remarks) -> [(&'static str, String); 4] {
    [
        (RECOMMENDATION, remarks.recommendation.map(Recommendation::code).unwrap_or_default().to_owned()),
        (BECAUSE, remarks.because.clone()),
        (TO_DELEGATION, remarks.to_delegation.clone()),
        (NOTE, remarks.note.clone()),
    ]
}

/// Returns each part of remarks, worded, with what it says.
pub fn parts(texts: Texts, remarks: &Remarks) -> [(String, String); 4] {
    let recommended = remarks.recommendation.map(|one| texts.code("recommendation", one)).unwrap_or_default();
    [
        (texts.text("remark-recommendation"), recommended),
        (texts.text("remark-because"), remarks.because.clone()),
        (texts.text("remark-to-delegation"), remarks.to_delegation.clone()),
        (texts.text("remark-note"), remarks.note.clone()),
    ]
}

/// Returns the remarks that were typed; nothing when the form does not ask for them.
pub fn read(fields: &Fields) -> Option<Remarks> {
    let text = |name: &str| tidy(fields.value(name));
    (!fields.values(NOTE).is_empty()).then(|| Remarks {
        recommendation: Recommendation::from_code(fields.value(RECOMMENDATION)),
        because: text(BECAUSE),
        to_delegation: text(TO_DELEGATION),
        note: text(NOTE),
    })
}
