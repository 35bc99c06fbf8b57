//! The page of the exports, the files and their descriptions.

use rocket::http::{ContentType, Header, Status};
use rocket::response::{self, Responder};
use rocket::tokio::fs::File;
use rocket::{Request, Response, Route, get, routes};

use super::export::{ExportError, Name, Order};
use super::pages::{ListPage, address, description_address, file_name};
use super::spool::{Spool, Spooled};
use super::writing::write;
use crate::db::StoreError;
use crate::kernel::code::Code as _;
use crate::kernel::lang::Lang;
use crate::sessions;
use crate::web::{Answer, PageError, PageResult, Reader};

#[get("/sessions/<number>/exports")]
async fn list(reader: &Reader, number: i32) -> PageResult {
    let session = reader.db.read(move |conn| sessions::store::by_number(conn, number)).await?;
    Answer::page(&ListPage::new(reader, &session))
}

/// What is sent.
enum Sent {
    File { name: String, description: String, content: Spooled },
    Description(String),
}

#[get("/sessions/<number>/exports/<file>?<lang>&<ballot>")]
async fn file(
    reader: &Reader,
    number: i32,
    file: &str,
    lang: Option<&str>,
    ballot: Option<i32>,
) -> Result<Sent, PageError> {
    answer(reader, Some(number), asked(reader, file, lang)?, ballot).await
}

#[get("/exports/<file>?<lang>")]
async fn platform_file(reader: &Reader, file: &str, lang: Option<&str>) -> Result<Sent, PageError> {
    answer(reader, None, asked(reader, file, lang)?, None).await
}

/// Reads which file is asked for, in which language, and whether it is its description.
fn asked(reader: &Reader, file: &str, lang: Option<&str>) -> Result<(Name, Lang, bool), PageError> {
    let (name, is_description) = file_name(file).ok_or_else(PageError::not_found)?;
    let lang = match lang {
        None => reader.lang,
        Some(code) => Lang::from_code(code).ok_or_else(PageError::not_found)?,
    };
    Ok((name, lang, is_description))
}

/// Answers with a file or its description. One of a session stands at its session alone, one of the platform at none.
async fn answer(
    reader: &Reader,
    number: Option<i32>,
    (name, lang, is_description): (Name, Lang, bool),
    ballot: Option<i32>,
) -> Result<Sent, PageError> {
    if name.is_of_session() != number.is_some() {
        return Err(PageError::not_found());
    }
    if is_description {
        let url = address(number.unwrap_or_default(), name, lang);
        let document = name.description().document(lang, &url);
        return Ok(Sent::Description(format!("{document:#}\n")));
    }
    download(reader, number, (name, lang), ballot).await
}

async fn download(
    reader: &Reader,
    number: Option<i32>,
    (name, lang): (Name, Lang),
    ballot: Option<i32>,
) -> Result<Sent, PageError> {
    let (reach, actor) = (name.reach(&reader.actor)?, reader.actor.clone());
    let content = reader
        .db
        .read(move |conn| -> Result<Spooled, ExportError> {
            let session = number.map(|number| sessions::store::by_number(conn, number)).transpose()?;
            let mut spool = Spool::default();
            write(conn, &Order { session, name, lang, reach, reader: actor, ballot }, &mut spool)?;
            Ok(spool.finish()?)
        })
        .await?;
    let description = description_address(number.unwrap_or_default(), name, lang);
    Ok(Sent::File { name: name.file(number, lang), description, content })
}

impl From<ExportError> for PageError {
    fn from(error: ExportError) -> Self {
        StoreError::from(error).into()
    }
}

impl<'r> Responder<'r, 'static> for Sent {
    fn respond_to(self, request: &'r Request<'_>) -> response::Result<'static> {
        match self {
            Self::Description(text) => {
                let kind = ContentType::new("application", "csvm+json");
                Response::build_from(text.respond_to(request)?).header(kind).ok()
            }
            Self::File { name, description, content } => {
                let mut answer = Response::build();
                match content {
                    Spooled::Held(bytes) => answer.sized_body(bytes.len(), std::io::Cursor::new(bytes)),
                    // Why: a large file keeps its announced length, so that a broken transfer shows; the coding named
                    // here keeps it from being compressed, which would hide the length.
                    Spooled::File(file) => answer
                        .header(Header::new("Content-Encoding", "identity"))
                        .sized_body(None, File::from_std(file)),
                };
                answer
                    .status(Status::Ok)
                    .header(ContentType::CSV)
                    .header(crate::web::reader::private())
                    .raw_header("Content-Disposition", format!("attachment; filename=\"{name}\""))
                    .raw_header("Link", format!("<{description}>; rel=\"describedby\"; type=\"application/csvm+json\""))
                    .ok()
            }
        }
    }
}

/// Returns the routes of the room.
pub fn routes() -> Vec<Route> {
    routes![list, file, platform_file]
}
