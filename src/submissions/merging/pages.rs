//! What the page of a merge shows before it is done, and how the page of a submission tells of it.

use askama::Template;

use super::model::Merge;
use super::operations::Proposed;
use crate::kernel::fields::FieldErrors;
use crate::policy::Action;
use crate::submissions::operations::{Dossier, Opened};
use crate::submissions::pages::{address, frame_in};
use crate::web::again::Again;
use crate::web::errors::refusal;
use crate::web::{Fields, FormView, Frame, PageResult, Reader};

/// A merge as the page of a submission tells of it.
pub struct MergeView {
    /// Reference of the other submission.
    pub reference: String,
    /// When and why, worded.
    pub words: String,
}

/// The merges around a submission, as its page shows them (`submissions/merges.html`).
#[derive(Default)]
pub struct MergesView {
    /// What it was joined to.
    pub into: Option<MergeView>,
    /// What was joined to it.
    pub from: Vec<MergeView>,
    /// Whether the reader can take the merge back.
    pub can_unmerge: bool,
}

/// Returns the merges around a submission; others than its own readers and the secretariat learn the references alone.
pub fn merges(reader: &Reader, opened: &Opened) -> MergesView {
    let texts = reader.texts();
    let words = |merge: &Merge| {
        let day = texts.day(merge.merged_at.and_utc().with_timezone(&reader.zone).date_naive());
        let note = if opened.history.is_some() { merge.note.clone() } else { String::new() };
        texts.with("merge-on", &[("day", day), ("note", note)])
    };
    MergesView {
        into: opened
            .merges
            .into
            .as_ref()
            .map(|merge| MergeView { reference: merge.into_reference.clone(), words: words(merge) }),
        from: opened
            .merges
            .from
            .iter()
            .map(|merge| MergeView { reference: merge.reference.clone(), words: words(merge) })
            .collect(),
        can_unmerge: opened.merges.into.is_some() && reader.may(Action::UnmergeSubmission, &opened.dossier.target()),
    }
}

/// One of the two.
struct SideView {
    reference: String,
    title: String,
    lang: &'static str,
    delegation: String,
    summary: String,
    revision: i32,
}

#[derive(Template)]
#[template(path = "submissions/merging.html")]
struct MergePage {
    frame: Frame,
    form: FormView,
    action: String,
    other_way: String,
    notice: Option<String>,
    from: SideView,
    into: SideView,
    asked: Vec<String>,
    can_merge: bool,
}

/// Shows what a merge would do; `typed` with what was typed and why it is shown again.
pub fn merge(reader: &Reader, proposed: &Proposed, typed: Option<(Fields, Again)>) -> PageResult {
    let texts = reader.texts();
    let (fields, again) = typed.map_or_else(|| (Fields::none(), None), |(fields, again)| (fields, Some(again)));
    let errors: FieldErrors = Again::errors(again.as_ref());
    let obstacle = proposed.obstacle.as_ref().map(|message| refusal(texts, message));
    let name = |id: &crate::kernel::ids::DelegationId| {
        let found = proposed.delegations.iter().find(|one| one.id == *id);
        found.map(|one| one.name.get(reader.lang).clone()).unwrap_or_default()
    };
    let side = |dossier: &Dossier| {
        let submission = &dossier.submission;
        let (title, lang) = submission.title(reader.lang).unwrap_or((&submission.reference, reader.lang));
        SideView {
            reference: submission.reference.clone(),
            title: title.to_owned(),
            lang: lang.code(),
            delegation: name(&submission.delegation),
            summary: submission.columns.summary.get(lang).clone(),
            revision: submission.revision,
        }
    };
    let (from, into) = (&proposed.from.submission.reference, &proposed.into.submission.reference);
    let page = MergePage {
        frame: frame_in(reader, &proposed.from.calendar.session, texts.text("merge-title"))
            .crumb(from.clone(), address(from))
            .form("main"),
        form: FormView::again(texts, fields, &errors),
        action: format!("{}/merge?into={into}", address(from)),
        other_way: format!("{}/merge?into={from}", address(into)),
        can_merge: obstacle.is_none(),
        notice: Again::notice(again.as_ref(), texts, "merge-stale").or(obstacle),
        from: side(&proposed.from),
        into: side(&proposed.into),
        asked: proposed.asked.iter().map(name).collect(),
    };
    Again::answer(again.as_ref(), &page)
}
