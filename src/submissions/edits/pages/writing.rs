//! The form in which the secretariat writes changes: the questionnaire with the text as it stands.

use askama::Template;

use crate::kernel::fields::FieldErrors;
use crate::submissions::edits::forms::NOTE;
use crate::submissions::edits::operations::writing::Writing;
use crate::submissions::forms::fields_of;
use crate::submissions::pages::fields::{Builder, FieldView};
use crate::submissions::pages::wording::{Pointer, summary};
use crate::submissions::pages::{address, frame_of};
use crate::web::again::Again;
use crate::web::{Fields, FormView, Frame, PageResult, Reader};

/// A section of the form.
struct SectionView {
    anchor: String,
    title: String,
    questions: Vec<FieldView>,
}

#[derive(Template)]
#[template(path = "submissions/edits_write.html")]
struct WritePage {
    frame: Frame,
    form: FormView,
    here: String,
    notice: Option<String>,
    summary: Vec<Pointer>,
    left: String,
    revision: i32,
    edition: i32,
    sections: Vec<SectionView>,
}

/// What was typed, and why it is shown again.
pub struct Typed {
    /// The fields.
    pub fields: Fields,
    /// The revision and the edition that they were loaded from.
    pub seen: (i32, i32),
    /// Why; nothing typed is lost.
    pub again: Again,
}

/// Shows the form of changes.
pub fn write(reader: &Reader, writing: &Writing, typed: Option<Typed>) -> PageResult {
    let (texts, dossier) = (reader.texts(), &writing.dossier);
    let (reference, questionnaire) = (&dossier.submission.reference, &dossier.questionnaire);
    let note = writing.draft.as_ref().map(|draft| draft.note.clone()).unwrap_or_default();
    let edition = writing.draft.as_ref().map_or(0, |draft| draft.edition);
    let is_fresh = typed.is_none();
    let (fields, (revision, edition), again) = if let Some(typed) = typed {
        (typed.fields, typed.seen, Some(typed.again))
    } else {
        let fields = fields_of(questionnaire, &writing.answers).set(NOTE, note);
        (fields, (dossier.submission.revision, edition), None)
    };
    let errors: FieldErrors = Again::errors(again.as_ref());
    let form = FormView::again(texts, fields, &errors);
    let builder = Builder { texts, form: &form, comments: &[], is_fresh };
    let sections = questionnaire.sections.iter().map(|section| SectionView {
        anchor: format!("s-{}", section.code),
        title: section.title.get(reader.lang).clone(),
        questions: section.questions.iter().map(|question| builder.question(question)).collect(),
    });
    let page = WritePage {
        frame: frame_of(reader, dossier, texts.text("edits-write-title"))
            .crumb(reference.clone(), address(reference))
            .crumb(texts.text("edits-title"), format!("{}/edits", address(reference)))
            .form("main"),
        here: format!("{}/edits", address(reference)),
        notice: Again::notice(again.as_ref(), texts, "edits-write-stale"),
        summary: summary(texts, questionnaire, &errors),
        left: texts.one("edits-left", "number", writing.left),
        revision,
        edition,
        sections: sections.collect(),
        form,
    };
    Again::answer(again.as_ref(), &page)
}
