//! The form of a draft.

use askama::Template;

use super::{address, place, session_frame};
use crate::decisions::forms::TICKED;
use crate::decisions::model::{TEXT_CHARS_MAX, TITLE_CHARS_MAX};
use crate::decisions::operations::viewing::Setting;
use crate::web::again::Again;
use crate::web::{Fields, FormView, Frame, PageResult, Reader};

/// The form.
#[derive(Template)]
#[template(path = "decisions/edit.html")]
struct EditPage {
    frame: Frame,
    form: FormView,
    notice: Option<String>,
    action: String,
    back: String,
    subjects: Vec<(String, String)>,
    title_max: (usize, usize),
    text_max: (usize, usize),
}

/// Shows the form, fresh or again with what was typed.
pub fn show(reader: &Reader, setting: &Setting, typed: Option<(Fields, Again)>) -> PageResult {
    let texts = reader.texts();
    let session = &setting.session;
    let (typed, again) = typed.unzip();
    let again = again.as_ref();
    let list = format!("/sessions/{}/decisions", session.number);
    let (title, action, back) = match &setting.draft {
        None => (texts.text("decision-new"), format!("{list}/new"), list.clone()),
        Some((decision, _)) => {
            let at = place(session, decision);
            (texts.text("decision-edit"), address(at, "/edit"), address(at, ""))
        }
    };
    let page = EditPage {
        frame: session_frame(reader, session, title).crumb(texts.text("decision-list"), list).form("main"),
        form: FormView::again(texts, typed.unwrap_or_else(|| fresh(setting)), &Again::errors(again)),
        notice: Again::notice(again, texts, "decision-stale"),
        action,
        back,
        subjects: std::iter::once((String::new(), texts.text("decision-about-text")))
            .chain(setting.subjects.iter().map(|reference| (reference.clone(), reference.clone())))
            .collect(),
        title_max: TITLE_CHARS_MAX,
        text_max: TEXT_CHARS_MAX,
    };
    Again::answer(again, &page)
}

fn fresh(setting: &Setting) -> Fields {
    let Some((decision, text)) = &setting.draft else {
        return Fields::none().set("edition", "0");
    };
    let fields = Fields::none()
        .set("title_en", decision.title.en.clone())
        .set("title_ru", decision.title.ru.clone())
        .set("about", setting.about.clone())
        .set("text_en", text.text.en.clone())
        .set("text_ru", text.text.ru.clone())
        .set("edition", decision.edition.to_string());
    if text.is_checked { fields.set("checked", TICKED) } else { fields }
}
