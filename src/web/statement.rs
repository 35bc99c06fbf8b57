//! The statement of accessibility: what the pages hold to, how that is tested, what is known not to, whom to tell.

use askama::Template;
use rocket::{Route, get, routes};

use super::answer::{Answer, PageResult};
use super::layout::Frame;
use super::reader::Reader;

#[derive(Template)]
#[template(path = "web/accessibility.html")]
struct Statement {
    frame: Frame,
    contact: String,
}

#[get("/accessibility")]
fn accessibility(reader: &Reader) -> PageResult {
    let texts = reader.texts();
    let contact = match &reader.site.contact {
        Some(address) => texts.one("accessibility-contact", "address", address),
        None => texts.text("accessibility-contact-unset"),
    };
    Answer::page(&Statement { frame: Frame::new(reader, texts.text("accessibility-title")), contact })
}

/// Returns the routes of the statement.
pub fn routes() -> Vec<Route> {
    routes![accessibility]
}
