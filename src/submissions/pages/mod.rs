//! What the templates of the room show, already decided and worded.
//!
//! `form` and `fields` build the form of a questionnaire, `upload` takes it off line, `dispute` is the page where two texts meet, `view` and `shown`
//! a submission as it is read, `history` its revisions, `list` and `start` the pages of a session.

mod dispute;
pub(super) mod fields;
mod form;
pub(super) mod history;
mod list;
mod shown;
mod start;
mod upload;
mod view;
pub(super) mod wording;

pub use dispute::dispute;
pub use form::{FormState, autosaved, form};
pub use history::{comparison, pieces, revisions};
pub use list::{list, range};
pub use start::{StartAgain, start};
pub use upload::{upload, uploaded, workbook};
pub use view::{Again, view};

use super::operations::Dossier;
use crate::i18n::Texts;
use crate::sessions::Session;
use crate::web::{Frame, Reader};

/// Returns the frame of a page about a submission.
pub(super) fn frame_of(reader: &Reader, dossier: &Dossier, title: impl Into<String>) -> Frame {
    let number = dossier.calendar.session.number;
    frame_in(reader, &dossier.calendar.session, title)
        .crumb(reader.texts().text("submissions-title"), format!("/sessions/{number}/submissions"))
}

/// Returns the frame of a page within a session.
pub(super) fn frame_in(reader: &Reader, session: &Session, title: impl Into<String>) -> Frame {
    Frame::new(reader, title)
        .crumb(reader.texts().text("nav-sessions"), "/sessions")
        .crumb(session.title.get(reader.lang).clone(), format!("/sessions/{}", session.number))
}

/// Returns the address of a submission.
pub(super) fn address(reference: &str) -> String {
    format!("/submissions/{reference}")
}

/// Words a number as both languages count.
fn count(number: usize) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// Words the moment of an act in the reader's zone.
pub(super) fn moment(texts: Texts, at: chrono::NaiveDateTime, reader: &Reader) -> String {
    texts.moment(at, reader.zone)
}
