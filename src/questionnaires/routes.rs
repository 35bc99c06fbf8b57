//! Addresses of the room.

use rocket::{Route, get, routes};

use super::workbook::Origin;
use super::{Answers, operations, pages};
use crate::i18n::Texts;
use crate::kernel::code::Code as _;
use crate::kernel::lang::Lang;
use crate::kernel::reference::Kind;
use crate::web::{PageError, PageResult, Reader};

#[get("/sessions/<number>/questionnaires/<kind>")]
async fn show(reader: &Reader, number: i32, kind: &str) -> PageResult {
    let (actor, kind) = (reader.actor.clone(), Kind::from_code(kind).ok_or_else(PageError::not_found)?);
    let held = reader.db.read(move |conn| operations::view(conn, &actor, number, kind)).await?;
    pages::show(reader, &held)
}

#[get("/sessions/<number>/questionnaires/<kind>/form.xlsx?<lang>")]
async fn blank(reader: &Reader, number: i32, kind: &str, lang: Option<&str>) -> PageResult {
    let (actor, kind) = (reader.actor.clone(), Kind::from_code(kind).ok_or_else(PageError::not_found)?);
    let held = reader.db.read(move |conn| operations::view(conn, &actor, number, kind)).await?;
    let origin = Origin { kind, version: held.questionnaire.version, reference: String::new(), revision: 0 };
    let texts = Texts::of(lang.and_then(Lang::from_code).unwrap_or(reader.lang));
    pages::file(texts, &held.questionnaire, &Answers::none(), &origin)
}

/// Returns the routes of the room.
pub fn routes() -> Vec<Route> {
    routes![show, blank]
}
