//! The form that asks for a new password by mail.

use rocket::FromForm;
use validator::Validate;

/// For which address.
#[derive(FromForm, Validate)]
pub struct ForgottenForm {
    /// E-mail address.
    #[validate(email, length(max = 254, code = "text_long"))]
    pub email: String,
}
