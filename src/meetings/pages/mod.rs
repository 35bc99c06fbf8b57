//! The pages of the room: `letters` shows credentials, `sitting` the meetings and who was present.

pub mod letters;
pub mod sitting;

use crate::i18n::Texts;
use crate::sessions::Session;
use crate::sessions::pages::{address, title};
use crate::web::{Frame, Reader};

use super::model::When;

/// Returns the frame of a page within a session.
fn frame(reader: &Reader, session: &Session, title_of_page: String) -> Frame {
    Frame::new(reader, title_of_page)
        .crumb(reader.texts().text("nav-sessions"), "/sessions")
        .crumb(title(session, reader.lang), address(session.number, ""))
}

/// Words when a meeting is held: its day and the part of it.
pub fn when_words(texts: Texts, when: When) -> String {
    texts.with("meeting-when", &[("day", texts.day(when.held_on)), ("part", texts.code("meeting-part", when.part))])
}
