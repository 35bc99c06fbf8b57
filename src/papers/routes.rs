//! Addresses of the room.

use rocket::http::ContentType;
use rocket::{Route, get, routes};

use super::export::{docx, tables};
use super::model::Name;
use super::{operations, pages};
use crate::kernel::code::Code as _;
use crate::kernel::lang::Lang;
use crate::web::{Answer, PageError, PageResult, Reader};

/// Name of the workbook with every table.
const TABLES: &str = "tables.xlsx";
/// How the name of a document of a word processor ends.
const DOCX: &str = ".docx";

#[get("/sessions/<number>/papers")]
async fn list(reader: &Reader, number: i32) -> PageResult {
    let actor = reader.actor.clone();
    let (session, papers) = reader.db.read(move |conn| operations::list(conn, &actor, number)).await?;
    pages::list(reader, &session, &papers)
}

#[get("/sessions/<number>/papers/<file>?<lang>")]
async fn paper(reader: &Reader, number: i32, file: &str, lang: Option<&str>) -> PageResult {
    let lang = lang.map_or(Some(reader.lang), Lang::from_code).ok_or_else(PageError::not_found)?;
    if file == TABLES {
        return workbook(reader, number, lang).await;
    }
    let (code, is_file) = file.strip_suffix(DOCX).map_or((file, false), |code| (code, true));
    let name = Name::from_code(code).ok_or_else(PageError::not_found)?;
    let actor = reader.actor.clone();
    let sources = reader.db.read(move |conn| operations::sources(conn, &actor, number, name)).await?;
    let document = pages::document(&sources, lang);
    if is_file {
        let written = docx::write(&document).map_err(|error| PageError::Template(error.to_string()))?;
        return Ok(Answer::File(word(), name.file(number, lang), written));
    }
    pages::paper(reader, &sources.session, document)
}

fn word() -> ContentType {
    ContentType::new("application", "vnd.openxmlformats-officedocument.wordprocessingml.document")
}

async fn workbook(reader: &Reader, number: i32, lang: Lang) -> PageResult {
    let actor = reader.actor.clone();
    let every = reader.db.read(move |conn| operations::every(conn, &actor, number)).await?;
    let title = every.first().map(|one| pages::workbook_title(&one.session, lang)).unwrap_or_default();
    let documents: Vec<_> = every.iter().map(|one| pages::document(one, lang)).collect();
    let written = tables::write(&documents, &title).map_err(|error| PageError::Template(error.to_string()))?;
    let kind = ContentType::new("application", "vnd.openxmlformats-officedocument.spreadsheetml.sheet");
    Ok(Answer::File(kind, format!("speca-{number}-tables-{lang}.xlsx"), written))
}

/// Returns the routes of the room.
pub fn routes() -> Vec<Route> {
    routes![list, paper]
}
