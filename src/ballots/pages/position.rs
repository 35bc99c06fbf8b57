//! The form of an explanation of position.

use askama::Template;

use super::{address, ballot_frame, place};
use crate::ballots::model::{Ballot, POSITION_CHARS_MAX, Position};
use crate::kernel::lang::Lang;
use crate::sessions::Session;
use crate::web::again::Again;
use crate::web::{Fields, FormView, Frame, PageResult, Reader};

/// The form.
#[derive(Template)]
#[template(path = "ballots/position.html")]
struct PositionPage {
    frame: Frame,
    form: FormView,
    notice: Option<String>,
    address: String,
    back: String,
    languages: Vec<(String, String)>,
    limits: (usize, usize),
}

fn fresh(reader: &Reader, given: Option<&Position>) -> Fields {
    let Some(given) = given else { return Fields::none().set("original", reader.lang.code()) };
    Fields::none()
        .set("original", given.original.code())
        .set("text_en", given.text.en.clone())
        .set("text_ru", given.text.ru.clone())
}

/// Shows the form, fresh or again with what was typed.
pub fn position(
    reader: &Reader,
    (session, ballot, given): &(Session, Ballot, Option<Position>),
    typed: Option<(Fields, Again)>,
) -> PageResult {
    let texts = reader.texts();
    let (typed, again) = typed.unzip();
    let again = again.as_ref();
    let back = address(place(session, ballot));
    let fields = typed.unwrap_or_else(|| fresh(reader, given.as_ref()));
    let page = PositionPage {
        frame: ballot_frame(reader, session, ballot, texts.text("ballot-position")).form("main"),
        form: FormView::again(texts, fields, &Again::errors(again)),
        notice: Again::notice(again, texts, "ballot-form-stale"),
        address: format!("{back}/position"),
        back,
        languages: [(Lang::En, "form-in-english"), (Lang::Ru, "form-in-russian")]
            .map(|(lang, key)| (lang.code().to_owned(), texts.text(key)))
            .to_vec(),
        limits: POSITION_CHARS_MAX,
    };
    Again::answer(again, &page)
}
