//! What the room shows: the list of papers, a paper for reading and printing; and the papers themselves, put into words.

pub mod decision;
pub mod pen;
pub mod practices;
pub mod programme;
pub mod progress;
pub mod result;

use askama::Template;

use super::model::{Block, Column, Document, Head, Name, Run, Standing, Stress, Text, letter};
use super::operations::{Matter, Sources};
use crate::i18n::Texts;
use crate::kernel::lang::Lang;
use crate::sessions::Session;
use crate::web::{Answer, Frame, PageResult, Reader};

/// Returns the address of a paper's page.
pub fn address(session: i32, rest: &str) -> String {
    format!("/sessions/{session}/papers{rest}")
}

/// Puts a paper into the words of a language.
pub fn document(sources: &Sources, lang: Lang) -> Document {
    let texts = Texts::of(lang);
    match &sources.matter {
        Matter::Practices(all) => practices::write(texts, &sources.session, all),
        Matter::Result(results) => result::write(texts, &sources.session, results),
        Matter::Decision(look, practices, ballots) => {
            decision::write(texts, &sources.session, look, *practices, ballots)
        }
        Matter::Programme(look) => programme::write(texts, &sources.session, look),
        Matter::Progress(courses) => progress::write(texts, &sources.session, courses),
    }
}

/// Returns the title of the workbook with the tables of a session.
pub fn workbook_title(session: &Session, lang: Lang) -> String {
    Texts::of(lang).one("papers-tables-title", "session", session.title.get(lang))
}

fn frame(reader: &Reader, session: &Session, title: String) -> Frame {
    Frame::new(reader, title)
        .crumb(reader.texts().text("nav-sessions"), "/sessions")
        .crumb(session.title.get(reader.lang).clone(), format!("/sessions/{}", session.number))
}

/// The list of papers.
#[derive(Template)]
#[template(path = "papers/list.html")]
struct ListPage {
    frame: Frame,
    papers: Vec<PaperRow>,
    tables: Vec<FileView>,
    is_made_up: bool,
}

/// One paper in the list.
struct PaperRow {
    title: String,
    about: String,
    standing: Standing,
    state: String,
    href: Option<String>,
    files: Vec<FileView>,
}

/// A file in one language.
struct FileView {
    label: String,
    lang: &'static str,
    href: String,
}

/// Shows the papers of a session.
pub fn list(reader: &Reader, session: &Session, papers: &[(Name, Standing)]) -> PageResult {
    let texts = reader.texts();
    let files = |name: &str| -> Vec<FileView> {
        let file = |lang: &Lang| FileView {
            label: texts.code("papers-language", lang),
            lang: lang.code(),
            href: address(session.number, &format!("/{name}?lang={lang}")),
        };
        Lang::ALL.iter().map(file).collect()
    };
    let row = |(name, standing): &(Name, Standing)| {
        let is_open = *standing != Standing::Sealed;
        PaperRow {
            title: texts.code("papers-name", name),
            about: texts.code("papers-about", name),
            standing: *standing,
            state: texts.code("papers-standing", standing),
            href: is_open.then(|| address(session.number, &format!("/{name}"))),
            files: if is_open { files(&format!("{name}.docx")) } else { Vec::new() },
        }
    };
    Answer::page(&ListPage {
        frame: frame(reader, session, texts.text("papers-title")),
        papers: papers.iter().map(row).collect(),
        tables: files("tables.xlsx"),
        is_made_up: session.is_demonstration,
    })
}

/// A run as the template shows it.
struct RunView {
    text: String,
    lang: Option<&'static str>,
    class: &'static str,
}

/// A block as the template shows it.
enum BlockView {
    Heading(u8, Vec<RunView>),
    Paragraph(&'static str, String, Vec<RunView>),
    Table(String, Vec<Column>, Vec<Vec<Vec<RunView>>>),
}

/// A paper for reading and printing.
#[derive(Template)]
#[template(path = "papers/paper.html")]
struct PaperPage {
    frame: Frame,
    lang: &'static str,
    head: Head,
    blocks: Vec<BlockView>,
    file: String,
    other: (String, String, &'static str),
}

fn shown(text: Text) -> Vec<RunView> {
    let view = |run: Run| RunView {
        lang: run.lang.map(Lang::code),
        class: match run.stress {
            Stress::None => "",
            Stress::Strong => "strong",
            Stress::Emphasis => "emphasis",
        },
        text: run.text().to_owned(),
    };
    text.into_iter().map(view).collect()
}

fn block(lang: Lang, block: Block) -> BlockView {
    match block {
        Block::Heading(level, text) => BlockView::Heading(level, shown(text)),
        Block::Numbered(number, text) => BlockView::Paragraph("numbered", format!("{number}."), shown(text)),
        Block::Item(place, text) => BlockView::Paragraph("lettered", letter(lang, place), shown(text)),
        Block::Plain(text) => BlockView::Paragraph("", String::new(), shown(text)),
        Block::Note(text) => BlockView::Paragraph("hint", String::new(), shown(text)),
        Block::Table(table) => {
            let rows = table.rows.into_iter().map(|row| row.into_iter().map(shown).collect());
            BlockView::Table(table.title, table.columns, rows.collect())
        }
    }
}

/// Shows a paper.
pub fn paper(reader: &Reader, session: &Session, document: Document) -> PageResult {
    let texts = reader.texts();
    let Document { name, lang, head, blocks } = document;
    let other = lang.other();
    Answer::page(&PaperPage {
        frame: frame(reader, session, head.title.clone())
            .crumb(texts.text("papers-title"), address(session.number, "")),
        lang: lang.code(),
        head,
        blocks: blocks.into_iter().map(|one| block(lang, one)).collect(),
        file: address(session.number, &format!("/{name}.docx?lang={lang}")),
        other: (
            address(session.number, &format!("/{name}?lang={other}")),
            texts.code("papers-read-in", other),
            other.code(),
        ),
    })
}
