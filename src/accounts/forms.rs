//! Forms about one's own account.

pub mod factors;
pub mod invitations;
pub mod resets;
pub mod sign_ins;

use rocket::FromForm;
use validator::{Validate, ValidationError};

use crate::kernel::code::Code as _;
use crate::kernel::lang::Lang;
use crate::kernel::zones::offered;
use crate::web::forms::filled;

/// Name, language and time zone.
#[derive(FromForm, Validate)]
pub struct ProfileForm {
    /// Name of the person or the office.
    #[validate(custom(function = "filled"), length(max = 120, code = "text_long"))]
    pub name: String,
    /// Code of the language.
    #[validate(custom(function = "language"))]
    pub language: String,
    /// Name of the zone.
    #[validate(custom(function = "zone"))]
    pub time_zone: String,
}

/// The old password and a new one, twice.
#[derive(FromForm, Validate)]
pub struct PasswordForm {
    /// The password that holds now.
    #[validate(length(min = 1, max = 200, code = "required"))]
    pub old_password: String,
    /// The new password.
    #[validate(length(min = 10, max = 200, code = "password_length"))]
    pub password: String,
    /// The new password again.
    #[validate(must_match(other = "password", code = "password_again"))]
    pub password_again: String,
}

/// Refuses what is no language of the platform.
pub fn language(code: &str) -> Result<(), ValidationError> {
    if Lang::from_code(code).is_some() { Ok(()) } else { Err(ValidationError::new("required")) }
}

fn zone(name: &str) -> Result<(), ValidationError> {
    if offered(name).is_some() { Ok(()) } else { Err(ValidationError::new("required")) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::accounts::password::{CHARS_MAX, CHARS_MIN};
    use crate::web::Fields;
    use crate::web::forms::check;

    fn codes(password: &str, again: &str) -> Vec<String> {
        let fields = Fields::none().set("old_password", "old").set("password", password).set("password_again", again);
        match check::<PasswordForm>(&fields) {
            Ok(_) => Vec::new(),
            Err(errors) => errors.iter().flat_map(|(_, all)| all.iter().map(|one| one.code.clone())).collect(),
        }
    }

    #[test]
    fn a_password_has_ten_to_two_hundred_characters_of_any_script() {
        let (short, long) = ("п".repeat(CHARS_MIN - 1), "п".repeat(CHARS_MAX + 1));
        assert_eq!(codes(&short, &short), ["password-length"]);
        assert_eq!(codes(&long, &long), ["password-length"]);
        let exact = "п".repeat(CHARS_MIN);
        assert_eq!(codes(&exact, &exact), Vec::<String>::new());
        assert_eq!(codes(&exact, "other"), ["password-again"]);
    }
}
