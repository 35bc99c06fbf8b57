//! The pages of the second factor: setting it up, where it stands, the recovery codes, the code at the sign-in.

use askama::Template;
use chrono::NaiveDateTime;
use qrcode::{Color, QrCode};

use super::sign_ins::{seconds_until, wait_words};
use crate::accounts::forms::sign_ins::{Kept, carried, kept};
use crate::accounts::operations::factors::Standing;
use crate::kernel::fields::{FieldErrors, Message};
use crate::kernel::token::new_token;
use crate::web::answer::local;
use crate::web::{Answer, Fields, FormView, Frame, Member, PageResult, Reader};

/// Address of the page.
pub const ADDRESS: &str = "/account/second-factor";
/// How a device calls the platform, in whatever language.
const ISSUER: &str = "SPECA Trade";
/// Empty modules around a picture, as its standard asks.
const QUIET: usize = 4;

/// A picture that a device reads: modules in a square, drawn as one path.
struct PictureView {
    size: usize,
    path: String,
}

/// Setting a second factor up.
#[derive(Template)]
#[template(path = "accounts/factor_set_up.html")]
struct SetUpPage {
    frame: Frame,
    form: FormView,
    is_required: bool,
    is_interrupted: bool,
    hidden: Vec<(String, String)>,
    seed: String,
    secret: String,
    address: String,
    picture: Option<PictureView>,
}

/// Where one's second factor stands.
#[derive(Template)]
#[template(path = "accounts/factor.html")]
struct FactorPage {
    frame: Frame,
    form: FormView,
    message: Option<String>,
    since: String,
    codes_left: String,
}

/// The recovery codes, shown once.
#[derive(Template)]
#[template(path = "accounts/factor_codes.html")]
struct CodesPage {
    frame: Frame,
    codes: Vec<String>,
    kept: Option<Kept>,
    next: String,
}

/// The code after the password.
#[derive(Template)]
#[template(path = "accounts/sign_in_code.html")]
struct CodePage {
    frame: Frame,
    form: FormView,
    message: Option<String>,
    hidden: Vec<(String, String)>,
}

/// Draws an address as a picture; nothing when it is too long for one.
fn picture(address: &str) -> Option<PictureView> {
    use std::fmt::Write as _;
    let code = QrCode::new(address).ok()?;
    let width = code.width();
    let mut path = String::new();
    for (at, color) in code.to_colors().into_iter().enumerate() {
        if color == Color::Dark {
            write!(path, "M{},{}h1v1h-1z", at % width + QUIET, at / width + QUIET).ok()?;
        }
    }
    Some(PictureView { size: width + 2 * QUIET, path })
}

fn set_up_page(member: &Member<'_>, fields: &Fields, errors: &FieldErrors) -> SetUpPage {
    let texts = member.texts();
    let typed = fields.value("seed");
    let seed = if crate::accounts::model::factors::is_seed(typed) { typed.to_owned() } else { new_token() };
    let account = &member.signed_in.account;
    let secret = member.site.factor_key.secret(&account.id, &seed);
    let address = secret.address(ISSUER, &account.email);
    let letters: Vec<char> = secret.written().chars().collect();
    SetUpPage {
        frame: Frame::new(member, texts.text("factor-set-up"))
            .crumb(texts.text("account-own"), "/account")
            .form("factor"),
        is_required: member.needs_factor,
        is_interrupted: kept(fields).is_some(),
        hidden: carried(fields),
        secret: letters.chunks(4).map(String::from_iter).collect::<Vec<_>>().join(" "),
        picture: picture(&address),
        address,
        seed,
        // Why: a code that was typed is old by the time it could be sent again.
        form: FormView::again(texts, Fields::none(), errors),
    }
}

/// Shows how to set a second factor up.
pub fn set_up(member: &Member<'_>, fields: &Fields) -> PageResult {
    Answer::page(&set_up_page(member, fields, &FieldErrors::none()))
}

/// Shows it again, with the same secret.
pub fn set_up_again(member: &Member<'_>, fields: &Fields, errors: &FieldErrors) -> PageResult {
    Answer::again(&set_up_page(member, fields, errors), !errors.is_empty())
}

