//! What the pages of the room show. This file holds what they share.

pub mod action;
pub mod board;
pub mod edit;

use chrono::NaiveDateTime;

use super::model::Report;
use crate::i18n::Texts;
use crate::kernel::lang::{Bilingual, Lang};
use crate::sessions::Session;
use crate::web::{Frame, Reader};

/// Returns the address of the progress of an action, or of a page of it.
pub fn address(reference: &str, page: &str) -> String {
    format!("/submissions/{reference}/progress{page}")
}

/// Returns the frame of a page of a session's actions.
fn frame(reader: &Reader, session: &Session, title: String) -> Frame {
    Frame::new(reader, title)
        .crumb(reader.texts().text("nav-sessions"), "/sessions")
        .crumb(session.title.get(reader.lang).clone(), format!("/sessions/{}", session.number))
}

/// Returns the side of a text in a language, or the other side, with its language.
fn side(text: &Bilingual<String>, lang: Lang) -> (String, &'static str) {
    let sides = [lang, lang.other()].map(|lang| (text.get(lang).clone(), lang.code()));
    sides.into_iter().find(|(text, _)| !text.is_empty()).unwrap_or_else(|| ("\u{2013}".to_owned(), lang.code()))
}

/// Returns the title of an action and its language; the reference where there is none.
fn title(text: &Bilingual<String>, reference: &str, lang: Lang) -> (String, &'static str) {
    let (found, side) = side(text, lang);
    if text.en.is_empty() && text.ru.is_empty() { (reference.to_owned(), lang.code()) } else { (found, side) }
}

/// Writes the day of a moment as the reader counts days.
fn day(reader: &Reader, at: NaiveDateTime) -> String {
    reader.texts().day(at.and_utc().with_timezone(&reader.zone).date_naive())
}

/// Writes a half-year, as in `2021-2`.
pub fn half_year(texts: Texts, due: &str) -> String {
    match due.split_once('-') {
        Some((year, half @ ("1" | "2"))) => texts.one(&format!("progress-half-{half}"), "year", year),
        _ if due.is_empty() => "\u{2013}".to_owned(),
        _ => due.to_owned(),
    }
}

/// Words which report this is.
fn name(texts: Texts, report: &Report) -> String {
    texts.one("progress-report", "number", report.number)
}
