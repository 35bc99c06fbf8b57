//! What a request asks: the parameters of its address, the state it was made for, the JSON that it sends.

use std::collections::BTreeMap;

use rocket::data::{ByteUnit, Data, FromData, Outcome as DataOutcome};
use rocket::http::MediaType;
use rocket::request::{FromRequest, Outcome, Request};
use serde::Serialize;
use serde::de::DeserializeOwned;
use utoipa::ToSchema;

use super::cursor;
use super::model::Code;
use super::pages::Page;
use super::problems::{Problem, keep};
use super::reply::{ApiResult, Reply, names};
use crate::kernel::code;
use crate::kernel::fields::Message;

/// Rows of a list when nobody says how many.
const LIMIT: usize = 50;
/// Most rows of a list.
const LIMIT_MAX: usize = 100;
/// Largest body: a whole questionnaire in two languages.
const SIZE_BYTES_MAX: ByteUnit = ByteUnit::Mebibyte(2);

/// Which part of a list was asked for.
#[derive(Debug, Clone)]
pub struct Part {
    limit: usize,
    after: Option<String>,
}

impl Part {
    /// Leaves the part in a list that is in the order of its keys; returns whether the list goes on after it.
    pub fn cut<T>(&self, rows: &mut Vec<T>, key: impl Fn(&T) -> &String) -> bool {
        if let Some(after) = &self.after {
            rows.retain(|row| key(row) > after);
        }
        let goes_on = rows.len() > self.limit;
        rows.truncate(self.limit);
        goes_on
    }

    /// Returns how many rows to leave out and how many to take, where the key is the number of a row.
    pub fn places(&self) -> Option<(usize, usize)> {
        let after = self.after.as_deref().map_or(Some(0), |number| number.parse().ok())?;
        Some((after, self.limit))
    }
}

/// The parameters of an address.
#[derive(Debug, Clone)]
pub struct Query {
    path: String,
    values: BTreeMap<String, String>,
}

impl Query {
    /// Returns a parameter as it was sent; an empty one counts as not sent.
    pub fn value(&self, name: &str) -> Option<&str> {
        self.values.get(name).map(String::as_str).filter(|text| !text.is_empty())
    }

    /// Returns a parameter that is a code.
    pub fn code<T: code::Code>(&self, name: &str) -> Result<Option<T>, Problem> {
        let unknown =
            |text: &str| Problem::field(Code::Parameter, name, Message::new("unknown-choice").text("value", text));
        self.value(name).map(|text| T::from_code(text).ok_or_else(|| unknown(text))).transpose()
    }

    /// Returns a parameter that is a whole number.
    pub fn number(&self, name: &str) -> Result<Option<i32>, Problem> {
        let wrong = || Problem::field(Code::Parameter, name, Message::new("whole-number"));
        self.value(name).map(|text| text.parse().map_err(|_| wrong())).transpose()
    }

    fn limit(&self) -> Result<usize, Problem> {
        let Some(text) = self.value("limit") else { return Ok(LIMIT) };
        let limit = text.parse().ok().filter(|limit| (1..=LIMIT_MAX).contains(limit));
        limit.ok_or_else(|| {
            let message = Message::new("range").number("min", 1).number("max", 100);
            Problem::field(Code::Parameter, "limit", message)
        })
    }

    /// Answers with the part of a list that was asked for: rows in the order of their keys, which never change.
    pub fn part<T: Serialize + ToSchema>(&self, mut rows: Vec<(String, T)>) -> ApiResult {
        rows.sort_by(|a, b| a.0.cmp(&b.0));
        let goes_on = self.wanted()?.cut(&mut rows, |(key, _)| key);
        let last = rows.last().map(|(key, _)| key.clone());
        self.answer(rows.into_iter().map(|(_, row)| row).collect(), last.filter(|_| goes_on).as_deref())
    }

    /// Returns the problem of a cursor that says nothing to this list.
    pub fn unreadable() -> Problem {
        Problem::field(Code::Parameter, "cursor", Message::new("unreadable"))
    }

    /// Returns which part of a list was asked for.
    pub fn wanted(&self) -> Result<Part, Problem> {
        let read = |text: &str| cursor::key(&self.path, text).ok_or_else(Self::unreadable);
        Ok(Part { limit: self.limit()?, after: self.value("cursor").map(read).transpose()? })
    }

    /// Answers with a part of a list; it goes on after the key of its last row, when one is given.
    pub fn answer<T: Serialize + ToSchema>(&self, items: Vec<T>, last: Option<&str>) -> ApiResult {
        let next = last.map(|key| cursor::after(&self.path, key));
        let address = next.as_ref().map(|next| self.address(next));
        Reply::list(&Page { items, next }, address)
    }