/// Shows it to somebody whose form arrived before there was a second factor; nothing was done with the form yet.
pub fn interrupted(member: &Member<'_>, fields: &Fields) -> PageResult {
    Answer::page_as(rocket::http::Status::Forbidden, &set_up_page(member, fields, &FieldErrors::none()))
}

fn factor_page(member: &Member<'_>, standing: &Standing, errors: &FieldErrors, message: Option<String>) -> FactorPage {
    let texts = member.texts();
    FactorPage {
        frame: Frame::new(member, texts.text("factor-title"))
            .crumb(texts.text("account-own"), "/account")
            .form("factor"),
        form: FormView::again(texts, Fields::none(), errors),
        message,
        since: standing.since.map_or_else(String::new, |since| texts.moment(since, member.zone)),
        codes_left: texts.number(standing.codes_left),
    }
}

/// Shows where one's second factor stands.
pub fn factor(member: &Member<'_>, standing: &Standing) -> PageResult {
    Answer::page(&factor_page(member, standing, &FieldErrors::none(), None))
}

/// Shows it again with messages; password and code are typed anew.
pub fn factor_again(member: &Member<'_>, standing: &Standing, errors: &FieldErrors) -> PageResult {
    Answer::again(&factor_page(member, standing, errors, None), !errors.is_empty())
}

/// Shows it again after too many attempts.
pub fn factor_wait(member: &Member<'_>, standing: &Standing, until: NaiveDateTime) -> PageResult {
    let page = factor_page(member, standing, &FieldErrors::none(), Some(wait_words(member, until)));
    Answer::wait(seconds_until(member, until), &page)
}

/// Shows recovery codes, which are not shown again, and leads on to what was being done.
pub fn codes(member: &Member<'_>, codes: Vec<String>, fields: &Fields) -> PageResult {
    let texts = member.texts();
    let next = fields.value("next");
    Answer::page(&CodesPage {
        frame: Frame::new(member, texts.text("factor-codes")).crumb(texts.text("account-own"), "/account"),
        codes,
        kept: kept(fields),
        next: if next.is_empty() { ADDRESS.to_owned() } else { local(next.to_owned()) },
    })
}

fn code_page(reader: &Reader, fields: &Fields, errors: &FieldErrors, message: Option<String>) -> CodePage {
    let texts = reader.texts();
    CodePage {
        frame: Frame::new(reader, texts.text("sign-in-code")).form("sign-in"),
        message,
        hidden: carried(fields),
        form: FormView::again(texts, Fields::none(), errors),
    }
}

/// Asks for the code after the password.
pub fn code(reader: &Reader, fields: &Fields) -> PageResult {
    Answer::page(&code_page(reader, fields, &FieldErrors::none(), None))
}

/// Asks for the code again.
pub fn code_again(reader: &Reader, fields: &Fields, errors: &FieldErrors) -> PageResult {
    Answer::again(&code_page(reader, fields, errors, None), !errors.is_empty())
}

/// Asks for the code again after one that was not right.
pub fn code_wrong(reader: &Reader, fields: &Fields) -> PageResult {
    code_again(reader, fields, &FieldErrors::one("code", Message::new("factor-code")))
}

/// Asks to wait after too many codes.
pub fn code_wait(reader: &Reader, fields: &Fields, until: NaiveDateTime) -> PageResult {
    let page = code_page(reader, fields, &FieldErrors::none(), Some(wait_words(reader, until)));
    Answer::wait(seconds_until(reader, until), &page)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_has_its_three_corners_and_a_quiet_border() {
        let picture = picture("otpauth://totp/SPECA:head@example.org?secret=MZXW6YTB").expect("drawn");
        let far = picture.size - QUIET - 7;
        for (x, y) in [(QUIET, QUIET), (far, QUIET), (QUIET, far)] {
            assert!(picture.path.contains(&format!("M{x},{y}h1v1h-1z")), "{x},{y}");
        }
        assert!(!picture.path.contains("M3,") && !picture.path.contains(",3h"));
    }
}
