//! The cookies of the platform: closed to scripts and to other sites and, behind TLS, tied to this very host by their name
//! (`__Host-`, RFC 6265bis, section 4.1.3.2), so that no neighbouring site can set one in their place.

use rocket::http::{Cookie, SameSite};
use rocket::time::Duration;

/// Holds the token of the sign-in, sealed.
pub const SIGN_IN: &str = "speca_sign_in";
/// Holds the token of the step between password and code, sealed.
pub const STEP: &str = "speca_sign_in_step";
/// Keeps the language of a visitor.
pub const LANGUAGE: &str = "speca_language";
/// Holds the seed of a browser's forms, sealed.
pub const BROWSER: &str = "speca_browser";

/// Returns the name under which a browser holds a cookie.
pub fn name(cookie: &str, behind_tls: bool) -> String {
    if behind_tls { format!("__Host-{cookie}") } else { cookie.to_owned() }
}

/// Returns a cookie that the browser keeps for so long.
pub fn build(cookie: &str, value: String, kept_for: Duration, behind_tls: bool) -> Cookie<'static> {
    Cookie::build((name(cookie, behind_tls), value))
        .path("/")
        .http_only(true)
        .same_site(SameSite::Lax)
        .secure(behind_tls)
        .max_age(kept_for)
        .build()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn behind_tls_a_cookie_belongs_to_this_host_alone() {
        let cookie = build(SIGN_IN, "x".to_owned(), Duration::days(1), true).to_string();
        assert_eq!(cookie, "__Host-speca_sign_in=x; HttpOnly; SameSite=Lax; Secure; Path=/; Max-Age=86400");
    }

    #[test]
    fn without_tls_a_browser_still_takes_it() {
        let cookie = build(LANGUAGE, "ru".to_owned(), Duration::days(1), false).to_string();
        assert_eq!(cookie, "speca_language=ru; HttpOnly; SameSite=Lax; Path=/; Max-Age=86400");
    }
}
