//! A draft that went off line: its workbook, the page to send it back, and what it changes.

use askama::Template;

use super::history::{ChangedView, SameView, differences};
use super::{address, frame_of};
use crate::i18n::Texts;
use crate::kernel::fields::FieldErrors;
use crate::kernel::lang::Lang;
use crate::questionnaires::pages::file;
use crate::questionnaires::workbook::Origin;
use crate::submissions::forms::fields_of;
use crate::submissions::operations::{Draft, Uploaded};
use crate::web::forms::FormView;
use crate::web::{Answer, Fields, Frame, PageResult, Reader};

/// Answers with the workbook of a draft.
pub fn workbook(lang: Lang, draft: &Draft) -> PageResult {
    let submission = &draft.dossier.submission;
    let origin = Origin {
        kind: submission.kind,
        version: draft.dossier.questionnaire.version,
        reference: submission.reference.clone(),
        revision: submission.revision,
    };
    file(Texts::of(lang), &draft.dossier.questionnaire, &draft.answers, &origin)
}

#[derive(Template)]
#[template(path = "submissions/upload.html")]
struct UploadPage {
    frame: Frame,
    form: FormView,
    action: String,
    /// Address and words of the workbook in each language.
    files: Vec<(String, String)>,
}

/// Shows the page that takes a workbook, with what is wrong with the one sent before.
pub fn upload(reader: &Reader, draft: &Draft, errors: &FieldErrors) -> PageResult {
    let texts = reader.texts();
    let reference = &draft.dossier.submission.reference;
    let file_in = |lang: Lang| {
        let words = texts.one("submission-workbook-in", "language", texts.code("submission-in", lang));
        (format!("{}/form.xlsx?lang={lang}", address(reference)), words)
    };
    let page = UploadPage {
        frame: frame_of(reader, &draft.dossier, texts.text("submission-upload-title"))
            .crumb(reference.clone(), address(reference)),
        form: FormView::again(texts, Fields::none(), errors),
        action: format!("{}/upload", address(reference)),
        files: Lang::ALL.iter().map(|lang| file_in(*lang)).collect(),
    };
    Answer::again(&page, !errors.is_empty())
}

#[derive(Template)]
#[template(path = "submissions/uploaded.html")]
struct UploadedPage {
    frame: Frame,
    explanation: String,
    action: String,
    back: String,
    revision: i32,
    given: Vec<(String, String)>,
    changed: Vec<ChangedView>,
    same: Vec<SameView>,
}

/// Shows what a workbook changes, to be confirmed; confirmed, it is saved as the form is.
pub fn uploaded(reader: &Reader, uploaded: &Uploaded) -> PageResult {
    let (texts, dossier) = (reader.texts(), &uploaded.dossier);
    let reference = &dossier.submission.reference;
    let (changed, same) = differences(texts, &dossier.questionnaire, &uploaded.stored, &uploaded.after);
    let given = fields_of(&dossier.questionnaire, &uploaded.given);
    Answer::page(&UploadedPage {
        frame: frame_of(reader, dossier, texts.text("submission-uploaded-title"))
            .crumb(reference.clone(), address(reference))
            .crumb(texts.text("submission-upload-title"), format!("{}/upload", address(reference))),
        explanation: texts.one("submission-uploaded-count", "count", changed.len()),
        action: format!("{}/edit", address(reference)),
        back: format!("{}/upload", address(reference)),
        revision: uploaded.since,
        given: given.iter().map(|(name, text)| (name.to_owned(), text.to_owned())).collect(),
        changed,
        same,
    })
}