    /// Returns the address of the same list from a cursor on.
    fn address(&self, cursor: &str) -> String {
        let encode = |text: &str| rocket::http::RawStr::new(text).percent_encode().to_string();
        let kept = self.values.iter().filter(|(name, _)| name.as_str() != "cursor");
        let mut address = format!("{}?cursor={cursor}", self.path);
        for (name, value) in kept {
            address.extend(["&", &encode(name), "=", &encode(value)]);
        }
        address
    }
}

#[rocket::async_trait]
impl<'r> FromRequest<'r> for Query {
    type Error = ();

    async fn from_request(request: &'r Request<'_>) -> Outcome<Self, ()> {
        let query = request.uri().query();
        let values = query
            .map(|query| query.segments().map(|(name, value)| (name.to_owned(), value.to_owned())).collect())
            .unwrap_or_default();
        Outcome::Success(Self { path: request.uri().path().to_string(), values })
    }
}

/// The state that a request was made for: validators of `If-Match`.
#[derive(Debug, Clone)]
pub struct Seen(String);

impl Seen {
    /// Refuses unless the thing still is as the caller has seen it.
    pub fn expect(&self, validator: &str) -> Result<(), Problem> {
        if names(&self.0, validator) {
            return Ok(());
        }
        let stale = crate::refusals::OperationError::Stale;
        Err(Problem::from(stale).with("ETag", validator))
    }
}

#[rocket::async_trait]
impl<'r> FromRequest<'r> for Seen {
    type Error = ();

    async fn from_request(request: &'r Request<'_>) -> Outcome<Self, ()> {
        let all: Vec<&str> = request.headers().get("If-Match").collect();
        if all.is_empty() {
            return Outcome::Error((keep(request, Code::PreconditionRequired.into()), ()));
        }
        Outcome::Success(Self(all.join(",")))
    }
}

/// The key by which a request that comes twice is done once.
#[derive(Debug, Clone)]
pub struct Once(pub Option<String>);

/// Longest key, in characters.
const KEY_CHARS_MAX: usize = 120;

#[rocket::async_trait]
impl<'r> FromRequest<'r> for Once {
    type Error = ();

    async fn from_request(request: &'r Request<'_>) -> Outcome<Self, ()> {
        let key = request.headers().get_one("Idempotency-Key").map(str::trim).filter(|key| !key.is_empty());
        if key.is_some_and(|key| key.chars().count() > KEY_CHARS_MAX) {
            let message = Message::new("length");
            return Outcome::Error((keep(request, Problem::field(Code::Parameter, "Idempotency-Key", message)), ()));
        }
        Outcome::Success(Self(key.map(str::to_owned)))
    }
}

/// What a request sends, read from JSON.
#[derive(Debug, Clone)]
pub struct Sent<T>(pub T);

fn is_json(kind: &MediaType) -> bool {
    kind.top() == "application" && (kind.sub() == "json" || kind.sub().as_str().ends_with("+json"))
}

#[rocket::async_trait]
impl<'r, T: DeserializeOwned + Send> FromData<'r> for Sent<T> {
    type Error = ();

    async fn from_data(request: &'r Request<'_>, data: Data<'r>) -> DataOutcome<'r, Self> {
        match read(request, data).await {
            Ok(sent) => DataOutcome::Success(Self(sent)),
            Err(problem) => DataOutcome::Error((keep(request, problem), ())),
        }
    }
}

async fn read<T: DeserializeOwned>(request: &Request<'_>, data: Data<'_>) -> Result<T, Problem> {
    if !request.content_type().is_some_and(|kind| is_json(kind.media_type())) {
        return Err(Problem::from(Code::MediaType).with("Accept", "application/json"));
    }
    let body = data.open(SIZE_BYTES_MAX).into_bytes().await.map_err(|_| Problem::from(Code::Malformed))?;
    if !body.is_complete() {
        return Err(Code::TooLarge.into());
    }
    if body.windows(6).any(|part| part == b"\\u0000") {
        return Err(Problem::field(Code::Malformed, "", Message::new("unreadable")));
    }
    serde_json::from_slice(&body).map_err(|error| {
        let place = |number: usize| i64::try_from(number).unwrap_or(i64::MAX);
        let message = Message::new("json").number("line", place(error.line())).number("column", place(error.column()));
        Problem::field(Code::Malformed, "", message)
    })
}
