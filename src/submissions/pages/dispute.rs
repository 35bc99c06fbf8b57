//! The page where two texts meet: for each question that both changed, side by side, with a choice.

use askama::Template;

use super::wording::{place, unit_text};
use super::{address, frame_of};
use crate::questionnaires::AnswerKey;
use crate::submissions::forms::{CHOOSE, fields_of};
use crate::submissions::operations::Dispute;
use crate::web::{Answer, Frame, PageResult, Reader};

/// A question in dispute.
struct DisputedView {
    name: String,
    place: String,
    lang: &'static str,
    mine: String,
    theirs: String,
}

#[derive(Template)]
#[template(path = "submissions/dispute.html")]
struct DisputePage {
    frame: Frame,
    action: String,
    revision: i32,
    since: i32,
    disputed: Vec<DisputedView>,
    typed: Vec<(String, String)>,
}

/// Shows what both changed, carrying everything that was typed back to the form that sent it.
pub fn dispute(reader: &Reader, dispute: &Dispute, form: &str) -> PageResult {
    let (texts, dossier) = (reader.texts(), &dispute.dossier);
    let questionnaire = &dossier.questionnaire;
    let reference = &dossier.submission.reference;
    let disputed = dispute
        .disputed
        .iter()
        .map(|name| DisputedView {
            name: format!("{CHOOSE}{name}"),
            place: place(texts, questionnaire, name),
            lang: match AnswerKey::parse(name).lang.code() {
                "zxx" => texts.lang_code(),
                lang => lang,
            },
            mine: unit_text(texts, questionnaire, &dispute.typed, name),
            theirs: unit_text(texts, questionnaire, &dispute.stored, name),
        })
        .collect();
    let fields = fields_of(questionnaire, &dispute.typed);
    Answer::conflict(&DisputePage {
        frame: frame_of(reader, dossier, texts.text("submission-dispute-title"))
            .crumb(reference.clone(), address(reference)),
        action: format!("{}/{form}", address(reference)),
        revision: dossier.submission.revision,
        since: dispute.since,
        disputed,
        typed: fields.iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect(),
    })
}
