//! The form of an amendment: the text that is before the group, to be changed in both languages.

use askama::Template;

use super::{address, frame, name, place};
use crate::decisions::model::TEXT_CHARS_MAX;
use crate::decisions::operations::viewing::Look;
use crate::kernel::ids::ObjectionId;
use crate::web::again::Again;
use crate::web::{Fields, FormView, Frame, PageError, PageResult, Reader};

/// The form.
#[derive(Template)]
#[template(path = "decisions/amend.html")]
struct AmendPage {
    frame: Frame,
    form: FormView,
    notice: Option<String>,
    action: String,
    back: String,
    objector: String,
    passage: String,
    reason: String,
    text_max: (usize, usize),
}

/// Shows the form, fresh or again with what was typed.
pub fn show(reader: &Reader, look: &Look, id: &ObjectionId, typed: Option<(Fields, Again)>) -> PageResult {
    let texts = reader.texts();
    let objection = look.objections.iter().find(|each| each.id == *id).ok_or_else(PageError::not_found)?;
    let text = look.text().ok_or_else(PageError::not_found)?;
    let (typed, again) = typed.unzip();
    let again = again.as_ref();
    let at = place(&look.session, &look.decision);
    let fresh = || {
        Fields::none()
            .set("text_en", text.text.en.clone())
            .set("text_ru", text.text.ru.clone())
            .set("revision", look.decision.revision.to_string())
    };
    let page = AmendPage {
        frame: frame(reader, look, texts.text("decision-amend"))
            .crumb(look.decision.title.get(reader.lang).clone(), address(at, ""))
            .form("main"),
        form: FormView::again(texts, typed.unwrap_or_else(fresh), &Again::errors(again)),
        notice: Again::notice(again, texts, "decision-stale"),
        action: address(at, &format!("/objections/{id}/amend")),
        back: address(at, ""),
        objector: name(look, &objection.delegation, reader.lang),
        passage: objection.passage.clone(),
        reason: objection.reason.clone(),
        text_max: TEXT_CHARS_MAX,
    };
    Again::answer(again, &page)
}
