//! Addresses of the room.

use rocket::http::ContentType;
use rocket::{Route, get, routes};

use super::model::Name;
use super::operations::{self, Figures};
use super::pages;
use crate::desk::export;
use crate::i18n::Texts;
use crate::kernel::code::Code as _;
use crate::kernel::lang::Lang;
use crate::web::{Answer, PageError, PageResult, Reader};

async fn load(reader: &Reader, number: i32, public: Option<&str>) -> Result<Figures, PageError> {
    let (actor, is_public) = (reader.actor.clone(), public.is_some());
    Ok(reader.db.read(move |conn| operations::figures(conn, &actor, number, is_public)).await?)
}

#[get("/sessions/<number>/figures?<public>")]
async fn figures(reader: &Reader, number: i32, public: Option<&str>) -> PageResult {
    pages::show(reader, &load(reader, number, public).await?)
}

#[get("/sessions/<number>/figures/<file>?<lang>&<public>")]
async fn file(reader: &Reader, number: i32, file: &str, lang: Option<&str>, public: Option<&str>) -> PageResult {
    let name = file.strip_suffix(".csv").and_then(Name::from_code).ok_or_else(PageError::not_found)?;
    let lang = lang.map_or(Some(reader.lang), Lang::from_code).ok_or_else(PageError::not_found)?;
    let figures = load(reader, number, public).await?;
    let table = pages::table(Texts::of(lang), &figures, name).ok_or_else(PageError::not_found)?;
    let rows: Vec<Vec<String>> =
        table.rows.into_iter().map(|(label, cells)| std::iter::once(label).chain(cells).collect()).collect();
    let content = export::file(&table.header, &rows).map_err(|error| PageError::Template(error.to_string()))?;
    Ok(Answer::File(ContentType::CSV, format!("figures-{number}-{name}-{lang}.csv"), content))
}

/// Returns the routes of the room.
pub fn routes() -> Vec<Route> {
    routes![figures, file]
}
