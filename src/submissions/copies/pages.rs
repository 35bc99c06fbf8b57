//! How pages tell of copies, and the list of what can be copied to a session.

use askama::Template;

use super::operations::{Earlier, Origin, Ties};
use crate::i18n::Texts;
use crate::submissions::pages::wording::place;
use crate::submissions::pages::{address, frame_in};
use crate::web::errors::refusal;
use crate::web::{Answer, Frame, PageResult, Reader};

/// A submission named beside another.
pub struct TieView {
    /// Its reference.
    pub reference: String,
    /// Its address.
    pub href: String,
}

/// The copies around a submission, as its page shows them (`submissions/copies.html`).
#[derive(Default)]
pub struct CopiesView {
    /// What it was copied from.
    pub from: Option<TieView>,
    /// What was not carried over, and that the earlier entry was compiled; may be empty.
    pub notes: Vec<String>,
    /// What was copied from it.
    pub to: Vec<TieView>,
    /// Number and title of the sessions to which it can be copied.
    pub offers: Vec<(i32, String)>,
}

/// Returns the copies around a submission as its page shows them.
pub fn shown(reader: &Reader, ties: &Ties) -> CopiesView {
    let tie = |reference: &str| TieView { reference: reference.to_owned(), href: address(reference) };
    CopiesView {
        from: ties.from.as_ref().map(|origin| tie(&origin.source.reference)),
        notes: ties.from.as_ref().map(|origin| notes(reader.texts(), origin)).unwrap_or_default(),
        to: ties.to.iter().map(|one| tie(&one.reference)).collect(),
        offers: ties.offers.iter().map(|one| (one.number, one.title.get(reader.lang).clone())).collect(),
    }
}

/// Says what a form began with.
pub fn words(texts: Texts, origin: &Origin) -> Vec<String> {
    let first = texts.one("copy-began", "reference", &origin.source.reference);
    std::iter::once(first).chain(notes(texts, origin)).collect()
}

/// Says what was not carried over, and that the earlier entry was compiled.
fn notes(texts: Texts, origin: &Origin) -> Vec<String> {
    let mut notes = Vec::new();
    if origin.is_compiled {
        notes.push(texts.text("copy-from-compiled"));
    }
    let mut left: Vec<String> =
        origin.left.iter().map(|key| place(texts, &origin.questionnaire, &key.to_string())).collect();
    left.dedup();
    if !left.is_empty() {
        notes.push(texts.one("copy-left", "questions", left.join("; ")));
    }
    notes
}

/// A submission that can be copied.
struct RowView {
    reference: String,
    href: String,
    title: String,
    lang: &'static str,
    session: String,
    state: &'static str,
    action: String,
}

#[derive(Template)]
#[template(path = "submissions/earlier.html")]
struct EarlierPage {
    frame: Frame,
    session: i32,
    closed: Option<String>,
    rows: Vec<RowView>,
}

/// Shows what can be copied to a session.
pub fn earlier(reader: &Reader, earlier: &Earlier) -> PageResult {
    let (texts, session) = (reader.texts(), &earlier.calendar.session);
    let row = |(number, one): &(i32, crate::submissions::Submission)| {
        let (title, lang) = one.title(reader.lang).unwrap_or((one.reference.as_str(), reader.lang));
        RowView {
            reference: one.reference.clone(),
            href: address(&one.reference),
            title: title.to_owned(),
            lang: lang.code(),
            session: texts.one("copy-session", "number", *number),
            state: one.state.code(),
            action: format!("{}/copy", address(&one.reference)),
        }
    };
    Answer::page(&EarlierPage {
        frame: frame_in(reader, session, texts.text("copy-earlier"))
            .crumb(texts.text("submissions-title"), format!("/sessions/{}/submissions", session.number)),
        session: session.number,
        closed: earlier.calendar.expect_writing(reader.now()).err().map(|message| refusal(texts, &message)),
        rows: earlier.rows.iter().map(row).collect(),
    })
}
