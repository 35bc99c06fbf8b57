//! The form that asks for a new password by mail, and the answer, which is the same for every address.

use askama::Template;
use chrono::NaiveDateTime;

use super::sign_ins::{seconds_until, wait_words};
use crate::kernel::fields::FieldErrors;
use crate::web::{Answer, Fields, FormView, Frame, PageResult, Reader};

/// The form.
#[derive(Template)]
#[template(path = "accounts/forgotten.html")]
struct ForgottenPage {
    frame: Frame,
    form: FormView,
    message: Option<String>,
    sends_mail: bool,
}

fn page(reader: &Reader, fields: Fields, errors: &FieldErrors, message: Option<String>) -> ForgottenPage {
    let texts = reader.texts();
    let frame = Frame::new(reader, texts.text("forgotten-title"));
    ForgottenPage {
        // Why: the switch of the language sends the main form, which is there only when mails are sent.
        frame: if reader.site.sends_mail { frame.form("forgotten") } else { frame },
        form: FormView::again(texts, fields, errors),
        message,
        sends_mail: reader.site.sends_mail,
    }
}

/// Shows the form.
pub fn form(reader: &Reader) -> PageResult {
    Answer::page(&page(reader, Fields::none(), &FieldErrors::none(), None))
}

/// Shows the form again.
pub fn again(reader: &Reader, fields: Fields, errors: &FieldErrors) -> PageResult {
    Answer::again(&page(reader, fields, errors, None), !errors.is_empty())
}

/// Shows the form after too many requests.
pub fn wait(reader: &Reader, fields: Fields, until: NaiveDateTime) -> PageResult {
    let words = Some(wait_words(reader, until));
    Answer::wait(seconds_until(reader, until), &page(reader, fields, &FieldErrors::none(), words))
}
