//! Addresses of the room: open to everybody.

use rocket::http::Status;
use rocket::{Route, get, routes};

use super::{model, pages};
use crate::kernel::code::Code as _;
use crate::kernel::lang::Lang;
use crate::web::assets::Asset;
use crate::web::{Answer, PageError, PageResult, Reader};

#[get("/guides")]
fn list(reader: &Reader) -> PageResult {
    pages::list(reader)
}

#[get("/guides/<role>/<task>")]
fn guide(reader: &Reader, role: &str, task: &str) -> PageResult {
    pages::show(reader, model::find(role, task).ok_or_else(PageError::not_found)?)
}

#[get("/guides/pictures/<lang>/guides/<role>/<task>")]
fn picture(lang: &str, role: &str, task: &str) -> Result<Asset, Status> {
    let lang = Lang::from_code(lang).ok_or(Status::NotFound)?;
    let file = model::find(role, task).and_then(|guide| guide.picture(lang)).ok_or(Status::NotFound)?;
    Ok(Asset::new("picture.webp", file))
}

#[get("/help?<at>")]
fn help(reader: &Reader, at: Option<&str>) -> PageResult {
    Answer::go(pages::help(reader, at))
}

/// Returns the routes of the room.
pub fn routes() -> Vec<Route> {
    routes![list, guide, picture, help]
}
