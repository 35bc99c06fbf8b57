//! Refusals as answers: problem details (RFC 9457), worded in the language that the request asks for.
//!
//! What an operation answers instead of acting becomes one of [`Code`]; not found and not visible look the same. The
//! catchers at the end turn what the framework refuses by itself into the same shape.

use std::collections::BTreeMap;
use std::sync::Mutex;

use rocket::http::{ContentType, Status};
use rocket::response::{self, Responder};
use rocket::{Catcher, Request, Response, catch, catchers, error};
use utoipa::IntoResponses;
use utoipa::openapi::{ContentBuilder, Ref, RefOr, ResponseBuilder};

use super::model::Code;
use super::pages::problems::{FieldView, ProblemView};
use crate::db::{Collision, StoreError};
use crate::i18n::Texts;
use crate::kernel::code::Code as _;
use crate::kernel::fields::{FieldErrors, Message};
use crate::kernel::lang::Lang;
use crate::policy::Denial;
use crate::refusals::OperationError;
use crate::web::forms::worded;

/// Type of the answers.
const KIND: &str = "application/problem+json";

/// Why a request was not done.
#[derive(Debug, Clone)]
pub struct Problem {
    code: Code,
    about: Box<About>,
}

/// What is said beside the kind of problem.
#[derive(Debug, Clone, Default)]
struct About {
    reason: Option<Message>,
    fields: FieldErrors,
    header: Option<(&'static str, String)>,
    cause: Option<String>,
    is_collision: bool,
}

impl Collision for Problem {
    fn is_collision(&self) -> bool {
        self.about.is_collision
    }
}

impl From<Code> for Problem {
    fn from(code: Code) -> Self {
        Self { code, about: Box::default() }
    }
}

impl Problem {
    fn new(code: Code, about: About) -> Self {
        Self { code, about: Box::new(about) }
    }

    /// Returns the problem of one field or parameter.
    pub fn field(code: Code, field: &str, message: Message) -> Self {
        Self::new(code, About { fields: FieldErrors::one(field, message), ..About::default() })
    }

    /// Returns the problem of a code that is one of the list and cannot be chosen here.
    pub fn not_offered(field: &str, code: &str) -> Self {
        Self::field(Code::Invalid, field, Message::new("unknown-choice").text("value", code))
    }

    /// Returns a problem with a header that says more.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.about.header = Some((name, value.into()));
        self
    }

    /// Returns the status of the answer.
    pub fn status(&self) -> Status {
        Status::new(self.code.status())
    }

    fn because(code: Code, reason: Message) -> Self {
        Self::new(code, About { reason: Some(reason), ..About::default() })
    }

    fn view(&self, texts: Texts, path: &str, number: &str) -> ProblemView {
        let field = |(field, message): (&str, &Message)| FieldView {
            field: field.to_owned(),
            code: message.code.clone(),
            detail: worded(texts, "error", message),
        };
        let each = self.about.fields.iter().flat_map(|(name, all)| all.iter().map(move |message| (name, message)));
        ProblemView {
            kind: format!("/api#problem-{}", self.code),
            title: texts.code("api-problem", self.code),
            status: self.code.status(),
            detail: self.about.reason.as_ref().map(|reason| worded(texts, "refusal", reason)),
            instance: path.to_owned(),
            code: self.code,
            errors: each.map(field).collect(),
            request: (self.code.status() >= 500).then(|| number.to_owned()),
        }
    }
}

impl From<OperationError> for Problem {
    fn from(error: OperationError) -> Self {
        match error {
            OperationError::NotFound => Code::NotFound.into(),
            OperationError::Denied(Denial::NotSignedIn) => Code::TokenMissing.into(),
            OperationError::Denied(Denial::NotInState) => Self::because(Code::Refused, Message::new("not-in-state")),
            OperationError::Denied(Denial::Recused) => Self::because(Code::Refused, Message::new("recused")),
            OperationError::Denied(_) => Code::Denied.into(),
            OperationError::Refused(reason) => Self::because(Code::Refused, reason),
            OperationError::Invalid(fields) => Self::new(Code::Invalid, About { fields, ..About::default() }),
            OperationError::Stale => Self::because(Code::Stale, Message::new("stale")),
            OperationError::Store(error) => error.into(),
        }
    }
}

impl From<StoreError> for Problem {
    fn from(error: StoreError) -> Self {
        let code = match error {
            StoreError::NotFound => Code::NotFound,
            StoreError::Stale => Code::Stale,
            StoreError::Busy(_) => Code::Busy,
            StoreError::Conflict(_) | StoreError::Unreadable(_) | StoreError::Broken(_) => Code::Failed,
        };
        let (cause, is_collision) = (Some(error.to_string()), error.is_collision());
        Self::new(code, About { cause, is_collision, ..About::default() })
    }
}

