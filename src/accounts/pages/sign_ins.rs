//! The sign-in page, fresh or again, and the page that sends on what was kept.

use askama::Template;
use chrono::NaiveDateTime;
use rocket::http::Status;

use crate::accounts::forms::sign_ins::{Kept, carried, kept};
use crate::kernel::fields::FieldErrors;
use crate::web::{Answer, Fields, FormView, Frame, PageResult, Reader};

/// The sign-in page.
#[derive(Template)]
#[template(path = "accounts/sign_in.html")]
struct SignInPage {
    frame: Frame,
    form: FormView,
    message: Option<String>,
    is_interrupted: bool,
    sends_mail: bool,
    hidden: Vec<(String, String)>,
}

/// The page after a sign-in that interrupted a form.
#[derive(Template)]
#[template(path = "web/kept.html")]
struct KeptPage {
    frame: Frame,
    kept: Kept,
}

fn page(reader: &Reader, fields: Fields, errors: &FieldErrors, message: Option<String>) -> SignInPage {
    let texts = reader.texts();
    SignInPage {
        frame: Frame::new(reader, texts.text("sign-in")).form("sign-in"),
        is_interrupted: kept(&fields).is_some(),
        sends_mail: reader.site.sends_mail,
        hidden: carried(&fields),
        message,
        form: FormView::again(texts, fields, errors),
    }
}

/// Shows the sign-in page.
pub fn sign_in(reader: &Reader, next: Option<String>) -> PageResult {
    let fields = next.map_or_else(Fields::none, |next| Fields::none().set("next", next));
    Answer::page(&page(reader, fields, &FieldErrors::none(), None))
}

/// Shows the sign-in page with a form that was interrupted; nothing was done yet, which the status says.
pub fn interrupted(reader: &Reader, fields: Fields) -> PageResult {
    Answer::page_as(Status::Unauthorized, &page(reader, fields, &FieldErrors::none(), None))
}

/// Shows the sign-in page again.
pub fn again(reader: &Reader, fields: Fields, errors: &FieldErrors) -> PageResult {
    Answer::again(&page(reader, fields, errors, None), !errors.is_empty())
}

/// Shows the sign-in page after an attempt that failed, without saying why.
pub fn failed(reader: &Reader, fields: Fields) -> PageResult {
    let message = reader.texts().text("sign-in-failed");
    Answer::again(&page(reader, fields, &FieldErrors::none(), Some(message)), true)
}

/// Shows the sign-in page when the code came too long after the password.
pub fn over(reader: &Reader, fields: Fields) -> PageResult {
    let message = reader.texts().text("sign-in-code-over");
    Answer::again(
        &page(reader, fields.without(|name| name == "code" || name == "recovery"), &FieldErrors::none(), Some(message)),
        true,
    )
}

/// Shows the sign-in page after too many attempts.
pub fn wait(reader: &Reader, fields: Fields, until: NaiveDateTime) -> PageResult {
    let seconds = seconds_until(reader, until);
    Answer::wait(seconds, &page(reader, fields, &FieldErrors::none(), Some(wait_words(reader, until))))
}

/// Returns how long to wait, in words.
pub fn wait_words(reader: &Reader, until: NaiveDateTime) -> String {
    reader.texts().one("sign-in-wait", "minutes", (seconds_until(reader, until) + 59) / 60)
}

/// Returns how many seconds there are to wait.
pub fn seconds_until(reader: &Reader, until: NaiveDateTime) -> i64 {
    (until - reader.now()).num_seconds().max(1)
}

/// Goes on after a sign-in: to the page asked for, or to what was typed before.
pub fn go_on(reader: &Reader, fields: &Fields) -> PageResult {
    match kept(fields) {
        Some(kept) => {
            let frame = Frame::new(reader, reader.texts().text("sign-in-carry-on"));
            Answer::page(&KeptPage { frame, kept })
        }
        None => Answer::go(fields.value("next")),
    }
}
