//! Forms of inviting and accepting.

use rocket::FromForm;
use validator::Validate;

use crate::accounts::forms::language;
use crate::web::forms::filled;

/// Whom to invite, to what.
#[derive(FromForm, Validate)]
pub struct InviteForm {
    /// Code of a delegation, or `offices`.
    pub to: String,
    /// E-mail address.
    #[validate(email, length(max = 254, code = "text_long"))]
    pub email: String,
    /// Name of the person or the office.
    #[validate(custom(function = "filled"), length(max = 120, code = "text_long"))]
    pub name: String,
    /// Code of a capacity or an office.
    #[validate(custom(function = "filled"))]
    pub role: String,
    /// Code of the language in which to address the person.
    #[validate(custom(function = "language"))]
    pub language: String,
}

/// A new password, twice, for an account that exists.
#[derive(FromForm, Validate)]
pub struct NewPasswordForm {
    /// A password.
    #[validate(length(min = 10, max = 200, code = "password_length"))]
    pub password: String,
    /// The password again.
    #[validate(must_match(other = "password", code = "password_again"))]
    pub password_again: String,
}

/// What an invited person says to have an account.
#[derive(FromForm, Validate)]
pub struct AcceptForm {
    /// Name of the person or the office.
    #[validate(custom(function = "filled"), length(max = 120, code = "text_long"))]
    pub name: String,
    /// Code of the language of pages and mails.
    #[validate(custom(function = "language"))]
    pub language: String,
    /// A password.
    #[validate(length(min = 10, max = 200, code = "password_length"))]
    pub password: String,
    /// The password again.
    #[validate(must_match(other = "password", code = "password_again"))]
    pub password_again: String,
}