impl<'r> Responder<'r, 'static> for Problem {
    fn respond_to(self, request: &'r Request<'_>) -> response::Result<'static> {
        let number = uuid::Uuid::now_v7().simple().to_string()[20..].to_owned();
        let path = request.uri().path().to_string();
        if self.code.status() >= 500 {
            let cause = self.about.cause.as_deref().unwrap_or("no more is known");
            error!("request {number}: {} {path}: {cause}", request.method());
        }
        let lang = preferred(request.headers().get_one("Accept-Language").unwrap_or_default());
        let body = serde_json::to_string(&self.view(Texts::of(lang), &path, &number)).unwrap_or_default();
        let mut answer = Response::build_from(body.respond_to(request)?);
        answer.status(self.status());
        answer.header(ContentType::new("application", "problem+json"));
        answer.raw_header("Content-Language", lang.code());
        answer.raw_header("Vary", "Authorization, Accept-Language");
        answer.raw_header("Cache-Control", "no-store");
        match self.code {
            Code::TokenMissing => answer.raw_header("WWW-Authenticate", "Bearer realm=\"speca\""),
            Code::TokenWrong => {
                answer.raw_header("WWW-Authenticate", "Bearer realm=\"speca\", error=\"invalid_token\"")
            }
            Code::Scope => {
                answer.raw_header("WWW-Authenticate", "Bearer realm=\"speca\", error=\"insufficient_scope\"")
            }
            Code::Busy => answer.raw_header("Retry-After", "5"),
            _ => &mut answer,
        };
        if let Some((name, value)) = self.about.header {
            answer.raw_header(name, value);
        }
        answer.ok()
    }
}

/// Returns the language of ours that a header wishes most; English when it wishes none.
pub fn preferred(header: &str) -> Lang {
    let wish = |part: &str| {
        let (tag, rest) = part.split_once(';').unwrap_or((part, ""));
        let lang = Lang::from_code(&tag.trim().get(..2)?.to_ascii_lowercase())?;
        let weight: f32 = rest.trim().strip_prefix("q=").map_or(Some(1.0), |text| text.parse().ok())?;
        Some((lang, weight))
    };
    let mut wishes: Vec<(Lang, f32)> = header.split(',').filter_map(wish).filter(|(_, weight)| *weight > 0.0).collect();
    wishes.sort_by(|a, b| b.1.total_cmp(&a.1));
    wishes.first().map_or(Lang::En, |(lang, _)| *lang)
}

/// What a guard refused, kept for the catcher.
struct Kept(Mutex<Option<Problem>>);

/// Keeps a problem for the catcher of this request and returns its status.
pub fn keep(request: &Request<'_>, problem: Problem) -> Status {
    let status = problem.status();
    let kept = request.local_cache(|| Kept(Mutex::new(None)));
    *kept.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner) = Some(problem);
    status
}

#[catch(default)]
fn any(status: Status, request: &Request<'_>) -> Problem {
    let kept = request.local_cache(|| Kept(Mutex::new(None)));
    let kept = kept.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner).take();
    kept.unwrap_or_else(|| of_status(status))
}

/// Returns the problem of a status that the framework answers by itself.
fn of_status(status: Status) -> Problem {
    let code = match status.code {
        400 => Code::Malformed,
        401 => Code::TokenMissing,
        403 => Code::Denied,
        // Why: what arrives as 422 is an address with a part that does not fit, such as a word in the place of a number.
        404 | 422 => Code::NotFound,
        405 => Code::Method,
        413 => Code::TooLarge,
        415 => Code::MediaType,
        503 => Code::Busy,
        _ => Code::Failed,
    };
    code.into()
}

/// Returns the catchers of everything under `/api`.
pub fn catchers() -> Vec<Catcher> {
    catchers![any]
}

/// Refusals that any request may meet.
const USUAL: &[Code] = &[
    Code::Parameter,
    Code::TokenWrong,
    Code::Scope,
    Code::NotFound,
    Code::Method,
    Code::TooMany,
    Code::Failed,
    Code::Busy,
];
/// Refusals that a request with a body may meet beside these.
const WRITING: &[Code] =
    &[Code::Refused, Code::Stale, Code::TooLarge, Code::MediaType, Code::Invalid, Code::PreconditionRequired];

fn described<'a>(codes: impl Iterator<Item = &'a Code>) -> BTreeMap<String, RefOr<utoipa::openapi::Response>> {
    let one = |code: &Code| {
        let content = ContentBuilder::new().schema(Some(Ref::from_schema_name("Problem"))).build();
        let words = Texts::of(Lang::En).code("api-problem", code);
        (code.status().to_string(), ResponseBuilder::new().description(words).content(KIND, content).build().into())
    };
    codes.map(one).collect()
}

/// Describes what a request that reads may be refused with.
pub struct Reading;

impl IntoResponses for Reading {
    fn responses() -> BTreeMap<String, RefOr<utoipa::openapi::Response>> {
        described(USUAL.iter())
    }
}

/// Describes what a request that writes may be refused with.
pub struct Writing;

impl IntoResponses for Writing {
    fn responses() -> BTreeMap<String, RefOr<utoipa::openapi::Response>> {
        described(USUAL.iter().chain(WRITING))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_language_wished_most_is_spoken() {
        for (header, lang) in [
            ("", Lang::En),
            ("ru", Lang::Ru),
            ("ru-RU,ru;q=0.9,en;q=0.8", Lang::Ru),
            ("ru;q=0.2, en-GB;q=0.7", Lang::En),
            ("kk, ru;q=0.5", Lang::Ru),
            ("ru;q=0", Lang::En),
            ("ru;q=x, *", Lang::En),
        ] {
            assert_eq!(preferred(header), lang, "{header}");
        }
    }

    #[test]
    fn what_may_not_be_seen_is_not_found_and_a_recusal_is_told() {
        let code = |error: OperationError| Problem::from(error).code;
        assert_eq!(code(OperationError::NotFound), Code::NotFound);
        assert_eq!(code(OperationError::Denied(Denial::NotSignedIn)), Code::TokenMissing);
        assert_eq!(code(OperationError::Denied(Denial::OutOfScope)), Code::Denied);
        assert_eq!(code(OperationError::Denied(Denial::Recused)), Code::Refused);
        assert_eq!(code(OperationError::Stale), Code::Stale);
    }
}
