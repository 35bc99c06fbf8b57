//! Forms about the second factor.

use rocket::FromForm;
use validator::Validate;

use crate::accounts::operations::factors::Wish;
use crate::kernel::fields::{FieldErrors, Message};

/// The code after the password: of the device, or one for recovery.
#[derive(FromForm, Validate)]
pub struct CodeForm {
    /// Code of the device.
    pub code: Option<String>,
    /// Recovery code.
    pub recovery: Option<String>,
}

impl CodeForm {
    /// Returns the code that was typed.
    pub fn typed(self) -> Result<String, FieldErrors> {
        typed(self.code, self.recovery)
    }
}

/// The first code of a device.
#[derive(FromForm, Validate)]
pub struct SetUpForm {
    /// From which the secret is made.
    pub seed: String,
    /// Code of the device.
    #[validate(length(min = 1, code = "required"))]
    pub code: String,
}

/// Password and code, for a change of one's second factor.
#[derive(FromForm, Validate)]
pub struct ChangeForm {
    /// Password.
    #[validate(length(min = 1, max = 200, code = "required"))]
    pub password: String,
    /// Code of the device.
    pub code: Option<String>,
    /// Recovery code.
    pub recovery: Option<String>,
    /// What is wanted: `codes` or `off`.
    pub wish: String,
}

/// What is wanted of one's second factor, with password and code.
pub type Wanted = (Wish, String, String);

impl ChangeForm {
    /// Returns what is wanted.
    pub fn wanted(self) -> Result<Wanted, FieldErrors> {
        let wish = if self.wish == "off" { Wish::Off } else { Wish::Codes };
        Ok((wish, self.password, typed(self.code, self.recovery)?))
    }
}

/// Returns the one of two codes that was typed.
fn typed(code: Option<String>, recovery: Option<String>) -> Result<String, FieldErrors> {
    let all = [code, recovery].into_iter().flatten();
    let found = all.map(|code| code.trim().to_owned()).find(|code| !code.is_empty());
    found.ok_or_else(|| FieldErrors::one("code", Message::new("required")))
}
