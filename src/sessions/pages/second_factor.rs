//! Whether heads of delegation need a second factor while the session goes on.

use askama::Template;

use super::{TabView, address, tabs, title};
use crate::sessions::Session;
use crate::web::{Answer, Fields, FormView, Frame, PageResult, Reader};

/// The page.
#[derive(Template)]
#[template(path = "sessions/second_factor.html")]
struct SecondFactorPage {
    frame: Frame,
    tabs: Vec<TabView>,
    form: FormView,
    action: String,
    cancel: String,
}

/// Shows the form.
pub fn show(reader: &Reader, session: &Session, is_asked: bool) -> PageResult {
    let texts = reader.texts();
    let fields = if is_asked { Fields::none().set("heads", "yes") } else { Fields::none() };
    Answer::page(&SecondFactorPage {
        frame: Frame::new(reader, texts.text("session-second-factor"))
            .crumb(texts.text("nav-sessions"), "/sessions")
            .crumb(title(session, reader.lang), address(session.number, "")),
        tabs: tabs(texts, session, "second-factor"),
        form: FormView::fresh(fields),
        action: address(session.number, "second-factor"),
        cancel: address(session.number, ""),
    })
}
