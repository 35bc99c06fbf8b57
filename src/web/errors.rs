//! Errors as pages: not found, not allowed, in the way, too busy. Logged once, here.
//!
//! Not found and not visible look the same (404); denied is 403; refused or stale is 409; a busy database is 503
//! with a time to try again; anything else is 500 with a request number that is also in the log.

use askama::Template;
use rocket::http::{ContentType, Header, Status};
use rocket::response::{self, Redirect, Responder};
use rocket::{Catcher, Request, Response, catch, catchers};

use super::forms::worded;
use super::layout::Frame;
use super::observed;
use super::reader::{self, Reader};
use super::resend::{self, Resend};
use crate::db::StoreError;
use crate::i18n::Texts;
use crate::kernel::fields::Message;
use crate::kernel::lang::Lang;
use crate::policy::Denial;
use crate::refusals::OperationError;

/// What a handler answers instead of its page.
#[derive(Debug, thiserror::Error)]
pub enum PageError {
    /// An operation did nothing.
    #[error(transparent)]
    Operation(#[from] OperationError),
    /// A template could not be rendered.
    #[error("template: {0}")]
    Template(String),
}

impl PageError {
    /// Returns the page error of something that does not exist.
    pub fn not_found() -> Self {
        Self::Operation(OperationError::NotFound)
    }

    /// Returns the page error of a form that did not come from a page of ours.
    pub fn forged() -> Self {
        Self::Operation(OperationError::Denied(Denial::NoCapacity))
    }

    fn status(&self) -> Status {
        match self {
            Self::Operation(error) => match error {
                OperationError::NotFound => Status::NotFound,
                OperationError::Denied(Denial::NotInState) | OperationError::Refused(_) | OperationError::Stale => {
                    Status::Conflict
                }
                OperationError::Denied(_) => Status::Forbidden,
                OperationError::Invalid(_) => Status::UnprocessableEntity,
                OperationError::Store(StoreError::Busy(_)) => Status::ServiceUnavailable,
                OperationError::Store(_) => Status::InternalServerError,
            },
            Self::Template(_) => Status::InternalServerError,
        }
    }

    /// Words what is in the way, when it is a rule of the subject.
    pub fn reason(&self, texts: Texts) -> Option<String> {
        match self {
            Self::Operation(OperationError::Refused(message)) => Some(worded(texts, "refusal", message)),
            Self::Operation(OperationError::Denied(Denial::NotInState)) => Some(texts.text("refusal-not-in-state")),
            Self::Operation(OperationError::Denied(Denial::Recused)) => Some(texts.text("refusal-recused")),
            Self::Operation(OperationError::Stale) => Some(texts.text("refusal-stale")),
            _ => None,
        }
    }
}

impl From<StoreError> for PageError {
    fn from(error: StoreError) -> Self {
        Self::Operation(error.into())
    }
}

impl From<Denial> for PageError {
    fn from(denial: Denial) -> Self {
        Self::Operation(denial.into())
    }
}

/// The error page.
#[derive(Template)]
#[template(path = "web/error.html")]
struct ErrorPage {
    frame: Frame,
    explanation: String,
    advice: String,
    reason: Option<String>,
    request_number: String,
    resend: Option<Resend>,
}

/// The error page when not even the reader can be known: the database does not answer.
#[derive(Template)]
#[template(path = "web/plain_error.html")]
struct PlainErrorPage {
    texts: Texts,
    title: String,
    explanation: String,
    advice: String,
    resend: Option<Resend>,
}

fn page(reader: &Reader, status: Status, reason: Option<String>, resend: Option<Resend>) -> Option<String> {
    let texts = reader.texts();
    let key = key(status);
    ErrorPage {
        frame: Frame::new(reader, texts.text(&format!("error-page-{key}"))),
        explanation: texts.text(&format!("error-page-{key}-explanation")),
        advice: texts.text(&format!("error-page-{key}-advice")),
        reason,
        request_number: reader.request.clone(),
        resend,
    }
    .render()
    .ok()
}

/// The statuses that have words of their own.
fn key(status: Status) -> &'static str {
    match status.code {
        400 => "400",
        401 | 403 => "403",
        404 => "404",
        409 => "409",
        413 => "413",
        422 => "422",
        429 => "429",
        503 => "503",
        _ => "500",
    }
}

