//! What the page of the exports shows.

use askama::Template;

use super::export::Name;
use crate::kernel::code::Code as _;
use crate::kernel::lang::Lang;
use crate::sessions::Session;
use crate::web::{Frame, Reader};

/// The page of the exports of a session.
#[derive(Template)]
#[template(path = "exports/list.html")]
pub struct ListPage {
    frame: Frame,
    exports: Vec<ExportView>,
}

/// One export.
struct ExportView {
    title: String,
    about: String,
    who: String,
    files: Vec<FileView>,
}

/// One file of it.
struct FileView {
    label: String,
    lang: &'static str,
    href: String,
    description_href: String,
}

/// Returns the address of an export; one of the whole platform has the same from every session.
pub fn address(session: i32, name: Name, lang: Lang) -> String {
    format!("{}/{name}.csv?lang={lang}", folder(session, name))
}

/// Returns the address at which an export stands, without its name.
fn folder(session: i32, name: Name) -> String {
    if name.is_of_session() { format!("/sessions/{session}/exports") } else { "/exports".to_owned() }
}

/// Returns the address of the description of an export.
pub fn description_address(session: i32, name: Name, lang: Lang) -> String {
    format!("{}/{name}.csv-metadata.json?lang={lang}", folder(session, name))
}

impl ListPage {
    /// Decides what the reader sees.
    pub fn new(reader: &Reader, session: &Session) -> Self {
        let texts = reader.texts();
        let exports = Name::ALL.iter().map(|name| export(reader, session, *name)).collect();
        let frame = Frame::new(reader, texts.text("exports-title"))
            .crumb(texts.text("nav-sessions"), "/sessions")
            .crumb(session.title.get(reader.lang).clone(), format!("/sessions/{}", session.number));
        Self { frame, exports }
    }
}

fn export(reader: &Reader, session: &Session, name: Name) -> ExportView {
    let texts = reader.texts();
    let file = |lang: Lang| FileView {
        label: texts.code("exports-file", lang.code()),
        lang: lang.code(),
        href: address(session.number, name, lang),
        description_href: description_address(session.number, name, lang),
    };
    let is_open = name.reach(&reader.actor).is_ok();
    let of = name.description();
    ExportView {
        title: of.title.get(reader.lang).clone(),
        about: of.about.get(reader.lang).clone(),
        who: of.who.get(reader.lang).clone(),
        files: if is_open { Lang::ALL.iter().copied().map(file).collect() } else { Vec::new() },
    }
}

/// Reads the name of a file: `practices.csv` or `practices.csv-metadata.json`.
pub fn file_name(text: &str) -> Option<(Name, bool)> {
    let (name, is_description) = match text.strip_suffix("-metadata.json") {
        Some(name) => (name, true),
        None => (text, false),
    };
    Some((Name::from_code(name.strip_suffix(".csv")?)?, is_description))
}
