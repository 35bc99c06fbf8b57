//! An answer as JSON, with the validators by which a program need not read it twice and does not overwrite what it has
//! not seen.

use rocket::http::{ContentType, Status};
use rocket::response::{self, Responder};
use rocket::{Request, Response};
use serde::Serialize;

use super::model::Code;
use super::problems::Problem;
use crate::kernel::token::digest;

/// What handlers return.
pub type ApiResult = Result<Reply, Problem>;

/// Digits of a validator.
const VALIDATOR: usize = 32;

/// An answer.
#[derive(Debug)]
pub struct Reply {
    status: Status,
    body: String,
    validator: Option<String>,
    is_fixed: bool,
    location: Option<String>,
    next: Option<String>,
}

impl Reply {
    fn of(body: &impl Serialize) -> Result<Self, Problem> {
        let body = serde_json::to_string(body).map_err(|_| Problem::from(Code::Failed))?;
        Ok(Self { status: Status::Ok, body, validator: None, is_fixed: false, location: None, next: None })
    }

    /// Answers with one thing, and a validator drawn from what is shown of it.
    pub fn one(body: &impl Serialize) -> ApiResult {
        let reply = Self::of(body)?;
        Ok(Self { validator: Some(validator_of(&reply.body)), ..reply })
    }

    /// Answers with what changes with the program alone.
    pub fn fixed(body: &impl Serialize) -> ApiResult {
        Ok(Self { is_fixed: true, ..Self::one(body)? })
    }

    /// Answers with a part of a list; `next` is the address where it goes on.
    pub fn list(body: &impl Serialize, next: Option<String>) -> ApiResult {
        Ok(Self { next, ..Self::of(body)? })
    }

    /// Answers that it is done, and shows nothing.
    pub fn nothing() -> Self {
        let (status, body) = (Status::NoContent, String::new());
        Self { status, body, validator: None, is_fixed: false, location: None, next: None }
    }

    /// Says that the thing was made, and where it is.
    #[must_use]
    pub fn created(self, location: String) -> Self {
        Self { status: Status::Created, location: Some(location), ..self }
    }
}

/// Returns the validator of a thing, drawn from what is shown of it.
pub fn validator(body: &impl Serialize) -> Result<String, Problem> {
    Ok(validator_of(&serde_json::to_string(body).map_err(|_| Problem::from(Code::Failed))?))
}

fn validator_of(body: &str) -> String {
    format!("\"{}\"", &digest(body)[..VALIDATOR])
}

/// Returns whether a header that lists validators names one.
pub fn names(header: &str, validator: &str) -> bool {
    header.split(',').map(str::trim).any(|each| each == "*" || each == validator)
}

impl<'r> Responder<'r, 'static> for Reply {
    fn respond_to(self, request: &'r Request<'_>) -> response::Result<'static> {
        let has_token = request.headers().contains("Authorization");
        let keeping = match (self.is_fixed, has_token) {
            (true, _) => "public, max-age=86400",
            (false, true) => "private, no-cache",
            (false, false) => "public, no-cache",
        };
        let is_held = self.validator.as_ref().is_some_and(|validator| {
            let held: Vec<&str> = request.headers().get("If-None-Match").collect();
            self.status == Status::Ok && held.iter().any(|held| names(&held.replace("W/", ""), validator))
        });
        let mut answer = Response::build();
        if is_held && request.method() == rocket::http::Method::Get {
            answer.status(Status::NotModified);
        } else if self.status == Status::NoContent {
            answer.status(self.status);
        } else {
            answer.status(self.status).header(ContentType::JSON);
            answer.sized_body(self.body.len(), std::io::Cursor::new(self.body));
        }
        answer.raw_header("Cache-Control", keeping);
        answer.raw_header("Vary", "Authorization");
        if let Some(validator) = self.validator {
            answer.raw_header("ETag", validator);
        }
        if let Some(location) = self.location {
            answer.raw_header("Location", location);
        }
        if let Some(next) = self.next {
            answer.raw_header("Link", format!("<{next}>; rel=\"next\""));
        }
        answer.ok()
    }
}
