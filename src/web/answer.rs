//! What a handler answers: a page, a form again, a redirect with a message, a file.

use askama::Template;
use rocket::http::{ContentType, Method, Status};
use rocket::response::{self, Flash, Redirect, Responder};
use rocket::{Request, Response};

use super::errors::PageError;
use super::{reader, summary};
use crate::kernel::token::digest_of;

/// What stands before the token of a form.
const BEFORE_TOKEN: &str = "name=\"csrf\" value=\"";
/// Length of such a token.
const TOKEN_CHARS: usize = 128;
/// Digits of a validator.
const VALIDATOR_DIGITS: usize = 32;

/// What handlers return.
pub type PageResult = Result<Answer, PageError>;

/// An answer to a browser.
pub enum Answer {
    /// A page.
    Page(Status, String),
    /// Go there.
    Go(String),
    /// Go there and say this: kind (`good`, `bad`, `note`) and words.
    GoAndSay(String, &'static str, String),
    /// A page that asks to wait: seconds, page.
    Wait(i64, String),
    /// A file made in memory: type, name, content.
    File(ContentType, String, Vec<u8>),
}

impl Answer {
    /// Shows a page.
    pub fn page(template: &impl Template) -> PageResult {
        Ok(Self::Page(Status::Ok, rendered(template)?))
    }

    /// Shows a form again: 422 when there are messages, 200 when only the language was switched.
    pub fn again(template: &impl Template, has_errors: bool) -> PageResult {
        let status = if has_errors { Status::UnprocessableEntity } else { Status::Ok };
        Ok(Self::Page(status, rendered(template)?))
    }

    /// Shows a page that explains a conflict with what somebody else did.
    pub fn conflict(template: &impl Template) -> PageResult {
        Ok(Self::Page(Status::Conflict, rendered(template)?))
    }

    /// Shows a page with another status than 200.
    pub fn page_as(status: Status, template: &impl Template) -> PageResult {
        Ok(Self::Page(status, rendered(template)?))
    }

    /// Shows a page that says how long to wait before trying again.
    pub fn wait(seconds: i64, template: &impl Template) -> PageResult {
        Ok(Self::Wait(seconds, rendered(template)?))
    }

    /// Goes to an address of ours.
    pub fn go(address: impl Into<String>) -> PageResult {
        Ok(Self::Go(address.into()))
    }

    /// Goes to an address of ours and says that something was done.
    pub fn done(address: impl Into<String>, words: impl Into<String>) -> PageResult {
        Ok(Self::GoAndSay(address.into(), "good", words.into()))
    }

    /// Goes to an address of ours and says why something was not done.
    pub fn not_done(address: impl Into<String>, words: impl Into<String>) -> PageResult {
        Ok(Self::GoAndSay(address.into(), "bad", words.into()))
    }
}

fn rendered(template: &impl Template) -> Result<String, PageError> {
    template.render().map(summary::named).map_err(|error| PageError::Template(error.to_string()))
}

impl<'r> Responder<'r, 'static> for Answer {
    fn respond_to(self, request: &'r Request<'_>) -> response::Result<'static> {
        match self {
            Self::Page(Status::Ok, html) => shown(request, html),
            Self::Page(status, html) => {
                Response::build_from((ContentType::HTML, html).respond_to(request)?).status(status).ok()
            }
            Self::Go(address) => Redirect::to(local(address)).respond_to(request),
            Self::GoAndSay(address, kind, words) => {
                Flash::new(Redirect::to(local(address)), kind, words).respond_to(request)
            }
            Self::Wait(seconds, html) => Response::build_from((ContentType::HTML, html).respond_to(request)?)
                .status(Status::TooManyRequests)
                .raw_header("Retry-After", seconds.max(1).to_string())
                .ok(),
            Self::File(kind, name, body) => Response::build_from((kind, body).respond_to(request)?)
                .raw_header("Content-Disposition", disposition(&name))
                .ok(),
        }
    }
}

