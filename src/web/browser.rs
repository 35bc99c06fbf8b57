//! The browser on the other side: where it comes from, what it says it is, and the cookie that holds its sign-in.

use std::net::IpAddr;

use rocket::http::CookieJar;
use rocket::request::{FromRequest, Outcome, Request};
use rocket::time::Duration;

use super::cookies::{self, SIGN_IN, STEP};
use super::reader::Site;
use crate::accounts::model::factors::STEP_LIFE;
use crate::accounts::model::sign_ins::{LIFE_MAX, machine};

/// The browser of a request.
pub struct Browser<'r> {
    /// Its cookies.
    pub cookies: &'r CookieJar<'r>,
    /// Its address, where known.
    pub address: Option<IpAddr>,
    /// Browser and system in two words, as it says.
    pub machine: String,
    /// The address of the site as the browser knows it: `https://speca.example.org`, or nothing.
    pub origin: String,
    behind_tls: bool,
}

impl Browser<'_> {
    /// Gives the browser the token of a sign-in, sealed.
    pub fn keep_sign_in(&self, token: String) {
        let kept_for = Duration::seconds(LIFE_MAX.num_seconds());
        self.cookies.add_private(cookies::build(SIGN_IN, token, kept_for, self.behind_tls));
    }

    /// Gives the browser the token of the step between password and code, sealed.
    pub fn keep_sign_in_step(&self, token: String) {
        let kept_for = Duration::seconds(STEP_LIFE.num_seconds());
        self.cookies.add_private(cookies::build(STEP, token, kept_for, self.behind_tls));
    }

    /// Returns the token of that step, if the browser holds one.
    pub fn sign_in_step(&self) -> Option<String> {
        self.cookies.get_private(&cookies::name(STEP, self.behind_tls)).map(|cookie| cookie.value().to_owned())
    }

    /// Takes the token of that step away.
    pub fn forget_sign_in_step(&self) {
        self.cookies.remove_private(cookies::build(STEP, String::new(), Duration::ZERO, self.behind_tls));
    }

    /// Takes the token away.
    pub fn forget_sign_in(&self) {
        self.cookies.remove_private(cookies::build(SIGN_IN, String::new(), Duration::ZERO, self.behind_tls));
    }
}

#[rocket::async_trait]
impl<'r> FromRequest<'r> for Browser<'r> {
    type Error = ();

    async fn from_request(request: &'r Request<'_>) -> Outcome<Self, ()> {
        let site = request.rocket().state::<Site>().expect("invariant: the site is managed");
        let scheme = if site.behind_tls { "https" } else { "http" };
        let here = || request.host().map(|host| format!("{scheme}://{host}"));
        Outcome::Success(Self {
            cookies: request.cookies(),
            address: request.client_ip(),
            machine: request.headers().get_one("User-Agent").map(machine).unwrap_or_default(),
            origin: site.public_url.clone().or_else(here).unwrap_or_default(),
            behind_tls: site.behind_tls,
        })
    }
}