impl<'r> Responder<'r, 'static> for PageError {
    fn respond_to(self, request: &'r Request<'_>) -> response::Result<'static> {
        let status = self.status();
        let reader = reader::loaded(request);
        if status.code >= 500 {
            log(request, status, &self.to_string());
        }
        let resend = typed(status, request);
        let body = reader.ok().and_then(|reader| page(reader, status, self.reason(reader.texts()), resend.clone()));
        ErrorAnswer { status, body: body.unwrap_or_else(|| plain(status, resend.as_ref())) }.respond_to(request)
    }
}

/// Logs a fault of ours. The address is not logged: it may hold the token of a link.
fn log(request: &Request<'_>, status: Status, reason: &str) {
    let (number, route) = (observed::number(request), observed::route(request));
    tracing::error!(
        request = number,
        method = request.method().as_str(),
        route,
        status = status.code,
        reason,
        "failed"
    );
}

/// Returns what was typed, where the fault is ours.
fn typed(status: Status, request: &Request<'_>) -> Option<Resend> {
    if status.code >= 500 { resend::of(request) } else { None }
}

/// An error page with its status.
struct ErrorAnswer {
    status: Status,
    body: String,
}

impl<'r> Responder<'r, 'static> for ErrorAnswer {
    fn respond_to(self, request: &'r Request<'_>) -> response::Result<'static> {
        let mut response = Response::build_from((ContentType::HTML, self.body).respond_to(request)?);
        response.status(self.status);
        if self.status == Status::ServiceUnavailable {
            response.header(Header::new("Retry-After", "5"));
        }
        response.ok()
    }
}

/// The page for both languages at once, when the reader is not known.
fn plain(status: Status, resend: Option<&Resend>) -> String {
    [Lang::En, Lang::Ru]
        .into_iter()
        .filter_map(|lang| {
            let texts = Texts::of(lang);
            let key = key(status);
            PlainErrorPage {
                texts,
                title: texts.text(&format!("error-page-{key}")),
                explanation: texts.text(&format!("error-page-{key}-explanation")),
                advice: texts.text(&format!("error-page-{key}-advice")),
                resend: resend.cloned(),
            }
            .render()
            .ok()
        })
        .collect()
}

#[catch(default)]
async fn any(status: Status, request: &Request<'_>) -> ErrorAnswer {
    let reader = reader::of(request).await;
    // Why: forms answer 422 themselves; what arrives here is an address with a part that does not fit, such as a word in
    // the place of a number.
    let status = if status == Status::UnprocessableEntity { Status::NotFound } else { status };
    if status.code >= 500 {
        log(request, status, "");
    }
    let resend = typed(status, request);
    let body = reader.ok().and_then(|reader| page(reader, status, None, resend.clone()));
    ErrorAnswer { status, body: body.unwrap_or_else(|| plain(status, resend.as_ref())) }
}

#[catch(401)]
fn sign_in_first(request: &Request<'_>) -> Redirect {
    let path = request.uri().to_string();
    let next = rocket::http::RawStr::new(&path).percent_encode().to_string();
    Redirect::to(format!("/sign-in?next={next}"))
}

#[catch(428)]
fn factor_first(request: &Request<'_>) -> Redirect {
    let path = request.uri().to_string();
    let next = rocket::http::RawStr::new(&path).percent_encode().to_string();
    Redirect::to(format!("/account/second-factor?next={next}"))
}

/// Returns the catchers.
pub fn catchers() -> Vec<Catcher> {
    catchers![any, sign_in_first, factor_first]
}

/// Words a refusal for a flash message.
pub fn refusal(texts: Texts, message: &Message) -> String {
    worded(texts, "refusal", message)
}
