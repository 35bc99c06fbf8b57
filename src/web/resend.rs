//! What was typed, kept on the page of an error: when the database cannot take a form, it is sent again with one button.
//!
//! A form that was read is remembered with its request, and error pages of our own faults show it. A form that was not read,
//! because nobody could say who sends it, ends at [`routes()`]. Passwords and codes are never written into a page.

use rocket::data::{self, Data, FromData};
use rocket::form::Form;
use rocket::http::{Method, Status};
use rocket::request::{FromRequest, Outcome, Request};
use rocket::{Route, post, routes};

use super::forms::Fields;
use super::reader;

/// A form that can be sent again.
#[derive(Debug, Clone)]
pub struct Resend {
    /// Where it goes.
    pub target: String,
    /// What was typed: names and values.
    pub fields: Vec<(String, String)>,
    /// The token it came with.
    pub token: String,
}

/// Returns whether a field must not be written into a page again.
pub fn is_secret(name: &str) -> bool {
    let name = name.to_lowercase();
    name.contains("password") || name == "csrf"
}

impl Resend {
    /// Returns the form of a request; nothing when it holds a secret or a file, which a page cannot send again.
    fn new(request: &Request<'_>, typed: &Fields) -> Option<Self> {
        let target = request.uri().to_string();
        let fields: Vec<_> = typed.iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
        let is_whole = !typed.has_files() && !fields.iter().any(|(name, _)| is_secret(name));
        is_whole.then(|| Self { target, fields, token: typed.value("csrf").to_owned() })
    }
}

/// Remembers what came with a request.
pub(super) fn remember(request: &Request<'_>, typed: &Fields) {
    if request.method() == Method::Post {
        request.local_cache(|| Resend::new(request, typed));
    }
}

/// Returns the form that came with a request.
pub(super) fn of(request: &Request<'_>) -> Option<Resend> {
    request.local_cache(|| None::<Resend>).clone()
}

/// Holds while nobody can say who asks: the database does not answer.
struct OutOfReach;

#[rocket::async_trait]
impl<'r> FromRequest<'r> for OutOfReach {
    type Error = ();

    async fn from_request(request: &'r Request<'_>) -> Outcome<Self, ()> {
        match reader::of(request).await {
            Ok(_) => Outcome::Forward(Status::NotFound),
            Err(_) => Outcome::Success(Self),
        }
    }
}

/// Takes every form that came while the database did not answer.
#[post("/<_..>", data = "<_typed>", rank = 99)]
fn out_of_reach(_holds: OutOfReach, _typed: Remembered) -> Status {
    Status::ServiceUnavailable
}

/// A form that was read and remembered, whoever sent it.
struct Remembered;

#[rocket::async_trait]
impl<'r> FromData<'r> for Remembered {
    type Error = ();

    async fn from_data(request: &'r Request<'_>, data: Data<'r>) -> data::Outcome<'r, Self> {
        if let data::Outcome::Success(form) = Form::<Fields>::from_data(request, data).await {
            remember(request, &form.into_inner());
        }
        data::Outcome::Success(Self)
    }
}

/// Returns the route.
pub fn routes() -> Vec<Route> {
    routes![out_of_reach]
}
