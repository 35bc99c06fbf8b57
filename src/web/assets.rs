//! Style sheet, script and mark: inside the binary, at addresses that change with their content.

use rocket::http::{ContentType, Header, Status};
use rocket::{Responder, Route, get, routes};
use rust_embed::{EmbeddedFile, RustEmbed};

use crate::kernel::token::hex;

/// The files.
#[derive(RustEmbed)]
#[folder = "assets/"]
struct Assets;

/// An asset with its type and how long it may be kept.
#[derive(Responder)]
pub struct Asset {
    body: Vec<u8>,
    kind: ContentType,
    caching: Header<'static>,
}

impl Asset {
    /// Returns a file whose address changes with its content: it may be kept for ever. Its type follows from its name.
    pub fn new(name: &str, file: EmbeddedFile) -> Self {
        let kind = name.rsplit('.').next().and_then(ContentType::from_extension).unwrap_or(ContentType::Binary);
        let body = file.data.into_owned();
        Self { body, kind, caching: Header::new("Cache-Control", "public, max-age=31536000, immutable") }
    }
}

/// Returns what stands in an address for the content of a file.
pub fn edition(file: &EmbeddedFile) -> String {
    hex(&file.metadata.sha256_hash()[..6])
}

/// Returns the address of an asset.
pub fn address(name: &str) -> String {
    let version = Assets::get(name).map_or_else(String::new, |file| edition(&file));
    format!("/assets/{name}?v={version}")
}

#[get("/assets/<name>")]
fn asset(name: &str) -> Result<Asset, Status> {
    let file = Assets::get(name).ok_or(Status::NotFound)?;
    Ok(Asset::new(name, file))
}

/// Returns the routes of the room.
pub fn routes() -> Vec<Route> {
    routes![asset]
}
