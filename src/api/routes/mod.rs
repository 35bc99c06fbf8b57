//! Addresses of the room: the interface itself under `/api/v1`, and the pages about it.
//!
//! Each handler reads or writes through the operation behind the page of the same thing. What is asked for and does not
//! exist, or takes another method, is answered here as well, so that nothing under `/api` answers with a page.

pub mod ballots;
pub mod decisions;
pub mod exports;
pub mod lists;
pub mod meetings;
pub mod progress;
pub mod reviews;
pub mod sessions;
pub mod submissions;
pub mod tokens;
pub mod writing;

use rocket::http::Method;
use rocket::route::{Handler, Outcome};
use rocket::{Data, Request, Route, get, routes};

use super::description::document;
use super::model::Code;
use super::pages::reference as reference_page;
use super::problems::{Problem, Reading};
use super::reply::{ApiResult, Reply};
use crate::web::{Browser, PageResult, Reader};

/// Below every route that has an address of its own.
const LAST: isize = 50;

/// Shows the page about the interface.
#[get("/api")]
fn reference(reader: &Reader, browser: Browser<'_>) -> PageResult {
    reference_page::show(reader, document(), &browser.origin)
}

/// This description.
#[utoipa::path(
    tag = "About",
    operation_id = "description",
    responses((status = 200, description = "The description, as OpenAPI 3.1.", body = Object), Reading),
    security(())
)]
#[get("/api/v1/openapi.json")]
pub fn description() -> ApiResult {
    Reply::fixed(document())
}

/// Answers where nothing is, or where another method is taken.
#[derive(Clone)]
struct Nowhere;

#[rocket::async_trait]
impl Handler for Nowhere {
    async fn handle<'r>(&self, request: &'r Request<'_>, _data: Data<'r>) -> Outcome<'r> {
        let taken = methods(request);
        let problem = if taken.is_empty() || taken.contains(&request.method()) {
            Problem::from(Code::NotFound)
        } else {
            let allow: Vec<&str> = taken.iter().map(|method| method.as_str()).collect();
            Problem::from(Code::Method).with("Allow", allow.join(", "))
        };
        Outcome::from(request, problem)
    }
}

/// Returns the methods that an address takes.
fn methods(request: &Request<'_>) -> Vec<Method> {
    let asked: Vec<&str> = request.uri().path().as_str().split('/').collect();
    let is_here = |route: &&Route| {
        let parts: Vec<&str> = route.uri.path().split('/').collect();
        route.rank < LAST
            && parts.len() == asked.len()
            && parts.iter().zip(&asked).all(|(part, asked)| part.starts_with('<') || part == asked)
    };
    request.rocket().routes().filter(is_here).map(|route| route.method).collect()
}

fn nowhere() -> Vec<Route> {
    let methods =
        [Method::Get, Method::Put, Method::Post, Method::Delete, Method::Options, Method::Patch, Method::Trace];
    methods.into_iter().map(|method| Route::ranked(LAST, method, "/api/<_..>", Nowhere)).collect()
}

/// Returns the routes of the room.
pub fn routes() -> Vec<Route> {
    let own = routes![reference, description];
    let parts = [
        tokens::routes(),
        lists::routes(),
        exports::routes(),
        sessions::routes(),
        submissions::routes(),
        writing::routes(),
        reviews::routes(),
        ballots::routes(),
        decisions::routes(),
        meetings::routes(),
        progress::routes(),
        nowhere(),
    ];
    own.into_iter().chain(parts.into_iter().flatten()).collect()
}