/// Returns the header that names a file: plain letters for old programs and, where those are not all of it, the whole name as
/// RFC 8187 writes it.
pub fn disposition(name: &str) -> String {
    let is_plain = |letter: char| letter.is_ascii_alphanumeric() || " .-_()".contains(letter);
    let plain: String = name.chars().map(|letter| if is_plain(letter) { letter } else { '_' }).collect();
    if plain == name {
        return format!("attachment; filename=\"{plain}\"");
    }
    let is_safe = |byte: u8| byte.is_ascii_alphanumeric() || b".-_".contains(&byte);
    let encoded: String = name
        .bytes()
        .map(|byte| if is_safe(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") })
        .collect();
    format!("attachment; filename=\"{plain}\"; filename*=UTF-8''{encoded}")
}

/// Shows a page, or says that the browser holds it as it is.
fn shown(request: &Request<'_>, html: String) -> response::Result<'static> {
    let Some(validator) = validator_of(request, &html) else { return (ContentType::HTML, html).respond_to(request) };
    let names = |header: &str| header.split(',').any(|one| one.trim() == validator);
    let mut response = if request.headers().get("If-None-Match").any(names) {
        Response::build().status(Status::NotModified).finalize()
    } else {
        (ContentType::HTML, html).respond_to(request)?
    };
    response.set_raw_header("ETag", validator);
    response.set_raw_header("Cache-Control", "private, no-cache");
    response.set_raw_header("Vary", "Cookie, Accept-Language");
    Ok(response)
}

/// Returns the validator of a page that a visitor reads: slow lines need not carry it twice. What a member sees is never kept, nor
/// a page with a message that is said once.
fn validator_of(request: &Request<'_>, html: &str) -> Option<String> {
    let reader = reader::loaded(request).ok().filter(|_| request.method() == Method::Get)?;
    let is_for_anybody = reader.signed_in.is_none() && reader.flash.is_none();
    is_for_anybody.then(|| validator(html, &reader.seed.mark()))
}

/// Returns the validator of what a page shows, but for the tokens of its forms: they are new each time, and those of the same
/// browser all hold.
fn validator(html: &str, browser: &str) -> String {
    let shown = html.split(BEFORE_TOKEN).enumerate();
    let parts = shown.map(|(number, part)| if number == 0 { part } else { part.get(TOKEN_CHARS..).unwrap_or(part) });
    format!("W/\"{}\"", &digest_of([browser].into_iter().chain(parts))[..VALIDATOR_DIGITS])
}

/// Returns an address within this site: anything else becomes the start page, so that no link leads elsewhere.
/// Letters that an address may not hold as they are come back percent-encoded.
pub fn local(address: String) -> String {
    let is_local = address.starts_with('/')
        && !address.starts_with("//")
        && !address.contains('\\')
        && !address.chars().any(char::is_control);
    if !is_local {
        return "/".to_owned();
    }
    if address.bytes().all(may_stand) { address } else { address.bytes().map(encoded).collect() }
}

/// Whether a byte stands in an address as it is.
fn may_stand(byte: u8) -> bool {
    byte.is_ascii_graphic() && !b"\"<>\\^`{|}".contains(&byte)
}

fn encoded(byte: u8) -> String {
    if may_stand(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_the_same_whatever_its_tokens_are() {
        let page = |token: &str, text: &str| {
            format!("<input name=\"csrf\" value=\"{}\"><p>{text}</p>", token.repeat(TOKEN_CHARS))
        };
        let one = validator(&page("a", "x"), "browser");
        assert_eq!(one, validator(&page("b", "x"), "browser"));
        assert_ne!(one, validator(&page("a", "y"), "browser"));
        assert_ne!(one, validator(&page("a", "x"), "another"));
    }

    #[test]
    fn only_addresses_of_this_site_are_followed() {
        for address in ["/", "/library?page=2#x"] {
            assert_eq!(local(address.to_owned()), address);
        }
        for address in ["", "//evil.example", "https://evil.example", "/\\evil.example", "/a\nb", "javascript:alert(1)"]
        {
            assert_eq!(local(address.to_owned()), "/", "{address}");
        }
        assert_eq!(local("/library?q=окно a|b".to_owned()), "/library?q=%D0%BE%D0%BA%D0%BD%D0%BE%20a%7Cb");
    }

    #[test]
    fn a_name_does_not_leave_its_header() {
        assert_eq!(disposition("speca-15-result.csv"), "attachment; filename=\"speca-15-result.csv\"");
        assert_eq!(
            disposition("Отчёт \"1\";.pdf"),
            "attachment; filename=\"_____ _1__.pdf\"; \
             filename*=UTF-8''%D0%9E%D1%82%D1%87%D1%91%D1%82%20%221%22%3B.pdf"
        );
    }
}
